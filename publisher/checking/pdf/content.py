"""A page's content, followed as a viewer follows it, into the marks that it leaves (ISO 32000-1, 8 and 9)."""

import copy
import math
from collections.abc import Callable
from typing import Any

import pikepdf

from publisher.checking.pdf.colours import BLACK, CMYK, GRAY, PATTERN, RGB, Colour, initial, space_of
from publisher.checking.pdf.fonts import Font, Glyph
from publisher.checking.pdf.geometry import EVERYWHERE, IDENTITY, Box, Matrix, placed, placed_box, scale_of, times
from publisher.checking.pdf.lexer import Operand, operations
from publisher.checking.pdf.marks import UNTAGGED, PageContent, Paint, Picture, Run, Tag
from publisher.checking.pdf.resources import MAX_CONTENT_BYTES, Library, Resources, inherited, stream_data

MAX_DEPTH = 12
"""How deep forms may stand inside each other; qpdf and viewers stop near it."""

MAX_OPERATIONS = 1_000_000
"""Of a page, its forms included: some ten seconds. A dense page of text has two thousand."""

LONG_NAMES = {
    "BPC": "BitsPerComponent",
    "CS": "ColorSpace",
    "D": "Decode",
    "DP": "DecodeParms",
    "F": "Filter",
    "H": "Height",
    "I": "Interpolate",
    "IM": "ImageMask",
    "W": "Width",
}
"""Of an inline image's dictionary (8.9.7)."""


class State:
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


def content_of(page: Any, library: Library, bounds: Box) -> PageContent:
    """What a page, given by its dictionary, shows inside its bounds."""
    found = PageContent()
    interpreter = Interpreter(found, library, bounds)
    resources = library.resources(inherited(page, "/Resources"))
    interpreter.follow(_page_data(page, found), resources, located=True)
    interpreter.note_group(page.get("/Group"), resources)
    return found


def _page_data(page: Any, found: PageContent) -> bytes:
    contents = page.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    pieces, size = [], 0
    for stream in streams:
        if isinstance(stream, pikepdf.Stream):
            piece = stream_data(stream)
            size += len(piece)
            if size > MAX_CONTENT_BYTES:
                found.cut_short = True
                break
            pieces.append(piece)
    return b"\n".join(pieces)


