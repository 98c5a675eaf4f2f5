"""Pages looked at one by one, each once: what is seen on a page does not depend on where in a file it stands.

What a page shows is known by what it is made of (``material``), without its numbers where others would be seen the same
(``numbers``), and by what its fonts say of the codes that it shows.
"""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial

import msgspec
import pikepdf
from msgspec.structs import replace

from publisher.checking.parts import findings_of, noun_of
from publisher.checking.pdf.content import content_of
from publisher.checking.pdf.document import Pdf, PdfPage, qpdf_reason
from publisher.checking.pdf.fonts import Font
from publisher.checking.pdf.marks import INVISIBLE, PageContent
from publisher.checking.pdf.material import Material, Materials
from publisher.checking.pdf.numbers import numbers_on
from publisher.checking.pdf.rules import CONTENT_RULES
from publisher.checking.pdf.rules.text import is_clear_of_clip
from publisher.checking.pdf.tally import PageTally, tally_of
from publisher.model import Finding
from publisher.seams import Keep, NotKeptError, made_anew, only_kept

__all__ = ["Sight", "guarded", "seen_on"]

MALFORMED = (
    pikepdf.PdfError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What objects of the wrong kind, where a rule expects others, end in."""

UNSOUND = ("cut-short", "damaged", "part-failed")
"""Findings that may not come again, or not for the same reason."""


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """What is seen on one page by itself."""

    findings: tuple[Finding, ...]
    """By the rules that ask for its content alone; they name no page."""

    tally: PageTally
    operations: int
    """How many were followed."""

    depends_on_numbers: bool
    """Whether the same page with other numbers, as long and as wide, may be seen otherwise."""


class ShownTexts(msgspec.Struct, frozen=True):
    """What a page shows text with: for each font, by its number among those that the page names, the codes."""

    codes: tuple[tuple[int, tuple[int, ...]], ...] | None
    """``None`` when one of the fonts has no number."""


def seen_on(page: PdfPage, materials: Materials, keep: Keep = made_anew) -> tuple[Sight, Sequence[Font]]:
    """What is seen on the page, and the fonts that it shows text in. ``keep`` may have it from another file."""
    followed = _Followed(page)
    material = None if keep is made_anew else materials.of(page)
    if material is None:
        return followed.sight, followed.fonts
    try:
        sight, fonts = _recalled(followed, material, keep)
    except _UnsoundError as error:
        return error.sight, followed.fonts
    page.pdf.library.operations_left -= sight.operations - followed.operations
    return sight, fonts


def _recalled(followed: "_Followed", material: Material, keep: Keep) -> tuple[Sight, Sequence[Font]]:
    """What was seen on such a page, or now is; _UnsoundError where it may not be kept."""
    with contextlib.suppress(NotKeptError):  # As it is it is soonest known: to find its numbers, its content is read.
        return _kept(followed, material, {}, only_kept(keep), followed.sound_sight)
    as_it_is = partial(_kept, followed, material, {}, keep, followed.sound_sight)
    numbers = numbers_on(followed.page, material)
    if numbers is None:
        return as_it_is()

    def whatever_the_numbers() -> Sight:
        sight, fonts = as_it_is()
        if sight.depends_on_numbers:
            raise _NumbersMatterError(sight, fonts)
        return sight

    try:
        return _kept(followed, numbers.material, numbers.shown, keep, whatever_the_numbers)
    except _NumbersMatterError as error:
        return error.sight, error.fonts


def _kept(
    followed: "_Followed",
    material: Material,
    but: Mapping[int, Counter[bytes]],
    keep: Keep,
    make: Callable[[], Sight],
) -> tuple[Sight, Sequence[Font]]:
    """What is kept of a page of the material, else made, and the fonts. Lines that the material leaves out: ``but``."""
    shown = keep("texts", ShownTexts, material.key, partial(_shown_texts, followed, material, but))
    if shown.codes is None:
        raise _UnsoundError(followed.sight)
    fonts = [_font(followed.page, material, number) for number, _ in shown.codes]
    accounts = [font.account(codes) for font, (_, codes) in zip(fonts, shown.codes, strict=True)]
    return keep("pages", Sight, (material.key, accounts), make), fonts


def guarded(pdf: Pdf, page: int | None, rule: "partial[Iterator[Finding]]") -> Iterator[Finding]:
    """What a rule finds, until it meets an object that is not what it must be: the others go on."""
    what = f"the {noun_of(rule)} of the file" if page is None else f"page {page + 1}"
    return findings_of(rule, what, pdf.budget, partial(pdf.found, page=page), _malformed)


def _malformed(error: Exception) -> str | None:
    return qpdf_reason(error) if isinstance(error, MALFORMED) else None


class _UnsoundError(Exception):
    """What is seen may not be kept."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight


class _NumbersMatterError(Exception):
    """What is seen may be kept for the page with its numbers alone."""

    def __init__(self, sight: Sight, fonts: Sequence[Font]) -> None:
        self.sight = sight
        self.fonts = fonts


class _Followed:
    """A page whose content is followed when it is first asked for."""

    def __init__(self, page: PdfPage) -> None:
        self.page = page
        self.operations = 0

    @cached_property
    def content(self) -> PageContent:
        """What it shows."""
        page, library = self.page, self.page.pdf.library
        left = library.operations_left
        content = content_of(page.value, library, page.crop)
        self.operations = left - library.operations_left
        return content

    @property
    def fonts(self) -> list[Font]:
        """Those that it shows text in, in the order in which they come."""
        return list(self.content.fonts.values())

    @cached_property
    def sight(self) -> Sight:
        """What is seen on it."""
        page = self.page
        page.content = self.content
        tally = tally_of(page)
        findings = [finding for rule in CONTENT_RULES for finding in guarded(page.pdf, page.index, partial(rule, page))]
        return Sight(
            findings=tuple(replace(each, where=replace(each.where, page=None, article=None)) for each in findings),
            tally=tally,
            operations=self.operations,
            depends_on_numbers=bool(findings or tally.untagged) or _is_number_near_a_clip(page),
        )

    def sound_sight(self) -> Sight:
        """The sight; _UnsoundError when another look may see something else."""
        sight = self.sight
        if self.page.pdf.budget.over or any(finding.code in UNSOUND for finding in sight.findings):
            raise _UnsoundError(sight)
        return sight


def _is_number_near_a_clip(page: PdfPage) -> bool:
    numbers = (run for run in page.content.runs if run.is_number and run.mode != INVISIBLE and run.located)
    return not all(is_clear_of_clip(page, run) for run in numbers)


def _shown_texts(followed: _Followed, material: Material, but: Mapping[int, Counter[bytes]]) -> ShownTexts:
    content = followed.content
    numbers = {id(_font(followed.page, material, number)): number for number in range(len(material.fonts))}
    if not numbers.keys() >= content.fonts.keys():
        return ShownTexts(None)
    codes = (
        (numbers[key], content.fonts[key].codes(b"".join((Counter(texts) - but.get(key, Counter())).keys())))
        for key, texts in content.texts.items()
    )
    return ShownTexts(tuple((number, tuple(sorted(set(each)))) for number, each in codes))


def _font(page: PdfPage, material: Material, number: int) -> Font:
    font = page.pdf.library.font(material.fonts[number])
    assert font is not None  # noqa: S101  (a material has dictionaries only)
    return font
