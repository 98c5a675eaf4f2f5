"""Which sources of a digest failed, and which have no page this week."""

import pytest

from publisher.automation.digest.collecting import is_not_made
from publisher.automation.digest.outcome import Ending
from publisher.config import Place
from publisher.errors import InputError
from tests.automation.digests import SETTINGS, Desk

NOTHING = "there is nothing new for 2026-W12"


@pytest.fixture
def desk(tmp_path) -> Desk:
    return Desk(tmp_path)


@pytest.mark.parametrize(
    ("template", "made", "expected"),
    [
        ("pages/{week}", ["pages"], True),
        ("pages/{year}/{week}", ["pages"], True),
        ("pages/{week}/html", ["pages/2026-W12"], True),
        ("pages/{week}", ["pages/2026-W12"], False),
        ("pages/{week}", [], False),
        ("pages", [], False),
        ("pages/{week}.md", ["pages"], False),
        ("pages/{week}", ["pages/2026-W12/cau.md"], False),
    ],
    ids=["week", "year", "below a week", "it is there", "no parent", "of no week", "a file", "not empty"],
)
def test_a_folder_of_this_week_is_not_made_where_its_parent_is(tmp_path, template, made, expected):
    for folder in made:
        (tmp_path / folder).mkdir(parents=True)
    place = Place(from_=str(tmp_path / template))

    assert is_not_made(place, place.from_.format(week="2026-W12", year="2026")) is expected


def test_neither_a_link_to_nothing_nor_a_way_through_a_file_is_a_folder_that_was_not_made(tmp_path):
    (tmp_path / "2026-W12").symlink_to("khong-co")
    (tmp_path / "2026-W13").write_text("")
    one, other = Place(from_=f"{tmp_path}/{{week}}"), Place(from_=f"{tmp_path}/{{week}}/html")

    assert not is_not_made(one, f"{tmp_path}/2026-W12")
    assert not is_not_made(other, f"{tmp_path}/2026-W13/html")


class TestEnding:
    """Of a run and of its rehearsal: the same."""

    def test_a_week_without_a_folder_is_a_week_without_pages(self, desk, tmp_path):
        (tmp_path / "pages").mkdir()

        outcome, _ = desk.rehearse()

        assert (outcome.ending, outcome.message, outcome.warnings) == (Ending.NOTHING_NEW, NOTHING, ())
        assert desk.run() == outcome

    @pytest.mark.parametrize("required", [False, True], ids=["its parent is missing", "the issue waits for it"])
    def test_it_is_a_source_that_failed_where_it_is_looked_for_in_vain(self, desk, tmp_path, required):
        if required:
            desk.configure(SETTINGS.replace('"pages/{week}"', '"pages/{week}"\nrequired = true'))
            (tmp_path / "pages").mkdir()

        with pytest.raises(InputError) as rehearsed:
            desk.rehearse()
        with pytest.raises(InputError) as ran:
            desk.run()

        # What there is instead is another matter: the run has made a ledger.
        ended = [str(each.value).partition("such file")[0] for each in (rehearsed, ran)]
        why = "there is no "
        assert ended == 2 * [
            f"cannot read '{tmp_path}/pages/2026-W12': {why}"
            if required
            else f"{NOTHING}, and one source failed. The first: cannot read 'pages/2026-W12': {why}"
        ]
