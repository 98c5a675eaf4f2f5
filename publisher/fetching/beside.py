"""Pictures that lie beside a pasted text: by the names that stand in it, or in the order of its captions.

What is copied from a page leaves the pictures behind. Whoever saves them beside the text writes their names into it,
or names them after it: ``cau-moi.txt``, ``cau-moi-1.jpg``, ``cau-moi-2.jpg``.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from publisher.fetching.folders import natural_key
from publisher.model import Article, Block, Figure, Problem
from publisher.model.formats import FORMATS

_PICTURES = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".heic", ".svg")
_ARTICLES = tuple(suffix for form in FORMATS for suffix in form.suffixes)
_MOST_NAMED = 3


def set_pictures(article: Article, text: Path, files: Sequence[str]) -> tuple[Article, tuple[Problem, ...]]:
    """The article of a text file with the pictures of its folder in its figures, and a problem about those left over.

    ``files`` are those of the folder, as ``files_in`` lists them.

    1. A figure whose file's name stands in the text shows that file. A name of no file is what a scraper left: it is
       taken out, with the figure when that has no words, unless pictures lie there, of which one may be meant.
    2. Figures without a picture show the pictures named after the text, in their natural order, when there are as many
       of both; where no other article lies, the pictures of the whole folder.
    3. Pictures named after the text that no figure shows are an ``unused-picture`` problem.
    """
    pictures = [name for name in files if name.lower().endswith(_PICTURES)]
    figures = [block for block in article.body if isinstance(block, Figure)]
    named = {figure.src for figure in figures if figure.src is not None}
    own = [name for name in pictures if _is_of(name, text.stem)]
    free = [name for name in own if name not in named]
    if not own and [name for name in files if name.lower().endswith(_ARTICLES)] == [text.name]:
        free = [name for name in pictures if name not in named]
    bare = [figure for figure in figures if figure.src is None or (_is_left(figure.src, files) and not pictures)]
    fitting = iter(free if len(free) == len(bare) else [None] * len(bare))
    body: list[Block] = []
    for block in article.body:
        if isinstance(block, Figure) and any(block is figure for figure in bare):
            block = replace(block, src=next(fitting))
            if block.src is None and not (block.caption or block.alt):
                continue
        body.append(block)
    shown = {block.src for block in body if isinstance(block, Figure)}
    left = [name for name in own if name not in shown]
    return replace(article, body=tuple(body)), _said(left, text) if left else ()


def files_in(folder: Path) -> tuple[str, ...]:
    """The names of the files in a folder, hidden ones left out, in natural order; none where none may be listed."""
    try:
        names = [path.name for path in folder.iterdir() if not path.name.startswith(".") and path.is_file()]
    except OSError:
        return ()
    return tuple(sorted(names, key=natural_key))


def _is_left(src: str, files: Sequence[str]) -> bool:
    """Whether a picture's name is that of no file: it leads nowhere, neither to the web nor into a document."""
    return ":" not in src and "/" not in src and src not in files


def _is_of(name: str, stem: str) -> bool:
    """Whether a picture is named after a text: by its name, and at most a number behind it."""
    if not stem or not name.casefold().startswith(stem.casefold()):
        return False
    own, prefix = Path(name).stem.casefold(), stem.casefold()
    return own.startswith(prefix) and re.fullmatch(r"[\s_.()-]*\d*[\s()]*", own.removeprefix(prefix)) is not None


def _said(left: list[str], text: Path) -> tuple[Problem, ...]:
    names = ", ".join(repr(name) for name in left[:_MOST_NAMED]) + (", …" if len(left) > _MOST_NAMED else "")
    one = len(left) == 1
    message = (
        f"the {'picture' if one else 'pictures'} {names} beside the text {'is' if one else 'are'} not used: "
        "there are not as many captions without one. Write each one's name on a line of the text, where it belongs"
    )
    return (Problem(code="unused-picture", message=message, where=text.name),)
