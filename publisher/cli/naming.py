"""Names of files that nobody named: made from the issue, and never the name of a file that is there."""

import itertools
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from publisher.model import Device, Issue

UNNAMED = "unnamed"
"""The stem of the paths that ``name_files`` gives names to."""

LONGEST = 60
"""Characters of a name before its suffix; longer ones are cut off in lists of files."""

_MARKS = re.compile("[\u0300-\u036f]")
"""The accents of Latin letters; the signs of other scripts are letters of theirs."""


def unnamed_files(usual: str, *, for_press: bool, devices: Sequence[Device]) -> tuple[Path, ...]:
    """What is made where no file is named: a PDF for a press, an e-book for e-readers, else what is ``usual``."""
    suffixes = [*([".pdf"] if for_press else []), *([".epub"] if devices else [])]
    return tuple(Path(UNNAMED + suffix) for suffix in suffixes or [usual])


def name_files(issue: Issue, paths: Sequence[Path]) -> Mapping[Path, Path]:
    """A name for each path that begins with ``UNNAMED``: after the issue, the same for all, and none that exists."""
    stem = stem_for(issue)
    for number in itertools.count(1):
        called = stem if number == 1 else f"{stem}-{number}"
        names = {path: path.with_name(called + path.name.removeprefix(UNNAMED)) for path in paths}
        if not any(name.is_symlink() or name.exists() for name in names.values()):
            break
    return names


def stem_for(issue: Issue) -> str:
    """The title with the number or else the date of an issue, without a title the first headline: ``tuan-tin-12``.

    Lower-case letters without their marks, digits and hyphens, which every system and every shell takes.
    """
    headlines = [placed.article.headline for placed in issue.articles]
    of_issue = issue.number or (issue.date.isoformat() if issue.date else "")
    words = [issue.title, of_issue] if issue.title else headlines[:1]
    stem = _plain(" ".join(words))
    if len(stem) > LONGEST:
        stem = stem[: LONGEST + 1].rpartition("-")[0] or stem[:LONGEST]
    return stem or "brief"


def _plain(text: str) -> str:
    """The letters and digits of a text, with hyphens for all between them; of Latin letters the bare ones."""
    apart = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold().replace("đ", "d")))
    whole = unicodedata.normalize("NFC", apart)
    return "-".join("".join(each if unicodedata.category(each)[0] in "LMN" else " " for each in whole).split())
