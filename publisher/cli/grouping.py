"""Options in groups: which of them stand together in the help of a command that has many."""

from collections.abc import Sequence
from types import MappingProxyType

import click

FEW = 9
"""So many options are seen at a glance, without headings."""

GROUPS = MappingProxyType(
    {
        "What is printed": ("--format", "--explain"),
        "Files": ("--output", "--jobs", "--strict"),
        "The issue": (
            "--title",
            "--number",
            "--date",
            "--series",
            "--language",
            "--order",
            "--section",
            "--sections-by",
        ),
        "Its looks": ("--theme", "--set", "--flow", "--pages", "--themes-folder"),
        "For a press": ("--print", "--bleed", "--marks", "--imposition", "--output-profile"),
        "For e-readers": ("--profile", "--kindle-language", "--small-limit", "--grey"),
        "What a PDF carries": ("--attach", "--attach-source"),
        "How sources are read": ("--outlet", "--corrections", "--quarantine"),
        "The web": ("--fetch-articles", "--fetch-pictures", "--allow-private", "--cache"),
        "What is said": ("--quiet", "--verbose", "--json"),
    }
)
"""The headings in their order, and the long names of what stands under each; what is in none stands last."""

OTHERS = "Others"


def groups_of(command: click.Command, context: click.Context) -> list[tuple[str, Sequence[click.Option]]]:
    """The options of a command under their headings, none of them empty; of one with few options, under ``Options``."""
    options = [each for each in command.get_params(context) if isinstance(each, click.Option) and not each.hidden]
    if len(options) <= FEW:
        return [("Options", options)]
    by_name = {long_name(each): each for each in options}
    grouped = [(heading, [by_name.pop(name) for name in names if name in by_name]) for heading, names in GROUPS.items()]
    return [group for group in (*grouped, (OTHERS, list(by_name.values()))) if group[1]]


def long_name(option: click.Parameter) -> str:
    """The name of an option that says most: ``--output``, of ``-o`` and this."""
    return max(option.opts, key=len)
