"""The namespaces of OpenDocument, and what of it is no text of the document."""

DC = "{http://purl.org/dc/elements/1.1/}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"

CONTENTS = frozenset(
    f"{TEXT}{name}"
    for name in (
        *("alphabetical-index", "illustration-index", "object-index", "table-index", "table-of-content", "user-index"),
    )
)
"""What a document says of itself, which no article needs; a bibliography is text."""

OBJECTS = frozenset(f"{DRAW}{name}" for name in ("applet", "floating-frame", "object", "object-ole", "plugin"))
"""What another program shows: formulas and charts, of which a picture may stand beside it (10.4)."""

UNPRINTED = frozenset(
    (
        f"{OFFICE}annotation-end",
        f"{OFFICE}event-listeners",
        f"{OFFICE}forms",
        f"{TABLE}desc",
        f"{TABLE}title",
        f"{TEXT}alphabetical-index-auto-mark-file",
        f"{TEXT}bibliography-source",
        f"{TEXT}dde-connection-decls",
        f"{TEXT}note-citation",
        f"{TEXT}script",
        f"{TEXT}sequence-decls",
        f"{TEXT}tracked-changes",
        f"{TEXT}user-field-decls",
        f"{TEXT}variable-decls",
    )
)
"""What holds no words that print: declarations, scripts, and the text that tracked changes took out (5.5.1)."""
