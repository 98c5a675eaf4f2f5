"""The digests of a folder: what the next issue would hold and why, overruled with a tick, and published."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from publisher.automation.digest import run
from publisher.automation.digest.rehearsal import rehearse
from publisher.automation.digest.selection import Chosen
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.issues.week import Week, parse_week
from publisher.config import Selection, load_settings, parse_settings
from publisher.desk.drafts import Drafts
from publisher.desk.folder import DeskFolder
from publisher.desk.pages import short_id
from publisher.desk.steps import step_name
from publisher.errors import ConfigError
from publisher.lines import line_of
from publisher.model import Omission
from publisher.model.article import fold_headline
from publisher.model.blocks import Value
from publisher.seams import Progress
from publisher.toml import TomlError, load_toml

SurroundingsOf: TypeAlias = Callable[[Path, Progress], Surroundings]
"""What a run takes from the machine, for the settings in a file."""

_SECTION = re.compile(r"^[ \t]*\[selection\][^\n]*$", re.MULTILINE)


class ShownDigest(Value, frozen=True, kw_only=True):
    """A digest whose settings lie in the folder."""

    id: str
    file: str
    title: str
    error: str | None


class PlanRow(Value, frozen=True, kw_only=True):
    """An article that was found: in the issue, or why not."""

    key: str
    """Its address, else its headline: what it is overruled by."""

    headline: str
    url: str | None
    in_: bool = msgspec.field(name="in")
    also: bool = False
    section: str | None = None
    reason: str | None = None
    because: str | None = None
    overruled: bool = False


class Plan(Value, frozen=True, kw_only=True):
    """What a run would do."""

    week: str
    code: int
    message: str
    rows: tuple[PlanRow, ...]


class Overruling(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An article goes in, or does not, or is left to the rules."""

    key: str
    in_: bool | None = msgspec.field(name="in", default=None)
    week: str | None = None


class WeekAsked(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The week that something is asked of; ``None`` for the last that is over."""

    week: str | None = None


class Digests:
    """The digests of a folder. For any thread; a run holds the lock of its shelf."""

    def __init__(self, folder: DeskFolder, drafts: Drafts, surroundings: SurroundingsOf) -> None:
        self._folder = folder
        self._drafts = drafts
        self._surroundings = surroundings

    def all(self) -> tuple[ShownDigest, ...]:
        """Those whose settings lie in the folder itself, by name."""
        found = []
        for path in sorted(self._folder.path.glob("*.toml")):
            content = self._drafts.content(path.name) or b""
            if b"[series]" not in content:
                continue
            title, error = path.stem, None
            try:
                title = parse_settings(content, Path(path.name)).series.title
            except ConfigError as mistake:
                error = str(mistake)
            found.append(ShownDigest(id=short_id(path.name), file=path.name, title=title, error=error))
        return tuple(found)

    def file(self, id_: str) -> str:
        """The name of the settings of a digest. LookupError when there is none."""
        for each in self.all():
            if each.id == id_:
                return each.file
        raise LookupError(id_)

    def plan(self, file: str, week: str | None, progress: Progress) -> Plan:
        """What a run would do. Any of the errors of a rehearsal."""
        path = self._folder.path / file
        settings = load_settings(path)
        outcome, chosen = rehearse(settings, self._surroundings(path, progress), _week(week))
        rows = tuple(_rows(chosen, outcome.omissions, settings.selection))
        return Plan(week=outcome.week, code=int(outcome.ending), message=outcome.message, rows=rows)

    def publish(self, file: str, week: str | None, progress: Progress) -> Mapping[str, object]:
        """Publish the issue of a week. Any of the errors of a run."""
        path = self._folder.path / file
        outcome = run(load_settings(path), self._surroundings(path, progress), _week(week))
        return {"week": outcome.week, "code": int(outcome.ending), "message": outcome.message}

    def overrule(self, file: str, key: str, *, take: bool | None) -> None:
        """Have an article go in, or not, or leave it to the rules: in the settings, whose other lines stay.

        ConfigError when the settings cannot be used.
        """
        content = self._drafts.content(file) or b""
        selection = parse_settings(content, Path(file)).selection
        names = {
            "take": _with(selection.take, key, wanted=take is True),
            "drop": _with(selection.drop, key, wanted=take is False),
        }
        text = content.decode("utf-8-sig")
        for name, values in names.items():
            if values != getattr(selection, name):
                text = _with_list(text, name, values)
        parse_settings(text.encode(), Path(file))
        self._drafts.change(step_name("digest", key), {file: text.encode()}, {})


def _week(name: str | None) -> Week | None:
    return None if name is None else parse_week(name)


def _with(names: Sequence[str], key: str, *, wanted: bool) -> tuple[str, ...]:
    others = [name for name in names if name != key and fold_headline(name) != fold_headline(key)]
    return (*others, *([key] if wanted else []))


def _with_list(text: str, name: str, values: Sequence[str]) -> str:
    """The text of settings with a list of its selection: the one that is there, or a new line."""
    line = f"{name} = {json.dumps(list(values), ensure_ascii=False)}"  # A list of texts is the same in JSON and TOML.
    lines = text.split("\n")
    number = line_of(text, ("selection", name))
    if re.match(rf"\s*{name}\s*=", lines[number - 1]):
        ends = range(number, len(lines) + 1)
        end = next(end for end in ends if _is_whole("\n".join(lines[number - 1 : end])))
        return "\n".join([*lines[: number - 1], line, *lines[end:]])
    found = _SECTION.search(text)
    if found is None:
        return f"{text.rstrip()}\n\n[selection]\n{line}\n"
    return f"{text[: found.end()]}\n{line}{text[found.end() :]}"


def _is_whole(text: str) -> bool:
    """Whether a value ends where the text does: a bracket may stand in its words."""
    try:
        load_toml(text)
    except TomlError:
        return False
    return True


def _rows(chosen: Chosen, omissions: Sequence[Omission], selection: Selection) -> Iterator[PlanRow]:
    overruled = {fold_headline(name) for name in (*selection.take, *selection.drop)}
    for article in chosen.articles:
        note = chosen.notes.get(article.key)
        key = article.url or article.headline
        yield PlanRow(
            key=key,
            headline=article.headline,
            url=article.url,
            in_=True,
            section=note.section if note else None,
            overruled=fold_headline(key) in overruled,
        )
        for other in note.also if note else ():
            yield PlanRow(key=other.url or other.headline, headline=other.headline, url=other.url, in_=True, also=True)
    for omission in omissions:
        key = omission.url or omission.what
        yield PlanRow(
            key=key,
            headline=omission.what,
            url=omission.url,
            in_=False,
            reason=omission.reason,
            because=omission.because,
            overruled=fold_headline(key) in overruled,
        )
