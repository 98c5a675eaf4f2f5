"""Pango asked with less: what a style comes to is prepared once.

WeasyPrint 70 makes a context and a description of the font for each piece of text that it measures or draws, three to
four for a line; a layout for each line that is justified, of which it keeps but the text; and the key of the height of
a line, of nineteen properties, for each piece of one.
"""

import contextlib
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from weasyprint.layout import inline
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

__all__ = ["texts_prepared"]

Style: TypeAlias = Any

_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)

_UNDECORATED = {"ascent": None, "underline_position": None, "strikethrough_position": None}
"""What a layout has of text without lines above, below or through it."""


class _Prepared(NamedTuple):
    """What Pango is given for a text of a style."""

    context: Any
    description: Any
    language: Any
    features: Any
    """An attribute, or ``None``."""


@contextlib.contextmanager
def texts_prepared() -> Iterator[None]:
    """While it is open, the engine prepares each style for Pango once."""
    setup, create, strut = Layout.setup, inline.create_layout, inline.strut

    def set_up(layout: Layout, style: Style) -> None:
        prepared = _prepared(style)
        if prepared is None:
            setup(layout, style)
            return
        layout.style = style
        layout.first_line_direction = 0
        layout.language = prepared.language
        layout.layout = ffi.gc(pango.pango_layout_new(prepared.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, prepared.description)
        layout.__dict__.update(_UNDECORATED)
        if prepared.features:
            # The engine has one attribute of a kind in all its lists, and so frees none of them.
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, prepared.features)
            pango.pango_layout_set_attributes(layout.layout, attributes)

    def justified(text: str, style: Style, context: Any, max_width: None, justification_spacing: float) -> Layout:
        """A layout that is deactivated before Pango is asked anything: it is made anew to be drawn."""
        if text == " " or "\n" in text or _prepared(style) is None:
            return create(text, style, context, max_width, justification_spacing)
        made = Layout.__new__(Layout)
        made.__dict__.update(
            _UNDECORATED,
            text=text,
            justification_spacing=justification_spacing,
            max_width=None,
            first_line_direction=0,
            layout=None,
            language=None,
            style=None,
        )
        return made

    def height(style: Style) -> tuple[float, float]:
        try:
            known: tuple[float, float] = style.publisher_strut
        except AttributeError:
            known = style.publisher_strut = strut(style)
        return known

    Layout.setup, inline.create_layout, inline.strut = set_up, justified, height
    try:
        yield
    finally:
        Layout.setup, inline.create_layout, inline.strut = setup, create, strut


def _prepared(style: Style) -> _Prepared | None:
    """What Pango is given for a text of the style; ``None`` where it is decorated."""
    try:
        known: _Prepared | None = style.publisher_text
    except AttributeError:
        known = style.publisher_text = _prepare(style) if style["text_decoration_line"] == "none" else None
    return known


def _prepare(style: Style) -> _Prepared:
    """As the engine's ``Layout`` does it; a context is never changed, so that many layouts may have it."""
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    override = style["font_language_override"]
    name = style["lang"] if override == "normal" else LST_TO_ISO.get(override.lower(), override)
    if name:
        pointer, _kept = unicode_to_char_p(name)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    else:
        language = pango.pango_language_get_default()
    return _Prepared(context, get_font_description(style), language, _features(style))


def _features(style: Style) -> Any:
    """The attribute of a style's features, one for all styles that have the same; ``None`` where it has none."""
    features = font_features(*(style[name] for name in _FEATURES))
    told = ",".join(f"{name} {value}" for name, value in features.items()).encode()
    known = style.font_config.font_features
    if told and told not in known:
        known[told] = pango.pango_attr_font_features_new(told)
    return known[told] if told else None
