"""What is wrong with a digest, on one page: asked before a run, or after one that went wrong.

Each part is looked at by a function of its own and gives its conditions. Nothing is published or sent, and nothing on
the disk is changed; a ledger is opened as a copy. Addresses and the mail server are asked only when that is wanted.
"""

from collections.abc import Callable, Iterable, Iterator

from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.doctor.condition import Condition, Part, failed, fine
from publisher.automation.doctor.history import last_success_of, ledger_of
from publisher.automation.doctor.looks import profiles_of, theme_of
from publisher.automation.doctor.outside import confinement_of, mail_of, validators_of
from publisher.automation.doctor.places import Disk, cache_of, disk_of, lock_of, quarantine_of, shelf_of
from publisher.automation.doctor.sources import sources_of
from publisher.bulkhead import bulkhead
from publisher.config import Settings
from publisher.counting import spelled
from publisher.errors import PublisherError

__all__ = ["Condition", "Disk", "examine"]


def examine(
    settings: Settings,
    by: Surroundings,
    disk: Disk = Disk(),  # noqa: B008 - frozen
    *,
    fetch: bool = False,
    mail: bool = False,
) -> Iterator[Condition]:
    """The conditions of all parts, in the order of a run, as they are found; of sources one each.

    With ``fetch``, addresses are asked, and with ``mail`` the mail server. Nothing is raised: a part that cannot be
    looked at has failed.
    """
    parts: tuple[tuple[Part, Callable[[], Iterable[Condition]]], ...] = (
        ("theme", lambda: theme_of(settings, by)),
        ("profiles", lambda: profiles_of(settings, by)),
        ("sources", lambda: sources_of(settings, by, fetch=fetch)),
        ("lock", lambda: lock_of(settings)),
        ("shelf", lambda: shelf_of(settings, disk)),
        ("ledger", lambda: ledger_of(settings, disk)),
        ("last success", lambda: last_success_of(settings, by.clock())),
        ("disk", lambda: disk_of(settings, disk)),
        ("cache", lambda: cache_of(settings.files.cache or by.cache, disk)),
        ("quarantine", lambda: quarantine_of(settings.files.quarantine, disk)),
        ("mail", lambda: mail_of(settings, by, connect=mail)),
        ("validators", lambda: validators_of(settings, by.environment)),
        ("confinement", lambda: confinement_of(by.jobs)),
    )
    counts = f"{spelled(len(settings.sources), 'source')}, {spelled(len(settings.outputs), 'file')}"
    yield fine("settings", f"they can be used: {settings.series.title}, {counts}")
    for part, look in parts:
        try:
            with bulkhead():
                conditions = tuple(look())
        except PublisherError as error:
            conditions = (failed(part, str(error)),)
        yield from conditions
