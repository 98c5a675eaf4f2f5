"""Pages that have been seen before: what is found is what a look without memory finds, wherever the page stands now."""

import functools
import io
import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.checking import foresee, look
from publisher.checking.budget import Budget
from publisher.checking.pdf import look_at_pdf
from publisher.checking.purposes import Purpose
from tests.checking.conftest import made
from tests.checking.spoiling import CENTRE, draw, font_of, spoilt, text
from tests.checking.watching import Watched

PRESS: frozenset[Purpose] = frozenset({"press"})


@functools.cache
def book() -> bytes:
    """Some pages, of which the second has text that is too small."""
    return spoilt(made(".pdf", "compilation", many=True), lambda pdf: draw(pdf, 2, text(pdf, 2, size=3)))


def test_the_same_pages_are_not_followed_again(tmp_path: Path) -> None:
    first = look(book(), "a.pdf", keep=Watched(tmp_path).keep)
    watched = Watched(tmp_path)

    second = look(book(), "a.pdf", keep=watched.keep)

    assert first == second == look(book(), "a.pdf")
    assert watched.kinds["texts"] == watched.kinds["pages"] == 0


def test_what_was_foreseen_is_not_followed_again(tmp_path: Path) -> None:
    foreseeing, watched = Watched(tmp_path), Watched(tmp_path)
    foresee(book(), "a.pdf", keep=foreseeing.keep)

    assert look(book(), "a.pdf", keep=watched.keep) == look(book(), "a.pdf")
    assert foreseeing.kinds["pages"] > 3
    assert watched.kinds["texts"] == watched.kinds["pages"] == 0


def test_pages_are_foreseen_from_the_last_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    monkeypatch.setattr("publisher.checking.pdf.seen_on", lambda page, materials, keep: seen.append(page.index))
    foresee(book(), "a.pdf", keep=Watched(tmp_path).keep)

    assert len(seen) > 3
    assert seen == sorted(seen, reverse=True)


def break_a_page(pdf: pikepdf.Pdf) -> None:
    pdf.pages[1].obj.Resources = pikepdf.Array([1])
    pdf.pages[1].obj.UserUnit = pikepdf.Name("/One")


def test_a_malformed_page_hinders_no_other_from_being_foreseen(tmp_path: Path) -> None:
    broken = spoilt(book(), break_a_page)
    foresee(broken, "a.pdf", keep=Watched(tmp_path).keep)
    watched = Watched(tmp_path)

    assert look(broken, "a.pdf", keep=watched.keep) == look(broken, "a.pdf")
    assert watched.kinds["pages"] <= 1


def test_of_an_e_book_nothing_is_foreseen(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    foresee(made(".epub", "compilation"), "a.epub", keep=watched.keep)

    assert not watched.kinds


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
    look(book(), "a.pdf", keep=Watched(tmp_path).keep)
    watched = Watched(tmp_path)
    shorter = spoilt(book(), lambda pdf: pdf.pages.__delitem__(0))

    look(shorter, "b.pdf", keep=watched.keep)

    assert watched.kinds["texts"] == watched.kinds["pages"] == 0


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


# --- numbers --------------------------------------------------------------------------------------------------------


def code_of(font: pikepdf.Dictionary, digit: str) -> bytes:
    return re.search(rb"<([0-9a-f]{4})> <%04x>" % ord(digit), font.ToUnicode.read_bytes())[1]


def show(
    digits: str,
    place: bytes = CENTRE,
    before: bytes = b"",
    size: int = 12,
    tag: bytes = b"/Artifact BMC",
    spoil: Callable[[pikepdf.Dictionary], None] = lambda font: None,
) -> bytes:
    """The pages with a number on the third, as our engine writes it, in the font of page numbers; this is spoilt."""

    def show_number(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[2]
        name = re.search(rb"/(\w+) [\d.]+ Tf", page.Contents[-1].read_bytes())[1]
        font = page.Resources.Font[f"/{name.decode()}"]
        codes = b"".join(code_of(font, digit) for digit in digits)
        draw(pdf, 3, b"%s BT %s\n/%s %d Tf\n[<%s>] TJ\nET" % (before, place, name, size, codes), tag=tag)
        spoil(font)

    return spoilt(book(), show_number)


def without_meaning(font: pikepdf.Dictionary) -> None:
    four = code_of(font, "4")
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"<%s> <0034>" % four, b"<%s> <fffd>" % four))


def as_wide_as_the_page(font: pikepdf.Dictionary) -> None:
    font.DescendantFonts[0].W.extend([int(code_of(font, "4"), 16), pikepdf.Array([50_000])])


def test_a_page_with_another_number_is_not_followed_again(tmp_path: Path) -> None:
    look(show("17"), "a.pdf", keep=Watched(tmp_path).keep)
    watched = Watched(tmp_path)

    seen = look(show("40"), "a.pdf", keep=watched.keep)

    assert seen == look(show("40"), "a.pdf")
    assert watched.kinds["texts"] == watched.kinds["pages"] == 0


def test_a_page_that_is_as_it_was_is_not_read_for_its_numbers(tmp_path: Path) -> None:
    look(show("17"), "a.pdf", keep=Memo(Cache(tmp_path)).keep)
    asked = []

    def keep(kind, of, made_of, make):
        asked.append(kind)
        return Memo(Cache(tmp_path)).keep(kind, of, made_of, make)

    seen = look(show("17"), "b.pdf", keep=keep)

    assert seen == look(show("17"), "b.pdf")
    assert asked == ["texts", "pages"] * len(pikepdf.open(io.BytesIO(show("17"))).pages)


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("before", "after", "how", "code"),
    [
        pytest.param("17", "40", {"size": 3}, "tiny-text", id="small"),
        pytest.param("17", "40", {"before": b".9 g"}, "low-contrast", id="pale"),
        pytest.param("17", "40", {"tag": b""}, "untagged-content", id="untagged"),
        pytest.param("17", "40", {"before": b"195 301 100 4 re W n"}, "clipped-text", id="cut off above and below"),
        pytest.param("17", "40", {"spoil": without_meaning}, "unmapped-text", id="a digit is no digit"),
        pytest.param("17", "40", {"spoil": as_wide_as_the_page}, "clipped-text", id="a digit is as wide as the page"),
        pytest.param("7", "117", {"place": b"-1 0 0 -1 14 300 Tm"}, "clipped-text", id="too long for the margin"),
    ],
)
def test_what_is_wrong_with_another_number_is_found(
    before: str, after: str, how: dict[str, object], code: str, tmp_path: Path
) -> None:
    look(show(before, **how), "a.pdf", keep=Watched(tmp_path).keep)

    seen = look(show(after, **how), "a.pdf", keep=Watched(tmp_path).keep)

    assert seen == look(show(after, **how), "a.pdf")
    assert code in [finding.code for finding in seen.findings if finding.where.page == 3]


@pytest.mark.campaign
def test_pages_that_moved_are_not_followed_again(tmp_path: Path) -> None:
    """Each has its number in the margin, and the contents tell the numbers of others."""
    look(made(".pdf", "compilation", many=True), "a.pdf", keep=Watched(tmp_path).keep)
    watched = Watched(tmp_path)
    longer = made(".pdf", "compilation", many=True, first="Một tin ngắn đứng đầu.")

    seen = look(longer, "a.pdf", keep=watched.keep)

    assert seen == look(longer, "a.pdf")
    assert watched.kinds["pages"] == len(("cover", "contents", "the new article", "colophon"))
