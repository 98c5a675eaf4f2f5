#!/usr/bin/env bash
# Renews constraints.txt from a fresh environment: every package that the project and its tools need, by name and version.
set -eu
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"${PYTHON:-python3}" -m venv "$fresh"
"$fresh/bin/python" -m pip install --quiet --disable-pip-version-check ".[dev]"
"$fresh/bin/python" -m pip list --format=freeze --disable-pip-version-check --exclude publisher-toolkit --exclude pip --exclude setuptools \
    | LC_ALL=C sort -f > constraints.txt
