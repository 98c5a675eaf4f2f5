"""A brief keeps to the pages that it was promised, and says what it goes without."""

import io
import zipfile

import pikepdf
import pytest

from publisher.errors import OptionError
from publisher.model import (
    Article,
    BulletList,
    Figure,
    Issue,
    Problem,
    Subheading,
    Table,
    Teaser,
    Written,
)
from publisher.model.blocks import block_words
from publisher.pipeline import Edition, Request, outputs_for, publish
from publisher.pipeline.fitting import Trimmed, fit
from publisher.theming import render, theme_folders
from tests.theming.issues import FULL, SENTENCE, bare, issue, paragraph, shipped, words
from tests.writing.pdf.kinds import KINDS
from tests.writing.pdf.making import written
from tests.writing.pdf.pages import fold, pages

URL = "https://songcam.example/dai"
TEASERS = tuple(Teaser(headline=f"Tin thêm {number}") for number in range(3))
LOST = Figure(caption=words("Cầu sáng nay. Ảnh: Hà"))


def long(paragraphs: int = 18, **fields: object) -> Article:
    """An article of paragraphs that are told apart by their numbers."""
    body = tuple(paragraph(f"Đoạn {number}. {SENTENCE * 3}") for number in range(paragraphs))
    return bare("Một ngày dài trên sông Cẩm", **{"url": URL, "body": body, **fields})


