"""Leading: no line of a style sheet closer to the next than the theme's fonts allow.

Vietnamese capitals carry two marks (Ễ, Ẳ, Ộ) and letters like ợ and ỵ one below: set too close, the marks of one line
touch the letters of the line above. How close is too close, each font says by its outlines (``Fonts.leading``).
"""

import re

_LINE_HEIGHT = re.compile(r"(?P<name>\bline-height\s*:\s*)(?P<number>\d*\.?\d+)(?P<unit>em|%|)(?=\s*[;}!]|\s*\Z)")


def open_lines(stylesheet: str, least: float) -> str:
    """The style sheet with each line height below ``least``, in em, raised to it.

    A height in points, millimetres and the like is left: whoever sets it has measured.
    """

    def opened(match: re.Match[str]) -> str:
        scale = 100 if match["unit"] == "%" else 1
        if float(match["number"]) >= least * scale:
            return match[0]
        return f"{match['name']}{least * scale:g}{match['unit']}"

    return _LINE_HEIGHT.sub(opened, stylesheet)
