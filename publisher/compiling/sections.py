"""The sections of an issue: which of them an article belongs to, and in which order they stand."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from os.path import commonpath
from pathlib import PurePath
from typing import TypeVar

from publisher.model import Article, Problem, SectionRule, SectionsBy
from publisher.model.article import fold_headline

_Kept = TypeVar("_Kept")


def sections_of(
    articles: Sequence[Article],
    given: Sequence[str | None],
    rules: Sequence[SectionRule] = (),
    by: SectionsBy | None = None,
) -> tuple[str | None, ...]:
    """The section of each article, as printed; ``None`` for one that belongs to none.

    1. The first rule that it matches decides.
    2. Then what the article itself says.
    3. Then what is ``given`` for each, such as that of the place it came from.
    4. Then its folder or its kicker, as ``by`` says.

    Names that differ in case and punctuation alone are one: the rules' spelling, else the first that is met.
    """
    fallen_back = _fallbacks(articles, by)
    spelled: dict[str, str] = {}
    for rule in rules:
        spelled.setdefault(fold_headline(rule.name), rule.name)
    found = []
    for article, placed, otherwise in zip(articles, given, fallen_back, strict=True):
        ruled = next((rule.name for rule in rules if _matches_any(article, rule)), None)
        name = ruled or article.section or placed or otherwise
        found.append(spelled.setdefault(fold_headline(name), name) if name else None)
    return tuple(found)


def in_sections(
    members: Iterable[_Kept], sections: Sequence[str | None], rules: Sequence[SectionRule] = ()
) -> tuple[_Kept, ...]:
    """The members, those of one section together and in their order.

    Sections stand as the rules do, others after them as they are met; what belongs to none comes last.
    """
    places: dict[str | None, int] = {}
    for name in (*(rule.name for rule in rules), *sections):
        if name is not None:
            places.setdefault(name, len(places))
    places[None] = len(places)
    pairs = sorted(zip(members, sections, strict=True), key=lambda pair: places[pair[1]])
    return tuple(member for member, _ in pairs)


def unmatched(articles: Sequence[Article], rules: Iterable[SectionRule]) -> Iterator[Problem]:
    """A problem for each pattern that no article matches: it is mistyped, or what it names has no article."""
    for rule in rules:
        for pattern in rule.patterns:
            if not any(_matches(article, pattern) for article in articles):
                message = f"no article comes from {pattern!r}, which is to be in the section {rule.name!r}"
                yield Problem(code="empty-section", message=message)


def _matches_any(article: Article, rule: SectionRule) -> bool:
    return any(_matches(article, pattern) for pattern in rule.patterns)


def _matches(article: Article, pattern: str) -> bool:
    """Whether the pattern is of the article's source or address, of their last parts, or of a folder of theirs."""
    pattern = pattern.rstrip("/")
    forms = (pattern, f"{pattern}/*", f"*/{pattern}", f"*/{pattern}/*")
    names = [name for name in (article.origin, article.url) if name]
    return any(fnmatchcase(name, form) for name in names for form in forms)


def _fallbacks(articles: Sequence[Article], by: SectionsBy | None) -> Sequence[str | None]:
    match by:
        case "folder":
            return _folders(articles)
        case "kicker":
            return _kickers(articles)
        case None:
            return [None] * len(articles)


def _kickers(articles: Sequence[Article]) -> list[str | None]:
    """Each article's kicker, when another article has it too: one that is met once names a story and no section."""
    met = Counter(fold_headline(article.kicker) for article in articles if article.kicker)
    return [
        article.kicker if article.kicker and met[fold_headline(article.kicker)] > 1 else None for article in articles
    ]


def _folders(articles: Sequence[Article]) -> list[str | None]:
    """For each article the folder of its file, below the one that holds all files."""
    paths = [_path(article) for article in articles]
    folders = [path.parent for path in paths if path]
    if len({folder.is_absolute() for folder in folders}) != 1:
        return [None] * len(articles)  # No files, or files that are named in two ways.
    around = PurePath(commonpath(folders))
    below = [path.relative_to(around).parts[:-1] if path else () for path in paths]
    return [_without_number(parts[0]) if parts else None for parts in below]


def _path(article: Article) -> PurePath | None:
    if article.origin is None or article.origin == "-" or "://" in article.origin:
        return None
    return PurePath(article.origin)


def _without_number(name: str) -> str:
    """A folder's name without the number that it begins with to stand in its place: ``1. Kinh tế``, ``02 Xã hội``."""
    rest = name.lstrip("0123456789").lstrip(" .-_)")
    return rest or name
