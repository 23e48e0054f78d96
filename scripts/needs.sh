#!/bin/sh
# Checks what the project needs (`build` or `lint`) and installs what is missing. Says what it does; never installs
# Rust or Node themselves, as the reader of this line has their own way of getting them.
set -eu

what=${1:-build}

# at_least HAVE WANT: whether version HAVE is not older than WANT.
at_least() {
    [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]
}

missing=0
if ! command -v cargo >/dev/null 2>&1; then
    echo "Pépites needs Rust 1.95 or newer, and no cargo was found. Install Rust (rustup.rs), then try again." >&2
    missing=1
else
    rust=$(rustc --version | cut -d' ' -f2)
    if ! at_least "${rust%%-*}" 1.95.0; then
        echo "Pépites needs Rust 1.95 or newer; this is $rust. Run 'rustup update', then try again." >&2
        missing=1
    fi
fi
if ! command -v node >/dev/null 2>&1; then
    echo "Pépites needs Node 20.19 or newer, and no node was found. Install Node (nodejs.org), then try again." >&2
    missing=1
else
    node=$(node --version | sed 's/^v//')
    if ! at_least "${node%%-*}" 20.19.0; then
        echo "Pépites needs Node 20.19 or newer; this is $node. Install a newer one (nodejs.org), then try again." >&2
        missing=1
    fi
fi
[ "$missing" = 0 ] || exit 1

# A C compiler builds SQLite and the TLS library.
packages=""
command -v cc >/dev/null 2>&1 || packages="build-essential"
if [ -n "$packages" ]; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "Pépites needs a C compiler (cc) to build SQLite. Install one, then try again." >&2
        exit 1
    fi
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo"
    echo "Installing what is missing: $packages"
    $sudo apt-get -o DPkg::Lock::Timeout=300 update -q
    $sudo apt-get -o DPkg::Lock::Timeout=300 install -y -q --no-install-recommends $packages
fi

if [ "$what" = lint ]; then
    for part in fmt clippy; do
        cargo "$part" --version >/dev/null 2>&1 && continue
        name=$part
        [ "$part" = fmt ] && name=rustfmt
        if command -v rustup >/dev/null 2>&1; then
            echo "Installing what is missing: $name"
            rustup component add "$name"
        else
            echo "make lint needs cargo $part. Install the $name component, then try again." >&2
            exit 1
        fi
    done
fi
