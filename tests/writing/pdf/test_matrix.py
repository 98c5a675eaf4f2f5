"""Every shipped theme with every kind of issue: what the files claim, what they hold, and what a press gets.

All with all is a campaign. Its short form has each theme with one kind, and each kind in some theme, and every third of
them is in the suite; for a press each kind in one, and every second.
"""

import functools
import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

import msgspec
import pikepdf
import pytest

from publisher.checking import check
from publisher.compiling import compile_issue
from publisher.model import (
    BlockQuote,
    BulletList,
    Figure,
    Issue,
    IssuePlan,
    NavEntry,
    NumberedList,
    Paragraph,
    Preformatted,
    PullQuote,
    Rendition,
    Subheading,
    Table,
    plain,
)
from publisher.theming import theme_folders
from tests.conftest import ROOT
from tests.theming.issues import rendered, shipped
from tests.validators import pdf_text, verapdf
from tests.writing.pdf.audit import Audit
from tests.writing.pdf.kinds import KINDS, seed
from tests.writing.pdf.making import written
from tests.writing.pdf.pages import bookmarks, dead_links, fold
from tests.writing.pdf.pressing import plates
from tests.writing.pdf.tagtree import faults, furniture_faults, kind_of, outline, root, walk

THEMES = tuple(theme_folders())
SEED = ROOT.parent / "shared" / "corpus" / "text" / "seed.txt"
BLACK = ("/DeviceCMYK", (0.0, 0.0, 0.0, 1.0))
FURNITURE_WORDS = 40
"""The most words that running head and folio, of two pages, have together."""

NAMES = (*KINDS, "seed")
LARGE = tuple(name for name in NAMES if name not in ("English", "every block"))
"""Files for a press of the small ones are audited in test_press."""

IN_TURN = set(zip(THEMES, itertools.cycle(NAMES)))
ONCE = set(zip(THEMES, LARGE, strict=False))


def each(names: Sequence[str], short: Collection[tuple[str, str]]) -> pytest.MarkDecorator:
    """All themes with all kinds; what is not in the short form is a campaign."""
    return pytest.mark.parametrize(
        ("theme", "name"),
        [
            pytest.param(theme, name, marks=() if (theme, name) in short else pytest.mark.campaign)
            for theme in THEMES
            for name in names
        ],
    )


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A file of one issue in one theme."""

    issue: Issue
    rendition: Rendition
    path: Path


@functools.cache
def issue_of(name: str) -> Issue:
    """The seed where it is."""
    return KINDS[name]() if name in KINDS else seed(ROOT.parent / "shared")


@functools.cache
def rendition_of(theme: str, name: str, flow: str | None = None) -> tuple[Issue, Rendition]:
    if name == "seed" and not SEED.is_file():
        pytest.skip("the seed is not here")
    issue = issue_of(name)
    if "related" in shipped(theme).options:  # A brief: it has no appendix that the contents would name.
        first = compile_issue([issue.articles[0].article], IssuePlan(title=issue.title, number=issue.number))
        issue = msgspec.structs.replace(first, assets=issue.assets)
    return issue, rendered(issue, theme, options={"flow": flow} if flow else {})


def test_in_turn_each_kind_meets_a_theme() -> None:
    assert {name for _, name in IN_TURN} == set(NAMES)
    assert {name for _, name in ONCE} == set(LARGE)


@pytest.mark.sample(3)
@pytest.mark.conformance
@each(NAMES, IN_TURN)
def test_every_issue_is_archival_and_accessible_in_one_file(theme: str, name: str, tmp_path: Path) -> None:
    assert_archival_and_accessible(*rendition_of(theme, name), tmp_path / "made.pdf")


@pytest.mark.campaign  # Of each theme's own flow it is asked above.
@pytest.mark.conformance
@pytest.mark.parametrize(
    ("theme", "flow"),
    [
        (theme, flow)
        for theme in THEMES
        for flow in shipped(theme).options["flow"].choices
        if flow != shipped(theme).options["flow"].default
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_every_issue_is_archival_and_accessible_in_every_other_flow(
    theme: str, flow: str, name: str, tmp_path: Path
) -> None:
    assert_archival_and_accessible(*rendition_of(theme, name, flow), tmp_path / "made.pdf")


def assert_archival_and_accessible(issue: Issue, rendition: Rendition, path: Path) -> None:
    """What the file claims is true of it: by its bookmarks, its tags, its text, our check and veraPDF."""
    file = written(rendition)
    path.write_bytes(file.data)
    made = Made(issue=issue, rendition=rendition, path=path)

    assert list(map(str, file.problems)) == []
    assert bookmark_faults(made) == []
    assert tree_faults(made) == []
    assert text_faults(made) == []
    assert preflight(file.data) == []
    assert verapdf(path, "3a", "ua1") == []


@pytest.mark.sample(2)
@pytest.mark.conformance
@each(LARGE, ONCE)
def test_every_issue_passes_the_audit_of_a_press(theme: str, name: str, tmp_path: Path) -> None:
    file = plates(rendition_of(theme, name)[1])
    path = tmp_path / "press.pdf"
    path.write_bytes(file.data)
    audit = Audit(path)

    assert [*map(str, file.problems), *audit.wrong] == []
    assert audit.texts.most_common(1)[0][0] == (BLACK, True)  # Ink alone, and printed over what lies under it.
    assert preflight(file.data) == []


def test_the_long_issue_is_long() -> None:
    assert written(rendered(issue_of("long Vietnamese"), "brief")).page_count >= 12


def preflight(data: bytes) -> list[str]:
    """What ``publisher check`` finds by itself at warning or above."""
    report = check(data, "made.pdf")
    return [str(finding) for finding in report.findings if finding.severity in ("error", "warning")]


def bookmark_faults(made: Made) -> list[str]:
    """The bookmarks are the contents, to the last line; a brief's also lead to the related news at its end."""
    found = [(depth, fold(title)) for depth, title in bookmarks(made.path)]
    expected = [(depth, fold(entry.title)) for depth, entry in _lines(made.rendition.nav, 1)]
    if made.rendition.documents[-1].role == "article":
        found = found[: len(expected)]
    return [*dead_links(made.path), *([] if found == expected else [f"{found} and not {expected}"])]


