"""The pictures that an issue's articles name become its assets."""

import functools
import re
import time
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote, urljoin, urlsplit

from msgspec.structs import replace

from publisher.bulkhead import bulkhead
from publisher.errors import DefectError, InputError
from publisher.fetching.beside import files_in, set_pictures
from publisher.fetching.deadline import SilenceError
from publisher.fetching.embedded import EMBEDDED, Embedded
from publisher.fetching.files import read_regular, read_stream, reason
from publisher.fetching.pictures import picture_asset
from publisher.fetching.sources import STANDARD_INPUT, is_address
from publisher.fetching.web import Web
from publisher.model import Article, Asset, Block, Crop, Figure, Issue, Problem, Source
from publisher.model.formats import TEXT
from publisher.siblings import sibling_hint

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HTTP = ("http://", "https://")
_SHOWN_CHARACTERS = 80
"""How much of a picture's name a message shows: a ``data:`` address holds the whole picture."""

LIMIT_ARTICLE_SECONDS = 120.0
"""What all of one article's pictures on the web may take together: a page can name thousands that never arrive."""


def gather_assets(
    issue: Issue,
    sources: Iterable[Source] = (),
    web: Web | None = None,
    prepare: Callable[..., Asset] = picture_asset,
    crops: Mapping[tuple[str, str], Crop] = MappingProxyType({}),
) -> Issue:
    """The issue with the bytes of the pictures that its articles name, each picture once, in order of appearance.

    A name is looked up in the folder of the article's source, never outside it: no absolute path, no climbing, no link
    that leads out. Figures of a pasted text get the pictures beside it (``beside``). ``embedded:`` and a name is a
    picture inside the source itself, one of ``sources``. An address is fetched through ``web`` when the article was
    fetched itself, or when ``web.pictures`` allows it for any article.

    A ``Figure.src`` becomes the name of its asset. Where a picture cannot be had, ``src`` becomes ``None``, the words
    stay, and a ``missing-picture`` problem on the issue says why; a ``picture-failed`` where that was a defect. What
    has been gathered before is left as it is.
    ``prepare`` makes an asset of a picture's bytes. ``crops`` says of pictures, by the article's source and their name
    there, which part is shown: ``prepare`` is then given it too.
    """
    gathering = _Gathering(issue, sources, web, prepare, crops)
    articles = tuple(
        replace(placed, article=replace(placed.article, body=gathering.body(placed.article)))
        for placed in issue.articles
    )
    return replace(
        issue,
        articles=articles,
        assets=tuple(gathering.assets.values()),
        problems=(*issue.problems, *gathering.problems),
    )


class _Gathering:
    """What one call of ``gather_assets`` has read so far."""

    def __init__(
        self,
        issue: Issue,
        sources: Iterable[Source],
        web: Web | None,
        prepare: Callable[..., Asset],
        crops: Mapping[tuple[str, str], Crop],
    ) -> None:
        self.assets = {asset.name: asset for asset in issue.assets}
        self.problems: list[Problem] = []
        self._known = frozenset(self.assets)
        self._sources = {source.name: source for source in sources}
        self._web = web
        self._prepare = prepare
        self._crops = crops
        self._documents: dict[str, Embedded] = {}
        self._web_seconds: dict[str, float] = {}
        self._silent: set[str] = set()
        self._read: dict[Hashable, Asset | InputError] = {}
        self._files_in = functools.cache(files_in)
        """A folder is listed once, and not for each of its articles."""

        self._resolved = functools.cache(Path.resolve)
        """Nor are its links followed for each picture."""

    def body(self, article: Article) -> tuple[Block, ...]:
        source = self._sources.get(article.origin or "")
        if source is not None and source.media_type == TEXT and source.url is None and source.name != STANDARD_INPUT:
            article = self._with_pictures_beside(article, Path(source.name))
        return tuple(
            self._figure(block, article) if isinstance(block, Figure) and block.src is not None else block
            for block in article.body
        )

    def _with_pictures_beside(self, article: Article, path: Path) -> Article:
        try:
            with bulkhead():
                article, problems = set_pictures(article, path, self._files_in(path.parent))
        except DefectError as error:
            message = f"the pictures beside it are left out: {error}. Report it together with the input"
            problems = (Problem(code="picture-failed", message=message, where=_place(article)),)
        self.problems += problems
        return article

    def _figure(self, figure: Figure, article: Article) -> Figure:
        src = figure.src
        if src is None or src in self._known:
            return figure
        try:
            with bulkhead():
                asset = self._asset(src, article)
                if crop := self._crops.get((article.origin or "", src)):
                    asset = self._once((asset.name, crop), functools.partial(self._prepare, asset.data, crop))
        except InputError as error:
            self.problems.append(
                Problem(
                    code="picture-failed" if isinstance(error, DefectError) else "missing-picture",
                    message=f"the picture {_shown(src)!r} is left out: {error}",
                    where=_place(article),
                )
            )
            return replace(figure, src=None)
        self.assets[asset.name] = asset
        return replace(figure, src=asset.name)

    def _asset(self, src: str, article: Article) -> Asset:
        """The picture that ``src`` names in the article, wherever it is."""
        if src.startswith(EMBEDDED):
            source = self._sources.get(article.origin or "")
            if source is None:
                raise InputError("the document that it stands in is not at hand")
            return self._decoded_once((source.name, src), lambda: self._inside(source).picture(src))
        url = self._url(src, article.origin)
        if url is not None:
            if url not in self._read:
                self._refuse_waste(url, article)
            return self._timed(article, url)
        path = find_picture(src, article.origin, self._resolved)
        return self._decoded_once(path, lambda: read_regular(path))

    def _inside(self, source: Source) -> Embedded:
        """The source's own pictures; it is taken apart once."""
        if source.name not in self._documents:
            self._documents[source.name] = Embedded(source.data)
        return self._documents[source.name]

    def _decoded_once(self, key: Hashable, read: Callable[[], bytes]) -> Asset:
        """The picture, read and decoded once however many articles show it."""
        return self._once(key, lambda: self._prepare(read()))

    def _once(self, key: Hashable, make: Callable[[], Asset]) -> Asset:
        """What is made of it, or why it cannot be, found out once."""
        if key not in self._read:
            try:
                self._read[key] = make()
            except InputError as error:
                self._read[key] = error
        found = self._read[key]
        if isinstance(found, InputError):
            raise found
        return found

    def _url(self, src: str, origin: str | None) -> str | None:
        """The address to fetch the picture from; ``None`` when it is no matter of the web, or may not be one."""
        if self._web is None:
            return None
        if origin is not None and is_address(origin):
            source = self._sources.get(origin)
            url = _joined(source.url if source and source.url else origin, src)
            return url if url.lower().startswith(_HTTP) else None
        url = f"https:{src}" if src.startswith("//") else src
        if not url.lower().startswith(_HTTP):
            return None
        if not self._web.pictures:
            pictures = self._web.advice.pictures
            raise InputError(f"it is an address; the pictures of saved pages are fetched only {pictures}")
        return url

    def _refuse_waste(self, url: str, article: Article) -> None:
        """Raise ``InputError`` for a host that let one picture wait, and when the article's have taken too long.

        A page may name dozens of pictures on a server that is down, or one each on dozens that are slow.
        """
        host = urlsplit(url).netloc
        if host in self._silent:
            raise InputError(f"the host {host!r} did not answer before")
        if self._web_seconds.get(article.key, 0.0) >= LIMIT_ARTICLE_SECONDS:
            raise InputError(f"the article's pictures took longer than {LIMIT_ARTICLE_SECONDS:g} seconds")

    def _timed(self, article: Article, url: str) -> Asset:
        """The picture at the address, in what is left of the article's seconds. Drawing can be long, so it counts."""
        assert self._web is not None, "an address is made only for a web"  # noqa: S101 - for the types
        self._web.prepare()
        start = time.monotonic()
        try:
            return self._decoded_once(url, lambda: self._fetch(url, article))
        finally:
            self._web_seconds[article.key] = self._web_seconds.get(article.key, 0.0) + time.monotonic() - start

    def _fetch(self, url: str, article: Article) -> bytes:
        """The picture's bytes, in what is left of the article's seconds."""
        assert self._web is not None, "an address is made only for a web"  # noqa: S101 - for the types
        try:
            return self._web.get(url, LIMIT_ARTICLE_SECONDS - self._web_seconds.get(article.key, 0.0)).data
        except SilenceError:
            self._silent.add(urlsplit(url).netloc)
            raise


