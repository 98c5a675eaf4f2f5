"""Sections in print and in e-books: names, colours, contents, bookmarks and running heads."""

import io
import re

import pikepdf
import pytest

from publisher.model import NavEntry, Note
from publisher.theming import load_theme, theme_folders
from tests.theming.issues import bare, issue, make_theme, rendered
from tests.writing.pdf.making import written

HARBOUR, MARKET, SCHOOL = bare("Bến cảng"), bare("Chợ họp sớm"), bare("Trường mới", kicker="Xã hội")
WEEK = issue(
    HARBOUR,
    SCHOOL,
    MARKET,
    bare("Mưa lớn"),
    title="Tuần tin",
    notes={
        HARBOUR.key: Note(section="Kinh tế"),
        MARKET.key: Note(section="Kinh tế"),
        SCHOOL.key: Note(section="Xã hội"),
    },
)
SHOWN = [("Kinh tế", ["Bến cảng", "Chợ họp sớm"]), ("Xã hội", ["Trường mới"]), ("Tin khác", ["Mưa lớn"])]


def lines(entries):
    return [(entry.title, [child.title for child in entry.children]) for entry in entries]


def bookmarks(data):
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        return [(item.title, [child.title.replace("\u00a0", " ") for child in item.children]) for item in outline.root]


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_e_book_lists_articles_under_their_sections_in_contents_and_nav():
    book = rendered(WEEK, "base", "ebook")

    assert lines(book.nav)[:3] == SHOWN
    assert book.nav[0].href == book.nav[0].children[0].href
    contents = next(each.markup for each in book.documents if each.role == "contents")
    assert re.findall(r">([^<>\n]+)</a>(?=</li>|\n<ol>)", contents)[:7] == [
        words for name, headlines in SHOWN for words in (name, *headlines)
    ]


@pytest.mark.sample(3)
@pytest.mark.parametrize("flow", ["each", "section", "run-on"])
def test_bookmarks_have_the_articles_below_their_sections(flow):
    made = written(rendered(WEEK, "base", options={"flow": flow}))

    assert made.problems == ()
    assert bookmarks(made.data)[:3] == SHOWN


def test_an_issue_without_sections_lists_articles_alone():
    book = rendered(issue(HARBOUR, MARKET), "base", "ebook")

    assert all(entry == NavEntry(title=entry.title, href=entry.href) for entry in book.nav)


def test_an_issue_of_one_section_is_not_divided_and_its_articles_name_it():
    only = issue(HARBOUR, MARKET, notes={each.key: Note(section="Kinh tế") for each in (HARBOUR, MARKET)})
    made = rendered(only, options={"flow": "run-on"}).documents[0].markup

    assert (made.count("section-band"), made.count('class="section-name"')) == (0, 2)


def test_articles_in_a_row_stand_under_the_band_of_their_section():
    (made,) = [each for each in rendered(WEEK, options={"flow": "run-on"}).documents if each.role == "articles"]

    assert re.findall(r'<p class="section-band (section-\d)">(.*?)</p>', made.markup) == [
        ("section-1", "Kinh tế"),
        ("section-2", "Xã hội"),
        ("section-3", "Tin khác"),
    ]
    assert made.markup.count('class="section-name"') == 0


def test_an_article_alone_names_its_section_once():
    school = next(each for each in rendered(WEEK, "base").documents if each.title == "Trường mới")

    assert school.markup.count("Xã hội</span>") == 1


def test_colours_come_by_turns_from_the_nearest_palette(tmp_path):
    make_theme(
        tmp_path,
        **{
            "theme.toml": 'summary = "S."\nextends = "base"\npalette = ["#111111", "#222222"]\n',
            "print__colophon.xhtml": "{% for part in sections %}{{ part.number }} {{ part.tone }} {{ part.colour }} "
            "{{ part.name }} {{ part.articles | length }} {{ section_of(part.first).number }};{% endfor %}",
        },
    )

    made = rendered(WEEK, "own", search=(tmp_path,))

    assert next(each.markup for each in made.documents if each.role == "colophon") == (
        "1 1 #111111 Kinh tế 2 1;2 2 #222222 Xã hội 1 2;3 1 #111111 Tin khác 1 3;"
    )
    sheet = made.stylesheets[0].data.decode()
    assert re.findall(r"article\.in-section\.section-(\d), li\.section-\d \{ border-color: (#\d+) \}", sheet) == [
        ("1", "#111111"),
        ("2", "#222222"),
    ]


@pytest.mark.parametrize("name", sorted(theme_folders()))
def test_the_colours_of_shipped_themes_are_read_well_on_white(name):
    palette = load_theme(name).palette

    assert len(set(palette)) == len(palette)
    assert all(1.05 / (luminance(colour) + 0.05) >= 5.9 for colour in palette)
