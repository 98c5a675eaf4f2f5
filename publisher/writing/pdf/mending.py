"""Where WeasyPrint 70 breaks lines and pages, mended: look at each when the engine is upgraded."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.layout import block, inline
from weasyprint.text.line_break import Layout

LONG_TEXT, MANY_LINES = 5_000, 10_000
"""Of a text of so many letters at most lines are remembered, and so many lines, some 10 MB: columns are balanced a page
at a time."""

_TEXT = frozenset({"p", "h2", "h3", "h4", "ul", "ol", "div"})
"""Of what stands in columns, that whose lines are those of the text, if they are as high."""

_CLOSER = 0.25
"""Lines up to so much of one line above the text begins, it begins closer by; behind more, further away."""

SHORTER_COLUMNS = (0.2, 0.4, 0.6)
"""What they lose of their height, by turns, where the second has no room for a picture that begins it.

WeasyPrint 70 gives up the columns then, and the article, its head and all, begins a page that it need not begin."""

_SPACES = " \u00a0\u202f"
"""Those of a line, the no-break ones too."""


@contextlib.contextmanager
def mended() -> Iterator[None]:
    """While it is open, the engine lays out with all that is mended here, and asks for each line once."""
    with _lines_to_their_ends(), _filled_pages(), _lines_side_by_side():
        yield


@contextlib.contextmanager
def _lines_to_their_ends() -> Iterator[None]:
    """While it is open, lines end where they should: before elements, and before the last word of a paragraph.

    Pango lets the space at a text's end hang over, a no-break space too. Where all but that fits, WeasyPrint 70 takes
    the text for a word that is too long, and the line has its first word alone: ten lines of an issue of 14 pages.
    And it has no ``hyphenate-limit-last`` (CSS Text 4, section 6.3.4): a paragraph ended in "ment."
    """
    engines = inline.split_first_line

    def ours(text: str, style: Any, context: Any, max_width: float | None, spacing: float, **how: bool) -> Any:
        found = engines(text, style, context, max_width, spacing, **how)
        if max_width is None or found[2] is None:
            return found
        if text[-1:] not in _SPACES:
            if not _is_last_word_parted(text, found[2]):
                return found
            unhyphenated = style.copy()
            unhyphenated["hyphens"] = "none"
            meant = engines(text, unhyphenated, context, max_width, spacing, **how)
            return meant if meant[3] <= max_width else found
        bare = text.rstrip(_SPACES)
        first = text[: found[1]].encode()[: found[1]].decode()
        if " " in first or " " not in bare:
            return found
        width = engines(bare, style, context, None, spacing, **how)[3]
        if width > max_width:
            return found
        if text.endswith(" "):  # All of it is in the line.
            meant = engines(text, style, context, None, spacing, **how)
            return meant if meant[2] is None else found
        meant = engines(bare, style, context, width - 1, spacing, **how)  # Its last word goes with what follows.
        return found if meant[2] is None else meant

    inline.split_first_line = _remembering(ours)
    try:
        yield
    finally:
        inline.split_first_line = engines


def _remembering(split: Callable[..., Any]) -> Callable[..., Any]:
    """``split_first_line`` that breaks no line again that it has broken.

    Where columns are balanced it is asked for each line twenty times and more, and what Pango takes is most of it.
    """
    lines: dict[object, tuple[object, Any]] = {}

    def ours(text: str, style: Any, context: Any, max_width: float | None, spacing: float, **how: bool) -> Any:
        if len(text) > LONG_TEXT:
            return split(text, style, context, max_width, spacing, **how)
        key = (text, id(style), max_width, spacing, *how.items())
        if key not in lines:
            if len(lines) >= MANY_LINES:
                lines.clear()
            # The style is kept: its id is its own for as long as it is.
            lines[key] = style, split(text, style, context, max_width, spacing, **how)
        layout, *metrics = lines[key][1]
        return another(layout), *metrics

    return ours


def another(layout: Layout) -> Layout:
    """The same layout, to be changed without the first: ``copy.copy`` takes six times as long."""
    made: Layout = Layout.__new__(Layout)
    made.__dict__.update(layout.__dict__)
    return made


def _is_last_word_parted(text: str, resume: int) -> bool:
    """Whether a line that ends before the byte ``resume`` of the text leaves but the end of a word for the next."""
    encoded = text.encode()
    here, rest = encoded[:resume].decode(), encoded[resume:].decode()
    return here[-1:].isalpha() and rest[:1].isalpha() and not any(space in rest for space in _SPACES)


@contextlib.contextmanager
def _filled_pages() -> Iterator[None]:
    """While it is open, what begins a page or a column after a break begins at its top, and columns where they can.

    What is given up, to begin the next page, leaves nothing behind: the end of a float of a head that did not fit stood
    over it on the next page, and again in its place.

    CSS Fragmentation 3, section 5.2, has it so unless the break was asked for. WeasyPrint 70 forgets it in columns, on
    pages with a name, and inside boxes whose margins do not collapse: sub-headings stood a line below the text beside.
    """
    in_flow, by_kind, in_columns = block._in_flow_layout, block.block_level_layout_switch, block.columns_layout
    continued = [False]
    """Whether the columns that are laid out, innermost last, began on a page before."""
    begun: list[Any] = []
    """The box that begins after a break, until it is laid out."""

    def laid_out(
        context: Any,
        box: Any,
        index: int,
        child: Any,
        new_children: Any,
        page_is_empty: bool,
        absolute: Any,
        fixed: Any,
        *rest: Any,
    ) -> Any:
        if new_children:
            is_first = False
        elif index:  # The others of the box's children stand on pages before.
            before = box.children[index - 1]
            is_first = not (
                block.force_page_break(block.block_level_page_break(before, child), context)
                or block.block_level_page_name(before, child)
            )
        else:
            is_first = box.is_column and continued[-1]
        begun[:] = [child] if is_first else []
        before = tuple(new_children)
        found = in_flow(context, box, index, child, new_children, page_is_empty, absolute, fixed, *rest)
        if found[0]:  # The box is given up. The engine forgets what stands in it but for its children as they came.
            block.remove_placeholders(context, before, absolute, fixed)
        return found

    def without_margin(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if begun and begun.pop() is box and box.clearance is None:
            box.margin_top = 0
        return by_kind(context, box, *rest, **named)

    def columned(context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any) -> Any:
        continued.append(skip_stack is not None)
        height = context.page_bottom - bottom_space - box.position_y
        try:
            for lost in (0, *SHORTER_COLUMNS):
                found = in_columns(context, box, bottom_space + height * lost, skip_stack, *rest)
                if found[0] is not None:
                    break
            return found
        finally:
            continued.pop()

    block._in_flow_layout, block.block_level_layout_switch, block.columns_layout = laid_out, without_margin, columned
    try:
        yield
    finally:
        block._in_flow_layout, block.block_level_layout_switch, block.columns_layout = in_flow, by_kind, in_columns


@contextlib.contextmanager
def _lines_side_by_side() -> Iterator[None]:
    """While it is open, text in columns begins by whole lines from their top, and so beside the lines of the next.

    Pictures, tables and quotations, captions and labels are as high as they are: what comes after them moves down to
    the next line, or up by a little. CSS has no way to say so that WeasyPrint 70 knows (CSS Rhythmic Sizing,
    block-step).
    """
    by_kind = block.block_level_layout_switch

    def on_a_line(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, around: Any, *rest: Any, **named: Any
    ) -> Any:
        if around.is_column and skip_stack is None and box.element_tag in _TEXT and box.clearance is None:
            line = inline.strut(around.style)[0]
            if abs(line - inline.strut(box.style)[0]) < 0.5:
                adjoining = rest[3]
                least = block.collapse_margin(adjoining)
                apart = block.collapse_margin([*adjoining, box.margin_top])
                over = (box.position_y + apart - around.position_y) % line
                apart += -over if over <= _CLOSER * line else line - over
                # Margins that adjoin make one, as large as the largest; a negative one is taken from it.
                box.margin_top = apart if apart >= least else apart - least
        return by_kind(context, box, bottom_space, skip_stack, around, *rest, **named)

    block.block_level_layout_switch = on_a_line
    try:
        yield
    finally:
        block.block_level_layout_switch = by_kind
