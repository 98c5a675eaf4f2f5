"""Pages that have been seen before: what is found is what a look without memory finds, wherever the page stands now."""

import functools
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.checking import look
from publisher.checking.budget import Budget
from publisher.checking.pdf import look_at_pdf
from publisher.checking.purposes import Purpose
from tests.checking.conftest import made
from tests.checking.spoiling import draw, font_of, spoilt, text

BOTH = ("texts", "pages")
PRESS: frozenset[Purpose] = frozenset({"press"})


@functools.cache
def book() -> bytes:
    """Some pages, of which the second has text that is too small."""
    return spoilt(made(".pdf", "compilation", many=True), lambda pdf: draw(pdf, 2, text(pdf, 2, size=3)))


def page_count(data: bytes) -> int:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def test_the_same_pages_are_not_followed_again(tmp_path: Path) -> None:
    memo = Memo(Cache(tmp_path))

    first, second = (look(book(), "a.pdf", keep=memo.keep) for _ in range(2))

    assert first == second == look(book(), "a.pdf")
    assert memo.found == len(BOTH) * page_count(book())


def move_last_page_first(pdf: pikepdf.Pdf) -> None:
    pdf.pages.insert(0, pdf.pages[-1])
    del pdf.pages[-1]


def map_a_letter_to_nothing(pdf: pikepdf.Pdf) -> None:
    """The page's content stays as it is: only the font says less of it."""
    _, font = font_of(pdf, 1)
    codes = font.ToUnicode.read_bytes().replace(b"<0061>", b"<fffd>")
    font.ToUnicode = pikepdf.Stream(pdf, codes)


def narrow_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].CropBox = pikepdf.Array([0, 0, 250, 400])


def add_small_letters(pdf: pikepdf.Pdf) -> None:
    draw(pdf, 1, text(pdf, 1, size=2))


def claim_nothing(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def exchange_fonts(pdf: pikepdf.Pdf) -> None:
    fonts = pdf.pages[0].Resources.Font
    one, other = list(fonts)[:2]
    fonts[one], fonts[other] = fonts[other], fonts[one]


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    "spoil",
    [
        move_last_page_first,
        map_a_letter_to_nothing,
        narrow_a_page,
        add_small_letters,
        claim_nothing,
        exchange_fonts,
    ],
)
def test_what_has_changed_is_seen(spoil: Callable[[pikepdf.Pdf], None], tmp_path: Path) -> None:
    memo = Memo(Cache(tmp_path))
    look(book(), "a.pdf", keep=memo.keep)
    changed = spoilt(book(), spoil)

    seen = look(changed, "b.pdf", keep=memo.keep)

    assert seen == look(changed, "b.pdf")
    assert seen.findings != look(book(), "a.pdf").findings


def test_pages_seen_for_a_screen_are_looked_at_again_for_a_press(tmp_path: Path) -> None:
    memo = Memo(Cache(tmp_path))
    look(book(), "a.pdf", keep=memo.keep)

    assert look(book(), "a.pdf", PRESS, memo.keep) == look(book(), "a.pdf", PRESS)


def test_a_page_that_takes_its_fonts_along_is_known_again_by_other_numbers(tmp_path: Path) -> None:
    memo = Memo(Cache(tmp_path))
    look(book(), "a.pdf", keep=memo.keep)
    shorter = spoilt(book(), lambda pdf: pdf.pages.__delitem__(0))

    look(shorter, "b.pdf", keep=memo.keep)

    assert memo.found == len(BOTH) * page_count(shorter)


def test_a_look_that_was_cut_short_is_not_kept(tmp_path: Path) -> None:
    memo = Memo(Cache(tmp_path))
    look_at_pdf(book(), "a.pdf", budget=Budget(0, seconds=-1), keep=memo.keep)

    assert look(book(), "a.pdf", keep=memo.keep) == look(book(), "a.pdf")


def test_damaged_entries_are_looked_at_again(tmp_path: Path) -> None:
    look(book(), "a.pdf", keep=Memo(Cache(tmp_path)).keep)
    for number, path in enumerate(sorted(tmp_path.glob("*/*/*"))):
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2] if number % 2 else data[:40] + b"?" + data[41:])
    memo = Memo(Cache(tmp_path))

    assert look(book(), "a.pdf", keep=memo.keep) == look(book(), "a.pdf")
    assert memo.found == 0


def test_a_page_that_refers_to_itself_is_looked_at_each_time(tmp_path: Path) -> None:
    def loop(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.Resources.Loop = pdf.make_indirect(pikepdf.Dictionary())
        page.Resources.Loop.Self = page.Resources.Loop

    memo = Memo(Cache(tmp_path))
    looped = spoilt(book(), loop)

    first, second = (look(looped, "a.pdf", keep=memo.keep) for _ in range(2))

    assert first == second == look(looped, "a.pdf")
