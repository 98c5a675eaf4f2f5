#!/usr/bin/env bash
# Renews what pins every file that is installed, by its hash: requirements.lock (to run), requirements-dev.lock (for the
# tests too) and the tools' package-lock.json. Names, versions and hashes; no address of a registry stands in any of them.
#
# The versions are those of constraints.txt. The hashes are those of all files of a version, so that a lock serves any
# platform; of the machine's own pip settings only what is in the environment is heeded.
set -eu
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"${PYTHON:-python3}" -m venv "$fresh"
"$fresh/bin/python" -m pip install --quiet --disable-pip-version-check pip-tools==7.6.2
lock() {  # lock EXTRAS FILE
    # What builds the package goes along: without it, an installation from the checkout would fetch it without a hash.
    "$fresh/bin/pip-compile" --quiet --generate-hashes --allow-unsafe --build-deps-for editable --strip-extras \
        --no-header --no-annotate -c constraints.txt --extra "$1" -o "$2" pyproject.toml
    # Options, at a line's start, would say where this machine gets its packages; hashes are indented.
    sed -i -e '/^--/d' -e '/./,$!d' "$2"
}
lock check,desk,docx,feeds,heic,html,languages,scripts,web requirements.lock
lock dev requirements-dev.lock
for folder in tools/ace tools/engine; do
    (cd "$folder" && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --silent --omit-lockfile-registry-resolved)
done
