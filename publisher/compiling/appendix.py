"""The appendix of related news: the teasers of all the articles, each once, under the labels they stood under."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import msgspec

from publisher.compiling.clusters import Clusters
from publisher.compiling.names import headline_key, item_id, unique
from publisher.model import AppendixItem, AppendixSection, Article, Earlier, PlacedArticle, Teaser


class _Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A teaser, and the id of the article it stood in."""

    teaser: Teaser
    by: str


def build_appendix(placed: Sequence[PlacedArticle], earlier: Sequence[Earlier] = ()) -> tuple[AppendixSection, ...]:
    """The sections in the order in which their first teaser stood in the issue; none is empty.

    Teasers with the same folded headline or the same address are one item: the headline and the address first met, the
    longest summary, sponsored when any of them says so, the first label it stood under, all the articles that mention
    it. Labels are compared folded and printed as first met, without a final colon. What never stood under a label is in
    the section whose label is ``None``; it comes first, since an author chose it and a page's template did not.

    An item whose article is in the issue says so in ``full_article``, one whose article is among those of ``earlier``
    issues in ``earlier_issue``; what points only to the article it stands in is
    the page's own headline in its list of latest news, and is left out.
    """
    targets = _Targets((each.article.url, each.article.headline, each.id) for each in placed)
    # The latest issue that has an article is the one that a reader is most likely to have kept.
    before = _Targets((each.url, each.headline, each.issue) for each in reversed(earlier))
    mentions = [
        _Mention(teaser=teaser, by=each.id)
        for each in placed
        for teaser in each.article.related
        if not _points_to(teaser, each.article)
    ]
    items: list[tuple[str | None, AppendixItem]] = []
    for group in _clusters(mentions).groups():
        item = _item([mentions[number] for number in group], targets, before)
        if item is not None:
            items.append((_label([mentions[number].teaser for number in group]), item))
    return _sections(items)


class _Targets:
    """Which article an address or a headline leads to; of several the first."""

    def __init__(self, articles: Iterable[tuple[str | None, str, str]]) -> None:
        """``articles`` are addresses, headlines and what the target is called."""
        self._by_url: dict[str, str] = {}
        self._by_headline: dict[str, str] = {}
        for url, headline, name in articles:
            if url:
                self._by_url.setdefault(url, name)
            self._by_headline.setdefault(headline_key(headline), name)

    def name_for(self, teasers: Sequence[Teaser]) -> str | None:
        """The target that the teasers, all of one item, point to; an address is better evidence than a headline."""
        by_url = (self._by_url.get(teaser.url) for teaser in teasers if teaser.url)
        by_headline = (self._by_headline.get(headline_key(teaser.headline)) for teaser in teasers)
        return next((found for found in chain(by_url, by_headline) if found), None)


def _points_to(teaser: Teaser, article: Article) -> bool:
    same_url = teaser.url is not None and teaser.url == article.url
    return same_url or headline_key(teaser.headline) == headline_key(article.headline)


def _clusters(mentions: Sequence[_Mention]) -> Clusters:
    clusters = Clusters(len(mentions))
    met: dict[tuple[str, str], int] = {}
    for number, mention in enumerate(mentions):
        for sign in _signs(mention.teaser):
            clusters.join(met.setdefault(sign, number), number)
    return clusters


def _signs(teaser: Teaser) -> Iterator[tuple[str, str]]:
    yield "headline", headline_key(teaser.headline)
    if teaser.url:
        yield "url", teaser.url


def _item(mentions: Sequence[_Mention], targets: _Targets, before: _Targets) -> AppendixItem | None:
    """The one item that the mentions make; ``None`` when only its own article mentions it."""
    teasers = [mention.teaser for mention in mentions]
    full_article = targets.name_for(teasers)
    mentioned_by = tuple(dict.fromkeys(mention.by for mention in mentions if mention.by != full_article))
    if not mentioned_by:
        return None
    return AppendixItem(
        id=item_id(teasers[0].headline),
        headline=teasers[0].headline,
        summary=max((teaser.summary for teaser in teasers if teaser.summary), key=len, default=None),
        url=next((teaser.url for teaser in teasers if teaser.url), None),
        sponsored=any(teaser.sponsored for teaser in teasers),
        mentions=mentioned_by,
        full_article=full_article,
        earlier_issue=None if full_article else before.name_for(teasers),
    )


def _label(teasers: Sequence[Teaser]) -> str | None:
    """The first label that any of them stood under, as printed but without a final colon."""
    labels = (teaser.section.rstrip(" :：").strip() for teaser in teasers if teaser.section)
    return next((label for label in labels if label), None)


def _sections(items: Sequence[tuple[str | None, AppendixItem]]) -> tuple[AppendixSection, ...]:
    ids = unique(item.id for _, item in items)
    sections: dict[str | None, tuple[str | None, list[AppendixItem]]] = {None: (None, [])}
    for (label, item), identifier in zip(items, ids, strict=True):
        key = headline_key(label) if label else None
        sections.setdefault(key, (label, []))[1].append(msgspec.structs.replace(item, id=identifier))
    return tuple(AppendixSection(label=label, items=tuple(members)) for label, members in sections.values() if members)
