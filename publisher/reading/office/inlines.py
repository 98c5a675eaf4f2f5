"""Runs of a document become the model's inlines."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from publisher.model import Emphasis, Inline, LineBreak, Link, Strong, Text
from publisher.model.blocks import Inlines
from publisher.reading.office.pieces import BREAK, TextRun

SAFE = ("http://", "https://", "mailto:")
_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")


def inlines_of(runs: Iterable[TextRun], refuse: Callable[[str], None], *, plain: bool = False) -> Inlines:
    """The inlines; white space at the ends and all but one space inside go.

    ``refuse`` is told of links that are neither http, https nor mailto; their words stay. ``plain`` leaves out bold and
    italics, as headings do, whose style has them anyway.
    """
    looks = _merged(_spaced(TextRun(text=run.text, url=run.url) if plain else run for run in runs))
    inlines: list[Inline] = []
    for url, group in groupby(looks, key=lambda run: run.url):
        children = _looks(list(group))
        if url is not None and not url.lower().startswith(SAFE):
            refuse(url)
            url = None
        inlines += (Link(url=url, children=children),) if url else children
    return tuple(inlines)


def _spaced(runs: Iterable[TextRun]) -> list[TextRun]:
    """Runs with single spaces between words, none around breaks and at the ends."""
    spaced: list[TextRun] = []
    before = BREAK
    for run in runs:
        text = _AROUND_BREAK.sub(BREAK, _SPACES.sub(" ", run.text))
        if before in (" ", BREAK):
            text = text.removeprefix(" ")
        if text.startswith(BREAK) and spaced:
            spaced[-1] = _with(spaced[-1], spaced[-1].text.removesuffix(" "))
        if text:
            spaced.append(_with(run, text))
            before = text[-1]
    while spaced and not spaced[-1].text.rstrip():
        spaced.pop()
    if spaced:
        spaced[-1] = _with(spaced[-1], spaced[-1].text.rstrip())
        spaced[0] = _with(spaced[0], spaced[0].text.lstrip())
    return [run for run in spaced if run.text]


def _with(run: TextRun, text: str) -> TextRun:
    return TextRun(text=text, bold=run.bold, italic=run.italic, url=run.url)


def _merged(runs: Sequence[TextRun]) -> Iterator[TextRun]:
    """Neighbours of one look as one run: a word processor parts them at every correction."""
    for _, group in groupby(runs, key=lambda run: (run.bold, run.italic, run.url)):
        same = list(group)
        yield _with(same[0], "".join(run.text for run in same))


def _looks(runs: Sequence[TextRun]) -> Inlines:
    """Bold around italics around text."""
    inlines: list[Inline] = []
    for bold, group in groupby(runs, key=lambda run: run.bold):
        children: list[Inline] = []
        for run in group:
            text = tuple(_text(run.text))
            children += (Emphasis(children=text),) if run.italic else text
        inlines += (Strong(children=tuple(children)),) if bold else children
    return tuple(inlines)


def _text(text: str) -> Iterator[Inline]:
    for position, line in enumerate(text.split(BREAK)):
        if position:
            yield LineBreak()
        if line:
            yield Text(text=line)
