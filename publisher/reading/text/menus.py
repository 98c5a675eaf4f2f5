"""Lists that were read as teasers and are menus: of services, of pages, of the outlet's sections."""

from itertools import groupby

from publisher.model import Teaser
from publisher.reading.text.draft import Draft
from publisher.reading.vocabulary.lines import Line
from publisher.reading.vocabulary.words import words_in

_SHORTEST = 5
_SHORTEST_SYLLABLES = 7
"""Words that the middle headline of a section has at least; in Vietnamese, which writes each syllable apart."""


def drop_menus(draft: Draft) -> None:
    """Take sections back whose entries are too short for headlines: lists of services, of pages, of the outlet."""
    least = _SHORTEST_SYLLABLES if draft.page.language == "vi" else _SHORTEST
    teasers = list(zip(draft.teasers, draft.teaser_lines, strict=True))
    kept: list[tuple[Teaser, list[Line]]] = []
    for _, run in groupby(teasers, key=lambda pair: (pair[0].placement, pair[0].section)):
        group = list(run)
        told = any(teaser.summary or teaser.published for teaser, _ in group)
        listed = group[0][0].placement == "after" and len(group) > 1 and not told
        if listed and sorted(words_in(teaser.headline) for teaser, _ in group)[len(group) // 2] < least:
            for _, lines in group:
                draft.drop(lines[0], "furniture.menu", 0.7)
        else:
            kept += group
    draft.teasers[:] = [teaser for teaser, _ in kept]
    draft.teaser_lines[:] = [lines for _, lines in kept]
