#!/usr/bin/env bash
# Renews constraints.txt from a fresh environment: every package that the project and its tools need, by name and version;
# and constraints-oldest.txt.
set -eu
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
"${PYTHON:-python3}" -m venv "$fresh"
"$fresh/bin/python" -m pip install --quiet --disable-pip-version-check ".[dev]"
"$fresh/bin/python" -m pip list --format=freeze --disable-pip-version-check --exclude publisher-toolkit --exclude pip --exclude setuptools \
    | LC_ALL=C sort -f > constraints.txt
# The lowest version of each dependency that pyproject.toml allows; what these depend on is as new as they take. One list
# serves all Pythons: a version without a wheel for one of them is a bound to be raised (make oldest).
"$fresh/bin/python" -m pip install --quiet --disable-pip-version-check uv==0.13.9
"$fresh/bin/uv" pip compile --quiet --python "$fresh/bin/python" --resolution lowest-direct --only-binary :all: \
    --extra check --extra cluster --extra desk --extra docx --extra feeds --extra heic --extra html --extra languages --extra scripts --extra web \
    --no-annotate --no-header pyproject.toml | LC_ALL=C sort -f > constraints-oldest.txt
