"""The same article met twice: one of them is kept."""

from collections.abc import Sequence

from publisher.compiling.clusters import Clusters
from publisher.compiling.names import headline_key, shown_name
from publisher.compiling.sameness import fullness, same_article
from publisher.model import Article, Omission, Problem
from publisher.model.blocks import Value


class Double(Value, frozen=True, kw_only=True):
    """An article that is left out for another."""

    left_out: Article
    kept: Article

    @property
    def omission(self) -> Omission:
        """What the issue says of it."""
        return Omission(
            what=self.left_out.headline,
            url=self.left_out.url,
            reason="same-article",
            because=f"it came more than once; “{self.kept.headline}” {self._better} and was kept",
        )

    @property
    def problem(self) -> Problem:
        """What the person hears of it who gave both."""
        dropped, stayed = _told_apart(self.left_out, self.kept)
        if dropped == stayed:
            message = f"{stayed!r} holds the same article twice; the one that {self._better} was kept"
        else:
            message = f"{dropped!r} and {stayed!r} hold the same article; {stayed!r} {self._better} and was kept"
        return Problem(code="duplicate-article", message=message, where=self.kept.headline)

    @property
    def _better(self) -> str:
        return "is fuller" if fullness(self.kept) > fullness(self.left_out) else "came first"


def without_duplicates(articles: Sequence[Article]) -> tuple[tuple[Article, ...], tuple[Double, ...]]:
    """The articles, each once, and those left out.

    Of those that are the same, directly or through others, the fullest is kept, at the place of the first; nothing of
    the others is merged into it. Doing it again changes nothing.
    """
    kept: list[Article] = []
    doubles: list[Double] = []
    for group in _clusters(articles).groups():
        fullest = max(group, key=lambda number: fullness(articles[number]))  # of equals the first
        kept.append(articles[fullest])
        doubles.extend(
            Double(left_out=articles[number], kept=articles[fullest]) for number in group if number != fullest
        )
    return tuple(kept), tuple(doubles)


def _clusters(articles: Sequence[Article]) -> Clusters:
    clusters = Clusters(len(articles))
    by_key: dict[str, int] = {}
    by_headline: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        clusters.join(by_key.setdefault(article.key, number), number)
        alike = by_headline.setdefault(headline_key(article.headline), [])
        for earlier in alike:
            if clusters.leader(earlier) != clusters.leader(number) and same_article(articles[earlier], article):
                clusters.join(earlier, number)
        alike.append(number)
    return clusters


def _told_apart(one: Article, other: Article) -> tuple[str, str]:
    """What a message calls the two: their files' names, with the folders where those alone are the same."""
    names = shown_name(one), shown_name(other)
    if names[0] == names[1] and one.origin and other.origin and one.origin != other.origin:
        return one.origin, other.origin
    return names
