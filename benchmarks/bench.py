"""What the toolkit costs, as ratios to the bare engines on the same material: ``make bench``.

Whole processes, medians of interleaved runs. ``bench.py brief epub`` measures those parts alone; whatever was measured
takes the place of the same part in ``RESULTS.md`` beside this file, which holds ratios and counts, since seconds say
more about the machine.
"""

import json
import os
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bare import unpack, write_html
from desk import OpenDesk
from digest import ARTICLES, OUTPUTS, Desk
from generate import PICTURES, saved_page, write_pages
from measure import ROOT, Cost, Run, compare
from table import HEAD, Row, keep, ratios

HERE = Path(__file__).parent
BARE = (sys.executable, HERE / "bare.py")
PUBLISHER = (sys.executable, "-m", "publisher")
BY_HAND = ROOT.parent / "shared" / "bench" / "generate.py"
"""Writes issues as a person would who writes the HTML and the style sheet by hand; it is no part of this project."""

BRIEF_ROUNDS = 9
PDF_ROUNDS = {1: 5, 10: 3, 100: 1}
EPUB_ROUNDS = 5
CONFINED_ROUNDS = 9
CHECK_ROUNDS = 3
MANY = 500
JOINED = (100, 500)

JOBS_BOUNDS = {1: 0.8, 2: 0.42}
"""What a tagged, archival PDF of a hundred articles may take of the bare engine's time, by the number of workers."""

BY_HAND_BOUNDS = {1: 1.25, 10: 1.0, 100: 0.6}
"""By the number of articles."""

MANY_BOUND, MANY_BOUND_MIB = 0.4, 400
JOINING_BOUND_S = 1.5
EPUB_BOUND = 2.0
DIGEST_BOUNDS = {"one article changed": 0.12, "one inserted in the middle": 0.2, "nothing changed": 0.05}
PUBLISHED_BOUND = 0.03
CONFINED_BOUNDS = {1: 1.1, 100: 1.15}
"""What the confined process may add to a brief, and to the reading of a hundred pages, of text."""

DESK = {1: ("brief", "small"), 100: ("compilation", "normal")}
"""By the number of pages in the folder: the theme, and the size of its text. One of them makes a briefing of four."""

DESK_LETTERS = {1: 14_000, 100: 2_500}
"""How much of a page is taken: of one, four pages; a hundred are to be laid out before the first is changed."""

DESK_ROUNDS = {1: 5, 100: 2}
DESK_BOUNDS_S = {1: 1.0, 100: 1.5}
FIRST_CARD_BOUND_S = 1.0

READERS = ("here", "processes", "cluster")
"""Who reads pages into an archive: the command itself, two processes, two workers of a cluster."""

ARCHIVED = (400, 1600)
ARCHIVED_HTML = 200
ARCHIVED_TOGETHER = 50
"""So few saved pages in a batch that both workers have some."""

ARCHIVED_ROUNDS = 2
DASK_BOUND = 1.1
"""What a cluster may cost of the processor time of plain processes, on saved pages."""

TWO_PROCESSES_BOUND = 0.59
"""What two processes may take of the time that one does, by the clock: 1.7 times as fast, where both cores are idle."""

GROUPED_WEEKS = (10, 50)
GROUPING_BOUND_S = 60
PUBLISHED_WEEKS = 53
AGAIN_BOUND = 0.05
FOUND = 100_000
FINDING_BOUND_MS = 50

CHECK_BOUND_MS = 20
"""What ``publisher check`` may take for a page, the start of its process shared among them."""


