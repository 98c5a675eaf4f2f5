"""QR codes: the way from paper back to the page."""

import io

from publisher.model import Asset


def qr_asset(url: str, name: str) -> Asset:
    """An SVG picture of the code for ``url``, error correction M, with the quiet zone that ISO/IEC 18004 asks for."""
    import segno

    picture = io.BytesIO()
    segno.make(url, error="m", micro=False).save(picture, kind="svg", border=4, xmldecl=False, svgns=True, nl=False)
    return Asset(name=f"pictures/{name}.svg", media_type="image/svg+xml", data=picture.getvalue())
