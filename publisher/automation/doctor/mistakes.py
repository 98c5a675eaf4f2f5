"""The mistakes in the settings of a digest: all of them, each with its line, before a run meets the first.

What is wrong with the machine, the shelf or the week is for the other modules here. Nothing is fetched, sent or
written.
"""

import ipaddress
import re
import tempfile
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

from msgspec.structs import replace

from publisher.automation.digest.editions import edition_of
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.doctor.sources import sources_of
from publisher.automation.issues.week import last_complete_week
from publisher.automation.mail.post import password_of
from publisher.bulkhead import bulkhead
from publisher.config import Mail, Mistake, OutputSettings, Settings, SettingsDraft
from publisher.config.settings import HOST
from publisher.confinement.worker import Worker
from publisher.errors import PublisherError, near_match
from publisher.fetching import is_address
from publisher.lines import Keys
from publisher.model import FINDING_CODES, PROBLEM_CODES
from publisher.pipeline import Bindery, Edition, Means, load_profiles
from publisher.siblings import near_sibling

Found: TypeAlias = Iterator[tuple[str, Keys]]
"""What is wrong, with what to do; and the key that it is about."""

_IMPLICIT_TLS = 465
_SUBMISSION = 587


def mistakes_in(draft: SettingsDraft, by: Surroundings) -> tuple[Mistake, ...]:
    """All mistakes of the settings, by their lines; none when a run can begin."""
    settings = draft.settings
    theme = (
        ()
        if draft.is_doubtful(("theme", "name")) or draft.is_doubtful(("theme", "folders"))
        else _of_theme(settings, by)
    )
    parts: tuple[Iterable[tuple[str, Keys]], ...] = (
        theme,
        _of_sources(settings, by),
        _of_shelf(settings),
        () if draft.is_doubtful(("shelf", "folder")) else _of_archives(settings),
        _of_policy(settings),
        _of_mail(settings.mail, settings, by) if settings.mail else (),
    )
    found = [draft.mistake(what, keys) for part in parts for what, keys in part if not draft.is_doubtful(keys)]
    return tuple(sorted((*draft.mistakes, *found), key=lambda each: each.line))


def _of_theme(settings: Settings, by: Surroundings) -> Found:
    missing = [folder for folder in settings.theme.folders if not folder.is_dir()]
    for folder in missing:
        hint = near_sibling(folder, "Make it, or correct the name.")
        yield f"there is no folder {folder} of themes. {hint}", ("theme", "folders")
    if missing:
        return
    with tempfile.TemporaryDirectory(prefix="publisher-") as folder_name, Worker(by.jobs) as worker:
        means = Means(picture=partial(worker.do, "picture"))
        week = last_complete_week(by.clock(), settings.series.timezone)
        whole = edition_of(settings, Path(folder_name), week, None, by.themes)
        bare = replace(whole, outputs=(), options={})
        if why := _refusal(bare, means):
            yield why, ("theme", "name")
            return
        for name, value in whole.options.items():
            if why := _refusal(replace(bare, options={name: value}), means):
                yield why, ("theme", "options", name)
        for number, output in enumerate(whole.outputs):
            if output.press and (why := _refusal(replace(bare, outputs=(output,)), means)):
                yield why, ("outputs", number, "press")


def _refusal(edition: Edition, means: Means) -> str | None:
    """Why an edition cannot be made; ``None`` when it can."""
    try:
        with bulkhead():
            Bindery(edition, picture=means.decoded)
    except PublisherError as error:
        return str(error)
    return None


def _of_sources(settings: Settings, by: Surroundings) -> Found:
    for number, place in enumerate(settings.sources):
        if place.outlet:
            try:
                load_profiles(place.outlet)
            except PublisherError as error:
                yield str(error), ("sources", number, "outlet")
        where = ("sources", number, "from")
        if is_address(place.from_):
            if why := _wrong_address(place.from_):
                yield f"cannot fetch {place.from_!r}: {why}", where
        else:
            for each in sources_of(replace(settings, sources=(place,)), by, fetch=False):
                if each.state == "failed":
                    yield each.message, where


def _wrong_address(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        known = parts.scheme.lower() in ("http", "https")
        return None if known and parts.hostname else "it is no web address. Give one such as https://bao.example/rss."
    except ValueError:
        return "it is no address. Copy it from a browser."


def _of_shelf(settings: Settings) -> Found:
    base = settings.shelf.base_url
    if base and (why := _wrong_address(base)):
        yield f"the shelf cannot be at {base!r}: {why}", ("shelf", "base_url")


def _of_archives(settings: Settings) -> Found:
    if settings.files.archives.absolute().is_relative_to(settings.shelf.folder.absolute()):
        yield (
            "the archives would lie on the shelf, for all its readers. Choose a folder beside it, or set publish in "
            "[evidence].",
            ("files", "archives"),
        )


def _of_policy(settings: Settings) -> Found:
    known = {*PROBLEM_CODES, *FINDING_CODES}
    for code in settings.policy.overlook:
        if code not in known:
            near = near_match(code, known)
            hint = near if near.startswith("Did you mean") else "Take the codes from the warnings of a run."
            yield f"no problem or finding has the code {code!r}. {hint}", ("policy", "overlook")


def _of_mail(mail: Mail, settings: Settings, by: Surroundings) -> Found:
    if not re.fullmatch(HOST, mail.host):
        yield (
            f"{mail.host!r} is no mail server: give its name alone, such as smtp.example, and the port by itself.",
            ("mail", "host"),
        )
    if mail.port == _IMPLICIT_TLS and mail.security != "tls":
        yield 'port 465 is encrypted from the first byte. Set security to "tls".', ("mail", "port")
    if mail.port == _SUBMISSION and mail.security == "tls":
        yield 'port 587 begins in the clear. Set security to "starttls", or port to 465.', ("mail", "port")
    if mail.user is not None:
        if not mail.password_env:
            yield "there is a user and no password. Set password_env to the variable that holds it.", ("mail", "user")
        elif not password_of(mail, by.environment):
            yield (
                f"the environment variable {mail.password_env} is not set. Set it where the digest is started.",
                ("mail", "password_env"),
            )
        if mail.security == "none" and not _is_local(mail.host):
            yield (
                'a password is not sent in the clear. Set security to "starttls" or "tls".',
                ("mail", "security"),
            )
    yield from _of_recipients(mail, settings)


def _of_recipients(mail: Mail, settings: Settings) -> Found:
    made = {_variant(output) for output in settings.outputs}
    seen = set()
    for number, recipient in enumerate(mail.recipients):
        where = ("mail", "recipients", number)
        if not recipient.address.isascii():
            yield (
                f"the address {recipient.address!r} is not in ASCII. Take another of the same person.",
                (
                    *where,
                    "address",
                ),
            )
        if recipient.address.casefold() in seen:
            yield f"{recipient.address} is a recipient twice. Take one away.", (*where, "address")
        seen.add(recipient.address.casefold())
        if not made & {*recipient.files}:
            wanted = ", ".join(recipient.files)
            yield (
                f"{recipient.address} would be sent nothing: no output is {wanted}. Add one to [[outputs]], or take "
                f"{' or '.join(sorted(made))}.",
                (*where, "files"),
            )


def _variant(output: OutputSettings) -> str:
    """What a recipient's ``files`` call an output: ``epub``, ``pdf``, ``press``, or an e-reader's name."""
    if output.press:
        return "press"
    return output.profile if output.profile != "generic" else output.file.rpartition(".")[2]


def _is_local(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
