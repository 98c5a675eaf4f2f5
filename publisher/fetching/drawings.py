"""SVG pictures are drawn once, as PNG, in a child process with limits on time and memory."""

import importlib.resources
import signal
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from publisher.errors import InputError
from publisher.fetching.svg import read_drawing

DOTS_A_PIXEL = 4
"""How finely a CSS pixel is drawn: 384 dots an inch, so that a drawing at its own size is sharp in print."""

LIMIT_SECONDS = 10
"""Of processor time. A map of ten thousand shapes takes half a second; a filter of a few bytes can take hours."""

LIMIT_MEMORY_BYTES = 1024**3
"""Of address space. A drawing of the largest size takes 16 MB for each layer that its filters and masks make."""

_CHILD = Path(__file__).parent / "drawing_child.py"
_FONTS = "font_source_sans_pro"
_FACES = ("SourceSansPro-Regular", "SourceSansPro-It", "SourceSansPro-Bold", "SourceSansPro-BoldIt")


def is_svg(data: bytes) -> bool:
    """Whether the data begins as SVG, or as XML that may be."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--", b"\xff\xfe<\0", b"\xfe\xff\0<"))


def draw(data: bytes, long_side: int, limit_seconds: int = LIMIT_SECONDS) -> bytes:
    """The SVG picture as PNG with transparency, ``DOTS_A_PIXEL`` to the pixel, at most ``long_side`` pixels long.

    Raises ``InputError`` with the bare reason: broken, hostile, nothing to see, too much time or memory.
    """
    drawing = read_drawing(data)
    scale = min(DOTS_A_PIXEL, long_side / max(drawing.width, drawing.height))
    markup = drawing.at(max(1, round(drawing.width * scale)), max(1, round(drawing.height * scale)))
    # The processor's seconds are counted by the system; the wall's allow for a machine that is busy.
    try:
        child = subprocess.run(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-I", _CHILD, str(LIMIT_MEMORY_BYTES), str(limit_seconds), *_font_files()],
            input=markup.encode("utf-8", "replace"),
            capture_output=True,
            check=False,
            timeout=6 * limit_seconds,
            env={},
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(_too_slow(limit_seconds)) from error
    if -child.returncode in (signal.SIGXCPU, signal.SIGKILL):
        raise InputError(_too_slow(limit_seconds))
    if child.returncode:
        raise InputError("it is SVG that cannot be drawn")
    return child.stdout


@lru_cache(maxsize=1)
def _font_files() -> tuple[str, ...]:
    folder = importlib.resources.files(_FONTS) / "files"
    return tuple(str(folder / f"{face}.ttf") for face in _FACES)


def _too_slow(seconds: int) -> str:
    return f"it is SVG that takes more than {seconds} seconds to draw"
