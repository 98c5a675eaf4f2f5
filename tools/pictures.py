"""Renews docs/pictures from examples/: a brief, a screen of an e-book, the first spread and the cover of each theme."""

import io
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
BRIEFS = ("brief", "mot-trang")
"""Themes that are shown with one article; the others with an issue of all examples."""

SPREAD_DPI = 50
HEIGHT = round(297 / 25.4 * SPREAD_DPI)
"""Of a page of A4, and of a cover beside it, in pixels."""


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


def spread(pdf: Path, name: str) -> None:
    """The first two pages of a PDF beside each other, or its only one."""
    run("pdftoppm", "-r", SPREAD_DPI, "-png", "-l", 2, pdf, pdf.with_suffix(""))
    pages = []
    for path in sorted(pdf.parent.glob(f"{pdf.stem}-*.png")):
        with Image.open(path) as opened:
            pages.append(ImageOps.expand(opened.convert("RGB"), border=1, fill=(190, 190, 190)))
    both = Image.new("RGB", (sum(page.width for page in pages), pages[0].height), "white")
    for number, page in enumerate(pages):
        both.paste(page, (number * pages[0].width, 0))
    both.quantize(96, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


def front(book: Path, name: str) -> None:
    """The cover of an e-book, as high as a page of the spread."""
    with zipfile.ZipFile(book) as opened:
        path = next(
            each for each in opened.namelist() if Path(each).stem == "cover" and each.endswith((".png", ".jpg"))
        )
        with Image.open(io.BytesIO(opened.read(path))) as cover:
            small = cover.convert("RGB").resize((round(cover.width * HEIGHT / cover.height), HEIGHT))
    small.quantize(128, dither=Image.Dither.NONE).save(PICTURES / f"{name}.png", optimize=True)


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
            pdf, book = work / f"{theme}.pdf", work / f"{theme}.epub"
            settings = [part for option in SAMPLE_OPTIONS.get(theme, []) for part in ("--set", option)]
            command = ("brief", BRIEF) if theme in BRIEFS else ("compile", WEEK)
            run(PUBLISHER, *command, "-o", pdf, "-o", book, "--theme", theme, "--number", 12, *settings)
            spread(pdf, f"theme-{theme}")
            front(book, f"cover-{theme}")


if __name__ == "__main__":
    main()
