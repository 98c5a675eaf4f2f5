"""Pages are filled: a weekly issue in few of them, lines of a length that is read well, short items on one sheet."""

import functools
import itertools
from pathlib import Path

import msgspec
import pytest

from publisher.model import Figure, Issue, IssuePlan, Note, Table, Teaser
from publisher.pipeline import Means, Wanted, assemble, gather
from publisher.theming import theme_folders
from tests.theming.issues import SENTENCE, bare, issue, paragraph, rendered, shipped, words
from tests.theming.pictures import LEAD
from tests.validators import verapdf
from tests.writing.pdf.making import pdf, written
from tests.writing.pdf.pages import POINTS_PER_MM
from tests.writing.pdf.pages import pages as looked_at
from tools.blank import blank_shares, measure

EXAMPLES = Path(__file__).parents[3] / "examples"
PAPERS = [
    (name, paper)
    for name in sorted(theme_folders())
    for paper in (shipped(name).options["paper"].choices if "paper" in shipped(name).options else ("A4",))
]


def assert_filled(path: Path) -> None:
    """At most ten pages, and an eighth of their type area blank; the last page may end where it will."""
    shares = blank_shares(path)
    assert len(shares) <= 10
    assert sum(shares[:-1]) / len(shares[:-1]) <= 0.125


@functools.cache
def week() -> Issue:
    gathered = gather(Wanted(references=(str(EXAMPLES),)), Means())
    return assemble(gathered, IssuePlan(title="Tuần tin Sông Cẩm", number="12"), Means())


@pytest.mark.campaign  # Of one theme it is asked in tests/test_pipeline.py, where that file is made.
@pytest.mark.parametrize("theme", ["compilation", "tuan-bao"])
def test_the_eight_examples_are_a_weekly_issue_of_at_most_ten_pages_and_an_eighth_of_it_blank(theme, tmp_path):
    assert_filled(pdf(rendered(week(), theme), tmp_path))


@pytest.mark.sample(2)
@pytest.mark.parametrize("theme", ["base", "compilation", "gazette", "tuan-bao"])
def test_where_articles_stand_in_a_row_the_first_begins_under_the_name_and_the_contents(theme, tmp_path):
    made = issue(*(bare(f"Tin {number}", body=(paragraph(SENTENCE * 40),)) for number in range(8)), title="Tuần-tin")

    path = pdf(rendered(made, theme, options={"flow": "run-on"}), tmp_path)

    assert [word.text for word in looked_at(path)[0].words].count("Tuần-tin") == 1
    assert blank_shares(path)[0] <= 0.125


@pytest.mark.sample(3)
@pytest.mark.parametrize(("paper", "count"), [("A5", 12), ("A5", 15), ("A5", 18), ("A4", 34), ("A4", 40), ("A4", 46)])
@pytest.mark.parametrize("theme", ["compilation", "gazette", "tuan-bao"])
def test_a_first_page_on_which_no_article_begins_says_more_of_those_that_are_announced(theme, paper, count, tmp_path):
    """Wherever the contents end; a head and the first lines under it take a quarter of A4, a third of A5."""
    headlines = [f"{number} {SENTENCE[: 40 + number % 4 * 20]}" for number in range(count)]
    articles = [bare(each, standfirst=f"{SENTENCE} {SENTENCE}", body=(paragraph(SENTENCE * 9),)) for each in headlines]

    path = pdf(rendered(issue(*articles, title="Tuần tin"), theme, options={"paper": paper}), tmp_path)

    assert blank_shares(path)[0] <= 0.15


def test_so_does_one_with_a_few_articles_under_which_a_long_headline_has_no_room(tmp_path):
    headline = f"{SENTENCE} {SENTENCE} {SENTENCE[:70]}"
    articles = [
        bare(each, standfirst=f"{SENTENCE} {SENTENCE}", body=(paragraph(SENTENCE * 9),) * 3)
        for each in (headline, "Bến cảng mới", "Lúa tôm", "Thuyền sách", headline)
    ]

    path = pdf(rendered(issue(*articles, title="Tuần tin"), "gazette", options={"paper": "A5"}), tmp_path)

    assert blank_shares(path)[0] <= 0.15


