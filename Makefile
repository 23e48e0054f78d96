# Two commands do everything: `make run` and `make test`. The others are for developers.
# Fixed command lines: a different set of packages or features would compile the dependencies anew.

CARGO ?= cargo

# Everything, with the page built into the window.
WHOLE := --workspace --features pepites-desktop/custom-protocol --locked

.PHONY: run test test-window lint lint-window bench pictures check-feeds ui needs needs-test needs-lint contract help

help:            ## List what can be made.
	@sed -n 's/^\([a-z-]*\): .*## \(.*\)/make \1\t\2/p' Makefile

run:             ## Install what is missing, build, and do the main job: in the window, or in the terminal where there is no display.
	@CARGO="$(CARGO)" sh scripts/run.sh

test: needs      ## Install what is missing and pass every test of the engine and the terminal.
	$(CARGO) fetch --locked --target $$(rustc -vV | sed -n 's/^host: //p')
	$(CARGO) test --locked

test-window: needs-test ui ## Install what is missing and pass the tests of the window, in the real window too.
	cd ui && npx vitest run
	$(CARGO) test $(WHOLE)

lint: needs-lint ## Formatting, clippy, documentation, and dependency rules where cargo-deny is installed.
	$(CARGO) fmt --all --check
	$(CARGO) clippy --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --locked --document-private-items
	@if command -v cargo-deny >/dev/null 2>&1; then $(CARGO) deny --offline check licenses bans; else echo "cargo-deny is not installed: skipped"; fi
	@if command -v cargo-machete >/dev/null 2>&1; then cargo-machete; else echo "cargo-machete is not installed: skipped"; fi

lint-window: needs-test ui ## The same for the window, with the page's types and rules.
	$(CARGO) clippy $(WHOLE) --all-targets -- -D warnings
	cd ui && npx svelte-check --tsconfig ./tsconfig.json --fail-on-warnings && npx eslint .

bench: needs     ## Refresh of the sample world against the floor of that work, and beside newsboat and sfeed where installed.
	$(CARGO) build --release --locked -p pepites-cli -p pepites-tests
	target/release/check bench

contract: needs ## Write the generated files anew: the contract to TypeScript and the whole schema.
	PEPITES_BLESS=1 $(CARGO) test --locked -- contract schema

pictures: needs-test ui ## Take the pictures of the README from the real window, on the sample library.
	$(CARGO) test $(WHOLE) --test window -- --ignored pictures

ui:
	@sh scripts/ui.sh

needs:
	@sh scripts/needs.sh build

needs-test:
	@sh scripts/needs.sh test

needs-lint:
	@sh scripts/needs.sh lint
