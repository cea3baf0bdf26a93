#!/usr/bin/env bash
# Runs a command with a current build of the console, and a Chromium that CHROMIUM_PATH names.
set -euo pipefail
# shellcheck source=install.sh
. "$(dirname "$0")/install.sh"
CHROMIUM_PATH=$(find_chromium | head -n 1)
export CHROMIUM_PATH
npm run --silent web:build >&2
exec "$@"
