#!/bin/sh
# Builds the window's page: fetches its packages when the lock file changed, then packs it into ui/dist.
set -eu
cd "$(dirname "$0")/../ui"
# npm writes this file last: it is newer than the lock file exactly when what is installed is what is locked.
if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    echo "Fetching the packages of the window's page."
    npm ci --no-audit --no-fund
fi
exec npx vite build --logLevel warn
