"""What was gathered becomes an issue: compiling, then fetching the pictures of the articles that are in it."""

import msgspec

from publisher.compiling import compile_issue
from publisher.fetching import gather_assets
from publisher.model import Issue, IssuePlan
from publisher.pipeline.gathering import Gathered
from publisher.pipeline.means import Means


def assemble(gathered: Gathered, plan: IssuePlan, means: Means) -> Issue:
    """The issue of all articles gathered, with its pictures and the problems of every step so far, each once.

    Without ``means.web`` no picture is fetched; one that cannot be had is a problem.
    """
    issue = compile_issue(gathered.articles, plan)
    issue = gather_assets(issue, gathered.sources, means.web, means.picture)
    return msgspec.structs.replace(issue, problems=tuple(dict.fromkeys((*gathered.problems, *issue.problems))))
