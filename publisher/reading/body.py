"""The article itself, from the headline to its end: one rule after the other is asked about each line.

A rule is a function of the reader and an index. It gives back how many lines it took: 0 when the line is not its own.
Their order matters: the surer rule comes first.
"""

import re
from collections.abc import Callable

from publisher.model import Problem, Teaser
from publisher.reading.captions import caption_credit, credit_alone, credit_named, without_label
from publisher.reading.dates import find_dates, without_date
from publisher.reading.draft import Draft, Item
from publisher.reading.joined import run_together, split_headlines
from publisher.reading.likeness import overlap, share
from publisher.reading.lines import Line, same_start, split_rank
from publisher.reading.names import name_like, parse_byline
from publisher.reading.words import vocabulary

_BREAK = re.compile(r"^(?:[*•·~_=#-]\s*){3,}$|^\s*⁂\s*$")
_ENDS_IN_DATE = re.compile(r"(?:[-–,]|\bon|\bam|\ble)\s+\(?(?:\d{1,2}\.?\s+[^\W\d_]+|[^\W\d_]+\s+\d{1,2},)\s+\d{4}\)?$")
_COUNTER = re.compile(r"^\d[\d.,]*\s+[^\W\d_]+$")
_CAPTION_LENGTH = 420
_READ_NOW = frozenset(("đọc ngay", "xem ngay", "read now", "xem chi tiết"))
_HEADING_WORDS = 16


class Body:
    """Reads the lines between the headline and the article's end into the draft's items."""

    def __init__(self, draft: Draft, start: int, end: int) -> None:
        self.draft = draft
        self.page = draft.page
        self.lines = draft.page.lines[start:end]
        self.after = draft.page.lines[end : end + 3]
        self.items = draft.items
        self.text_seen = False
        """Whether a paragraph came yet: what stands before it is the article's front matter."""

        self.paragraphs = 0
        self.captions: set[str] = set()

    def read(self) -> None:
        """Ask the rules about each line in turn; the last of them takes whatever is left."""
        index = 0
        while index < len(self.lines):
            index += next(taken for rule in _RULES if (taken := rule(self, index)))

    def at(self, index: int) -> Line | None:
        """The line at an index, or None past the end."""
        return self.lines[index] if 0 <= index < len(self.lines) else None

    def add(self, kind: str, line: Line, role: str, rule: str, confidence: float, text: str | None = None) -> Item:
        """A new item of one line."""
        item = Item(kind=kind, text=line.text if text is None else text, lines=[line])
        self.items.append(item)
        self.draft.mark(line, role, rule, confidence)  # type: ignore[arg-type]
        return item

    def add_figure(
        self, line: Line, rule: str, confidence: float, alt: Line | None = None, text: str | None = None
    ) -> None:
        """A figure of which the caption survived, with its alternative text if that did too; each caption once."""
        if line.words > 5 and line.key in self.captions:
            # A gallery shows a caption again for the small picture of it.
            for again in (line, *([alt] if alt else ())):
                self.draft.drop(again, "furniture.repeated", 0.8)
            return
        self.captions.add(line.key)
        caption = line.text if text is None else text
        item = self.add("figure", line, "caption", rule, confidence, caption)
        item.credit = caption_credit(caption) or None
        if alt is not None:
            item.alt = alt.text
            item.lines.insert(0, alt)

    def add_related(self, line: Line, headline: str, rule: str, confidence: float, section: str | None = None) -> Item:
        """A headline of another article inside this one."""
        item = self.add("teaser", line, "related headline", rule, confidence, headline)
        sponsored = vocabulary().is_sponsored(line.lowered)
        item.teaser = Teaser(headline=headline, section=section, placement="inline", sponsored=sponsored)
        return item


Rule = Callable[[Body, int], int]


def furniture(body: Body, index: int) -> int:
    """Buttons, notices, signs; a row of asterisks is a break."""
    line = body.lines[index]
    if _BREAK.match(line.text) and body.text_seen:
        body.add("break", line, "paragraph", "body.break", 0.8)
        return 1
    if line.furniture:
        body.draft.drop(line, "furniture.phrase")
        return 1
    if line.end:
        body.draft.drop(line, "furniture.end")
        return 1
    if _COUNTER.match(line.text) and not body.text_seen:
        body.draft.drop(line, "furniture.phrase", 0.7)
        return 1
    return 0


