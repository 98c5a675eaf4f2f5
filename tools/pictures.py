"""Renews docs/pictures from examples/: a page of a brief, a screen of an e-book, a page of each theme."""

import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

from PIL import Image, ImageOps

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
PUBLISHER = ROOT / ".venv" / "bin" / "publisher"
BRIEF = ROOT / "examples" / "8-rung-ngap-man.md"
WEEK = ROOT / "examples"
SAMPLE_OPTIONS = {
    "decree30": ["agency=Sở Văn hóa", "parent_agency=Ủy ban nhân dân tỉnh", "place=Vĩnh Sa", "symbol=BC-SVH"],
    "diem-bao": ["agency=Sở Văn hóa", "parent_agency=Ủy ban nhân dân tỉnh", "place=Vĩnh Sa", "symbol=BC-SVH"],
    "party": ["agency=Tỉnh ủy Lam Sa", "place=Vĩnh Sa", "symbol=BC/TU"],
}
WHOLE_ISSUES = ("base", "compilation", "gazette", "tuan-bao", "diem-bao")
"""Themes that are shown by the first page of an issue; the others by a brief."""


def run(*command: object) -> None:
    """Run a program; its own messages say what is wrong."""
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def save(picture: Path, name: str) -> None:
    """A line around it, since pages are white on white; few colours, since they are drawings of text."""
    with Image.open(picture) as opened:
        framed = ImageOps.expand(opened.convert("RGB"), border=1, fill=(190, 190, 190))
        framed.quantize(96, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def page(pdf: Path, number: int, name: str, dpi: int) -> None:
    """A page of a PDF as a picture."""
    run("pdftoppm", "-r", dpi, "-png", "-singlefile", "-f", number, "-l", number, pdf, pdf.with_suffix(""))
    save(pdf.with_suffix(".png"), name)


def main() -> None:
    """Make them all."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        run(PUBLISHER, "brief", BRIEF, "-o", work / "brief.pdf")
        page(work / "brief.pdf", 1, "brief", 90)
        run(PUBLISHER, "brief", BRIEF, "-o", work / "book.epub")
        zipfile.ZipFile(work / "book.epub").extractall(work / "book")
        article = next((work / "book" / "EPUB").glob("a-*.xhtml"))
        run(
            *(shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--disable-background-networking", "--hide-scrollbars", f"--user-data-dir={work / 'browser'}"),
            *(
                "--window-size=500,667",
                "--force-device-scale-factor=1.5",
                f"--screenshot={work / 'ebook.png'}",
                article.as_uri(),
            ),
        )
        save(work / "ebook.png", "ebook")
        for theme in sorted(path.parent.name for path in (ROOT / "themes").glob("*/theme.toml")):
            pdf = work / f"{theme}.pdf"
            settings = [part for option in SAMPLE_OPTIONS.get(theme, []) for part in ("--set", option)]
            command = ("compile", WEEK) if theme in WHOLE_ISSUES else ("brief", BRIEF)
            run(PUBLISHER, *command, "-o", pdf, "--theme", theme, "--number", 12, *settings)
            page(pdf, 3 if theme == "large-print" else 1, f"theme-{theme}", 60)


if __name__ == "__main__":
    main()
