"""Articles that were filled before: what comes of them is what a filling without memory gives, whatever has changed."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.model import Issue, Pagination, Rendition, Target
from publisher.seams import made_anew
from publisher.theming import load_theme, render, theme_folders
from publisher.theming.assembly import Assembly
from publisher.theming.remembering import _PLAIN
from tests.theming.issues import ENGLISH, FULL, bare, issue, make_theme, paragraph, shipped

T = TypeVar("T")
THEMES = sorted(theme_folders())
KEPT = ("base", "compilation", "gazette", "large-print")
"""The themes whose articles do not look around in a short issue."""

LONGER = bare("Đê Bến Gỗ được nâng cao thêm một mét", body=(paragraph(), paragraph("Nước rút.")))
OTHERS = bare("Chợ Cầu dời sang bờ bắc", related=FULL.related[:1])


class Watched:
    """A memo, and how many things of a kind had to be made."""

    def __init__(self, folder: Path) -> None:
        self._memo = Memo(Cache(folder))
        self.made: Counter[str] = Counter()

    def keep(self, kind: str, of: type[T], made_of: object, make: Callable[[], T]) -> T:
        def counted() -> T:
            value = make()
            self.made[kind] += 1
            return value

        return self._memo.keep(kind, of, made_of, counted)


def week(*articles: object, **plan: object) -> Issue:
    return issue(*(articles or (FULL, LONGER, ENGLISH, OTHERS)), title="Tuần", number="12", **plan)


def changed() -> Issue:
    return week(FULL, bare("Đê Bến Gỗ được nâng cao thêm một mét", body=(paragraph(),)), ENGLISH, OTHERS)


def inserted() -> Issue:
    return week(FULL, LONGER, bare("Phà Bính nghỉ"), ENGLISH, OTHERS)


def fewer() -> Issue:
    """The first article mentions less."""
    return week(msgspec.structs.replace(FULL, related=FULL.related[:1]), LONGER, ENGLISH, OTHERS)


def removed() -> Issue:
    return week(LONGER)


def renumbered() -> Issue:
    return msgspec.structs.replace(week(), number="13")


def filled(
    asked: Issue, theme: str, target: Target, folder: Path | None = None, search: tuple[Path, ...] = (), **options: str
) -> tuple[Rendition, Counter[str]]:
    """The rendition, with a memory in the folder if one is given, and what had to be made for it."""
    watched = Watched(folder) if folder else None
    found = load_theme(theme, search) if search else shipped(theme)
    keep = watched.keep if watched else made_anew
    rendition = render(asked, found, target, options, keep=keep)
    return rendition, watched.made if watched else Counter()


@pytest.mark.sample(3)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("target", ["print", "ebook"])
def test_a_theme_gives_what_it_gives_without_memory(theme: str, target: Target, tmp_path: Path) -> None:
    for asked in (week(), week(), changed(), inserted(), removed(), renumbered(), week()):
        assert filled(asked, theme, target, tmp_path)[0] == filled(asked, theme, target)[0]


@pytest.mark.parametrize("theme", KEPT)
@pytest.mark.parametrize("target", ["print", "ebook"])
def test_only_what_has_changed_is_filled_again(theme: str, target: Target, tmp_path: Path) -> None:
    first = filled(week(), theme, target, tmp_path)[1]
    same = filled(week(), theme, target, tmp_path)[1]
    one = filled(changed(), theme, target, tmp_path)[1]
    another = filled(inserted(), theme, target, tmp_path)[1]

    assert [made["markups"] for made in (first, same, one, another)] == [4, 0, 1, 1]
    assert [made["words"] for made in (same, one, another)] == [0, 1, 1]


@pytest.mark.parametrize("options", [{}, {"flow": "each"}, {"flow": "section"}, {"quotes": "typographic"}])
def test_an_option_is_no_part_of_what_was_filled_without_it(options: dict[str, str], tmp_path: Path) -> None:
    filled(week(), "compilation", "print", tmp_path)

    found = filled(week(), "compilation", "print", tmp_path, **options)[0]

    assert found == filled(week(), "compilation", "print", **options)[0]


def test_an_ebook_that_lists_pages_is_filled_apart_from_one_that_does_not(tmp_path: Path) -> None:
    theme, pages, memo = shipped("compilation"), Pagination(source="urn:a-book", breaks=()), Memo(Cache(tmp_path))
    render(week(), theme, "ebook", keep=memo.keep)

    found = render(week(), theme, "ebook", pagination=pages, keep=memo.keep)

    assert found == render(week(), theme, "ebook", pagination=pages)


def test_what_the_fonts_lack_is_told_each_time(tmp_path: Path) -> None:
    lacking = week(FULL, bare("Chữ \u16a0 trên đá"))

    for _ in range(2):
        found = filled(lacking, "compilation", "print", tmp_path)[0]

        assert found == filled(lacking, "compilation", "print")[0]
        assert [problem.code for problem in found.problems] == ["missing-glyph"]


def test_damaged_entries_are_filled_again(tmp_path: Path) -> None:
    filled(week(), "compilation", "print", tmp_path)
    for path in tmp_path.glob("*/*/*"):
        path.write_bytes(path.read_bytes()[:-1])

    found, made = filled(week(), "compilation", "print", tmp_path)

    assert found == filled(week(), "compilation", "print")[0]
    assert made["markups"] == 4


EXTENDS = 'summary = "A test."\nextends = "compilation"\n'
ARTICLE = '{{% extends "base:{target}/article.xhtml" %}}\n{imports}{{% block {block} %}}{shown}{{% endblock %}}'
AROUND = {
    "the number of articles": "{{ issue.articles | length }}",
    "whether there are many": "{{ issue.articles | length > 3 }}",
    "the last headline": "{{ issue.articles[-1].article.headline }}",
    "all headlines": "{% for each in issue.articles %}{{ each.article.headline }}{% endfor %}",
    "the first headline": "{{ issue.articles[0].article.headline }}",
    "the sections": "{{ sections | length }}",
    "the appendix": "{% for each in issue.appendix %}{{ each.label or '' }}{% endfor %}",
    "another article": "{% for id in articles %}{{ articles[id].headline }}{% endfor %}",
    "whether any is about rain": "{{ 'mưa' in (issue.articles | map(attribute='article.headline') | join) }}",
    "whose mention it is": "{{ mentioned_in(issue.articles[0].id) | length }}",
    "what kind of thing it is": "{{ articles is mapping }} {{ issue.articles is sequence }} {{ lead_picture is none }}",
    "whether there is a lead picture": "{{ lead_picture is none }}",
    "its words": "{{ (issue | string)[:2000] | length }}",
    "sums": "{{ (issue.articles + issue.articles) | length }}",
}


@pytest.mark.parametrize("shown", AROUND.values(), ids=AROUND)
@pytest.mark.parametrize("way", ["in the article", "in what it imports"])
def test_an_article_that_looks_around_shows_what_is_there(shown: str, way: str, tmp_path: Path) -> None:
    imports = "" if way == "in the article" else '{% from "parts/around.xhtml" import seen %}\n'
    article = ARTICLE.format(
        target="print", block="related", imports=imports, shown=f"<p>{'{{ seen }}' if imports else shown}</p>"
    )
    around = f"{{% set seen %}}{shown}{{% endset %}}"
    make_theme(tmp_path, **{"theme.toml": EXTENDS, "print__article.xhtml": article, "parts__around.xhtml": around})

    for asked in (week(), fewer(), inserted(), removed(), week(OTHERS, FULL), week()):
        found = filled(asked, "own", "print", tmp_path / "cache", (tmp_path,))[0]

        assert found == filled(asked, "own", "print", None, (tmp_path,))[0]


def test_a_theme_whose_files_change_is_another(tmp_path: Path) -> None:
    for shown in ("<p>một</p>", "<p>hai</p>"):
        article = ARTICLE.format(target="print", block="related", imports="", shown=shown)
        make_theme(tmp_path, **{"theme.toml": EXTENDS, "print__article.xhtml": article})

        found = filled(week(), "own", "print", tmp_path / "cache", (tmp_path,))[0]

        assert found == filled(week(), "own", "print", None, (tmp_path,))[0]
        assert all(shown in document.markup for document in found.documents if document.name == "articles")


def test_every_name_that_templates_have_is_the_same_in_any_issue_or_is_guarded() -> None:
    """A new one is looked at in neither place before somebody says which: then articles that use it are not kept."""
    given = Assembly(week(), shipped("compilation"), "print", {}).templates.given
    guarded = {"issue", "articles", "href", "section_of", "mentioned_in", "lead_picture", "related", "sections"}

    assert set(given) - _PLAIN == guarded