def repeated(body: Body, index: int) -> int:
    """A line that stands three times or more in a row, or the like: a gallery's titles."""
    line = body.lines[index]
    following = body.at(index + 1)
    if body.page.counts[line.key] < 3 or line.key == body.draft.headline_key or line.prose or following is None:
        return 0
    count = 1
    while (again := body.at(index + count)) is not None and again.key == line.key:
        count += 1
    if count < 3:
        return 0
    for again in body.lines[index : index + count]:
        body.draft.drop(again, "furniture.repeated", 0.9)
    return count


def headline_again(body: Body, index: int) -> int:
    """The headline as a picture's alternative text, with the caption that follows it."""
    line = body.lines[index]
    if line.key != body.draft.headline_key:
        return 0
    caption = body.at(index + 1)
    apart = body.page.spaced and caption is not None and caption.after_blank
    if caption is None or not _can_be_caption(caption) or (apart and caption_credit(caption.text) is None):
        if body.text_seen:
            body.add("figure", line, "figure alt", "figure.alt-headline", 0.7, "").alt = line.text
        else:
            body.draft.drop(line, "furniture.headline-again", 0.8)
        return 1
    pair = body.text_seen or (body.page.spaced and line.after_blank and caption.before_blank)
    if not pair and caption_credit(caption.text) is None:
        body.draft.drop(line, "furniture.headline-again", 0.7)
        return 1
    body.draft.mark(line, "figure alt", "figure.alt-headline", 0.95)
    body.add_figure(caption, "caption.after-alt", 0.92, alt=line)
    return 2


def file_name(body: Body, index: int) -> int:
    """A picture's file name, with the caption that follows it."""
    line = body.lines[index]
    if not line.file_name:
        return 0
    body.draft.mark(line, "figure alt", "figure.file-name", 0.97)
    caption = body.at(index + 1)
    if caption is None or not _can_be_caption(caption) or (body.page.spaced and caption.after_blank and caption.ended):
        item = Item(kind="figure", lines=[line], alt=None)
        body.items.append(item)
        return 1
    body.add_figure(caption, "caption.after-file-name", 0.9)
    return 2


def labelled_caption(body: Body, index: int) -> int:
    """A caption that a screen reader's label introduces."""
    line = body.lines[index]
    caption = without_label(line.text)
    if not caption or len(line.text) > _CAPTION_LENGTH or (line.words < 4 and not line.text.count(":")):
        return 0
    body.add_figure(line, "caption.label", 0.95, text=caption)
    return 1


def doubled(body: Body, index: int) -> int:
    """A line and the same again, with a credit or without: a picture's alternative text and its caption."""
    line, again = body.lines[index], body.at(index + 1)
    if again is None or not same_start(line, again) or line.key == body.draft.headline_key:
        return 0
    body.draft.mark(line, "figure alt", "figure.alt-doubled", 0.9)
    body.add_figure(again, "caption.doubled", 0.85 if caption_credit(again.text) is None else 0.97, alt=line)
    taken = 2
    controls = _gallery_end(body, index + 2)
    if controls is not None:
        for caption in body.lines[index + 2 : controls]:
            body.add_figure(caption, "caption.gallery", 0.8)
        taken = controls - index
    return taken


def _goes_on(body: Body, start: int) -> bool:
    """Whether more paragraphs follow within the article."""
    return any(other.prose for other in body.lines[start : start + 40])


def caption_over_credit(body: Body, index: int) -> int:
    """A caption whose credit stands on the next line."""
    line, below = body.lines[index], body.at(index + 1)
    if below is None or below.after_blank or line.words < 3 or line.words > 60 or line.bullet:
        return 0
    if not _can_be_caption(line) or (credit := credit_alone(below.text)) is None:
        return 0
    body.add_figure(line, "caption.credit", 0.85)
    if body.items and body.items[-1].lines[-1] is line:
        body.items[-1].credit = credit
        body.items[-1].lines.append(below)
    body.draft.mark(below, "credit", "credit.alone", 0.85)
    return 2


