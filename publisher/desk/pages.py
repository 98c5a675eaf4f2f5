"""The pages of a desk: what lies in its folder, and what each is read as."""

import hashlib
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec.structs import replace

from publisher.desk.folder import DeskFolder
from publisher.desk.reader import PageReader
from publisher.errors import InputError
from publisher.model import Article, Problem, Reading, TracedLine
from publisher.model.blocks import Value
from publisher.pipeline import CORRECTIONS_SUFFIX, OUTLETS, OutletProfiles, Wanted, gather, load_profiles
from publisher.reading import Correction, parse_corrections
from publisher.reading.corrections.rewording import lines_of

GUESS = 0.5
"""A line of which the rules are less sure is one to look at."""


class LineCounts(Value, frozen=True, kw_only=True):
    """How many lines of an article are to be looked at, and how many were put right."""

    to_look_at: int = 0
    corrected: int = 0


class DeskPage(Value, frozen=True, kw_only=True):
    """One file of the folder that holds articles."""

    id: str
    file: str
    """Its name in the folder."""

    reading: Reading | None = None
    """As corrections have it; ``None`` while it was not read yet, and where it cannot be."""

    by_rules: Reading | None = None
    """As the rules alone have it."""

    error: str | None = None
    """Why it cannot be read."""

    problems: tuple[Problem, ...] = ()
    corrections: tuple[Correction, ...] = ()
    becomes: Mapping[int, str] = MappingProxyType({})
    """The new words of lines that have some, by the line's number."""

    counts: Mapping[str, LineCounts] = MappingProxyType({})
    """Of the lines of each article, by what the desk calls it."""

    @property
    def articles(self) -> tuple[Article, ...]:
        """Those on it; none while it was not read."""
        return self.reading.articles if self.reading else ()

    @property
    def texts(self) -> list[str]:
        """What its lines say, as it came; none while it was not read."""
        return [line.text for line in self.by_rules.trace] if self.by_rules else []

    def article_at(self) -> Callable[[int], str | None]:
        """Says of a line, by its number, which article it belongs to: in a feed, each opens with its headline."""
        ids = [self.article_id(article) for article in self.articles]
        trace = self.reading.trace if self.reading else ()
        heads = [line.number for line in trace if line.role == "headline"][: len(ids)]
        if len(ids) <= 1 or len(heads) < len(ids):
            return lambda number: ids[0] if ids else None
        return lambda number: ids[max(bisect_right(heads, number) - 1, 0)]

    def article_id(self, article: Article) -> str:
        """What the desk calls one of its articles."""
        return self.id if len(self.articles) == 1 else short_id(f"{self.file}\0{article.key}")


class DeskPages:
    """All pages of a folder. For any thread."""

    def __init__(self, folder: DeskFolder, reader: PageReader) -> None:
        self._folder = folder
        self._reader = reader
        self._lock = threading.Lock()
        self._pages: dict[str, DeskPage] = {}
        self._stale: set[str] = set()
        """The ids of those that are to be read, for the first time or again."""

    def look(self) -> None:
        """Take up what came into the folder, and let go what went; all is read again that may have changed."""
        names = self._folder.pages()
        with self._lock:
            known = self._pages
            self._pages = {
                id_: known.get(id_, DeskPage(id=id_, file=name)) for name in names for id_ in (short_id(name),)
            }
            self._stale = set(self._pages)

    def all(self) -> tuple[DeskPage, ...]:
        """In the order in which ``publisher compile`` takes them."""
        with self._lock:
            return tuple(self._pages.values())

    def get(self, id_: str) -> DeskPage | None:
        """The page, read; ``None`` when there is none."""
        with self._lock:
            page = self._pages.get(id_)
            stale = id_ in self._stale
        return self.read(page) if page and stale else page

    def id_of(self, article: Article) -> str | None:
        """What the desk calls an article; ``None`` for one that no page holds."""
        for page in self.all():
            if str(self._folder.path / page.file) == article.origin:
                return page.article_id(article)
        return None

    def read(self, page: DeskPage) -> DeskPage:
        """The page as it is read now."""
        read = self._read(page)
        with self._lock:
            self._stale.discard(page.id)
            if page.id in self._pages:
                self._pages[page.id] = read
        return read

    def read_rest(self, tell: Callable[[DeskPage, DeskPage, int, int], None]) -> None:
        """Read what was not, one after the other.

        ``tell`` is told of each that is still there: what it was and what it is, with how many are read of how many.
        """
        for page in self._left():
            read = self.read(page)
            with self._lock:
                gone = page.id not in self._pages
                total = len(self._pages)
                done = total - len(self._stale)
            if not gone:
                tell(page, read, done, total)

    def _left(self) -> Iterator[DeskPage]:
        while True:
            with self._lock:
                page = next((page for id_, page in self._pages.items() if id_ in self._stale), None)
            if page is None:
                return
            yield page

    @property
    def waiting(self) -> frozenset[str]:
        """The ids of those that are still to be read."""
        with self._lock:
            return frozenset(self._stale)

    def profiles(self) -> OutletProfiles:
        """The profiles of outlets in the folder. InputError when one cannot be used."""
        return load_profiles(None, self._folder.path / OUTLETS)

    def _read(self, page: DeskPage) -> DeskPage:
        means = self._reader.means()
        rules = replace(means, read=lambda source, profile, corrections: self._reader.read(source, profile, ()))
        try:
            wanted = Wanted(references=(str(Path(self._folder.path, page.file)),), profiles=self.profiles())
            gathered, by_rules = gather(wanted, means), gather(wanted, rules)
            name = corrections_of(page.file)
            corrections = parse_corrections(self._folder.read(name) or b"", name)
        except InputError as error:
            return DeskPage(id=page.id, file=page.file, error=str(error))
        trace = by_rules.readings[0].trace
        found, _ = lines_of([each for each in corrections if each.becomes is not None], trace)
        read = DeskPage(
            id=page.id,
            file=page.file,
            reading=gathered.readings[0],
            by_rules=by_rules.readings[0],
            problems=gathered.problems,
            corrections=corrections,
            becomes={line.number: correction.becomes or "" for line, _, correction in found},
        )
        return replace(read, counts=_counts(read))


def is_guess(line: TracedLine) -> bool:
    """Whether a line is one to look at."""
    return line.role != "blank" and line.rule != "correction" and line.confidence < GUESS


def _counts(page: DeskPage) -> dict[str, LineCounts]:
    at = page.article_at()
    guesses: Counter[str | None] = Counter()
    corrected: Counter[str | None] = Counter()
    if page.reading is not None and page.by_rules is not None:
        for line, rules in zip(page.reading.trace, page.by_rules.trace, strict=True):
            guesses[at(line.number)] += is_guess(line)
            corrected[at(line.number)] += line.role != rules.role or line.number in page.becomes
    ids = [page.article_id(article) for article in page.articles]
    return {id_: LineCounts(to_look_at=guesses[id_], corrected=corrected[id_]) for id_ in ids}


def corrections_of(file: str) -> str:
    """The name of the file with the corrections of a page."""
    return file + CORRECTIONS_SUFFIX


def short_id(name: str) -> str:
    """A name of 16 hexadecimal digits."""
    return hashlib.sha256(name.encode()).hexdigest()[:16]
