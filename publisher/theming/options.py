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
                if not _COLOUR.match(value):
                    raise OptionError(f"option {name!r} takes a colour such as #8a1c1c, not {value!r}")
                return value.lower()
            case "choice":
                if value not in self.choices:
                    raise OptionError(f"option {name!r} does not take {value!r}. {near_match(value, self.choices)}")
                return value
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


def resolve_options(options: Mapping[str, Option], given: Mapping[str, Setting]) -> dict[str, OptionValue]:
    """A value for every option: as given, else the default; OptionError for a name or a value that does not fit."""
    for name in given:
        if name not in options:
            raise OptionError(f"the theme has no option {name!r}. {near_match(name, options)}")
    return {
        name: option.parse(name, given[name]) if name in given else option.default for name, option in options.items()
    }
