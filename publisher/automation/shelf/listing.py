"""The lists of issues that catalogues offer: by year and by format, in pages of a bearable length."""

from collections.abc import Callable, Iterator, Sequence

from publisher.automation.shelf.shelved import Shelved
from publisher.model.blocks import Value

PAGE_ENTRIES = 50
"""An e-reader holds a whole page in memory, with its covers. A year of weekly issues is two."""

NEWEST_ENTRIES = 6
"""How many a catalogue shows at its entrance."""


class Choice(Value, frozen=True, kw_only=True):
    """Which issues a list holds; ``None`` stands for all years, or all formats."""

    year: int | None = None
    format: str | None = None

    @property
    def name(self) -> str:
        """What its files are named after: ``all``, ``2026``, ``all-epub``."""
        return "-".join(filter(None, [str(self.year or "all"), self.format]))

    def holds(self, shelved: Shelved) -> bool:
        """Whether an issue is in the list."""
        return self.year in (None, shelved.year) and (self.format is None or self.format in formats_of(shelved))


class ListPage(Value, frozen=True, kw_only=True):
    """One page of a list."""

    choice: Choice
    number: int
    """From 1."""

    last: int
    """The number of the last page."""

    first_entry: int
    """From 1, in the whole list."""

    total: int
    issues: tuple[Shelved, ...]

    def name_of(self, number: int) -> str:
        """What the file of one of the list's pages is named, without its suffix."""
        return self.choice.name if number == 1 else f"{self.choice.name}-p{number}"

    @property
    def name(self) -> str:
        """What this page's file is named, without its suffix."""
        return self.name_of(self.number)

    @property
    def neighbours(self) -> tuple[tuple[str, str], ...]:
        """The other pages worth a link, each with its relation as RFC 5005, section 3, names it."""
        if self.last == 1:
            return ()
        near = {"first": 1, "previous": self.number - 1, "next": self.number + 1, "last": self.last}
        return tuple((rel, self.name_of(number)) for rel, number in near.items() if 1 <= number <= self.last)


class Facet(Value, frozen=True, kw_only=True):
    """A step from one list to another that differs in one respect."""

    choice: Choice
    """Where it leads."""

    value: str | None
    """The year or the format; ``None``: all of them."""

    count: int
    active: bool
    """Whether the list is already so."""


def formats_of(shelved: Shelved) -> tuple[str, ...]:
    """The formats that readers find an issue in."""
    return tuple(sorted({file.format for file in shelved.readable if file.format}))


def years_of(issues: Sequence[Shelved]) -> tuple[int, ...]:
    """The years that issues are of, newest first."""
    return tuple(sorted({shelved.year for shelved in issues}, reverse=True))


def choices(issues: Sequence[Shelved]) -> tuple[Choice, ...]:
    """All lists that hold anything, and the one of all issues in any case."""
    formats = sorted({each for shelved in issues for each in formats_of(shelved)})
    every = (Choice(year=year, format=each) for year in (None, *years_of(issues)) for each in (None, *formats))
    return tuple(choice for choice in every if choice == Choice() or any(choice.holds(shelved) for shelved in issues))


def pages(choice: Choice, issues: Sequence[Shelved]) -> Iterator[ListPage]:
    """The pages of a list; at least one, which may be empty."""
    held = [shelved for shelved in issues if choice.holds(shelved)]
    last = max(1, -(-len(held) // PAGE_ENTRIES))
    for number in range(1, last + 1):
        start = (number - 1) * PAGE_ENTRIES
        yield ListPage(
            choice=choice,
            number=number,
            last=last,
            first_entry=start + 1,
            total=len(held),
            issues=tuple(held[start : start + PAGE_ENTRIES]),
        )


def facets(choice: Choice, issues: Sequence[Shelved]) -> tuple[tuple[Facet, ...], tuple[Facet, ...]]:
    """The steps from a list to other years, and to other formats; none where there is only one, or to an empty list."""
    by_year = [Choice(year=year, format=choice.format) for year in (None, *years_of(issues))]
    formats = sorted({each for shelved in issues for each in formats_of(shelved)})
    by_format = [Choice(year=choice.year, format=each) for each in (None, *formats)]
    return (
        _steps(choice, by_year, issues, lambda each: str(each.year) if each.year else None),
        _steps(choice, by_format, issues, lambda each: each.format),
    )


def _steps(
    choice: Choice, others: Sequence[Choice], issues: Sequence[Shelved], value: Callable[[Choice], str | None]
) -> tuple[Facet, ...]:
    """A step to each of the others; to all of them only from one, since a facet may stand in one group alone."""
    if len(others) < 3:
        return ()
    counts = [sum(other.holds(shelved) for shelved in issues) for other in others]
    return tuple(
        Facet(choice=other, value=value(other), count=count, active=other == choice)
        for other, count in zip(others, counts, strict=True)
        if count and (value(other) or other != choice)
    )
