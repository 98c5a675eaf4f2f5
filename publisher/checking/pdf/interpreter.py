"""The machine that follows content streams: its state, and what it notes (ISO 32000-1, 8 and 9)."""

import copy
import math
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import pikepdf

from publisher.checking.pdf.colours import BLACK, PATTERN, Colour, space_of
from publisher.checking.pdf.fonts import Font, Glyph
from publisher.checking.pdf.geometry import EVERYWHERE, IDENTITY, Box, Matrix, placed, placed_box, scale_of, times
from publisher.checking.pdf.lexer import Operand, operations
from publisher.checking.pdf.marks import UNTAGGED, GlyphRun, PageContent, Paint, PaintedPicture, Tag
from publisher.checking.pdf.resources import MAX_CONTENT_BYTES, Library, Resources, stream_data

MAX_DEPTH = 12
"""How deep forms may stand inside each other; qpdf and viewers stop near it."""

MAX_OPERATIONS = 300_000
"""Of a page, its forms included: some seconds. A dense page of text has two thousand."""

ASKED_EVERY = 1_000
"""Operations between two looks at the clock."""

MAX_HOLES = 16
"""A path of more parts is a drawing, whose parts are not compared with each other."""

Handlers: TypeAlias = Mapping[bytes, Callable[["Interpreter", list[Operand]], None]]
"""What each operator does."""


class GraphicsState:
    """The graphics state (8.4), as far as checks ask for it."""

    def __init__(self, clip: Box) -> None:
        self.matrix: Matrix = IDENTITY
        self.clip = clip
        self.fill = BLACK
        self.stroke = BLACK
        self.fill_alpha = 1.0
        self.stroke_alpha = 1.0
        self.fill_overprint = False
        self.stroke_overprint = False
        self.line_width = 1.0
        self.font: Font | None = None
        self.size = 1.0
        self.character_space = 0.0
        self.word_space = 0.0
        self.stretch = 1.0
        self.leading = 0.0
        self.rise = 0.0
        self.mode = 0


class Path:
    """The path under construction: the box of each of its parts, on the page."""

    def __init__(self) -> None:
        self.parts: list[list[tuple[float, float]]] = []
        self.curved = False

    def boxes(self) -> list[Box]:
        """Around each part."""
        boxes = []
        for part in self.parts:
            xs, ys = zip(*part, strict=True)
            boxes.append(Box(min(xs), min(ys), max(xs), max(ys)))
        return boxes

    @property
    def plain(self) -> bool:
        """Whether it is one upright rectangle."""
        if self.curved or len(self.parts) != 1 or not 4 <= len(self.parts[0]) <= 5:
            return False
        xs = {round(x, 3) for x, _ in self.parts[0]}
        ys = {round(y, 3) for _, y in self.parts[0]}
        return len(xs) <= 2 and len(ys) <= 2


