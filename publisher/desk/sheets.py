"""The pages of our own PDFs as pictures: what changed is known without drawing it, and what is asked for is drawn."""

import hashlib
import io
import struct
import threading
import zlib
from collections.abc import Iterator
from typing import Any, TypeAlias

import pikepdf
import pypdfium2

from publisher.desk.reader import Recent
from publisher.model.blocks import Value

WIDTH_PIXELS = 1240
"""Of a picture of a page: A4 at 150 dots an inch."""

PICTURES_BYTES = 128 * 1024**2
MM_PER_POINT = 25.4 / 72
_DIGITS = 24


class PageSheet(Value, frozen=True, kw_only=True):
    """A page of a PDF."""

    image: str
    """The same for pages that look the same."""

    width_mm: float
    height_mm: float


SheetBox: TypeAlias = tuple[float, float, float, float]
"""A place on a page: left, top, right and bottom, as parts of its width and height from its left upper corner."""


class Sheets:
    """The pages of a PDF that was made here. For any thread: the library that draws is not, and is asked in turn."""

    _drawing = threading.Lock()

    def __init__(self, data: bytes, drawn: "Recent[bytes]") -> None:
        self._data = data
        self._drawn = drawn
        self.sheets = tuple(_sheets(data))

    def picture(self, image: str) -> bytes | None:
        """The page as PNG; ``None`` when no page looks like that."""
        found = self._drawn.get(image)
        if found is None:
            index = next((at for at, sheet in enumerate(self.sheets) if sheet.image == image), None)
            if index is None:
                return None
            with self._drawing:
                found = self._draw(index)
            self._drawn.put(image, found, len(found))
        return found

    def _draw(self, index: int) -> bytes:
        document = pypdfium2.PdfDocument(self._data)
        try:
            page = document[index]
            bitmap = page.render(scale=WIDTH_PIXELS / page.get_width(), rev_byteorder=True)
            return png(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, memoryview(bitmap.buffer))
        finally:
            document.close()

    def used(self) -> float:
        """How many pages are filled: of the last one the part above its lowest words, its folio aside."""
        with self._drawing:
            document = pypdfium2.PdfDocument(self._data)
            try:
                page = document[len(document) - 1]
                height = page.get_height()
                text = page.get_textpage()
                bottoms = [text.get_rect(at)[1] for at in range(text.count_rects())]
                inside = [bottom for bottom in bottoms if bottom > height * _FOOT]
                filled = 1 - (min(inside, default=height) / height)
                used: float = len(document) - 1 + min(1.0, filled / (1 - _FOOT))
                return round(used, 1)
            finally:
                document.close()

    def attachments(self) -> tuple[tuple[str, str, int], ...]:
        """Name, description and bytes of each file that it carries."""
        with pikepdf.open(io.BytesIO(self._data)) as pdf:
            return tuple(
                (name, spec.description, len(spec.get_file().read_bytes())) for name, spec in pdf.attachments.items()
            )

    def find(self, words: str, first: int, last: int) -> tuple[int, SheetBox] | None:
        """Where words stand on the pages from ``first`` to ``last``, from 1; ``None`` where they do not."""
        with self._drawing:
            document = pypdfium2.PdfDocument(self._data)
            try:
                for number in range(first, min(last, len(document)) + 1):
                    page = document[number - 1]
                    text = page.get_textpage()
                    found = text.search(words).get_next()
                    if found:
                        return number, _box(page, text, *found)
            finally:
                document.close()
        return None

    def words_at(self, number: int, x: float, y: float) -> str | None:
        """The words on the line of a page that stands at a place; ``None`` where none does."""
        with self._drawing:
            document = pypdfium2.PdfDocument(self._data)
            try:
                if not 1 <= number <= len(document):
                    return None
                page = document[number - 1]
                text = page.get_textpage()
                width, height = page.get_size()
                index = text.get_index(x * width, (1 - y) * height, 12, 12)
                if index is None:
                    return None
                start = max(0, index - _AROUND)
                around = text.get_text_range(start, min(2 * _AROUND, text.count_chars() - start))
                return str(around)
            finally:
                document.close()


_FOOT = 0.07
"""The part of a page at its foot where its folio stands."""

_AROUND = 30


def _box(page: Any, text: Any, index: int, count: int) -> SheetBox:
    width, height = page.get_size()
    boxes = [text.get_charbox(at) for at in range(index, index + count)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return (
        round(min(lefts) / width, 4),
        round(1 - max(tops) / height, 4),
        round(max(rights) / width, 4),
        round(1 - min(bottoms) / height, 4),
    )


def _sheets(data: bytes) -> Iterator[PageSheet]:
    """The pages, known by all that is drawn on them: pictures have names of their content in files of ours."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            box = [float(edge) for edge in page.mediabox]
            contents = page.obj.Contents
            streams = contents if isinstance(contents, pikepdf.Array) else [contents]
            digest = hashlib.sha256(repr(box).encode())
            for stream in streams:
                digest.update(stream.read_raw_bytes())
            for kind in ("/XObject", "/Font"):
                names = page.obj.Resources.get(kind, pikepdf.Dictionary()).keys()
                digest.update(" ".join(sorted(names)).encode())
            yield PageSheet(
                image=digest.hexdigest()[:_DIGITS],
                width_mm=round((box[2] - box[0]) * MM_PER_POINT, 1),
                height_mm=round((box[3] - box[1]) * MM_PER_POINT, 1),
            )


def png(width: int, height: int, stride: int, channels: int, pixels: "memoryview[int]") -> bytes:
    """A PNG of rows of grey or red, green and blue, ``stride`` bytes each, packed for speed: it is looked at once."""
    rows = bytearray()
    for row in range(height):
        rows.append(0)  # As they are: filters cost more than they save on a white page.
        rows += pixels[row * stride : row * stride + width * channels]
    head = struct.pack(">IIBBBBB", width, height, 8, 2 if channels == 3 else 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 1)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
