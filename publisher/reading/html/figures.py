"""Pictures with their captions and credits."""

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

from publisher.model.article import fold_headline
from publisher.reading.html.addresses import source_of
from publisher.reading.html.classes import classes
from publisher.reading.html.galleries import BOXED, MOST_LINES, UNMARKED_WORDS, Galleries, Shown
from publisher.reading.html.lines import PageLine, StyledRun
from publisher.reading.html.page import HEADINGS, WebPage
from publisher.reading.html.tree import Element, words_of
from publisher.reading.vocabulary import Vocabulary, fold
from publisher.reading.vocabulary.captions import caption_credit, credit_alone, without_label

_COUNTER = re.compile(r"\d{1,3}\s?(?:of|von|sur|de|/)\s?\d{1,3}\s*[|:–-]\s*")
"""The number of a picture in its gallery (``1 of 12 |``)."""

_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)|^#|^javascript:", re.IGNORECASE)
"""Where a picture's own link leads: to a larger one of it, or to a window of the page."""

_FILM = re.compile(r"(?:video(?: clip)?|clip|vidéo|vídeo|film)\s*:\s*\w", re.IGNORECASE)

_ABOVE = 20
"""Lines above the headline where the article's first picture may begin."""

_NAME_WORDS = 4
"""Words of a photographer's name, or an agency's, in the element of a picture."""

_MOST_CAPTION_WORDS = 120
_FEWEST_WORDS = 4
_UNENDED_WORDS = 30
"""Words of a caption that only its want of a full stop tells from the text."""

_ROW = 4
"""Pictures that may stand side by side over one caption."""

_KEPT = 2
"""How many pictures show that a style is that of captions."""


@dataclass(slots=True)
class WebPicture:
    """One picture of the page, or the words of one whose picture was a film or is gone."""

    at: int
    """The index of its first line: its place in the text."""

    lines: list[int]
    """The indices of all its lines."""

    src: str | None = None
    alt: str | None = None
    caption: tuple[StyledRun, ...] = ()
    credit: str | None = None
    element: Element | None = None
    """What holds all of it."""

    captions: list[int] = field(default_factory=list)
    sure: bool = False
    """Whether the page marks it up as a figure, or words stand with it."""


def find_pictures(page: WebPage, taken: set[int]) -> list[WebPicture]:
    """The pictures that may belong to the article, in page order; ``taken`` are lines that are no captions."""
    finder = _Finder(page, taken)
    for index in _reach(page):
        line = page.lines[index]
        if index in page.boxed:
            continue
        figure = line.within("figure")
        if figure is not None and figure not in finder.seen:
            finder.seen.add(figure)
            finder.figure(figure)
        elif line.kind == "picture" and figure is None:
            finder.picture(index)
        elif line.kind == "text" and figure is None:
            finder.film(index)
    return sorted(finder.pictures, key=lambda picture: picture.at)


def _reach(page: WebPage) -> range:
    """The lines among which the article's pictures are: most of a page's belong to what else it lists."""
    if page.article is None:
        return range(len(page.lines))
    start, end = page.spans[page.article]
    top = start if page.headline is None else min(start, page.headline)
    return range(max(0, top - _ABOVE), end + 1)


