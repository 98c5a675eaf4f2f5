"""The means by which a run reads: the door to the web as the settings open it, and a confined process."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache, partial

from publisher.automation.digest.surroundings import Surroundings
from publisher.automation.log import Log
from publisher.automation.memo import Memo
from publisher.automation.memo.pictures import pictures_of
from publisher.automation.memo.readings import reader_of
from publisher.config import Settings
from publisher.confinement.messages import Confinement
from publisher.confinement.worker import Worker
from publisher.fetching import Advice, Web
from publisher.model import Reading
from publisher.pipeline import Means, kept_in

__all__ = ["ADVICE", "means_of"]

ADVICE = Advice(
    private="Name {host} in allow_private of [fetch] if that is meant",
    pictures="with pictures in [fetch]",
)
"""How the settings open the door to the web wider."""


@contextlib.contextmanager
def means_of(
    by: Surroundings,
    settings: Settings,
    memo: Memo,
    log: Log,
    meanwhile: Callable[[], object] = lambda: None,
    then: Callable[[], object] = lambda: None,
) -> Iterator[Means]:
    """The web and the steps in a confined process, as the memo has them; they end with the context.

    What is to be done ``meanwhile`` is when a page has to be read, while the process that reads it starts; and what is
    to be done ``then``, when the first was read.
    """
    folder = settings.files.cache or by.cache

    @cache  # Processes are replaced, and are all alike.
    def tell(confinement: Confinement) -> None:
        if confinement.missing:
            log.say("read", f"the process that reads is {confinement}")

    begin, go_on = cache(meanwhile), cache(then)  # Once each.

    def read(*order: object) -> Reading:
        worker.start("read")
        begin()
        try:
            reading: Reading = worker.do("read", *order)
        finally:
            go_on()
        return reading

    with (
        Worker(by.jobs, tell) as worker,
        Web(
            lambda: by.clock().astimezone(dt.UTC),
            cache=folder / "web" if folder else None,
            allow_private=settings.fetch.allow_private,
            pictures=settings.fetch.pictures,
            limit_seconds=settings.fetch.seconds,
            advice=ADVICE,
        ) as web,
    ):
        yield Means(
            web=web,
            read=reader_of(memo, read),
            picture=pictures_of(memo, partial(worker.do, "picture")),
            progress=by.progress,
            quarantine=kept_in(settings.files.quarantine),
            rest=worker.rest,
        )
