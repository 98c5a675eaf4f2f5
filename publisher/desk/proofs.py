"""The pages of an issue before they are exported: as pictures, with the place of each line, and as an e-book."""

from collections.abc import Callable

from msgspec.structs import replace

from publisher.desk.books import BookPart, OpenBook, make_book
from publisher.desk.contents import Contents, NotFoundError
from publisher.desk.finding_lines import LineFound, LinePlace, find_line, line_with
from publisher.desk.prints import Print, Prints
from publisher.desk.views import Render, lines_of
from publisher.pipeline import Request


class Proofs:
    """What is to be seen of the pages that were laid out, for any thread.

    ``wanted`` gives what is to be made, ``is_busy`` whether other pages are on their way. ``secret`` makes addresses
    that nobody guesses.
    """

    def __init__(
        self,
        prints: Prints,
        contents: Contents,
        wanted: Callable[[], tuple[Request, int | None]],
        is_busy: Callable[[], bool],
        secret: str,
    ) -> None:
        self._prints = prints
        self._contents = contents
        self._wanted = wanted
        self._is_busy = is_busy
        self._secret = secret
        self._book: tuple[int, OpenBook] | None = None

    def render(self, id_: int | None = None) -> Render:
        """The pages as they were laid out last, or a time before. NotFoundError for one that is kept no more."""
        render = self._prints.render(id_)
        if render is None:
            raise NotFoundError("these pages are kept no more. Look at the last ones.")
        return replace(render, state="working") if id_ is None and self._is_busy() else render

    def image(self, name: str) -> bytes:
        """A page as PNG. NotFoundError when none looks so."""
        found = self._prints.image(name)
        if found is None:
            raise NotFoundError("there is no such page any more. Look at the last ones.")
        return found

    def book(self) -> OpenBook:
        """The e-book of the issue as it was laid out last. NotFoundError while there is none."""
        last, book = self.last(), self._book
        if book is None or book[0] != last.number:
            request, _ = self._wanted()
            book = self._book = (last.number, make_book(request, last.issue, (), self._secret))
        return book[1]

    def last(self) -> Print:
        """The pages that came out last. NotFoundError while there are none."""
        last = self._prints.last
        if last is None:
            raise NotFoundError("there are no pages yet. Wait until they are laid out.")
        return last

    def book_part(self, key: str, name: str, *, night: bool, zoom: int) -> BookPart:
        """A file of the e-book that was asked for last."""
        book = self._book
        part = book[1].part(name, night=night, zoom=zoom) if book and book[1].key == key else None
        if part is None:
            raise NotFoundError("there is no such part of the book. Open it again.")
        return part

    def place_of(self, id_: str, number: int) -> LinePlace:
        """Where a line stands in print. NotFoundError for one that does not."""
        page = self._contents.page(id_)
        line = next((line for line in lines_of(page, number, 1)), None)
        last = self._prints.last
        if line is not None and line.article and last:
            first = self._pages_of(line.article)
            found = first and find_line(last.sheets, line.text if line.becomes is None else line.becomes, *first)
            if found:
                return LinePlace(render=last.number, number=found[0], box=found[1])
        raise NotFoundError("this line is not printed. Look at what it was read as.")

    def _pages_of(self, article: str) -> tuple[int, int] | None:
        """The first and the last page of an article in print."""
        render = self.render()
        cards = [card for card in self._contents.cards(self._contents.settings()) if card.first_page]
        at = next((at for at, card in enumerate(cards) if card.id == article), None)
        if at is None:
            return None
        after = [card.first_page for card in cards[at + 1 :] if card.first_page]
        return cards[at].first_page or 1, after[0] if after else len(render.pages)

    def line_at(self, number: int, x: float, y: float) -> LineFound:
        """The line of a page of the folder that is printed at a place."""
        last = self._prints.last
        words = last.sheets.words_at(number, x, y) if last else None
        cards = [card for card in self._contents.cards(self._contents.settings()) if card.first_page]
        for card in cards:
            pages = self._pages_of(card.id)
            if words and pages and pages[0] <= number <= pages[1]:
                page = self._contents.page(card.page)
                line = line_with([line for line in lines_of(page, 1, None) if line.article == card.id], words)
                if line is not None:
                    return LineFound(page=page.id, article=card.id, line=line.n)
        raise NotFoundError("no line of a page stands there. Click into the text.")
