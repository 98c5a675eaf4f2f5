"""What earlier issues ran, as the choice of articles and the appendix ask for it."""

from collections.abc import Callable, Iterable
from functools import cached_property

import msgspec

from publisher.automation.issues.proof import Proof
from publisher.compiling import Fingerprint, Rarity, Stories, Weighed, fingerprint, same_text, traits_of
from publisher.model import Article, Earlier
from publisher.model.article import fold_headline
from publisher.model.blocks import Value


class Remembered(Value, frozen=True, kw_only=True):
    """An article that an issue ran."""

    week: str
    number: str
    """The issue's, as printed."""

    key: str
    sha256: str
    source: str | None = None
    headline: str
    url: str | None = None
    fingerprint: bytes | None = None


class Memory:
    """The articles of all issues but the one that is being made, from the oldest issue to the newest."""

    def __init__(self, articles: Iterable[Remembered]) -> None:
        self.articles = tuple(articles)

    @cached_property
    def _by_key(self) -> dict[str, Remembered]:
        return {each.key: each for each in self.articles}  # of several the newest

    @cached_property
    def _fingerprints(self) -> tuple[tuple[Remembered, Fingerprint], ...]:
        decoded = ((each, decode_fingerprint(each.fingerprint)) for each in self.articles)
        return tuple((each, one) for each, one in decoded if one is not None)

    @cached_property
    def _by_headline(self) -> dict[str, list[tuple[Remembered, Fingerprint]]]:
        by_headline: dict[str, list[tuple[Remembered, Fingerprint]]] = {}
        for each, one in self._fingerprints:
            by_headline.setdefault(fold_headline(each.headline), []).append((each, one))
        return by_headline

    def same_article(self, article: Article) -> Remembered | None:
        """The last time that this very article ran, in whatever form: by its key, else by its headline and its text.

        Without an address its day is in its key, and pages are dated anew when somebody touches them.
        """
        return self._by_key.get(article.key) or self._same_text(article)

    def _same_text(self, article: Article) -> Remembered | None:
        alike = [
            (each, other)
            for each, other in self._by_headline.get(fold_headline(article.headline), ())
            if article.url is None or each.url is None
        ]
        one = fingerprint(article) if alike else None
        return next((each for each, other in reversed(alike) if one and same_text(one, other)), None)

    def told_before(self, among: Iterable[Article]) -> Callable[[Article], Remembered | None]:
        """Who asks for an article is told the first time that an issue told its story, from whichever outlet.

        How rare a name or a figure is, is counted among the articles at hand and all that ran.
        """
        ran = [kept.traits for _, kept in self._fingerprints]
        if not ran:
            return lambda article: None
        rarity = Rarity([*map(traits_of, among), *ran])
        stories = Stories()
        for traits in ran:
            stories.add(Weighed(traits, rarity))

        def told(article: Article) -> Remembered | None:
            first = min(stories.same_as(Weighed(traits_of(article), rarity)), default=None)
            return None if first is None else self._fingerprints[first][0]

        return told

    def earlier(self) -> tuple[Earlier, ...]:
        """What teasers may point to."""
        return tuple(Earlier(headline=each.headline, url=each.url, issue=each.number) for each in self.articles)


def remembered(proof: Proof) -> tuple[Remembered, ...]:
    """What is to be known of an issue's articles."""
    number = proof.number or proof.week
    return tuple(
        Remembered(
            week=proof.week,
            number=number,
            key=each.key,
            sha256=each.sha256,
            source=each.source,
            headline=each.headline,
            url=each.url,
            fingerprint=each.fingerprint,
        )
        for each in proof.articles
    )


def encode_fingerprint(article: Article) -> bytes:
    """The article's fingerprint, the same bytes in every process."""
    return msgspec.msgpack.encode(fingerprint(article), order="deterministic")


def decode_fingerprint(data: bytes | None) -> Fingerprint | None:
    """A fingerprint; ``None`` when there is none, or it is of a version that compared otherwise."""
    try:
        return msgspec.msgpack.decode(data, type=Fingerprint) if data else None
    except msgspec.MsgspecError:
        return None
