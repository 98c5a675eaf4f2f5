"""Writes the reference, in both languages, and the pages in man/ from the commands themselves: make reference."""

import inspect
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import click

from publisher import errors
from publisher.cli import cli
from publisher.cli.grouping import groups_of

ROOT = Path(__file__).parent.parent
REFERENCE = ROOT / "docs" / "reference.md"
MANUAL = ROOT / "man"


class Words(NamedTuple):
    """What a page of reference says beside the commands' own words, and those in another language."""

    introduction: str
    commands: str
    meaning: str
    variable: str
    default: str
    required: str
    headings: Mapping[str, str] = MappingProxyType({})
    """Those over options, in small letters, as the commands have them and as they are printed."""
    purposes: Mapping[str, str] = MappingProxyType({})
    """The first sentence of each command's help."""
    texts: Mapping[str, str] = MappingProxyType({})
    """The other paragraphs of helps and the meanings of options, without what stands in brackets after these."""

    def said(self, text: str) -> str:
        """A text of a command as the page has it: as it is, where nobody translated it."""
        said, bracket, limits = text.partition(" [")
        limits = limits.replace("default: ", f"{self.default}: ").replace("required", self.required)
        return f"{self.texts.get(said, said)}{bracket}{limits}"


ENGLISH = Words(
    introduction="""\
# Reference

All commands with all their options, written from the commands by `make reference`. What each is for is told in
[commands](commands.md), and what holds for all in [the command line](command-line.md).
""",
    commands="Commands",
    meaning="meaning",
    variable="variable",
    default="default",
    required="required",
)
VIETNAMESE = Words(**tomllib.loads((ROOT / "tools" / "reference.vi.toml").read_text(encoding="utf-8")))


class Entry(NamedTuple):
    """A command."""

    path: tuple[str, ...]
    command: click.Command
    context: click.Context

    @property
    def name(self) -> str:
        """As it is typed: ``publisher brief``."""
        return " ".join(self.path)

    @property
    def usage(self) -> str:
        """What may follow its name."""
        return " ".join(self.command.collect_usage_pieces(self.context))

    @property
    def help(self) -> list[str]:
        """Its help in paragraphs; one that begins with a backspace keeps its lines."""
        return re.split(r"\n\s*\n", inspect.cleandoc(self.command.help or ""))

    @property
    def options(self) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
        """Each heading with names, meaning and variable of what stands under it."""
        for heading, options in groups_of(self.command, self.context):
            shown = [
                (*record, option.envvar if isinstance(option.envvar, str) else "")
                for option in options
                if (record := option.get_help_record(self.context))
            ]
            yield heading, shown

    @property
    def children(self) -> list[str]:
        """The commands in a group."""
        return sorted(self.command.commands) if isinstance(self.command, click.Group) else []


def entries(
    command: click.Command = cli, path: tuple[str, ...] = ("publisher",), parent: click.Context | None = None
) -> Iterator[Entry]:
    """All commands, each group before what is in it."""
    context = click.Context(command, info_name=path[-1], parent=parent, **command.context_settings)
    yield Entry(path, command, context)
    if isinstance(command, click.Group):
        for name, child in sorted(command.commands.items()):
            yield from entries(child, (*path, name), context)


def reference(words: Words = ENGLISH) -> str:
    """The page of all commands, in Markdown."""
    return "\n".join([words.introduction, *(line for entry in entries() for line in _section(entry, words))])


