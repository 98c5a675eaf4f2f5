"""Galleys: articles that were changed, each set by itself, to be looked at while the whole issue is laid out."""

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from publisher.desk.printing import Name, name_of
from publisher.desk.warm import Warm
from publisher.errors import PublisherError
from publisher.model import Article, Issue, Written
from publisher.pipeline import Bindery, Edition, Means, Output, Request, assemble, gather
from publisher.seams import Keep

FROM_PAGES = 12
"""An issue of fewer pages is laid out as soon as one article: of 0.2 s a page, half is what an engine begins with."""

MOST = 4
"""Of more that were changed at once, as by a profile of an outlet, the whole issue is there nearly as soon."""


def pages_of(request: Request) -> tuple[Edition, Path]:
    """The edition of a request as one PDF for screens, whatever files are asked for; its name is written nowhere."""
    place = Path(request.references[0], "pages.pdf")
    return replace(request.edition, outputs=(Output(path=place),)), place


class Galleys:
    """Sets articles in an engine of its own, so that it need not wait for an issue that is being laid out.

    ``wanted`` gives what is to be made, ``tell`` is told of each article that was set. What goes wrong is left to whom
    lays out the issue.
    """

    def __init__(
        self,
        wanted: Callable[[], tuple[Request, int | None]],
        means: Means,
        keep: Keep,
        tell: Callable[[Article, Written], None],
        pause_s: float,
    ) -> None:
        self._wanted = wanted
        self._means = means
        self._keep = keep
        self._tell = tell
        self._articles: dict[Name, Article] = {}
        """Those of an issue that is long enough, as they were set last."""

        self.warm = Warm("desk-galleys", self._set, pause_s)

    def printed(self, issue: Issue, page_count: int) -> None:
        """The issue was laid out, with so many pages."""
        if page_count < FROM_PAGES:
            self._articles = {}
        elif not self._articles:  # Else they are known as they are now, and these may be older.
            self._articles = {name_of(each.article): each.article for each in issue.articles}
            self.warm.wake()  # So that the engine is there when it is needed.

    def _set(self) -> None:
        before = self._articles
        if not before:
            return
        engine = self.warm.engine
        try:
            request, _ = self._wanted()
            issue = assemble(gather(request, self._means), request.plan, self._means)
            changed = [each for each in issue.articles if before.get(name_of(each.article)) != each.article]
            self._articles = {name_of(each.article): each.article for each in issue.articles}
            if len(changed) > MOST:
                return
            edition, _ = pages_of(request)
            with Bindery(edition, self._keep, picture=self._means.decoded, engine=engine) as bindery:
                for placed in changed:
                    written = bindery.galley(issue, placed)
                    if written is not None and not self.warm.ended:
                        self._tell(placed.article, written)
        except PublisherError:  # Which is told when the issue is laid out.
            self.warm.was_lost()