def boxed_teaser(body: Body, index: int) -> int:
    """A headline over a summary inside the article, opened by the outlet as the standfirst is, or ended by a button."""
    line, summary = body.lines[index], body.at(index + 1)
    if summary is None or line.prose or line.bullet or line.words < 5 or not _can_be_caption(line) or line.ended:
        return 0
    button = body.at(index + 2)
    buttoned = button is not None and button.key in _READ_NOW
    if not summary.prose or summary.bullet or not body.text_seen:
        if buttoned or (summary.key in _READ_NOW):
            body.add_related(line, line.text, "related.button", 0.8)
            body.draft.drop(summary, "furniture.phrase")
            return 2
        return 0
    opening = opened_by_outlet(summary.text)
    first = next((item.text for item in body.items if item.kind == "paragraph"), "")
    if not buttoned and (opening is None or opening != opened_by_outlet(first) or summary.words > 90):
        return 0
    item = body.add_related(line, line.text, "related.button", 0.85)
    item.teaser = Teaser(headline=line.text, summary=summary.text, placement="inline")
    body.draft.mark(line, "teaser headline", "related.button", 0.85)
    body.draft.mark(summary, "teaser summary", "teaser.summary", 0.85)
    return 2


_OUTLET_OPENING = re.compile(
    r"^(?:[(\[](?P<bracket>[^\W\d_][\w .&+/]{1,24})[)\]]\s*[-–—.:]*\s*"
    r"|(?P<plain>[^\W\d_][\w.&+]{1,24}(?: [A-ZĐ][\w.]{0,12})?)\s+[-–—]{1,2}\s+)(?=\S)"
)


_PLACE_OPENING = re.compile(
    r"^[A-ZÀ-ÖØ-Ý][A-ZÀ-ÖØ-Ý.' -]{2,30}(?:[,/] ?[^()–—-]{2,25})?\s*(?:\([^()]{2,40}\)\s*)?[-–—]{1,2}\s+(?=\S)"
    r"|^[A-ZÀ-ÖØ-Ý][^\W\d_]+(?: [A-ZÀ-ÖØ-Ý][^\W\d_]+)?\s*(?:,[^()–—-]{2,25})?\([^()]{2,40}\)\s*[-–—.:]*\s+(?=\S)"
)


def opened_by_place(text: str) -> str | None:
    """The place, date and agency that open a paragraph (``LISBON, May 3 (Reuters) - ``); None when nothing does."""
    match = _PLACE_OPENING.match(text[:120])
    return match.group() if match else None


def opened_by_outlet(text: str) -> str | None:
    """What opens a paragraph before a dash or in brackets (``VEN.VN - ``, ``(CNN) -- ``); None when nothing does."""
    match = _OUTLET_OPENING.match(text)
    return (match["bracket"] or match["plain"]) if match else None


def pictured(body: Body, index: int) -> int:
    """Two lines that stand together where paragraphs stand alone: a picture's alternative text and its caption.

    At the article's very end they are a teaser's headline and summary. A short second line over one more line alone is
    a card: a picture's description, a rubric, and a headline of another article.
    """
    line, again = body.lines[index], body.at(index + 1)
    if again is None or not body.page.spaced or not line.after_blank or again.after_blank or line.block != 2:
        return 0
    if line.bullet or again.bullet or line.words < 3 or not _can_be_caption(line) or not _can_be_caption(again):
        return 0
    third = body.at(index + 2)
    if body.text_seen and third is not None and again.words <= 5 and not again.ended and not third.prose:
        if third.block != 1 or third.words < 5 or third.bullet or not _can_be_caption(third):
            return 0
        body.draft.drop(line, "furniture.teaser-extra", 0.6)
        body.draft.drop(again, "furniture.teaser-extra", 0.6)
        body.add_related(third, third.text, "related.bare", 0.6)
        return 3
    credited = caption_credit(again.text) is not None
    goes_on = _goes_on(body, index + 2)
    if not credited and (
        not body.text_seen or not goes_on or again.words > 60 or (line.words < 5 and again.words > 45)
    ):
        return 0
    body.draft.mark(line, "figure alt", "figure.alt", 0.8)
    body.add_figure(again, "caption.credit" if credited else "caption.after-alt", 0.8, alt=line)
    return 2


def _gallery_end(body: Body, start: int) -> int | None:
    """The index of a gallery's control (``HIDE CAPTION``) after a block of lines without a gap; None when none is."""
    for index in range(start, min(start + 60, len(body.lines))):
        line = body.lines[index]
        if line.furniture and line.key in {"hide caption", "ẩn chú thích", "toggle caption"}:
            return index
        if line.furniture or line.end or line.label or line.after_blank:
            return None
    return None


