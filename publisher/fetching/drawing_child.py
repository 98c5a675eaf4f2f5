"""Draws one SVG picture and ends: markup on standard input, PNG on standard output. ``drawings`` starts it.

A program of its own that imports nothing of ours, so that it is quick to start, and that the limits which it sets, and
the abort which is how the library ends when it hits one, are nobody else's.
"""

import resource
import sys

FAMILY = "Source Sans Pro"
"""What all words are set in, whatever they ask for: the one family whose every face has all Vietnamese letters."""


def main() -> None:
    """Draw what comes in; arguments: bytes of memory, seconds of processor time, the font files."""
    memory_bytes, seconds, *fonts = sys.argv[1:]
    # Loaded before the limit is set: what the library itself takes is not the picture's.
    import resvg_py

    resource.setrlimit(resource.RLIMIT_AS, (int(memory_bytes), int(memory_bytes)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    png = resvg_py.svg_to_bytes(
        svg_string=sys.stdin.buffer.read().decode("utf-8"),
        skip_system_fonts=True,
        font_files=fonts,
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        serif_family=FAMILY,
        monospace_family=FAMILY,
        cursive_family=FAMILY,
        fantasy_family=FAMILY,
    )
    sys.stdout.buffer.write(png)


if __name__ == "__main__":
    main()
