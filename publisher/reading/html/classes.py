"""What the words in elements' classes mean, as data in ``classes.toml``."""

from functools import cache
from pathlib import Path

import msgspec

from publisher.model.blocks import Value
from publisher.toml import load_shipped


class Classes(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words by what they tell of an element; each set is lower case and not empty."""

    frame: frozenset[str]
    closed: frozenset[str]
    sponsored: frozenset[str]
    machine_ads: frozenset[str]
    author: frozenset[str]
    place: frozenset[str]
    """Where an author was, beside the name."""

    author_folders: frozenset[str]
    """Folders in the addresses of authors' own pages, without hyphens."""

    date: frozenset[str]
    standfirst: frozenset[str]
    kicker: frozenset[str]
    title: frozenset[str]
    label: frozenset[str]
    film: frozenset[str]
    picture: frozenset[str]
    lead_picture: frozenset[str]
    caption: frozenset[str]
    credit: frozenset[str]
    pull_quote: frozenset[str]


@cache
def classes() -> Classes:
    """The shipped words, read and validated once."""
    return msgspec.convert(load_shipped(Path(__file__).with_name("classes.toml")), Classes)
