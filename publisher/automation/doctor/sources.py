"""Whether each source can be had and read."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from publisher.automation.digest.collecting import is_not_made, shown_name
from publisher.automation.digest.means import ADVICE
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.doctor.condition import Condition, failed, fine, warned
from publisher.automation.issues.week import last_complete_week, names_of
from publisher.config import ARCHIVE, Settings
from publisher.counting import spelled
from publisher.errors import InputError
from publisher.fetching import Web, is_address, load


def sources_of(settings: Settings, by: Surroundings, *, fetch: bool) -> Iterator[Condition]:
    """One condition for each source; addresses are asked with ``fetch`` alone, and what they answer is not kept."""
    names = names_of(last_complete_week(by.clock(), settings.series.timezone), None)
    with Web(
        lambda: by.clock().astimezone(dt.UTC),
        allow_private=settings.fetch.allow_private,
        limit_seconds=settings.fetch.seconds,
        advice=ADVICE,
    ) as web:
        for place in settings.sources:
            if is_address(place.from_):
                yield _of_address(place.from_, web, fetch=fetch)
            elif place.from_.startswith(ARCHIVE):
                yield _of_archive(place.from_.removeprefix(ARCHIVE))
            elif is_not_made(place, reference := place.from_.format(**names)):
                shown = shown_name(reference, by.home)
                yield warned("sources", f"{shown} was not made: the last week has no page there. Look who makes it.")
            else:
                yield _of_files(reference, shown_name(reference, by.home))


def _of_address(address: str, web: Web, *, fetch: bool) -> Condition:
    if not fetch:
        return fine("sources", f"{address} was not asked")
    try:
        (source,) = load((address,), web=web)
    except InputError as error:
        return failed("sources", str(error))
    return fine("sources", f"{address} answers with {source.media_type}")


def _of_archive(reference: str) -> Condition:
    try:
        from publisher.archive.asking import asked
        from publisher.archive.places import weeks_of

        archive = asked(reference).archive
        weeks = weeks_of(archive)
    except InputError as error:
        return failed("sources", str(error))
    return fine("sources", f"{archive.name} is an archive of {spelled(len(weeks), 'week')}")


def _of_files(reference: str, shown: str) -> Condition:
    refused: list[InputError] = []
    try:
        found = load((reference,), refuse=lambda error, _: refused.append(error))
    except InputError as error:
        if not refused and Path(reference).is_dir():
            return warned("sources", f"{shown} holds no article for the last week. Look who fills it.")
        return failed("sources", str(error))
    if refused:
        return warned("sources", f"{shown}: {spelled(len(refused), 'file')} cannot be used. The first: {refused[0]}")
    return fine("sources", f"{shown}: {spelled(len(found), 'file')} can be read")
