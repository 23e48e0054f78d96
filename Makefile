# Two commands do everything: `make run` and `make test`. The others are for developers.
# Fixed command lines: a different set of packages or features would compile the dependencies anew.

CARGO ?= cargo

.PHONY: run test lint bench check-feeds needs needs-lint contract help

help:            ## List what can be made.
	@sed -n 's/^\([a-z-]*\): .*## \(.*\)/make \1\t\2/p' Makefile

run: needs       ## Install what is missing, build, and do the main job.
	$(CARGO) build --release --locked -p pepites-cli
	@sh scripts/run.sh

test: needs      ## Install what is missing and pass every test.
	$(CARGO) test --workspace --locked

lint: needs-lint ## Formatting, clippy, documentation, and dependency rules where cargo-deny is installed.
	$(CARGO) fmt --all --check
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked --document-private-items
	@if command -v cargo-deny >/dev/null 2>&1; then $(CARGO) deny --offline check licenses bans; else echo "cargo-deny is not installed: skipped"; fi
	@if command -v cargo-machete >/dev/null 2>&1; then cargo-machete; else echo "cargo-machete is not installed: skipped"; fi

bench: needs     ## Refresh of the sample world against a plain download of the same bytes.
	$(CARGO) build --release --locked -p pepites-cli -p pepites-tests
	target/release/check bench

contract: needs  ## Write the generated files anew: the contract to TypeScript and the whole schema.
	PEPITES_BLESS=1 $(CARGO) test --workspace --locked -- contract schema

needs:
	@sh scripts/needs.sh build

needs-lint:
	@sh scripts/needs.sh lint
