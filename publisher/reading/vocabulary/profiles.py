"""Outlet profiles: the words that one outlet's pages print around its articles, added to the shipped vocabulary.

A profile is TOML in the form of the groups in ``vocabulary/*.toml``, with ``hosts``: the web hosts whose pages it is
for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, get_type_hints
from urllib.parse import urlsplit

import msgspec

from publisher.errors import InputError, near_match
from publisher.model.characters import normal
from publisher.reading.vocabulary import PageWords, Phrases, fold
from publisher.toml import TomlError, load_toml

LIMIT_BYTES = 256 * 1024
"""A profile is written by hand; the shipped vocabulary of a language has 20 kB."""

_NOWHERE = {
    ("labels", "contains"): "labels.starts",
    ("furniture", "contains"): "imprint.contains",
    ("ends", "contains"): "ends.starts",
    ("imprint", "exact"): "furniture.exact",
}
"""Phrases that no rule looks up, and what serves instead."""

_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")


class OutletProfile(PageWords, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One outlet's words. All groups may be missing."""

    hosts: tuple[str, ...] = ()
    """Hosts whose pages these words are for, their subdomains included: ``bao.example``."""


def parse_profile(data: bytes, name: str) -> OutletProfile:
    """The profile in a TOML file; ``name`` is the file's, for messages.

    InputError, with the line where it can be told, when it is no TOML, has an unknown key, a value of another kind, a
    phrase without a word or a host that is none.
    """
    text = _text(data, name)
    try:
        table = load_toml(text)
    except TomlError as error:
        raise InputError(f"the profile {name} is not valid TOML: {error}. Mend it there.") from error
    _check_keys(table, OutletProfile, name, text)
    try:
        profile = msgspec.convert(table, OutletProfile)
    except msgspec.ValidationError as error:
        raise InputError(f"the profile {name} cannot be used: {error}. Give lists of texts in quotes.") from error
    for path, entry in _entries(table):
        if not (entry.strip() if path[-1] in ("starts", "contains") else fold(entry)):
            where = ".".join(path)
            raise InputError(
                f"the profile {name} cannot be used: {where} has an entry without a word, {entry!r}. Remove it."
            )
    hosts = tuple(_host(host, name) for host in profile.hosts)
    return msgspec.structs.replace(profile, hosts=hosts)


def profile_for(profiles: Iterable[OutletProfile], url: str | None) -> OutletProfile | None:
    """The profile of an address's host, the one that names it most closely; ``None`` when there is none."""
    host = host_of(url)
    matches = [
        (len(known), profile)
        for profile in profiles
        for known in profile.hosts
        if host == known or host.endswith(f".{known}")
    ]
    return max(matches, key=lambda match: match[0])[1] if matches else None


def host_of(url: str | None) -> str:
    """An address's host as hosts are compared: lower case, ASCII; ``""`` when it has none."""
    try:
        return _ascii((urlsplit(url or "").hostname or "").rstrip("."))
    except ValueError:
        return ""


def _text(data: bytes, name: str) -> str:
    if len(data) > LIMIT_BYTES:
        raise InputError(f"the profile {name} is larger than {LIMIT_BYTES // 1024} KiB. Is it the right file?")
    try:
        return normal(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"the profile {name} is not UTF-8. Save it in that encoding.") from error


def _check_keys(
    table: Mapping[str, object], kind: type[msgspec.Struct], name: str, text: str, path: tuple[str, ...] = ()
) -> None:
    """InputError at the first key that nothing looks up."""
    hints = get_type_hints(kind)
    for key, value in table.items():
        here = ".".join((*path, key))
        if key not in kind.__struct_fields__:
            raise InputError(
                f"the profile {name} has an unknown key{_line(text, key)}: {here}. "
                + near_match(key, kind.__struct_fields__)
            )
        if kind is Phrases and (instead := _NOWHERE.get((path[-1], key))):
            raise InputError(
                f"the profile {name} has a key that no rule looks up{_line(text, key)}: {here}. Use {instead}."
            )
        group = hints[key]
        if isinstance(value, dict) and isinstance(group, type) and issubclass(group, msgspec.Struct):
            _check_keys(value, group, name, text, (*path, key))


def _line(text: str, key: str) -> str:
    """Where a key stands, as part of a message; nothing when it stands in more lines than one, or in none."""
    pattern = re.compile(rf"^\s*(?:\[\s*)?[\"']?(?:[\w-]+\.)*{re.escape(key)}[\"']?\s*[\].=]")
    found = [number for number, line in enumerate(text.splitlines(), 1) if pattern.match(line)]
    return f" in line {found[0]}" if len(found) == 1 else ""


def _entries(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every phrase of a valid profile with the path to its list."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _entries(value, (*path, key))
        else:
            yield from (((*path, key), entry) for entry in value)


def _host(host: str, name: str) -> str:
    bare = _ascii(host.strip())
    if not _HOST.fullmatch(bare):
        raise InputError(
            f"the profile {name} cannot be used: {host!r} is no host. Give the host alone, as in 'bao.example'."
        )
    return bare.removeprefix("www.")


def _ascii(host: str) -> str:
    try:
        return host.casefold().encode("idna").decode("ascii")
    except UnicodeError:
        return host.casefold()