def _section(entry: Entry, words: Words) -> Iterator[str]:
    yield f"## {entry.name}\n"
    yield f"```sh\n{entry.name} {entry.usage}\n```\n"
    first, *others = entry.help
    yield f"{words.purposes.get(entry.name, _joined(first))}\n"
    for paragraph in others:
        kept = paragraph.removeprefix("\b\n")
        yield f"```sh\n{kept}\n```\n" if kept != paragraph else f"{words.said(_joined(paragraph))}\n"
    if entry.children:
        links = (f"[{name}](#{'-'.join((*entry.path, name))})" for name in entry.children)
        yield f"{words.commands}: {', '.join(links)}.\n"
    for heading, options in entry.options:
        title = words.headings.get(heading.lower(), heading.lower())
        yield f"| {title} | {words.meaning} | {words.variable} |\n| --- | --- | --- |"
        for names, meaning, variable in options:
            shown = f"`{variable}`" if variable else ""
            yield f"| `{_cell(names)}` | {_cell(words.said(_joined(meaning)))} | {shown} |"
        yield ""


def _cell(text: str) -> str:
    return _joined(text).replace("|", "\\|")


def _joined(text: str) -> str:
    return " ".join(text.split())


def manuals() -> dict[str, str]:
    """The pages of the manual by their files' names: ``publisher-brief.1``."""
    return {f"{'-'.join(entry.path)}.1": "\n".join(_page(entry)) + "\n" for entry in entries()}


def _page(entry: Entry) -> Iterator[str]:
    """A page in the macros of man(7)."""
    title = "-".join(entry.path)
    first, *others = entry.help
    yield f'.TH "{_roff(title.upper())}" "1" "" "publisher" "publisher"'
    yield f".SH NAME\n{_roff(title)} \\- {_roff(_joined(first).rstrip('.'))}"
    yield f".SH SYNOPSIS\n.B {_roff(entry.name)}\n{_roff(entry.usage)}"
    if others:
        yield ".SH DESCRIPTION"
    for paragraph in others:
        kept = paragraph.removeprefix("\b\n")
        if kept != paragraph:
            yield "\n".join((".PP", ".nf", ".RS 2", *map(_roff, kept.split("\n")), ".RE", ".fi"))
        else:
            yield f".PP\n{_roff(_joined(paragraph))}"
    for heading, options in entry.options:
        yield f'.SH "{_roff(heading.upper())}"'
        for names, meaning, variable in options:
            yield f".TP\n.B {_roff(names)}\n{_roff(_joined(meaning))}"
            if variable:
                yield f".br\nVariable: {_roff(variable)}"
    others = ["-".join((*entry.path, name)) for name in entry.children]
    if len(entry.path) > 1:
        others.insert(0, "-".join(entry.path[:-1]))
    yield '.SH "EXIT STATUS"\n.TP\n.B 0\nDone.'
    for code, meaning in exit_codes().items():
        yield f".TP\n.B {code}\n{_roff(meaning)}"
    yield ".SH SEE ALSO\n" + ",\n".join(f".BR {_roff(name)} (1)" for name in others)


def exit_codes() -> dict[int, str]:
    """What each code of an error means, in the words of its class."""
    classes = [each for each in vars(errors).values() if isinstance(each, type) and "exit_code" in vars(each)]
    meanings = {each.exit_code: inspect.cleandoc(each.__doc__ or "").split("\n")[0] for each in classes[1:]}
    return {code: meanings[code].replace("``", "") for code in sorted(meanings)}


def _roff(text: str) -> str:
    """A text as no macro and no escape, its hyphens those that are typed."""
    shown = text.replace("\\", "\\e").replace("-", "\\-").replace('"', "\\(dq")
    return f"\\&{shown}" if shown.startswith((".", "'")) else shown


def main() -> None:
    """Write them all."""
    REFERENCE.write_text(reference(), encoding="utf-8")
    REFERENCE.with_suffix(".vi.md").write_text(reference(VIETNAMESE), encoding="utf-8")
    MANUAL.mkdir(exist_ok=True)
    pages = manuals()
    for path in MANUAL.glob("*.1"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (MANUAL / name).write_text(text, encoding="utf-8")
    print(
        f"{REFERENCE.relative_to(ROOT)}, its Vietnamese page and {len(pages)} pages in {MANUAL.relative_to(ROOT)}/",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
