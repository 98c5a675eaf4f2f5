"""The operators of content streams (ISO 32000-1, annex A), each a function on the machine."""

import copy
from collections.abc import Callable
from typing import Any

import pikepdf

from publisher.checking.pdf.colours import CMYK, GRAY, RGB, Colour, initial
from publisher.checking.pdf.geometry import IDENTITY, placed, times
from publisher.checking.pdf.interpreter import Handlers, Interpreter
from publisher.checking.pdf.lexer import Operand

MAX_SAVED = 500
"""More saved states are a fault or an attack; viewers keep some dozens."""

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


def _save(machine: Interpreter, _: list[Operand]) -> None:
    if len(machine.saved) < MAX_SAVED:
        machine.saved.append(copy.copy(machine.state))


def _restore(machine: Interpreter, _: list[Operand]) -> None:
    if machine.saved:
        machine.state = machine.saved.pop()


def _transform(machine: Interpreter, operands: list[Operand]) -> None:
    a, b, c, d, e, f = operands
    machine.state.matrix = times((a, b, c, d, e, f), machine.state.matrix)


def _set_line_width(machine: Interpreter, operands: list[Operand]) -> None:
    machine.state.line_width = float(operands[0])


def _set_parameters(machine: Interpreter, operands: list[Operand]) -> None:
    """``gs``: what of an ExtGState concerns lines, fonts, overprinting and transparency."""
    parameters = machine.resources.find("ExtGState", operands[0])
    if not isinstance(parameters, pikepdf.Dictionary):
        return
    state = machine.state
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
        state.font, state.size = machine.library.font(font[0]), float(font[1])
    if min(state.fill_alpha, state.stroke_alpha) < 1:
        machine.found.blending.add("alpha")
    if isinstance(parameters.get("/SMask"), pikepdf.Dictionary):
        machine.found.blending.add("mask")
    modes = parameters.get("/BM")
    for mode in list(modes) if isinstance(modes, pikepdf.Array) else [modes]:
        if isinstance(mode, pikepdf.Name) and mode not in ("/Normal", "/Compatible"):
            machine.found.blending.add(str(mode)[1:])


def _set_fill_space(machine: Interpreter, operands: list[Operand]) -> None:
    machine.state.fill = initial(machine.resources.space(operands[0]))


def _set_stroke_space(machine: Interpreter, operands: list[Operand]) -> None:
    machine.state.stroke = initial(machine.resources.space(operands[0]))


def _set_fill(machine: Interpreter, operands: list[Operand]) -> None:
    machine.state.fill = machine.colour(machine.state.fill, operands)


def _set_stroke(machine: Interpreter, operands: list[Operand]) -> None:
    machine.state.stroke = machine.colour(machine.state.stroke, operands)


def _move(machine: Interpreter, operands: list[Operand]) -> None:
    x, y = operands
    machine.path.parts.append([placed(machine.state.matrix, x, y)])


def _line(machine: Interpreter, operands: list[Operand]) -> None:
    machine.extend(operands[-2:])


def _curve(machine: Interpreter, operands: list[Operand]) -> None:
    """``c``, ``v`` and ``y``: the control points bound the curve."""
    machine.path.curved = True
    for place in range(0, len(operands) - 1, 2):
        machine.extend(operands[place : place + 2])


def _rectangle(machine: Interpreter, operands: list[Operand]) -> None:
    x, y, width, height = operands
    matrix = machine.state.matrix
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    machine.path.parts.append([placed(matrix, *corner) for corner in corners])


def _clip(machine: Interpreter, _: list[Operand]) -> None:
    machine.pending_clip = True


def _fill(machine: Interpreter, _: list[Operand]) -> None:
    machine.paint(fill=True)


def _stroke(machine: Interpreter, _: list[Operand]) -> None:
    machine.paint(stroke=True)


def _fill_and_stroke(machine: Interpreter, _: list[Operand]) -> None:
    machine.paint(fill=True, stroke=True)


def _end_path(machine: Interpreter, _: list[Operand]) -> None:
    machine.paint()


def _shade(machine: Interpreter, operands: list[Operand]) -> None:
    machine.note_shading(machine.resources.find("Shading", operands[0]), machine.state.clip, located=True)


