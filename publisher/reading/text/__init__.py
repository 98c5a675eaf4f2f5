"""Scraped or saved text: from lines to one article with its trace.

1. The lines are laid out with their features (``lines``), the language found (``language``).
2. The first dense run of paragraphs and the headline above it are found (``front``).
3. The article's end is where the evidence over the whole page says (``span``).
4. The lines between are read by rules in order (``article``), those after it as teasers and furniture (``tail``).
5. What only the whole can tell follows: pairs that close the text (``closing``), the standfirst, the pull quotes, the
   date, the outlet (here).
"""

import re
from collections.abc import Sequence

from publisher.model import (
    Article,
    Block,
    Break,
    BulletList,
    Figure,
    Paragraph,
    PullQuote,
    Reading,
    Source,
    Subheading,
    Table,
    Text,
)
from publisher.model.blocks import Inlines
from publisher.reading.corrections import Correction
from publisher.reading.decoding import Decoded
from publisher.reading.finishing import finish, first_words, no_headline
from publisher.reading.finishing.hollow import hollow
from publisher.reading.finishing.quotations import RunningText
from publisher.reading.text.article import read_article
from publisher.reading.text.closing import part_closing_teasers
from publisher.reading.text.corrections import enforce, hint
from publisher.reading.text.draft import Draft, DraftItem
from publisher.reading.text.front import find_start, read_before
from publisher.reading.text.kickers import without_kicker
from publisher.reading.text.openings import opened_by_outlet, opened_by_place
from publisher.reading.text.published import publication_dates
from publisher.reading.text.rendering import undo
from publisher.reading.text.signatures import add_names, sign_in_brackets, sign_over_headline
from publisher.reading.text.span import find_end
from publisher.reading.text.tail import Tail
from publisher.reading.text.titles import browser_title
from publisher.reading.trace import Mark, Trace
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.bylines import closing_byline
from publisher.reading.vocabulary.language import language_for
from publisher.reading.vocabulary.page import Page, lay_out

_SOURCE_LINE = re.compile(
    r"^\s*(?:nguồn|nguồn bài viết|link gốc|link bài gốc|đường dẫn|source|original|url|link|quelle|fuente|canonical)"
    r"\s*:\s*(https?://[^\s<>\"]+)\s*$",
    re.IGNORECASE,
)
_QUOTES = 400
"""Items among which quotations are looked for, so that no page costs the square of its size."""

_LOST = Mark("furniture", "furniture.after", 0.3)
_STANDFIRST_WORDS = 130
_SHORT, _SHORTER = 28, 0.85
"""Words that a standfirst under the author's name may have in any case, and the share of the usual paragraph's words
that it has at most."""

_SIGNING = ("byline", "published")
"""Roles of what says who wrote a text and when."""

_SET_APART = frozenset(
    ("de", "fr", "es", "it", "pt", "ca", "nl", "sv", "da", "no", "nb", "pl", "cs", "sk", "ro", "hu", "tr", "ru", "uk")
)
"""Languages whose press opens with a standfirst, unless the text opens with a place or an agency."""


def read(source: Source, decoded: Decoded, known: Vocabulary, corrections: Sequence[Correction] = ()) -> Reading:
    """The article in scraped text. Never raises: a page without a headline gets its first words and a problem.

    What a correction says of a line goes before what the rules say; one that fits no line is a problem.
    """
    texts = decoded.lines
    undone = undo(texts)
    page = lay_out(undone.texts, known)
    for line in page.lines:
        line.level = undone.levels[line.number - 1]
    stale = hint(page, corrections, undone.owners, texts, source.name)
    prose = " ".join(line.text for line in page.lines if line.prose)[:20_000]
    page.language = language_for(prose or decoded.text, known)
    trace = Trace(texts)
    for index, owner in enumerate(undone.owners):
        if owner != index:
            trace.join(index + 1, owner + 1)
    draft = Draft(page=page, trace=trace, problems=list(stale), url=_source_url(texts))
    first, found = find_start(page)
    title = browser_title(page)
    found = _given_headline(page) or found
    if found is None:
        start = _without_headline(draft, first, source.name)
    else:
        index, rule, confidence = found
        line = page.lines[index]
        draft.kicker, draft.headline = without_kicker(line.text, page)
        draft.headline_key = line.key
        draft.mark(line, "headline", rule, confidence)
        read_before(draft, index, title)
        start = index + 1
    if title is not None and title[2]:
        draft.publication = title[2]
    end = max(find_end(page, start - 1, draft.headline_key), start)
    draft.standfirst = next((line.text for line in page.lines if line.given == "standfirst"), None)
    read_article(draft, start, end)
    Tail(draft, end).read()
    part_closing_teasers(draft)
    _choose_standfirst(draft)
    _sign_standfirst(draft)
    sign_in_brackets(draft)
    sign_over_headline(draft)
    _set_quotes_apart(draft)
    if corrections:
        enforce(draft, source.name)
    traced = draft.trace.lines(_LOST)
    problems = (*decoded.problems, *hollow(traced, source.name))
    return finish(source, [_article(draft, source)], traced, problems)


def _source_url(texts: list[str]) -> str | None:
    """The address in a line such as ``Nguồn: https://…``; None when there is none, or several that differ."""
    found = {match[1] for text in texts if "://" in text and len(text) < 500 and (match := _SOURCE_LINE.match(text))}
    return found.pop() if len(found) == 1 else None


def _given_headline(page: Page) -> tuple[int, str, float] | None:
    """The first line that a correction makes the headline; None without one."""
    return next(((at, "correction", 1.0) for at, line in enumerate(page.lines) if line.given == "headline"), None)


