"""Roles are given to lines in every format, where the lines stand."""

import pytest
from msgspec.structs import replace

from publisher.model import Article, Figure, Paragraph, Problem, Reading, Source, Subheading, Teaser, plain, to_json
from publisher.model.formats import ODT, RTF
from publisher.reading import Correction, read
from publisher.reading.corrections import CorrectableRole
from tests.reading.docx import building
from tests.reading.odt import building as odt
from tests.reading.rtf import building as rtf

HEADLINE = "Cầu mới thông xe sớm hai tháng"
FIRST = "Từ năm giờ sáng, hàng trăm người dân đã đứng chờ ở hai đầu cầu để được đi những bước đầu tiên qua sông."
MIDDLE = "Người dân đứng chờ ở đầu cầu phía nam. Ảnh: Lê Bình"
LAST = "Ban quản lý cho biết mọi hạng mục đều đã được kiểm tra lần cuối trong đêm trước khi rào chắn được dỡ bỏ."
LINES = (FIRST, MIDDLE, LAST)

SOURCES = {
    "markdown": ("text/markdown", "\n\n".join((f"# {HEADLINE}", *LINES)).encode()),
    "html": (
        "text/html",
        f"<html lang=vi><body><article><h1>{HEADLINE}</h1><p class=sapo>Sapô của bài viết này nằm ở ngay dòng đây.</p>"
        f"{''.join(f'<p>{line}</p>' for line in LINES)}</article>".encode(),
    ),
    "docx": (
        building.MEDIA_TYPE,
        building.packed(building.members(building.p(HEADLINE, style="Tieu") + "".join(map(building.p, LINES)))),
    ),
    "odt": (ODT, odt.flat(odt.p(HEADLINE, style="Title") + "".join(map(odt.p, LINES)))),
    "rtf": (RTF, rtf.document(rtf.p(HEADLINE, words=rb"\s4 "), *map(rtf.p, LINES))),
    "feed": (
        "application/rss+xml",
        f"<rss version='2.0'><channel><item><title>{HEADLINE}</title><description>"
        f"{''.join(f'&lt;p&gt;{line}&lt;/p&gt;' for line in LINES)}</description></item></channel></rss>".encode(),
    ),
}

PAGE = """<html lang="en"><head><title>The ferry runs again</title></head><body><article><h1>The ferry runs again</h1>
<p>After eleven days of repairs the ferry left on time this morning, with nine passengers and a goat.</p>
<p>Crossings are free until the end of the month, and the timetable is on the pier.</p>
<p>Ines Marlow and the harbour office counted four hundred people before noon.</p></article>
<section><h2>More from the coast</h2><ul>
<li><a href="/1">The lighthouse is to be painted green again</a></li>
<li><a href="/2">Why the herring came back in April this year</a></li></ul></section></body></html>"""


def reading(form: str, *corrections: Correction) -> Reading:
    media_type, data = SOURCES[form]
    return read(Source(name="bai", data=data, media_type=media_type), corrections=corrections)


def page(*roles: tuple[str, CorrectableRole]) -> Article:
    corrections = [Correction(text=text, role=role) for text, role in roles]
    return read(Source(name="a.html", data=PAGE.encode(), media_type="text/html"), corrections=corrections).articles[0]


def texts(article: Article) -> list[str]:
    return [plain(block.inlines) for block in article.body if isinstance(block, Paragraph | Subheading)]


@pytest.mark.parametrize("form", SOURCES)
def test_a_paragraph_is_left_out_as_furniture_in_every_format(form: str) -> None:
    (article,) = reading(form, Correction(text=MIDDLE, role="furniture")).articles

    assert MIDDLE not in texts(article)
    assert {FIRST, LAST} <= {*texts(article), article.standfirst}
    assert article.problems == reading(form).articles[0].problems


@pytest.mark.parametrize("form", SOURCES)
def test_a_paragraph_is_the_caption_of_a_figure_in_its_place_in_every_format(form: str) -> None:
    (article,) = reading(form, Correction(text=MIDDLE, role="caption")).articles

    (at, figure) = next((at, block) for at, block in enumerate(article.body) if isinstance(block, Figure))
    assert (plain(figure.caption), figure.credit) == (MIDDLE, "Lê Bình")
    assert LAST in to_json(replace(article, body=article.body[at + 1 :]))


