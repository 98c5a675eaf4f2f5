#!/usr/bin/env bash
# Writes build/sbom.cdx.json: what the package is built and run with, by name, version and licence, as CycloneDX. The same
# lock gives the same bytes: the environment is a fresh one, made from requirements.lock alone.
set -eu
cd "$(dirname "$0")/.."
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
for name in made tool; do "${PYTHON:-python3}" -m venv "$fresh/$name"; done
"$fresh/made/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
"$fresh/made/bin/python" -m pip uninstall --quiet --yes setuptools pip  # What a venv brings is no part of it.
"$fresh/tool/bin/python" -m pip install --quiet --disable-pip-version-check cyclonedx-bom==7.5.0
mkdir -p build
"$fresh/tool/bin/cyclonedx-py" environment --output-reproducible --pyproject pyproject.toml \
    -o build/sbom.cdx.json "$fresh/made/bin/python"
echo "build/sbom.cdx.json"
