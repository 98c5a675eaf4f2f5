"""An issue's articles as web pages, one each, for telephones and desks without a program for e-books.

They are made of the issue's e-book, which is public, accessible and on the shelf already: the words, their order, their
headings and their languages are its own. What e-books alone have is taken out, and a web page's frame is put around.
"""

import contextlib
import io
import posixpath
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import IO, Self
from xml.etree import ElementTree

from publisher import __version__
from publisher.automation.issues.proof import File, Proof, sha256, sha256_of
from publisher.automation.shelf.downloads import download
from publisher.automation.shelf.elements import Element, element, html
from publisher.automation.shelf.leaves import CONTENT, Leaf, leaf_of, placed, unpacked
from publisher.automation.shelf.presented import Presented, presented
from publisher.automation.shelf.shelved import ShelfSettings, Shelved
from publisher.automation.shelf.styles import style_sheet
from publisher.automation.wording import numbered_title
from publisher.model import Written
from publisher.model.blocks import Value
from publisher.model.pagemarks import without_numbers
from publisher.seams import Keep, made_anew
from publisher.writing import remove_unfinished
from publisher.writing.together import Together, write_together

__all__ = ["CONTENTS", "FOLDER", "WebpagesAhead", "contents_in", "make_webpages", "remove_unfinished_webpages"]

FOLDER = "read"
"""The folder of the issues' pages, from the shelf's; each issue has one of its own, named after its week."""

CONTENTS = "index.html"


def make_webpages(
    folder: Path, shelf: Presented, keep: Keep = made_anew, ahead: "WebpagesAhead | None" = None
) -> Iterator[tuple[str, bool]]:
    """The paths of the pages of all listed issues and of their pictures, and whether each was changed.

    Those of an issue whose e-book, and the shelf's own words, are as they were are left as they are: its contents say
    what they were made of, and are written last. An issue has none without an e-book for everybody that is as it was
    published. ``keep`` may have what documents of it became before, and ``ahead`` the pages of one issue.
    OutputError and OSError when the shelf cannot be written to.
    """
    for shelved in shelf.issues:
        place = folder / FOLDER / shelved.proof.week
        book = _ebook(shelved)
        if book is None:
            continue
        mark = _mark(book.sha256, shelf)
        contents = place / CONTENTS
        if contents.is_file() and mark.encode() in contents.read_bytes():
            yield from ((path.relative_to(folder).as_posix(), False) for path in sorted(place.iterdir()))
            continue
        begun = ahead.begun(shelved, mark) if ahead else None
        with begun or _Webpages(folder, keep) as pages:
            if pages is not begun:
                with (folder / shelved.href(book)).open("rb") as stream:
                    if sha256_of(stream) == book.sha256:
                        pages.write(stream, shelved, shelf)
            for name, is_new in pages.put(shelved, shelf, mark).items():
                yield f"{FOLDER}/{shelved.proof.week}/{name}", is_new


def contents_in(paths: Iterable[str]) -> dict[str, str]:
    """By week, the contents of the issues whose pages these are."""
    return {path.split("/")[1]: path for path in paths if posixpath.basename(path) == CONTENTS}


def remove_unfinished_webpages(folder: Path) -> None:
    """Remove what runs left that were killed before their issue was published; nobody may write there now.

    OSError when the shelf does not let it.
    """
    for place in (folder / FOLDER).glob("*/"):
        if not (place / CONTENTS).exists():
            remove_unfinished(place)
            _remove_empty(place)


def _ebook(shelved: Shelved) -> File | None:
    """The e-book that is for every reader."""
    return next((file for file in shelved.readable if file.format == "epub" and not file.profile), None)


def _mark(digest: str, shelf: Presented) -> str:
    """What the pages are made of, in short; ``digest`` is the e-book's SHA-256."""
    made_of = "\0".join((__version__, digest, shelf.title, shelf.language, style_sheet("webpages")))
    return sha256(made_of.encode())


# --- on their way to the shelf ----------------------------------------------------------------------------------------