class Interpreter:
    """Follows content streams and notes what they show."""

    def __init__(self, found: PageContent, library: Library, bounds: Box) -> None:
        self.found = found
        self.library = library
        self.state = State(bounds)
        self.saved: list[State] = []
        self.path = Path()
        self.point = (0.0, 0.0)
        self.pending_clip = False
        self.text_matrix = IDENTITY
        self.line_matrix = IDENTITY
        self.tags: list[Tag] = [UNTAGGED]
        self.owner: tuple[int, int] | None = None
        self.order = 0
        self.left = MAX_OPERATIONS
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
        handlers = HANDLERS
        for operator, operands in operations(data):
            self.left -= 1
            if self.left < 0:
                self.found.cut_short = True
                break
            handler = handlers.get(operator)
            if handler is not None:
                try:
                    handler(self, operands)
                except (IndexError, TypeError, ValueError, OverflowError, AttributeError, pikepdf.PdfError):
                    continue  # Operands that are missing or of the wrong kind: viewers skip the operator.
        self.resources, self.located, self.saved, self.path, self.tags, self.state = outer

    # --- state ------------------------------------------------------------------------------------------------------

    def save(self, _: list[Operand]) -> None:
        if len(self.saved) < 500:
            self.saved.append(copy.copy(self.state))

    def restore(self, _: list[Operand]) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def transform(self, operands: list[Operand]) -> None:
        a, b, c, d, e, f = operands
        self.state.matrix = times((a, b, c, d, e, f), self.state.matrix)

    def set_line_width(self, operands: list[Operand]) -> None:
        self.state.line_width = float(operands[0])

    def set_parameters(self, operands: list[Operand]) -> None:
        """``gs``: what of an ExtGState concerns lines, fonts, overprinting and transparency."""
        parameters = self.resources.find("ExtGState", operands[0])
        if not isinstance(parameters, pikepdf.Dictionary):
            return
        state = self.state
        state.line_width = float(parameters.get("/LW", state.line_width))
        state.fill_alpha = float(parameters.get("/ca", state.fill_alpha))
        state.stroke_alpha = float(parameters.get("/CA", state.stroke_alpha))
        overprint = parameters.get("/OP")
        if overprint is not None:
            state.stroke_overprint = bool(overprint)
        if "/op" in parameters or overprint is not None:
            state.fill_overprint = bool(parameters.get("/op", overprint))
        font = parameters.get("/Font")
        if isinstance(font, pikepdf.Array) and len(font) == 2:
            state.font, state.size = self.library.font(font[0]), float(font[1])
        if min(state.fill_alpha, state.stroke_alpha) < 1:
            self.found.blending.add("alpha")
        if isinstance(parameters.get("/SMask"), pikepdf.Dictionary):
            self.found.blending.add("mask")
        modes = parameters.get("/BM")
        for mode in list(modes) if isinstance(modes, pikepdf.Array) else [modes]:
            if isinstance(mode, pikepdf.Name) and mode not in ("/Normal", "/Compatible"):
                self.found.blending.add(str(mode)[1:])

    # --- colour -----------------------------------------------------------------------------------------------------

    def set_fill_space(self, operands: list[Operand]) -> None:
        self.state.fill = initial(self.resources.space(operands[0]))

    def set_stroke_space(self, operands: list[Operand]) -> None:
        self.state.stroke = initial(self.resources.space(operands[0]))

    def set_fill(self, operands: list[Operand]) -> None:
        self.state.fill = self._colour(self.state.fill, operands)

    def set_stroke(self, operands: list[Operand]) -> None:
        self.state.stroke = self._colour(self.state.stroke, operands)

    def _colour(self, before: Colour, operands: list[Operand]) -> Colour:
        if operands and isinstance(operands[-1], str):
            self._note_pattern(operands[-1])
            return Colour(PATTERN, ())
        return Colour(before.space, tuple(map(float, operands)))

    def _note_pattern(self, name: str) -> None:
        pattern = self.resources.find("Pattern", name)
        if pattern is None or pattern.objgen in self.patterns:
            return
        self.patterns.add(pattern.objgen)
        if isinstance(pattern, pikepdf.Stream):
            self._enter(pattern, located=False)
        else:
            self._shade(pattern.get("/Shading"), EVERYWHERE, located=False)

    # --- paths ------------------------------------------------------------------------------------------------------

    def move(self, operands: list[Operand]) -> None:
        x, y = operands
        self.path.parts.append([placed(self.state.matrix, x, y)])

    def line(self, operands: list[Operand]) -> None:
        self._extend(operands[-2:])

    def curve(self, operands: list[Operand]) -> None:
        """``c``, ``v`` and ``y``: the control points bound the curve."""
        self.path.curved = True
        for place in range(0, len(operands) - 1, 2):
            self._extend(operands[place : place + 2])

    def _extend(self, operands: list[Operand]) -> None:
        x, y = operands
        point = placed(self.state.matrix, x, y)
        if not self.path.parts:
            self.path.parts.append([point])
        self.path.parts[-1].append(point)

    def rectangle(self, operands: list[Operand]) -> None:
        x, y, width, height = operands
        matrix = self.state.matrix
        corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
        self.path.parts.append([placed(matrix, *corner) for corner in corners])

    def clip(self, _: list[Operand]) -> None:
        self.pending_clip = True

    def fill(self, _: list[Operand]) -> None:
        self._paint(fill=True)

    def stroke(self, _: list[Operand]) -> None:
        self._paint(stroke=True)

    def fill_and_stroke(self, _: list[Operand]) -> None:
        self._paint(fill=True, stroke=True)

    def end_path(self, _: list[Operand]) -> None:
        self._paint()

    def _paint(self, *, fill: bool = False, stroke: bool = False) -> None:
        path, state = self.path, self.state
        boxes = path.boxes() if path.parts and (fill or stroke or self.pending_clip) else []
        if boxes:
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            around = Box(min(lefts), min(bottoms), max(rights), max(tops))
            if fill:
                thinnest = min(min(box.width, box.height) for box in boxes) if not path.curved else math.inf
                self._note("fill", around, state.fill, state.fill_alpha, thinnest, path.plain, state.fill_overprint)
            if stroke:
                width = state.line_width * scale_of(state.matrix)
                box = around.grown(width / 2)
                self._note("stroke", box, state.stroke, state.stroke_alpha, width, False, state.stroke_overprint)
            if self.pending_clip:
                state.clip = state.clip.meet(around)
        elif self.pending_clip:
            state.clip = Box(0.0, 0.0, 0.0, 0.0)
        self.pending_clip = False
        self.path = Path()

    def _note(
        self, kind: Any, box: Box, colour: Colour, alpha: float, thinnest: float, plain: bool, overprint: bool
    ) -> None:
        clip, tag = self.state.clip, self.tags[-1]
        self.order += 1
        self.found.paints.append(
            Paint(kind, box, colour, alpha, thinnest, plain, overprint, clip, tag, self.order, self.located)
        )

    def shade(self, operands: list[Operand]) -> None:
        self._shade(self.resources.find("Shading", operands[0]), self.state.clip, located=True)

    def _shade(self, shading: Any, box: Box, *, located: bool) -> None:
        if shading is None:
            return
        space = space_of(shading.get("/ColorSpace"), self.resources.value.get("/ColorSpace"))
        outer, self.located = self.located, self.located and located
        self._note("shading", box, Colour(space, ()), self.state.fill_alpha, math.inf, False, False)
        self.located = outer

    # --- pictures and forms -----------------------------------------------------------------------------------------

    def show_object(self, operands: list[Operand]) -> None:
        name = operands[0]
        value = self.resources.find("XObject", name)
        if not isinstance(value, pikepdf.Stream):
            return
        kind = value.get("/Subtype")
        if kind == "/Form":
            self._enter(value, located=True)
        elif kind == "/Image":
            self._note_picture(name, value, lambda key: value.get(f"/{key}"))

    def show_inline_image(self, operands: list[Operand]) -> None:
        given, data = operands
        value = {LONG_NAMES.get(key, key): item for key, item in given.items()}
        self._note_picture("inline image", {**value, "": data}, value.get)

    def _note_picture(self, name: str, value: Any, get: Callable[[str], Any]) -> None:
        stencil = bool(get("ImageMask"))
        space = get("ColorSpace")
        named = self.resources.space(str(space)[1:] if isinstance(space, pikepdf.Name) else space) if space else None
        state = self.state
        self.order += 1
        if get("SMask") is not None:
            self.found.blending.add("mask")
        self.found.pictures.append(
            Picture(
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

    def _enter(self, stream: Any, *, located: bool) -> None:
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

    # --- tags -------------------------------------------------------------------------------------------------------

    def begin_marked(self, operands: list[Operand]) -> None:
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

    def end_marked(self, _: list[Operand]) -> None:
        if len(self.tags) > 1:
            self.tags.pop()

    # --- text -------------------------------------------------------------------------------------------------------

    def begin_text(self, _: list[Operand]) -> None:
        self.text_matrix = self.line_matrix = IDENTITY

    def set_font(self, operands: list[Operand]) -> None:
        self.state.font = self.resources.font(operands[0])
        self.state.size = float(operands[1])

    def set_text_matrix(self, operands: list[Operand]) -> None:
        a, b, c, d, e, f = operands
        self.text_matrix = self.line_matrix = (a, b, c, d, e, f)

    def next_line(self, operands: list[Operand]) -> None:
        x, y = operands
        self.text_matrix = self.line_matrix = times((1, 0, 0, 1, x, y), self.line_matrix)

    def next_line_leading(self, operands: list[Operand]) -> None:
        self.state.leading = -operands[1]
        self.next_line(operands)

    def new_line(self, _: list[Operand]) -> None:
        self.next_line([0.0, -self.state.leading])

    def show(self, operands: list[Operand]) -> None:
        self._show([operands[0]])

    def show_spaced(self, operands: list[Operand]) -> None:
        self._show(operands[0])

    def show_on_new_line(self, operands: list[Operand]) -> None:
        self.new_line([])
        self._show([operands[0]])

    def show_on_new_line_spaced(self, operands: list[Operand]) -> None:
        self.state.word_space, self.state.character_space = float(operands[0]), float(operands[1])
        self.show_on_new_line(operands[2:])

    def _show(self, items: list[Operand]) -> None:
        state = self.state
        font, size = state.font, state.size
        if font is None:
            return
        texts = [item for item in items if item.__class__ is bytes]
        glyphs: list[Glyph] = font.glyphs(b"".join(texts))
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
            self.found.runs.append(
                Run(
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


def _number_setter(name: str, factor: float = 1.0) -> Callable[[Interpreter, list[Operand]], None]:
    def set_number(interpreter: Interpreter, operands: list[Operand]) -> None:
        setattr(interpreter.state, name, operands[0] * factor)

    return set_number


def _colour_setter(name: str, space: Any) -> Callable[[Interpreter, list[Operand]], None]:
    def set_colour(interpreter: Interpreter, operands: list[Operand]) -> None:
        setattr(interpreter.state, name, Colour(space, tuple(map(float, operands))))

    return set_colour


def _set_mode(interpreter: Interpreter, operands: list[Operand]) -> None:
    interpreter.state.mode = int(operands[0])


HANDLERS: dict[bytes, Callable[[Interpreter, list[Operand]], None]] = {
    b"q": Interpreter.save,
    b"Q": Interpreter.restore,
    b"cm": Interpreter.transform,
    b"w": Interpreter.set_line_width,
    b"gs": Interpreter.set_parameters,
    b"cs": Interpreter.set_fill_space,
    b"CS": Interpreter.set_stroke_space,
    b"sc": Interpreter.set_fill,
    b"scn": Interpreter.set_fill,
    b"SC": Interpreter.set_stroke,
    b"SCN": Interpreter.set_stroke,
    b"g": _colour_setter("fill", GRAY),
    b"G": _colour_setter("stroke", GRAY),
    b"rg": _colour_setter("fill", RGB),
    b"RG": _colour_setter("stroke", RGB),
    b"k": _colour_setter("fill", CMYK),
    b"K": _colour_setter("stroke", CMYK),
    b"m": Interpreter.move,
    b"l": Interpreter.line,
    b"c": Interpreter.curve,
    b"v": Interpreter.curve,
    b"y": Interpreter.curve,
    b"re": Interpreter.rectangle,
    b"W": Interpreter.clip,
    b"W*": Interpreter.clip,
    b"n": Interpreter.end_path,
    b"f": Interpreter.fill,
    b"F": Interpreter.fill,
    b"f*": Interpreter.fill,
    b"S": Interpreter.stroke,
    b"s": Interpreter.stroke,
    b"B": Interpreter.fill_and_stroke,
    b"B*": Interpreter.fill_and_stroke,
    b"b": Interpreter.fill_and_stroke,
    b"b*": Interpreter.fill_and_stroke,
    b"sh": Interpreter.shade,
    b"Do": Interpreter.show_object,
    b"BI": Interpreter.show_inline_image,
    b"BMC": Interpreter.begin_marked,
    b"BDC": Interpreter.begin_marked,
    b"EMC": Interpreter.end_marked,
    b"BT": Interpreter.begin_text,
    b"Tf": Interpreter.set_font,
    b"Tm": Interpreter.set_text_matrix,
    b"Td": Interpreter.next_line,
    b"TD": Interpreter.next_line_leading,
    b"T*": Interpreter.new_line,
    b"Tj": Interpreter.show,
    b"TJ": Interpreter.show_spaced,
    b"'": Interpreter.show_on_new_line,
    b'"': Interpreter.show_on_new_line_spaced,
    b"Tc": _number_setter("character_space"),
    b"Tw": _number_setter("word_space"),
    b"Tz": _number_setter("stretch", 0.01),
    b"TL": _number_setter("leading"),
    b"Ts": _number_setter("rise"),
    b"Tr": _set_mode,
}
