#!/bin/sh
# Builds, then does the main job: in the window where there is a display, else in the terminal, on the sample library.
set -eu
cd "$(dirname "$0")/.."
cargo=${CARGO:-cargo}
# Two sets of packages for release builds, here and wherever else there is one: with the window, and without. Any other
# set has other features of the dependencies, and compiles them anew.

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    sh scripts/needs.sh window
    sh scripts/ui.sh
    $cargo build --release --workspace --features pepites-desktop/custom-protocol --locked --bins
    exec target/release/pepites-desktop
fi
sh scripts/needs.sh build
$cargo build --release --locked -p pepites-cli -p pepites-tests
echo "There is no display for the window: here is the main job in the terminal, on the sample library."
exec target/release/pepites sample
