"""What comes into the folder of a desk: files, what was pasted, and pages of the web with their pictures."""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote, urljoin, urlsplit

from publisher.desk.drafts import Drafts
from publisher.desk.folder import PICTURES, DeskFolder
from publisher.desk.reader import PageReader
from publisher.desk.webarchive import ArchivedPicture, web_archive
from publisher.errors import InputError, PublisherError
from publisher.fetching import MEDIA_TYPES, Web, load, suffix_for
from publisher.fetching.media import media_type_of
from publisher.model import Article, Figure, Source, block_words
from publisher.model.blocks import Value
from publisher.model.formats import ATOM, HTML, RSS, TEXT, unread_for

MOST_FILES = 500
MOST_PICTURES = 40
"""Of one page: whoever needs more saves the page."""

_NAME_LETTERS = 60
_IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SRC = re.compile(r"""(\bsrc\s*=\s*)("([^"]*)"|'([^']*)')""", re.IGNORECASE)
_DATA = re.compile(r"data:(image/[\w.+-]+);base64,(.*)", re.IGNORECASE | re.DOTALL)
_FRAGMENT = re.compile(r"<!--StartFragment-->(.*)<!--EndFragment-->", re.DOTALL)
_TAGS = re.compile(r"<[^>]*>")


class UnreadError(InputError):
    """No reader takes it."""


class UnreachableError(InputError):
    """An address cannot be had."""


class FeedError(InputError):
    """An address is that of a feed: its articles are to be chosen from."""