def load_picture(path: Path, prepare: Callable[[bytes], Asset] = picture_asset) -> Asset:
    """The picture in a file that the user named, wherever it is; links are followed.

    ``prepare`` makes an asset of its bytes. Raises ``InputError`` with the bare reason.
    """
    try:
        if path.exists() and not path.is_file():
            raise InputError("it is not a regular file")
        with path.open("rb") as stream:
            return prepare(read_stream(stream))
    except (OSError, ValueError) as error:
        raise InputError(reason(error) if isinstance(error, OSError) else "its name is no file name") from error


def find_picture(src: str, origin: str | None, resolved: Callable[[Path], Path] = Path.resolve) -> Path:
    """The existing file, links followed, that ``src`` names from the folder of the source ``origin``.

    ``resolved`` follows the links of that folder, and may know where they lead.

    Tried as written, then with ``%20`` and the like decoded, each also in the other Unicode form: Markdown encodes
    what a link names, and disks differ in how they spell a diacritic. Raises ``InputError`` with the bare reason.
    """
    if src.startswith("//") or _SCHEME.match(src):
        raise InputError("it is an address; only pictures beside the article are used")
    if origin is None or origin == STANDARD_INPUT:
        raise InputError("the article has no folder to look for it in")
    folder = Path(origin).parent
    for name in _spellings(src):
        path = _within(folder, name, resolved)
        if path.exists():
            return path
    raise InputError(f"there is no such file. {sibling_hint(folder / src)}".removesuffix("."))


def _joined(base: str, src: str) -> str:
    """The address that ``src`` is on the page at ``base``; one that is none raises ``InputError``."""
    try:
        return urljoin(base, src.strip())
    except ValueError as error:
        raise InputError("its address is none") from error


def _spellings(src: str) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            spelling
            for name in (src, unquote(src))
            for spelling in (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))
        )
    )


def _within(folder: Path, name: str, resolved: Callable[[Path], Path]) -> Path:
    """Where the name leads, all links followed. Raises ``InputError`` when that is not inside the folder."""
    if "\0" in name:
        raise InputError("its name is no file name")
    try:
        root = resolved(folder)
        path = (root / name).resolve()
        path.exists()  # a name too long for the system is found out here
    except OSError as error:
        raise InputError(reason(error)) from error
    except RuntimeError as error:  # pathlib's word for a circle of links in Python 3.11
        raise InputError("its links lead round in a circle") from error
    if not path.is_relative_to(root):
        raise InputError("it lies outside the article's folder")
    return path


def _place(article: Article) -> str:
    """The article as a problem names it: its file, else its headline."""
    if article.origin is None or article.origin == STANDARD_INPUT:
        return article.headline
    return Path(article.origin).name


def _shown(src: str) -> str:
    return src if len(src) <= _SHOWN_CHARACTERS else src[: _SHOWN_CHARACTERS - 1] + "…"
