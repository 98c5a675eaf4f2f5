"""A piece of HTML, such as a feed carries, becomes blocks: all of it, for nothing around it needs to be left out."""

from collections.abc import Callable

from publisher.model import Block, Figure, Problem, TracedLine
from publisher.model.blocks import Value
from publisher.reading.html.blocks import BlockMaker
from publisher.reading.html.figures import find_pictures
from publisher.reading.html.metadata import PageMetadata
from publisher.reading.html.page import lay_out_page
from publisher.reading.html.rendering import render
from publisher.reading.html.tree import parse
from publisher.reading.trace import Mark
from publisher.reading.vocabulary import Vocabulary


class Fragment(Value, frozen=True, kw_only=True):
    """What a piece of HTML holds."""

    blocks: tuple[Block, ...]
    lines: tuple[TracedLine, ...]
    """Of its rendering, numbered from 1, and what became of each."""

    problems: tuple[Problem, ...]


def read_fragment(
    markup: str,
    name: str,
    base: str | None,
    known: Vocabulary,
    drops: Callable[[str, str | None], bool] = lambda text, href: False,
) -> Fragment:
    """The blocks of the markup, through the allow-list of the HTML reader.

    ``base`` is what relative addresses are relative to. Buttons and notices are furniture, and so is each line of
    which ``drops`` says so: it is given the words, and where they lead when all of them are one link.
    """
    tree = parse(f"<html><body><article>{markup}</article></body></html>", name)
    lines = render(tree.root)
    page = lay_out_page(name, lines, PageMetadata(base=base, url=base), {line.number for line in lines}, known)
    page.fetched = base is not None
    pictures = find_pictures(page, set())
    shown = {index for picture in pictures for index in picture.lines}
    body = []
    for index, line in enumerate(lines):
        seen = page.feature(line)
        if seen is not None and seen.furniture:
            page.mark(line, "furniture", seen.rule, 0.9)
        elif line.text and drops(line.text, line.href):
            page.mark(line, "furniture", "feed.closing", 0.9)
        elif (line.text or line.kind == "break") and not line.hidden and index not in shown:
            body.append(index)
    # A picture whose address was refused, without a word beside it, is nothing; the problem tells of it.
    blocks = tuple(block for block in BlockMaker(page).blocks(body, pictures) if not _is_empty(block))
    traced = page.trace.lines(Mark("furniture", "html.hidden", 0.7))
    return Fragment(blocks=blocks, lines=traced, problems=(*tree.problems, *page.problems))


def _is_empty(block: Block) -> bool:
    return isinstance(block, Figure) and not (block.src or block.alt or block.caption)