class PastedPicture(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A picture that came with what was pasted."""

    name: str
    data: str
    """In base64."""


class Pasted(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was pasted."""

    text: str = ""
    html: str | None = None
    pictures: tuple[PastedPicture, ...] = ()
    url: str | None = None
    """Where it was copied."""


class FeedEntry(Value, frozen=True, kw_only=True):
    """An article that a feed tells of."""

    headline: str
    url: str | None
    published: str | None
    summary: str | None


class Bringing:
    """Puts things into the folder, and says under which name. What strangers made only the reader looks into."""

    def __init__(self, folder: DeskFolder, drafts: Drafts, reader: PageReader, web: Web | None) -> None:
        self._folder = folder
        self._drafts = drafts
        self._reader = reader
        self._web = web

    def file(self, name: str, data: bytes) -> str:
        """The name of a file that was sent. UnreadError when it is neither a page nor a picture that can be read."""
        suffix = PurePosixPath(name).suffix.lower()
        if suffix in PICTURES:
            try:
                self._reader.picture(data)
            except PublisherError as error:
                raise UnreadError(f"{name!r} cannot be shown: {error}. Send the picture in another format.") from error
            return self._kept(name, data)
        if not data.strip():
            raise UnreadError(f"{name!r} is empty. Send the page itself.")
        if suffix not in MEDIA_TYPES:
            shown = media_type_of(data)
            if shown is None and (unread := unread_for(data)):
                raise UnreadError(f"{name!r} is {unread.name}, which is not read. {unread.advice}.")
            if b"\x00" in data[:4096] and shown is None:
                raise UnreadError(f"{name!r} is of no format that is read. Save it as text, HTML or .docx.")
            name += suffix_for(shown or TEXT)
        return self._kept(name, data)

    def paste(self, pasted: Pasted) -> str:
        """The name of the page that was pasted: a text, or a web archive with what has marks and pictures."""
        if not pasted.text.strip() and not (pasted.html and _TAGS.sub("", pasted.html).strip()):
            raise UnreadError("nothing was pasted. Copy the words of the page, and paste them here.")
        first = next((line.strip() for line in pasted.text.splitlines() if line.strip()), "page")
        stem = re.sub(r"[/\\.]+", " ", first)[:_NAME_LETTERS]
        if not pasted.html:
            return self._kept(f"{stem}.txt", pasted.text.encode())
        found = _FRAGMENT.search(pasted.html)
        markup, pictures = self._with_pictures(found[1] if found else pasted.html, pasted)
        page = (
            '<!DOCTYPE html>\n<html><head><meta charset="utf-8">'
            f"<title>{escape(first)}</title></head><body><article>\n{markup}\n</article></body></html>\n"
        )
        url = pasted.url if pasted.url and pasted.url.startswith(("http://", "https://")) else None
        return self._kept(f"{stem}.mhtml", web_archive(page.encode(), "utf-8", url, pictures))

    def address(self, url: str) -> str:
        """The name of the page of an address, kept with its pictures.

        UnreachableError when it cannot be had, FeedError when it is a feed, UnreadError when no reader takes it.
        """
        source = self._fetched(url)
        name = PurePosixPath(unquote(urlsplit(source.url or url).path)).stem or urlsplit(url).hostname or "page"
        if source.media_type in (RSS, ATOM):
            raise FeedError(f"{url} is a feed. Choose from its articles.")
        if source.media_type != HTML:
            return self._kept(f"{name}{suffix_for(source.media_type)}", source.data)
        article = self._reader.read(source, None, ()).articles[0]
        pictures = list(self._pictures_of(article, source.url or url))
        archive = web_archive(source.data, source.charset or "utf-8", source.url or url, pictures)
        return self._kept(f"{name}.mhtml", archive)

    def feed(self, url: str) -> tuple[FeedEntry, ...]:
        """The articles that a feed tells of, to choose from. UnreachableError, and UnreadError for what is no feed."""
        source = self._fetched(url)
        if source.media_type not in (RSS, ATOM):
            raise UnreadError(f"{url} is no feed. Bring in the page itself.")
        return tuple(
            FeedEntry(
                headline=article.headline,
                url=article.url,
                published=str(article.published) if article.published else None,
                summary=article.standfirst or next((block_words(block) for block in article.body), None),
            )
            for article in self._reader.read(source, None, ()).articles
        )

    def _kept(self, name: str, data: bytes) -> str:
        if len(self._folder.pages()) >= MOST_FILES:
            raise InputError(f"the folder holds {MOST_FILES} pages, as many as it may. Open another folder.")
        path = PurePosixPath(name)
        if path.stem.casefold() == "readme":  # Which is no page where a folder is read.
            name = str(path.with_name(f"page {path.name}"))
        return self._drafts.add(name, data)

    def _fetched(self, url: str) -> Source:
        if not url.startswith(("http://", "https://")):
            url = f"https://{url}"
        try:
            (source,) = load([url], web=self._web)
        except InputError as error:
            raise UnreachableError(str(error)) from error
        return source

    def _pictures_of(self, article: Article, base: str) -> Iterator[ArchivedPicture]:
        """The pictures of an article, as far as they can be had."""
        srcs = [block.src for block in article.body if isinstance(block, Figure) and block.src]
        for src in srcs[:MOST_PICTURES]:
            address = urljoin(base, src)
            if address.startswith(("http://", "https://")) and (data := self._picture(address)):
                yield ArchivedPicture(location=address, media_type="image/jpeg", data=data)

    def _picture(self, address: str) -> bytes | None:
        """The bytes of a picture on the web; ``None`` where they cannot be had, which the page then says."""
        if self._web is None:
            return None
        try:
            return self._web.get(address).data
        except InputError:
            return None

    def _with_pictures(self, markup: str, pasted: Pasted) -> tuple[str, list[ArchivedPicture]]:
        """What was pasted with its pictures beside it: those inside it, those that came along, and those of the web."""
        waiting = iter(pasted.pictures)
        pictures: list[ArchivedPicture] = []

        def keep(data: bytes) -> str:
            name = f"cid:{len(pictures) + 1}.picture"
            pictures.append(ArchivedPicture(location=name, media_type="image/jpeg", data=data))
            return name

        def changed(found: "re.Match[str]") -> str:
            src = _SRC.search(found[0])
            address = (src[3] or src[4] or "") if src else ""
            data: bytes | None = None
            if len(pictures) < MOST_PICTURES:
                if inside := _DATA.fullmatch(address):
                    data = _decoded(inside[2])
                elif address.startswith(("http://", "https://")):
                    data = self._picture(address)
                elif came := next(waiting, None):
                    data = _decoded(came.data)
            if src is None or data is None:
                return found[0]
            return found[0].replace(src[0], f'{src[1]}"{keep(data)}"')

        markup = _IMAGE.sub(changed, markup)
        rest = [keep(data) for came in waiting if (data := _decoded(came.data))]
        return markup + "".join(f'<figure><img src="{name}"></figure>' for name in rest), pictures


def _decoded(text: str) -> bytes | None:
    """What base64 stands for; ``None`` where it is none."""
    try:
        return b64decode(text)
    except (binascii.Error, ValueError):
        return None