def _show_object(machine: Interpreter, operands: list[Operand]) -> None:
    name = operands[0]
    value = machine.resources.find("XObject", name)
    if not isinstance(value, pikepdf.Stream):
        return
    kind = value.get("/Subtype")
    if kind == "/Form":
        machine.enter(value, located=True)
    elif kind == "/Image":
        machine.note_picture(name, value, lambda key: value.get(f"/{key}"))


def _show_inline_image(machine: Interpreter, operands: list[Operand]) -> None:
    given, data = operands
    value = {LONG_NAMES.get(key, key): item for key, item in given.items()}
    machine.note_picture("inline image", {**value, "": data}, value.get)


def _end_marked(machine: Interpreter, _: list[Operand]) -> None:
    if len(machine.tags) > 1:
        machine.tags.pop()


def _begin_text(machine: Interpreter, _: list[Operand]) -> None:
    machine.text_matrix = machine.line_matrix = IDENTITY


def _set_font(machine: Interpreter, operands: list[Operand]) -> None:
    machine.state.font = machine.resources.font(operands[0])
    machine.state.size = float(operands[1])


def _set_text_matrix(machine: Interpreter, operands: list[Operand]) -> None:
    a, b, c, d, e, f = operands
    machine.text_matrix = machine.line_matrix = (a, b, c, d, e, f)


def _next_line_leading(machine: Interpreter, operands: list[Operand]) -> None:
    machine.state.leading = -operands[1]
    machine.next_line(operands)


def _new_line(machine: Interpreter, _: list[Operand]) -> None:
    machine.next_line([0.0, -machine.state.leading])


def _show(machine: Interpreter, operands: list[Operand]) -> None:
    machine.show_text([operands[0]])


def _show_spaced(machine: Interpreter, operands: list[Operand]) -> None:
    machine.show_text(operands[0])


def _show_on_new_line(machine: Interpreter, operands: list[Operand]) -> None:
    _new_line(machine, [])
    machine.show_text([operands[0]])


def _show_on_new_line_spaced(machine: Interpreter, operands: list[Operand]) -> None:
    machine.state.word_space, machine.state.character_space = float(operands[0]), float(operands[1])
    _show_on_new_line(machine, operands[2:])


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


OPERATORS: Handlers = {
    b"q": _save,
    b"Q": _restore,
    b"cm": _transform,
    b"w": _set_line_width,
    b"gs": _set_parameters,
    b"cs": _set_fill_space,
    b"CS": _set_stroke_space,
    b"sc": _set_fill,
    b"scn": _set_fill,
    b"SC": _set_stroke,
    b"SCN": _set_stroke,
    b"g": _colour_setter("fill", GRAY),
    b"G": _colour_setter("stroke", GRAY),
    b"rg": _colour_setter("fill", RGB),
    b"RG": _colour_setter("stroke", RGB),
    b"k": _colour_setter("fill", CMYK),
    b"K": _colour_setter("stroke", CMYK),
    b"m": _move,
    b"l": _line,
    b"c": _curve,
    b"v": _curve,
    b"y": _curve,
    b"re": _rectangle,
    b"W": _clip,
    b"W*": _clip,
    b"n": _end_path,
    b"f": _fill,
    b"F": _fill,
    b"f*": _fill,
    b"S": _stroke,
    b"s": _stroke,
    b"B": _fill_and_stroke,
    b"B*": _fill_and_stroke,
    b"b": _fill_and_stroke,
    b"b*": _fill_and_stroke,
    b"sh": _shade,
    b"Do": _show_object,
    b"BI": _show_inline_image,
    b"BMC": Interpreter.begin_marked,
    b"BDC": Interpreter.begin_marked,
    b"EMC": _end_marked,
    b"BT": _begin_text,
    b"Tf": _set_font,
    b"Tm": _set_text_matrix,
    b"Td": Interpreter.next_line,
    b"TD": _next_line_leading,
    b"T*": _new_line,
    b"Tj": _show,
    b"TJ": _show_spaced,
    b"'": _show_on_new_line,
    b'"': _show_on_new_line_spaced,
    b"Tc": _number_setter("character_space"),
    b"Tw": _number_setter("word_space"),
    b"Tz": _number_setter("stretch", 0.01),
    b"TL": _number_setter("leading"),
    b"Ts": _number_setter("rise"),
    b"Tr": _set_mode,
}