def label(body: Body, index: int) -> int:
    """A label inside the article, and the headlines under it."""
    line = body.lines[index]
    if not line.label:
        return 0
    taken = 1
    found: list[tuple[Line, str]] = []
    while (item := body.at(index + taken)) is not None:
        again = body.at(index + taken + 1)
        if item.furniture or item.date:
            body.draft.drop(item, "furniture.teaser-extra", 0.7)
        elif _headline_like(item, 4) and (item.bullet or len(found) < 6) and item.key != body.draft.headline_key:
            if again is not None and again.key == item.key:
                body.draft.drop(item, "furniture.teaser-extra", 0.8)
                taken, item = taken + 1, again
            found.append((item, split_rank(item.text)))
        else:
            break
        taken += 1
    if not found:
        body.draft.mark(line, "section label", "label.empty", 0.8)
        return taken
    body.draft.mark(line, "section label", "label.known", 0.9)
    # The last headline over a paragraph may be the next part's sub-heading, when a gap sets it apart from the list.
    for item, headline in found:
        if run_together(item.text):
            _add_joined(body, item)
        else:
            body.add_related(item, headline, "related.labelled", 0.85, line.text.strip(" :"))
    return taken


def cue(body: Body, index: int) -> int:
    """A headline that words such as *Read more:* or arrows introduce."""
    line = body.lines[index]
    if line.cue is None or line.prose:
        return 0
    body.add_related(line, line.cue, "related.cue", 0.9)
    return 1


def bullets(body: Body, index: int) -> int:
    """A run of bulleted lines: a list of the text, or headlines of other articles."""
    if not body.lines[index].bullet:
        return 0
    group: list[Line] = []
    while (line := body.at(index + len(group))) is not None and line.bullet and not line.label:
        group.append(line)
    if not group:
        return 0
    content = [line for line in group if not (line.furniture or line.end or line.date or _COUNTER.match(line.text))]
    previous = body.items[-1] if body.items else None
    announced = (
        previous is not None
        and previous.kind in ("paragraph", "subheading", "bullet")
        and (previous.text.endswith(":") or previous.kind == "subheading")
    )
    names = [line for line in content if line.words < 5 and name_like(line.text)] if body.paragraphs < 2 else []
    signature = names[0] if len(names) == 1 and not body.draft.bylines and len(group) < 8 else None
    numbers = {line.number for line in content}
    sentences = sum(line.ended for line in content) * 2 > len(content)
    for line in group:
        if line.date and body.paragraphs < 2:
            _front_date(body, line, line.text)
        elif line is signature:
            body.draft.mark(line, "byline", "byline.under-headline", 0.7)
            add_names(body.draft, (line.text,))
        elif line.number not in numbers:
            body.draft.drop(line, "furniture.phrase", 0.8)
        elif announced or (sentences and body.text_seen) or (sentences and line.words > 30):
            body.add("bullet", line, "list item", "body.bullet", 0.85)
            body.text_seen = True
        elif line.words < (4 if len(content) > 1 else 3):
            body.draft.drop(line, "furniture.menu", 0.7)
        else:
            body.add_related(line, split_rank(line.text), "related.bullet", 0.85)
    return len(group)


def lone_credit(body: Body, index: int) -> int:
    """A credit alone on its line: it belongs to the caption before it, or makes the short line before it one."""
    line = body.lines[index]
    if line.bullet or not body.items or (credit := credit_alone(line.text)) is None:
        return 0
    previous = body.items[-1]
    if previous.kind in ("subheading", "paragraph") and len(previous.text) < 300 and _next_to(previous, line):
        previous.kind = "figure"
        body.draft.mark(previous.lines[-1], "caption", "caption.credit", 0.8)
    if previous.kind != "figure":
        return 0
    previous.credit = previous.credit or credit
    previous.lines.append(line)
    body.draft.mark(line, "credit", "credit.alone", 0.85)
    return 1


def _next_to(item: Item, line: Line) -> bool:
    """Whether a line follows an item directly and the item does not look like a paragraph of the text."""
    last = item.lines[-1]
    return line.number - last.number == 1 and (not last.ended or last.words <= 30)


def credited_caption(body: Body, index: int) -> int:
    """A caption that a credit closes, after its alternative text if that is still there."""
    line = body.lines[index]
    if line.bullet or len(line.text) > 700:
        return 0
    credit = caption_credit(line.text)
    if credit is not None and line.prose and not credit_named(line.text) and not _goes_on(body, index + 1):
        return 0
    if credit is None or (_byline_here(body, index) is not None and line.words < 12):
        return 0
    # The alternative text just before says the same with fewer words; it was taken for a heading.
    previous = body.items[-1] if body.items else None
    alt = None
    heading_like = previous is not None and (previous.kind == "subheading" or previous.teaser is not None)
    if previous is not None and heading_like and overlap(previous.text, line.text) >= 0.6:
        alt = body.items.pop().lines[-1]
        body.draft.mark(alt, "figure alt", "figure.alt", 0.8)
    body.add_figure(line, "caption.credit", 0.93, alt=alt)
    return 1


