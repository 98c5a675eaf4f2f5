"""A correction makes a line what a person says it is; the rest of the article stays whole."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.errors import InputError, OptionError
from publisher.fetching import load
from publisher.model import (
    Article,
    BulletList,
    Figure,
    Paragraph,
    Problem,
    PullQuote,
    Reading,
    Role,
    Source,
    Subheading,
    Teaser,
    plain,
    to_json,
)
from publisher.pipeline import Means, Wanted, gather
from publisher.pipeline.readings import load_corrections
from publisher.reading import Correction, parse_corrections, read
from publisher.reading.corrections import CorrectableRole
from publisher.reading.vocabulary import fold
from tests.cli.running import run

PAGE = """\
Bến phà Rạch Miễu chạy lại sau bão

Minh Quân - 12/11/2025

Phà chở khách và xe máy qua lại từ sáng nay, xe tải phải chờ đến cuối tuần.

Sáng sớm, hơn hai trăm người đã xếp hàng ở bờ bắc. Nhiều người trong số họ đi làm ở khu công nghiệp bên kia sông.

Cầu tạm bị sóng đánh lệch

Công nhân đã thay bốn phao nổi và ba mươi mét lan can. Chi phí sửa chữa chưa được công bố.

Hàng người chờ phà ở bờ bắc lúc sáu giờ sáng. Ảnh: Thu Hà

Theo trạm quản lý, mực nước sông đã xuống dưới mức báo động một và tiếp tục giảm trong tuần này.

Trạm sẽ chạy thêm hai chuyến mỗi giờ vào buổi chiều để giải tỏa số xe còn kẹt lại ở hai đầu bến.

Tin liên quan

Bão số 12 suy yếu trên vùng biển phía nam

Bão tan nhưng mưa còn kéo dài đến hết tuần ở các tỉnh ven biển.

Quốc lộ 60 thông xe trở lại sau hai ngày

