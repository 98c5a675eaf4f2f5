"""What a PDF for archives carries of what it was made from: what was asked for, and nothing of where it lay."""

import hashlib
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import PurePath

import msgspec
from msgspec.structs import replace

from publisher.errors import OptionError
from publisher.fetching import is_address, is_public, suffix_for
from publisher.model import Article, Attach, Attachment, Issue, PlacedArticle, Problem, Source, to_json


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """What a PDF is to carry: it is made when it is asked for, since of many articles it takes much memory."""

    issue: Issue
    sources: Sequence[Source] = ()
    attach: Attach
    originals: Sequence[str] = ()

    def attached(self) -> tuple[tuple[Attachment, ...], tuple[Problem, ...]]:
        """The attachments, and the problem of each source that is kept back."""
        return attached(self.issue, self.sources, self.attach, self.originals)

    def made_of(self) -> tuple[object, ...]:
        """What they follow from besides the issue; OptionError for an original that is none of the sources."""
        originals = find_originals(self.originals, self.sources)
        carried = self.sources if self.attach == "sources" else originals
        known = [(each.name, each.url, each.media_type, hashlib.sha256(each.data).digest()) for each in carried]
        return self.attach, [each.name for each in originals], known


def attached(
    issue: Issue, sources: Sequence[Source], attach: Attach, originals: Sequence[str]
) -> tuple[tuple[Attachment, ...], tuple[Problem, ...]]:
    """The attachments, and a problem for each source that was asked for with all of them and is kept back.

    With ``sources``, those that were public go along (``is_public``): a word processor's document may hold comments,
    tracked changes and names that none of its pages shows. ``originals`` go along always; see ``find_originals``.
    """
    named = {source.name for source in find_originals(originals, sources)}
    attachments, problems = [], []
    for placed, source in _read_from(issue, sources):
        if source.name in named or (attach == "sources" and is_public(source)):
            attachments.append(_original(placed, source))
        elif attach == "sources":
            message = "it is not attached: it may hold comments or tracked changes. To attach it all the same, name it"
            problems.append(Problem(code="withheld-source", message=message, where=_shown(source.name)))
    if attach != "none":
        attachments.append(_understood(placed.article for placed in issue.articles))
    return tuple(attachments), tuple(problems)


def find_originals(names: Sequence[str], sources: Sequence[Source]) -> tuple[Source, ...]:
    """The source that each name means: its own, or as many of its last parts as tell it from the others.

    OptionError for a name that fits none of the sources, or several.
    """
    return tuple(_find_original(name, sources) for name in names)


def _find_original(name: str, sources: Sequence[Source]) -> Source:
    parts = PurePath(name).parts
    fitting = {source.name: source for source in sources if PurePath(source.name).parts[-len(parts) :] == parts}
    if not fitting:
        near = get_close_matches(PurePath(name).name, [PurePath(source.name).name for source in sources], n=1)
        hint = f". Did you mean {near[0]!r}?" if near else ""
        raise OptionError(f"cannot attach {name!r}: it is none of the sources{hint}")
    if len(fitting) > 1:
        shown = ", ".join(list(fitting)[:3])
        raise OptionError(f"cannot attach {name!r}: it fits several sources: {shown}. Give more of its path")
    return next(iter(fitting.values()))


def _read_from(issue: Issue, sources: Sequence[Source]) -> list[tuple[PlacedArticle, Source]]:
    """The sources of the issue's articles, each once, with the first article of each: a feed is the source of many."""
    by_name = {source.name: source for source in sources}
    first: dict[str, PlacedArticle] = {}
    for placed in issue.articles:
        first.setdefault(placed.article.origin or "", placed)
    return [(placed, by_name[origin]) for origin, placed in first.items() if origin in by_name]


def _original(placed: PlacedArticle, source: Source) -> Attachment:
    return Attachment(
        name=f"{placed.id}{suffix_for(source.media_type)}",
        description=f"The page as it was read: {placed.article.headline}",
        relationship="Source",
        media_type=source.media_type,
        data=source.data,
    )


def _understood(articles: Iterable[Article]) -> Attachment:
    return Attachment(
        name="articles.jsonl",
        description="The articles as they were understood, one a line, as publisher read prints them",
        relationship="Data",
        media_type="application/jsonl",
        data="".join(f"{to_json(_without_place(article))}\n" for article in articles).encode(),
    )


def _without_place(article: Article) -> Article:
    """The article without the folder that it lay in, which says nothing about it and much about its owner."""
    origin = article.origin or ""
    problems = article.problems
    if origin:
        shown = _shown(origin)
        problems = tuple(
            replace(
                problem,
                message=problem.message.replace(origin, shown),
                where=problem.where and problem.where.replace(origin, shown),
            )
            for problem in problems
        )
    return replace(article, origin=None, problems=problems)


def _shown(name: str) -> str:
    """A source's name without its folder; an address as it is."""
    return name if is_address(name) else PurePath(name).name
