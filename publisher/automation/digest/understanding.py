"""Articles chosen become an issue with its pictures, and what its proof says of it before there are files."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from publisher import __version__
from publisher.automation.digest.collecting import Collected, shown_name
from publisher.automation.digest.commission import Commission
from publisher.automation.digest.selection import Candidate, Chosen, first_day, select
from publisher.automation.issues import bundle
from publisher.automation.issues.proof import Pointer, Proof, Ran, sha256
from publisher.automation.ledger.memory import encode_fingerprint
from publisher.compiling import content_digest
from publisher.config import Settings
from publisher.errors import UnthemedError
from publisher.model import (
    Article,
    Issue,
    IssuePlan,
    Omission,
    Paragraph,
    PlacedArticle,
    Problem,
    SectionRule,
    Source,
    Text,
)
from publisher.model.blocks import Value
from publisher.pipeline import Means, assemble, sifted, uncompiled, without_unthemed
from publisher.seams import Keep, made_anew


class Understood(Value, frozen=True, kw_only=True):
    """An issue that is ready to be made, and what its proof says of it before it is."""

    issue: Issue
    """Its articles' origins are members of the archive."""

    sources: tuple[Source, ...]
    draft: Proof
    """Without files and checks."""


def choose(commission: Commission, collected: Collected, means: Means) -> tuple[Chosen, Collected]:
    """The articles of the issue, and what was collected; of one that makes the choice fail the problem is added to it.

    That one is an omission, and in the quarantine.
    """
    settings = commission.settings

    def selected(some: Sequence[Candidate]) -> Chosen:
        return select(some, commission.memory, commission.week, settings.window, settings.selection)

    chosen, failed = sifted(collected.candidates, selected)
    problems, omissions = uncompiled([each.article for each in collected.candidates], failed, means)
    gathered = replace(collected.gathered, problems=(*collected.gathered.problems, *problems))
    return (
        replace(chosen, omissions=(*chosen.omissions, *omissions)),
        replace(collected, gathered=gathered),
    )


def without(
    issue: Issue, error: UnthemedError, chosen: Chosen, collected: Collected, means: Means
) -> tuple[Chosen, Collected]:
    """What was chosen and collected without the articles that cannot be themed, each of which is an omission."""
    after = without_unthemed(collected.gathered.only(chosen.articles), issue, error, means)
    reasons = {placed.article.key: error.reasons[placed.id] for placed in issue.articles if placed.id in error.reasons}
    omissions = tuple(
        Omission(what=article.headline, url=article.url, reason="theming-failed", because=reasons[article.key])
        for article in chosen.articles
        if article.key in reasons
    )
    return (
        replace(chosen, articles=after.articles, omissions=(*chosen.omissions, *omissions)),
        replace(collected, gathered=replace(collected.gathered, problems=after.problems)),
    )


def understand(
    commission: Commission, chosen: Chosen, collected: Collected, means: Means, home: Path, keep: Keep = made_anew
) -> Understood:
    """The issue of the articles chosen, with its pictures; of none, the issue that says so.

    ``keep`` may have the articles' fingerprints from before.
    """
    settings, week = commission.settings, commission.week
    series = settings.series
    articles = chosen.articles or (_notice(settings),)
    plan = IssuePlan(
        title=series.title,
        number=commission.number,
        date=week.sunday,
        language=series.language,
        identity=f"{series.name} {week}",
        notes=chosen.notes,
        sections=tuple(SectionRule(name=name) for name in settings.selection.sections),
        earlier=commission.memory.earlier(),
    )
    gathered = collected.gathered
    issue = assemble(gathered.only(articles), plan, means)
    issue, sources, shown = _without_places(issue, gathered.sources, home)
    ran = issue.articles if chosen.articles else ()
    digests = {source.name: sha256(source.data) for source in sources}
    draft = Proof(
        series=series.name,
        week=str(week),
        title=series.title,
        number=commission.number,
        date=week.sunday,
        first_day=first_day(week, settings.window),
        language=issue.language,
        identifier=issue.identifier,
        generator=f"publisher {__version__}",
        versions={},
        settings="",
        files=(),
        articles=tuple(ran_of(placed, digests.get(placed.article.origin or ""), keep) for placed in ran),
        teasers=pointers_of(issue),
        inputs=bundle.inputs_of(sources, shown),
        omissions=(*gathered.omissions, *chosen.omissions, *issue.omissions),
    )
    return Understood(issue=issue, sources=sources, draft=draft)


def _notice(settings: Settings) -> Article:
    """What an issue without news holds."""
    text = settings.policy.notice or ""
    body = (Paragraph(inlines=(Text(text=text),)),)
    return Article(headline=text, language=settings.series.language, body=body)


def pointers_of(issue: Issue) -> tuple[Pointer, ...]:
    """The teasers in an issue's appendix."""
    return tuple(
        Pointer(headline=item.headline, url=item.url)
        for section in issue.appendix
        for item in section.items
        if not item.full_article
    )


def ran_of(placed: PlacedArticle, source: str | None, keep: Keep = made_anew) -> Ran:
    """What later issues must know of an article; ``source`` is the SHA-256 of the page that it was read from."""
    article = placed.article
    words = replace(article, origin=None, problems=())  # Its place among the sources is another in another issue.
    return Ran(
        key=article.key,
        sha256=content_digest(article),
        source=source,
        headline=article.headline,
        standfirst=article.standfirst,
        section=placed.note.section,
        publication=article.publication,
        url=article.url,
        language=article.language,
        fingerprint=keep("fingerprints", bytes, words, lambda: encode_fingerprint(words)),
        updated_since=placed.note.updated_since,
        also=placed.note.also,
    )


def _without_places(
    issue: Issue, sources: Sequence[Source], home: Path
) -> tuple[Issue, tuple[Source, ...], tuple[str, ...]]:
    """The issue, its sources named as in the archive, and what people call them: nothing says where they lay.

    Only sources that an article of the issue came from are kept.
    """
    used = {placed.article.origin for placed in issue.articles}
    kept = list({source.name: source for source in sources if source.name in used}.values())
    members = bundle.member_names(kept)
    places = {source.name: shown_name(source.name, home) for source in sources} | {f"{home}{os.sep}": ""}
    articles = tuple(
        replace(
            placed,
            article=replace(
                placed.article,
                origin=members.get(placed.article.origin or ""),
                problems=tuple(_placed(problem, places) for problem in placed.article.problems),
            ),
        )
        for placed in issue.articles
    )
    problems = tuple(_placed(problem, places) for problem in issue.problems)
    return (
        replace(issue, articles=articles, problems=tuple(dict.fromkeys(problems))),
        tuple(replace(source, name=members[source.name], retrieved=None) for source in kept),
        tuple(places[source.name] for source in kept),
    )


def _placed(problem: Problem, places: Mapping[str, str]) -> Problem:
    message, where = problem.message, problem.where
    for name, shown in places.items():
        message = message.replace(name, shown)
        where = where.replace(name, shown) if where else where
    return replace(problem, message=message, where=where)