Đoạn đường ngập sâu nhất đã được đắp cao thêm nửa mét.
"""

SUBHEADING = "Cầu tạm bị sóng đánh lệch"
CAPTION = "Hàng người chờ phà ở bờ bắc lúc sáu giờ sáng. Ảnh: Thu Hà"
LAST = "Trạm sẽ chạy thêm hai chuyến mỗi giờ vào buổi chiều để giải tỏa số xe còn kẹt lại ở hai đầu bến."
STANDFIRST = "Phà chở khách và xe máy qua lại từ sáng nay, xe tải phải chờ đến cuối tuần."
TEASER = "Bão số 12 suy yếu trên vùng biển phía nam"
SUMMARY = "Bão tan nhưng mưa còn kéo dài đến hết tuần ở các tỉnh ven biển."
OTHER = "Quốc lộ 60 thông xe trở lại sau hai ngày"
OTHER_SUMMARY = "Đoạn đường ngập sâu nhất đã được đắp cao thêm nửa mét."


def source(text: str = PAGE) -> Source:
    return Source(name="pha.txt", data=text.encode())


def corrected(*pairs: tuple[str, CorrectableRole], text: str = PAGE) -> Reading:
    return read(source(text), corrections=[Correction(text=line, role=role) for line, role in pairs])


def article(reading: Reading) -> Article:
    (found,) = reading.articles
    return found


def texts(found: Article, kind: type) -> list[str]:
    return [plain(block.inlines) for block in found.body if isinstance(block, kind)]


def captions(found: Article) -> list[tuple[str | None, str, str | None]]:
    return [(block.alt, plain(block.caption), block.credit) for block in found.body if isinstance(block, Figure)]


def teasers(found: Article) -> list[tuple[str | None, str, str | None]]:
    return [(teaser.section, teaser.headline, teaser.summary) for teaser in found.related]


def test_the_page_uncorrected_is_read_as_the_tests_below_suppose() -> None:
    found = article(read(source()))

    assert found.headline == "Bến phà Rạch Miễu chạy lại sau bão"
    assert found.standfirst == STANDFIRST
    assert found.bylines == ("Minh Quân",)
    assert texts(found, Subheading) == [SUBHEADING]
    assert captions(found) == [(None, CAPTION, "Thu Hà")]
    assert teasers(found) == [("Tin liên quan", TEASER, SUMMARY), ("Tin liên quan", OTHER, OTHER_SUMMARY)]


def test_a_line_made_furniture_stands_nowhere_and_its_trace_says_why() -> None:
    reading = corrected((SUBHEADING, "furniture"))

    assert SUBHEADING not in to_json(article(reading))
    (line,) = [line for line in reading.trace if line.text == SUBHEADING]
    assert (line.role, line.rule, line.confidence) == ("furniture", "correction", 1.0)


@pytest.mark.parametrize(
    ("role", "kind"), [("paragraph", Paragraph), ("subheading", Subheading), ("pull quote", PullQuote)]
)
def test_a_line_made_part_of_the_text_stands_at_its_place(role: CorrectableRole, kind: type) -> None:
    before = article(read(source())).body
    found = article(corrected((CAPTION, role)))

    assert captions(found) == []
    assert CAPTION in texts(found, kind)
    at = next(at for at, block in enumerate(before) if isinstance(block, Figure))
    assert (found.body[:at], found.body[at + 1 :]) == (before[:at], before[at + 1 :])


def test_lines_made_list_items_are_one_list() -> None:
    found = article(corrected((CAPTION, "list item"), (LAST, "list item")))
    lists = [[plain(item) for item in block.items] for block in found.body if isinstance(block, BulletList)]

    assert lists == [[CAPTION], [LAST]]  # A paragraph stands between them.


def test_a_subheading_made_a_pictures_text_joins_its_caption() -> None:
    text = PAGE.replace(f"{SUBHEADING}\n\n", "").replace(CAPTION, f"{SUBHEADING}\n\n{CAPTION}")
    found = article(corrected((SUBHEADING, "figure alt"), text=text))

    assert captions(found) == [(SUBHEADING, CAPTION, "Thu Hà")]


def test_a_paragraph_made_a_caption_gives_its_credit() -> None:
    found = article(corrected((LAST, "caption")))

    assert captions(found) == [(None, CAPTION, "Thu Hà"), (None, LAST, None)]
    assert LAST not in texts(found, Paragraph)


def test_a_standfirst_made_a_paragraph_leaves_the_article_without_one() -> None:
    found = article(corrected((STANDFIRST, "paragraph")))

    assert found.standfirst is None
    assert texts(found, Paragraph)[0] == STANDFIRST


def test_two_lines_made_the_standfirst_are_joined() -> None:
    found = article(corrected((STANDFIRST, "standfirst"), (SUBHEADING, "standfirst")))

    assert found.standfirst == f"{STANDFIRST} {SUBHEADING}"
    assert texts(found, Subheading) == []


def test_another_line_made_the_headline_has_the_page_read_around_it() -> None:
    text = f"Chuyện bên sông\n\n{PAGE}"
    found = article(
        corrected(("Chuyện bên sông", "headline"), ("Bến phà Rạch Miễu chạy lại sau bão", "kicker"), text=text)
    )

    assert (found.headline, found.kicker) == ("Chuyện bên sông", "Bến phà Rạch Miễu chạy lại sau bão")
    assert found.bylines == ("Minh Quân",)


def test_a_byline_taken_away_takes_its_names_and_date_with_it() -> None:
    found = article(corrected(("Minh Quân - 12/11/2025", "furniture")))

    assert (found.bylines, found.published, found.dateline) == ((), None, None)


def test_a_line_made_the_byline_signs() -> None:
    found = article(corrected(("Minh Quân - 12/11/2025", "published"), (SUBHEADING, "byline")))

    assert found.bylines == (SUBHEADING,)
    assert found.published is not None
    assert found.published.isoformat() == "2025-11-12"


def test_a_teaser_made_furniture_takes_its_summary_with_it() -> None:
    reading = corrected((OTHER, "furniture"))

    assert teasers(article(reading)) == [("Tin liên quan", TEASER, SUMMARY)]
    assert [line.role for line in reading.trace if line.text == OTHER_SUMMARY] == ["furniture"]


def test_a_summary_made_a_teaser_parts_it_from_the_headline_above() -> None:
    found = article(corrected((SUMMARY, "teaser headline")))

    assert teasers(found) == [
        ("Tin liên quan", TEASER, None),
        ("Tin liên quan", SUMMARY, None),
        ("Tin liên quan", OTHER, OTHER_SUMMARY),
    ]


def test_a_teaser_made_a_summary_belongs_to_the_headline_above() -> None:
    found = article(corrected((OTHER, "teaser summary"), (OTHER_SUMMARY, "furniture")))

    assert teasers(found) == [("Tin liên quan", TEASER, f"{SUMMARY} {OTHER}")]


def test_a_headline_moved_into_the_text_is_an_inline_teaser() -> None:
    found = article(corrected((SUBHEADING, "related headline")))

    assert found.related[0] == Teaser(headline=SUBHEADING, placement="inline")
    assert texts(found, Subheading) == []


def test_a_label_that_comes_or_goes_is_the_section_of_what_stands_under_it() -> None:
    came = article(corrected((OTHER, "section label"), (OTHER_SUMMARY, "teaser headline")))
    went = article(corrected(("Tin liên quan", "furniture"), (TEASER, "teaser headline"), (OTHER, "teaser headline")))

    assert teasers(came) == [("Tin liên quan", TEASER, SUMMARY), (OTHER, OTHER_SUMMARY, None)]
    assert {section for section, *_ in teasers(went)} == {None}


def test_equal_lines_are_told_apart_by_their_order() -> None:
    text = PAGE.replace(CAPTION, f"{SUBHEADING}\n\n{CAPTION}")
    reading = read(
        source(text), corrections=[Correction(text=f"• {SUBHEADING.upper()}.", occurrence=2, role="furniture")]
    )

    roles = [(line.role, line.rule == "correction") for line in reading.trace if line.text == SUBHEADING]
    assert roles[1] == ("furniture", True)
    assert not roles[0][1]


@pytest.mark.parametrize("text", ["## Züge fahren nur noch Tempo 60", "Züge fahren nur noch Tempo 60"])
def test_a_line_with_marks_of_notation_is_known_as_it_is_written_and_by_its_words(text: str) -> None:
    case = Path(__file__).parents[1] / "cases" / "de-list-told-by-its-days" / "input.txt"

    found = corrected((text, "paragraph"), text=case.read_text(encoding="utf-8"))

    assert article(found).problems == ()
    assert [line.role for line in found.trace if line.rule == "correction"] == ["paragraph"]


WRAPPED = """\
Ferry runs again after the storm has passed over

