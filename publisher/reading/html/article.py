"""From the page to the article and its trace."""

from publisher.model import Article, Reading, Source, Teaser
from publisher.model.article import fold_headline
from publisher.reading.finishing import finish, first_words, no_headline
from publisher.reading.finishing.hollow import hollow
from publisher.reading.html.blocks import BlockMaker
from publisher.reading.html.body import choose_body
from publisher.reading.html.boxes import find_boxes
from publisher.reading.html.cards import Card, find_cards, is_advertisement
from publisher.reading.html.classes import classes
from publisher.reading.html.destinations import leads_to_person
from publisher.reading.html.figures import WebPicture, find_pictures
from publisher.reading.html.header import Header
from publisher.reading.html.lines import PageLine
from publisher.reading.html.links import HEADLINE_WORDS
from publisher.reading.html.locating import find_article, find_headline, title_without_outlet
from publisher.reading.html.metadata import absolute
from publisher.reading.html.page import WebPage
from publisher.reading.html.standfirst import choose_standfirst
from publisher.reading.trace import BLANK
from publisher.reading.vocabulary import fold
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.language import language_for
from publisher.reading.vocabulary.names import name_like

_HERO = 8
"""How many lines above the headline the article's first picture may stand."""

_ABOUT_WORDS = 45
"""Words of the longest paragraph about the author."""

_RUBRIC_WORDS = 5
"""Words of the longest rubric, its arrow counted."""

_BESIDE = 4
"""How many lines part the picture of a teaser from its headline."""


def read_page(page: WebPage, source: Source) -> Reading:
    """The article on a page, and what became of each of its lines."""
    find_article(page)
    find_headline(page)
    find_boxes(page)
    pictures = [picture for picture in find_pictures(page, _heads(page)) if not _is_link(page, picture)]
    body = choose_body(page, pictures)
    page.language = _language(page, body)
    top = page.headline if page.headline is not None else next(iter(body), 0)
    standfirst = choose_standfirst(page, body, {i for picture in pictures for i in picture.lines}, top)
    body = [i for i in body if i not in standfirst]
    # Who signs stands between the standfirst and the text as often as over both.
    first = body[0] if body else max([top, *standfirst])
    last = body[-1] if body else first
    header = Header(page)
    header.read(first, last)
    standfirst = [i for i in standfirst if not _only_signs(page, page.lines[i], header.bylines)]
    body = _without_biography(page, [i for i in body if not page.marked(page.lines[i])], header.bylines)
    pictures = [picture for picture in pictures if _belongs(page, picture, top, first, last)]
    pictures = [picture for picture in pictures if picture.caption or picture.alt not in header.bylines]
    taken = {*body, *standfirst, *_heads(page), *(i for picture in pictures if picture.sure for i in picture.lines)}
    found = (card for card in find_cards(page, taken, top, last) if card.text not in header.bylines)
    cards = [card for card in found if not (is_advertisement(page, card) or _leads_to_no_article(card))]
    inside = {i for card in cards for i in card.lines}
    pictures = [picture for picture in pictures if picture.sure or not inside & set(picture.lines)]
    maker = BlockMaker(page)
    blocks = maker.blocks(body, pictures)
    printed = _headline(page, body)
    headline = header.headline or printed
    standing = " ".join(page.lines[i].text for i in standfirst) or None
    for i in standfirst:
        page.mark(page.lines[i], "standfirst", "html.standfirst", 0.85)
    related = tuple(_teaser(page, card) for card in cards)
    metadata = page.metadata
    published = header.published or metadata.published or header.updated or metadata.updated
    updated = header.updated or metadata.updated
    article = Article(
        headline=headline,
        kicker=header.kicker,
        standfirst=standing,
        bylines=header.bylines,
        dateline=header.dateline,
        published=published,
        updated=updated if updated != published else None,
        publication=metadata.publication,
        url=metadata.url,
        language=page.language,
        body=blocks,
        related=related,
        problems=tuple(page.problems),
    )
    for line in page.lines:
        if not page.marked(line):
            page.mark(line, "furniture", _furniture(page, line), 0.7)
    traced = page.trace.lines(BLANK)
    return finish(source, [article], traced, hollow(traced, page.name))


def _leads_to_no_article(card: Card) -> bool:
    """Whether a card leads to who wrote an article, or to a rubric (``UK News »``)."""
    if leads_to_person(card.href) and name_like(card.text):
        return True
    arrow = card.text[-1:] in ("»", "›", "→") and not {"«", "‹"} & set(card.text)
    return arrow and not card.summary and len(card.text.split()) <= _RUBRIC_WORDS


def _only_signs(page: WebPage, line: PageLine, bylines: tuple[str, ...]) -> bool:
    """Whether a line that was taken for the standfirst says who wrote the text, and no more."""
    signs = page.trace.role(line.number) == "byline"
    return signs and (line.text in bylines or parse_byline(line.text, page.vocabulary) is not None)