class _Finder:
    def __init__(self, page: WebPage, taken: set[int]) -> None:
        self.page = page
        self.taken = taken
        self.pictures: list[WebPicture] = []
        self.seen: set[Element] = set()
        self.used: set[int] = set()
        self._names: set[int] = set()
        """The lines that name a photographer beside a picture whose caption stands elsewhere."""

        self._shown = Shown()
        self._galleries = Galleries(page, self._shown)
        prose = (line for line in page.lines if line.number in page.extracted and page.prose(line))
        self._text_style = page.prevailing(prose)
        self._under: Counter[tuple[str, ...]] = Counter()
        """How many lines of each style stand under a picture, and how many of it there are."""

        self._styles: Counter[tuple[str, ...]] = Counter()
        for before, line in pairwise(page.lines):
            if line.text and line.kind == "text":
                style = page.style(line)
                self._styles[style] += 1
                self._under[style] += before.kind == "picture"

    def figure(self, figure: Element) -> None:
        """The pictures of a ``figure`` element: with several, its caption goes to the last."""
        first, last = self.page.spans[figure]
        own = [i for i in range(first, last + 1) if self.page.lines[i].within("figure") is figure]
        images = [i for i in own if self._shown(self.page.lines[i])]
        texts = [i for i in own if self.page.lines[i].kind == "text" and i not in self.taken and not self._is_button(i)]
        marked = [i for i in texts if self.page.lines[i].within("figcaption") is not None]
        credited = bool(images) and all(self._is_credit(i) or self.page.lines[i].words <= _NAME_WORDS for i in texts)
        if not texts and images and (outside := self._outside(last) or self._below(images[-1], figure)):
            marked, own = outside, [*own, *outside]
        elif texts and not marked and credited and (outside := self._outside(last)):
            marked, own = [*outside, *texts], [*own, *outside]
            self._names.update(texts)
        elif marked and all(self._is_credit(i) for i in marked):
            # A caption that has another element than its credit.
            marked = []
        texts = [i for i in marked or texts if self.page.lines[i].words <= _MOST_CAPTION_WORDS]
        if not images and not marked:
            return
        for image in images[:-1]:
            self._add([image], image, [], figure, sure=True)
        covered = [i for i in own if i not in images[:-1]]
        self._add(covered, images[-1] if images else None, texts, figure, sure=True)

    def _is_button(self, index: int) -> bool:
        """Whether a line in a caption's element is none of its words: it sells the picture, or shares it."""
        seen = self.page.feature(self.page.lines[index])
        return seen is not None and seen.rule == "furniture.phrase" and not self._is_credit(index)

    def _outside(self, last: int) -> list[int]:
        """The lines of a caption's element right after a figure's last line, beside the figure and not in it."""
        page = self.page
        below = [i for i in range(last + 1, min(last + 3, len(page.lines))) if page.lines[i].text]
        element = page.lines[below[0]].within("figcaption") if below else None
        if element is None or page.lines[below[0]].within("figure") is not None:
            return []
        return [i for i in range(below[0], page.spans[element][1] + 1) if i not in self.taken]

    def picture(self, index: int) -> None:
        """A picture outside a ``figure``: its caption stands beside it in the smallest element that has words."""
        line = self.page.lines[index]
        if index in self.used or not self._shown(line):
            return
        caption, element = self._beside(index)
        self._add([index, *caption], index, caption, element, sure=bool(caption))

    def film(self, index: int) -> None:
        """A line about a film, by what it is called or because it says so and closes with a credit."""
        page, line = self.page, self.page.lines[index]
        if index in self.used or index in self.taken or line.linked or line.words > _MOST_CAPTION_WORDS:
            return
        marked = page.hinted(line, classes().caption, 2) and page.hinted(line, classes().film, 4)
        told = line.words <= _UNENDED_WORDS and _FILM.match(line.text) and caption_credit(line.text, page.vocabulary)
        if (marked and line.words >= _FEWEST_WORDS) or told:
            self._add([index], None, [index], line.element, sure=True)

    def _beside(self, index: int) -> tuple[list[int], Element]:
        """The caption of a picture, and the element that holds both."""
        page, line = self.page, self.page.lines[index]
        holder = line.element
        for element in line.ancestors[1:8]:
            first, last = page.spans[element]
            if last - first > MOST_LINES:
                break
            others = [i for i in range(first, last + 1) if i == index or not page.lines[i].hidden]
            texts = [i for i in others if page.lines[i].kind != "picture"]
            images = [i for i in others if self._shown(page.lines[i])]
            if len(images) > 1 and images[-1] == index and self._share(element, images):
                images = images[-1:]
                texts = [i for i in texts if i > index]
            if len(images) > 1 or element.tag in ("body", "html", "article", "main"):
                break
            holder = element
            if not texts:
                continue
            captions = [i for i in texts if self._captions(index, i, element)]
            if captions and len(texts) <= 4:
                return captions, element
            if len(texts) > 2:
                break
        return self._below(index), holder

    def _share(self, element: Element, images: list[int]) -> bool:
        """Whether several pictures side by side have one caption: a word of theirs stands only under the last."""
        first, last = self.page.spans[element]
        texts = [i for i in range(first, last + 1) if self.page.lines[i].text and i not in images]
        return len(images) <= _ROW and bool(texts) and texts[0] > images[-1] and len(texts) <= BOXED

    def _below(self, index: int, figure: Element | None = None) -> list[int]:
        """The line right under a picture that stands alone, or in a wordless figure, when it looks like its caption."""
        page = self.page
        line = page.lines[index]
        near = range(index + 1, min(index + 3, len(page.lines)))
        below = next((i for i in near if page.lines[i].text or self._shown(page.lines[i])), None)
        if below is None or below in self.taken or page.lines[below].kind != "text":
            return []
        text = page.lines[below]
        block = next((e for e in line.ancestors[1:] if e.tag in ("p", "div", "td", "center", "span", "picture")), None)
        block = block if figure is None else figure
        holder = text.element.getparent()
        if block is not None and page.spans.get(holder) == (below, below) and page.spans[block] == (index, index):
            # Where each has an element of its own, they stand side by side one further out.
            holder, block = holder.getparent(), block.getparent()
        around = text.element in line.ancestors and page.spans[text.element] == (index, below)
        beside = around or (block is not None and holder in (block, block.getparent(), line.element.getparent()))
        seen = page.feature(text)
        if not beside or text.words > _MOST_CAPTION_WORDS or text.linked > 0.5 or page.framed(text):
            return []
        if seen is not None and seen.label:
            return []
        slanted = all(run.emphasis for run in text.runs) and text.words <= 80
        centred = "center" in (text.element.get("style") or "").replace(" ", "") and text.words <= 60
        if (
            page.hinted(text, classes().caption, 2)
            or self._is_set_as_caption(text)
            or self._is_unended(below)
            or slanted
            or centred
            or caption_credit(text.text, page.vocabulary) is not None
        ):
            return [below]
        return []

    def _is_set_as_caption(self, line: PageLine) -> bool:
        """Whether a line's style is one that the page keeps for the lines under its pictures."""
        style = self.page.style(line)
        kept = self._under[style] == self._styles[style] >= _KEPT and style != self._text_style
        plain = line.within(*HEADINGS) is None and not self.page.listed(line)
        return kept and line.words <= UNMARKED_WORDS and plain

    def _is_unended(self, index: int) -> bool:
        """Whether a line is a few plain words without a full stop, and running text goes on under it."""
        page, line = self.page, self.page.lines[index]
        seen = page.feature(line)
        below = next((each for each in page.lines[index + 1 : index + 3] if each.text), None)
        if seen is None or seen.ended or seen.date or seen.label or seen.furniture or below is None:
            return False
        plain = line.within("li", *HEADINGS) is None and not any(run.strong for run in line.runs)
        return plain and _FEWEST_WORDS <= line.words <= _UNENDED_WORDS and page.prose(below)

    def _is_wrapped(self, index: int, at: int, element: Element) -> bool:
        """Whether a line stands in a box that holds a picture and hardly more, in another style than the text."""
        page, text = self.page, self.page.lines[at]
        first, last = page.spans[element]
        texts = [page.lines[i] for i in range(first, last + 1) if page.lines[i].text and i != index]
        if at < index or len(texts) > BOXED or any(each.linked > 0.5 for each in texts):
            return False
        if page.lines[index].linked > 0.5 and not _PICTURE_FILE.search(page.lines[index].href or ""):
            return False
        own = page.style(text)
        apart = own != self._text_style or not any(page.prose(each) for each in texts)
        return 1 < text.words <= UNMARKED_WORDS and apart and not page.listed(text)

    def _captions(self, index: int, at: int, element: Element) -> bool:
        """Whether a line inside the picture's element is its caption."""
        page, line, text = self.page, self.page.lines[index], self.page.lines[at]
        if at in self.taken or text.kind != "text" or text.words > _MOST_CAPTION_WORDS:
            return False
        seen = page.feature(text)
        if seen is None or seen.label or (seen.furniture and seen.rule != "furniture.imprint"):
            return False
        if page.hinted(text, classes().caption, 2) or page.hinted(text, classes().credit, 2):
            return True
        first, last = page.spans[element]
        if page.headline is not None and first <= page.headline <= last:
            # What heads the article stands with its picture, too.
            return False
        credited = caption_credit(text.text, page.vocabulary) is not None
        if text.linked > 0.5 and not credited:
            return False
        alt, key = fold_headline(line.text), fold_headline(text.text)
        named = any(fold_headline(each.text) == alt for each in page.lines[first : last + 1] if each.kind == "text")
        if len(alt) > 12 and not (named and page.prose(text)) and (key.startswith(alt) or alt.startswith(key)):
            return True
        if credited or credit_alone(text.text, page.vocabulary) is not None:
            return True
        if text.words > UNMARKED_WORDS or seen.date:
            return False
        return (
            self._is_wrapped(index, at, element)
            or self._galleries.have(element)
            or element.tag in ("table", "tbody")
            or bool(page.hints(element) & (classes().picture | classes().caption) and text.words > 2)
        )

    def _add(self, lines: list[int], image: int | None, texts: list[int], element: Element, sure: bool) -> None:
        page = self.page
        credits_ = [i for i in texts if self._is_credit(i)]
        captions = [i for i in texts if i not in credits_ and not _COUNTER.fullmatch(page.lines[i].text)]
        runs = _joined([self._words(page.lines[i]) for i in captions])
        text = "".join(run.text for run in runs)
        credit = caption_credit(text, page.vocabulary) if text else None
        for i in credits_:
            words = page.lines[i].text
            credit = credit or credit_alone(words, page.vocabulary) or words.strip("()[] ")
        credit = credit or self._inner_credit(captions)
        line = page.lines[image] if image is not None else None
        src = source_of(page, line.ancestors[0]) if line is not None else None
        alt = line.text if line is not None and line.text else None
        self.used.update(lines)
        self.pictures.append(
            WebPicture(
                at=min(lines),
                lines=lines,
                src=src,
                alt=alt,
                caption=runs,
                credit=credit or None,
                element=element,
                captions=captions,
                sure=sure or bool(runs),
            )
        )

    def _words(self, line: PageLine) -> tuple[StyledRun, ...]:
        """A caption's runs without the label before them that only a screen reader says, and the button behind them."""
        known, runs = self.page.vocabulary, _without_label(line.runs, self.page.vocabulary)
        button = words_of(line.inner[-1]) if line.inner else ""
        if not button or not known.furniture.is_exact(fold(button)) or not runs or not runs[-1].text.endswith(button):
            return runs
        last = runs[-1]
        return (*runs[:-1], StyledRun(last.text.removesuffix(button).rstrip(), last.strong, last.emphasis, last.href))

    def _is_credit(self, index: int) -> bool:
        line = self.page.lines[index]
        if line.words > 12:
            return False
        return (
            index in self._names
            or self.page.hinted(line, classes().credit, 1)
            or credit_alone(line.text, self.page.vocabulary) is not None
        )

    def _inner_credit(self, captions: list[int]) -> str | None:
        """The credit that the page marks inside a caption's line."""
        for i in captions:
            for element in self.page.lines[i].inner:
                if self.page.hints(element) & classes().credit:
                    text = words_of(element).strip("()[] ")
                    if 1 < len(text) < 90:
                        return credit_alone(text, self.page.vocabulary) or text
        return None