def test_a_long_headline_is_as_large_wherever_it_stands_in_a_row(tmp_path):
    headlines = [f"Đầu-dòng {number}: {SENTENCE} {SENTENCE}" for number in range(2)]
    articles = [bare(headline, body=(paragraph(SENTENCE * 9),) * 3) for headline in headlines]

    found = looked_at(pdf(rendered(issue(*articles), "base", options={"flow": "run-on"}), tmp_path))

    heights = [round(word.bottom - word.top) for page in found for word in page.words if word.text == "Đầu-dòng"]
    assert heights.count(max(heights)) == 2


@pytest.mark.conformance
@pytest.mark.parametrize("theme", ["compilation", "gazette"])
def test_contents_that_say_more_are_accessible_as_others_are(theme, tmp_path):
    articles = [
        bare(
            f"{number} {SENTENCE[:60]}", language, standfirst=f"{SENTENCE} {SENTENCE}", body=(paragraph(SENTENCE * 3),)
        )
        for number, language in enumerate(("vi", "en") * 9)
    ]
    made = rendered(issue(*articles, title="Tuần tin"), theme, options={"paper": "A5"})

    assert 'class="beginning"' in made.documents[0].markup
    assert verapdf(pdf(made, tmp_path), "3a", "ua1") == []


TEXTS = {
    "vi": SENTENCE * 6,
    # Letters are narrower in English, and words as long in German as nowhere else.
    "en": "The council voted on Tuesday to keep the ferry until the bridge has been tested, and asked the harbour "
    "office to say by the end of the month what the two landing stages will be used for after that. " * 3,
    "de": "Der Kreistag hat am Dienstag beschlossen, die Fähre weiterfahren zu lassen, bis die Brücke geprüft ist, und "
    "das Hafenamt gebeten, bis zum Monatsende zu sagen, wofür die beiden Anlegestellen danach gebraucht werden. " * 3,
}
FACES = [
    (name, paper, face, size)
    for name, paper in PAPERS
    for face in (shipped(name).options["font"].choices if "font" in shipped(name).options else ("",))
    for size in (shipped(name).options["text_size"].choices if "text_size" in shipped(name).options else ("",))
]


@pytest.mark.sample(25)
@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(("name", "paper", "face", "size"), FACES)
def test_lines_have_between_fifty_and_seventy_eight_letters(name, paper, face, size, language, tmp_path):
    texts = [TEXTS[language][number * 7 :] for number in range(12)]
    articles = [
        bare(f"Tin {number}", language, body=tuple(map(paragraph, part)))
        for number, part in enumerate((texts[:6], texts[6:]))
    ]
    asked = {"paper": paper, "font": face, "text_size": size}
    options = {key: value for key, value in asked.items() if key in shipped(name).options}

    path = pdf(rendered(issue(*articles), name, options=options), tmp_path)

    # Sixteen points on the smallest paper, in the wider of its faces: its margins can give no more.
    assert (47 if (name, paper, face) == ("large-print", "A5", "serif") else 50) <= measure(path) <= 78


@pytest.mark.sample(2)
@pytest.mark.parametrize(("theme", "count"), [("brief", 1), ("mot-trang", 1), ("diem-bao", 2)])
def test_five_items_of_sixty_words_stand_on_one_sheet(theme, count):
    sixty = " ".join(SENTENCE.split() * 3)[:300]
    items = [
        bare(f"Tin số {number}: cống Cửa Vân mở lại sau sáu tuần", body=(paragraph(sixty),)) for number in range(5)
    ]

    assert written(rendered(issue(*items, title="Điểm tin sáng"), theme)).page_count == count


def test_sections_begin_a_page_and_their_articles_follow_each_other():
    articles = [bare(f"Bài {number}") for number in range(6)]
    notes = {each.key: Note(section="Kinh tế" if at < 3 else "Xã hội") for at, each in enumerate(articles)}
    made = issue(*articles, notes=notes)

    pages = written(rendered(made, "base", options={"flow": "section"})).pages

    first = pages[made.articles[0].id]
    assert [pages[placed.id] - first for placed in made.articles] == [0, 0, 0, 1, 1, 1]


def words_of(path):
    """The words of each page, without the folio."""
    return [[word.text for word in page.words if not word.text.isdecimal()] for page in looked_at(path)]


