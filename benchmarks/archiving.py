"""What an archive costs, a step at a time, as a line of JSON.

- ``python benchmarks/archiving.py add PAGES FOLDER WHO [TOGETHER]``: pages a second, processor milliseconds a page, and
  the peaks of memory of the command and of the largest of its processes; ``WHO`` is ``here``, ``processes`` or
  ``cluster``, the last two with two processes that read, so many pages ``TOGETHER``
- ``python benchmarks/archiving.py group FOLDER WEEKS [compared]``: processor seconds for grouping a thousand made
  reports a week; ``compared`` says how many of the pairs it finds that all weeks grouped at once have, which takes long
- ``python benchmarks/archiving.py publish FOLDER WEEKS``: processor milliseconds an issue of two series, made and made
  already
- ``python benchmarks/archiving.py find FOLDER COUNT``: milliseconds for finding words among so many made articles
"""

import contextlib
import datetime as dt
import functools
import hashlib
import itertools
import json
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import yaml

sys.path.insert(0, str(Path(__file__).parents[1]))

from generate import Words
from measure import ROOT, tree
from stories import made

from publisher.archive.adding import TOGETHER, add
from publisher.archive.batches import ArchiveReader
from publisher.archive.grouping import group, stories_of
from publisher.archive.index import Question, find, index
from publisher.archive.parts import KeptArticle, read_part, write_part
from publisher.archive.places import part_path, parts_of, week_name, weeks_of
from publisher.automation.backlog import Folders, publish_backlog
from publisher.automation.issues.week import Week
from publisher.compiling import content_digest, fingerprint, group_stories
from publisher.confinement.jobs import JOBS
from publisher.confinement.standing import do
from publisher.executing.processes import Processes
from publisher.model import Article, Paragraph, Text, to_json
from publisher.pipeline import Means
from publisher.seams import Executor, Here
from tests.archive.pages import MONDAY
from tests.automation.offices import office

A_WEEK = 1000
FIRST = dt.date(2025, 1, 6)
"""A Monday."""

TIMES = 30
WORDS = ("lọc nước", "loc nuoc", "nước", "nuoc", "cầu nhỏ ngập", "cau nho ngap")
"""Rare and common ones, as written and as typed in a hurry."""

_TICKS = os.sysconf("SC_CLK_TCK")


# --- add --------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def executor_of(who: str) -> Iterator[Executor]:
    """Who reads the pages."""
    if who == "here":
        yield Here()
    elif who == "processes":
        with Processes(2) as processes:
            yield processes
    else:
        import dask
        from distributed import LocalCluster

        from publisher.executing.cluster import Cluster

        with (
            dask.config.set(dask.config.merge(dask.config.config, settings_advised())),
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0") as workers,
            Cluster(workers.scheduler_address) as cluster,
        ):
            yield cluster


def settings_advised() -> dict:
    """What ``docs/archive.md`` has an office set in Dask."""
    return yaml.safe_load(re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "archive.md").read_text(), re.DOTALL)[0])


def measure_adding(pages: Path, folder: Path, who: str, together: int) -> dict[str, float | str]:
    """What it costs to read the pages; started processes are counted, those that started them are not."""
    reader = ArchiveReader(read=functools.partial(do, JOBS["read"]))
    with executor_of(who) as executor:
        list(executor.map(abs, range(2)))  # They are started.
        cpu, start = cpu_of_tree(), time.perf_counter()
        added = add(folder, [str(pages)], reader, Means(executor=executor), together=together)
        seconds, cpu = time.perf_counter() - start, cpu_of_tree() - cpu
        own, *others = [peak_mib(process) for process in tree(os.getpid())]
    return {
        "seconds": seconds,
        "pages_a_second": added.pages / seconds,
        "cpu_ms_a_page": 1000 * cpu / added.pages,
        "command_mib": own,
        "process_mib": max(others, default=own),
        "kb_an_article": sum(path.stat().st_size for path in folder.rglob("*.parquet")) / 1000 / added.articles,
        "sha256": digest_of(folder),
    }


def cpu_of_tree() -> float:
    """Processor seconds of this process and of all that it started, those that have ended among them."""
    total = 0
    for process in tree(os.getpid()):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        total += sum(map(int, fields[11:15]))
    return total / _TICKS


