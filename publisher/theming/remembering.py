"""Articles that were filled before are not filled again: each is known by all that its templates can see.

So that this is all, they are filled in an environment in which nothing else can be seen (``guards``). A theme whose
article looks around in the issue, as it may, has it filled each time.
"""

import contextlib
import functools
import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

import msgspec
from jinja2 import Template
from jinja2.environment import TemplateModule

from publisher.errors import ThemeError
from publisher.model import AppendixItem, Asset, Figure, Issue, PlacedArticle
from publisher.packages import versions_of
from publisher.seams import Keep
from publisher.theming.environment import Templates
from publisher.theming.functions import FUNCTIONS
from publisher.theming.guards import Articles, ByName, Hidden, LooksAroundError, There, count_of, refuse
from publisher.theming.markup import Typesetter
from publisher.theming.sections import Section
from publisher.theming.theme import Theme

__all__ = ["ArticleMemory", "Own", "look_of", "seen_of", "shared_by"]

_OF_THE_ISSUE = ("title", "number", "date", "series", "language")
_PLAIN = frozenset(
    (
        *("_", "edition", "date", "number", "options", "title", "language", "target", "parts", "palette", "software"),
        *("begins_with_name", "ends_with_imprint", "folio", "place", "picture_alt", "balance", "line_count"),
        *FUNCTIONS,
    )
)
"""The names that templates have for what is the same in whatever issue, or is among what the articles share."""

_OF_A_SECTION = ("name", "number", "tone", "colour", "first")


class Own(msgspec.Struct, frozen=True, kw_only=True):
    """What an article's templates see besides what all articles of the issue share."""

    placed: PlacedArticle
    first: str
    """The id of the issue's first article."""

    alone: bool
    """Whether that is the only one."""

    section: Mapping[str, object] | None
    """What is seen of the section that it stands in."""

    mentioned: tuple[AppendixItem, ...]
    """The related news that it mentions."""

    languages: Mapping[str, str]
    """Those of all articles that these stand for or that mention them, by their ids."""

    hrefs: Mapping[str, str]
    """Where links to its own anchor and to those of what it mentions go."""

    lead_picture: Figure | None
    """The one that opens it."""

    qr: Asset | None


class ArticleMemory:
    """Fills an article's templates with what is its own, or gives what came of that before.

    ``shared`` is the digest of all that the articles of the issue share: the theme, and what is to be seen of the rest.
    The templates are those that see the whole issue.
    """

    def __init__(self, keep: Keep, shared: bytes, templates: Templates, typesetter: Typesetter) -> None:
        self._keep = keep
        self._shared = shared
        self._whole = templates
        self._typesetter = typesetter
        self._looks_around = False
        self._own: Own | None = None
        """What is seen now; ``None`` for nothing."""

    def filled(self, own: Own, fill: Callable[[Templates], str]) -> str:
        """The markup; ``fill`` makes it with the templates given, and its errors are those of this."""
        if not self._looks_around:
            try:
                with self._showing(own):
                    return self._keep("markups", str, (self._shared, own), lambda: fill(self._guarded))
            except (LooksAroundError, ThemeError):  # The latter may be the guards' fault: whoever sees all says it.
                self._looks_around = True
        return fill(self._whole)

    @contextlib.contextmanager
    def _showing(self, own: Own | None) -> Iterator[None]:
        before, self._own = self._own, own
        try:
            yield
        finally:
            self._own = before

    @functools.cached_property
    def _guarded(self) -> Templates:
        """The templates, with guards in the place of all that is not known to be the same in whatever issue."""
        showing = self._showing

        class Alone(Template):
            def make_module(self, vars: Any = None, *arguments: Any, **named: Any) -> TemplateModule:  # noqa: A002
                """What is imported without context is made once for all articles: it sees nothing of one."""
                with showing(None) if vars is None else contextlib.nullcontext():
                    return super().make_module(vars, *arguments, **named)

        given = self._whole.given
        hidden = Hidden()
        templates = Templates(
            self._whole.theme,
            self._typesetter,
            {name: value if name in _PLAIN else hidden for name, value in given.items()}
            | {
                "issue": self._issue(cast(Issue, given["issue"])),
                "articles": ByName(self._article),
                "href": self._href,
                "section_of": self._section_of,
                "mentioned_in": self._mentioned_in,
            },
        )
        environment = templates.environment
        environment.template_class = Alone
        environment.trust(There, (*_OF_THE_ISSUE, *_OF_A_SECTION, "articles", "id"))
        environment.filters |= dict.fromkeys(("count", "length"), _length)
        # Those that ask what a value is do so without asking it.
        tests: dict[str, Any] = environment.tests
        tests |= {name: _asking(test) for name, test in tests.items() if name != "defined"}
        return templates

    # --- what is to be seen -----------------------------------------------------------------------------------------

    def _issue(self, issue: Issue) -> There:
        articles = Articles(There({"id": issue.articles[0].id}), alone=len(issue.articles) == 1)
        return There({**{name: getattr(issue, name) for name in _OF_THE_ISSUE}, "articles": articles})

    def _article(self, id_: object) -> There:
        return There({"language": _found(self._own.languages if self._own else {}, id_)})

    def _href(self, anchor: str) -> str:
        return _found(self._own.hrefs if self._own else {}, anchor)

    def _section_of(self, article: str) -> There | None:
        section = self._of(article).section
        return None if section is None else There(section)

    def _mentioned_in(self, article: str) -> tuple[AppendixItem, ...]:
        return self._of(article).mentioned

    def _of(self, article: str) -> Own:
        """What is seen of an article, which is the one that is filled."""
        return self._own if self._own and article == self._own.placed.id else refuse()


def _found(values: Mapping[str, str], name: object) -> str:
    return values[name] if type(name) is str and name in values else refuse()


def _length(value: object) -> object:
    return count_of(value) if type(value) is Articles else len(value)  # type: ignore[arg-type]


def _asking(test: Callable[..., bool]) -> Callable[..., bool]:
    """The test, of what is no guard."""

    @functools.wraps(test)  # With the mark by which Jinja knows what else it takes.
    def asked(*values: object) -> bool:
        return refuse() if any(issubclass(type(value), Hidden) for value in values) else test(*values)

    return asked


def shared_by(issue: Issue, *others: object) -> bytes:
    """The digest of what is seen of the issue in all of its articles, and of other things."""
    return _digest_of(*(getattr(issue, name) for name in _OF_THE_ISSUE), *others)


def seen_of(section: Section | None) -> Mapping[str, object] | None:
    """What an article sees of its section."""
    return None if section is None else {name: getattr(section, name) for name in _OF_A_SECTION}


def look_of(theme: Theme) -> bytes:
    """The digest of a theme, with the versions of the packages that its fonts come from."""
    return _digest_of(theme, versions_of(family.package for family in theme.fonts if family.package))


def _digest_of(*values: object) -> bytes:
    """The digest of values of the kinds that msgspec can encode."""
    return hashlib.sha256(msgspec.msgpack.encode(values, order="deterministic", enc_hook=_plain)).digest()


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else str(value)