def signed(body: Body, index: int) -> int:
    """Dates and bylines: under the headline, or as the article's last lines."""
    line = body.lines[index]
    if line.bullet or line.words > 30:
        return 0
    if line.date or _dated_place(line):
        if body.paragraphs > 1:
            body.draft.drop(line, "furniture.after", 0.6)
        else:
            _front_date(body, line, line.text)
        return 1
    byline = _byline_here(body, index)
    if byline is None:
        return 0
    draft = body.draft
    rule = "byline.after-body" if body.text_seen else "byline.under-headline"
    draft.mark(
        line, "byline", "byline.label" if byline.signed and not byline.when else rule, 0.9 if byline.signed else 0.75
    )
    add_names(draft, byline.people)
    draft.agencies += byline.agencies
    if byline.when and body.paragraphs < 2:
        draft.dateline = draft.dateline or byline.when
        draft.date_texts.append(byline.when)
    return 1


def _dated_place(line: Line) -> bool:
    """Whether a line is a place and a date (``Madrid-29/05/2025 20:00``)."""
    rest, when = without_date(line.text) if line.words <= 8 and not line.prose else (line.text, "")
    place = rest.strip(" ,-–—|•·:()").split()
    # A comma stands between a place and a date, a dash between a name and a date.
    named = len(place) > 1 and not re.match(r"[^,]+,\s*$", line.text[: line.text.find(when)])
    return bool(when) and 0 < len(place) <= 3 and not named and all(word[:1].isupper() for word in place)


def add_names(draft: Draft, names: tuple[str, ...]) -> None:
    """Sign the article with names that do not sign it yet; a name in capitals is the same name."""
    known = {name.casefold() for name in draft.bylines}
    draft.bylines += [name for name in names if name.casefold() not in known]


def _byline_here(body: Body, index: int):  # type: ignore[no-untyped-def]
    """The byline in a line where bylines stand; None elsewhere."""
    line = body.lines[index]
    if line.prose and line.words > 14:
        return None
    byline = parse_byline(line.text)
    if byline is None:
        return None
    if not body.text_seen:
        return byline if byline.signed or line.words <= 5 else None
    # A standfirst may stand above the byline.
    if body.paragraphs < 2 and not body.draft.bylines and (byline.signed or body.page.language != "vi"):
        return byline
    rest = [other for other in body.lines[index + 1 : index + 30] if not other.furniture and not other.date]
    last = all(parse_byline(other.text) is not None or other.end or other.label for other in rest[:4]) and len(rest) < 6
    return byline if last else None


def _front_date(body: Body, line: Line, text: str) -> None:
    draft = body.draft
    if not find_dates(text):
        draft.drop(line, "furniture.before", 0.7)
        return
    draft.mark(line, "published", "date.line", 0.9)
    draft.dateline = draft.dateline or text
    draft.date_texts.append(text)


def joined_headlines(body: Body, index: int) -> int:
    """A line of several headlines run together, near the article's front or alone between paragraphs."""
    line = body.lines[index]
    if line.prose or not run_together(line.text):
        return 0
    _parts, sure = split_headlines(line.text, body.page)
    if not sure and line.words < 27:
        return 0
    _add_joined(body, line)
    return 1


def _add_joined(body: Body, line: Line) -> None:
    parts, sure = split_headlines(line.text, body.page)
    if sure:
        for part in parts:
            body.add_related(line, part, "related.run-together", 0.75)
        return
    body.add_related(line, line.text, "related.run-together-kept", 0.4)
    message = f"line {line.number} seems to hold several headlines; their boundaries are not sure, so it was kept whole"
    body.draft.problems.append(Problem(code="run-together", message=message))


def picture_description(body: Body, index: int) -> int:
    """A picture's description that ends in the date it was taken, or repeats in the line below it, without a credit."""
    line, following = body.lines[index], body.at(index + 1)
    if line.prose or line.bullet or line.words < 5:
        return 0
    dated = bool(_ENDS_IN_DATE.search(line.text))
    same = (
        following is not None
        and not following.bullet
        and _can_be_caption(following)
        and overlap(line.text, following.text) >= 0.7
        and abs(following.words - line.words) <= 12
    )
    if not dated and not same:
        return 0
    if following is not None and _can_be_caption(following) and not following.bullet and (same or not following.prose):
        body.draft.mark(line, "figure alt", "figure.alt", 0.8)
        body.add_figure(following, "caption.after-alt", 0.8, alt=line)
        return 2
    body.add("figure", line, "figure alt", "figure.alt", 0.7, "").alt = line.text
    return 1


