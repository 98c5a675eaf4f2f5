"""Styles worked out with less: more of them are shared, and what no rule says is found at once.

WeasyPrint 70 shares the style of elements that all rules treat alike. Not so that of what stands before and after them,
of which its own style sheet alone knows six for each element, nor those of elements that links lead to, and of all that
is in them: in an appendix none of 700. And it goes through all that a declaration may hold also where there is none.
"""

import contextlib
from collections.abc import Iterator
from typing import Any, TypeAlias

from weasyprint.css import ComputedStyle, StyleFor
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

__all__ = ["styles_worked_out_once"]

Element: TypeAlias = Any

_PECULIAR = {"display", "float", "position", "page"}
"""Their values depend on each other, or on elements around; so do those of ``text_decoration_…``."""

_ANCHOR = "anchor"
"""The name of an element is a property of its style, and of no other's."""

_DECORATION = "text_decoration_"

_INITIAL = {
    name: value
    for name, value in INITIAL_VALUES.items()
    if name not in INHERITED | INITIAL_NOT_COMPUTED | _PECULIAR
    and not name.startswith(_DECORATION)
    and not check_math(value)
}
"""The values of properties that are not inherited, as they are where no rule sets them."""

_PASSED_ON = {name for name in INHERITED if not name.startswith(_DECORATION)} - _PECULIAR

_LOGICAL = {
    logical(block="ttb", inline=direction) for logical in PHYSICAL_FUNCTIONS.values() for direction in ("ltr", "rtl")
}
"""The properties of sides as they are to the text."""

_PLAIN = (str, int, float, type(None))
"""Types of values that are passed on as they are: in others stands what is still to be calculated."""


@contextlib.contextmanager
def styles_worked_out_once() -> Iterator[None]:
    """While it is open, the engine works out styles with less."""
    missing, setting = ComputedStyle.__missing__, StyleFor.set_computed_styles

    def looked_up(style: ComputedStyle, name: str) -> Any:
        twin = style.__dict__.get("publisher_twin")
        if twin is not None and name != _ANCHOR and name not in _PECULIAR:
            value = style[name] = twin[name]
            return value
        if name not in style.cascaded and (name not in PHYSICAL_FUNCTIONS or _sets_none_by_its_text(style)):
            if name in _INITIAL:
                value = style[name] = _INITIAL[name]
                return value
            if name in _PASSED_ON and style.parent_style is not None:
                value = style.parent_style[name]
                if isinstance(value, _PLAIN):
                    style[name] = value
                    return value
        return missing(style, name)

    def shared(
        style_for: StyleFor, element: Element, parent: Element, pseudo_type: str | None = None, **rest: Any
    ) -> None:
        computed = style_for.get_computed_styles()
        if parent is None or not hasattr(element, "tag"):  # The root, and pages, of which there are few.
            setting(style_for, element, parent, pseudo_type=pseudo_type, **rest)
            return
        cascaded = style_for.get_cascaded_styles().get((element, pseudo_type), {})
        rules = tuple((name, id(value), weight) for name, (value, weight) in cascaded.items() if name != _ANCHOR)
        above = computed[parent, None]
        # The parent's style and the values are kept by the style, so their ids stay their own.
        key = id(above.__dict__.get("publisher_twin", above)), pseudo_type, rules
        known = style_for.__dict__.setdefault("publisher_shared", {})
        twin = known.get(key)
        if twin is not None and not (_ANCHOR in cascaded or _ANCHOR in twin.cascaded):
            computed[element, pseudo_type] = twin
            return
        setting(style_for, element, parent, pseudo_type=pseudo_type, **rest)
        style = computed[element, pseudo_type]
        if twin is None:
            known[key] = style
        else:
            style.publisher_twin = twin

    ComputedStyle.__missing__, StyleFor.set_computed_styles = looked_up, shared
    try:
        yield
    finally:
        ComputedStyle.__missing__, StyleFor.set_computed_styles = missing, setting


def _sets_none_by_its_text(style: ComputedStyle) -> bool:
    """Whether no rule sets a side by what it is to the text, as ``margin-inline-start``."""
    try:
        known: bool = style.publisher_sides
    except AttributeError:
        known = style.publisher_sides = style.cascaded.keys().isdisjoint(_LOGICAL)
    return known