class _Webpages:
    """The pages of one issue, and what becomes of them: written first, and put in their place when it is time.

    Use it as a context manager: of what was not put nothing is left when it is left.
    """

    def __init__(self, folder: Path, keep: Keep) -> None:
        self._folder = folder
        self._keep = keep
        self._stack = contextlib.ExitStack()
        self._issue: _Issue | None = None

    def write(self, book: IO[bytes], shelved: Shelved, shelf: Presented) -> None:
        """Write all but the contents, which say of which files the issue is; nothing of a book without articles."""
        issue = _issue_in(book, self._keep)
        if issue is None:
            return
        place = self._place(shelved)
        place.mkdir(parents=True, exist_ok=True)
        remove_unfinished(place)
        self._stack.callback(_remove_empty, place)
        self._together = self._stack.enter_context(Together(place))
        for name, data in _files(issue, shelved, shelf):
            self._together.add(name, data)
        self._together.sync()
        self._issue = issue

    def put(self, shelved: Shelved, shelf: Presented, mark: str) -> dict[str, bool]:
        """Give those that were written their names, then the contents theirs; by each whether it was changed."""
        if self._issue is None:
            return {}
        changed = self._together.put()
        contents = _contents_page(self._issue, shelved, shelf, mark)
        return changed | write_together(self._place(shelved), [(CONTENTS, contents)])

    def _place(self, shelved: Shelved) -> Path:
        return self._folder / FOLDER / shelved.proof.week

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._stack.close()


class WebpagesAhead:
    """The pages of an issue that is about to be published, written while its files are still checked.

    Until ``make_webpages`` is given this nobody can see them, and if it never is, nothing is left of them when this,
    a context, is left; what a killed run left, the next one that writes there removes.
    """

    def __init__(self, folder: Path, settings: ShelfSettings, keep: Keep = made_anew) -> None:
        self._pages = _Webpages(folder, keep)
        self._settings = settings
        self._week = self._mark = ""

    def begin(self, draft: Proof, book: Written) -> None:
        """Write the pages of the issue whose proof this is to be, and whose e-book for everybody: once.

        OutputError and OSError when the shelf cannot be written to.
        """
        shelved = Shelved(proof=draft)
        shelf = presented((shelved,), self._settings)
        self._pages.write(io.BytesIO(book.data), shelved, shelf)
        self._week, self._mark = draft.week, _mark(book.sha256 or sha256(book.data), shelf)

    def begun(self, shelved: Shelved, mark: str) -> _Webpages | None:
        """The pages if they are that issue's, made of what the mark says."""
        return self._pages if (self._week, self._mark) == (shelved.proof.week, mark) else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self._pages.__exit__(*exception)


def _remove_empty(place: Path) -> None:
    with contextlib.suppress(OSError):  # Something is in it.
        place.rmdir()


# --- the issue --------------------------------------------------------------------------------------------------------


class _Issue(Value, frozen=True, kw_only=True):
    """An issue as its e-book has it."""

    pictures: Mapping[str, bytes]
    """Those that its pages show, by their names."""

    leaves: Mapping[str, Leaf]
    """By the names of their pages."""

    names: Mapping[str, str]
    """Of the pages, by those of the e-book's documents."""

    contents: str
    """As ``Leaf`` has them."""


def _issue_in(book: IO[bytes], keep: Keep) -> _Issue | None:
    """The issue in an e-book; ``None`` where that has no articles, or cannot be read."""
    made_of = unpacked(book)
    made_with = tuple(sys.version_info[:3])  # Python reads and writes the markup.
    # A web page has no marks of pages.
    alike = {name: without_numbers(made_of.members[name])[0] for name in made_of.spine}
    try:
        documents = {
            name: keep("webpages", Leaf, (data, made_with), partial(leaf_of, data)) for name, data in alike.items()
        }
    except ElementTree.ParseError:
        return None
    if not any(document.kind == "body" for document in documents.values()):
        return None
    names = {name: _page_name(name) for name, document in documents.items() if document.kind != "front"}
    leaves = {page: documents[name] for name, page in names.items()}
    shown = {picture for leaf in leaves.values() for picture in leaf.pictures}
    members = ((posixpath.basename(name), data) for name, data in made_of.members.items())
    return _Issue(
        pictures={name: data for name, data in members if name in shown},
        leaves=leaves,
        names=names,
        contents=next((leaf.contents for leaf in documents.values() if leaf.contents is not None), ""),
    )