class Interpreter:
    """Follows content streams and notes what they show."""

    def __init__(self, found: PageContent, library: Library, bounds: Box, handlers: "Handlers") -> None:
        self.handlers = handlers
        self.found = found
        self.library = library
        self.state = GraphicsState(bounds)
        self.saved: list[GraphicsState] = []
        self.path = Path()
        self.point = (0.0, 0.0)
        self.pending_clip = False
        self.text_matrix = IDENTITY
        self.line_matrix = IDENTITY
        self.tags: list[Tag] = [UNTAGGED]
        self.owner: tuple[int, int] | None = None
        self.order = 0
        self.allowed = self.left = min(MAX_OPERATIONS, library.operations_left)
        self.located = True
        self.resources = library.resources(None)
        self.active: list[tuple[int, int]] = []
        """The forms and patterns that are being followed."""

        self.patterns: set[tuple[int, int]] = set()
        """Those whose content has been noted."""

    def follow(self, data: bytes, resources: Resources, *, located: bool) -> None:
        """Note all that a content stream shows, starting from the state at hand."""
        outer = (self.resources, self.located, self.saved, self.path, self.tags, self.state)
        self.resources, self.located = resources, located and self.located
        self.saved, self.path, self.tags = [], Path(), [self.tags[-1]]
        self.state = copy.copy(self.state)
        handlers = self.handlers
        for operator, operands in operations(data):
            self.left -= 1
            if self.left < 0 or (self.left % ASKED_EVERY == 0 and self.library.budget.over):
                self.found.cut_short = True
                break
            handler = handlers.get(operator)
            if handler is not None:
                try:
                    handler(self, operands)
                except (IndexError, TypeError, ValueError, OverflowError, AttributeError, pikepdf.PdfError):
                    continue  # Operands that are missing or of the wrong kind: viewers skip the operator.
        self.resources, self.located, self.saved, self.path, self.tags, self.state = outer

    def colour(self, before: Colour, operands: list[Operand]) -> Colour:
        """The colour that ``sc`` or ``scn`` sets; what a pattern is made of is noted on the way."""
        if operands and isinstance(operands[-1], str):
            self.note_pattern(operands[-1])
            return Colour(PATTERN, ())
        return Colour(before.space, tuple(map(float, operands)))

    def note_pattern(self, name: str) -> None:
        """Note what a pattern shows, once a page: its colours count, wherever they are."""
        pattern = self.resources.find("Pattern", name)
        if pattern is None or pattern.objgen in self.patterns:
            return
        self.patterns.add(pattern.objgen)
        if isinstance(pattern, pikepdf.Stream):
            self.enter(pattern, located=False)
        else:
            self.note_shading(pattern.get("/Shading"), EVERYWHERE, located=False)

    def extend(self, operands: list[Operand]) -> None:
        """Add a point to the path, in the units of the content."""
        x, y = operands
        point = placed(self.state.matrix, x, y)
        if not self.path.parts:
            self.path.parts.append([point])
        self.path.parts[-1].append(point)

    def paint(self, *, fill: bool = False, stroke: bool = False) -> None:
        """End the path: note what it shows, and clip by it when that was asked for."""
        path, state = self.path, self.state
        boxes = path.boxes() if path.parts and (fill or stroke or self.pending_clip) else []
        if boxes:
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            around = Box(min(lefts), min(bottoms), max(rights), max(tops))
            if fill:
                # A point or a line that is filled shows nothing on most devices; what lies inside another part is a
                # hole in it, as engines draw borders.
                areas = [box for box, part in zip(boxes, path.parts, strict=True) if len(part) > 2]
                if len(areas) <= MAX_HOLES:
                    areas = [box for box in areas if not any(box.in_larger(other) for other in areas)]
                sides = [min(box.width, box.height) for box in areas if not path.curved]
                thinnest = min(sides, default=math.inf)
                self.note("fill", around, state.fill, state.fill_alpha, thinnest, path.plain, state.fill_overprint)
            if stroke:
                width = state.line_width * scale_of(state.matrix)
                box = around.grown(width / 2)
                self.note("stroke", box, state.stroke, state.stroke_alpha, width, False, state.stroke_overprint)
            if self.pending_clip:
                state.clip = state.clip.meet(around)
        elif self.pending_clip:
            state.clip = Box(0.0, 0.0, 0.0, 0.0)
        self.pending_clip = False
        self.path = Path()

    def note(
        self, kind: Any, box: Box, colour: Colour, alpha: float, thinnest: float, plain: bool, overprint: bool
    ) -> None:
        """Note an area or a line."""
        clip, tag = self.state.clip, self.tags[-1]
        self.order += 1
        self.found.paints.append(
            Paint(kind, box, colour, alpha, thinnest, plain, overprint, clip, tag, self.order, self.located)
        )

    def note_shading(self, shading: Any, box: Box, *, located: bool) -> None:
        """Note a shading by its colour space."""
        if shading is None:
            return
        space = space_of(shading.get("/ColorSpace"), self.resources.value.get("/ColorSpace"))
        outer, self.located = self.located, self.located and located
        self.note("shading", box, Colour(space, ()), self.state.fill_alpha, math.inf, False, False)
        self.located = outer

    def note_picture(self, name: str, value: Any, get: Callable[[str], Any]) -> None:
        """Note a picture; ``get`` gives the entries of its dictionary."""
        stencil = bool(get("ImageMask"))
        space = get("ColorSpace")
        named = self.resources.space(str(space)[1:] if isinstance(space, pikepdf.Name) else space) if space else None
        state = self.state
        self.order += 1
        if get("SMask") is not None:
            self.found.blending.add("mask")
        self.found.pictures.append(
            PaintedPicture(
                name=name,
                value=value,
                width=int(get("Width") or 0),
                height=int(get("Height") or 0),
                matrix=state.matrix,
                space=state.fill.space if stencil else named,
                stencil=stencil,
                interpolated=bool(get("Interpolate")),
                clip=state.clip,
                tag=self.tags[-1],
                order=self.order,
                located=self.located,
            )
        )

    def enter(self, stream: Any, *, located: bool) -> None:
        """Follow a form or a pattern."""
        key = stream.objgen
        if key in self.active or len(self.active) >= MAX_DEPTH:
            self.found.cut_short |= key not in self.active
            return
        state, owner = self.state, self.owner
        self.state = copy.copy(state)
        matrix = stream.get("/Matrix")
        if isinstance(matrix, pikepdf.Array) and len(matrix) == 6:
            a, b, c, d, e, f = map(float, matrix)
            self.state.matrix = times((a, b, c, d, e, f), state.matrix)
        box = stream.get("/BBox")
        if located and isinstance(box, pikepdf.Array) and len(box) == 4:
            left, bottom, right, top = map(float, box)
            around = Box(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
            self.state.clip = state.clip.meet(placed_box(self.state.matrix, around))
        if not located:
            self.state.clip = EVERYWHERE
        own = stream.get("/Resources")
        resources = self.library.resources(own) if own is not None else self.resources
        self.note_group(stream.get("/Group"), resources)
        self.owner = key
        self.active.append(key)
        texts = (self.text_matrix, self.line_matrix)
        self.follow(stream_data(stream)[:MAX_CONTENT_BYTES], resources, located=located)
        self.text_matrix, self.line_matrix = texts
        self.active.pop()
        self.state, self.owner = state, owner

    def note_group(self, group: Any, resources: Resources) -> None:
        """Note the colour space that a transparency group blends in."""
        space = group.get("/CS") if isinstance(group, pikepdf.Dictionary) else None
        if space is not None:
            named = str(space)[1:] if isinstance(space, pikepdf.Name) else space
            self.found.blending_spaces.add(resources.space(named).family)

    def begin_marked(self, operands: list[Operand]) -> None:
        """``BMC`` and ``BDC``: note the tag, and give it to what follows."""
        around = self.tags[-1]
        kind = operands[0] if operands else ""
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, str):
            properties = self.resources.find("Properties", properties)
            number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        else:
            number = properties.get("MCID") if isinstance(properties, dict) else None
        if number is not None:
            tag = Tag(self.owner, int(number))
            self.found.tags.add((self.owner, int(number)))
        else:
            tag = around._replace(artifact=True) if kind == "Artifact" else around
        self.tags.append(tag)

    def next_line(self, operands: list[Operand]) -> None:
        """``Td``: begin a line at a distance from the one before."""
        x, y = operands
        self.text_matrix = self.line_matrix = times((1, 0, 0, 1, x, y), self.line_matrix)

    def show_text(self, items: list[Operand]) -> None:
        """Note a piece of text, given as ``TJ`` has it: strings, and shifts in thousandths of an em."""
        state = self.state
        font, size = state.font, state.size
        if font is None:
            return
        texts = [item for item in items if item.__class__ is bytes]
        data = b"".join(texts)
        glyphs: list[Glyph] = font.glyphs(data)
        unit = size * state.stretch
        shift = sum(item for item in items if item.__class__ is float) * unit / 1000
        before = 0.0
        if items and items[0].__class__ is float:
            before = -items[0] * unit / 1000
        after = -items[-1] * unit / 1000 if len(items) > 1 and items[-1].__class__ is float else 0.0
        advance = sum([glyph[0] for glyph in glyphs]) * unit - shift
        spaces = len(glyphs) * state.character_space
        if state.word_space:
            spaces += sum(glyph.spaces for glyph in glyphs) * state.word_space
        advance += spaces * state.stretch
        if glyphs:
            matrix = times(self.text_matrix, state.matrix)
            if state.rise:
                matrix = times((1, 0, 0, 1, 0, state.rise), matrix)
            self.order += 1
            end = advance - after - state.character_space * state.stretch
            self.found.fonts[id(font)] = font
            self.found.texts[id(font)].append(data)
            self.found.runs.append(
                GlyphRun(
                    font=font,
                    size=size,
                    matrix=matrix,
                    start=before,
                    end=end,
                    glyphs=glyphs,
                    colour=state.stroke if state.mode in (1, 5) else state.fill,
                    mode=state.mode,
                    alpha=state.fill_alpha,
                    overprint=state.fill_overprint,
                    clip=state.clip,
                    tag=self.tags[-1],
                    order=self.order,
                    located=self.located,
                )
            )
        self.text_matrix = times((1, 0, 0, 1, advance, 0), self.text_matrix)