def warm_up() -> None:
    """Let Python compile what it will load, and the file system fill its caches, before anything is measured.

    What Python compiled, and what is kept beside that, is kept whatever the shell says, as where the toolkit is used.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        pages = write_pages(folder / "pages", 1)
        html = write_html([str(pages)], "compilation", folder / "html")
        Run((*PUBLISHER, "compile", pages, "-o", folder / "ours.pdf", "-o", folder / "ours.epub"))
        Run((*BARE, "pdf", html, folder / "bare.pdf"))
        Run((*BARE, "zip", pages, folder / "bare.zip"))


def measure_brief(folder: Path) -> Iterator[Row]:
    """One brief against bare WeasyPrint on its HTML."""
    (page,) = write_pages(folder / "pages", 1).iterdir()
    html = write_html([str(page)], "brief", folder / "html")
    ours, bare = folder / "ours.pdf", folder / "bare.pdf"
    costs = compare({"ours": (*PUBLISHER, "brief", page, "-o", ours), "bare": (*BARE, "pdf", html, bare)}, BRIEF_ROUNDS)
    yield ratios("brief", 1, pages_of(costs), costs, 1.1, 1.25)


def measure_pdf(folder: Path) -> Iterator[Row]:
    """Tagged compilations, with one worker and with two, against bare untagged WeasyPrint on the one joined page."""
    for count, rounds in PDF_ROUNDS.items():
        pages = write_pages(folder / str(count), count)
        html = write_html([str(pages)], "compilation", folder / f"{count}-html")
        yield from _compared_pdf("tagged PDF", pages, html, count, rounds, JOBS_BOUNDS if count == 100 else {})


def measure_many(folder: Path) -> Iterator[Row]:
    """The same of so many articles that memory decides."""
    pages = write_pages(folder / "pages", MANY)
    html = write_html([str(pages)], "compilation", folder / "html")
    yield from _compared_pdf("tagged PDF", pages, html, MANY, 1, {2: MANY_BOUND}, MANY_BOUND_MIB)


def measure_byhand(folder: Path) -> Iterator[Row]:
    """The same against HTML and a style sheet that are written by hand, where their generator is."""
    if not BY_HAND.exists():
        print(f"byhand is left out: there is no {BY_HAND}", file=sys.stderr)
        return
    for count, bound in BY_HAND_BOUNDS.items():
        place = folder / str(count)
        Run((sys.executable, BY_HAND, "--no-images", "--n", str(count), "-o", place))
        html = place / f"book-{count}.html"
        jobs = {min(2, count): bound}
        yield from _compared_pdf("tagged PDF, HTML by hand", place / "txt", html, count, PDF_ROUNDS[count], jobs)


def _compared_pdf(
    what: str,
    pages: Path,
    html: Path,
    count: int,
    rounds: int,
    bounds: dict[int, float],
    most_mib: float | None = None,
) -> Iterator[Row]:
    """A row of time and one of memory for each number of workers."""
    workers = (1, 2) if count > 1 else (1,)
    output = html.with_suffix(".pdf")
    commands: dict[str, tuple[str | Path, ...]] = {
        str(jobs): (*PUBLISHER, "compile", pages, "--jobs", str(jobs), "-o", output) for jobs in workers
    }
    costs = compare(commands | {"bare": (*BARE, "pdf", html, output.with_suffix(".bare.pdf"))}, rounds)
    bare = costs["bare"]
    for jobs in workers:
        compared = {"ours": costs[str(jobs)], "bare": bare}
        named = f"{what}, {jobs} worker{'' if jobs == 1 else 's'}"
        yield ratios(named, count, pages_of(compared), compared, bounds.get(jobs))
        mib, bare_mib = (cost.peak_bytes / 1024**2 for cost in compared.values())
        size = f"{mib:.0f} and {bare_mib:.0f} MiB"
        missed = f" (**{most_mib:g} MiB asked for**)" if most_mib and mib > most_mib else ""
        yield Row(f"its peak memory, all processes{missed}", count, size, wall=mib / bare_mib)


def measure_epub(folder: Path) -> Iterator[Row]:
    """E-books against the reading of their pages and a raw zip of their own files."""
    for pictures in (False, True):
        place = folder / ("pictures" if pictures else "text")
        pages = write_pages(place / "pages", ARTICLES, pictures=pictures)
        ours = place / "ours.epub"
        Run((*PUBLISHER, "compile", pages, "-o", ours))
        files = unpack(ours, place / "files")
        bare = (sys.executable, HERE / "reading.py", "confined", pages, place / "raw.zip", files)
        costs = compare({"ours": (*PUBLISHER, "compile", pages, "-o", ours), "bare": bare}, EPUB_ROUNDS)
        what = f"EPUB with {ARTICLES * PICTURES} pictures" if pictures else "EPUB"
        size = f"{sum(path.is_file() for path in files.rglob('*'))} files"
        yield ratios(what, ARTICLES, size, costs, EPUB_BOUND)


def measure_joining(folder: Path) -> Iterator[Row]:
    """Fragments that are made become a file: seconds of processor time, and how they grow."""
    took = {}
    for count in JOINED:
        seconds, size = Run((sys.executable, HERE / "joining.py", str(count), folder)).output.split(maxsplit=1)
        took[count] = float(seconds)
        yield Row("joining alone, seconds", count, size.strip(), cpu=took[count], most_cpu=JOINING_BOUND_S)
    few, many = JOINED
    growth = took[many] / took[few] / (many / few)
    yield Row("its growth, against that of the articles", many, "-", cpu=growth, most_cpu=1.15)


def measure_check(folder: Path) -> Iterator[Row]:
    """Our own preflight of a finished compilation, without the outside validators, in milliseconds a page."""
    pages, ours = write_pages(folder / "pages", 10), folder / "ours.pdf"
    number = _page_count(Run((*PUBLISHER, "compile", pages, "-o", ours)).output)
    costs = compare({"check": (*PUBLISHER, "check", "--no-validators", ours)}, CHECK_ROUNDS)
    milliseconds = 1000 * costs["check"].cpu_seconds / number
    yield Row("check, milliseconds a page", 10, f"{number} pages", cpu=milliseconds, most_cpu=CHECK_BOUND_MS)


def measure_confined(folder: Path) -> Iterator[Row]:
    """What it costs that pages are read in a process that can do nothing else: against reading them in our own."""
    for count, bound in CONFINED_BOUNDS.items():
        pages = write_pages(folder / str(count), count)
        output = (folder / "out.pdf",) if count == 1 else ()
        costs = compare(
            {
                "ours": (sys.executable, HERE / "reading.py", "confined", pages, *output),
                "bare": (sys.executable, HERE / "reading.py", "here", pages, *output),
            },
            CONFINED_ROUNDS,
        )
        yield ratios(f"{'a brief' if count == 1 else 'reading'}, confined", count, "-", costs, bound)


def measure_digest(folder: Path) -> Iterator[Row]:
    """A week's digest made again, against its first run, which finds no cache."""
    for files, outputs in OUTPUTS.items():
        desk = Desk(folder / files, outputs)
        bare = Cost([desk.cold()])
        again: dict[str, Callable[[], Run]] = {
            "one article changed": desk.changed,
            "one inserted in the middle": desk.inserted,
            "nothing changed": desk.anew,
        }
        for what, run in again.items():
            costs = {"ours": Cost([run()]), "bare": bare}
            yield ratios(f"digest, {what}", ARTICLES, files, costs, DIGEST_BOUNDS[what], DIGEST_BOUNDS[what])
        costs = {"ours": Cost([desk.again()]), "bare": bare}
        yield ratios("digest, published already", ARTICLES, files, costs, PUBLISHED_BOUND)


