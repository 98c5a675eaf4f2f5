"""What a run reads by, and what is done while a page is read."""

from functools import partial
from pathlib import Path

from publisher.automation.digest.means import means_of
from publisher.automation.log import Log
from publisher.config import load_settings
from publisher.model import Source
from tests.automation.digest.test_digest import BRIDGE, CRANES
from tests.automation.digests import Desk, page


def read_by(desk: Desk, *headlines: str) -> list[str]:
    """The headlines that are read of pages, and when what is to be done beside was begun."""
    settings, by = load_settings(desk.folder / "digest.toml"), desk.surroundings()
    done: list[str] = []
    meanwhile, then = partial(done.append, "meanwhile"), partial(done.append, "then")
    with means_of(by, settings, by.memo(settings), Log(by.clock, by.listener), meanwhile, then) as means:
        for headline in headlines:
            source = Source(name="a.md", media_type="text/markdown", data=page(headline, "2026-03-17").encode())
            done += [article.headline for article in means.read(source, None, ()).articles]
    return done


def test_what_is_done_beside_is_begun_with_the_first_page_that_has_to_be_read_and_when_it_was(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    assert read_by(desk, BRIDGE) == ["meanwhile", "then", BRIDGE]
    assert read_by(desk, BRIDGE) == [BRIDGE]
    assert read_by(desk, BRIDGE, CRANES, CRANES) == [BRIDGE, "meanwhile", "then", CRANES, CRANES]
