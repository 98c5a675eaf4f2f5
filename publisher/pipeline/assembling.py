"""What was gathered becomes an issue: compiling, then fetching the pictures of the articles that are in it."""

import msgspec

from publisher.compiling import compile_issue
from publisher.errors import UnthemedError
from publisher.fetching import gather_assets
from publisher.model import Issue, IssuePlan, Problem, to_json
from publisher.pipeline.gathering import Gathered
from publisher.pipeline.means import Means
from publisher.pipeline.quarantine import Casualty, advice


def assemble(gathered: Gathered, plan: IssuePlan, means: Means) -> Issue:
    """The issue of all articles gathered, with its pictures and the problems of every step so far, each once.

    Without ``means.web`` no picture is fetched; one that cannot be had is a problem.
    """
    issue = compile_issue(gathered.articles, plan)
    issue = gather_assets(issue, gathered.sources, means.web, means.decoded)
    return msgspec.structs.replace(issue, problems=tuple(dict.fromkeys((*gathered.problems, *issue.problems))))


def without_unthemed(gathered: Gathered, issue: Issue, error: UnthemedError, means: Means) -> Gathered:
    """What was gathered without the articles of the issue that cannot be themed: they are in the quarantine."""
    unthemed = {placed.article.key: error.reasons[placed.id] for placed in issue.articles if placed.id in error.reasons}
    problems = []
    for article in gathered.articles:
        if reason := unthemed.get(article.key):
            casualty = Casualty(
                code="theming-failed",
                name=article.headline,
                reason=reason,
                data=to_json(article).encode(),
                suffix=".json",
            )
            message = f"{reason}. {advice(means.quarantine(casualty))}"
            problems.append(Problem(code="theming-failed", message=message, where=article.headline))
    rest = [article for article in gathered.articles if article.key not in unthemed]
    return msgspec.structs.replace(gathered.only(rest), problems=(*gathered.problems, *problems))
