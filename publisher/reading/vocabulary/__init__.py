"""The vocabulary of news pages: labels, furniture, credits, bylines, months, as data in ``vocabulary/*.toml``.

Pages mix languages (an English button on a Vietnamese page), so that all languages are looked up together; only what
would clash (the order of a date, what makes a name) asks for the article's language. An outlet's profile adds to them
for its pages. A vocabulary is a value: it travels with the page that is read, and nothing is looked up without it.
"""

from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType

import msgspec

from publisher.model.blocks import Value
from publisher.toml import load_shipped

LANGUAGES = ("vi", "en", "de", "fr", "es")

EDGES = " \t:;.,!?¿¡…*•|–—-»«›‹>+·\"'“”"


_SHORT_WORD = 3

_FOLDER = Path(__file__).parent


def lower(text: str) -> str:
    """A line for look-ups: case folded, its apostrophes straight."""
    return text.casefold().replace("’", "'")


def fold(text: str) -> str:
    """A line as a key for look-ups: as ``lower`` has it, single spaces, punctuation at the ends removed."""
    return " ".join(lower(text).split()).strip(EDGES)


class Phrases(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lines known by the whole, by their start, or by what they contain."""

    exact: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()


class RelatedWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words before a related headline in its line, and badges glued to one."""

    cues: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()


class CaptionWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words before a credit, words before a caption, and credits that name nobody."""

    credits: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    """Agencies that trade in pictures alone."""

    openers: tuple[str, ...] = ()
    """Words that open a caption and hardly ever a sub-heading."""

    places: tuple[str, ...] = ()
    """Words that say where in the picture somebody stands (``second left``, ``(rechts)``), as they are printed."""


class NoticeWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words by which a page speaks to its reader of itself: of accounts, newsletters, buttons."""

    address: tuple[str, ...] = ()
    """Words for the reader and for the page."""

    openers: tuple[str, ...] = ()
    """First words of what the reader is told to do."""

    matters: tuple[str, ...] = ()
    """What the reader is told of; one word or two."""

    walls: tuple[str, ...] = ()
    """Words of a notice that the text goes on only for those who pay or register."""


class BylineWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words around names."""

    openers: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    """Words before a role that say of what (``political`` editor)."""

    joiners: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()


class DateWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of dates and around them."""

    months: dict[str, int]
    cues: tuple[str, ...]
    weekdays: tuple[str, ...]
    words: tuple[str, ...]
    updated: tuple[str, ...]


class SponsoredWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Labels over advertisements, and marks in their lines."""

    labels: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()


class PageWords(Value, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What pages print around their articles: in one language, or in one outlet's own words."""

    summaries: tuple[str, ...] = ()
    """Labels over the points that sum the article up."""

    headings: tuple[str, ...] = ()
    """Words of buttons and menus that head lists of other articles, too."""

    labels: Phrases = Phrases()
    furniture: Phrases = Phrases()
    imprint: Phrases = Phrases()
    ends: Phrases = Phrases()
    related: RelatedWords = RelatedWords()
    captions: CaptionWords = CaptionWords()
    bylines: BylineWords = BylineWords()
    sponsored: SponsoredWords = SponsoredWords()


class LanguageWords(PageWords, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language's file."""

    language: str
    stop_words: tuple[str, ...]
    capitalised: tuple[str, ...]
    headline_openers: tuple[str, ...] = ()
    """Words that open headlines and are in no name, where names are of common words."""

    places: tuple[str, ...] = ()
    """Places that look like a person's name."""

    scenes: tuple[str, ...] = ()
    """Words behind somebody's name that say where or doing what a picture shows them."""

    organisations: tuple[str, ...] = ()
    """Words in names of outlets, desks and firms that are in no person's."""

    outlets: tuple[str, ...] = ()
    """Words that open an outlet's name, and no person's, in languages that name its kind first."""

    things: tuple[str, ...] = ()
    """Words of pictures, buttons and columns that look like part of a name."""

    notices: NoticeWords = NoticeWords()

    dates: DateWords


class ElsewhereWords(PageWords, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Words of languages that have no file of their own."""

    date_words: tuple[str, ...]


class Openings:
    """Phrases that a line may open with, longest first, found by their first letter.

    Few of hundreds share a line's first letter, and patterns of them would take longer to compile than a page to read.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        by_letter: dict[str, list[str]] = {}
        for phrase in sorted(map(lower, phrases), key=len, reverse=True):
            by_letter.setdefault(phrase[0], []).append(phrase)
        self._phrases = {letter: tuple(entries) for letter, entries in by_letter.items()}

    def run_into(self, lowered: str) -> bool:
        """Whether the letters of a phrase open the line, case folded, though a word may go on from them."""
        return lowered.startswith(self._phrases.get(lowered[:1], ()))

    def match(self, lowered: str) -> str | None:
        """The phrase that opens the line, case folded; ``None`` when none does."""
        phrases = self._phrases.get(lowered[:1], ())
        if not lowered.startswith(phrases):
            return None
        return next((phrase for phrase in phrases if lowered.startswith(phrase) and _is_whole(phrase, lowered)), None)


def _is_whole(phrase: str, lowered: str) -> bool:
    """Whether the words that open a line end with the phrase; one that ends in a sign needs no end of a word after."""
    after = lowered[len(phrase) : len(phrase) + 1]
    return not phrase[-1].isalnum() or not (after.isalnum() or after == "_")


class PhraseTable:
    """Phrases of all languages, looked up by a folded line."""

    def __init__(self, phrases: tuple[Phrases, ...]) -> None:
        self._exact = frozenset(fold(entry) for part in phrases for entry in part.exact)
        # A start keeps a closing colon ("nguồn:") since it is what sets the label apart from a sentence.
        self._starts = Openings(entry for part in phrases for entry in part.starts)
        self._contains = tuple(sorted({lower(entry) for part in phrases for entry in part.contains}))

    def is_exact(self, key: str) -> bool:
        """Whether the folded line is one of the phrases."""
        return key in self._exact

    def starts(self, lowered: str) -> bool:
        """Whether the line, case folded and without its list marker, starts with one of the phrases."""
        return self._starts.match(lowered) is not None

    def held_by(self, lowered: str) -> tuple[str, ...]:
        """Those of the phrases to be found anywhere in a text that the text, case folded, holds."""
        # A substring search for each phrase is ten times as fast as one pattern of alternatives.
        return tuple(filter(lowered.__contains__, self._contains))


class Vocabulary:
    """All languages' words, and perhaps an outlet's, compiled."""

    def __init__(self, languages: tuple[LanguageWords, ...], outlet: PageWords | None = None) -> None:
        elsewhere = _elsewhere()
        parts: tuple[PageWords, ...] = (*languages, elsewhere) if outlet is None else (*languages, elsewhere, outlet)
        self.languages = MappingProxyType({words.language: words for words in languages})
        # What an outlet writes over its advertisements is a label; in the languages' files it stands in both lists.
        sponsored = () if outlet is None else (Phrases(exact=outlet.sponsored.labels),)
        self.labels = PhraseTable((*(words.labels for words in parts), *sponsored))
        self.furniture = PhraseTable(tuple(words.furniture for words in parts))
        self.imprint = PhraseTable(tuple(words.imprint for words in parts))
        self.ends = PhraseTable(tuple(words.ends for words in parts))
        own = {name: number for words in languages for name, number in words.dates.months.items()}
        self.months = MappingProxyType({**_months(), **own})
        self.updated = frozenset(entry for words in languages for entry in words.dates.updated)
        self.date_words = frozenset(
            word
            for words in languages
            for entry in (*words.dates.words, *words.dates.weekdays, *words.dates.cues)
            for word in fold(entry).split()
        ).union(map(fold, elsewhere.date_words))
        self.openers = frozenset(fold(entry) for words in parts for entry in words.bylines.openers)
        self.roles = frozenset(fold(entry) for words in parts for entry in words.bylines.roles)
        self.fields = frozenset(fold(entry) for words in parts for entry in words.bylines.fields)
        self.joiners = frozenset(fold(entry) for words in parts for entry in words.bylines.joiners if entry != "&")
        self.picture_agencies = frozenset(fold(entry) for words in parts for entry in words.captions.agencies)
        self.agencies = self.picture_agencies.union(fold(entry) for words in parts for entry in words.bylines.agencies)
        self.summaries = frozenset(fold(entry) for words in parts for entry in words.summaries)
        also = (entry for words in parts for entry in (*words.headings, *words.related.cues))
        self.headings = frozenset(entry for entry in map(fold, also) if self.furniture.is_exact(entry))
        self.places = _places().union(fold(entry) for words in languages for entry in words.places)
        self.things = frozenset(fold(entry) for words in languages for entry in words.things)
        self.organisations = frozenset(fold(entry) for words in languages for entry in words.organisations)
        self.outlets = tuple(f"{fold(entry)} " for words in languages for entry in words.outlets)
        self.capitalised = frozenset(entry for words in languages for entry in words.capitalised)
        self.headline_openers = frozenset(fold(entry) for words in languages for entry in words.headline_openers)
        self.sponsored_labels = frozenset(fold(entry) for words in parts for entry in words.sponsored.labels)
        self.sponsored_marks = _shortest(entry.casefold() for words in parts for entry in words.sponsored.marks)
        self.badges = _longest_first(entry for words in parts for entry in words.related.badges)
        self.cues = _longest_first(entry for words in parts for entry in words.related.cues)
        self.credits = _longest_first(entry for words in parts for entry in words.captions.credits)
        self.caption_labels = _longest_first(entry for words in parts for entry in words.captions.labels)
        self.notes = _longest_first(entry for words in parts for entry in words.captions.notes)
        self.caption_openers = _longest_first(entry for words in parts for entry in words.captions.openers)
        self.caption_places = _shortest(entry.casefold() for words in parts for entry in words.captions.places)
        self.bare_places = tuple(entry for entry in self.caption_places if "(" not in entry)
        self.notice_address = frozenset(entry for words in languages for entry in words.notices.address)
        self.notice_openers = frozenset(entry for words in languages for entry in words.notices.openers)
        self.notice_matters = frozenset(entry for words in languages for entry in words.notices.matters)
        self.walls = _shortest(entry for words in languages for entry in words.notices.walls)
        self.credit_stems = _shortest((*self.credits, *self.notes))
        """Every caption that a credit closes holds one of these."""

    @cached_property
    def cue_start(self) -> Openings:
        """The words that introduce a related headline at a line's start."""
        return Openings(self.cues)

    @cached_property
    def agency_ends(self) -> frozenset[str]:
        """The last words of agencies' names."""
        return frozenset(name.split()[-1] for name in self.agencies)

    def is_sponsored(self, lowered: str) -> bool:
        """Whether a line, case folded, gives itself away as an advertisement."""
        return any(map(lowered.__contains__, self.sponsored_marks))

    @cached_property
    def page_words(self) -> frozenset[str]:
        """Words of buttons and labels, which are no person's: *Share*, *Kommentare*, *Trending*.

        Vietnamese ones are left out: their syllables are names too (*Bình*, *Lan*).
        """
        written = (words for language, words in self.languages.items() if language != "vi")
        phrases = (phrase for words in written for phrase in (*words.furniture.exact, *words.labels.exact))
        return frozenset(word for phrase in phrases for word in fold(phrase).split() if len(word) > _SHORT_WORD)

    @cached_property
    def label_words(self) -> frozenset[str]:
        """Words of labels over other articles: a short line with one of them over headlines is a label too."""
        phrases = (phrase for words in self.languages.values() for phrase in words.labels.exact)
        found = (word for phrase in phrases for word in fold(phrase).split() if len(word) > _SHORT_WORD)
        return frozenset(word for word in found if word not in self.stop_words)

    @cached_property
    def stop_words(self) -> frozenset[str]:
        """Words too frequent to tell one subject from another, of all languages."""
        return frozenset(word for words in self.languages.values() for word in words.stop_words)


def _shortest(entries: Iterable[str]) -> tuple[str, ...]:
    """What is looked for anywhere in a text: a shorter entry stands for all that contain it."""
    every = sorted(set(entries), key=len)
    found: list[str] = []
    for entry in every:
        if not any(map(entry.__contains__, found)):
            found.append(entry)
    return tuple(found)


def _longest_first(entries: object) -> tuple[str, ...]:
    return tuple(sorted({str(entry).casefold() for entry in entries}, key=lambda entry: (-len(entry), entry)))  # type: ignore[attr-defined]


@lru_cache(maxsize=64)
def vocabulary(outlet: PageWords | None = None) -> Vocabulary:
    """The shipped vocabulary, an outlet's words with it if there are any; the same object for the same words.

    What is cached of a text must have the vocabulary in its key: another outlet's words must not leak into it.
    """
    return Vocabulary(_languages(), outlet)


@cache
def _months() -> dict[str, int]:
    """The months in fifty-six languages, so that a page in any of them has its day."""
    return msgspec.convert(load_shipped(_FOLDER / "months.toml"), dict[str, int])


@cache
def _elsewhere() -> ElsewhereWords:
    return msgspec.convert(load_shipped(_FOLDER / "elsewhere.toml"), ElsewhereWords)


@cache
def _places() -> frozenset[str]:
    """Countries and cities of several words, in ten languages: over a date they look like an author."""
    lines = (_FOLDER / "places.txt").read_text("utf-8").splitlines()
    return frozenset(fold(line) for line in lines if not line.startswith("#"))


@cache
def _languages() -> tuple[LanguageWords, ...]:
    """The words of the shipped languages, read and validated once."""
    return tuple(_load(language) for language in LANGUAGES)


def _load(language: str) -> LanguageWords:
    return msgspec.convert(load_shipped(_FOLDER / f"{language}.toml"), LanguageWords)
