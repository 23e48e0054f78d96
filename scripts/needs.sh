#!/bin/sh
# Checks what is needed (`build`: the terminal; `window`; `test`; `bundle`; `pictures`; `lint`) and installs what is missing. Says what it does; never installs
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
if command -v node >/dev/null 2>&1 && ! command -v npm >/dev/null 2>&1; then
    echo "Pépites needs npm, which comes with Node from nodejs.org; Debian's own Node leaves it to the package npm." >&2
    missing=1
fi
[ "$missing" = 0 ] || exit 1

# packages: what is missing, by Debian's names. Other systems are told what to install.
packages=""
want() { packages="$packages $1"; }

# A C compiler builds SQLite and the TLS library.
command -v cc >/dev/null 2>&1 || want build-essential
case $what in window | test | bundle | pictures | lint)
    # The window stands on the system's web view. macOS and Windows bring theirs.
    if [ "$(uname -s)" = Linux ]; then
        command -v pkg-config >/dev/null 2>&1 || want pkg-config
        pkg-config --exists webkit2gtk-4.1 2>/dev/null || want libwebkit2gtk-4.1-dev
    fi ;;
esac
if { [ "$what" = test ] || [ "$what" = pictures ]; } && [ "$(uname -s)" = Linux ]; then
    # Journeys in the real window: a display without a screen, what drives the window, and a session's bus.
    command -v Xvfb >/dev/null 2>&1 || want xvfb
    command -v xauth >/dev/null 2>&1 || want xauth
    command -v WebKitWebDriver >/dev/null 2>&1 || want webkit2gtk-driver
    command -v dbus-run-session >/dev/null 2>&1 || want dbus
    # A hand for the system's own dialogs, which the driver cannot reach.
    command -v xdotool >/dev/null 2>&1 || want xdotool
    # What draws the icon in the tray; the window does without.
    ldconfig -p 2>/dev/null | grep -q libayatana-appindicator3 || want libayatana-appindicator3-1
fi
if [ "$what" = bundle ]; then
    command -v dpkg-shlibdeps >/dev/null 2>&1 || want dpkg-dev
    command -v strip >/dev/null 2>&1 || want binutils
fi
if [ "$what" = pictures ]; then
    # Few colours are enough for a page of type, and a third of the bytes.
    command -v convert >/dev/null 2>&1 || want imagemagick
fi
if [ -n "$packages" ]; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "Pépites needs these (by Debian's names):$packages. Install them, then try again." >&2
        exit 1
    fi
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo"
    echo "Installing what is missing:$packages"
    $sudo apt-get -o DPkg::Lock::Timeout=300 update -q
    # shellcheck disable=SC2086 -- one word a package
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