def _heads(page: WebPage) -> set[int]:
    return set() if page.headline is None else {page.headline}


def _without_biography(page: WebPage, body: list[int], bylines: tuple[str, ...]) -> list[int]:
    """The lines of the text without the last where an author's name opens it: it tells of the author."""
    line = page.lines[body[-1]] if len(body) > 1 else None
    if line is None or line.words > _ABOUT_WORDS or not page.prose(line):
        return body
    if not fold(line.text).startswith(tuple(f"{fold(name)} " for name in bylines)):
        return body
    page.mark(line, "furniture", "furniture.after", 0.6)
    return body[:-1]


def _headline(page: WebPage, body: list[int]) -> str:
    """The headline as printed, else as the page calls itself, else the first words."""
    if page.headline is not None:
        line = page.lines[page.headline]
        page.mark(line, "headline", "html.headline", 0.95)
        key = fold_headline(line.text)
        for other in page.lines[: page.headline]:
            if other.text and not page.marked(other) and fold_headline(other.text) == key:
                page.mark(other, "furniture", "furniture.headline-again", 0.8)
        return line.text
    title = title_without_outlet(page)
    if title is not None:
        return title
    page.problems.append(no_headline(page.name))
    return first_words((*(page.lines[i].text for i in body), *(line.text for line in page.lines), page.name))


def _language(page: WebPage, body: list[int]) -> str:
    """The language of the text; a page whose text is not found is told by its first lines."""
    sample = " ".join(page.lines[i].text for i in body)[:20_000] or " ".join(line.text for line in page.lines[:200])
    return language_for(sample, page.vocabulary, page.metadata.language)


def _is_link(page: WebPage, picture: WebPicture) -> bool:
    """Whether a picture is a teaser's: its words are a link to another article, or a headline beside it leads there."""
    words = [page.lines[i] for i in picture.captions]
    if any(caption_credit(line.text, page.vocabulary) is not None for line in words):
        return False
    link = page.lines[picture.at].within("a")
    href = link.get("href") if link is not None else None
    beside = page.lines[max(0, picture.at - _BESIDE) : picture.at + _BESIDE + 1]
    shared = href is not None and any(line.kind == "text" and line.href == href for line in beside)
    return shared or (bool(words) and all(line.linked > 0.9 for line in words))


def _belongs(page: WebPage, picture: WebPicture, top: int, first: int, last: int) -> bool:
    """Whether a picture is one of the article's."""
    line = page.lines[picture.at]
    if page.framed(line) or (picture.src is None and not picture.caption):
        return False
    below = next((each for each in page.lines[max(picture.lines) + 1 :] if each.text), None)
    if picture.at > last and below is not None and below.linked > 0.5 and below.words >= HEADLINE_WORDS:
        # The words are the label of a list, and the picture its sign.
        return False
    inside = page.article is not None and page.article in line.ancestors
    shown = picture.sure or (page.hinted(line, classes().lead_picture) and line.within("a") is None)
    if not inside and page.article is not None and top < picture.at < page.spans[page.article][0]:
        # A figure between the headline and the element of the text: the page's own picture of what the text tells.
        return shown and bool(picture.caption or picture.src) and line.within("aside", "nav", "li") is None
    if first <= picture.at <= last:
        return inside
    if inside:
        # Beside the text's first and last line in its element: at its head, or a gallery under it.
        return picture.sure or picture.at < first
    if not shown or page.headline is None:
        return False
    return top - _HERO <= picture.at < first and line.within("aside", "nav", "li") is None


def _teaser(page: WebPage, card: Card) -> Teaser:
    """A card as a teaser, its lines marked."""
    lines = page.lines
    label = lines[card.label] if card.label is not None else None
    if label is not None:
        seen = page.feature(label)
        page.mark(label, "section label", "label.known" if seen and seen.label else "html.label", 0.85)
    summary = " ".join(card.said) or None
    inline = card.placement == "inline" and summary is None
    for i in card.lines:
        if not page.marked(lines[i]):
            page.mark(lines[i], "furniture", "furniture.teaser-extra", 0.8)
    if inline:
        page.mark(lines[card.headline], "related headline", "html.link", 0.85)
    else:
        page.mark(lines[card.headline], "teaser headline", "html.card", 0.85)
    for i in card.summary:
        page.mark(lines[i], "teaser summary", "html.card-text", 0.85)
    return Teaser(
        headline=card.text,
        section=label.text.strip(" :»>") if label is not None else None,
        summary=summary,
        url=None if card.href.startswith("#") else absolute(card.href, page.metadata.base),
        published=card.published,
        sponsored=card.sponsored,
        placement=card.placement,
    )


def _furniture(page: WebPage, line: PageLine) -> str:
    seen = page.feature(line)
    if page.framed(line):
        return "html.chrome"
    if seen is not None and seen.rule:
        return seen.rule
    return "html.hidden" if line.hidden else "html.outside"
