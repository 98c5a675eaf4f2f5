"""What is kept of an article that an issue ran, so that later issues know it again."""

from typing import Literal

from publisher.compiling.sameness import HARDLY_TOUCHED, kept_groups, overlap, word_groups
from publisher.compiling.traits import Traits, traits_of
from publisher.model import Article
from publisher.model.blocks import Value


class Fingerprint(Value, frozen=True, kw_only=True):
    """An article's traits and a sample of its text, some three kilobytes."""

    version: Literal[2]
    """Raised when anything in it is made otherwise: what was kept before is then known by nobody."""

    traits: Traits
    groups: frozenset[int]
    """See ``publisher.compiling.sameness.kept_groups``."""


def fingerprint(article: Article) -> Fingerprint:
    """What is kept of the article."""
    return Fingerprint(version=2, traits=traits_of(article), groups=kept_groups(word_groups(article)))


def same_text(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether one text is the other, hardly touched since."""
    return overlap(one.groups, other.groups) >= HARDLY_TOUCHED
