"""Which of the articles found make the issue, and why the others do not."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from publisher.automation.issues.week import Week
from publisher.automation.ledger.memory import Memory
from publisher.compiling import Double, content_digest, fullness, group_stories, same_article, sections_of, words_of
from publisher.config import Selection, Window
from publisher.model import AlsoIn, Article, Note, Omission, SectionRule
from publisher.model.article import fold_headline
from publisher.model.blocks import Value


class Candidate(Value, frozen=True, kw_only=True):
    """An article that was found, and by which of the settings' sources."""

    article: Article
    section: str | None = None
    data: str | None = None
    """SHA-256 of the page or the file that it was read from."""

    source: int = 0
    source_limit: int | None = None


class Chosen(Value, frozen=True, kw_only=True):
    """What goes in, in its order, with what is to be printed about it; and what does not."""

    articles: tuple[Article, ...]
    notes: dict[str, Note]
    """By ``Article.key``."""

    omissions: tuple[Omission, ...]


def outside_window(article: Article, week: Week, window: Window, memory: Memory) -> Omission | None:
    """Why the article is of another time; ``None`` when it is of this one.

    What ran before and may have changed is always of this time: whether it changed, its text tells.
    """
    first, last = first_day(week, window), week.sunday
    days = [day for day in (article.published, article.updated) if day is not None]
    if not days:
        return None if window.undated == "keep" else _omission(article, "undated", "it has no date")
    if any(first <= day <= last for day in days) or memory.same_article(article) is not None:
        return None
    day = f"{max(days)}{', a year that was inferred' if article.certainty == 'inferred' else ''}"
    return _omission(article, "outside-window", f"it is of {day}, and the issue of {first} to {last}")


def is_named(article: Article, names: Sequence[str]) -> bool:
    """Whether one of the names is the article's address, or its headline, whatever the case and the signs in it."""
    return any(name == article.url or fold_headline(name) == fold_headline(article.headline) for name in names)


def first_day(week: Week, window: Window) -> dt.date:
    """The first day that an issue covers."""
    return week.sunday - dt.timedelta(days=window.days - 1)


def select(candidates: Sequence[Candidate], memory: Memory, week: Week, window: Window, rules: Selection) -> Chosen:
    """The articles of an issue.

    1. What an editor dropped is left out, and so is what is of another time or has not the words that are wanted. What
       an editor took is asked nothing of this, nor whether it is new, and within limits it is anyway.
    2. Of an article that came twice the fuller text stays.
    3. What earlier issues ran is left out, unless it changed since and is to be marked.
    4. Reports of one story become one: one that is marked as updated, else the fullest, stays and names the others. A
       copy of it in the same outlet is left out.
    5. Sections stand in their order, the articles in theirs, as many as there may be.
    """
    choosing = _Choosing(memory, [each.article for each in candidates])
    found = [each for each in candidates if choosing.may_stay(each.article, rules)]
    found = [each for each in found if choosing.is_of_time(each.article, week, window, rules)]
    found = [each for each in found if choosing.has_words(each.article, rules)]
    found = choosing.each_once(found)
    found = [each for each in found if choosing.is_new(each, rules)]
    found = choosing.each_story_once(_in_their_sections(found, rules))
    found = choosing.within_limits(_ordered(found, rules), rules)
    articles = tuple(_without_sponsored(each.article, rules) for each in found)
    notes = {each.article.key: choosing.note(each) for each in found}
    return Chosen(
        articles=articles,
        notes={key: note for key, note in notes.items() if note != Note()},
        omissions=tuple(choosing.omissions),
    )


