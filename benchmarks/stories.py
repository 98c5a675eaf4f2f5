"""How well reports of one event are told from reports of others: the experiments behind ``compiling/sameness.py``.

- ``python benchmarks/stories.py fit``: the weights, fitted to half of the themes and judged by the other half
- ``python benchmarks/stories.py pages``: the pairs joined among real pages set on one day, where ../shared is
- ``python benchmarks/stories.py time``: processor time for 1,000 and 5,000 made reports of one day

What they gave stands in ``STORIES.md``.
"""

import gzip
import itertools
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

sys.path.insert(0, str(Path(__file__).parents[1]))

from publisher.compiling import Rarity, group_stories, traits_of
from publisher.compiling.likeness import KINDS, Likeness, Weighed, Weights, days_between
from publisher.compiling.sameness import DAYS_APART, WEIGHTS, same_story
from publisher.errors import InputError
from publisher.model import Article, Source
from publisher.reading import read
from tests.compiling.labelled import (
    ONE_DAY,
    Labelled,
    labelled,
    on_one_day,
    precision_and_recall,
    report,
    weighed_pairs,
)

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"

FITTED_HALF = 1
DECAY = 0.05
"""Little, since there are eight weights and a hundred examples of one story; 0.05 to 1 were tried."""

ODDS = 2.0
"""How much likelier one story must be than two."""

Pair = tuple[bool, Labelled, Labelled, Likeness]


# --- fit --------------------------------------------------------------------------------------------------------------


def pairs(reports: Sequence[Labelled]) -> list[Pair]:
    """The pairs on which the likeness decides: of one language, and of days that are near."""
    return [
        (one.event == other.event, one, other, a.shared(b))
        for one, other, a, b in weighed_pairs(reports)
        if a.traits.language == b.traits.language and days_between(a.traits, b.traits) <= DAYS_APART
        if not (a.traits.headline_dates and b.traits.headline_dates)
        or a.traits.headline_dates & b.traits.headline_dates
    ]


def fitted(examples: Sequence[Pair]) -> Weights:
    """Logistic regression by Newton's method (Bishop 2006, 4.3.3); the threshold includes ``ODDS``."""
    rows = [(1.0, *(float(getattr(likeness, kind)) for kind in KINDS)) for *_, likeness in examples]
    weights = [0.0] * len(rows[0])
    for _ in range(40):
        slope = [0.0, *(DECAY * weight for weight in weights[1:])]
        bend = [[DECAY * (i == j > 0) + 1e-6 * (i == j) for j in range(len(weights))] for i in range(len(weights))]
        for (same, *_), row in zip(examples, rows, strict=True):
            chance = 1 / (1 + math.exp(-sum(map(math.prod, zip(weights, row, strict=True)))))
            for i, value in enumerate(row):
                slope[i] += (chance - same) * value
                for j, another in enumerate(row):
                    bend[i][j] += chance * (1 - chance) * value * another
        step = solved(bend, slope)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < 1e-6:
            break
    return Weights(**dict(zip(KINDS, weights[1:], strict=True)), threshold=math.log(ODDS) - weights[0])


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of the equations, by Gaussian elimination with pivoting."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for at in range(size):
        pivot = max(range(at, size), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            rows[below] = [a - factor * b for a, b in zip(rows[below], rows[at], strict=True)]
    solution = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][column] * solution[column] for column in range(at + 1, size))
        solution[at] = (rows[at][size] - known) / rows[at][at]
    return solution


def fit() -> None:
    """Fit to each half, judge by the other; then what the shipped weights and the grouping reach."""
    old, hard = list(labelled("vi", "en")), list(labelled("hard"))
    slices = {"as they are": old, "set on one day": on_one_day(old), "the hard ones": hard}
    examples = {name: pairs(reports) for name, reports in slices.items()}
    for half in (FITTED_HALF, 1 - FITTED_HALF):
        weights = fitted([each for some in examples.values() for each in some if each[1].half == each[2].half == half])
        print(f"fitted to half {half}, judged by the other{'; shipped, rounded' if half == FITTED_HALF else ''}:")
        print(f"  {weights}")
        for name, some in examples.items():
            others = [each for each in some if half not in (each[1].half, each[2].half)]
            print(f"  {name:15} {quality((same, judged(likeness, weights)) for same, *_, likeness in others)}")
    print(f"shipped, judged by both halves: {WEIGHTS}")
    for name, reports in slices.items():
        verdicts = [(one.event == other.event, same_story(a, b)) for one, other, a, b in weighed_pairs(reports)]
        groups = group_stories([each.article for each in reports])
        story = {number: place for place, group in enumerate(groups) for number in group}
        together = [
            (reports[i].event == reports[j].event, story[i] == story[j])
            for i, j in itertools.combinations(range(len(reports)), 2)
        ]
        print(f"  {name:15} pairs {quality(verdicts)}; in groups {quality(together)}")


