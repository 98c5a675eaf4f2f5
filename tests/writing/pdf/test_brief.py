"""A brief holds the whole page and nothing but the page: every word on its sheets is accounted for."""

import functools
import json
from pathlib import Path

import pytest

from publisher.model import Article, BlockQuote, BulletList, Figure, NumberedList, Paragraph, Subheading, Table, plain
from publisher.pipeline import Edition, Request, outputs_for, publish
from publisher.reading import read
from publisher.theming.words import Words
from tests.theming.issues import shipped
from tests.validators import verapdf, verapdf_all
from tests.writing.pdf.pages import account, bookmarks, dead_links, fold, pages, type_area

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted(
    path for path in (ROOT / "examples").glob("*") if path.suffix in (".txt", ".md") and path.stem != "README"
)
SEED_LINES = {
    "related": 3,
    "paragraphs": 15,
    "captions": 2,
    "teasers": 17,
}
HEAD_MM, FOOT_MM = 17.3, 22
"""Where the type area of a brief on A4 begins and ends; the running head stands above, the folio below."""


def brief(source, path):
    """The outcome of a brief, and its file."""
    edition = Edition(outputs=outputs_for([path]), theme="brief")
    outcome = publish(Request(references=(str(source),), edition=edition))
    return outcome, path


@pytest.fixture(scope="module")
def seed(tmp_path_factory, shared):
    """The brief of the page that this project began with."""
    return brief(shared / "corpus" / "text" / "seed.txt", tmp_path_factory.mktemp("seed") / "brief.pdf")


@pytest.fixture(scope="module")
def brief_of(tmp_path_factory):
    """A function that gives the brief of one of our own examples, made once."""
    folder = tmp_path_factory.mktemp("examples")
    return functools.cache(lambda source: brief(source, folder / f"{source.stem}.pdf"))


@pytest.fixture(params=EXAMPLES, ids=lambda path: path.name)
def example(request, brief_of):
    return brief_of(request.param)


def text_of(path):
    return fold(" ".join(type_area(path, top_mm=HEAD_MM, bottom_mm=FOOT_MM)))


def printed_words(article: Article) -> list[str]:
    """Each piece of text that the page prints of an article, related news included."""
    pieces = [article.headline, article.kicker, article.standfirst, article.publication, article.url]
    for block in article.body:
        match block:
            case Paragraph() | Subheading():
                pieces.append(plain(block.inlines))
            case Figure():
                pieces.append(plain(block.caption))
            case BulletList() | NumberedList():
                pieces += [plain(item) for item in block.items]
            case BlockQuote():
                pieces += [plain(paragraph.inlines) for paragraph in block.blocks]
            case Table():
                cells = [*block.header, *(cell for row in block.rows for cell in row)]
                pieces += [plain(block.caption), *map(plain, cells)]
    # A teaser that stood twice on the page is printed once.
    pieces += {teaser.headline: None for teaser in article.related}
    pieces += {teaser.summary: None for teaser in article.related}
    return [piece for piece in pieces if piece]


