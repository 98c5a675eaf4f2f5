"""YAML front matter: an article's fields before its Markdown."""

import datetime as dt
import re
from collections.abc import Mapping

from publisher.model import Certainty, Problem, Teaser
from publisher.model.blocks import Value
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.dates import find_dates

_FENCE = re.compile(r"^---\s*$")
_END = re.compile(r"^(?:---|\.\.\.)\s*$")
_LONGEST = 64_000
"""Characters; front matter is a page of fields, and YAML can be made to cost more than its size."""

# Every name that a field goes by, the first one ours.
_NAMES = {
    "headline": ("headline", "title"),
    "kicker": ("kicker",),
    "section": ("section",),
    "standfirst": ("standfirst", "summary", "description", "subtitle", "lead"),
    "bylines": ("bylines", "byline", "authors", "author"),
    "dateline": ("dateline",),
    "date": ("date", "published"),
    "certainty": ("certainty",),
    "updated": ("updated", "lastmod", "modified"),
    "publication": ("publication", "source", "outlet", "sitename"),
    "url": ("url", "canonical", "link"),
    "language": ("language", "lang"),
    "related": ("related",),
}
_TEXTS = ("headline", "kicker", "section", "standfirst", "dateline", "publication")
_KNOWN = frozenset(name for names in _NAMES.values() for name in names)
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


class FrontMatter(Value, frozen=True, kw_only=True):
    """The fields that were given; ``None`` and empty where they were not."""

    headline: str | None = None
    kicker: str | None = None
    section: str | None = None
    standfirst: str | None = None
    bylines: tuple[str, ...] = ()
    dateline: str | None = None
    published: dt.date | None = None
    certainty: Certainty | None = None
    updated: dt.date | None = None
    publication: str | None = None
    url: str | None = None
    language: str | None = None
    related: tuple[Teaser, ...] = ()
    problems: tuple[Problem, ...] = ()


def split_front_matter(lines: list[str]) -> int:
    """How many of the first lines are front matter, its fences included; 0 when there is none."""
    if not lines or not _FENCE.match(lines[0]):
        return 0
    for index, line in enumerate(lines[1:2000], 1):
        if _END.match(line):
            return index + 1
    return 0


def read_front_matter(text: str, where: str, known: Vocabulary) -> FrontMatter:
    """The fields of front matter, without its fences.

    What is no YAML or no set of fields, and fields that are unknown or of a wrong kind, are left out with a
    ``dropped-content`` problem that says where.
    """
    # yaml costs 15 ms to import, and most sources have no front matter.
    import yaml

    from publisher.reading.markdown.fields import FieldLoader

    if len(text) > _LONGEST:
        return _dropped(where, f"the front matter is longer than {_LONGEST} characters; it was left out")
    try:
        fields = yaml.load(text, FieldLoader)  # noqa: S506 - it makes nothing but text, lists and fields
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        return _dropped(
            f"{where}, line {line}", f"the front matter is not valid YAML ({error.problem}); it was left out"
        )
    except (yaml.YAMLError, RecursionError, ValueError, OverflowError) as error:
        reason = str(error).splitlines()[0] if str(error) else "nested too deeply"
        return _dropped(where, f"the front matter is not valid YAML ({reason}); it was left out")
    if fields is None:
        return FrontMatter()
    if not isinstance(fields, Mapping):
        return _dropped(where, "the front matter is no set of fields (name: value); it was left out")
    return _fields({str(name).casefold(): value for name, value in fields.items()}, where, known)


def _dropped(where: str, message: str) -> FrontMatter:
    return FrontMatter(problems=(Problem(code="dropped-content", message=message, where=where),))


def _fields(fields: dict[str, object], where: str, known: Vocabulary) -> FrontMatter:
    problems: list[Problem] = []

    def drop(message: str) -> None:
        problems.append(Problem(code="dropped-content", message=message, where=where))

    unknown = sorted(set(fields) - _KNOWN)
    if unknown:
        drop(f"front matter fields without a place in an article were left out: {', '.join(unknown)[:200]}")
    given = {ours: _first(fields, names) for ours, names in _NAMES.items()}
    texts = {name: _text(given[name]) for name in _TEXTS}
    for name, text in texts.items():
        if text is None and given[name] is not None:
            drop(f"the front matter's {name} is no text; it was left out")
    dates = {name: _date(given[name], known) for name in ("date", "updated")}
    for name, date in dates.items():
        if date is None and given[name] is not None:
            drop(f"the front matter's {name} is no date; it was left out")
    url = _text(given["url"])
    if url is not None and not url.startswith(("http://", "https://")):
        problems.append(
            Problem(code="unsafe-link", message="the front matter's url is neither http nor https", where=where)
        )
        url = None
    language = _text(given["language"])
    if language is not None and not _LANGUAGE.match(language):
        drop(f"the front matter's language {language[:40]!r} is no language tag; it was left out")
        language = None
    return FrontMatter(
        headline=texts["headline"],
        kicker=texts["kicker"],
        section=texts["section"],
        standfirst=texts["standfirst"],
        bylines=_names(given["bylines"]),
        dateline=texts["dateline"],
        published=dates["date"],
        certainty="inferred" if dates["date"] and given["certainty"] == "inferred" else None,
        updated=dates["updated"],
        publication=texts["publication"],
        url=url,
        language=language,
        related=_related(given["related"], problems, where, known),
        problems=tuple(problems),
    )


def _first(fields: dict[str, object], names: tuple[str, ...]) -> object:
    return next((fields[name] for name in names if fields.get(name) is not None), None)


def _text(value: object) -> str | None:
    """Text on one line; None for anything else and for empty text."""
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _date(value: object, known: Vocabulary) -> dt.date | None:
    hits = find_dates(value, known) if isinstance(value, str) else []
    return hits[0].date if hits else None


def _names(value: object) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    found = [_text(entry.get("name") if isinstance(entry, Mapping) else entry) for entry in values[:50]]
    return tuple(name for name in found if name)


def _related(value: object, problems: list[Problem], where: str, known: Vocabulary) -> tuple[Teaser, ...]:
    """The teasers: each a headline, or fields of which the headline is needed."""
    teasers: list[Teaser] = []
    for entry in value if isinstance(value, list) else []:
        fields = entry if isinstance(entry, Mapping) else {"headline": entry}
        headline = _text(fields.get("headline") or fields.get("title"))
        if headline is None:
            message = "a related entry of the front matter has no headline; it was left out"
            problems.append(Problem(code="dropped-content", message=message, where=where))
            continue
        url = _text(fields.get("url"))
        if url is not None and not url.startswith(("http://", "https://")):
            message = f"the link of the related entry {headline[:60]!r} is neither http nor https; it was removed"
            problems.append(Problem(code="unsafe-link", message=message, where=where))
            url = None
        teasers.append(
            Teaser(
                headline=headline,
                section=_text(fields.get("section")),
                summary=_text(fields.get("summary")),
                url=url,
                publication=_text(fields.get("publication")),
                published=_date(fields.get("date"), known),
                sponsored=str(fields.get("sponsored")).casefold() in ("true", "yes", "on"),
                placement="inline" if fields.get("placement") == "inline" else "after",
            )
        )
    return tuple(teasers)
