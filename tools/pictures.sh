#!/usr/bin/env bash
# Renews docs/pictures from an example: pictures.sh SOURCE. A page of its brief, and a screen of it as an e-book.
set -eu
cd "$(dirname "$0")/.."
source=$1
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
mkdir -p docs/pictures

.venv/bin/publisher brief "$source" -o "$made/brief.pdf"
pdftoppm -png -r 90 -f 1 -l 1 -singlefile "$made/brief.pdf" "$made/brief"

.venv/bin/publisher compile "$source" -o "$made/book.epub"
.venv/bin/python -m zipfile -e "$made/book.epub" "$made/book"
# The documents in reading order; the article is the first whose type says so.
article=$(grep -rlE 'epub:type="[^"]*(chapter|article)' "$made/book" --include='*.xhtml' | grep -v nav | sort | head -n 1)
# A six-inch reader shows about 500 by 667 CSS pixels; headless Chromium opens no window narrower than that.
browser=$(for name in chromium chromium-browser google-chrome; do command -v "$name" && break; done)
HOME=$made "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=500,667 \
    --force-device-scale-factor=1.5 --screenshot="$made/ebook.png" "file://$article" 2>/dev/null >&2

# A line around each, since both are white on a white page; few colours, since they are drawings of text.
.venv/bin/python - "$made" <<'PYTHON'
import sys
from pathlib import Path
from PIL import Image, ImageOps

for name in ("brief", "ebook"):
    picture = Image.open(Path(sys.argv[1]) / f"{name}.png").convert("RGB")
    framed = ImageOps.expand(picture, border=1, fill=(190, 190, 190))
    framed.quantize(64, dither=Image.Dither.NONE).save(f"docs/pictures/{name}.png", optimize=True)
PYTHON
ls -l docs/pictures
