"""What the toolkit costs, as ratios to the bare engines on the same material: ``make bench``.

Whole processes, medians of interleaved runs. The table goes to standard output and to ``RESULTS.md`` beside this file;
it holds ratios and counts only, since seconds say more about the machine. ``bench.py brief epub`` measures only those
parts and leaves the file alone.
"""

import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bare import unpack, write_html
from digest import ARTICLES, OUTPUTS, Desk
from generate import PICTURES, write_pages
from measure import Cost, Run, compare

HERE = Path(__file__).parent
BARE = (sys.executable, HERE / "bare.py")
PUBLISHER = (sys.executable, "-m", "publisher")

BRIEF_ROUNDS = 9
PDF_ROUNDS = {1: 5, 10: 3, 100: 2}
EPUB_ROUNDS = {1: 7, 10: 7, 100: 5}
PICTURE_ROUNDS = {100: 3}
PARSING_ROUNDS = 9
CONFINED_ROUNDS = 9
CHECK_ROUNDS = {10: 3}
DIGEST_ROUNDS = {"EPUB": 3, "EPUB, Kobo and PDF": 1}

BRIEF_BOUND = 1.3
PDF_BOUND, MEMORY_BOUND = 1.1, 1.0
EPUB_BOUND = 6.0
PARSING_BOUND = 0.05
"""What was asked for: of the 100 articles and the one brief. Where nothing was asked for, the bound is ``None``."""

CONFORMANCE_BOUND = 1.35
"""What PDF/A-3a and PDF/UA-1 may add to the bare engine on any issue, all that the toolkit does besides included."""

BRIEF_CONFINED_BOUND, READING_CONFINED_BOUND = 1.1, 1.15
"""What the confined process may add to a brief, and to the reading of a hundred pages, of text."""

CHANGED_BOUND, UNCHANGED_BOUND = 0.15, 0.03
"""What a digest that was made before may cost, of its first run, when one article has changed, and when none has."""

CHECK_BOUND_MS = 20
"""What ``publisher check`` may take for a page, the start of its process shared among them."""


class Row:
    """A line of the table."""

    def __init__(
        self, what: str, articles: int, size: str, ratio: float, bound: float | None, cpu: float | None = None
    ) -> None:
        self.cells = [what, str(articles), size, f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.3f}"]
        self.cells += ["-", "-"] if bound is None else [f"{bound:g}", "yes" if ratio <= bound else "**no**"]
        self.cells += ["-" if cpu is None else f"{cpu:.2f}"]

    def __str__(self) -> str:
        return f"| {' | '.join(self.cells)} |"


