"""A digest goes out with what is sound, whatever one page, one picture or one article brings about."""

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from publisher.automation.digest.outcome import Ending
from publisher.confinement.jobs import JOBS
from publisher.errors import InputError
from tests.automation.digest.test_digest import BRIDGE, CRANES, SILK
from tests.automation.digests import Desk, page

WEEK = "2026-W12"
PUBLISHED = (Ending.PUBLISHED, Ending.PUBLISHED_WITH_WARNINGS)
ATTACKS = Path(__file__).parents[4] / "shared" / "attacks"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    desk = Desk(tmp_path)
    for day, headline in enumerate((BRIDGE, CRANES, SILK), start=17):
        desk.put(WEEK, f"{day}.md", page(headline, f"2026-03-{day}"))
    return desk


def kept(desk: Desk) -> list[str]:
    """The codes of what lies in the quarantine."""
    return [
        json.loads(path.read_bytes())["code"] for path in sorted((desk.folder / "quarantine").glob("*/report.json"))
    ]


PAGE = "Đoạn văn bình thường có chữ và kết thúc bằng dấu chấm.\n"
ODDITIES = {
    "tag.md": f"---\ntitle: !!timestamp abc\n---\n\n{PAGE}",
    "number.md": f"---\ntitle: {'9' * 5_000}\n---\n\n{PAGE}",
    "surrogate.md": f'---\ntitle: "\\ud800"\n---\n\n{PAGE}',
    "emphasis.md": f"# Đầu đề\n\n{'*a ' * 2_000}{PAGE}{'* a' * 2_000}\n",
    "address.md": f"---\ntitle: Bài\nurl: https://a.example/{'x' * 3_000}\n---\n\n{PAGE}",
    "link.html": f'<article><h1>Đầu đề của bài</h1><p>{PAGE}</article><a href="//[">Đầu đề của một bài khác hẳn</a>',
    "charset.html": f"<meta charset=punycode><h1>Đầu đề</h1><p>{PAGE}",
    "spans.html": f"<h1>Đầu đề</h1><p>{PAGE}<table>{'<tr><td colspan=1000 rowspan=1000>a' * 100}</table>",
    "separators.txt": "Báo | " * 5_000 + f"\n\n{PAGE}",
    "marks.txt": f"a{chr(0x301) * 50_000}\n\n{PAGE}",
    "controls.txt": f"Đầu đề \x1b]0;x\x07 \ufffe \uffff\n\n{PAGE}",
    "year.atom": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Tin</title><updated>0000</updated></entry></feed>",
}


@pytest.mark.sample(2)
@pytest.mark.parametrize("name", ODDITIES)
def test_three_good_pages_are_published_beside_any_odd_one(desk: Desk, name: str) -> None:
    desk.put(WEEK, name, ODDITIES[name])

    outcome = desk.run()

    assert outcome.ending in PUBLISHED
    assert {BRIDGE, CRANES, SILK} <= set(desk.headlines(WEEK))
    assert kept(desk) == []


def test_an_article_that_cannot_be_set_is_an_omission(desk: Desk) -> None:
    theme = desk.folder / "themes" / "bare" / "ebook"
    theme.mkdir(parents=True)
    template = "{% if article.headline == '" + CRANES + "' %}{{ nothing }}{% endif %}<p>{{ article.headline }}</p>"
    (theme / "article.xhtml").write_text(template, "utf-8")

    outcome = desk.run()

    assert outcome.ending == Ending.PUBLISHED_WITH_WARNINGS
    assert sorted(desk.headlines(WEEK)) == sorted((BRIDGE, SILK))
    (omission,) = desk.proof(WEEK)["omissions"]
    assert (omission["what"], omission["reason"]) == (CRANES, "theming-failed")
    assert kept(desk) == ["theming-failed"]


def test_of_pages_that_all_make_the_reader_fail_nothing_is_published_silently(desk: Desk) -> None:
    desk.jobs = {**JOBS, "read": msgspec.structs.replace(JOBS["read"], function="builtins:eval")}

    with pytest.raises(InputError, match=r"one source failed\. The first: none of the 3 sources holds an article"):
        desk.run()

    assert kept(desk) == ["reader-failed"] * 3


@pytest.mark.sample(3)
@pytest.mark.skipif(not ATTACKS.is_dir(), reason="the inputs of the attacks are not here")
@pytest.mark.parametrize("name", sorted(path.name for path in ATTACKS.glob("*.[!ps]*")))
def test_three_good_pages_are_published_beside_any_attack(desk: Desk, name: str) -> None:
    shutil.copy(ATTACKS / name, desk.folder / "pages" / WEEK / name)

    outcome = desk.run()

    assert outcome.ending in PUBLISHED
    assert {BRIDGE, CRANES, SILK} <= set(desk.headlines(WEEK))