def judged(likeness: Likeness, weights: Weights) -> bool:
    """Whether it is one story, by other weights than those that are shipped."""
    return likeness.is_of_two_sides and weights.over(likeness) > 0


def quality(verdicts: Iterator[tuple[bool, bool]] | Sequence[tuple[bool, bool]]) -> str:
    """Precision and recall over (truth, verdict) pairs."""
    verdicts = list(verdicts)
    precision, recall = precision_and_recall(verdicts)
    return f"precision {precision:.3f}, recall {recall:.3f} of {sum(truth for truth, _ in verdicts)}"


# --- pages ------------------------------------------------------------------------------------------------------------


def pages() -> Iterator[tuple[str, Article]]:
    """Real pages by the name of the page: as they were saved, then as text, in each rendering that there is."""
    for path in sorted((*CORPUS.glob("*/html/*.html.gz"), *CORPUS.glob("html/*.html.gz"))):
        yield from read_page(path, gzip.decompress(path.read_bytes()), "text/html")
    for path in sorted((*CORPUS.glob("*/text/*.txt"), *CORPUS.glob("text/*.txt"))):
        yield from read_page(path, path.read_bytes(), "text/plain")


def read_page(path: Path, data: bytes, media_type: str) -> Iterator[tuple[str, Article]]:
    """The articles of a page, set on one day."""
    try:
        articles = read(Source(name=path.name, data=data, media_type=media_type)).articles
    except InputError:
        return
    for article in articles:
        yield path.name.split(".")[0].split("__")[0], msgspec.structs.replace(article, published=ONE_DAY)


def judge_pages() -> None:
    """The pairs of two outlets' pages that are taken for one story, once by a rendering each and once by all."""
    if not CORPUS.exists():
        print(f"skipped: there are no pages in {CORPUS}")
        return
    everything = list(pages())
    times = Counter[str]()
    one_each = []
    for page, article in everything:
        times[page] += 1
        if times[page] <= 2:  # as it was saved, and the first of its texts
            one_each.append((page, article))
    for name, some in (("each page as it was saved and as text", one_each), ("all renderings", everything)):
        traits = [traits_of(article) for _, article in some]
        rarity = Rarity(traits)
        weighed = [Weighed(each, rarity) for each in traits]
        compared = alike = 0
        for i, j in itertools.combinations(range(len(some)), 2):
            if some[i][0] == some[j][0] or traits[i].language != traits[j].language:
                continue
            compared += 1
            if same_story(weighed[i], weighed[j]):
                alike += 1
                print(f"  joined: {some[i][0]} “{some[i][1].headline}” and {some[j][0]} “{some[j][1].headline}”")
        groups = group_stories([article for _, article in some])
        mixed = sum(len({some[number][0] for number in group}) > 1 for group in groups)
        print(f"{name}: {len(some)} articles, {compared} pairs of one language, {alike} joined; {mixed} groups mixed")


# --- time -------------------------------------------------------------------------------------------------------------


def made(count: int) -> list[Article]:
    """Reports of one day in one language, each event told up to five times.

    Words are as common as Zipf has them; forty towns are in everything, people and most figures are an event's own.
    """
    chance = random.Random(12)
    words = [f"w{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}" for n in range(9000)]
    common = list(itertools.accumulate(1 / (n + 5) for n in range(len(words))))
    towns = [f"Town{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(40)]
    reports: list[Article] = []
    while len(reports) < count:
        own = chance.sample(words[300:], 25)
        people = [f"{chance.choice(words).title()} {chance.choice(words).title()}" for _ in range(4)]
        figures = [str(chance.choice((20, 50, 100, 250, 400, chance.randrange(100, 99999)))) for _ in range(4)]
        for _ in range(min(chance.choice((1, 1, 1, 1, 2, 2, 3, 5)), count - len(reports))):
            text = chance.choices(words, cum_weights=common, k=150)
            for told, times in ((own, 20), (people, 4), (figures, 4), (towns, 3)):
                for _ in range(times):
                    text[chance.randrange(len(text))] = chance.choice(told)
            headline = " ".join([*chance.sample(own, 4), *chance.choices(words, cum_weights=common, k=4)])
            reports.append(report(headline, " ".join(text), language="en", url=f"https://made.example/{len(reports)}"))
    return reports


def measure_time() -> None:
    """Processor seconds for grouping, the taking apart of the texts included."""
    seconds = {}
    for count in (1000, 5000):
        reports = made(count)
        start = time.process_time()
        groups = group_stories(reports)
        seconds[count] = time.process_time() - start
        print(f"{count} reports: {len(groups)} stories in {seconds[count]:.2f} s of processor time")
    print(f"growth {seconds[5000] / seconds[1000]:.1f}-fold")


if __name__ == "__main__":
    {"fit": fit, "pages": judge_pages, "time": measure_time}[sys.argv[1]]()