def _without_label(runs: tuple[StyledRun, ...], known: Vocabulary) -> tuple[StyledRun, ...]:
    """A caption's runs without the words that only a screen reader says, and without its number in a gallery."""
    text = "".join(run.text for run in runs)
    counter = _COUNTER.match(text)
    rest = text[counter.end() :] if counter else without_label(text, known)
    if not rest:
        return runs
    drop = len(text) - len(rest)
    kept: list[StyledRun] = []
    for run in runs:
        if drop >= len(run.text):
            drop -= len(run.text)
            continue
        kept.append(StyledRun(run.text[drop:], run.strong, run.emphasis, run.href) if drop else run)
        drop = 0
    return tuple(kept)


def _joined(parts: list[tuple[StyledRun, ...]]) -> tuple[StyledRun, ...]:
    """The lines of a caption as one; a line that only says the former again is left out."""
    runs: list[StyledRun] = []
    said: list[str] = []
    for part in parts:
        key = fold("".join(run.text for run in part))
        if any(key in former for former in said):
            continue
        said.append(key)
        runs += [StyledRun(" "), *part] if runs else part
    if all(run.emphasis for run in runs if run.text.strip()):
        # Slanted as a whole, as captions are: the theme's business.
        runs = [StyledRun(run.text, run.strong, False, run.href) for run in runs]
    return tuple(runs)