def _without_headline(draft: Draft, first: int | None, name: str) -> int:
    """Take the first words as the headline; the line itself stays in the text. Gives where the text starts."""
    lines = draft.page.lines
    index = first if first is not None else 0
    draft.headline = first_words([lines[index].text])
    draft.problems.append(no_headline(name))
    read_before(draft, index, None)
    return index


def _choose_standfirst(draft: Draft) -> None:
    """Find out whether the first paragraph is a standfirst.

    The Vietnamese press always sets the first paragraph apart, and the German, French and Spanish one nearly so; in
    English something must tell: a byline, a date or a picture between it and the text.
    """
    if draft.standfirst is not None or not draft.headline_key:
        return
    paragraphs = [item for item in draft.items if item.kind == "paragraph"]
    if len(paragraphs) < 2 or draft.items[0].kind not in ("paragraph", "figure", "teaser"):
        return
    first = paragraphs[0]
    line = first.lines[0]
    if line.given or line.words > _STANDFIRST_WORDS or first.text.endswith(":"):
        return
    opening = opened_by_outlet(first.text) or opened_by_place(first.text)
    apart = not opening and len(paragraphs) > 2 and not _as_long_as_text(draft, first)
    if draft.page.language == "vi" or (draft.page.language in _SET_APART and apart):
        rule = "standfirst.outlet" if opening else "standfirst.first-paragraph"
        confidence = 0.95 if opening else 0.8
    elif _set_apart(draft, line.number) and not opening:
        rule, confidence = "standfirst.apart", 0.7
    else:
        return
    draft.items.remove(first)
    draft.standfirst = first.text
    draft.mark(line, "standfirst", rule, confidence)


def _as_long_as_text(draft: Draft, first: DraftItem) -> bool:
    """Whether the first paragraph stands under the author's name or the day and is no shorter than the usual one."""
    above = (draft.trace.role(number) for number in range(1, first.lines[0].number))
    signed = any(role in _SIGNING for role in above)
    lengths = sorted(item.lines[0].words for item in draft.items if item.kind == "paragraph" and item is not first)
    return signed and first.lines[0].words > max(_SHORT, _SHORTER * lengths[len(lengths) // 2])


def _sign_standfirst(draft: Draft) -> None:
    """Sign the article with the names after its standfirst's last sentence, when nobody else does."""
    closing = closing_byline(draft.standfirst or "", draft.page.vocabulary)
    if closing is not None and not draft.bylines:
        add_names(draft, closing.people)


def _set_apart(draft: Draft, number: int) -> bool:
    """Whether a byline, a date or a picture stands between the first paragraph and the next.

    Under who wrote the text a picture stands inside it.
    """
    above = {draft.trace.role(other) for other in range(1, number)}
    telling = _SIGNING if not above.isdisjoint(_SIGNING) else (*_SIGNING, "caption", "figure alt")
    for line in draft.page.lines:
        if line.number <= number:
            continue
        role = draft.trace.role(line.number)
        if role in (None, "paragraph"):
            return False
        if role in telling:
            return True
    return False


def _set_quotes_apart(draft: Draft) -> None:
    """Turn a line into a pull quote when a longer paragraph of the text holds the same words."""
    items = draft.items[:_QUOTES]
    text = RunningText(item.text for item in items if item.kind == "paragraph")
    for item in items:
        apart = item.kind in ("paragraph", "subheading", "teaser")
        if apart and text.says_again(item.text, among=item.kind == "paragraph"):
            item.kind, item.teaser = "quote", None
            draft.mark(item.lines[0], "pull quote", "quote.repeated", 0.8)


def _article(draft: Draft, source: Source) -> Article:
    published, certainty, updated, problems = publication_dates(draft, source.name)
    inline = tuple(item.teaser for item in draft.items if item.teaser is not None)
    # An agency that trades in pictures alone has written no text; the outlet itself, or a button, is no author.
    known = draft.page.vocabulary
    silent = {*known.picture_agencies, fold(draft.publication or "")}
    agencies = [
        name for name in draft.agencies if fold(name) not in silent and not known.furniture.is_exact(fold(name))
    ]
    return Article(
        headline=draft.headline,
        kicker=draft.kicker,
        standfirst=draft.standfirst,
        bylines=tuple(draft.bylines or agencies[:1]),
        dateline=draft.dateline,
        published=published,
        certainty=certainty,
        updated=updated,
        publication=draft.publication,
        url=source.url or draft.url,
        language=draft.page.language,
        body=_blocks(draft.items),
        related=(*inline, *draft.teasers),
        problems=(*draft.problems, *problems),
    )


def _blocks(items: list[DraftItem]) -> tuple[Block, ...]:
    """The items as blocks: bullets in a row are one list."""
    blocks: list[Block] = []
    bullets: list[Inlines] = []
    for item in items:
        if item.kind == "bullet":
            bullets.append(_inlines(item.text))
            continue
        if bullets:
            blocks.append(BulletList(items=tuple(bullets)))
            bullets = []
        block = _block(item)
        if block is not None:
            blocks.append(block)
    if bullets:
        blocks.append(BulletList(items=tuple(bullets)))
    return tuple(blocks)


def _block(item: DraftItem) -> Block | None:
    match item.kind:
        case "paragraph":
            return Paragraph(inlines=_inlines(item.text))
        case "subheading":
            return Subheading(inlines=_inlines(item.text))
        case "quote":
            return PullQuote(inlines=_inlines(item.text), attribution=item.speaker)
        case "break":
            return Break()
        case "table":
            return Table(rows=tuple(tuple(map(_inlines, line.cells)) for line in item.lines))
        case "figure":
            caption = _inlines(item.text) if item.text else ()
            if caption or item.alt or item.src:
                return Figure(src=item.src, alt=item.alt, caption=caption, credit=item.credit)
    return None


def _inlines(text: str) -> Inlines:
    return (Text(text=text),)