def warm_up() -> None:
    """Let Python compile what it will load, and the file system fill its caches, before anything is measured."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        pages = write_pages(folder / "pages", 1)
        html = write_html([str(pages)], "compilation", folder / "html")
        Run((*PUBLISHER, "compile", pages, "-o", folder / "ours.pdf", "-o", folder / "ours.epub"))
        Run((*BARE, "pdf", html, folder / "bare.pdf"))
        Run((*BARE, "zip", pages, folder / "bare.zip"))


def measure_brief(folder: Path) -> Iterator[Row]:
    """One brief against bare WeasyPrint on its HTML, and what of it is parsing."""
    (page,) = write_pages(folder / "pages", 1).iterdir()
    html = write_html([str(page)], "brief", folder / "html")
    ours, bare = folder / "ours.pdf", folder / "bare.pdf"
    costs = compare({"ours": (*PUBLISHER, "brief", page, "-o", ours), "bare": (*BARE, "pdf", html, bare)}, BRIEF_ROUNDS)
    parsing = statistics.median(
        float(Run((sys.executable, HERE / "parsing.py", page)).output) for _ in range(PARSING_ROUNDS)
    )
    size = pages_of(costs)
    yield Row("brief, time", 1, size, time_ratio(costs), BRIEF_BOUND, cpu_ratio(costs))
    yield Row("parsing the page, share of a brief's time", 1, size, parsing / costs["ours"].seconds, PARSING_BOUND)


def measure_pdf(folder: Path) -> Iterator[Row]:
    """Tagged compilations against bare untagged WeasyPrint on the one joined page."""
    for count, rounds in PDF_ROUNDS.items():
        place = folder / str(count)
        pages = write_pages(place / "pages", count)
        html = write_html([str(pages)], "compilation", place / "html")
        ours, bare = place / "ours.pdf", place / "bare.pdf"
        costs = compare(
            {"ours": (*PUBLISHER, "compile", pages, "-o", ours), "bare": (*BARE, "pdf", html, bare)}, rounds
        )
        size = pages_of(costs)
        time_bound, memory_bound = (PDF_BOUND, MEMORY_BOUND) if count == max(PDF_ROUNDS) else (CONFORMANCE_BOUND, None)
        yield Row("tagged PDF, time", count, size, time_ratio(costs), time_bound, cpu_ratio(costs))
        yield Row("tagged PDF, peak memory", count, size, memory_ratio(costs), memory_bound)


def measure_epub(folder: Path) -> Iterator[Row]:
    """E-books against a raw zip of their own files."""
    for pictures, all_rounds in ((False, EPUB_ROUNDS), (True, PICTURE_ROUNDS)):
        for count, rounds in all_rounds.items():
            place = folder / f"{count}{'-pictures' if pictures else ''}"
            pages = write_pages(place / "pages", count, pictures=pictures)
            ours = place / "ours.epub"
            Run((*PUBLISHER, "compile", pages, "-o", ours))
            files = unpack(ours, place / "files")
            costs = compare(
                {
                    "ours": (*PUBLISHER, "compile", pages, "-o", ours),
                    "bare": (*BARE, "zip", files, place / "raw.zip"),
                },
                rounds,
            )
            what = f"EPUB with {count * PICTURES} pictures, time" if pictures else "EPUB, time"
            size = f"{sum(path.is_file() for path in files.rglob('*'))} files"
            bound = EPUB_BOUND if count == max(EPUB_ROUNDS) else None
            yield Row(what, count, size, time_ratio(costs), bound, cpu_ratio(costs))


def measure_check(folder: Path) -> Iterator[Row]:
    """Our own preflight of finished compilations, without the outside validators, in milliseconds a page."""
    for count, rounds in CHECK_ROUNDS.items():
        place = folder / str(count)
        pages, ours = write_pages(place / "pages", count), place / "ours.pdf"
        made = Run((*PUBLISHER, "compile", pages, "-o", ours))
        number = re.search(r"\((\d+) pages", made.output)
        if number is None:
            raise SystemExit("a command did not say how many pages it made")
        costs = compare({"check": (*PUBLISHER, "check", "--no-validators", ours)}, rounds)
        milliseconds = 1000 * costs["check"].cpu_seconds / int(number[1])
        yield Row(
            "check, milliseconds of processor time a page", count, f"{number[1]} pages", milliseconds, CHECK_BOUND_MS
        )


def measure_confined(folder: Path) -> Iterator[Row]:
    """What it costs that pages are read in a process that can do nothing else: against reading them in our own."""
    for what, count, bound in (("a brief", 1, BRIEF_CONFINED_BOUND), ("reading", 100, READING_CONFINED_BOUND)):
        place = folder / str(count)
        pages = write_pages(place / "pages", count)
        output = (place / "out.pdf",) if count == 1 else ()
        costs = compare(
            {
                "ours": (sys.executable, HERE / "reading.py", "confined", pages, *output),
                "bare": (sys.executable, HERE / "reading.py", "here", pages, *output),
            },
            CONFINED_ROUNDS,
        )
        yield Row(f"{what}, confined", count, "-", time_ratio(costs), bound, cpu_ratio(costs))


def measure_digest(folder: Path) -> Iterator[Row]:
    """A week's digest made again, against its first run, which finds no cache."""
    for files, rounds in DIGEST_ROUNDS.items():
        desk = Desk(folder / files, OUTPUTS[files])
        again: dict[str, tuple[Callable[[], Run], float | None]] = {
            "one article changed": (desk.changed, CHANGED_BOUND),
            "made anew unchanged": (desk.anew, None),
            "run once more": (desk.again, UNCHANGED_BOUND),
        }
        first: list[Run] = []
        runs: dict[str, list[Run]] = {what: [] for what in again}
        for _ in range(rounds):
            first.append(desk.cold())
            for what, (run, _bound) in again.items():
                runs[what].append(run())
        for what, (_run, bound) in again.items():
            costs = {"ours": Cost(runs[what]), "bare": Cost(first)}
            yield Row(f"digest, {what}", ARTICLES, files, time_ratio(costs), bound, cpu_ratio(costs))


