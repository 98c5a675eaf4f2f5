"""Omissions: what was found and does not stand in an issue. Each reason is stable and stands in ``docs/digests.md``."""

from types import MappingProxyType

from publisher.model.blocks import Value

OMISSION_REASONS = MappingProxyType(
    {
        "compiling-failed": "it could not be compiled into an issue",
        "dropped": "an editor left it out",
        "excluded-words": "it has a word that is not wanted",
        "issue-limit": "the issue has as many articles as it may",
        "no-keyword": "none of the keywords occurs in it",
        "outside-window": "it is of another time",
        "ran-before": "an earlier issue ran it",
        "same-article": "it came more than once; the fullest text was kept",
        "section-limit": "its section has as many articles as it may",
        "source-failed": "its source could not be had or read",
        "source-limit": "its source has as many articles as it may",
        "theming-failed": "it could not be set with the theme",
        "told-before": "an earlier issue ran another outlet's report of the same",
        "undated": "it has no date, and only dated articles are wanted",
    }
)


class Omission(Value, frozen=True, kw_only=True):
    """An article, or a whole source, that is not in the issue."""

    what: str
    """The headline, or the source's name."""

    url: str | None = None
    reason: str
    """A key of ``OMISSION_REASONS``."""

    because: str
    """A sentence with the particulars."""

    def __post_init__(self) -> None:
        if self.reason not in OMISSION_REASONS:
            raise ValueError(f"unknown reason for an omission: {self.reason}")
