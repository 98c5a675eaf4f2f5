"""How printed articles follow each other: which of them are a document, and what stands once in it."""

import re
from xml.etree import ElementTree

import msgspec
import pytest

from publisher.errors import ThemeError
from publisher.model import AppendixItem, Note, Preformatted, Teaser
from publisher.theming import load_theme, theme_folders
from publisher.theming.flow import (
    ARTICLES_REACH,
    LONGEST,
    MOST_IN_A_ROW,
    REACHED,
    RELATED_REACH,
    RELATED_WHOLE,
    SHORTEST,
    cut_by_content,
    piece_of,
    related_documents,
    rows,
)
from publisher.theming.related import Beside, Labelled
from tests.theming.issues import ENGLISH, FULL, bare, issue, make_theme, rendered
from tests.writing.pdf.making import written

HARBOUR, MARKET, SCHOOL = bare("Bến cảng"), bare("Chợ họp sớm"), bare("Trường mới")
SECTIONS = {
    HARBOUR.key: Note(section="Kinh tế"),
    MARKET.key: Note(section="Kinh tế"),
    SCHOOL.key: Note(section="Xã hội"),
}
WEEK = issue(HARBOUR, MARKET, SCHOOL, title="Tuần tin", notes=SECTIONS)


def documents(made, theme="base", **options):
    return rendered(made, theme, options=options).documents


def articles_of(made, theme="base", **options):
    """The name, role and title of each document of articles, and the headlines in it."""
    return [
        (each.name[:8], each.role, each.title, re.findall(r"<h1[^>]*>(.*?)</h1>", each.markup))
        for each in documents(made, theme, **options)
        if each.role in ("article", "articles")
    ]


def test_each_article_is_a_document():
    names = [placed.id[:8] for placed in WEEK.articles]

    assert articles_of(WEEK, flow="each") == [
        (names[0], "article", "Bến cảng", ["Bến cảng"]),
        (names[1], "article", "Chợ họp sớm", ["Chợ họp sớm"]),
        (names[2], "article", "Trường mới", ["Trường mới"]),
    ]


def test_each_section_is_a_document_and_one_with_a_single_article_is_that_article():
    assert articles_of(WEEK, flow="section") == [
        ("section-", "articles", "Kinh tế", ["Bến cảng", "Chợ họp sớm"]),
        (WEEK.articles[2].id[:8], "article", "Trường mới", ["Trường mới"]),
    ]


def test_all_articles_are_one_document_with_the_name_of_the_issue():
    assert articles_of(WEEK, flow="run-on") == [
        ("articles", "articles", "Tuần tin", ["Bến cảng", "Chợ họp sớm", "Trường mới"])
    ]


LONG = {"body": (Preformatted(text="chữ " * REACHED),)}


def many(numbers, **fields):
    return issue(*(bare(f"Bài thứ {number}", **fields) for number in numbers), title="Tuần tin")


def lengths(made, **options):
    return [len(headlines) for _, _, _, headlines in articles_of(made, **options)]


@pytest.mark.parametrize(("count", "rows"), [(MOST_IN_A_ROW - 1, 1), (MOST_IN_A_ROW, 1), (MOST_IN_A_ROW + 1, 3)])
def test_more_articles_than_the_engine_lays_out_well_are_several_documents(count, rows):
    assert len(lengths(many(range(count), **LONG), flow="run-on")) == rows


def test_of_items_of_a_few_words_a_row_holds_six_times_as_many():
    assert lengths(many(range(6 * MOST_IN_A_ROW)), flow="run-on") == [6 * MOST_IN_A_ROW]


def test_a_row_of_short_items_ends_where_as_much_text_stands_before_and_behind():
    names = tuple(f"item-{number}" for number in range(600))

    found = tuple(cut_by_content(names, str, 18 * REACHED, lambda _: REACHED))

    assert [name for row in found for name in row] == [*names]
    assert all(len(row) > 18 for row in found)
    assert len(found) > 600 / (3 * 18)


def test_long_rows_hold_every_article_once_in_its_order():
    found = articles_of(many(range(100), **LONG), flow="run-on")

    assert [int(headline.split("\u00a0")[-1]) for _, _, _, headlines in found for headline in headlines] == [
        *range(100)
    ]
    assert all(len(headlines) > ARTICLES_REACH for _, _, _, headlines in found)
    assert len(found) > 100 / (3 * ARTICLES_REACH)


def test_one_more_article_changes_the_rows_beside_it_alone():
    made, more = many(range(100), **LONG), many((*range(30), 500, *range(30, 100)), **LONG)
    before, after = (
        {tuple(headlines) for _, _, _, headlines in articles_of(each, flow="run-on")} for each in (made, more)
    )

    assert len(before - after) <= 2


