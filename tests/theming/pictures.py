"""Small pictures to give to the options of a theme."""

import io

from PIL import Image

from publisher.model import Asset


def picture(name: str, size: tuple[int, int], colour: str) -> Asset:
    stream = io.BytesIO()
    Image.new("RGB", size, colour).save(stream, "PNG")
    return Asset(name=f"pictures/{name}.png", media_type="image/png", data=stream.getvalue())


LOGO = picture("logo", (300, 120), "#204060")
LEAD = picture("lead", (900, 600), "#80a0c0")