def _lines(entries: tuple[NavEntry, ...], depth: int) -> Iterator[tuple[int, NavEntry]]:
    for entry in entries:
        yield depth, entry
        yield from _lines(entry.children, depth + 1)


def tree_faults(made: Made) -> list[str]:
    """A sound tree, with an element for each article and for each of the blocks in it."""
    with pikepdf.open(made.path) as pdf:
        kinds = [kind_of(element) for _, element in walk(root(pdf))]
        wrong = [*faults(pdf), *furniture_faults(pdf)]
    blocks = [block for placed in made.issue.articles for block in placed.article.body]
    expected = {
        "Art": len(made.issue.articles),
        "Figure": sum(isinstance(block, Figure) and block.src is not None for block in blocks),
        "Table": sum(isinstance(block, Table) for block in blocks),
        "BlockQuote": sum(isinstance(block, BlockQuote | PullQuote) for block in blocks),
    }
    return [
        *wrong,
        *(f"{kinds.count(kind)} {kind}, not {count}" for kind, count in expected.items() if kinds.count(kind) < count),
    ]


def text_faults(made: Made) -> list[str]:
    """The pieces of each article that do not follow each other in the extracted text as they do in the article."""
    text = " ".join(f"{fold(page)} \f" for page in pdf_text(made.path, as_drawn=True))
    missing = []
    for placed in made.issue.articles:
        at = 0
        lost = [block for block in placed.article.body if isinstance(block, Figure) and not block.src]
        kept = [block for block in placed.article.body if block not in lost]
        for piece in pieces(tuple(kept)):
            match = _between_pages(piece).search(text, at)
            if match is None:
                missing.append(piece)
            else:
                at = match.end()
        # Captions without pictures come last, or in a column beside the text.
        missing += [piece for piece in pieces(tuple(lost)) if not _between_pages(piece).search(text)]
    return missing


def _between_pages(piece: str) -> re.Pattern[str]:
    """The piece's words in a row, or with the furniture of two pages where one ends and the next begins."""
    gap = rf"(?: | (?:\S+ ){{0,{FURNITURE_WORDS}}}?\f(?: \S+){{0,{FURNITURE_WORDS}}}? )"
    return re.compile(gap.join(map(re.escape, fold(piece).split())))


def pieces(body: tuple[object, ...]) -> Iterator[str]:
    """The text of each block, in order."""
    for block in body:
        match block:
            case Paragraph() | Subheading() | PullQuote():
                yield plain(block.inlines)
            case BulletList() | NumberedList():
                yield from map(plain, block.items)
            case BlockQuote():
                yield from pieces(block.blocks)
            case Figure() if block.caption:
                yield plain(block.caption)
            case Table():
                yield from map(plain, (*block.header, *(cell for row in block.rows for cell in row)))
            case Preformatted():
                yield block.text


def test_the_tags_say_what_each_part_is(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(written(rendered(KINDS["every block"](), "compilation")).data)

    with pikepdf.open(path) as pdf:
        lines = list(outline(root(pdf)))

    assert lines == Path(__file__).with_name("tags.txt").read_text(encoding="utf-8").splitlines()