def _files(issue: _Issue, shelved: Shelved, shelf: Presented) -> Iterator[tuple[str, bytes]]:
    """The pictures, then the pages, each with its name."""
    yield from issue.pictures.items()
    leaves = issue.leaves
    around = (None, *leaves.items(), None)
    for before, (name, leaf), after in zip(around, leaves.items(), around[2:], strict=False):
        yield name, placed(html(_page(leaf, before, after, shelved, shelf)), leaf.content, issue.names, CONTENTS)


def _contents_page(issue: _Issue, shelved: Shelved, shelf: Presented, mark: str) -> bytes:
    first = next(iter(issue.leaves.values()))
    return placed(html(_contents(first, shelved, shelf, mark)), issue.contents, issue.names, CONTENTS)


def _page_name(name: str) -> str:
    return f"{posixpath.splitext(name)[0]}.html"


# --- the pages --------------------------------------------------------------------------------------------------------


def _page(
    leaf: Leaf, before: tuple[str, Leaf] | None, after: tuple[str, Leaf] | None, shelved: Shelved, shelf: Presented
) -> Element:
    words = shelf.wording
    steps = [(words.previous, "prev", before), (words.following, "next", after)]
    return _framed(
        leaf.title,
        leaf,
        shelved,
        shelf,
        element("main", {"id": "text"}, CONTENT),
        element(
            "nav",
            {"class": "steps", "aria-label": words.contents, "lang": shelf.language},
            *(
                element("a", {"rel": rel, "href": other[0]}, element("small", {}, way), " ", _named(other[1], shelf))
                for way, rel, other in steps
                if other
            ),
            element("a", {"rel": "contents", "href": CONTENTS}, words.contents),
        ),
    )


def _named(leaf: Leaf, shelf: Presented) -> Element:
    return element("span", {"lang": leaf.language if leaf.language != shelf.language else None}, leaf.title)


def _contents(first: Leaf, shelved: Shelved, shelf: Presented, mark: str) -> Element:
    """The issue's own page: its contents by section, and its files."""
    title = numbered_title(shelved.proof)
    return _framed(
        title,
        first,
        shelved,
        shelf,
        element(
            "main",
            {"id": "text", "class": "contents"},
            element("h1", {}, title),
            CONTENT,
            element(
                "ul",
                {"class": "files", "role": "list", "lang": shelf.language},
                *(
                    element("li", {}, download(f"../../{shelved.href(file)}", file, title, shelf))
                    for file in shelved.proof.files
                ),
            ),
        ),
        made_of=mark,
    )


def _framed(
    title: str, leaf: Leaf, shelved: Shelved, shelf: Presented, *content: Element, made_of: str | None = None
) -> Element:
    """A page in the language of one of the issue's; what it is of stands above it."""
    issue = numbered_title(shelved.proof)
    language = shelved.proof.language if made_of else leaf.language
    return element(
        "html",
        {"lang": language, "dir": leaf.direction},
        element(
            "head",
            {},
            element("meta", {"charset": "utf-8"}),
            element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            element("meta", {"name": "color-scheme", "content": "light dark"}),
            *([element("meta", {"name": "made-of", "content": made_of})] if made_of else []),
            element("title", {}, title if title == issue else f"{title} – {issue}"),
            element("link", {"rel": "icon", "href": "data:,"}),
            element("style", {}, f"\n{style_sheet('webpages')}"),
        ),
        element(
            "body",
            {},
            element("a", {"class": "skip", "href": "#text", "lang": shelf.language}, shelf.wording.skip_to_text),
            element(
                "header",
                {"class": "top", "lang": shelf.language},
                element("a", {"href": "../../index.html"}, shelf.title),
                *([] if title == issue else [element("a", {"href": CONTENTS, "lang": shelved.proof.language}, issue)]),
            ),
            *content,
        ),
    )
