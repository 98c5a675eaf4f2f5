"""Renews the table in docs/conformance.md of what `publisher check` says of the e-books of other programs.

pandoc, calibre and percollate each make an e-book of the articles in examples/, from the same plain web pages and with
their defaults, the title and the language given; and so do we. They must be on the PATH; Ace comes from .tools.
"""

import contextlib
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from publisher.checking import Report, Validators, check, find_validators
from publisher.model import Finding

ROOT = Path(__file__).parent.parent
DOCUMENT = ROOT / "docs" / "conformance.md"
PUBLISHER = (sys.executable, "-m", "publisher")
ACE = ROOT / ".tools" / "ace" / "node_modules" / "@daisy" / "ace-cli" / "bin" / "ace.js"
TITLE, LANGUAGE = "Tuyển tập tin tuần", "vi"
XHTML = "{http://www.w3.org/1999/xhtml}"
KEPT = ("src", "href", "alt", "lang")
SEVERITIES = ("error", "warning", "note")
VALIDATORS = ("epubcheck", "Ace")


class Peer(NamedTuple):
    """A program that makes e-books."""

    name: str
    version: tuple[str, ...]
    """The command that prints it."""

    make: tuple[str, ...]
    """The command that makes ``{book}`` from what stands in place of ``PAGES`` or of ``ADDRESSES``: files, or where
    they are served on this machine, for a program that reads the web alone."""


PAGES, ADDRESSES = "PAGES", "ADDRESSES"
PEERS = (
    Peer(
        "pandoc",
        ("pandoc", "--version"),
        ("pandoc", "--toc", f"--metadata=title:{TITLE}", f"--metadata=lang:{LANGUAGE}", "-o", "{book}", PAGES),
    ),
    Peer(
        "calibre",
        ("ebook-convert", "--version"),
        ("ebook-convert", "index.html", "{book}", "--title", TITLE, "--language", LANGUAGE, "--epub-version", "3"),
    ),
    Peer(
        "percollate",
        ("percollate", "--version"),
        ("percollate", "epub", "--no-sandbox", "--title", TITLE, "-o", "{book}", ADDRESSES),
    ),
)


