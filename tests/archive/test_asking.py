"""What an issue takes from an archive."""

import datetime as dt
from pathlib import Path

import pytest

from publisher.archive.asking import TakenFrom, asked, taken
from publisher.errors import InputError
from tests.archive.pages import MONDAY, added, page, write_pages

SUNDAY = MONDAY + dt.timedelta(days=6)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixteen articles a day apart, the last without a date, and one that was updated in the week after its own."""
    folder = tmp_path_factory.mktemp("of")
    pages = write_pages(folder / "pages", 16)
    old = page(90, MONDAY - dt.timedelta(days=5)).replace("language: vi", f"updated: {MONDAY}\nlanguage: vi")
    (pages / "9000.md").write_text(old, encoding="utf-8")
    added(folder / "news", pages)
    return folder / "news"


def numbers(what: TakenFrom, *, undated: bool = False, first: dt.date = MONDAY, last: dt.date = SUNDAY) -> list[str]:
    """The articles' numbers, which end their addresses."""
    readings, _ = taken(what, first, last, undated=undated)
    return [article.key.rpartition("/")[2] for reading in readings for article in reading.articles]


def test_articles_of_the_days_come_and_those_updated_on_them(archive: Path) -> None:
    assert numbers(TakenFrom(archive=archive)) == ["90", "0", "1", "2", "3", "4", "5", "6"]
    assert numbers(TakenFrom(archive=archive), undated=True)[-1] == "15"
    assert numbers(TakenFrom(archive=archive), first=SUNDAY, last=SUNDAY + dt.timedelta(days=1)) == ["6", "7"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("publication=Báo Sông Mây", ["1", "3", "5"]),
        ("publication=Báo+Sông+Mây&publication=Tin Lam Châu", ["90", "0", "1", "2", "3", "4", "5", "6"]),
        ("language=en", []),
        ("since=2026-01-09", ["4", "5", "6"]),
        ("until=2026-01-06", ["90", "0", "1"]),
        ("words=con muoi", ["1"]),
        ("words=Cồn&words=trạm", ["1"]),
    ],
)
def test_what_is_asked_for_holds_of_each(archive: Path, query: str, found: list[str]) -> None:
    assert numbers(asked(f"{archive}?{query}")) == found


def test_the_sources_are_the_pages_with_their_articles_as_lines_of_json(archive: Path) -> None:
    readings, sources = taken(TakenFrom(archive=archive), MONDAY, MONDAY, undated=False)

    assert [source.name for source in sources] == [reading.articles[0].origin for reading in readings]
    assert {source.media_type for source in sources} == {"application/json"}


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("news?publicaton=Báo", "'news?publicaton=Báo' asks for 'publicaton'. Did you mean 'publication'?"),
        ("news?since=March", "'news?since=March' names 'March', which is no day such as 2026-03-21"),
    ],
)
def test_what_cannot_be_asked_for_is_told(reference: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        asked(reference)

    assert str(refused.value) == message
