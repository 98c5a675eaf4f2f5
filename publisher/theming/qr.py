"""QR codes: the way from paper back to the page."""

import io

from publisher.model import Asset


def qr_asset_for(url: str, name: str) -> Asset | None:
    """An SVG picture of the code for ``url``, error correction M, with the quiet zone that ISO/IEC 18004 asks for.

    ``None`` for an address of more than the 2,331 bytes that fit into the largest code.
    """
    import segno

    picture = io.BytesIO()
    try:
        code = segno.make(url, error="m", micro=False)
    except segno.DataOverflowError:
        return None
    code.save(picture, kind="svg", border=4, xmldecl=False, svgns=True, nl=False)
    return Asset(name=f"pictures/{name}.svg", media_type="image/svg+xml", data=picture.getvalue())