def run(folder: Path, *command: object) -> str:
    """What a program prints; the first line of its complaint when it fails."""
    done = subprocess.run(list(map(str, command)), cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    if done.returncode:
        sys.exit(f"peers: {command[0]} failed:\n{done.stderr or done.stdout}")
    return done.stdout


def plain(element: ET.Element) -> ET.Element:
    """A part of a document as a plain web page has it: no classes, no roles."""
    copy = ET.Element(element.tag.removeprefix(XHTML), {key: element.get(key) for key in KEPT if element.get(key)})
    copy.text, copy.tail = element.text, element.tail
    copy.extend(map(plain, element))
    return copy


def write_pages(book: Path, folder: Path) -> list[str]:
    """The articles of our book as web pages with their pictures, and a list of them; their names, in order."""
    names = []
    with zipfile.ZipFile(book) as archive:
        for path in archive.namelist():
            name = path.removeprefix("EPUB/")
            if name.startswith("pictures/"):
                (folder / "pictures").mkdir(exist_ok=True)
                (folder / name).write_bytes(archive.read(path))
            elif name.startswith("a-"):
                root = ET.fromstring(archive.read(path))  # noqa: S314 (our own book)
                title, body = root.findtext(f".//{XHTML}title"), plain(root.find(f".//{XHTML}section"))
                for link in body.iter("a"):
                    if "://" not in link.get("href", ""):  # Into our appendix, which they do not have.
                        link.tag = "span"
                        link.attrib.clear()
                body.tag = "article"
                names.append(f"{len(names) + 1}.html")
                (folder / names[-1]).write_text(page(title, root.get("lang"), body), encoding="utf-8")
    contents = ET.Element("ul")
    for name in names:
        title = re.search("<title>(.*?)</title>", (folder / name).read_text(encoding="utf-8"))[1]
        ET.SubElement(ET.SubElement(contents, "li"), "a", {"href": name}).text = title
    (folder / "index.html").write_text(page(TITLE, LANGUAGE, contents), encoding="utf-8")
    return names


def page(title: str, language: str, body: ET.Element) -> str:
    """A web page."""
    head = f'<meta charset="utf-8"><title>{title}</title>'
    markup = ET.tostring(body, "unicode", "html")
    return f'<!DOCTYPE html>\n<html lang="{language}">\n<head>{head}</head>\n<body>{markup}</body>\n</html>\n'


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address at which the folder is to be had as long as the block lasts."""
    handler = functools.partial(QuietHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """One that does not tell each request."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


def renew(name: str, made: str) -> None:
    """Put what was made between the marks of that name in the document."""
    before, begin, rest = DOCUMENT.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition(f"<!-- end of {name} -->\n")
    DOCUMENT.write_text(f"{before}{begin}{made}\n{end}{after}", encoding="utf-8")


def judged(book: Path, validators: Validators) -> Report:
    """What is found in a book."""
    return check(book.read_bytes(), book.name, frozenset(), validators)


def table(reports: dict[str, Report]) -> str:
    """What the validators say, then a row for each code of ours, the worst first, with how often in each cell."""
    counts = [Counter(map(row_of, own_findings(report))) for report in reports.values()]
    rows = sorted(set().union(*counts), key=lambda row: (SEVERITIES.index(row[0]), row[1]))
    lines = [f"| | | {' | '.join(reports)} |", f"| --- | --- | {' | '.join('---' for _ in reports)} |"]
    for program in VALIDATORS:
        cells = " | ".join(verdict(report, program) for report in reports.values())
        lines.append(f"| {program} | | {cells} |")
    for severity, code in rows:
        cells = " | ".join(str(each[severity, code] or "") for each in counts)
        lines.append(f"| `{code}` | {severity} | {cells} |")
    return "\n".join(lines)


def row_of(finding: Finding) -> tuple[str, str]:
    """Its row in the table."""
    return finding.severity, finding.code


def own_findings(report: Report) -> list[Finding]:
    """Without what the validators say."""
    return [finding for finding in report.findings if not finding.code.startswith("judged")]


def verdict(report: Report, program: str) -> str:
    """In a cell: that it finds nothing, or how many errors and warnings."""
    judged = [finding for finding in report.findings if finding.message.startswith(program)]
    if any(finding.code == "judged-good" for finding in judged):
        return "nothing"
    counts = Counter(finding.severity for finding in judged)
    return ", ".join(f"{number} {each}{'' if number == 1 else 's'}" for each in SEVERITIES if (number := counts[each]))


def details(reports: dict[str, Report]) -> str:
    """For each program the first sentence of each code and of each validator, notes left out: what its users read."""
    lines = []
    for name, report in reports.items():
        first: dict[tuple[int, str], str] = {}
        for finding in report.findings:
            if finding.severity != "note":
                program = next((each for each in VALIDATORS if finding.message.startswith(f"{each}: ")), finding.code)
                first.setdefault((SEVERITIES.index(finding.severity), program), finding.message)
        lines += [f"**{name}** ({report.summary})", ""]
        for (place, who), message in sorted(first.items()):
            lines.append(f"- {SEVERITIES[place]}: {message.removeprefix(f'{who}: ')} [{who}]")
        lines += [""] if first else ["Nothing but notes." if own_findings(report) else "Nothing.", ""]
    return "\n".join(lines).rstrip()


def main() -> None:
    """Make the books, check them, renew the document."""
    missing = [peer.name for peer in PEERS if shutil.which(peer.make[0]) is None]
    if missing or not ACE.is_file():
        sys.exit(f"peers: not installed: {', '.join(missing) or 'Ace (make test installs it)'}")
    validators = msgspec.structs.replace(find_validators(os.environ), ace=(shutil.which("node"), str(ACE)))
    reports, versions = {}, []
    with tempfile.TemporaryDirectory() as work, served(Path(work)) as address:
        folder = Path(work)
        ours = folder / "ours.epub"
        run(ROOT, *PUBLISHER, "compile", "examples", "-o", ours, "--title", TITLE, "--number", "12")
        names = write_pages(ours, folder)
        for peer in PEERS:
            book = folder / f"{peer.name}.epub"
            stand_ins = {PAGES: names, ADDRESSES: [address + name for name in names], "{book}": [book]}
            run(folder, *(part for each in peer.make for part in stand_ins.get(each, [each])))
            version = re.search(r"\d+(?:\.\d+)+", run(folder, *peer.version))[0]
            versions.append(f"{peer.name} {version}")
            reports[peer.name] = judged(book, validators)
        reports["publisher"] = judged(ours, validators)
    made = f"Made with {', '.join(versions)}.\n\n{table(reports)}\n\n{details(reports)}"
    renew("peers", made)


if __name__ == "__main__":
    main()
