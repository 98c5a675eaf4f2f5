"""What was gathered becomes an issue: compiling, then fetching the pictures of the articles that are in it."""

from collections.abc import Mapping, Sequence

import msgspec

from publisher.compiling import compile_issue
from publisher.errors import UnthemedError
from publisher.fetching import gather_assets
from publisher.model import Article, Issue, IssuePlan, Omission, Problem, to_json
from publisher.pipeline.culprits import sifted
from publisher.pipeline.gathering import Gathered
from publisher.pipeline.means import Means
from publisher.pipeline.quarantine import Casualty, advice


def assemble(gathered: Gathered, plan: IssuePlan, means: Means) -> Issue:
    """The issue of all articles gathered, with its pictures and the problems of every step so far, each once.

    Without ``means.web`` no picture is fetched; one that cannot be had is a problem. An article that makes compiling
    fail is a problem and an omission, and in the quarantine.
    """
    articles = gathered.articles
    issue, failed = sifted(articles, lambda some: compile_issue(some, plan))
    problems, omissions = uncompiled(articles, failed, means)
    pictures = ((each.source, picture) for each in plan.edits for picture in each.pictures)
    crops = {(source, picture.src): picture.crop for source, picture in pictures if picture.crop}
    issue = gather_assets(issue, gathered.sources, means.web, means.decoded, crops)
    return msgspec.structs.replace(
        issue,
        problems=tuple(dict.fromkeys((*gathered.problems, *problems, *issue.problems))),
        omissions=(*issue.omissions, *omissions),
    )


def without_unthemed(gathered: Gathered, issue: Issue, error: UnthemedError, means: Means) -> Gathered:
    """What was gathered without the articles of the issue that cannot be themed: they are in the quarantine."""
    unthemed = {placed.article.key: error.reasons[placed.id] for placed in issue.articles if placed.id in error.reasons}
    problems = tuple(
        _kept(article, "theming-failed", unthemed[article.key], means)
        for article in gathered.articles
        if article.key in unthemed
    )
    rest = [article for article in gathered.articles if article.key not in unthemed]
    return msgspec.structs.replace(gathered.only(rest), problems=(*gathered.problems, *problems))


def uncompiled(
    articles: Sequence[Article], reasons: Mapping[int, str], means: Means
) -> tuple[tuple[Problem, ...], tuple[Omission, ...]]:
    """Of those articles that made compiling fail, by their place, the problems and the omissions."""
    problems, omissions = [], []
    for at, reason in reasons.items():
        article = articles[at]
        because = f"the article {article.headline!r} could not be compiled: {reason}"
        problems.append(_kept(article, "compiling-failed", because, means))
        omissions.append(Omission(what=article.headline, url=article.url, reason="compiling-failed", because=because))
    return tuple(problems), tuple(omissions)


def _kept(article: Article, code: str, reason: str, means: Means) -> Problem:
    """The problem of an article that the issue goes without: it is in the quarantine."""
    casualty = Casualty(code=code, name=article.headline, reason=reason, data=to_json(article).encode(), suffix=".json")
    return Problem(code=code, message=f"{reason}. {advice(means.quarantine(casualty))}", where=article.headline)
