"""RSS and Atom feeds, through feedparser: each entry is an article."""

import datetime as dt
import email.utils
import html
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from publisher.counting import spelled
from publisher.errors import InputError
from publisher.model import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    Figure,
    NumberedList,
    Paragraph,
    Problem,
    Reading,
    Source,
    Subheading,
    Text,
    plain,
)
from publisher.model.article import fold_headline
from publisher.reading.decoding import clean
from publisher.reading.finishing import finish, first_words, no_headline
from publisher.reading.html.fragment import Fragment, read_fragment
from publisher.reading.trace import BLANK, Trace
from publisher.reading.vocabulary import Vocabulary
from publisher.reading.vocabulary.bylines import parse_byline
from publisher.reading.vocabulary.captions import caption_credit
from publisher.reading.vocabulary.language import language_for

LIMIT_BYTES = 4 * 1024 * 1024
"""What is read of a feed, from its beginning. A feed of a day's articles in full has a tenth of that."""

LIMIT_ENTRIES = 500
"""The entries that are read, from the first: the newest, as feeds are written."""

_ENTITIES = tuple("<!ENTITY".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_ROOT = re.compile(rb"<((?:[\w-]+:)?(?:rss|feed|RDF))[\s>]")
_START = re.compile(rb"<(?:[\w-]+:)?(?:item|entry)[\s>]")
_PARTS = re.compile(rb"<!\[CDATA\[|<(/?)(?!(?:br|hr|img|li|p)[\s/>])[A-Za-z][^<>]*?(/?)>", re.IGNORECASE)
_DEEPEST = 256
"""Elements inside each other; a feed has five, and XHTML in it some dozens more."""
_TAGGED = re.compile(rb"""<[A-Za-z](?:[^<>"']|"[^"<]*"|'[^'<]*')*+""")
"""A tag up to its end, whatever its quoted values hold; each byte is looked at once."""
_MOST_ATTRIBUTES = 1_000
"""Of one element; the root of a feed has some twenty."""
_TAG = re.compile(r"<[^<>]*>")
_LANGUAGE = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")
_FEED_SUFFIX = re.compile(r"(?:\s+[-–|:»]\s+|\s+)(?:RSS(?:\s+feeds?)?|Atom(?:\s+feeds?)?|feeds?)$", re.IGNORECASE)
_CLOSING = re.compile(
    r"^(?:the post .+ (?:appeared first|first appeared) on .+"
    r"|bài viết .+ (?:xuất hiện đầu tiên|đã xuất hiện).*"
    r"|der beitrag .+ erschien (?:zuerst auf|am) .+"
    r"|l[’']article .+ est apparu en premier sur .+"
    r"|la entrada .+ (?:se publicó primero|aparece primero|apareció primero) en .+)$",
    re.IGNORECASE,
)
"""What WordPress puts under every entry, in the languages that this toolkit knows."""

_BUTTON_WORDS = 6
_SUMMARY_BLOCKS = 2
_FULL_WORDS = 150
"""A summary is a paragraph, of some sixty words; an article has several."""
_PARSER_ERRORS = (
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What feedparser lets through from its loose parser on nonsense, found by feeding it nonsense."""


def read(source: Source, known: Vocabulary) -> Reading:
    """The articles of a feed, in its order; a line of the trace is a line of an entry as it would print.

    An entry's full content is the article's text; where there is only a summary, that is, with a ``summary-only``
    problem. An entry without a word is left out. What is odd about the feed as a whole is a problem of its first
    article. Raises InputError when the source is no feed, declares entities, or has no entry with a word.
    """
    feed, problems = _parsed(source)
    articles: list[Article] = []
    trace = Trace()
    empty = 0
    for entry in feed.get("entries", ())[:LIMIT_ENTRIES]:
        read = _Entry(entry, feed.get("feed", {}), source, known)
        if read.read(trace):
            articles.append(read.article())
        else:
            empty += 1
    if not articles:
        raise InputError(f"{source.name} is a feed without articles. Give one with entries in it.")
    if empty:
        entries = spelled(empty, "entry", "entries")
        problems.append(_problem("dropped-content", f"{entries} without headline and text left no article", source))
    return finish(source, articles, trace.lines(BLANK), problems)


def _parsed(source: Source) -> tuple[Any, list[Problem]]:
    """What feedparser makes of the source, and what is odd about it."""
    import feedparser

    data, problems = source.data, []
    if any(mark in data for mark in _ENTITIES):
        raise InputError(f"{source.name} declares entities, which no feed needs. It was not read.")
    data, cut = _cut(data)
    if _is_deep(data):
        raise InputError(f"{source.name} is nested too deeply for a feed. It was not read.")
    # As with depth, feedparser's time grows with the square of it.
    if any(tag[0].count(b"=") > _MOST_ATTRIBUTES for tag in _TAGGED.finditer(data)):
        raise InputError(f"{source.name} has an element with too many attributes for a feed. It was not read.")
    if cut:
        problems.append(_problem("cut-short", cut, source))
    try:
        # Markup passes through the allow-list of the HTML reader, which makes addresses absolute as well.
        # A stream, for feedparser takes bytes that name a file or an address for just that, and opens it.
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except _PARSER_ERRORS as error:
        raise InputError(f"{source.name} is too damaged to be read as a feed. Save it anew.") from error
    if not feed.get("version") and not feed.get("entries"):
        raise InputError(f"{source.name} is no feed: it is neither RSS nor Atom. Give the address of a feed.")
    fault = feed.get("bozo_exception")
    if fault is not None and hasattr(fault, "getLineNumber") and not problems:
        message = f"the feed is not well-formed in line {fault.getLineNumber()}; what follows may be incomplete"
        problems.append(_problem("dropped-content", message, source))
    return feed, problems


def _cut(data: bytes) -> tuple[bytes, str]:
    """The feed with no more entries and bytes than the limits, its root closed, and what was done; ``""`` for nothing.

    Before it is parsed: feedparser takes a minute for what a hostile server sends in a second.
    """
    starts = []
    for start in _START.finditer(data, 0, LIMIT_BYTES):
        starts.append(start.start())
        if len(starts) > LIMIT_ENTRIES:
            break
    if len(starts) > LIMIT_ENTRIES:
        at, done = starts[-1], f"only the first {LIMIT_ENTRIES} entries were read"
    elif len(data) > LIMIT_BYTES:
        at = starts[-1] if len(starts) > 1 else LIMIT_BYTES
        done = f"only the first {LIMIT_BYTES // 1024**2} MiB of the feed were read"
    else:
        return data, ""
    root = _ROOT.search(data, 0, LIMIT_BYTES)
    name = root[1] if root else b""
    return data[:at] + (b"</channel>" if name == b"rss" else b"") + (b"</" + name + b">" if name else b""), done


def _is_deep(data: bytes) -> bool:
    """Whether elements stand inside each other as in no feed: feedparser's time grows with the square of that."""
    depth = at = 0
    while (part := _PARTS.search(data, at)) is not None:
        at = part.end()
        if part[1] is None:
            at = data.find(b"]]>", at)
            if at < 0:
                return False
        elif not part[2]:
            depth = max(depth - 1, 0) if part[1] else depth + 1
            if depth > _DEEPEST:
                return True
    return False


def _problem(code: str, message: str, source: Source) -> Problem:
    return Problem(code=code, message=message, where=source.name)


class _Entry:
    """One entry on its way to an article."""

    def __init__(self, entry: Any, feed: Any, source: Source, known: Vocabulary) -> None:
        self.entry = entry
        self.feed = feed
        self.source = source
        self.known = known
        self.problems: list[Problem] = []
        self.url = self._url()
        self.headline = _words(entry.get("title"), (entry.get("title_detail") or {}).get("type"))
        self.standfirst: str | None = None
        self.blocks: tuple[Block, ...] = ()

    def read(self, trace: Trace) -> bool:
        """Fill the fields, and say in the trace what became of the entry's lines; whether there is any word."""
        content, summary = self._content(), _markup(self.entry.get("summary_detail") or {})
        fragment = self._fragment(content or summary)
        if content and summary and summary != content:
            self._sum_up(summary, fragment)
        self.blocks = fragment.blocks
        self.problems += fragment.problems
        if not self.headline:
            self.headline = first_words([" ".join(map(_text_of, self.blocks))])
            self.problems += [no_headline(self._where())] if self.headline else []
        if not self.headline:
            return False
        if not (content or self._is_full()) or self._is_cut():
            self._say("summary-only", "the feed holds only a summary of the article")
        trace.add(self.headline, "headline", "feed.title")
        if self.standfirst:
            trace.add(self.standfirst, "standfirst", "feed.summary", 0.9)
        for line in fragment.lines:
            trace.add(line.text, line.role, line.rule, line.confidence)
        self._picture()
        return True

    def article(self) -> Article:
        """The article, once it is read."""
        words = " ".join(filter(None, (self.headline, self.standfirst, *map(_text_of, self.blocks[:40]))))
        declared = str(self.feed.get("language") or "").replace("_", "-")
        language = language_for(words, self.known, declared if _LANGUAGE.match(declared) else None)
        published = _day(self.entry, "published")
        updated = _day(self.entry, "updated")
        return Article(
            headline=self.headline,
            standfirst=self.standfirst,
            bylines=self._bylines(),
            published=published or updated,
            updated=updated if published and updated != published else None,
            publication=self._publication(),
            url=self.url,
            language=language,
            body=self.blocks,
            problems=tuple(self.problems),
        )

    def _say(self, code: str, message: str) -> None:
        self.problems.append(Problem(code=code, message=message, where=self._where()))

    def _where(self) -> str:
        return f"{self.source.name}, {self.headline[:60]}"

    def _url(self) -> str | None:
        return _absolute(self.entry.get("link"), self.source.url or self.feed.get("link"))

    def _content(self) -> str:
        """The longest of the contents that are text, as markup; ``""`` without one."""
        contents = self.entry.get("content") or ()
        return max((_markup(each) for each in contents if _is_text(each)), key=len, default="")

    def _is_full(self) -> bool:
        """Whether what calls itself a summary is the whole text: many a feed has no other place for it."""
        return sum(len(_text_of(block).split()) for block in self.blocks) >= _FULL_WORDS

    def _is_cut(self) -> bool:
        """Whether the text ends in the middle, as summaries do."""
        last = _text_of(self.blocks[-1]).rstrip() if self.blocks else ""
        return len(self.blocks) <= _SUMMARY_BLOCKS and last.endswith(("…", "...", "[…]", "[...]"))

    def _fragment(self, markup: str) -> Fragment:
        def drops(text: str, href: str | None) -> bool:
            button = href is not None and href == self.url and len(text.split()) <= _BUTTON_WORDS
            return button or _CLOSING.match(text[:600]) is not None

        return read_fragment(markup, self.source.name, self.url or self.source.url, self.known, drops)

    def _sum_up(self, summary: str, fragment: Fragment) -> None:
        """Take the summary for the standfirst, unless it only repeats how the text begins: then it was cut from it."""
        words = " ".join(_text_of(block) for block in self._fragment(summary).blocks).strip()
        words = re.sub(r"\s*(?:\[…\]|\[\.\.\.\]|…|\.\.\.)$", "", " ".join(words.split()))
        text = " ".join(_text_of(block) for block in fragment.blocks)
        if words and not fold_headline(text).startswith(fold_headline(words)[:200]) and len(words) < len(text):
            self.standfirst = words

    def _picture(self) -> None:
        """Put the entry's own picture above the text when the text has none."""
        if any(isinstance(block, Figure) for block in self.blocks):
            return
        for picture in self._pictures():
            url = _absolute(picture.get("url") or picture.get("href"), self.url)
            if url is None:
                continue
            named = [str(credit.get("content") or "") for credit in self.entry.get("media_credit") or ()]
            credit = _words(" ".join(named), "text/plain") or None
            caption = (Text(text=credit),) if credit else ()
            known = caption_credit(credit, self.known) if credit else None
            self.blocks = (Figure(src=url, caption=caption, credit=known or credit), *self.blocks)
            return

    def _pictures(self) -> Iterator[Any]:
        """What may be the entry's picture, the largest kind first."""
        for media in self.entry.get("media_content") or ():
            if media.get("medium") == "image" or str(media.get("type", "")).startswith("image/"):
                yield media
        for link in self.entry.get("links") or ():
            if link.get("rel") == "enclosure" and str(link.get("type", "")).startswith("image/"):
                yield link
        yield from self.entry.get("media_thumbnail") or ()

    def _bylines(self) -> tuple[str, ...]:
        names: list[str] = []
        for author in self.entry.get("authors") or ():
            name = _words(author.get("name"), "text/html")
            found = parse_byline(name, self.known) if name else None
            names += (found.people or found.agencies) if found else filter(None, (name,))
        return tuple(name for name in dict.fromkeys(names) if "@" not in name)

    def _publication(self) -> str | None:
        title = (self.entry.get("source") or {}).get("title") or self.feed.get("title")
        return _FEED_SUFFIX.sub("", _words(title, "text/html")) or None


def _words(value: object, media_type: str | None) -> str:
    """A title as text on one line; in HTML, tags go and entities are what they stand for."""
    text = str(value or "")
    if media_type != "text/plain":
        text = html.unescape(_TAG.sub("", text))
    return " ".join(clean(text).split())


def _markup(content: Any) -> str:
    """The markup of a content or a summary, that of plain text escaped."""
    value = str(content.get("value") or "")
    if content.get("type") == "text/plain":
        return "".join(f"<p>{html.escape(part)}</p>" for part in re.split(r"\n\s*\n", value) if part.strip())
    return value


def _absolute(url: object, base: object) -> str | None:
    """An http or https address; ``None`` for any other."""
    try:
        found = urljoin(str(base or ""), str(url or "").strip())
        urlsplit(found)  # knows what a malformed host is
    except ValueError:
        return None
    fits = found.lower().startswith(("http://", "https://")) and len(found) < 2000 and found.isprintable()
    return found if fits and " " not in found else None


def _is_text(content: Any) -> bool:
    return str(content.get("type") or "text/html").startswith(("text/", "application/xhtml"))


def _day(entry: Any, name: str) -> dt.date | None:
    """The day in the zone in which it was written: at half past midnight in Hanoi it is still yesterday in UTC."""
    if name not in entry:  # feedparser gives the one date for the other, and warns of it
        return None
    written = str(entry[name] or "").strip()
    try:
        return email.utils.parsedate_to_datetime(written).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        pass
    try:
        return dt.datetime.fromisoformat(written).date()
    except ValueError:
        pass
    parsed = entry.get(f"{name}_parsed")
    try:
        return dt.date(*parsed[:3]) if parsed else None
    except ValueError:  # feedparser takes a year 0 for one
        return None


def _text_of(block: Block) -> str:
    match block:
        case BulletList() | NumberedList():
            return " ".join(plain(item) for item in block.items)
        case BlockQuote():
            return " ".join(plain(paragraph.inlines) for paragraph in block.blocks)
        case Paragraph() | Subheading():
            return plain(block.inlines)
    return ""
