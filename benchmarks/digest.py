"""What a digest costs that was made before, as shares of what it costs the first time: ``make bench-digest``.

A week of 100 articles with two pictures each, as an e-book, and as an e-book, one for Kobo and a PDF. Whole processes,
medians of interleaved rounds; checks as the settings have them by themselves, without the outside validators, which
are other people's programs. The table goes to standard output and to ``DIGEST.md`` beside this file.
"""

import re
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from generate import PICTURES, Dialect, write_saved_pages
from measure import Run

HERE = Path(__file__).parent
WEEK = "2026-W14"
ARTICLES = 100
ROUNDS = 3
PUBLISHED, PUBLISHED_WITH_WARNINGS, ALREADY_PUBLISHED = 0, 20, 22

CHANGED_BOUND, UNCHANGED_BOUND = 0.15, 0.03
"""What was asked for, of what the first run costs."""

SETTINGS = """\
[series]
title = "Tuần tin đo đạc"
name = "do-dac"
language = "vi"
timezone = "Asia/Ho_Chi_Minh"

[[sources]]
from = "pages"

[window]
days = 40  # the pages are of all days of a month

[shelf]
folder = "shelf"

[policy]
validators = "skip"

[files]
cache = "cache"
ledger = "ledger.sqlite"

"""

OUTPUTS: Mapping[str, str] = {
    "EPUB": """
[[outputs]]
file = "tuan-{week}.epub"
""",
    "EPUB, Kobo and PDF": """
[[outputs]]
file = "tuan-{week}.epub"

[[outputs]]
file = "tuan-{week}.kepub.epub"
profile = "kobo"

[[outputs]]
file = "tuan-{week}.pdf"
""",
}

INTRODUCTION = f"""# What a digest costs again

Made by `make bench-digest`; each number is the cost of a run divided by that of the first run of the same week,
without a cache. Whole processes from start to end, medians of {ROUNDS} interleaved rounds; processor time is of all
processes of a run. The week has {ARTICLES} saved web pages with {ARTICLES * PICTURES} pictures, no two of them one
story. Files are checked as the settings have them checked by themselves; the outside validators are left out.

- *one article changed*: a sentence of one page is another. Shelf and ledger are removed and the cache is kept, so
  that the week is made anew, not finished.
- *nothing changed, made anew*: the same, without the change.
- *nothing changed*: the same command once more. The issue is published already, and whole.

| files | what | articles | share of time | asked for | within | of processor time |
| --- | --- | --- | --- | --- | --- | --- |
"""


class Desk:
    """A folder with a week's pages and the settings of a digest, which is run again and again."""

    def __init__(self, folder: Path, outputs: str) -> None:
        self._folder = folder
        self._pages = write_saved_pages(folder / "pages", ARTICLES)
        self._settings = folder / "digest.toml"
        self._settings.write_text(SETTINGS + outputs, encoding="utf-8")
        self._changes = 0

    def cold(self) -> Run:
        """The first run: nothing is known."""
        shutil.rmtree(self._folder / "cache", ignore_errors=True)
        return self.anew()

    def changed(self) -> Run:
        """The week anew after one sentence has become another."""
        self._changes += 1
        page = self._pages / f"{ARTICLES // 2:04}.html"
        text, others = page.read_text(encoding="utf-8"), Dialect(f"change {self._changes}")
        before, _sentence, after = re.split(r"(?<=\. )([^.]+\.)(?=</p>)", text, maxsplit=1)
        page.write_text(before + others.sentence() + after, encoding="utf-8")
        return self.anew()

    def anew(self) -> Run:
        """The week once more, with nothing on the shelf and nothing remembered but the cache."""
        shutil.rmtree(self._folder / "shelf", ignore_errors=True)
        for path in self._folder.glob("ledger.sqlite*"):
            path.unlink()
        run = self._run(PUBLISHED, PUBLISHED_WITH_WARNINGS)
        if f"with {ARTICLES} articles" not in run.output:
            raise SystemExit(f"an article was left out: {run.output.strip()}")
        return run

    def again(self) -> Run:
        """The same command after the week is published."""
        return self._run(ALREADY_PUBLISHED)

    def _run(self, *expected: int) -> Run:
        command = (sys.executable, "-m", "publisher", "digest", self._settings, "--week", WEEK)
        return Run(command, expected)


RUNS: Mapping[str, tuple[Callable[[Desk], Run], float | None]] = {
    "one article changed": (Desk.changed, CHANGED_BOUND),
    "nothing changed, made anew": (Desk.anew, None),
    "nothing changed": (Desk.again, UNCHANGED_BOUND),
}
"""In the order of a round, which begins with the cold run; and what may be spent, of that."""


def measure(files: str, outputs: str, folder: Path) -> Iterator[str]:
    """The lines of the table for an issue of these files."""
    desk = Desk(folder, outputs)
    cold: list[Run] = []
    runs: dict[str, list[Run]] = {what: [] for what in RUNS}
    for _ in range(ROUNDS):
        cold.append(desk.cold())
        for what, (run, _bound) in RUNS.items():
            runs[what].append(run(desk))
    for what, (_run, bound) in RUNS.items():
        wall = _share(runs[what], cold, lambda run: run.seconds)
        processor = _share(runs[what], cold, lambda run: run.cpu_seconds)
        asked = ("-", "-") if bound is None else (f"{bound:.0%}", "yes" if wall <= bound else "**no**")
        cells = (files, what, str(ARTICLES), f"{wall:.1%}", *asked, f"{processor:.1%}")
        yield f"| {' | '.join(cells)} |"


def _share(runs: list[Run], cold: list[Run], cost: Callable[[Run], float]) -> float:
    return statistics.median(map(cost, runs)) / statistics.median(map(cost, cold))


def main() -> None:
    """Measure the issues named on the command line, or all of them and write them down."""
    asked = sys.argv[1:] or list(OUTPUTS)
    if unknown := set(asked) - set(OUTPUTS):
        raise SystemExit(f"unknown: {', '.join(sorted(unknown))}. There is: {'; '.join(OUTPUTS)}.")
    print(INTRODUCTION, end="", flush=True)
    lines = []
    for files in asked:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for line in measure(files, OUTPUTS[files], Path(folder)):
                print(line, flush=True)
                lines.append(line)
    if set(asked) == set(OUTPUTS):
        (HERE / "DIGEST.md").write_text(INTRODUCTION + "".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