@pytest.mark.sample(4)
@pytest.mark.parametrize("theme", ["large-print", "decree30", "party", "tuan-bao"])
def test_a_list_of_headlines_that_is_longer_than_a_page_begins_under_the_article_that_it_stood_beside(theme, tmp_path):
    headlines = [f"Đứng-cạnh-{number} chỉ có tít mà không có lời nào" for number in range(70)]
    article = bare("Cống Cửa Vân mở lại", related=tuple(Teaser(headline=headline) for headline in headlines))

    found = words_of(pdf(rendered(issue(article, bare("Bến cảng mới")), theme), tmp_path))

    begins = next(number for number, words in enumerate(found) if "Đứng-cạnh-0" in words)
    assert "Vân" in found[begins]
    assert sum("Đứng-cạnh-69" in words for words in found) == 1
    assert min(len(words) for words in found[begins:-1]) > 20


def test_no_head_stands_at_the_foot_of_a_page_without_its_text(tmp_path):
    texts = [(paragraph(SENTENCE * 2),) * (number % 3 + 1) for number in range(24)]
    articles = [bare(f"Tin số {number}", bylines=("Cuối-Đầu-Bài",), body=body) for number, body in enumerate(texts)]

    found = words_of(pdf(rendered(issue(*articles), "large-print"), tmp_path))

    assert len(found) > 4
    assert [number for number, words in enumerate(found, start=1) if words[-1] == "Cuối-Đầu-Bài"] == []


def lines_behind(word, page):
    """How many lines of the text stand under the last of such words on the page; none where there is none."""
    last = max((at for at, each in enumerate(page.words) if each.text == word), default=len(page.words))
    foot = page.height - 18 * POINTS_PER_MM
    return len({round(each.top) for each in page.words[last + 1 :] if each.bottom < foot})


def test_an_article_begins_over_four_lines_of_its_text_at_least_or_on_the_next_page(tmp_path):
    articles = [bare(f"Tin {number}", kicker="Đầu-Bài", body=(paragraph(SENTENCE * 12),)) for number in range(12)]

    found = looked_at(pdf(rendered(issue(*articles), "brief", options={"paper": "A5"}), tmp_path))

    begun = [lines_behind("Đầu-Bài", page) - len(["headline"]) for page in found]
    assert sum(lines > 0 for lines in begun) > 4
    assert [lines for lines in begun if 0 <= lines < 4] == []


@pytest.mark.sample(2)
@pytest.mark.parametrize("lengths", [(1, 1, 6), (1, 3, 3), (2, 3, 3), (3, 3, 3), (5, 5)])
def test_four_lines_stand_under_a_head_whatever_the_paragraphs_that_they_are_in(lengths, tmp_path):
    line = "mười chữ một dòng cho đủ bề ngang của trang nhỏ "
    body = tuple(paragraph((line * 2 * count)[: 72 * count - 20]) for count in (*lengths, 4, 4, 4))
    articles = [bare(f"Tin {number}", kicker="Đầu-Bài", body=body) for number in range(16)]

    found = looked_at(pdf(rendered(issue(*articles), "base", options={"paper": "A5", "flow": "run-on"}), tmp_path))

    begun = [lines_behind("Đầu-Bài", page) - len(["headline"]) for page in found]
    assert sum(lines > 0 for lines in begun) > 4
    assert [lines for lines in begun if 0 <= lines < 4] == []


@pytest.mark.parametrize(("count", "flow"), [(1, "run-on"), (3, "run-on"), (3, "each"), (4, "section")])
def test_of_an_office_s_pages_the_first_alone_has_no_number(count, flow, tmp_path):
    articles = [bare(f"Tin {number}", body=(paragraph(SENTENCE * 9),) * 5) for number in range(count)]
    notes = {each.key: Note(section=f"Mục {at // 2}") for at, each in enumerate(articles)}

    found = looked_at(pdf(rendered(issue(*articles, notes=notes), "decree30", options={"flow": flow}), tmp_path))

    heads = [[word.text for word in page.words if word.bottom < 20 * POINTS_PER_MM] for page in found]
    assert heads == [[], *([str(number)] for number in range(2, len(found) + 1))]
    assert len(found) > 1


def test_a_source_does_not_begin_a_page(tmp_path):
    texts = [(paragraph(SENTENCE),) * (number % 7 + 9) for number in range(14)]
    articles = [bare(f"Tin {number}", url="https://songcam.example/a", body=body) for number, body in enumerate(texts)]

    found = looked_at(pdf(rendered(issue(*articles), "tuan-bao", options={"paper": "A5"}), tmp_path))

    tops = [min((w for w in page.words if w.top > 17 * POINTS_PER_MM), key=lambda w: (w.top, w.left)) for page in found]
    assert [word.text for word in tops if word.text == "Nguồn"] == []