def heading(body: Body, index: int) -> int:
    """A short line without a full stop: a sub-heading, or a headline of another article."""
    line = body.lines[index]
    if line.prose or line.words > _HEADING_WORDS or (line.ended and not line.text.endswith("...")):
        return 0
    if not body.text_seen:
        return 0
    following = body.at(index + 1)
    if body.paragraphs < 2 and line.words < 5 and following is not None and not following.prose:
        body.draft.drop(line, "furniture.before", 0.5)
        return 1
    confidence = _subheading(body, line, index)
    if confidence >= 0.5:
        body.add("subheading", line, "subheading", "subheading.short", confidence)
    else:
        body.add_related(line, line.text, "related.bare", 1 - confidence)
    return 1


def _subheading(body: Body, line: Line, index: int) -> float:
    """How sure it is that a short line heads the paragraphs after it.

    A sub-heading stands over a paragraph, is short, and its words come back below it; a link to another article that
    the scraper left between paragraphs is longer, and what follows has nothing to do with it.
    """
    links = bool(body.items) and body.items[-1].kind == "teaser"
    pictured = False
    following = body.at(index + 1)
    while following is not None and (following.furniture or _pictured(body, following)):
        index, pictured = index + 1, True
        following = body.at(index + 1)
    if following is None or (pictured and links):
        return 0.3
    if ":" in line.text and parse_byline(line.text.split(":", 1)[1]) is not None:
        return 0.8
    if not following.prose and not following.bullet:
        return 0.8 if line.words <= 3 or line.text.startswith(("...", "…")) else 0.35
    if line.words <= 4 or line.text.endswith("...") or line.text.startswith(("...", "…")):
        return 0.9
    below = " ".join(other.text for other in body.lines[index + 1 : index + 4] if other.prose)
    common = share(line.text, below)
    # Scrapers of English sites leave links to other articles bare between paragraphs; elsewhere they are set off.
    if body.page.language != "en":
        return 0.85
    if re.match(r"^(?:\d+ |#)", line.text):
        return 0.3
    return 0.5 + (0.35 if common > 0.15 else -0.2) - 0.03 * max(0, line.words - 6)


def _pictured(body: Body, line: Line) -> bool:
    """Whether a line belongs to a picture by its own looks."""
    if line.file_name or line.key == body.draft.headline_key or without_label(line.text) is not None:
        return True
    return not line.prose and (bool(_ENDS_IN_DATE.search(line.text)) or caption_credit(line.text) is not None)


def quote_or_paragraph(body: Body, index: int) -> int:
    """What is left: running text; before it, a standfirst without a full stop or something that is not ours."""
    line = body.lines[index]
    if line.prose or body.text_seen or line.words > 40:
        body.add(
            "paragraph",
            line,
            "paragraph",
            "body.paragraph" if line.prose else "body.short",
            0.95 if line.prose else 0.6,
        )
        body.text_seen = True
        body.paragraphs += 1
        return 1
    if line.words >= 9 and body.draft.standfirst is None:
        body.draft.standfirst = line.text
        body.draft.mark(line, "standfirst", "standfirst.unended", 0.75)
        return 1
    if line.words >= 6:
        body.add("figure", line, "figure alt", "figure.alt", 0.4, "").alt = line.text
        return 1
    body.draft.drop(line, "furniture.before", 0.6)
    return 1


_RULES: tuple[Rule, ...] = (
    furniture,
    repeated,
    headline_again,
    file_name,
    labelled_caption,
    doubled,
    label,
    cue,
    bullets,
    lone_credit,
    signed,
    caption_over_credit,
    boxed_teaser,
    pictured,
    credited_caption,
    joined_headlines,
    picture_description,
    heading,
    quote_or_paragraph,
)


def _can_be_caption(line: Line) -> bool:
    return (
        not (line.furniture or line.end or line.label or line.date or line.file_name)
        and len(line.text) <= _CAPTION_LENGTH
    )


def _headline_like(line: Line, fewest: int) -> bool:
    return line.words >= fewest and not line.prose and not line.label and not line.end and not line.file_name
