# Two commands do everything: `make run` and `make test`. The others are for developers.
# Fixed command lines: a different set of packages or features would compile the dependencies anew.

CARGO ?= cargo

# Everything, with the page built into the window: what lints and tests look at.
WHOLE := --workspace --features pepites-desktop/custom-protocol --locked

.PHONY: run test lint bench bundle pictures check-feeds ui needs needs-test needs-bundle needs-pictures needs-lint contract help

help:            ## List what can be made.
	@sed -n 's/^\([a-z-]*\): .*## \(.*\)/make \1\t\2/p' Makefile

run:             ## Install what is missing, build, and do the main job: in the window, or in the terminal where there is no display.
	@CARGO="$(CARGO)" sh scripts/run.sh

test: needs-test ui ## Install what is missing and pass every test: the engine, the terminal, the page, the real window.
	cd ui && npx vitest run
	$(CARGO) fetch --locked --target $$(rustc -vV | sed -n 's/^host: //p')
	$(CARGO) test $(WHOLE)

lint: needs-lint ui ## Formatting, clippy, documentation, the page's types and rules; dependency rules where cargo-deny is installed.
	$(CARGO) fmt --all --check
	cd ui && npx svelte-check --tsconfig ./tsconfig.json --fail-on-warnings && npx eslint .
	$(CARGO) clippy $(WHOLE) --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc $(WHOLE) --no-deps --document-private-items
	@if command -v cargo-deny >/dev/null 2>&1; then $(CARGO) deny --offline check licenses bans; else echo "cargo-deny is not installed: skipped"; fi
	@if command -v cargo-machete >/dev/null 2>&1; then cargo-machete; else echo "cargo-machete is not installed: skipped"; fi

bench: needs-test needs-bundle ui ## A refresh against the floor of its work, newsboat and sfeed where installed; the window's start, keys, frames, memory, package.
	$(CARGO) build --release $(WHOLE) --bins --example empty
	@test -e target/million/library.db || target/release/check library --posts 1000000 target/million
	target/release/check bench
	PEPITES_MILLION=$(CURDIR)/target/million $(CARGO) test --release $(WHOLE) --test window -- --ignored --nocapture bench::

bundle: needs-bundle ui ## Make the Debian package: both programs, the menu entry, icons, manuals.
	$(CARGO) build --release $(WHOLE) --bins
	sh scripts/bundle.sh

contract: needs ## Write the generated files anew: the contract to TypeScript, the whole schema, the answers of the fake backend.
	PEPITES_BLESS=1 $(CARGO) test --locked -- contract schema golden

pictures: needs-pictures ui ## Take the pictures of the README from the real window, on the sample library.
	$(CARGO) test $(WHOLE) --test window -- --ignored the_pictures_of_the_readme $(if $(PEPITES_LOOK),every_screen)

ui:
	@sh scripts/ui.sh

needs:
	@sh scripts/needs.sh build

needs-test:
	@sh scripts/needs.sh test

needs-bundle:
	@sh scripts/needs.sh bundle

needs-pictures:
	@sh scripts/needs.sh pictures

needs-lint:
	@sh scripts/needs.sh lint
