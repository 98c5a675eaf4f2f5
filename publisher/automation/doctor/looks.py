"""Whether an issue could be made: its theme with its options and presses, and the profiles of outlets."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from publisher.automation.digest.editions import edition_of
from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.doctor.condition import Condition, fine
from publisher.automation.issues.week import last_complete_week
from publisher.config import Settings
from publisher.confinement.worker import Worker
from publisher.counting import spelled
from publisher.pipeline import Bindery, Means, load_profiles


def theme_of(settings: Settings, by: Surroundings) -> Iterator[Condition]:
    """Whether the outputs can be made with the theme. ThemeError, OptionError or OutputError when they cannot."""
    week = last_complete_week(by.clock(), settings.series.timezone)
    with tempfile.TemporaryDirectory(prefix="publisher-") as folder, Worker(by.jobs) as worker:
        means = Means(picture=partial(worker.do, "picture"))
        Bindery(edition_of(settings, Path(folder), week, None, by.themes), picture=means.decoded)
    yield fine("theme", f"{settings.theme.name}, for {spelled(len(settings.outputs), 'file')}")


def profiles_of(settings: Settings, by: Surroundings) -> Iterator[Condition]:
    """Whether the profiles of outlets can be used, the user's own too. InputError for one that cannot."""
    load_profiles(None, by.outlets)
    named = [place.outlet for place in settings.sources if place.outlet]
    for path in named:
        load_profiles(path)
    yield fine("profiles", f"{spelled(len(named), 'profile')} in the settings, and your own, can be read")
