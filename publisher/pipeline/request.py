"""What is asked for: articles, and what is to be made of them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from publisher.model import Issue, IssuePlan
from publisher.pipeline.bindery import Edition
from publisher.pipeline.gathering import Wanted


class Request(Wanted, frozen=True, kw_only=True):
    """What is to be made of what."""

    edition: Edition
    plan: IssuePlan = IssuePlan()
    strict: bool = False
    """Whether any problem is a failure: then nothing is written."""

    name: Callable[[Issue, Sequence[Path]], Mapping[Path, Path]] = lambda issue, paths: {path: path for path in paths}
    """Where the files go that were made for the paths of the outputs: a path for each, perhaps named after the issue.

    It is asked when they are made, and gives paths in the same folders.
    """