def test_the_caption_of_a_table_stands_over_it(tmp_path):
    cells = (words("Cột-Một"), words("Cột-Hai"))
    table = Table(header=cells, rows=(cells,) * 5, caption=words("Tên-Bảng"))
    texts = [(*(paragraph("ngắn"),) * number, table) for number in range(9)]
    articles = [bare(f"Tin {number}", body=body) for number, body in enumerate(texts)]

    found = words_of(pdf(rendered(issue(*articles), "large-print"), tmp_path))

    assert [page.count("Tên-Bảng") for page in found] == [page.count("Cột-Một") // 6 for page in found]


@pytest.mark.sample(2)
@pytest.mark.parametrize("theme", ["compilation", "gazette"])
def test_an_item_of_a_few_words_is_not_set_in_one_column_beside_white(theme, tmp_path):
    items = [bare(f"Tin {number}", body=(paragraph("ngắn " * 24),)) for number in range(4)]

    found = looked_at(pdf(rendered(issue(*items), theme), tmp_path))

    assert max(word.right for word in found[0].words if word.text == "ngắn") > 0.6 * found[0].width


@pytest.mark.sample(2)
@pytest.mark.parametrize("theme", ["compilation", "gazette"])
def test_items_of_a_few_words_stand_in_pairs(theme, tmp_path):
    items = [bare(f"Tin-{number}", publication="Báo", body=(paragraph("ngắn " * 20),)) for number in range(41)]

    path = pdf(rendered(issue(*items), theme), tmp_path)

    shares = blank_shares(path)
    assert len(shares) <= 5
    assert sum(shares[:-1]) / len(shares[:-1]) <= 0.15
    heads = [
        [word for word in page.words if word.text.startswith("Tin-") and word.bottom - word.top > 13]
        for page in looked_at(path)
    ]
    assert [head.text for page in heads for head in page] == [f"Tin-{number}" for number in range(41)]
    rows = [[round(head.top) for head in page if head.text != "Tin-0"] for page in heads]
    assert [row[::2] for row in rows] == [row[1::2] for row in rows]


@pytest.mark.sample(2)
@pytest.mark.parametrize("theme", ["base", "brief", "compilation", "gazette", "tuan-bao"])
def test_on_small_paper_two_articles_that_are_a_picture_stand_on_a_page(theme, tmp_path):
    figure = Figure(src=LEAD.name, alt="Cầu", caption=words("Cầu Bến Lụa. Ảnh: Minh Quân"))
    articles = [
        bare(f"Ảnh {number}", publication="Báo", url=f"https://songcam.example/{number}", body=(figure,))
        for number in range(6)
    ]
    made = msgspec.structs.replace(issue(*articles), assets=(LEAD,))

    path = pdf(rendered(made, theme, options={"paper": "A5", "flow": "run-on"}), tmp_path)

    shares = blank_shares(path)
    assert len(shares) == 4
    assert max(shares[1:-1]) <= 0.2  # Under the name of the issue there is one.


@pytest.mark.conformance
@pytest.mark.parametrize("theme", ["compilation", "gazette"])
def test_pairs_of_items_are_accessible_and_stay_below_the_bands_of_sections(theme, tmp_path):
    items = [bare(f"Tin-{number}", "vi" if number % 3 else "en", body=(paragraph("ta " * 30),)) for number in range(15)]
    notes = {each.key: Note(section=f"Mục-{at // 5}") for at, each in enumerate(items)}

    made = rendered(issue(*items, notes=notes), theme, options={"flow": "run-on"})

    # Of the fifteen the first of each section stands under its band.
    assert sum(document.markup.count('class="pair"') for document in made.documents) == 6
    assert verapdf(pdf(made, tmp_path), "3a", "ua1") == []


@pytest.mark.parametrize("theme", ["compilation", "gazette"])
def test_items_of_a_few_words_stand_in_pairs_though_their_pictures_are_lost(theme, tmp_path):
    """Their captions are a list; where its marks stand is not known yet when a pair is a box in a line."""
    body = (paragraph("ngắn " * 20), Figure(caption=words(SENTENCE)))
    made = rendered(issue(*(bare(f"Tin-{number}", body=body) for number in range(5))), theme)

    assert sum(document.markup.count('class="pair"') for document in made.documents) == 2
    assert len(looked_at(pdf(made, tmp_path))) == 1


@pytest.mark.sample(2)
@pytest.mark.parametrize(("theme", "lines"), [("compilation", 4.5), ("gazette", 5)])
def test_items_of_a_few_words_stand_close_together(theme, lines, tmp_path):
    """From headline to headline, of items that have one line of text: half a line more were a fifth of a page."""
    items = [bare(f"Tin-{number}", body=(paragraph("Một dòng."),)) for number in range(40)]

    _, page, *_ = looked_at(pdf(rendered(issue(*items), theme), tmp_path))

    heads = sorted(word.top for word in page.words if word.text.startswith("Tin-") and word.bottom - word.top > 13)
    assert len(heads) > 8
    assert max(below - above for above, below in itertools.pairwise(heads)) <= lines * 13


@pytest.mark.sample(2)
@pytest.mark.parametrize("theme", ["compilation", "gazette"])
def test_the_source_of_a_short_item_in_columns_follows_its_text(theme, tmp_path):
    items = [
        bare(f"Tin {number}", url=f"https://songcam.example/{number}", body=(paragraph("ta " * 74),))
        for number in range(4)
    ]

    found = looked_at(pdf(rendered(issue(*items), theme), tmp_path))

    texts, sources = ([word for word in found[0].words if word.text == text] for text in ("ta", "Nguồn"))
    assert len(sources) > 1
    above = [max(word.bottom for word in texts if word.bottom < source.bottom) for source in sources]
    assert max(source.top - bottom for bottom, source in zip(above, sources, strict=True)) < 10


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("theme", "flow", "least"),
    [
        ("compilation", "run-on", "Cống Cửa Vân mở lại sau"),
        ("tuan-bao", "run-on", "Cống Cửa Vân mở lại sau"),
        ("base", "run-on", "Cống Cửa Vân mở lại sau sáu tuần ngăn mặn và ba tuần"),
        ("base", "each", "Cống Cửa Vân mở lại sau sáu tuần ngăn mặn và ba tuần"),
        ("large-print", "run-on", "Cống Cửa Vân mở lại sau sáu tuần ngăn"),
    ],
)
def test_no_number_of_a_page_stands_alone_in_a_line_of_the_contents(theme, flow, least, tmp_path):
    headlines = [f"{least} {'n' * length}" for length in range(4, 26, 2)]
    articles = [bare(each, body=(paragraph(SENTENCE * 20),)) for each in headlines]

    found = looked_at(pdf(rendered(issue(*articles), theme, options={"flow": flow}), tmp_path))[flow == "each"].words

    lasts = [word for word in found if set(word.text) == {"n"}]
    height = min(word.bottom - word.top for word in lasts)  # Headlines over their texts are higher.
    ends = [word for word in lasts if word.bottom - word.top < height + 1]
    assert len(ends) >= 10
    alone = [
        end for end in ends if not any(word.left > end.left and abs(word.bottom - end.bottom) < 3 for word in found)
    ]
    assert alone == []


def test_a_short_item_alone_fills_both_columns_of_a_weekly(tmp_path):
    lead, item = bare("Bài đầu", body=(paragraph(SENTENCE * 20),)), bare("Tin lẻ", body=(paragraph("ngắn " * 90),))

    found = looked_at(pdf(rendered(issue(lead, item), "tuan-bao"), tmp_path))

    lefts = [word.left < page.width / 2 for page in found for word in page.words if word.text == "ngắn"]
    assert 30 <= sum(lefts) <= 60


@pytest.mark.sample(2)
@pytest.mark.parametrize("theme", ["large-print", "compilation"])
def test_a_headline_breaks_between_words_alone(theme, tmp_path):
    headline = "Responsibilities of Administration notwithstanding environmental considerations for Thanksgiving"
    longer = [" ".join(["Now", *["so"] * number, headline]) for number in range(6)]
    articles = [bare(each, "en", standfirst=each, related=(Teaser(headline=f"And {each}"),)) for each in longer]

    found = words_of(pdf(rendered(issue(*articles), theme), tmp_path))

    assert {word for page in found for word in page if word.endswith("-")} == set()
    assert sum(word == "Thanksgiving" for page in found for word in page) >= 4 * len(longer)
