"""What every reader does last: a headline for what has none, and the reading with what holds of all articles alike."""

from collections.abc import Iterable

from msgspec.structs import replace

from publisher.model import Article, Problem, Reading, Source, TracedLine

_HEADLINE_WORDS = 14


def first_words(texts: Iterable[str]) -> str:
    """The first words of the first text that has any, to stand for a headline; ``""`` when none has."""
    words = next((words for text in texts if (words := text.split())), [])
    return " ".join(words[:_HEADLINE_WORDS]) + ("…" if len(words) > _HEADLINE_WORDS else "")


def no_headline(where: str) -> Problem:
    """The problem of an article whose headline is its ``first_words``."""
    message = "no line stands out as the headline; the first words were taken"
    return Problem(code="no-headline", message=message, where=where)


def finish(
    source: Source, articles: Iterable[Article], trace: tuple[TracedLine, ...], problems: Iterable[Problem] = ()
) -> Reading:
    """The reading: each article with its origin, and with a date that stands on the page unless its reader says other.

    ``problems``, of the source as a whole, stand before those of the first article.
    """
    of_source = tuple(problems)
    finished = []
    for article in articles:
        certainty = article.certainty or ("stated" if article.published else None)
        own = (*of_source, *article.problems)
        finished.append(replace(article, origin=source.name, certainty=certainty, problems=own))
        of_source = ()
    return Reading(articles=tuple(finished), trace=trace)
