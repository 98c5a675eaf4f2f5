"""What of an issue a template sees that is filled for one article alone: the rest is there, and cannot be looked at.

A guard stands in the place of a value and gives what it was told to. Whatever else is done to it ends the filling, so
that nothing that is made depends on what nobody knows of.
"""

from collections.abc import Callable, Mapping
from typing import Any, NoReturn

__all__ = ["Articles", "ByName", "Hidden", "LooksAroundError", "Several", "There", "count_of", "refuse"]


class LooksAroundError(Exception):
    """A template asks for something that is not its article's."""


def refuse(*_arguments: object) -> NoReturn:
    """LooksAroundError."""
    raise LooksAroundError


class Hidden:
    """A value of which some attributes are seen. Python's own are refused as well: ``__class__`` tells much."""

    __slots__ = ("_seen",)

    def __init__(self, seen: Mapping[str, object] = {}) -> None:
        object.__setattr__(self, "_seen", seen)

    def __getattribute__(self, name: str) -> Any:
        seen = object.__getattribute__(self, "_seen")
        return seen[name] if name in seen else refuse()


for _operation in (
    *("bool", "bytes", "contains", "eq", "format", "ge", "getitem", "gt", "hash", "index", "int", "iter", "le", "len"),
    *("add", "mod", "mul", "radd", "rmod", "rmul", "lt", "ne", "next", "repr", "reversed", "str"),
):
    setattr(Hidden, f"__{_operation}__", refuse)


class There(Hidden):
    """One of those that are never taken for nothing."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return True


class Articles(There):
    """The articles of an issue, of which the first is seen, and whether it is the only one."""

    __slots__ = ("_count", "_first")

    def __init__(self, first: There, *, alone: bool) -> None:
        super().__init__()
        object.__setattr__(self, "_first", first)
        object.__setattr__(self, "_count", 1 if alone else Several())

    def __getitem__(self, place: object) -> Any:
        return object.__getattribute__(self, "_first") if type(place) is int and place == 0 else refuse()


def count_of(articles: Articles) -> "int | Several":
    """How many they are."""
    count: int | Several = object.__getattribute__(articles, "_count")
    return count


class ByName(There):
    """A mapping, of which some values are seen: those that ``find`` does not refuse."""

    __slots__ = ("_find",)

    def __init__(self, find: Callable[[object], object]) -> None:
        super().__init__()
        object.__setattr__(self, "_find", find)

    def __getitem__(self, name: object) -> Any:
        return object.__getattribute__(self, "_find")(name)


class Several(There):
    """A number of two or more."""

    __slots__ = ()

    def __gt__(self, other: object) -> bool:
        return _is_small(other, 1) or refuse()

    def __ge__(self, other: object) -> bool:
        return _is_small(other, 2) or refuse()

    def __ne__(self, other: object) -> bool:
        return _is_small(other, 1) or refuse()

    def __lt__(self, other: object) -> bool:
        return not self >= other

    def __le__(self, other: object) -> bool:
        return not self > other

    def __eq__(self, other: object) -> bool:
        return not self != other

    __hash__ = refuse


def _is_small(number: object, most: int) -> bool:
    return type(number) is int and number <= most
