"""Text torn where its links and bold words stood: each piece is on a line of its own, as BeautifulSoup leaves it.

A page is torn when lines open as none does that begins something: with a sign that closes, or with a small word under
half a sentence. On such a page the pieces of a sentence are joined, and what stood alone stays alone.
"""

import re
from collections.abc import Sequence

_SIGNS = re.compile(r"(?:[,;)\]”]|[.:!?“\"»](?=[\s\"“”»«),.;:]|$)|«(?=[,.;:)])|['’]s?\b(?=\s|$))(?!\.\.)")
"""What a line opens with that goes on after a link: a sign that closes, or the end of a word."""

_BRACKET = re.compile(r"\([^()]{1,40}\),? [a-zà-ÿ]")
"""A bracket behind a name, and what the sentence says of it."""

_PLAINLY = re.compile(r"(?:[,;)]|\. ).{20}")
_ENDED = re.compile(r"[.!?…;][\"”“»«’')\]]*$")
_CUT = re.compile(r"(?:[(\[„–—/&’']|\s[\"“‘«])$")
"""What the text before a link ends with, where no line ends that stands alone."""

_INNER_END = re.compile(r"\w{2}[.!?][\"”“»]? +[\"“„«]?[A-ZÀ-ÞĐ]")
_CLAUSE = re.compile(r"\([a-z]\)|[a-zđ][).]")
_FEWEST = 2
"""Signs of it on a page: a single one may be an outlet's slip."""

_PAGE, _SURE = 60, 4
"""Lines from which a text is all of a page, and the signs that it must show, of which plain ones count as several:
menus and footers have one or two of their own, and what is joined there reads as text."""

_TEXT, _HALF, _LONG, _LINKED, _REST = 50, 30, 30, 80, 15
"""Characters of text before a link, of the shortest with a word that nothing ends with, of text after a link, of the
longest link or bold word in a sentence, and of the shortest end of a sentence."""

_FEW_WORDS = 3
_DASHED = re.compile(r"[–—] \S.{60}")
"""A place's words, and the text that goes on behind its dash."""

_LOOKED_AT = 400
_FUNCTION = frozenset(
    re.findall(
        r"\w+",
        "der die das den dem des einer einem einen und oder von vom im am zum zur beim für sowie dass durch über unter "
        "the a an of and or from at with by for its his her their this that "
        "le la les des du de à au aux et ou par pour dans sur avec que qui son sa ses"
        "el los las del al y o para con su sus "
        "của và các những tại với theo",
    )
)
"""Words that nothing ends with: more of the sentence stands below."""

_CLOSES = re.compile(r"[,.;)\]”“’'…]|[:!?»]|\"(?=[\s,.;:)]|$)|-(?=[^\W\d_])")
_SPACED = re.compile(r"\w [:!?»]")
_OPENS = ("(", "[", "„", "¿", "¡", "‘", "’", "'", "/")
_OPEN_QUOTES = re.compile(r"(?:^|\s)[\"“]$")


def owners_of_torn_lines(texts: Sequence[str]) -> list[int]:
    """For each line the index of the line that its sentence begins with: its own where nothing is torn."""
    owners = list(range(len(texts)))
    lines = [text.strip() for text in texts]
    if not _is_torn(lines):
        return owners
    run = ""
    for index, line in enumerate(lines):
        below = lines[index + 1] if index + 1 < len(lines) else ""
        if run and line and _goes_on(run, line, below):
            owners[index] = owners[index - 1]
            run = f"{run} {line}"[-_LOOKED_AT:]
        else:
            run = line[-_LOOKED_AT:]
    return owners


def sets_spaces(texts: Sequence[str]) -> bool:
    """Whether a space stands before colons, exclamation and question marks, as in French."""
    return sum(_SPACED.search(text) is not None for text in texts) >= _FEWEST


def joint(above: str, below: str, *, spaced: bool) -> str:
    """What stands between two pieces of a sentence: a space, or nothing before a sign that closes."""
    if above.endswith(_OPENS) or _OPEN_QUOTES.search(above):
        return ""
    if not _CLOSES.match(below):
        return " "
    return " " if spaced and below[0] in ":!?»" else ""


def _is_torn(lines: Sequence[str]) -> bool:
    """Whether lines show that sentences were torn: by signs that open them, or by what stands about a link."""
    found = 0
    for at in range(1, len(lines)):
        above, line, below = lines[at - 1], lines[at], lines[at + 1] if at + 1 < len(lines) else ""
        if not above or not line or _ENDED.search(above):
            continue
        if _SIGNS.match(line) is not None:
            # Signs alone between short lines are of menus, names and days.
            text = any(len(other) >= _HALF and not _ENDED.search(other) for other in lines[max(0, at - 2) : at])
            found += _FEWEST if _PLAINLY.match(line) else text
        elif len(above) >= _HALF and _is_linked(line, below):
            found += _FEWEST
        elif _is_cut(above):
            found += len(above) >= _TEXT and line[0].islower() and len(line) >= _LONG
        if found >= (_SURE if len(lines) > _PAGE else _FEWEST):
            return True
    return False


def _is_linked(line: str, below: str) -> bool:
    """Whether a line is what links in mid-sentence are: short, and the sentence goes on below it to its end."""
    if len(line) > _LINKED or _ENDED.search(line) or _CLAUSE.match(below):
        return False
    if not (below[:1].islower() or _BRACKET.match(below)):
        return False
    return len(below) >= _REST and _ENDED.search(below) is not None


def _goes_on(run: str, line: str, below: str) -> bool:
    """Whether a line goes on with the sentence above it, of which the end is given; and the line below it."""
    if _ENDED.search(run) or _CLAUSE.match(line):
        return False
    if _is_cut(run) or (_goes_on_by_itself(run, line) and (not line[0].islower() or _is_finished(line, below))):
        return True
    if run.count(" ") < _FEW_WORDS and _DASHED.match(line):
        return True
    # A link in mid-sentence: text before it, and what follows goes on with it.
    text = len(run) >= 2 * _TEXT or _INNER_END.search(run) is not None
    linked = len(line) <= _LINKED and not _ENDED.search(line) and bool(below)
    if linked and _goes_on_by_itself(line, below) and (text or _is_linked(line, below)):
        return True
    # The last words of a sentence are no paragraph, nor is a link over them.
    last = line if _ENDED.search(line) else below if linked else ""
    return text and bool(last) and last.count(" ") < _FEW_WORDS and last[-1] == "."


def _goes_on_by_itself(above: str, line: str) -> bool:
    """Whether a line opens as none does that begins something."""
    if _SIGNS.match(line) or _BRACKET.match(line):
        return True
    return line[0].islower() and (len(line) >= _LONG or len(above) >= _TEXT or line[-1] in ".!?")


def _is_finished(line: str, below: str) -> bool:
    """Whether a line ends as a sentence does, or goes on below: a headline may open with a small letter, too."""
    return _ENDED.search(line) is not None or _is_cut(line) or bool(below and _goes_on_by_itself(line, below))


def _is_cut(text: str) -> bool:
    """Whether a line ends where nothing does."""
    if _CUT.search(text):
        return True
    return len(text) >= _HALF and (text[-1] == "," or text.rsplit(None, 1)[-1] in _FUNCTION)
