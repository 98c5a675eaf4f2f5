"""QR codes: the way from paper back to the page."""

import functools
import io

from publisher.model import Asset
from publisher.seams import Keep, made_anew


def qr_asset_for(url: str, name: str, keep: Keep = made_anew) -> Asset | None:
    """An SVG picture of the code for ``url``, error correction M, with the quiet zone that ISO/IEC 18004 asks for.

    ``None`` for an address of more than the 2,331 bytes that fit into the largest code. ``keep`` may have it from
    before: its eight forms are drawn and weighed against each other, which takes as long as filling two articles.
    """
    try:
        data = keep("codes", bytes, url, functools.partial(_drawn, url))
    except _TooLongError:
        return None
    return Asset(name=f"pictures/{name}.svg", media_type="image/svg+xml", data=data)


class _TooLongError(Exception):
    """No code holds the address."""


def _drawn(url: str) -> bytes:
    import segno

    picture = io.BytesIO()
    try:
        code = segno.make(url, error="m", micro=False)
    except segno.DataOverflowError as error:
        raise _TooLongError from error
    code.save(picture, kind="svg", border=4, xmldecl=False, svgns=True, nl=False)
    return picture.getvalue()
