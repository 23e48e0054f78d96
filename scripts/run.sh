#!/bin/sh
# Builds, then does the main job: in the window where there is a display, else in the terminal, on the sample library.
set -eu
cd "$(dirname "$0")/.."
cargo=${CARGO:-cargo}

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    sh scripts/needs.sh window
    sh scripts/ui.sh
    $cargo build --release --locked -p pepites-cli -p pepites-desktop --features pepites-desktop/custom-protocol
    exec target/release/pepites-desktop
fi
sh scripts/needs.sh build
$cargo build --release --locked -p pepites-cli
echo "There is no display for the window: here is the main job in the terminal, on the sample library."
exec target/release/pepites sample
