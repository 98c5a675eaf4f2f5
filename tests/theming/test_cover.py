"""The colour and the picture of an e-book's cover."""

import datetime as dt

import pytest

from publisher.model import Asset, Figure
from publisher.theming.cover import colour_of_week, cover_picture
from publisher.theming.lettering import contrast
from tests.theming.issues import bare, issue, rendered
from tests.theming.pictures import LEAD

SUNDAY = dt.date(2026, 3, 22)
LATER = bare("Chợ", body=(Figure(src="pictures/b.jpg"),))
PHOTOGRAPH = Asset(name="pictures/b.jpg", media_type="image/jpeg", data=b"b")
DRAWING = Asset(name="pictures/c.svg", media_type="image/svg+xml", data=b"c")


def colours(accent, weeks=8):
    return [colour_of_week(accent, SUNDAY + dt.timedelta(weeks=number)) for number in range(weeks)]


def test_each_week_has_a_colour_of_its_own_on_which_white_is_read_well():
    found = colours("#14415f", 53)

    assert len(set(found)) == 53
    assert all(contrast(colour, "#ffffff") >= 5.9 for colour in found)


def test_the_days_of_a_week_have_one_colour():
    assert {colour_of_week("#14415f", SUNDAY - dt.timedelta(days)) for days in range(7)} == {colours("#14415f")[0]}


@pytest.mark.parametrize("accent", ["#000000", "#1a1a1a"])
def test_black_stays_black(accent):
    assert set(colours(accent)) == {accent}


def test_an_issue_without_a_day_has_the_accent():
    assert colour_of_week("#14415f", None) == "#14415f"


def test_the_picture_is_the_lead_else_the_first_that_can_be_drawn():
    made = issue(bare("Bến", body=(Figure(src=DRAWING.name),)), LATER)
    assets = (DRAWING, PHOTOGRAPH, LEAD)

    assert cover_picture(made, Figure(src=LEAD.name), assets) == LEAD
    assert cover_picture(made, None, assets) == PHOTOGRAPH
    assert cover_picture(made, None, (DRAWING,)) is None


@pytest.mark.parametrize("theme", ["base", "compilation", "gazette", "large-print", "tuan-bao"])
def test_a_cover_with_a_photograph_is_one_and_the_document_shows_it(theme):
    made = rendered(issue(LATER, title="Tuần tin"), theme, "ebook", {"lead": LEAD})

    assert (made.cover.name, made.cover.pictures) == ("cover.jpg", (LEAD,))
    assert 'xlink:href="cover.jpg"' in made.documents[0].markup


@pytest.mark.parametrize(("title", "times"), [("", 1), ("Điểm báo", 1), ("Điểm báo sáng", 2)])
def test_the_cover_of_a_press_review_says_once_what_it_is(title, times):
    markup = rendered(issue(bare(), title=title), "diem-bao", "ebook").cover.markup

    assert markup.lower().count("điểm báo") == times


@pytest.mark.parametrize(("setting", "colour"), [("accent", "#14415f"), ("week", colours("#14415f")[0])])
def test_the_colour_is_that_of_the_week_unless_the_accent_is_asked_for(setting, colour):
    made = rendered(issue(bare(), date=SUNDAY), "compilation", "ebook", {"cover_colour": setting})

    assert f'height="2560" fill="{colour}"' in made.cover.markup
