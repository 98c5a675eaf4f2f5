"""Words that say nothing: alternative texts and titles that a program or a hurry left behind."""

import re

_FILE_NAME = re.compile(r"[^\s/\\]+\.(?:jpe?g|png|gif|webp|svg|tiff?|bmp|heic|avif|eps)(?:\?\S*)?", re.IGNORECASE)
_CAMERA_NAME = re.compile(r"(?:img|dsc[fn]?|image|picture|photo|pic|screenshot|ảnh|hình)?[\s_-]*\d+", re.IGNORECASE)
_FILLERS = frozenset(
    [
        "alt alternative text",
        "image",
        "picture",
        "photo",
        "graphic",
        "figure",
        "img",
        "logo image",
        "placeholder",
        "untitled",
        "ảnh",
        "hình",
        "hình ảnh",
        "ảnh minh họa",
        "ảnh minh hoạ",
        "hình minh họa",
        "illustration",
        "unknown",
        "null",
        "none",
        "undefined",
        "description",
    ]
)
_PLACEHOLDERS = frozenset(
    [
        "",
        "admin",
        "administrator",
        "author",
        "creator",
        "n/a",
        "none",
        "null",
        "root",
        "undefined",
        "unknown",
        "unknown author",
        "user",
        "chưa rõ",
        "không rõ",
        "không rõ tác giả",
        "tác giả",
    ]
)
_POOR_TITLE = re.compile(
    r"microsoft \w+ - .*|untitled.*|document\d*|.*\.(?:docx?|odt|pdf|html?|xhtml|tex|indd|dvi|ps|pptx?|txt|md|rtf|epub)"
    r"|print|about:blank|https?:\S+|chưa có tiêu đề|không có tiêu đề|unknown|title",
    re.IGNORECASE,
)


def is_filler(text: str) -> bool:
    """Whether an alternative text is a file's name, a camera's number, or a word that fits any picture."""
    text = " ".join(text.split())
    folded = text.casefold().strip(".:!*[]() ")
    return bool(_FILE_NAME.fullmatch(text) or _CAMERA_NAME.fullmatch(folded)) or folded in _FILLERS or not folded


def is_placeholder_name(text: str) -> bool:
    """Whether a name is what a program writes when it knows nobody's."""
    return " ".join(text.split()).casefold().strip("[]().-?") in _PLACEHOLDERS


def is_poor_title(text: str) -> bool:
    """Whether a title is a file's name or what a program writes when nobody gave one."""
    return bool(_POOR_TITLE.fullmatch(" ".join(text.split())))