class TestSeed:
    def test_every_paragraph_caption_and_teaser_is_there_once_and_nothing_else_is(self, seed, shared):
        """What was annotated by hand, and not what our own reader made of the page, is looked for."""
        gold = json.loads((shared / "corpus" / "text" / "seed.gold.json").read_text(encoding="utf-8"))
        assert {
            "related": len(gold["related"]),
            "paragraphs": len(gold["body"]),
            "captions": len(gold["captions"]),
            "teasers": len(gold["teasers"]),
        } == SEED_LINES
        teasers = [text for teaser in gold["teasers"] for text in (teaser["title"], teaser["summary"])]
        expected = [gold["title"], gold["standfirst"], *gold["related"], *gold["body"], *gold["captions"], *teasers]

        missing, besides = account(text_of(seed[1]), expected)

        assert missing == []
        assert besides == (
            "Bản tin tóm tắt Thứ Sáu, ngày 17 tháng 10 năm 2025 Phương Bùi ngày 17 tháng 10 năm 2025 "
            "Ảnh trong bài gốc • • Tin liên quan Nên xem Tin khác"
        )

    def test_its_furniture_is_nowhere_not_even_outside_the_type_area(self, seed, shared):
        gold = json.loads((shared / "corpus" / "text" / "seed.gold.json").read_text(encoding="utf-8"))
        everything = fold(" ".join(word.text for page in pages(seed[1]) for word in page.words))

        assert gold["dropped"]
        assert [line for line in gold["dropped"] if line in everything] == []

    def test_bookmarks_are_the_headline_and_the_related_news(self, seed):
        assert [(depth, fold(title)) for depth, title in bookmarks(seed[1])] == [
            (1, seed[0].issue.articles[0].article.headline),
            (2, "Tin liên quan"),
        ]

    def test_the_engine_has_nothing_to_complain_of(self, seed):
        assert [problem.code for problem in seed[0].problems] == ["inferred-date"]

    @pytest.mark.conformance
    def test_it_is_what_it_says_it_is(self, seed):
        assert verapdf(seed[1], "ua1", "3a") == []


class TestExamples:
    @pytest.mark.sample(3)
    def test_every_word_of_the_article_is_there_once(self, example):
        outcome, path = example
        article = outcome.issue.articles[0].article
        words = Words(shipped("brief"), article.language)

        missing, besides = account(text_of(path), printed_words(article))

        assert missing == []
        again = [article.publication] if article.publication and article.url else []  # In the source's line, too.
        for theirs in (*again, *article.bylines, *(section.label or "" for section in outcome.issue.appendix)):
            besides = besides.replace(fold(theirs), " ", 1)
        for ours in ("Source", "Related news", "Pictures in the original", "News briefing", "Sponsored"):
            besides = besides.replace(words(ours), " ", 1)
        if article.published:
            besides = besides.replace(fold(words.date(article.published, "full")), " ", 1)
            besides = besides.replace(fold(words.date(article.published)), " ", 1)
        counters = {f"{number}." for number in range(1, 20)}
        assert set(besides.split()) - counters <= {"·", ",", "•"}

    @pytest.mark.sample(3)
    def test_what_was_taken_for_furniture_is_not_printed(self, example):
        outcome, path = example
        everything = fold(" ".join(word.text for page in pages(path) for word in page.words))
        trace = read(_source(outcome)).trace
        printed = {fold(piece) for piece in printed_words(outcome.issue.articles[0].article)}

        dropped = {fold(line.text) for line in trace if line.role == "furniture" and len(line.text) > 12}
        dropped = {line for line in dropped if not any(line in piece for piece in printed)}
        assert [line for line in dropped if line in everything] == []

    @pytest.mark.sample(3)
    def test_bookmarks_are_its_headline_and_its_related_news(self, example):
        outcome, path = example
        article = outcome.issue.articles[0].article
        words = Words(shipped("brief"), article.language)
        headings = [article.headline]
        if outcome.issue.appendix:
            headings += [words("Related news")]

        assert [fold(title) for _, title in bookmarks(path)] == [fold(heading) for heading in headings]
        assert dead_links(path) == []

    def test_the_engine_has_nothing_to_complain_of(self, example):
        assert [problem for problem in example[0].problems if problem.code == "engine-warning"] == []

    @pytest.mark.conformance
    @pytest.mark.campaign
    def test_each_is_what_it_says_it_is(self, brief_of):
        paths = [brief_of(source)[1] for source in EXAMPLES]

        assert verapdf_all(paths, "ua1") == [[] for _ in paths]


def _source(outcome):
    from publisher.fetching import load

    return load([outcome.issue.articles[0].article.origin])[0]


def test_there_are_examples():
    assert len(EXAMPLES) >= 6
