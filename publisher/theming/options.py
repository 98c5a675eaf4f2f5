"""The options of a theme: typed, with a default and a sentence of help each."""

import re
from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from publisher.errors import OptionError, near_match
from publisher.model import Asset
from publisher.model.characters import admitted

OptionValue: TypeAlias = str | bool
Setting: TypeAlias = str | Asset
"""What is given for an option: words, or a picture that has been loaded."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z")

COLOURS = {
    **{"aqua": "#00ffff", "black": "#000000", "blue": "#0000ff", "fuchsia": "#ff00ff", "gray": "#808080"},
    **{"green": "#008000", "lime": "#00ff00", "maroon": "#800000", "navy": "#000080", "olive": "#808000"},
    **{"orange": "#ffa500", "purple": "#800080", "red": "#ff0000", "silver": "#c0c0c0", "teal": "#008080"},
    **{"white": "#ffffff", "yellow": "#ffff00"},
}
"""The colours that have a name in CSS 2.1."""

_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``theme.toml`` says of one option."""

    type: Literal["colour", "choice", "text", "flag", "picture"]
    default: OptionValue
    help: str
    choices: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        # ValueError and not OptionError: a theme's mistake, which the reader of theme.toml reports with its file.
        if isinstance(self.default, bool) != (self.type == "flag"):
            raise ValueError("the default of a flag is true or false, and of no other option")
        if isinstance(self.default, str):
            try:
                self.parse("default", self.default)
            except OptionError as error:
                raise ValueError(str(error)) from error

    @property
    def standard(self) -> OptionValue:
        """The typed value of the default."""
        return self.default if isinstance(self.default, bool) else self.parse("default", self.default)

    @property
    def values(self) -> tuple[str, ...]:
        """The values that can be listed, in the order in which they are offered; of a text or a picture none."""
        match self.type:
            case "choice":
                return self.choices
            case "flag":
                return ("yes", "no")
            case "colour":
                return tuple(COLOURS)
            case _:
                return ()

    def parse(self, name: str, value: Setting) -> OptionValue:
        """The typed value of what was given for the option called ``name``; OptionError when it does not fit.

        That of a picture is its asset's name, or ``""`` for none.
        """
        if isinstance(value, Asset):
            if self.type != "picture":
                raise OptionError(f"option {name!r} takes no picture")
            return value.name
        match self.type:
            case "colour":
                return _colour(name, value)
            case "choice":
                meant = next((choice for choice in self.choices if choice.casefold() == value.casefold()), None)
                if meant is None:
                    raise OptionError(f"option {name!r} does not take {value!r}. {near_match(value, self.choices)}")
                return meant
            case "flag":
                if value.lower() not in _FLAGS:
                    raise OptionError(f"option {name!r} takes yes or no, not {value!r}")
                return _FLAGS[value.lower()]
            case "picture":
                if value:
                    raise OptionError(f"option {name!r} takes a picture, which {value!r} is not yet: it must be loaded")
                return value
            case "text":
                return admitted(value)


def _colour(name: str, value: str) -> str:
    """The colour as six digits: given so, as three, or by its name in CSS."""
    named = value.lower()
    digits = COLOURS.get(named, named)
    if re.fullmatch(r"#[0-9a-f]{3}", digits):
        digits = "#" + "".join(2 * digit for digit in digits[1:])
    if not _COLOUR.match(digits):
        near = f". {near_match(named, COLOURS)}" if named.isalpha() else ""
        raise OptionError(f"option {name!r} takes a colour such as #8a1c1c or green, not {value!r}{near}")
    return digits


def resolve_options(options: Mapping[str, Option], given: Mapping[str, Setting]) -> dict[str, OptionValue]:
    """A value for every option: as given, else the default; OptionError for a name or a value that does not fit."""
    for name in given:
        if name not in options:
            raise OptionError(f"the theme has no option {name!r}. {near_match(name, options)}")
    return {
        name: option.parse(name, given[name]) if name in given else option.standard for name, option in options.items()
    }
