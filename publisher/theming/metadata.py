"""What a finished file says about itself, from the issue and the options of its theme."""

import uuid
from collections.abc import Mapping

from publisher import __version__
from publisher.model import Figure, Issue, Metadata, Pagination, Target
from publisher.theming.options import OptionValue
from publisher.theming.series import series_for, week_of
from publisher.theming.words import Words

SOFTWARE = f"publisher {__version__}"


def metadata_of(
    issue: Issue,
    target: Target,
    masthead: str,
    words: Words,
    options: Mapping[str, OptionValue],
    pagination: Pagination | None = None,
) -> Metadata:
    """The metadata of the issue's file for a target: of one article it is the article's, of more the issue's."""
    publications = {placed.article.publication for placed in issue.articles}
    title = masthead
    if len(issue.articles) == 1:
        title = issue.articles[0].article.headline
    elif issue.number:
        title = f"{title} – {issue.number}"
    return Metadata(
        identifier=issue.identifier if target == "ebook" else _printed_identifier(issue),
        title=title,
        language=issue.language,
        creators=_creators(issue, target, masthead),
        publisher=publications.pop() if len(publications) == 1 else None,
        date=issue.date,
        description="; ".join(placed.article.headline for placed in issue.articles[:12]),
        generator=SOFTWARE,
        number=issue.number,
        week=week_of(issue.date) if issue.date else None,
        series=series_for(issue, str(options.get("masthead") or "")),
        certified_by=str(options.get("certified_by") or "") or None,
        accessibility_summary=_accessibility_summary(issue, words),
        page_source=pagination.source if pagination else None,
    )


def _creators(issue: Issue, target: Target, masthead: str) -> tuple[str, ...]:
    """Of one article its authors; of an e-book else whoever issues it, since libraries show no author as “Unknown”."""
    articles = [placed.article for placed in issue.articles]
    if len(articles) == 1 and articles[0].bylines:
        return tuple(dict.fromkeys(articles[0].bylines))
    if target == "print":
        return ()
    return (articles[0].publication or masthead,) if len(articles) == 1 else (issue.series or masthead,)


def _printed_identifier(issue: Issue) -> str:
    """The printed edition's own URN, which follows from the issue's: by it an e-book names the source of its pages."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{issue.identifier} print").urn


def _accessibility_summary(issue: Issue, words: Words) -> str:
    has_pictures = any(
        isinstance(block, Figure) and block.src for placed in issue.articles for block in placed.article.body
    )
    text = words("All text is real text with headings, a table of contents and links in reading order.")
    if has_pictures:
        text += " " + words("Pictures carry an alternative text taken from their source or their caption.")
    return text
