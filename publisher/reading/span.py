"""Where the article ends: the point that parts the running text from what follows it, weighed over the whole page."""

from publisher.reading.captions import caption_credit
from publisher.reading.lines import Line, Page
from publisher.reading.names import name_like, parse_byline

# The weights say how much a line speaks for still being in the article (above 0) or for being after it. They were set
# by hand: a paragraph outweighs a heading or two, a label outweighs one paragraph but not three.
_LABEL = -3.5
_END = -5.0
_IMPRINT = -2.5
_BUTTON = -0.3
_HEADING = -0.7
_DOUBLED = -1.5
_SUMMARY = -0.6
_SIGNED = 2.0


def find_end(page: Page, headline: int, headline_key: str) -> int:
    """The index after the article's last line: where the evidence summed from the headline on is the greatest."""
    lines = page.lines
    total = best = 0.0
    end = headline + 1
    listing = closed = False
    run = heads = paragraphs = 0
    doubled_above = False
    index = headline + 1
    while index < len(lines):
        line = lines[index]
        step = 1
        weight = 0.0
        if line.end:
            weight, listing, run = _END, True, 0
            closed = closed or paragraphs > 1
        elif line.furniture:
            weight = _IMPRINT if line.rule == "furniture.imprint" else _BUTTON
        elif line.date:
            weight = -0.2
        elif line.label:
            weight, listing, run, heads = _LABEL if paragraphs else -0.5, bool(paragraphs), 0, 0
        elif line.prose and not line.bullet:
            if _doubled(lines, index):
                step = 2
                weight = 0.5 if paragraphs == 0 or not listing else _SUMMARY
            elif doubled_above:
                weight, run = _SUMMARY, 0
            elif closed:
                weight = 0.1
            elif listing:
                run += 1
                # Two paragraphs in a row under a label: the text goes on, and the first of them counts after all.
                weight = (_SUMMARY if heads else 1.0) if run == 1 else 2.5 + (1.6 if run == 2 and heads else 0.0)
                listing = listing and run < 3
            else:
                weight = 1.0 + min(len(line.text), 400) / 200
                paragraphs += 1
            heads, doubled_above = 0, False
            total += weight
            if total > best:
                best, end = total, index + step
            index += step
            continue
        elif line.key == headline_key:
            weight = 0.0
        elif caption_credit(line.text) is not None:
            weight = 0.3
        elif _doubled(lines, index):
            weight, step, doubled_above, heads, run = _DOUBLED, 2, True, heads + 1, 0
        elif _signs(line) and paragraphs and (not listing or run > 1):
            weight, listing = _SIGNED, True
        else:
            weight, heads, run = (-0.5 if line.bullet else _HEADING), heads + 1, 0
            doubled_above = False
        total += weight
        if total > best:
            best, end = total, index + step
        index += step
    return end


def _doubled(lines: list[Line], index: int) -> bool:
    return index + 1 < len(lines) and lines[index + 1].key == lines[index].key and lines[index].words > 2


def _signs(line: Line) -> bool:
    if line.words > 14:
        return False
    byline = parse_byline(line.text)
    return byline is not None and (byline.signed or name_like(line.text))
