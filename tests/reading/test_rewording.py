"""Words are changed in every format, where the line was read to."""

import pytest
from msgspec.structs import replace

from publisher.model import Article, Problem, Source, plain, to_json
from publisher.model.formats import ODT, RTF
from publisher.reading import Correction, read
from tests.reading.docx import building
from tests.reading.odt import building as odt
from tests.reading.rtf import building as rtf

FIRST = "Từ năm giờ sáng, hàng trăm người dân đã đứng chờ ở hai đầu cầu để được đi những bước đầu tiên qua sông."
SECOND = "Ban quản lý cho biết mọi hạng mục đều đã được kiểm tra lần cuối trong đêm trước khi rào chắn được dỡ bỏ."
HEADLINE = "Cầu mới thông xe sớm hai tháng"

SOURCES = {
    "text": ("text/plain", "\n\n".join((HEADLINE, "Lê Thị Hoa - 12/11/2025", "Sapô của bài.", FIRST, SECOND)).encode()),
    "markdown": ("text/markdown", f"# {HEADLINE}\n\n{FIRST}\n\n{SECOND}\n".encode()),
    "html": (
        "text/html",
        f"<html lang=vi><body><article><h1>{HEADLINE}</h1><p>Sapô của bài.</p><p>{FIRST}</p><p>{SECOND}</p>".encode(),
    ),
    "docx": (
        building.MEDIA_TYPE,
        building.packed(building.members(building.p(HEADLINE, style="Tieu") + building.p(FIRST) + building.p(SECOND))),
    ),
    "odt": (ODT, odt.flat(odt.p(HEADLINE, style="Title") + odt.p(FIRST) + odt.p(SECOND))),
    "rtf": (RTF, rtf.document(rtf.p(HEADLINE, words=rb"\s4 "), rtf.p(FIRST), rtf.p(SECOND))),
    "feed": (
        "application/rss+xml",
        f"<rss version='2.0'><channel><item><title>{HEADLINE}</title>"
        f"<description>&lt;p&gt;{FIRST}&lt;/p&gt;&lt;p&gt;{SECOND}&lt;/p&gt;</description></item></channel></rss>".encode(),
    ),
}


def article(form: str, *corrections: Correction) -> Article:
    media_type, data = SOURCES[form]
    return read(Source(name="bai", data=data, media_type=media_type), corrections=corrections).articles[0]


@pytest.mark.parametrize("form", SOURCES)
def test_words_are_changed_in_every_format(form: str) -> None:
    before = to_json(replace(article(form), problems=()))
    found = article(
        form,
        Correction(text=HEADLINE, becomes="Cầu mới thông xe"),
        Correction(text=FIRST.upper(), becomes="Từ sáng sớm, dân đã chờ."),
    )
    found = replace(found, problems=())

    assert to_json(found) == before.replace(HEADLINE, "Cầu mới thông xe").replace(FIRST, "Từ sáng sớm, dân đã chờ.")


@pytest.mark.parametrize("form", SOURCES)
def test_a_line_that_becomes_nothing_is_left_out(form: str) -> None:
    found = article(form, Correction(text=SECOND, becomes=""))

    assert SECOND not in to_json(found)
    assert all(plain(block.inlines) for block in found.body if hasattr(block, "inlines"))
    assert len(found.body) == len(article(form).body) - 1


@pytest.mark.parametrize("form", SOURCES)
def test_a_correction_that_fits_no_line_is_a_problem(form: str) -> None:
    found = article(form, Correction(text="Câu không có", becomes="Câu khác"))

    assert [problem for problem in found.problems if problem.code == "stale-correction"] == [
        Problem(
            code="stale-correction",
            message="the correction of “Câu không có” is not used: it fits no line of the page",
            where="bai",
        )
    ]


def test_a_line_that_was_read_into_nothing_is_a_problem() -> None:
    media_type, data = SOURCES["html"]
    data = data.replace(b"<article>", "<nav>Trang chủ</nav><article>".encode())
    source = Source(name="bai", data=data, media_type=media_type)

    (found,) = read(source, corrections=[Correction(text="Trang chủ", becomes="Trang đầu")]).articles

    assert [str(problem) for problem in found.problems] == [
        "bai: the correction of “Trang chủ” is not used: it stands nowhere in the article [stale-correction]"
    ]


def test_names_and_dates_of_a_byline_are_those_of_its_new_words() -> None:
    found = article("text", Correction(text="Lê Thị Hoa - 12/11/2025", becomes="Trần Minh Quân"))

    assert found.bylines == ("Trần Minh Quân",)


def test_a_line_may_be_given_a_role_and_words() -> None:
    found = article("text", Correction(text=SECOND, role="caption", becomes="Cầu lúc rạng đông. Ảnh: Thu Hà"))

    assert "Cầu lúc rạng đông. Ảnh: Thu Hà" in to_json(found)
    assert SECOND not in to_json(found)


def test_one_of_equal_lines_is_changed() -> None:
    source = Source(name="a.md", data=b"# A title\n\nThe same.\n\nThe same.\n", media_type="text/markdown")

    (found,) = read(source, corrections=[Correction(text="The same.", occurrence=2, becomes="Another.")]).articles

    assert [plain(block.inlines) for block in found.body if hasattr(block, "inlines")] == ["The same.", "Another."]


def test_the_trace_shows_the_line_as_it_was_and_that_it_was_corrected() -> None:
    media_type, data = SOURCES["markdown"]
    source = Source(name="bai", data=data, media_type=media_type)

    trace = read(source, corrections=[Correction(text=FIRST, becomes="Khác.")]).trace

    assert [(line.text, line.role, line.rule) for line in trace if line.rule == "correction"] == [
        (FIRST, "paragraph", "correction")
    ]