def time_ratio(costs: dict[str, Cost]) -> float:
    """How many times the seconds of the bare engine ours took."""
    return costs["ours"].seconds / costs["bare"].seconds


def cpu_ratio(costs: dict[str, Cost]) -> float:
    """How many times its processor time."""
    return costs["ours"].cpu_seconds / costs["bare"].cpu_seconds


def memory_ratio(costs: dict[str, Cost]) -> float:
    """How many times the memory of the bare engine ours held at its peak."""
    return costs["ours"].peak_bytes / costs["bare"].peak_bytes


def pages_of(costs: dict[str, Cost]) -> str:
    """The pages of both PDFs; one number when they have the same, as they should."""
    ours, bare = (re.search(r"\((\d+) pages", costs[name].output) for name in ("ours", "bare"))
    if ours is None or bare is None:
        raise SystemExit("a command did not say how many pages it made")
    return f"{ours[1]} pages" if ours[1] == bare[1] else f"{ours[1]} and {bare[1]} pages"


PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "brief": measure_brief,
    "pdf": measure_pdf,
    "epub": measure_epub,
    "check": measure_check,
    "confined": measure_confined,
    "digest": measure_digest,
}

INTRODUCTION = f"""# Results

Made by `make bench`; each number is the toolkit's cost divided by the bare engine's on the same material, so less is
better. Whole processes from start to end, the interpreter's own start included, medians of interleaved runs (up to
{BRIEF_ROUNDS}). Memory is what all processes of a command held together at the peak. The ratio of time is that of the
wall clock; that of processor time stands beside it, since a brief uses two processors and a busy machine has none to
spare.

- *brief*: `publisher brief` from the scraped page to a tagged PDF/A-3a and PDF/UA-1 file, against `HTML(…).write_pdf()`
  of WeasyPrint on the finished HTML, untagged.
- *tagged PDF*: `publisher compile` from the scraped pages, against the same on all its documents joined into one, where
  `target-counter` sets the page numbers.
- *EPUB*: `publisher compile` from the pages, against `zipfile` deflating the files of that very book.
- *check*: `publisher check` of the compilation without outside validators: the one number that is no ratio.
- *confined*: a brief, and the reading of a hundred pages of text, with the pages read in the confined process, as all
  commands do, against the same with the pages read in the command's own.
- *digest*: `publisher digest` of a week that was made before, against its first run, without a cache. The week has
  {ARTICLES} saved web pages with {PICTURES} pictures each; outside validators are left out. *one article changed* and
  *made anew unchanged* begin with the cache and without shelf and ledger; *run once more* finds the issue published.
- *parsing*: reading the page for the first time in a process.

| what | articles | size | ratio | asked for | within | of processor time |
| --- | --- | --- | --- | --- | --- | --- |
"""


def main() -> None:
    """Measure the parts named on the command line, or all of them and write them down."""
    asked = sys.argv[1:] or list(PARTS)
    if unknown := set(asked) - set(PARTS):
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}. There is: {', '.join(PARTS)}.")
    warm_up()
    print(INTRODUCTION, end="", flush=True)
    rows = []
    for name in asked:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for row in PARTS[name](Path(folder)):
                print(row, flush=True)
                rows.append(row)
    if set(asked) == set(PARTS):
        (HERE / "RESULTS.md").write_text(INTRODUCTION + "".join(f"{row}\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