class _Choosing:
    """One choice: what has been left out so far, and what is known of what has not."""

    def __init__(self, memory: Memory, articles: Sequence[Article]) -> None:
        self.omissions: list[Omission] = []
        self._memory = memory
        self._told_before = memory.told_before(articles)
        self._updated: dict[str, str] = {}
        self._also: dict[str, tuple[AlsoIn, ...]] = {}

    def may_stay(self, article: Article, rules: Selection) -> bool:
        if is_named(article, rules.drop):
            self._leave_out(article, "dropped", "an editor left it out")
            return False
        return True

    def is_of_time(self, article: Article, week: Week, window: Window, rules: Selection) -> bool:
        omission = None if is_named(article, rules.take) else outside_window(article, week, window, self._memory)
        if omission:
            self.omissions.append(omission)
        return omission is None

    def has_words(self, article: Article, rules: Selection) -> bool:
        if (not rules.keywords and not rules.without) or is_named(article, rules.take):
            return True
        words = f" {fold_headline(words_of(article))} "
        unwanted = _first_in(words, rules.without)
        if unwanted is not None:
            self._leave_out(article, "excluded-words", f"it has the words {unwanted!r}")
        elif rules.keywords and _first_in(words, rules.keywords) is None:
            self._leave_out(article, "no-keyword", "none of the keywords occurs in it")
        else:
            return True
        return False

    def each_once(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        by_key: dict[str, Candidate] = {}
        for each in candidates:
            kept = by_key.get(each.article.key)
            if kept is None:
                by_key[each.article.key] = each
                continue
            fuller = max((kept, each), key=_fullness)
            other = each if fuller is kept else kept
            # At the place of the first, in its section.
            by_key[each.article.key] = replace(kept, article=fuller.article, data=fuller.data)
            self.omissions.append(Double(left_out=other.article, kept=fuller.article).omission)
        return list(by_key.values())

    def is_new(self, each: Candidate, rules: Selection) -> bool:
        article = each.article
        if is_named(article, rules.take):
            return True
        ran = self._memory.same_article(article)
        if ran is not None:
            # A later version may read the same page otherwise: that is no news.
            same_page = each.data is not None and each.data == ran.source
            if rules.updated == "mark" and not same_page and ran.sha256 != content_digest(article):
                self._updated[article.key] = ran.number
                return True
            self._leave_out(article, "ran-before", f"issue {ran.number} ran it")
            return False
        told = self._told_before(article)
        if told is not None:
            self._leave_out(article, "told-before", f"issue {told.number} ran “{told.headline}”")
        return told is None

    def each_story_once(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """One candidate a story, at the place of the first that tells it."""
        leading = sorted(range(len(candidates)), key=lambda place: self._rank(candidates[place]), reverse=True)
        stories = {}
        for group in group_stories([candidates[place].article for place in leading]):
            places = sorted(leading[number] for number in group)
            stories[places[0]] = self._told(candidates[leading[group[0]]], [candidates[place] for place in places])
        return [story for _, story in sorted(stories.items())]

    def _rank(self, each: Candidate) -> tuple[bool, tuple[int, int, int]]:
        """Who leads a story: what is marked as updated, then what tells most; of equals the first."""
        return each.article.key in self._updated, _fullness(each)

    def _told(self, lead: Candidate, members: Sequence[Candidate]) -> Candidate:
        """The story as its lead tells it, in its section or the first that a member has."""
        also = []
        for each in members:
            if each is lead:
                continue
            if same_article(lead.article, each.article) and _of_one_outlet(lead.article, each.article):
                self.omissions.append(Double(left_out=each.article, kept=lead.article).omission)
            else:
                also.append(_also_in(each.article))
        self._also[lead.article.key] = tuple(also)
        return replace(lead, section=next((each.section for each in (lead, *members) if each.section), None))

    def within_limits(self, candidates: Sequence[Candidate], rules: Selection) -> list[Candidate]:
        by_source: Counter[int] = Counter()
        by_section: Counter[str | None] = Counter()
        within: list[Candidate] = []
        for each in candidates:
            if is_named(each.article, rules.take):
                within.append(each)
            elif each.source_limit is not None and by_source[each.source] >= each.source_limit:
                self._leave_out_story(each, "source-limit", f"its source has {each.source_limit} already")
            elif rules.section_limit is not None and by_section[each.section] >= rules.section_limit:
                self._leave_out_story(each, "section-limit", f"its section has {rules.section_limit} already")
            elif rules.limit is not None and len(within) >= rules.limit:
                self._leave_out_story(each, "issue-limit", f"the issue has {rules.limit} already")
            else:
                by_source[each.source] += 1
                by_section[each.section] += 1
                within.append(each)
        return within

    def note(self, each: Candidate) -> Note:
        key = each.article.key
        return Note(section=each.section, updated_since=self._updated.get(key), also=self._also.get(key, ()))

    def _leave_out_story(self, lead: Candidate, reason: str, because: str) -> None:
        """Leave out an article, and with it the reports that would have stood under it."""
        headline = lead.article.headline
        self._leave_out(lead.article, reason, because)
        for each in self._also.get(lead.article.key, ()):
            under = f"it would stand under “{headline}”, which is left out: {because}"
            self.omissions.append(Omission(what=each.headline, url=each.url, reason=reason, because=under))

    def _leave_out(self, article: Article, reason: str, because: str) -> None:
        self.omissions.append(_omission(article, reason, because))


def _omission(article: Article, reason: str, because: str) -> Omission:
    return Omission(what=article.headline, url=article.url, reason=reason, because=because)


def _ordered(candidates: Iterable[Candidate], rules: Selection) -> list[Candidate]:
    """By section, then by date; those of one day as they came, those without a date last in their section."""
    places = {section: place for place, section in enumerate(rules.sections)}

    def key(each: Candidate) -> tuple[int, bool, int]:
        day = each.article.published
        section = places.get(each.section or "", len(places))
        if rules.order == "given":
            return section, False, 0
        ordinal = day.toordinal() if day else 0
        return section, day is None, -ordinal if rules.order == "newest" else ordinal

    return sorted(candidates, key=key)


def _in_their_sections(candidates: Sequence[Candidate], rules: Selection) -> list[Candidate]:
    """The candidates, each with its section: that which the article itself names first."""
    named = [SectionRule(name=name) for name in rules.sections]
    articles = [each.article for each in candidates]
    sections = sections_of(articles, [each.section for each in candidates], named, rules.sections_by)
    return [replace(each, section=section) for each, section in zip(candidates, sections, strict=True)]


def _without_sponsored(article: Article, rules: Selection) -> Article:
    if rules.sponsored == "mark":
        return article
    return replace(article, related=tuple(teaser for teaser in article.related if not teaser.sponsored))


def _fullness(each: Candidate) -> tuple[int, int, int]:
    return fullness(each.article)


def _also_in(article: Article) -> AlsoIn:
    return AlsoIn(
        headline=article.headline, publication=article.publication, url=article.url, language=article.language
    )


def _of_one_outlet(one: Article, other: Article) -> bool:
    """Whether nothing speaks for two: neither two names nor two hosts."""
    first, second = _outlet(one), _outlet(other)
    return first is None or second is None or first == second


def _outlet(article: Article) -> str | None:
    host = article.url.partition("://")[2].partition("/")[0] if article.url else ""
    return article.publication or host or None


def _first_in(words: str, wanted: Sequence[str]) -> str | None:
    """The first of the phrases that stands among the words, by whole words and whatever the case."""
    return next((phrase for phrase in wanted if f" {fold_headline(phrase)} " in words), None)