@pytest.mark.parametrize("form", SOURCES)
def test_a_line_is_the_headline_and_the_former_one_is_let_go_in_every_format(form: str) -> None:
    found = reading(form, Correction(text=LAST, role="headline"))
    (article,) = found.articles

    assert article.headline == LAST
    assert LAST not in texts(article)
    assert [line.role for line in found.trace if HEADLINE in line.text] == ["furniture"]


@pytest.mark.parametrize("form", SOURCES)
def test_the_trace_shows_what_was_corrected_and_no_line_is_lost(form: str) -> None:
    before, after = reading(form), reading(form, Correction(text=MIDDLE, role="subheading"))

    assert [line.text for line in after.trace] == [line.text for line in before.trace]
    (line,) = (line for line in after.trace if MIDDLE in line.text)
    assert (line.role, line.rule, line.confidence) == ("subheading", "correction", 1.0)


def test_a_line_has_other_words_in_its_new_role() -> None:
    (article,) = reading("html", Correction(text=MIDDLE, role="subheading", becomes="Ở đầu cầu")).articles

    assert [plain(block.inlines) for block in article.body if isinstance(block, Subheading)] == ["Ở đầu cầu"]


COUNTED = "Ines Marlow and the harbour office counted four hundred people before noon."
FREE = "Crossings are free until the end of the month, and the timetable is on the pier."
GREEN = "The lighthouse is to be painted green again"
HERRING = "Why the herring came back in April this year"


@pytest.mark.parametrize(
    ("role", "field", "value"),
    [
        ("kicker", "kicker", FREE),
        ("standfirst", "standfirst", FREE),
        ("byline", "bylines", (FREE,)),
    ],
)
def test_a_paragraph_is_a_field_of_the_article(role: CorrectableRole, field: str, value: object) -> None:
    article = page((FREE, role))

    assert getattr(article, field) == value
    assert FREE not in texts(article)


def test_lines_that_are_given_one_field_together_are_joined() -> None:
    assert page((FREE, "standfirst"), (COUNTED, "standfirst")).standfirst == f"{FREE} {COUNTED}"


def test_a_teaser_is_a_paragraph_behind_what_stands_above_it() -> None:
    article = page((GREEN, "paragraph"))

    assert texts(article)[-1] == GREEN
    assert [teaser.headline for teaser in article.related] == [HERRING]


def test_a_paragraph_is_a_teaser_and_another_its_summary() -> None:
    article = page((FREE, "teaser headline"), (COUNTED, "teaser summary"))

    assert article.related[0] == Teaser(headline=FREE, summary=COUNTED)


def test_a_label_is_the_section_of_the_teasers_under_it() -> None:
    article = page((COUNTED, "section label"))

    assert {teaser.section for teaser in article.related} == {"More from the coast"}


def test_an_article_without_the_headline_it_was_read_with_has_its_first_words() -> None:
    article = page(("The ferry runs again", "furniture"))

    assert article.headline == "After eleven days of repairs the ferry left on time this morning, with nine…"
    assert [problem.code for problem in article.problems] == ["no-headline"]


def test_what_fits_no_line_and_what_has_no_place_is_said() -> None:
    article = page(("No such line", "caption"), (FREE, "teaser summary"))

    assert FREE in texts(article)
    assert article.problems[-2:] == (
        Problem(
            code="stale-correction",
            message="the correction of “No such line” to caption is not used: it fits no line of the page",
            where="a.html",
        ),
        Problem(
            code="stale-correction",
            message=f"the correction of “{FREE[:60]}…” to teaser summary is not used: it has no place in the article",
            where="a.html",
        ),
    )


def test_a_line_of_a_feed_stays_in_its_own_article() -> None:
    item = "<item><title>{0}</title><description>&lt;p&gt;{1}&lt;/p&gt;&lt;p&gt;{2}&lt;/p&gt;</description></item>"
    items = item.format(HEADLINE, FIRST, LAST) + item.format("Chợ nổi họp sớm hơn mọi năm", MIDDLE, FREE)
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    source = Source(name="tin.xml", data=feed.encode(), media_type="application/rss+xml")

    first, second = read(source, corrections=[Correction(text=FREE, role="headline")]).articles

    assert (first.headline, second.headline) == (HEADLINE, FREE)
    assert first == replace(read(source).articles[0])
