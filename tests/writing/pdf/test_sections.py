"""Sections in print: the running head names them in one line, bands stand over headlines, contents keep to a page."""

import itertools

import pytest

from publisher.model import Issue, Note, Teaser
from tests.theming.issues import SENTENCE, bare, issue, paragraph, rendered
from tests.writing.pdf.making import pdf
from tests.writing.pdf.pages import POINTS_PER_MM, pages

LONG = "Môi-trường và biến đổi khí hậu"


def in_sections(count: int, paragraphs: int, letters: int = 90) -> Issue:
    """So many articles in three sections, the name of the last of which is long, as their headlines are."""
    articles = [
        bare(
            f"Bài {number}: {SENTENCE[:letters]}",
            standfirst=f"{SENTENCE} {SENTENCE}",
            related=(Teaser(headline=f"Tin thêm {number}"),),
            body=(paragraph(SENTENCE * 9),) * paragraphs,
        )
        for number in range(count)
    ]
    names = ("Kinh-tế", "Xã-hội", LONG)
    notes = {each.key: Note(section=names[at * 3 // count]) for at, each in enumerate(articles)}
    return issue(*articles, notes=notes, title="Tuần tin Sông Cẩm")


@pytest.mark.sample(4)
@pytest.mark.parametrize("paper", ["A4", "A5"])
@pytest.mark.parametrize("theme", ["base", "brief", "compilation", "gazette", "mot-trang", "tuan-bao"])
def test_the_running_head_names_the_section_in_one_line(theme, paper, tmp_path):
    made = rendered(in_sections(6, 3), theme, options={"flow": "section", "paper": paper})

    found = pages(pdf(made, tmp_path))

    heads = [[word for word in page.words if word.bottom < 20 * POINTS_PER_MM] for page in found]
    named = [{word.text for word in head} & {"Kinh-tế", "Xã-hội", "Môi-trường"} for head in heads]
    # In a brief the first page of a section has a band, and no running head.
    assert [name for name, _ in itertools.groupby(min(each) for each in named if each)] == [
        "Kinh-tế",
        "Xã-hội",
        "Môi-trường",
    ]
    assert max(len(each) for each in named) == 1
    running = [{round(word.bottom) for word in head} for head, name in zip(heads, named, strict=True) if name]
    assert max(map(len, running)) == 1


@pytest.mark.sample(1)
@pytest.mark.parametrize("theme", ["brief", "mot-trang", "compilation", "base"])
def test_the_band_over_a_section_begins_where_its_headline_does(theme, tmp_path):
    found = pages(pdf(rendered(in_sections(6, 3), theme, options={"flow": "section"}), tmp_path))

    begun = [
        page for page in found if any(word.text == "Xã-hội" and word.bottom - word.top > 12 for word in page.words)
    ]
    page = begun[-1]
    lefts = {
        word.text: word.left for word in page.words if word.text in ("Xã-hội", "Bài") and word.bottom - word.top > 12
    }
    assert abs(lefts["Xã-hội"] - lefts["Bài"]) < 1


@pytest.mark.parametrize("count", [8, 11])
def test_contents_by_section_keep_to_their_page(count, tmp_path):
    made = rendered(in_sections(count, 1, 40), "base", options={"flow": "section", "paper": "A5"})

    found = pages(pdf(made, tmp_path))

    assert sum(sum(word.text == "." for word in page.words) > 9 for page in found) == 1