def pages_of(costs: dict[str, Cost]) -> str:
    """The pages of both PDFs; one number when they have the same, as they should."""
    ours, bare = (_page_count(costs[name].output) for name in ("ours", "bare"))
    return f"{ours} pages" if ours == bare else f"{ours} and {bare} pages"


def _page_count(output: str) -> int:
    found = re.search(r"\((\d+) pages", output)
    if found is None:
        raise SystemExit("a command did not say how many pages it made")
    return int(found[1])


def measure_desk(folder: Path) -> Iterator[Row]:
    """What a change of words on the desk costs until the picture of the new page is there, and the first card."""
    for count, (theme, size) in DESK.items():
        pages = folder / str(count)
        for page in write_pages(pages, count).iterdir():
            page.write_text(page.read_text(encoding="utf-8")[: DESK_LETTERS[count]], encoding="utf-8")
        settings = f'[theme]\nname = "{theme}"\noptions = {{ text_size = "{size}" }}\n'
        (pages / "desk.toml").write_text(settings, encoding="utf-8")
        with OpenDesk(pages) as desk:
            first_s = desk.first_card_s()
            desk.settled()
            costs = [desk.change_s(count // 2, f"Đầu đề thứ {number}") for number in range(DESK_ROUNDS[count])]
        first, whole = (statistics.median(cost[which] for cost in costs) for which in (0, 1))
        long = f"{costs[-1][2]} pages"
        yield Row("first card (s)", count, long, wall=first_s, most=FIRST_CARD_BOUND_S)
        yield Row("words to new page (s)", count, long, cpu=first, most_cpu=DESK_BOUNDS_S[count])
        yield Row("words to all new pages (s)", count, long, cpu=whole)


def measure_archive(folder: Path) -> Iterator[Row]:
    """Pages read into an archive by one process, by two, and by a Dask cluster of two."""
    for count in ARCHIVED:
        pages = write_pages(folder / f"text-{count}", count)
        costs = {who: _archiving("add", pages, folder / f"{who}-{count}", who) for who in READERS}
        for who, cost in costs.items():
            memory = f"{cost['command_mib']:.0f} and {cost['process_mib']:.0f} MiB"
            size = f"{memory}, {cost['kb_an_article']:.1f} kB an article"
            yield Row(f"text into an archive, {who}, ms a page", count, size, cpu=cost["cpu_ms_a_page"])
        one, two, cluster = costs.values()
        wall = two["seconds"] / one["seconds"]
        yield Row("its two processes against one", count, _same(costs.values()), wall=wall, most=TWO_PROCESSES_BOUND)
        yield Row("its cluster against two processes", count, "-", cpu=cluster["cpu_ms_a_page"] / two["cpu_ms_a_page"])
    yield from _against_dask(folder)


def _against_dask(folder: Path) -> Iterator[Row]:
    """Saved web pages by two processes and by a cluster of two, by turns."""
    pages = folder / "html"
    pages.mkdir()
    for number in range(1, ARCHIVED_HTML + 1):
        (pages / f"{number:04}.html").write_text(saved_page(number), encoding="utf-8")
    together = str(ARCHIVED_TOGETHER)
    rounds = [
        (who, _archiving("add", pages, folder / f"html-{who}-{turn}", who, together))
        for turn in range(ARCHIVED_ROUNDS)
        for who in READERS[1:]
    ]
    took = {
        who: statistics.median(cost["cpu_ms_a_page"] for reader, cost in rounds if reader == who) for who in READERS[1:]
    }
    for who, milliseconds in took.items():
        yield Row(f"saved HTML into an archive, {who}, ms a page", ARCHIVED_HTML, "-", cpu=milliseconds)
    two, cluster = took.values()
    same = _same(cost for _, cost in rounds)
    yield Row("its cluster against two processes", ARCHIVED_HTML, same, cpu=cluster / two, most_cpu=DASK_BOUND)


def _same(costs: Iterable[dict[str, float]]) -> str:
    return "the same bytes" if len({cost["sha256"] for cost in costs}) == 1 else "**OTHER BYTES**"


def measure_weeks(folder: Path) -> Iterator[Row]:
    """Stories of an archive grouped by week, and issues published from one."""
    few = _archiving("group", folder / "group-few", str(GROUPED_WEEKS[0]), "compared")
    many = _archiving("group", folder / "group-many", str(GROUPED_WEEKS[1]))
    size = f"{many['stories']} stories; nothing new: {many['again']:.2f} s"
    yield Row(
        "grouping by week, seconds", 1000 * GROUPED_WEEKS[1], size, cpu=many["seconds"], most_cpu=GROUPING_BOUND_S
    )
    recall = f"of {few['pairs']:.0f} pairs"
    yield Row(
        "the share of the pairs grouped at once that it finds", 1000 * GROUPED_WEEKS[0], recall, cpu=few["recall"]
    )
    growth = many["seconds"] / few["seconds"] / (GROUPED_WEEKS[1] / GROUPED_WEEKS[0])
    yield Row("its growth, against that of the weeks", 1000 * GROUPED_WEEKS[1], "-", cpu=growth, most_cpu=1.15)
    cost = _archiving("publish", folder / "publish", str(PUBLISHED_WEEKS))
    size = f"{cost['made_ms']:.0f} and {cost['again_ms']:.1f} ms an issue"
    issues = 2 * PUBLISHED_WEEKS
    yield Row("issues published again, against making them", issues, size, cpu=cost["share"], most_cpu=AGAIN_BOUND)


def measure_finding(folder: Path) -> Iterator[Row]:
    """Words found among the articles of an archive."""
    found = _archiving("find", folder / "find", str(FOUND))
    size = f"index {found['index_kb']:.1f} kB and {found['index_cpu_ms']:.1f} CPU ms an article"
    yield Row("finding words, ms", FOUND, size, wall=found["ms"], most=FINDING_BOUND_MS)


def _archiving(*arguments: str | Path) -> dict[str, float]:
    return json.loads(Run((sys.executable, HERE / "archiving.py", *arguments)).output.splitlines()[-1])


PARTS: dict[str, Callable[[Path], Iterator[Row]]] = {
    "brief": measure_brief,
    "pdf": measure_pdf,
    "byhand": measure_byhand,
    "many": measure_many,
    "joining": measure_joining,
    "epub": measure_epub,
    "check": measure_check,
    "confined": measure_confined,
    "digest": measure_digest,
    "desk": measure_desk,
    "archive": measure_archive,
    "weeks": measure_weeks,
    "finding": measure_finding,
}

INTRODUCTION = f"""# Results

Made by `make bench`, or part by part by `python benchmarks/bench.py PART…`; each number is the toolkit's cost divided
by the bare engine's on the same material, so less is better. Whole processes from start to end, the interpreter's own
start included, medians of interleaved runs (up to {BRIEF_ROUNDS}). Memory is what all processes of a command held
together at the peak, a page that several share counted once. Beside the wall clock stands processor time, which other
work on the machine changes less.

- *brief*: `publisher brief` from the scraped page to a tagged PDF/A-3a and PDF/UA-1 file, against `HTML(…).write_pdf()`
  of WeasyPrint on the finished HTML, untagged.
- *desk*: seconds, no ratios: from when `publisher desk` answers until the first card is read, and the processor time
  from a change of a headline until the picture of its new page is there, the desk and its children together, warm.
  Of a hundred articles that is a galley: the article by itself, marked as a draft, until *all new pages* are there.
- *pdf*, *many*: `publisher compile` from the scraped pages, against the same on all its documents joined into one,
  where `target-counter` sets the page numbers.
- *byhand*: the same against HTML with a plain style sheet, as a person would write it who has no toolkit.
- *joining*: the linker alone. The fragments of ten articles are made, and joined again and again as those of so many.
- *epub*: `publisher compile` from the pages, against reading the same pages and deflating the files of that very book.
- *check*: `publisher check` of the compilation without outside validators.
- *confined*: a brief, and the reading of a hundred pages of text, with the pages read in the confined process, as all
  commands do, against the same with the pages read in the command's own.
- *digest*: `publisher digest` of a week that was made before, against its first run, without a cache. The week has
  {ARTICLES} saved web pages with {PICTURES} pictures each; outside validators are left out. All but the last begin with
  the cache and without shelf and ledger; *published already* finds the issue on the shelf.
- *archive*: pages read into an archive by the command itself, by two processes, and by two workers of a Dask cluster,
  with the memory of the command and of the largest other process at their peaks.
- *weeks*: {GROUPED_WEEKS[1]} weeks of a thousand made reports grouped into stories, and {GROUPED_WEEKS[0]} weeks;
  the issues of {PUBLISHED_WEEKS} weeks of two series, each six short articles as an EPUB, asked for again against made.
- *finding*: words found among {FOUND:,} articles with a warm index: the dearest of rare and common ones, with their
  marks and without.
"""


def main() -> None:
    """Measure the parts named on the command line, or all of them, and write them down."""
    asked = sys.argv[1:] or list(PARTS)
    if unknown := set(asked) - set(PARTS):
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}. There is: {', '.join(PARTS)}.")
    warm_up()
    print(HEAD, end="", flush=True)
    for name in asked:
        rows = []
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for row in PARTS[name](Path(folder)):
                print(row, flush=True)
                rows.append(row)
        keep(HERE / "RESULTS.md", INTRODUCTION, name, rows, list(PARTS))


if __name__ == "__main__":
    main()
