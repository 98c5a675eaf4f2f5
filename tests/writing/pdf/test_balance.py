"""The last page of an article holds more than two or three lines, where a little leading and size bring that about."""

import pytest
from weasyprint.formatting_structure.boxes import LineBox

from publisher.model import BulletList, Figure, Note, Paragraph, Subheading, Text
from publisher.writing.pdf.balance import MOST_PAGES, lay_out_balanced, setting_of
from publisher.writing.pdf.engine import Engine, TextSetting
from tests.theming.issues import SENTENCE, bare, issue, paragraph, rendered, words
from tests.theming.pictures import LEAD
from tests.writing.pdf.making import pdf
from tests.writing.pdf.pages import POINTS_PER_MM, pages

FOOT = 23 * POINTS_PER_MM
"""Below it stands the folio of a brief."""

HEAD = 20 * POINTS_PER_MM


SETTING = TextSetting(1.3725, 10.2)
"""Of a brief's text: as it is set where nothing is done."""


def lines(page):
    """The baselines of a page's lines, but for running head and folio."""
    return sorted({round(word.bottom) for word in page.words if word.top > HEAD and word.bottom < page.height - FOOT})


def forgotten(tail):
    """An article whose last page has two or three lines when nothing is done about it."""
    return bare(body=(*(paragraph(SENTENCE * 3) for _ in range(10)), *(paragraph() for _ in range(tail))))


@pytest.mark.sample(4)
@pytest.mark.parametrize("tail", range(7))
def test_a_last_page_of_few_lines_is_filled_or_saved(tail, tmp_path):
    """Wherever the end falls; among them are ends that would leave two or three lines."""
    found = [len(lines(page)) for page in pages(pdf(rendered(forgotten(tail)), tmp_path))]

    assert len(found) == 1 or found[-1] >= 4


def test_the_text_is_set_in_another_way_where_it_helps_and_by_little():
    settings = []
    for tail in range(7):
        rendition = rendered(forgotten(tail))
        (document,) = rendition.documents
        settings.append(setting_of(lay_out_balanced(Engine(rendition), document, document.markup, 1)))

    changed = {setting for setting in settings if setting != SETTING}
    assert changed
    assert SETTING in settings
    for line_height, size in changed:
        assert 0.939 < line_height / SETTING.line_height < 1.061  # Six hundredths, rounded.
        assert SETTING.font_size_pt - 0.3 <= size <= SETTING.font_size_pt


def ending(theme, tail, **options):
    """An article that has a page of its own, and more or less of another: as it is laid out, and as it is balanced."""
    body = (*(paragraph(SENTENCE * 3) for _ in range(5)), *(paragraph(SENTENCE) for _ in range(tail)))
    rendition = rendered(issue(bare("Bài đầu"), bare("Bài sau", body=body)), theme, options={"flow": "each", **options})
    document = [each for each in rendition.documents if each.role == "article"][-1]
    engine = Engine(rendition)
    return engine.lay_out(document.markup, 1), lay_out_balanced(engine, document, document.markup, 1)


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("theme", "least", "tails", "options"),
    [
        ("decree30", 13, (6, 9, 13), {}),
        ("party", 13, (6, 9, 13), {}),
        ("base", 9.1, (4, 6, 7), {"paper": "A5"}),
        ("base", 9.9, (8, 10, 12), {"paper": "letter"}),
    ],
)
def test_a_last_page_with_a_tenth_of_the_text_is_saved_by_smaller_letters_too(theme, least, tails, options):
    endings = [ending(theme, tail, **options) for tail in tails]

    saved = [setting_of(balanced) for own, balanced in endings if len(balanced.pages) < len(own.pages)]
    own = setting_of(endings[0][0])
    assert least <= min(size for _, size in saved) < own.font_size_pt
    assert all(setting_of(balanced) == own for before, balanced in endings if len(balanced.pages) == len(before.pages))


def test_letters_are_no_smaller_where_the_theme_does_not_say_how_small():
    sizes = {setting_of(ending("large-print", tail)[1]).font_size_pt for tail in range(6)}

    assert sizes == {18}


def test_pages_without_a_line_as_large_as_the_text_stay_as_they_are():
    """As those of an issue of pictures: there is nothing to be set closer."""
    rendition = rendered(bare())
    small = (
        '<html lang="vi"><body style="font-size: 8pt"><div style="height: 235mm">một</div><div style="margin-top: 20mm"'
    )
    markup = f"{small}>hai<br/>ba<br/>bốn<br/>năm</div></body></html>"
    engine, (document,) = Engine(rendition), rendition.documents

    own, balanced = engine.lay_out(markup, 1), lay_out_balanced(engine, document, markup, 1)

    assert len(balanced.pages) == len(own.pages) == 2
    assert setting_of(balanced) == SETTING


def test_no_line_of_the_contents_stands_alone_on_another_page(tmp_path):
    for count in (11, 17):
        articles = [bare(f"Bài {number}", body=(paragraph(),)) for number in range(count)]
        made = rendered(issue(*articles, title="Tuần tin"), "large-print", options={"flow": "each"})

        found = pages(pdf(made, tmp_path))

        contents = [page for page in found if sum(word.text == "." for word in page.words) > 9]
        assert contents
        assert [page for page in contents if len(lines(page)) == 1] == []


