#!/bin/sh
# Does the main job with what `make run` built, on the sample library: import, refresh, read today's digest.
set -eu
echo "The window is not built yet: here is the main job in the terminal, on the sample library."
exec target/release/pepites sample
