"""Renews the table in docs/conformance.md of how other programs print the articles in examples/, and how we do.

Those of pandoc, calibre, percollate and Vivliostyle that are on the PATH each make a PDF of the same plain web pages,
with their defaults on A4; so do our themes for issues. ``tools/blank.py`` counts pages, blank and letters a line.
"""

import re
import shutil
import statistics
import tempfile
from pathlib import Path

from tools.blank import blank_shares, measure
from tools.peers import ADDRESSES, PAGES, PUBLISHER, ROOT, TITLE, Peer, renew, run, served, write_pages

WHOLE = "WHOLE"
"""Stands for one page with all articles, for a program that takes no more."""

PRINTERS = (
    Peer(
        "pandoc",
        ("pandoc", "--version"),
        ("pandoc", "--pdf-engine=weasyprint", f"--metadata=title:{TITLE}", "-o", "{pdf}", PAGES),
    ),
    Peer(
        "calibre",
        ("ebook-convert", "--version"),
        ("ebook-convert", "index.html", "{pdf}", "--title", TITLE, "--paper-size", "a4"),
    ),
    Peer(
        "percollate",
        ("percollate", "--version"),
        ("percollate", "pdf", "--no-sandbox", "--title", TITLE, "-o", "{pdf}", ADDRESSES),
    ),
    Peer(
        "Vivliostyle",
        ("vivliostyle", "--version"),
        (
            "vivliostyle",
            "build",
            "--executable-browser",
            shutil.which("chromium") or "",
            "--size",
            "A4",
            "-o",
            "{pdf}",
            WHOLE,
        ),
    ),
)
OURS = ("compilation", "tuan-bao", "gazette")


def row(name: str, pdf: Path) -> str:
    """A line of the table."""
    shares = blank_shares(pdf)
    blank = statistics.mean(shares[:-1] or [0])
    return f"| {name} | {len(shares)} | {blank:.0%} | {measure(pdf):g} |"


def write_whole(folder: Path, names: list[str]) -> None:
    """One web page of all articles."""
    bodies = (
        re.search("<body>(.*)</body>", (folder / name).read_text(encoding="utf-8"), re.DOTALL)[1] for name in names
    )
    text = (folder / "index.html").read_text(encoding="utf-8")
    (folder / "whole.html").write_text(
        re.sub("<body>.*</body>", lambda _: f"<body>{''.join(bodies)}</body>", text, flags=re.DOTALL), encoding="utf-8"
    )


def main() -> None:
    """Print with each, count, renew the document."""
    rows = []
    with tempfile.TemporaryDirectory() as work, served(Path(work)) as address:
        folder = Path(work)
        book = folder / "ours.epub"
        run(ROOT, *PUBLISHER, "compile", "examples", "-o", book, "--title", TITLE, "--number", "12")
        names = write_pages(book, folder)
        write_whole(folder, names)
        stand_ins = {PAGES: names, ADDRESSES: [address + name for name in names], WHOLE: ["whole.html"]}
        for peer in PRINTERS:
            if shutil.which(peer.make[0]) is None:
                continue
            pdf = folder / f"{peer.name}.pdf"
            run(folder, *(part for each in peer.make for part in {**stand_ins, "{pdf}": [pdf]}.get(each, [each])))
            version = re.search(r"\d+(?:\.\d+)+", run(folder, *peer.version))[0]
            rows.append(row(f"{peer.name} {version}", pdf))
        for theme in OURS:
            pdf = folder / f"{theme}.pdf"
            run(
                ROOT, *PUBLISHER, "compile", "examples", "-o", pdf, "--theme", theme, "--title", TITLE, "--number", "12"
            )
            rows.append(row(f"publisher, `{theme}`", pdf))
    table = "\n".join(["| | pages | blank | letters a line |", "| --- | --- | --- | --- |", *rows])
    renew("printed", table)


if __name__ == "__main__":
    main()
