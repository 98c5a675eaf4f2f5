"""What holds for any input: nothing is lost, everything is read or refused with the documented error."""

import random
import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from publisher.errors import InputError
from publisher.model import Article, BulletList, Figure, NumberedList, Paragraph, PullQuote, Source, Subheading, plain
from publisher.model.formats import unread_for
from publisher.reading import read
from publisher.reading.decoding import decode
from publisher.reading.trace.explain import explain, outline
from publisher.reading.trace.rules import RULES

from .test_cases import CASES

PAGES = [
    path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*/input.txt")) if "encoding" not in path.parent.name
]
LINES = sorted({line for page in PAGES for line in page.split("\n")})
KEPT = {"caption", "headline", "list item", "paragraph", "pull quote", "standfirst", "subheading", "teaser summary"}
WORD = re.compile(r"\w+")
JOINT = re.compile(r"(?<=[a-zà-ỹ])(?=[A-ZÀ-ÞĐ])")

relaxed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def shown(article: Article) -> list[str]:
    """Every text of an article that a reader would see."""
    texts = [article.kicker or "", article.headline, article.standfirst or "", article.dateline or "", *article.bylines]
    for block in article.body:
        match block:
            case Paragraph() | Subheading():
                texts.append(plain(block.inlines))
            case PullQuote():
                texts += [plain(block.inlines), block.attribution or ""]
            case BulletList() | NumberedList():
                texts += [plain(item) for item in block.items]
            case Figure():
                texts += [plain(block.caption), block.alt or "", block.credit or ""]
            case _:
                pass
    for teaser in article.related:
        texts += [teaser.headline, teaser.summary or "", teaser.section or ""]
    return texts


def check(data: bytes, media_type: str = "text/plain") -> None:
    """Read a page and assert all that must hold."""
    source = Source(name="page.txt", data=data, media_type=media_type)
    try:
        decoded = decode(data, source.name)
    except InputError:
        decoded = None
    if decoded is None or unread_for(data):  # No text, or what shows itself to be something else.
        with pytest.raises(InputError):
            read(source)
        return

    reading = read(source)

    assert "\n".join(line.text for line in reading.trace) == decoded.text
    assert [line.number for line in reading.trace] == list(range(1, len(reading.trace) + 1))
    assert {line.rule for line in reading.trace} <= set(RULES)
    assert all(0 <= line.confidence <= 1 for line in reading.trace)
    if media_type == "text/plain":
        assert all((line.role == "blank") == (not line.text.strip()) for line in reading.trace)
    assert len(reading.articles) == 1
    assert reading.articles[0].headline.strip()
    assert explain(reading)
    assert outline(reading.articles[0])


def check_nothing_lost(data: bytes) -> None:
    """Words of a line that is no furniture stand in the article, and no word of the article comes from nowhere."""
    reading = read(Source(name="page.txt", data=data))
    words = set(WORD.findall(" ".join(shown(reading.articles[0]))))
    kept = [line for line in reading.trace if line.role in KEPT]
    for line in kept:
        if line.rule not in ("caption.label", "body.break", "teaser.kicker", "teaser.summary-button"):
            # A kicker that ran into the headline is set apart from it.
            lost = {part for word in set(WORD.findall(line.text)) - words for part in JOINT.split(word)} - words
            assert not lost, line
    # As parts of words: headlines glued together are parted.
    page = "\n".join(line.text for line in reading.trace)
    assert [word for word in words if word not in page] == []


@relaxed
@given(st.lists(st.sampled_from(LINES), max_size=60))
def test_any_shuffling_of_real_lines_is_read(lines: list[str]) -> None:
    check("\n".join(lines).encode())


@relaxed
@given(st.sampled_from(PAGES), st.integers(0, 4000), st.integers(0, 4000))
def test_any_cut_of_a_page_is_read_and_loses_nothing(page: str, start: int, end: int) -> None:
    data = page[start:end].encode()
    check(data)
    if any(character.isalpha() for character in page[start:end]):
        check_nothing_lost(data)


@relaxed
@given(st.sampled_from(PAGES), st.sampled_from(PAGES), st.randoms(use_true_random=False))
def test_any_splice_of_two_pages_is_read_and_loses_nothing(one: str, other: str, chance: random.Random) -> None:
    first, second = one.split("\n"), other.split("\n")
    at = chance.randrange(len(first))
    data = "\n".join(first[:at] + second + first[at:]).encode()

    check(data)
    check_nothing_lost(data)


@relaxed
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    for media_type in ("text/plain", "text/markdown"):
        check(text.encode("utf-8", "surrogatepass"), media_type)


@relaxed
@given(st.binary())
@example(b"RIFF\t   WEBP")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for media_type in ("text/plain", "text/markdown"):
        check(data, media_type)


@relaxed
@given(st.text(alphabet="#*_`[]()!<>|-=~\\:/. \nab1&;\"'"))
def test_any_marks_are_read_as_markdown(text: str) -> None:
    check(text.encode(), "text/markdown")


@pytest.mark.parametrize("page", PAGES, ids=range(len(PAGES)))
def test_pages_lose_nothing(page: str) -> None:
    check_nothing_lost(page.encode())