def peak_mib(process: int) -> float:
    """What a process has held at most."""
    (peak,) = (line for line in Path(f"/proc/{process}/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(peak.split()[1]) / 1024


def digest_of(folder: Path) -> str:
    """Of all that is true of an archive."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


# --- group ------------------------------------------------------------------------------------------------------------


def measure_grouping(folder: Path, weeks: int, *, compared: bool) -> dict[str, float]:
    """Processor seconds for grouping all weeks, for half of them, and for none that is new."""
    for number, reports in enumerate(batches(made(A_WEEK * weeks), A_WEEK)):
        monday = FIRST + dt.timedelta(days=7 * number)
        dated = [
            msgspec.structs.replace(each, published=monday + dt.timedelta(days=at % 7))
            for at, each in enumerate(reports)
        ]
        known = [msgspec.msgpack.encode(fingerprint(each), order="deterministic") for each in dated]
        rows = [kept(each, each.key, its) for each, its in zip(dated, known, strict=True)]
        write_part(part_path(folder, week_name(monday), "made"), rows)
    seconds, grouped = processor_seconds(functools.partial(group, folder))
    again, _ = processor_seconds(functools.partial(group, folder))
    pairs, shared = pairs_at_once(folder) if compared else (0, 0)
    return {
        "seconds": seconds,
        "stories": grouped.stories,
        "again": again,
        "pairs": pairs,
        "recall": shared / pairs if pairs else 0.0,
    }


def pairs_at_once(folder: Path) -> tuple[int, int]:
    """How many pairs of one story there are when all weeks are grouped at once, and how many of them by week too."""
    rows = [row for week in weeks_of(folder) for part in parts_of(folder, week) for row in read_part(part)]
    rows.sort(key=lambda row: (row.published, row.key))
    leads = {
        key: story.lead for week in weeks_of(folder) for story in stories_of(folder, week) for key in story.members
    }
    pairs = [
        (rows[one].key, rows[other].key)
        for group in group_stories([row.whole() for row in rows])
        for one, other in itertools.combinations(group, 2)
    ]
    return len(pairs), sum(leads[one] == leads[other] for one, other in pairs)


def kept(article: Article, key: str, known: bytes = b"") -> KeptArticle:
    """A row of an archive."""
    return KeptArticle(
        key=key,
        sha256=content_digest(article),
        headline=article.headline,
        publication=article.publication,
        language=article.language,
        url=article.url,
        published=article.published,
        updated=None,
        origin=key,
        source="",
        fingerprint=known,
        article=to_json(article).encode(),
    )


# --- publish ----------------------------------------------------------------------------------------------------------


def measure_publishing(folder: Path, weeks: int) -> dict[str, float]:
    """Processor milliseconds an issue, processes that read and set it among them: made, and when it is there."""
    folder.mkdir()
    digests = office(folder, weeks)
    mondays = (MONDAY + dt.timedelta(days=7 * number) for number in range(weeks))
    of_weeks = [Week(year=monday.isocalendar().year, number=monday.isocalendar().week) for monday in mondays]
    took, codes = [], []
    for _ in range(2):
        start = cpu_of_tree()
        issued = list(publish_backlog(digests, of_weeks, Folders(), Here()))
        took.append(1000 * (cpu_of_tree() - start) / len(issued))
        codes.append({each.code for each in issued})
    if codes != [{0}, {22}]:
        raise SystemExit(f"the issues ended with {codes}, and not published and then published already")
    return {"made_ms": took[0], "again_ms": took[1], "share": took[1] / took[0]}


# --- find -------------------------------------------------------------------------------------------------------------


def measure_finding(folder: Path, count: int) -> dict[str, float]:
    """The median of the milliseconds that it takes to find words, the dearest of them; and what the index costs."""
    for number, numbers in enumerate(batches(range(count), A_WEEK)):
        monday = FIRST + dt.timedelta(days=7 * number)
        write_part(part_path(folder, week_name(monday), "made"), [searchable(each, monday) for each in numbers])
    seconds, _ = processor_seconds(functools.partial(index, folder))
    took = {}
    for words in WORDS:
        times = []
        for _ in range(TIMES):
            start = time.perf_counter()
            find(folder, Question(words=words), 20)
            times.append(1000 * (time.perf_counter() - start))
        took[words] = statistics.median(times)
    size = (folder / "index.sqlite").stat().st_size / 1000 / count
    return {"ms": max(took.values()), "index_cpu_ms": 1000 * seconds / count, "index_kb": size}


@functools.cache
def said() -> list[str]:
    """Words as often as the generated pages have them."""
    words = Words("all")
    return " ".join(words.paragraph() for _ in range(400)).split()


def searchable(number: int, day: dt.date) -> KeptArticle:
    """An article of two hundred words; nobody asks what else tells its story."""
    words = random.Random(number).choices(said(), k=208)
    body = (Paragraph(inlines=(Text(text=" ".join(words[8:])),)),)
    article = Article(headline=" ".join(words[:8]), published=day, language="vi", body=body)
    return kept(article, f"https://made.example/{number}")


def batches(values: Sequence, size: int) -> Iterator[Sequence]:
    """The values, so many at a time."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def processor_seconds(step: functools.partial) -> tuple[float, object]:
    """What a step takes, and what it gives."""
    start = time.process_time()
    given = step()
    return time.process_time() - start, given


if __name__ == "__main__":
    step, *arguments = sys.argv[1:]
    if step == "add":
        pages, folder, who, *together = arguments
        result = measure_adding(Path(pages), Path(folder), who, int(together[0]) if together else TOGETHER)
    elif step == "group":
        result = measure_grouping(Path(arguments[0]), int(arguments[1]), compared="compared" in arguments[2:])
    elif step == "publish":
        result = measure_publishing(Path(arguments[0]), int(arguments[1]))
    else:
        result = measure_finding(Path(arguments[0]), int(arguments[1]))
    print(json.dumps(result))
