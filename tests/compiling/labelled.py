"""The labelled reports, and how well a verdict on them is."""

import datetime as dt
import hashlib
import itertools
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from publisher.compiling.likeness import Weighed
from publisher.compiling.rarity import Rarity
from publisher.compiling.traits import traits_of
from publisher.model import Article, Paragraph, Text

SET = Path(__file__).parent / "stories"
ONE_DAY = dt.date(2026, 3, 16)


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """A report, and what it is of."""

    theme: str
    event: str
    """With its language: the same event in two languages is two stories."""

    article: Article

    @property
    def half(self) -> int:
        """0 or 1, by the theme: weights are fitted to the one half and judged by the other."""
        return hashlib.sha256(self.theme.encode()).digest()[0] % 2


def report(headline: str, text: str, day: dt.date | None = ONE_DAY, language: str = "vi", **fields: object) -> Article:
    """An article of one paragraph."""
    body = (Paragraph(inlines=(Text(text=text),)),)
    return Article(headline=headline, published=day, language=language, body=body, **fields)


def labelled(*files: str) -> Iterator[Labelled]:
    """The reports in the files ``vi``, ``en`` and ``hard``; the third of an event is a day later."""
    for file in files:
        for event in tomllib.loads((SET / f"{file}.toml").read_text(encoding="utf-8"))["event"]:
            language = event.get("language", file)
            for number, (headline, text) in enumerate(event["reports"]):
                article = report(headline, text, event["day"] + dt.timedelta(days=number == 2), language)
                yield Labelled(theme=event["theme"], event=f"{event['name']} ({language})", article=article)


def on_one_day(reports: Iterable[Labelled]) -> list[Labelled]:
    """The same, as if all had been told on one day."""
    return [
        msgspec.structs.replace(each, article=msgspec.structs.replace(each.article, published=ONE_DAY))
        for each in reports
    ]


def weighed_pairs(reports: Iterable[Labelled]) -> list[tuple[Labelled, Labelled, Weighed, Weighed]]:
    """Every two of the reports, weighed by how rare their traits are among all of them."""
    reports = list(reports)
    traits = [traits_of(each.article) for each in reports]
    rarity = Rarity(traits)
    weighed = [(each, Weighed(one, rarity)) for each, one in zip(reports, traits, strict=True)]
    return [(one, other, a, b) for (one, a), (other, b) in itertools.combinations(weighed, 2)]


def precision_and_recall(judged: Iterable[tuple[bool, bool]]) -> tuple[float, float]:
    """Of (truth, verdict) pairs."""
    judged = list(judged)
    true = sum(truth and verdict for truth, verdict in judged)
    return true / max(1, sum(verdict for _, verdict in judged)), true / sum(truth for truth, _ in judged)
