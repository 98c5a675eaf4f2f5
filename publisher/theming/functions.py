"""What templates may call of any issue: functions of nothing but what they are given."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from types import MappingProxyType

from markupsafe import Markup

from publisher.model import Block
from publisher.theming.extracts import extract, first_picture, key_points, minutes, word_count
from publisher.theming.filling import row_lines
from publisher.theming.scripts import is_right_to_left
from publisher.theming.tables import becomes_lines, figure_columns, is_long_table, tables_of_lines

_LEFTWARDS = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Where the letters are that are written from right to left (Unicode, DerivedBidiClass.txt)."""

_ADDRESS = re.compile(r"https?://\S+")
"""Latin letters in a text of any language."""


def kind_of(block: Block) -> str:
    """The block's type as its JSON names it, such as ``paragraph``."""
    return str(block.__struct_config__.tag)


def direction(language: str) -> Markup:
    """The attribute of an element in a language that is written from right to left; nothing for any other."""
    return Markup(' dir="rtl"') if is_right_to_left(language) else Markup("")


def turned(words: Markup, language: str) -> Markup:
    """The attribute of a paragraph, most of whose letters are written the other way than its article's language."""
    if not is_right_to_left(language) and not _LEFTWARDS.search(words):  # As of most, and counting takes long.
        return Markup("")
    ways = Counter(map(unicodedata.bidirectional, _ADDRESS.sub("", words.striptags())))
    leftwards = ways["R"] + ways["AL"]
    if leftwards == ways["L"] or (leftwards > ways["L"]) == is_right_to_left(language):
        return Markup("")
    return Markup(' dir="rtl"') if leftwards > ways["L"] else Markup(' dir="ltr"')


FUNCTIONS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        function.__name__: function
        for function in (
            *(kind_of, direction, turned, figure_columns, is_long_table, becomes_lines, tables_of_lines),
            *(word_count, minutes, extract, first_picture, key_points, row_lines),
        )
    }
)
"""By the names that templates have for them."""
