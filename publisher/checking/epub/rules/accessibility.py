"""What the package says of its own accessibility, against what is in the book (EPUB Accessibility 1.1, 2 and 3)."""

from collections.abc import Iterator
from itertools import pairwise

from publisher.checking.epub.book import Book
from publisher.checking.epub.document import Facts
from publisher.counting import counted
from publisher.model import Finding

PAGE_FEATURES = frozenset({"pageNavigation", "printPageNumbers"})
MARKER_FEATURES = frozenset({"pageBreakMarkers", "printPageNumbers"})
MODES = frozenset({"textual", "visual", "auditory", "tactile"})
NO_HAZARDS = frozenset({"none", "noFlashingHazard", "noMotionSimulationHazard", "noSoundHazard"})
PROMISES_NOTHING = "a reader who relies on it is misled"


def find(book: Book) -> Iterator[Finding]:
    """The statements that are not true of this book, and the ones that are missing."""
    documents = {item.path: facts for item in book.documents if (facts := book.facts(item.path)) is not None}
    features = set(book.values("schema:accessibilityFeature"))
    hazards = set(book.values("schema:accessibilityHazard"))
    modes = set(book.values("schema:accessMode"))
    sufficient = [{mode.strip() for mode in value.split(",")} for value in book.values("schema:accessModeSufficient")]
    without = {path: facts.undescribed for path, facts in documents.items() if facts.undescribed}
    if without:
        first = next(iter(without))
        if features & {"alternativeText", "longDescription", "longDescriptions"}:
            lacking = counted(sum(without.values()), "picture has", "pictures have")
            message = f"the book claims alternativeText, and {lacking} none"
            yield book.found("accessibility-untrue", "error", message, first)
        if {"textual"} in sufficient:
            message = (
                "the book claims that its text alone is enough (accessModeSufficient), and has undescribed pictures"
            )
            yield book.found("accessibility-untrue", "error", message, first)
        if book.values("dcterms:conformsTo"):
            message = "the book claims to conform to a standard of accessibility, and has pictures without description"
            yield book.found("accessibility-untrue", "error", message, first)
    if book.values("dcterms:conformsTo") and not book.values("a11y:certifiedBy"):
        message = (
            "the book claims to conform to a standard of accessibility, and nobody answers for it (a11y:certifiedBy)"
        )
        yield book.found("accessibility-untrue", "warning", message, book.package_path)
    yield from _features(book, features, documents)
    yield from _hazards(book, hazards, documents)
    yield from _modes(book, modes, documents)
    unknown = sorted((modes | set().union(*sufficient)) - MODES)
    if unknown:
        message = f"there is no access mode {unknown[0]!r}"
        yield book.found("accessibility-untrue", "warning", message, book.package_path)
    if book.version.startswith("3") and not book.values("schema:accessibilitySummary") and features:
        message = "the book has no summary of its accessibility, which shops show to buyers"
        yield book.found("accessibility-unstated", "note", message)


def _features(book: Book, features: set[str], documents: dict[str, Facts]) -> Iterator[Finding]:
    false: list[str] = []
    if "tableOfContents" in features and not book.contents:
        false.append("tableOfContents")
    pages = sorted(features & PAGE_FEATURES)
    if pages and not book.nav_lines("page-list"):
        false += pages
    marked = any(facts.breaks for facts in documents.values())
    false += sorted(features & MARKER_FEATURES - set(pages)) if not marked else []
    if marked and features and not features & MARKER_FEATURES:
        message = "the text marks where pages begin, and the book does not say so (pageBreakMarkers)"
        yield book.found("accessibility-unstated", "note", message)
    if features & {"longDescription", "longDescriptions"} and not any(facts.explains for facts in documents.values()):
        false += sorted(features & {"longDescription", "longDescriptions"})
    if "index" in features and not any(facts.has_index for facts in documents.values()):
        false.append("index")
    if "structuralNavigation" in features and not _sound_headings(book, documents):
        false.append("structuralNavigation")
    if {"MathML", "describedMath"} & features and not any(facts.has_formulas for facts in documents.values()):
        false.append("MathML")
    if "synchronizedAudioText" in features and not any(
        item.media_type == "application/smil+xml" for item in book.items
    ):
        false.append("synchronizedAudioText")
    if "displayTransformability" in features and "pre-paginated" in book.values("rendition:layout"):
        false.append("displayTransformability")
    for feature in false:
        message = f"the book claims {feature}, and has it not: {PROMISES_NOTHING}"
        yield book.found("accessibility-untrue", "error", message, book.package_path)
    if "none" in features and len(features) > 1:
        message = "the book claims no feature of accessibility and then names some"
        yield book.found("accessibility-untrue", "warning", message, book.package_path)


def _sound_headings(book: Book, documents: dict[str, Facts]) -> bool:
    """Whether the documents of the reading order have headings, and none that skips a level."""
    any_heading = False
    for item in book.spine:
        levels = documents[item.path].levels if item.path in documents else ()
        any_heading = any_heading or bool(levels)
        if any(below > above + 1 for above, below in pairwise(levels)):
            return False
    return any_heading


def _hazards(book: Book, hazards: set[str], documents: dict[str, Facts]) -> Iterator[Finding]:
    if not hazards & NO_HAZARDS:
        return
    moving = next(((path, facts.moving) for path, facts in documents.items() if facts.moving), None)
    if moving is None:
        moving = next(
            ((item.path, "a picture that may move") for item in book.items if _may_move(book, item.path)), None
        )
    if moving:
        path, what = moving
        message = f"the book claims to have no hazard and holds {what}: say unknown"
        yield book.found("accessibility-untrue", "warning", message, path)


def _may_move(book: Book, path: str) -> bool:
    """A GIF of more than one picture."""
    return path.casefold().endswith(".gif") and book.data(path).count(b"\x21\xf9\x04") > 1


def _modes(book: Book, modes: set[str], documents: dict[str, Facts]) -> Iterator[Finding]:
    if not modes:
        return
    shown = next((path for path, facts in documents.items() if facts.shows), None)
    if shown and "visual" not in modes:
        message = "the book has pictures and does not name the access mode visual"
        yield book.found("accessibility-untrue", "warning", message, shown)
    if (
        shown is None
        and "visual" in modes
        and not book.broken
        and not any("cover-image" in item.properties for item in book.items)
    ):
        message = "the book names the access mode visual and shows no picture"
        yield book.found("accessibility-untrue", "warning", message, book.package_path)
    heard = next((path for path, facts in documents.items() if facts.plays), None)
    if heard and "auditory" not in modes:
        message = "the book has sound and does not name the access mode auditory"
        yield book.found("accessibility-untrue", "warning", message, heard)
    if heard is None and "auditory" in modes and not book.broken:
        message = "the book names the access mode auditory and has no sound"
        yield book.found("accessibility-untrue", "warning", message, book.package_path)