class Counter:
    """Lays drafts out on pages of so many words, those of captions and related news included."""

    def __init__(self, words_a_page: int) -> None:
        self.words_a_page = words_a_page
        self.drafts: list[Trimmed] = []

    def __call__(self, draft: Trimmed) -> Written:
        self.drafts.append(draft)
        count = sum(len(block_words(block).split()) for each in draft.issue.articles for block in each.article.body)
        count += 50 * sum(len(section.items) for section in draft.issue.appendix)
        count *= 10 if draft.settings else 11
        return Written(data=b"%PDF", page_count=-(-count // (10 * self.words_a_page)))


def steps(counter: Counter) -> list[tuple[bool, int, int, int]]:
    """Of each draft: whether its letters are small, its related news, figures, and articles cut."""
    return [
        (
            draft.settings == {"text_size": "small"},
            sum(len(section.items) for section in draft.issue.appendix),
            sum(isinstance(block, Figure) for placed in draft.issue.articles for block in placed.article.body),
            sum(placed.continues for placed in draft.issue.articles),
        )
        for draft in counter.drafts
    ]


def test_what_fits_is_laid_out_once_and_left_as_it_is():
    counter = Counter(10_000)
    whole = issue(long(related=TEASERS, body=(paragraph(), LOST)))

    assert fit(whole, 1, ("text_size",), counter).problems == ()
    assert counter.drafts == [Trimmed(issue=whole)]


@pytest.mark.parametrize(
    ("words_a_page", "last", "left_out"),
    [
        (220, (True, 3, 1, 0), None),
        (70, (True, 0, 1, 0), "3 related news"),
        (58, (True, 0, 0, 0), "3 related news, the caption of 1 lost picture"),
        (
            40,
            (True, 0, 0, 1),
            "3 related news, the caption of 1 lost picture, 19 of 57 words of 'Một ngày dài trên sông Cẩm'",
        ),
    ],
)
def test_each_step_is_taken_only_when_those_before_it_do_not_do(words_a_page, last, left_out):
    body = (paragraph(SENTENCE), LOST, paragraph(SENTENCE), paragraph(SENTENCE))
    counter = Counter(words_a_page)

    file = fit(issue(long(related=TEASERS, body=body)), 1, ("text_size",), counter)

    problem = Problem(code="left-out", message=f"to keep to 1 page it goes without {left_out}")
    assert steps(counter)[-1] == last
    assert file.problems == ((problem,) if left_out else ())


def test_a_theme_without_smaller_letters_goes_without_the_related_news_at_once():
    counter = Counter(100)

    fit(issue(bare(related=TEASERS)), 1, ("accent",), counter)

    assert steps(counter) == [(False, 3, 0, 0), (False, 0, 0, 0)]


def test_the_longest_texts_are_cut_and_short_ones_stay_whole():
    counter = Counter(300)
    whole = issue(long(20), bare("Ngắn"))

    fit(whole, 1, (), counter)

    kept = [placed.article.body for placed in counter.drafts[-1].issue.articles]
    assert kept[0] == whole.articles[0].article.body[: len(kept[0])]
    assert kept[1] == whole.articles[1].article.body
    assert [placed.continues for placed in counter.drafts[-1].issue.articles] == [True, False]


@pytest.mark.parametrize(
    ("end", "kept"),
    [
        ((Subheading(inlines=words("Tiểu mục")), paragraph()), 1),
        ((paragraph("Có ba việc:"), BulletList(items=(words("một"), words("hai")))), 1),
        ((BulletList(items=(words("một"), words("hai"))), paragraph()), 2),
        ((Table(rows=((words("1"), words("2")),)), paragraph()), 2),
    ],
    ids=["a heading", "what announces a list", "a list", "a table"],
)
def test_no_text_ends_with_what_belongs_to_what_follows(end, kept):
    counter = Counter(22)

    fit(issue(long(body=(paragraph(SENTENCE), *end))), 1, (), counter)

    fitting = [each for each in counter.drafts if any(placed.continues for placed in each.issue.articles)]
    assert len(fitting[-1].issue.articles[0].article.body) == kept


def test_what_cannot_fit_is_one_line_that_says_how_many_pages_it_takes():
    crowd = issue(*(bare(f"Tin {number}") for number in range(40)))

    with pytest.raises(OptionError) as error:
        fit(crowd, 1, (), Counter(100))

    assert str(error.value) == (
        "1 page cannot hold it: with each text cut after its first paragraph it takes 9 pages. "
        "Allow 9 pages, or leave articles out"
    )


# --- on paper -------------------------------------------------------------------------------------------------------

SOURCES = {
    "short": issue(bare(related=TEASERS), title="Điểm tin"),
    "long": issue(long(), FULL, title="Điểm tin"),
    "pictures": KINDS["many pictures"](),
    "tables": issue(
        long(
            body=tuple(
                Table(rows=((words(f"Ô {n}"), words(SENTENCE)),) * 4) if n % 2 else paragraph() for n in range(16)
            )
        )
    ),
}

WITHOUT_FRONT_MATTER = [
    name for name in sorted(theme_folders()) if shipped(name).parts("print", "run-on")[0] == "articles"
]


def laid_out(made: Issue, number: int, theme: str = "brief") -> Written:
    loaded = shipped(theme)
    options = tuple(loaded.options)
    flow = {"flow": "run-on"}
    return fit(
        made, number, options, lambda draft: written(render(draft.issue, loaded, "print", flow | draft.settings))
    )


@pytest.mark.sample(4)
@pytest.mark.parametrize("number", [1, pytest.param(2, marks=pytest.mark.campaign)])
@pytest.mark.parametrize("kind", SOURCES)
def test_a_brief_keeps_to_its_pages(kind, number):
    assert 1 <= laid_out(SOURCES[kind], number).page_count <= number


@pytest.mark.campaign
@pytest.mark.parametrize("theme", WITHOUT_FRONT_MATTER)
def test_so_does_every_theme_without_pages_of_front_matter(theme):
    made = issue(*(long(12, related=TEASERS) if number == 1 else bare(f"Tin {number}") for number in range(3)))

    assert laid_out(made, 2, theme).page_count <= 2


def test_the_text_that_is_left_is_whole_and_in_order_and_says_where_it_goes_on(tmp_path):
    path = tmp_path / "brief.pdf"
    path.write_bytes(laid_out(issue(long(), title="Điểm tin"), 1).data)

    text = fold(" ".join(word.text for page in pages(path) for word in page.words))
    kept = [number for number in range(18) if fold(f"Đoạn {number}. {SENTENCE * 3}") in text]
    assert len(kept) > 5
    assert kept == list(range(len(kept)))
    assert f"Đoạn {len(kept)}." not in text
    assert fold(f"Đọc tiếp {URL}") in text


def test_what_stands_before_the_first_paragraph_and_fills_a_page_is_one_clear_line():
    tall = Table(rows=tuple((words(f"Hàng {number}"), words("một")) for number in range(60)))

    with pytest.raises(OptionError) as error:
        laid_out(issue(long(body=(tall, *long(1).body))), 1)

    assert str(error.value).startswith("1 page cannot hold it: with each text cut after its first paragraph it takes ")


@pytest.mark.campaign
def test_the_e_book_and_what_the_pdf_carries_are_whole(tmp_path):
    source = tmp_path / "long.md"
    body = "\n\n".join(f"Đoạn {number}. {SENTENCE * 3}" for number in range(18))
    source.write_text(f"---\ntitle: Một ngày dài\nlanguage: vi\nurl: {URL}\n---\n\n{body}\n")
    outputs = outputs_for([tmp_path / "a.pdf", tmp_path / "a.epub"])

    outcome = publish(Request(references=(str(source),), edition=Edition(outputs=outputs, theme="brief", pages=1)))

    pdf, book = outcome.written.values()
    assert pdf.page_count == 1
    assert [problem.code for problem in outcome.problems] == ["left-out"]
    with pikepdf.open(io.BytesIO(pdf.data)) as opened:
        carried = opened.attachments["articles.jsonl"].get_file().read_bytes().decode()
    with zipfile.ZipFile(io.BytesIO(book.data)) as opened:
        article = next(name for name in opened.namelist() if "/a-" in name)
        read = opened.read(article).decode()
    assert ["Đoạn 17." in text for text in (carried, read)] == [True, True]