def test_rows_of_short_articles_have_as_much_text_as_rows_of_longer_ones():
    short, long = ([len(row) for row in cut(range(300), words)] for words in (REACHED // 4, REACHED))

    assert min(short) > 4 * ARTICLES_REACH
    assert min(long) > ARTICLES_REACH
    assert len(short) < len(long) / 3


def cut(numbers, words):
    """The headlines by row of articles of so many words each."""
    made = many(numbers, body=(Preformatted(text="chữ " * words),))
    pieces = [piece_of(placed, "", "base") for placed in made.articles]
    return [tuple(piece.article.headline for piece in row.pieces) for row in rows(pieces, "run-on")]


def test_a_row_with_too_much_text_is_cut_once_more_and_no_part_is_short():
    short, long = cut(range(300), REACHED), cut(range(300), LONGEST // 8)

    assert [each for row in long for each in row] == [each for row in short for each in row]
    assert max(map(len, short)) > 8
    assert max(map(len, long)) <= 8
    assert min(map(len, long[1:])) >= 4


def test_the_first_of_several_rows_is_short_and_one_more_article_elsewhere_leaves_it():
    before = cut(range(300), LONGEST // 8)
    after = cut([*range(40), 500, *range(40, 300)], LONGEST // 8)

    assert len(before[0]) == SHORTEST // (LONGEST // 8)
    assert after[0] == before[0]


def test_one_row_that_all_articles_stand_in_stays_whole_however_long_they_are():
    assert len(cut(range(MOST_IN_A_ROW), LONGEST // 8)) == 1


@pytest.mark.parametrize("place", [0, 77, 150, 223, 300])
def test_one_more_long_article_changes_the_rows_beside_it_alone(place):
    numbers = [*range(300)]
    before, after = cut(numbers, LONGEST // 8), cut([*numbers[:place], 500, *numbers[place:]], LONGEST // 8)

    assert len({*before} - {*after}) <= 3


def with_related(*numbers):
    """Each with headlines beside it that are its own."""
    return issue(
        *(
            bare(f"Bài thứ {number}", related=tuple(Teaser(headline=f"Tin {number}.{each}") for each in range(2)))
            for number in numbers
        ),
        title="Tuần tin",
    )


def appendix_of(made, **options):
    return [each for each in documents(made, "compilation", **options) if each.role == "appendix"]


@pytest.mark.parametrize("count", [3, MOST_IN_A_ROW])
def test_a_short_appendix_is_one_document(count):
    assert [each.name for each in appendix_of(with_related(*range(count)), flow="each")] == ["appendix"]


def test_a_long_appendix_is_several_documents_that_hold_every_headline_once_in_its_order():
    found = appendix_of(with_related(*range(100)))

    headlines = [re.findall(r"Tin ?\s?(\d+\.\d)<", each.markup) for each in found]
    assert [each for part in headlines for each in part] == [f"{n}.{k}" for n in range(100) for k in range(2)]
    assert all(len(part) > 2 * RELATED_REACH for part in headlines)
    assert len(found) > 100 / (3 * RELATED_REACH)
    assert [each.name == "appendix" for each in found] == [True, *[False] * (len(found) - 1)]


def beside(count):
    """A hundred articles with so many headlines beside each."""
    items = tuple(AppendixItem(id=f"t-{number}", headline="Tin", mentions=("a-1",)) for number in range(count))
    groups = (Labelled(label=None, items=items),)
    return [Beside(placed=placed, groups=groups) for placed in many(range(100)).articles]


def test_much_beside_each_article_makes_smaller_parts_of_the_appendix():
    little, much = ([*related_documents(beside(count))] for count in (RELATED_WHOLE, 2 * RELATED_WHOLE))

    assert [each for part in much for each in part] == beside(2 * RELATED_WHOLE)
    assert len(much) > len(little) > 1
    assert all(2 * len(part) > RELATED_REACH for part in much)


def test_heading_and_imprint_of_a_long_appendix_stand_once_and_its_name_runs_on():
    found = [each.markup for each in appendix_of(with_related(*range(100)))]

    assert ["<h1" in markup for markup in found] == [True, *[False] * (len(found) - 1)]
    assert ['class="goes-on" data-running="Tin liên quan"' in markup for markup in found] == [
        False,
        *[True] * (len(found) - 1),
    ]
    assert ['class="imprint"' in markup for markup in found] == [*[False] * (len(found) - 1), True]


def test_one_more_article_changes_the_part_of_the_appendix_that_it_stands_in_alone():
    before, after = (
        {each.markup for each in appendix_of(with_related(*numbers))}
        for numbers in (range(100), (*range(30), 500, *range(30, 100)))
    )

    assert len(before - after) <= 2 < len(before)


def test_the_flag_stands_over_the_first_row_and_the_imprint_under_the_last():
    found = [each.markup for each in documents(many(range(60), **LONG), "compilation") if each.role == "articles"]

    assert ['class="flag"' in markup for markup in found] == [True, *[False] * (len(found) - 1)]
    assert ['class="imprint"' in markup for markup in found] == [*[False] * (len(found) - 1), True]


def test_an_article_in_another_language_says_so_among_the_others():
    (made,) = [each for each in documents(issue(FULL, ENGLISH), flow="run-on") if each.role == "articles"]

    assert made.language == "vi"
    assert re.findall(r'<div class="piece"[^>]*>', made.markup) == [
        '<div class="piece">',
        '<div class="piece" lang="en" xml:lang="en">',
    ]


@pytest.mark.parametrize(
    ("theme", "paper", "around"), [("gazette", "A4", "body"), ("tuan-bao", "A4", "body"), ("gazette", "A5", "huge")]
)
def test_where_the_text_stands_in_columns_its_source_ends_them(theme, paper, around):
    long = msgspec.structs.replace(FULL, body=FULL.body * 40)
    markup = documents(issue(long, bare()), theme, paper=paper)[0].markup

    root = ElementTree.fromstring(markup)  # noqa: S314 - ours

    assert [each.get("class").split()[0] for each in root.iter() if each.find("*[@class='source']") is not None] == [
        around
    ]


def test_the_parts_are_those_that_the_theme_has_for_the_flow(tmp_path):
    make_theme(
        tmp_path,
        **{
            "theme.toml": 'summary = "S."\n[documents]\nprint = ["cover", "articles", "colophon"]\n'
            'run-on = ["articles"]\nebook = ["contents", "articles"]\n'
        },
    )

    found = {
        flow: [each.role for each in rendered(WEEK, "own", options={"flow": flow}, search=(tmp_path,)).documents]
        for flow in ("each", "run-on")
    }

    assert found == {"each": ["cover", "article", "article", "article", "colophon"], "run-on": ["articles"]}


def test_an_e_book_has_a_document_for_each_article_in_any_flow():
    books = {flow: rendered(WEEK, "base", "ebook", {"flow": flow}) for flow in ("each", "section", "run-on")}

    assert books["section"] == books["run-on"] == books["each"]


def test_an_article_with_a_frame_of_its_own_cannot_stand_in_a_row(tmp_path):
    make_theme(tmp_path, **{"print__article.xhtml": "<html><body><h1>{{ article.headline }}</h1></body></html>"})

    with pytest.raises(ThemeError) as caught:
        rendered(WEEK, "own", search=(tmp_path,))

    assert str(caught.value) == (
        "theme 'own': print/article.xhtml gives a whole document where articles stand in a row. "
        "Have it extend print/page.xhtml, or set the option flow to each"
    )


class TestBriefsOfSeveral:
    BRIEF = issue(FULL, bare(related=(Teaser(headline="Giá rau tăng"),)), SCHOOL, title="Điểm tin")

    @pytest.mark.parametrize("flow", ["section", "run-on"])
    def test_in_a_row_masthead_and_related_news_stand_once(self, flow):
        (made,) = documents(self.BRIEF, "brief", flow=flow)

        assert made.markup.count('class="masthead"') == 1
        assert made.markup.count('<section class="related">') == 1
        assert made.markup.count("Giá rau tăng") == 1
        assert len(re.findall(r' id="([^"]*)"', made.markup)) == len(set(re.findall(r' id="([^"]*)"', made.markup)))

    def test_apart_each_has_its_masthead_and_what_it_mentions_with_one_anchor_in_all(self):
        made = documents(self.BRIEF, "brief", flow="each")

        assert [each.markup.count('class="masthead"') for each in made] == [1, 1, 1]
        assert [each.markup.count("Giá rau tăng") for each in made] == [1, 1, 0]
        anchors = [anchor for each in made for anchor in re.findall(r' id="(t-[^"]*)"', each.markup)]
        assert len(anchors) == len(set(anchors))

    @pytest.mark.sample(3)
    @pytest.mark.parametrize("flow", ["each", "section", "run-on"])
    def test_the_engine_has_nothing_to_complain_of(self, flow):
        assert written(rendered(self.BRIEF, "brief", options={"flow": flow})).problems == ()

    def test_pages_are_counted_where_the_engine_can_count_them(self):
        sheets = {
            flow: rendered(self.BRIEF, "brief", options={"flow": flow}).stylesheets[0].data.decode()
            for flow in ("each", "run-on")
        }

        assert "counter(pages)" in sheets["run-on"]
        assert "counter(pages)" not in sheets["each"]


def test_the_shipped_themes_say_how_articles_follow_each_other():
    flows = {name: load_theme(name).options["flow"].default for name in theme_folders()}

    assert flows == {name: "each" if name == "base" else "run-on" for name in flows}
