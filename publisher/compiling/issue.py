"""The issue: what the plan decides, and what the articles decide where it leaves off."""

import json
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from publisher.compiling.appendix import build_appendix
from publisher.compiling.duplicates import without_duplicates
from publisher.compiling.editing import edit
from publisher.compiling.names import article_id, shown_name, unique
from publisher.compiling.order import in_order
from publisher.compiling.sections import in_sections, sections_of, unmatched
from publisher.errors import InputError
from publisher.model import (
    AppendixItem,
    AppendixSection,
    Article,
    Issue,
    IssuePlan,
    Note,
    PlacedArticle,
    Problem,
)
from publisher.model.characters import admit, refusals

_ISSUES = uuid.UUID("6b0d6f0e-5f0f-4f5e-9a51-7c7a3f1f4c2d")
"""The name space of the issues' identifiers: drawn once, never to change."""


def compile_issue(articles: Sequence[Article], plan: IssuePlan) -> Issue:
    """The articles as one issue: each once, in the plan's sections and order, with the appendix of their related news.

    What the plan leaves open follows from the articles: the date is the newest among them (``None`` when none has one),
    the language the one that most are in, of equals the first. Pictures are not gathered yet. Problems are those of the
    articles that stand in the issue, in its order, then those met here.

    What the plan decides of single articles is done to them first: those that it leaves out have no part in it.

    Raises ``InputError`` when there is no article.
    """
    if not articles:
        raise InputError("there is nothing to compile: no source holds an article. Name at least one that does.")
    plan, refused = admit(plan)
    edited = edit(articles, plan.edits)
    articles = edited.articles
    if not articles:
        raise InputError("there is nothing to compile: all articles are left out. Take one of them in.")
    distinct, doubles = without_duplicates(articles)
    noted = _in_sections(in_order(distinct, plan.order), plan)
    ordered = [article for article, _ in noted]
    ids = unique(article_id(article) for article in ordered)
    placed = tuple(
        PlacedArticle(id=name, article=article, note=note, continues=(article.origin, article.key) in edited.cut)
        for name, (article, note) in zip(ids, noted, strict=True)
    )
    return Issue(
        identifier=_identifier(plan, ordered),
        title=plan.title,
        number=plan.number,
        series=plan.series,
        date=plan.date or max((article.published for article in ordered if article.published), default=None),
        language=plan.language or Counter(article.language for article in ordered).most_common(1)[0][0],
        articles=placed,
        appendix=build_appendix(placed, plan.earlier),
        problems=(
            *_problems(ordered),
            *(double.problem for double in doubles),
            *edited.problems,
            *unmatched(articles, plan.sections),
            *refusals(refused, "title, number or notes of the issue"),
        ),
        omissions=tuple(double.omission for double in doubles),
    )


def _in_sections(articles: Sequence[Article], plan: IssuePlan) -> tuple[tuple[Article, Note], ...]:
    """The articles, those of one section together, each with what is known of it."""
    given = [plan.notes.get(article.key, Note()) for article in articles]
    sections = sections_of(articles, [note.section for note in given], plan.sections, plan.sections_by)
    notes = [replace(note, section=section) for note, section in zip(given, sections, strict=True)]
    return in_sections(zip(articles, notes, strict=True), sections, plan.sections)


def part_of(issue: Issue, articles: Sequence[PlacedArticle]) -> Issue:
    """The issue with these of its articles alone, and the related news that they mention."""
    ids = {placed.id for placed in articles}

    def items(section: AppendixSection) -> Iterator[AppendixItem]:
        for item in section.items:
            if mentions := tuple(id_ for id_ in item.mentions if id_ in ids):
                yield replace(
                    item, mentions=mentions, full_article=item.full_article if item.full_article in ids else None
                )

    sections = (replace(section, items=tuple(items(section))) for section in issue.appendix)
    return replace(issue, articles=tuple(articles), appendix=tuple(section for section in sections if section.items))


def _identifier(plan: IssuePlan, articles: Sequence[Article]) -> str:
    """A URN that stays the same when an issue is built again with a correction.

    A plan with a title and a number or a date names its issue. Any other fits many issues, and two of them under one
    identifier would replace each other on an e-reader; there the articles' keys count too.
    """
    if plan.identity:
        return uuid.uuid5(_ISSUES, plan.identity).urn
    names = [plan.title, plan.number, plan.date.isoformat() if plan.date else None, plan.language]
    names_its_issue = plan.title and (plan.number or plan.date)
    keys = [] if names_its_issue else [article.key for article in articles]
    return uuid.uuid5(_ISSUES, json.dumps([names, keys])).urn


def _problems(articles: Sequence[Article]) -> Iterator[Problem]:
    for article in articles:
        for problem in article.problems:
            yield problem if problem.where else replace(problem, where=shown_name(article))
