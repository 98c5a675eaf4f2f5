"""An opened PDF and its pages, as the rules ask for them."""

import io
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

import pikepdf

from publisher.checking.budget import Budget
from publisher.checking.claims import purpose_of
from publisher.checking.pdf.geometry import Box
from publisher.checking.pdf.marks import ObjectId, PageContent
from publisher.checking.pdf.resources import Library, stream_data
from publisher.checking.pdf.structure import Structure
from publisher.checking.pdf.values import inherited, number_of
from publisher.checking.pdf.xmp import XmpError, xmp_values
from publisher.checking.phrases import shortened
from publisher.checking.purposes import Purpose
from publisher.errors import InputError
from publisher.model import Claim, Finding, Severity, Where

A4 = Box(0.0, 0.0, 595.276, 841.89)
MAX_BOOKMARKS = 20_000
MAX_PAGES = 20_000
BOX_NAMES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")


class Pdf:
    """A PDF that could be opened."""

    def __init__(self, file: pikepdf.Pdf, purposes: frozenset[Purpose], budget: Budget) -> None:
        self.file = file
        self.budget = budget
        self.root = file.Root
        self.library = Library(budget)
        self.picture_inks: dict[ObjectId, float] = {}
        """The most ink of each picture that has been measured."""

        self.page_values = _page_values(file)
        self.page_numbers: Mapping[ObjectId, int] = {page.objgen: place for place, page in enumerate(self.page_values)}
        self.purposes = purposes | {purpose_of(claim) for claim in self.claims}

    # --- what it says of itself -------------------------------------------------------------------------------------

    @cached_property
    def packet(self) -> bytes | None:
        """The XMP metadata as they stand in the file."""
        stream = self.root.get("/Metadata")
        return stream_data(stream) if isinstance(stream, pikepdf.Stream) else None

    @cached_property
    def _xmp(self) -> tuple[Mapping[str, tuple[str, ...]], str | None]:
        if self.packet is None:
            return {}, None
        try:
            return xmp_values(self.packet), None
        except XmpError as error:
            return {}, str(error)

    @property
    def xmp(self) -> Mapping[str, tuple[str, ...]]:
        """The XMP properties; empty when there are none, or they are broken."""
        return self._xmp[0]

    @property
    def xmp_error(self) -> str | None:
        """Why the XMP metadata cannot be read."""
        return self._xmp[1]

    def xmp_text(self, name: str) -> str | None:
        """The first text of an XMP property."""
        texts = self.xmp.get(name, ())
        return texts[0] if texts else None

    def info(self, name: str) -> str | None:
        """An entry of the document information dictionary."""
        listed = self.file.trailer.get("/Info")
        value = listed.get(f"/{name}") if isinstance(listed, pikepdf.Dictionary) else None
        return str(value) if isinstance(value, (pikepdf.String, pikepdf.Name)) else None

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The standards that it claims, in the order PDF/A, PDF/UA, PDF/X."""
        claims = []
        part = self.xmp_text("pdfaid:part")
        if part:
            claims.append(Claim(standard="PDF/A", version=part + (self.xmp_text("pdfaid:conformance") or "").lower()))
        part = self.xmp_text("pdfuaid:part")
        if part:
            claims.append(Claim(standard="PDF/UA", version=part))
        version = self.xmp_text("pdfxid:GTS_PDFXVersion") or self.info("GTS_PDFXVersion") or ""
        conformance = self.info("GTS_PDFXConformance") or ""
        found = re.search(r"PDF/X-(\w+)", conformance) or re.search(r"PDF/X-(\w+)", version)
        if found:
            claims.append(Claim(standard="PDF/X", version=found[1].lower()))
        return tuple(claims)

    @cached_property
    def intents(self) -> list[Any]:
        """The output intents."""
        listed = self.root.get("/OutputIntents")
        intents = list(listed) if isinstance(listed, pikepdf.Array) else []
        return [intent for intent in intents if isinstance(intent, pikepdf.Dictionary)]

    # --- its parts --------------------------------------------------------------------------------------------------

    @cached_property
    def structure(self) -> Structure | None:
        """The tag tree; ``None`` when there is none."""
        root = self.root.get("/StructTreeRoot")
        return Structure(self.file, root, self.page_numbers) if isinstance(root, pikepdf.Dictionary) else None

    @cached_property
    def named_destinations(self) -> Mapping[str, Any]:
        """The places that links and bookmarks may name."""
        found: dict[str, Any] = {}
        old = self.root.get("/Dests")
        if isinstance(old, pikepdf.Dictionary):
            found |= {key[1:]: value for key, value in old.items()}
        names = self.root.get("/Names")
        tree = names.get("/Dests") if isinstance(names, pikepdf.Dictionary) else None
        found |= name_tree(tree)
        return found

    def page_of(self, destination: Any) -> int | None:
        """The page, from 0, of a destination; ``None`` when it leads nowhere in this file."""
        for _ in range(3):  # A name, then a dictionary around the array.
            if isinstance(destination, (pikepdf.String, pikepdf.Name)):
                text = str(destination)
                destination = self.named_destinations.get(text.removeprefix("/"), self.named_destinations.get(text))
            if isinstance(destination, pikepdf.Dictionary):
                destination = destination.get("/D")
        if not isinstance(destination, pikepdf.Array) or not len(destination):
            return None
        page = destination[0]
        if isinstance(page, int):
            return page if 0 <= page < len(self.page_values) else None
        return self.page_numbers.get(page.objgen) if isinstance(page, pikepdf.Object) else None

    def bookmarks(self) -> Iterator[tuple[str, int, Any]]:
        """Each bookmark in order: its title, its level from 0, its dictionary."""
        outlines = self.root.get("/Outlines")
        seen: set[ObjectId] = set()
        stack = [(outlines.get("/First"), 0)] if isinstance(outlines, pikepdf.Dictionary) else []
        while stack and len(seen) < MAX_BOOKMARKS:
            item, level = stack.pop()
            if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
                continue
            seen.add(item.objgen)
            yield str(item.get("/Title", "")), level, item
            stack.append((item.get("/Next"), level))
            if "/First" in item:
                stack.append((item.get("/First"), level + 1))

    def page_of_item(self, item: Any) -> int | None:
        """Where a bookmark or a link leads inside this file; ``None`` for elsewhere and for nowhere."""
        action = item.get("/A")
        if "/Dest" in item:
            return self.page_of(item.get("/Dest"))
        if isinstance(action, pikepdf.Dictionary) and action.get("/S") == "/GoTo":
            return self.page_of(action.get("/D"))
        return None

    @cached_property
    def _articles(self) -> list[tuple[int, str]]:
        """The titles of the bookmarks of the first level, by page."""
        found = [
            (page, " ".join(title.split()))
            for title, level, item in self.bookmarks()
            if level == 0 and (page := self.page_of_item(item)) is not None
        ]
        return sorted(found, key=lambda each: each[0])

    def article_of(self, page: int) -> str | None:
        """The bookmark under which a page stands: ``page`` is from 0."""
        title = None
        for first, name in self._articles:
            if first > page:
                break
            title = name
        return title

    # --- findings ---------------------------------------------------------------------------------------------------

    def found(
        self, code: str, severity: Severity, message: str, page: int | None = None, place: str | None = None
    ) -> Finding:
        """A finding about the file, or about a page of it, counted from 0."""
        article = self.article_of(page) if page is not None else None
        number = page + 1 if page is not None else None
        return Finding(
            code=code,
            severity=severity,
            message=message,
            where=Where(page=number, article=article, place=shortened(place) if place else None),
        )

    @property
    def for_reading(self) -> bool:
        """Whether anybody is to read it as it is: what goes to a press alone needs no tags and no bookmarks."""
        return self.purposes != {"press"}

    def worse_for(self, *purposes: Purpose, otherwise: Severity = "warning", severity: Severity = "error") -> Severity:
        """The severity of what some purposes forbid and others mind less."""
        return severity if self.purposes & set(purposes) else otherwise


class PdfPage:
    """One page."""

    def __init__(self, pdf: Pdf, index: int) -> None:
        self.pdf = pdf
        self.index = index
        """From 0."""

        self.value = pdf.page_values[index]
        self.given = {name: box for name in BOX_NAMES if (box := _box(inherited(self.value, f"/{name}")))}
        """The boxes that the page has or inherits."""

        self.media = self.given.get("MediaBox", A4)
        crop = self.given.get("CropBox", self.media).meet(self.media)
        self.crop = self.media if crop.empty else crop
        self.trim = self.given.get("TrimBox", self.crop)
        self.bleed = self.given.get("BleedBox", self.crop)
        self.content = PageContent()

    @property
    def unit(self) -> float:
        """How many points a unit of the page is."""
        return number_of(self.value.get("/UserUnit"), 1.0)

    @property
    def turned(self) -> int:
        """By how many degrees it is shown turned."""
        value = inherited(self.value, "/Rotate")
        return int(value) % 360 if isinstance(value, int) else 0

    def annotations(self) -> list[Any]:
        """Its annotations."""
        listed = self.value.get("/Annots")
        items = list(listed) if isinstance(listed, pikepdf.Array) else []
        return [item for item in items if isinstance(item, pikepdf.Dictionary)]

    def found(self, code: str, severity: Severity, message: str, place: str | None = None) -> Finding:
        """A finding about this page."""
        return self.pdf.found(code, severity, message, self.index, place)


def open_pdf(data: bytes, name: str) -> pikepdf.Pdf:
    """The file; InputError when it is no PDF, needs a password, or is too broken to be repaired."""
    try:
        file = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
        if not len(file.pages):
            raise InputError(f"cannot check {name}: it has no pages. Make it again.")
        return file
    except pikepdf.PasswordError as error:
        raise InputError(f"cannot check {name}: it needs a password. Save a copy without one.") from error
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError, MemoryError) as error:
        raise InputError(f"cannot check {name}: {qpdf_reason(error)}. Make it again.") from error


def qpdf_reason(complaint: object) -> str:
    """What qpdf complains of, on one line, without the name of what it reads: that is an object in memory here."""
    reason = re.sub(r"^(?:(?:stream )?<[^>]*>:? ?)?(?:\([^)]*\): )?", "", str(complaint).partition("\n")[0])
    return " ".join(reason.split()) or "it is damaged"


def name_tree(root: Any) -> dict[str, Any]:
    """The entries of a name tree (7.9.6)."""
    return {str(key): value for key, value in _leaves(root, "/Names")}


def number_tree(root: Any) -> dict[int, Any]:
    """The entries of a number tree (7.9.7)."""
    return {key: value for key, value in _leaves(root, "/Nums") if isinstance(key, int)}


def _leaves(root: Any, entries: str) -> Iterator[tuple[Any, Any]]:
    """The keys and values in the nodes of a tree; a node that comes back in itself counts once."""
    seen: set[ObjectId] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if not isinstance(node, pikepdf.Dictionary) or (node.objgen != (0, 0) and node.objgen in seen):
            continue
        seen.add(node.objgen)
        leaves = node.get(entries)
        items = list(leaves) if isinstance(leaves, pikepdf.Array) else []
        yield from zip(items[::2], items[1::2], strict=False)
        kids = node.get("/Kids")
        stack += list(kids) if isinstance(kids, pikepdf.Array) else []


def _page_values(file: pikepdf.Pdf) -> list[Any]:
    return [page.obj for page in file.pages][:MAX_PAGES]


def _box(value: Any) -> Box | None:
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        left, bottom, right, top = (float(number) for number in value)
    except (TypeError, ValueError):
        return None
    return Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
