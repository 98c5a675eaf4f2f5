"""For Send to Kindle, which refuses e-books without saying why: whatever is on record as a reason is taken out.

Source: Amazon's pages on Send to Kindle (50 MB a message) and on the languages of Kindle books, and what users found by
trying: a language that is not on that list, a document without XML declaration, a comment with two hyphens in it. A
Kindle takes the cover from either of the two forms that the master has, and follows the NCX, which the master checks.
"""

import re
from html import escape, unescape

from publisher.counting import counted
from publisher.writing.devices.budget import fit
from publisher.writing.devices.copy import Copy
from publisher.writing.devices.options import DeviceOptions

__all__ = ["LIMIT_BYTES", "for_kindle"]

LIMIT_BYTES = 36_000_000
"""A message of at most 50 MB holds an attachment of three quarters of that: base64 makes four bytes of three."""

_LANGUAGES = re.compile(
    r"""(?:af|ar|baq|br|bre|ca|cat|chi|co|cor|cos|cy|cym|da|dan|de|deu|dut|en|eng|es|eu|eus|fi|
    fin|fr|fra|fre|frr|fry|fy|ga|gd|ger|gl|gla|gle|glg|glv|gsw|gu|guj|gv|hi|hin|ice|is|
    isl|it|ita|ja|jpn|kw|lb|ltz|mal|mar|ml|mr|nb|nl|nld|nn|nno|no|nob|nor|oc|oci|pl|por|
    pt|rm|roh|sco|spa|stq|sv|swe|ta|tam|wel|zh|zho)(?:-|\Z)""",
    re.IGNORECASE | re.VERBOSE,
)
"""The languages of Kindle books, by the first subtag (Amazon's list of 2022). Vietnamese is not among them."""

_LANGUAGE = re.compile(rb"(<dc:language\b[^>]*>)([^<]*)(</dc:language>)")
_DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'
_CSS_COMMENT = re.compile(rb"/\*.*?\*/", re.DOTALL)
_CSS_VARIABLE = re.compile(rb"[{;\s]--[\w-]+\s*:|\bvar\(")


def for_kindle(copy: Copy, options: DeviceOptions) -> None:
    """State a language that is taken, declare each document's encoding, and stay within the size of a message."""
    _state_language(copy, options.kindle_language)
    _declare_encoding(copy)
    _clean_sheets(copy)
    fit(copy, LIMIT_BYTES, "Send to Kindle takes by mail")


def _state_language(copy: Copy, fallback: str) -> None:
    """In the package alone: what the documents say of themselves stays, for the voice and the dictionary."""
    package = copy.read(copy.package)
    stated = [unescape(match[2].decode("utf-8")).strip() for match in _LANGUAGE.finditer(package)]
    refused = [language for language in stated if not _is_taken(language)]
    if refused:

        def taken(match: re.Match[bytes]) -> bytes:
            kept = _is_taken(unescape(match[2].decode("utf-8")).strip())
            return match[0] if kept else match[1] + escape(fallback, quote=False).encode() + match[3]

        copy.replace(copy.package, _LANGUAGE.sub(taken, package))
        copy.record(f"language of the package: {', '.join(refused)} → {fallback}", [copy.package])


def _is_taken(language: str) -> bool:
    return _LANGUAGES.match(language) is not None


def _declare_encoding(copy: Copy) -> None:
    """Without a declaration a document is read as Latin-1."""
    undeclared = [name for name in copy.named(".xhtml") if not copy.read(name).startswith(b"<?xml")]
    for name in undeclared:
        copy.replace(name, _DECLARATION + copy.read(name))
    if undeclared:
        copy.record(f"encoding declared in {counted(len(undeclared), 'document')}", undeclared)


def _clean_sheets(copy: Copy) -> None:
    """Take out comments with two hyphens; variables can only be warned of, since rules depend on them."""
    changed = []
    for name in copy.named(".css"):
        sheet = copy.read(name)
        cleaned = _CSS_COMMENT.sub(lambda match: b"" if b"--" in match[0] else match[0], sheet)
        if cleaned != sheet:
            copy.replace(name, cleaned)
            changed.append(name)
        if _CSS_VARIABLE.search(_CSS_COMMENT.sub(b"", sheet)):
            copy.warn(f"the style sheet {name!r} uses variables, for which Send to Kindle has refused books")
    if changed:
        copy.record("comments with -- removed from the style sheet", changed)