def test_the_same_article_has_the_same_pages_again(tmp_path):
    article = bare(body=tuple(paragraph("Một dòng.") for _ in range(31)))

    first, second = (pdf(rendered(article), tmp_path, name).read_bytes() for name in ("a.pdf", "b.pdf"))

    assert first == second


@pytest.mark.sample(4)
@pytest.mark.parametrize("count", range(20, 32, 3))
@pytest.mark.parametrize("kind", ["list", "figure"])
def test_a_heading_stays_with_the_list_or_the_figure_under_it(kind, count, tmp_path):
    under = {
        "list": BulletList(items=tuple(words(f"mục {number}") for number in range(6))),
        "figure": Figure(src=LEAD.name, alt="Cầu", caption=words("Mục ảnh")),
    }[kind]
    filler = tuple(Paragraph(inlines=(Text(text=f"dòng {number}"),)) for number in range(count))
    made = issue(bare(body=(*filler, Subheading(inlines=words("Tiểu đề")), under, paragraph())))
    rendition = rendered(made, options={"lead": LEAD} if kind == "list" else {})
    if kind == "figure":
        import msgspec

        rendition = msgspec.structs.replace(rendition, assets=(*rendition.assets, LEAD))

    laid_out = [[word.text.lower() for word in page.words] for page in pages(pdf(rendition, tmp_path))]

    page = next(texts for texts in laid_out if "tiểu" in texts)
    assert "mục" in page[page.index("tiểu") :]


@pytest.mark.sample(5)
@pytest.mark.parametrize("tail", range(10))
def test_neither_has_the_last_page_of_a_section_in_columns(tail, tmp_path):
    articles = [bare(f"Bài-{number}", body=(paragraph(SENTENCE * 3),) * (9 + tail + number)) for number in range(3)]
    notes = {each.key: Note(section="Kinh tế" if number < 2 else "Xã hội") for number, each in enumerate(articles)}
    made = rendered(issue(*articles, notes=notes), "compilation", options={"flow": "section"})

    found = pages(pdf(made, tmp_path))

    second = next(
        at for at, page in enumerate(found) if "Bài-2" in {w.text for w in page.words if w.bottom - w.top > 20}
    )
    assert len(lines(found[second - 1])) >= 4


def captioned(tail):
    """An article whose last lines stay with the captions of lost pictures: six lines or more, or none."""
    lost = tuple(Figure(caption=words(f"Ảnh {number}: {SENTENCE}")) for number in range(2))
    return bare(body=(*lost, *(paragraph(SENTENCE * 3) for _ in range(6)), *(paragraph() for _ in range(tail))))


def test_a_last_page_is_saved_where_the_page_before_has_nearly_room_for_it(tmp_path):
    """Wherever the end falls; where it is not saved, more lines are missing than closer leading gives."""
    saved = 0
    for tail in range(4, 11):
        rendition = rendered(captioned(tail), "tuan-bao", options={"paper": "A5", "flow": "each"})
        (document,) = (each for each in rendition.documents if each.role == "article")
        engine = Engine(rendition)
        own, balanced = engine.lay_out(document.markup, 1), lay_out_balanced(engine, document, document.markup, 1)
        saved += len(own.pages) - len(balanced.pages)
        assert len(balanced.pages) < len(own.pages) or setting_of(balanced) == setting_of(own)

    assert saved > 0


def end_of_row(theme, count, tail, *, is_last):
    """A row of so many articles, the last of so many paragraphs: as it is laid out, and as it is balanced."""
    numbers = (*range(1, count - 1), 7, 0)
    articles = [bare(f"Bài {number}", body=(paragraph(SENTENCE * 4),) * (number or tail)) for number in numbers]
    rendition = rendered(issue(*articles, title="Tuần tin"), theme, options={"flow": "run-on"})
    (document,) = (each for each in rendition.documents if each.role == "articles")
    engine = Engine(rendition)
    return engine.lay_out(document.markup, 1), lay_out_balanced(engine, document, document.markup, 1, is_last=is_last)


def room_pt(document):
    """What is blank under the last line of the document."""
    page = document.pages[-1]._page_box
    root = page.children[0]
    ends = [box.position_y + box.height for box in root.descendants() if isinstance(box, LineBox)]
    return (page.content_box_y() + page.height - max(ends)) * 0.75


@pytest.mark.sample(2)
@pytest.mark.parametrize(("theme", "count"), [("base", 10), ("compilation", 13)])
def test_the_last_page_of_a_row_is_filled_where_something_follows_it(theme, count):
    rooms = []
    for tail in (1, 5, 9, 13, 17):
        own, balanced = end_of_row(theme, count, tail, is_last=False)
        assert len(balanced.pages) <= len(own.pages)
        rooms.append((room_pt(own), room_pt(balanced)))

    assert max(before for before, _ in rooms) > 300
    assert sum(after for _, after in rooms) < sum(before for before, _ in rooms) / 2


def test_where_nothing_follows_a_row_its_end_is_left():
    own, balanced = end_of_row("base", 10, 5, is_last=True)

    assert room_pt(own) > 100
    assert setting_of(balanced) == setting_of(own)


def test_a_row_of_many_pages_is_left():
    own, balanced = end_of_row("base", 13, 5, is_last=False)

    assert len(own.pages) > MOST_PAGES
    assert room_pt(balanced) == room_pt(own) > 100