The ferry between the two banks has been running since this morning for
those on foot and on motorcycles, while lorries will have to wait until
the end of the week, as the bridge is being mended and tested again.

More than two hundred people were standing on the northern bank early in
the morning, many of whom work in the factories on the other side of the
river and had gone round by the road for two days, or had stayed at home.
"""


def test_a_part_of_a_wrapped_paragraph_stands_for_the_whole_of_it() -> None:
    source = Source(name="page.txt", data=WRAPPED.encode())
    second = Correction(
        text="those on foot and on motorcycles, while lorries will have to wait until", role="furniture"
    )
    third = Correction(text="the end of the week, as the bridge is being mended and tested again.", role="caption")

    reading = read(source, corrections=[second, third])

    found = article(reading)
    assert [line.role for line in reading.trace[2:5]] == ["furniture"] * 3
    assert [plain(block.inlines)[:8] for block in found.body if isinstance(block, Paragraph)] == ["More tha"]
    assert [problem.message for problem in found.problems if problem.code == "stale-correction"] == [
        "the correction of “the end of the week, as the bridge is being mended and teste…” to caption is not used: "
        "it is for part of a paragraph that has another"
    ]


def test_corrections_stay_good_when_the_lines_around_change() -> None:
    again = f"Trang chủ\n\n{PAGE.replace(LAST, f'{LAST} Vé không tăng.')}".replace("\n\n", "\n")
    found = article(corrected((SUBHEADING, "pull quote"), text=again))

    assert texts(found, PullQuote) == [SUBHEADING]


def test_a_correction_that_fits_no_line_is_a_problem_and_changes_nothing() -> None:
    found = article(corrected(("Một dòng đã bị gỡ", "caption")))

    message = "the correction of “Một dòng đã bị gỡ” to caption is not used: it fits no line of the page"
    assert found.problems == (Problem(code="stale-correction", message=message, where="pha.txt"),)
    assert found.body == article(read(source())).body


def test_a_summary_with_no_headline_above_is_a_problem() -> None:
    found = article(corrected((SUBHEADING, "teaser summary")))

    message = f"the correction of “{SUBHEADING}” to teaser summary is not used: it has no teaser's headline above it"
    assert found.problems == (Problem(code="stale-correction", message=message, where="pha.txt"),)


LINES = tuple(dict.fromkeys(line for line in PAGE.splitlines() if line))
ROLES = get_args(CorrectableRole)


@given(st.dictionaries(st.sampled_from(LINES), st.sampled_from(ROLES), max_size=6))
def test_any_corrections_are_kept_and_nothing_stands_twice(wanted: dict[str, CorrectableRole]) -> None:
    reading = corrected(*wanted.items())
    found = article(reading)

    assert "\n".join(line.text for line in reading.trace) == PAGE.rstrip("\n")
    unused = {problem.message for problem in found.problems if problem.code == "stale-correction"}
    for line in reading.trace:
        if line.text in wanted and not any(line.text[:60] in message for message in unused):
            assert (line.role, line.rule) == (wanted[line.text], "correction")
    printed = to_json(found)
    for text in LINES:
        role = next(line.role for line in reading.trace if line.text == text)
        if role == "furniture":
            assert text not in printed or any(text[:60] in message for message in unused)
        elif role in ("paragraph", "subheading", "caption", "pull quote", "list item", "teaser headline"):
            assert printed.count(text) == 1, (role, text)


CASES = sorted((Path(__file__).parents[1] / "cases").glob("*/input.txt"))


@pytest.mark.sample(3)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_pages_of_every_kind_take_corrections_anywhere(path: Path) -> None:
    page = Source(name=path.name, data=path.read_bytes())
    before = read(page).trace
    lines = list(dict.fromkeys(line.text for line in before if fold(line.text)))
    for shift in range(4):
        # Every fourth line, each with another role.
        wanted = {fold(text): ROLES[(at + shift * 5) % len(ROLES)] for at, text in enumerate(lines[shift::4])}
        reading = read(page, corrections=[Correction(text=text, role=role) for text, role in wanted.items()])

        assert [line.text for line in reading.trace] == [line.text for line in before]
        # A line that was cut at a column takes along the others of its paragraph.
        marked = {fold(line.text): line.role for line in reading.trace if line.rule == "correction"}
        decided = {key: role for key, role in marked.items() if key in wanted}
        stale = sum(problem.code == "stale-correction" for problem in article(reading).problems)
        assert len(decided) == len(wanted)
        assert sum(decided[key] != role for key, role in wanted.items()) == stale


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            '[[lines]]\ntext = "Một"\nrole = "captoin"',
            "the corrections c.toml have an unknown role in entry 1: 'captoin'. Did you mean 'caption'?",
        ),
        (
            '[[lines]]\ntxt = "Một"\nrole = "caption"',
            "the corrections c.toml have an unknown key in entry 1: txt. Did you mean 'text'?",
        ),
        ('[[line]]\ntext = "Một"', "the corrections c.toml have an unknown key: line. Did you mean 'lines'?"),
        (
            '[[lines]]\ntext = "Một"',
            "the corrections c.toml cannot be used: entry 1 changes nothing. Give it a role, or what it becomes.",
        ),
        (
            'lines = ["Một"]',
            "the corrections c.toml cannot be used: Expected `object`, got `str` - at `$[0]`. "
            "Give each of the lines a text and a role, or what it becomes.",
        ),
        (
            '[[lines]]\ntext = "…"\nrole = "caption"',
            "the corrections c.toml cannot be used: entry 1 fits no line. "
            "Give the line's words, and count occurrences from 1.",
        ),
        (
            '[[lines]]\ntext = "Một"\nrole = "caption"\n[[lines]]\ntext = "một."\nrole = "byline"',
            "the corrections c.toml cannot be used: entry 2 is for a line that has one. Remove it.",
        ),
        (
            "lines = [",
            "the corrections c.toml are not valid TOML in UTF-8: Invalid value (at end of document). Mend it there.",
        ),
    ],
)
def test_faulty_corrections_say_what_and_where(text: str, message: str) -> None:
    with pytest.raises(InputError) as raised:
        parse_corrections(text.encode(), "c.toml")

    assert str(raised.value) == message


def test_the_file_beside_a_source_is_used_and_other_sources_are_not_touched(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PAGE, encoding="utf-8")
    (tmp_path / "a.txt.corrections.toml").write_text(
        f'lines = [{{ text = "{SUBHEADING}", occurrence = 1, role = "furniture" }}]', encoding="utf-8"
    )

    readings = gather(Wanted(references=(str(tmp_path),)), Means()).readings

    assert [texts(article(reading), Subheading) for reading in readings] == [[], [SUBHEADING]]


def test_a_file_given_for_several_sources_is_refused(tmp_path: Path) -> None:
    sources = [source(), source()]
    with pytest.raises(OptionError) as raised:
        load_corrections(sources, tmp_path / "c.toml")

    assert str(raised.value) == (
        "corrections in one file are for one source, and there are 2. "
        "Put each one's beside it, as page.txt.corrections.toml"
    )


def test_a_link_beside_a_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    beside = tmp_path / "a.txt.corrections.toml"
    beside.symlink_to("/etc/hostname")
    with pytest.raises(InputError) as raised:
        load_corrections(load((str(tmp_path / "a.txt"),)))

    assert str(raised.value) == (f"cannot read the corrections '{beside}': it is a link. Mend or remove it.")


def test_the_commands_take_corrections(tmp_path: Path) -> None:
    page, file = tmp_path / "a.txt", tmp_path / "c.toml"
    page.write_text(PAGE, encoding="utf-8")
    file.write_text(f'[[lines]]\ntext = "{SUBHEADING}"\nrole = "furniture"\n', encoding="utf-8")

    explained = run("read", page, "--explain", "--corrections", file)
    book = run("compile", page, "-o", tmp_path / "x.epub", "--corrections", file)

    assert (explained.exit_code, book.exit_code) == (0, 0)
    (line,) = [line for line in explained.stdout.splitlines() if SUBHEADING in line]
    assert "furniture" in line
    assert "correction" in line


def test_a_line_is_keyed_as_lines_are_compared() -> None:
    assert fold("  •  Ảnh:  Thu   Hà. ") == fold("ảnh: thu hà")


def test_the_documented_corrections_are_valid_and_the_roles_are_those_named_there() -> None:
    guide = (Path(__file__).parents[3] / "docs" / "corrections.md").read_text(encoding="utf-8")
    section = guide.partition("## Corrections\n")[2].partition("## Outlet profiles")[0]
    example = section.partition("```toml\n")[2].partition("```")[0]
    excluded = section.partition("(reading.md#roles) except")[2].partition(".")[0].split("`")[1::2]

    corrections = parse_corrections(example.encode(), "docs")
    assert [correction.role for correction in corrections] == ["caption", None, "furniture"]
    assert [correction.becomes for correction in corrections] == [None, "Hơn 200 người đã xếp hàng", None]
    assert set(get_args(Role)) - set(get_args(CorrectableRole)) == set(excluded)
