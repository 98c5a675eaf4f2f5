"""``examples/digest``: three weeks are published as they lie there, and each file in it does what its README says."""

import json
import re
import shutil
from pathlib import Path

import pytest

import publisher
from publisher.model import Figure, Subheading
from publisher.theming import load_theme, render
from tests.cli.running import run

EXAMPLE = Path(__file__).parents[1] / "examples" / "digest"
WEEKS = ("2026-W11", "2026-W12", "2026-W13")
SALT = "Muối Cồn Muối lên 2.400 đồng một cân"
MOUNTAIN = "Đèo Gió mở một làn cho xe máy sau trận sạt đất"
PDF_OUTPUT = '[[outputs]]\nfile = "tuan-lam-sa-{week}.pdf"\n\n'
MARKET = "Chợ nổi Bến Lụa họp lại sau ba năm"
LESSONS = "Lớp học chữ ban đêm của các bà bán cá"


@pytest.fixture(scope="module", params=["the e-books", pytest.param("as it stands", marks=pytest.mark.campaign)])
def folder(request, tmp_path_factory) -> Path:
    """A copy of it, the three weeks published, where no outside validator is installed."""
    folder = tmp_path_factory.mktemp("home") / "digest"
    shutil.copytree(EXAMPLE, folder)
    if request.param == "the e-books":
        settings = (folder / "digest.toml").read_text(encoding="utf-8")
        assert settings.count(PDF_OUTPUT) == 1
        (folder / "digest.toml").write_text(settings.replace(PDF_OUTPUT, ""), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(folder.parent))
        patch.setenv("PATH", "")
        endings = [run("digest", folder / "digest.toml", "--week", week) for week in WEEKS]
    assert [(ending.exit_code, "warning:" in ending.stderr) for ending in endings] == [(0, False)] * 3
    return folder


def proof(folder: Path, week: str) -> dict:
    return json.loads((folder / "shelf" / "issues" / week / "issue.json").read_bytes())


def of_outlet(name: str, *, outlet: bool = True) -> publisher.Article:
    (path,) = EXAMPLE.glob(f"pages/*/ben-song/{name}.txt")
    (article,) = publisher.read(path, outlet=EXAMPLE / "outlets" / "ben-song.toml" if outlet else None).articles
    return article


def test_each_week_has_its_stories(folder):
    headlines = {week: [article["headline"] for article in proof(folder, week)["articles"]] for week in WEEKS}

    assert headlines == {
        "2026-W11": [MARKET, LESSONS, SALT],
        "2026-W12": ["Người giữ tổ yến trong nhà hát cũ", MOUNTAIN, SALT],
        "2026-W13": [
            "Ghe chở nước ngọt ra Hòn Trầm mỗi tuần hai chuyến",
            "Kho muối thứ hai dựng xong khung trong chín ngày",
        ],
    }


def test_the_text_that_changed_is_marked_and_the_other_report_stands_under_the_first(folder):
    _, of_the_pass, of_salt = proof(folder, "2026-W12")["articles"]

    assert of_salt["updated_since"] == "11/2026"
    assert [each["headline"] for each in of_the_pass["also"]] == ["Đèo Gió thông một làn, xe máy qua được"]


def test_what_ran_is_left_out(folder):
    assert [(each["what"], each["reason"]) for each in proof(folder, "2026-W13")["omissions"]] == [
        (MARKET, "ran-before")
    ]


@pytest.mark.parametrize("name", ["lop-hoc-dem", "deo-gio", "to-yen", "ghe-nuoc"])
def test_the_profile_tells_what_the_outlet_alone_prints(name):
    with_it, without = of_outlet(name), of_outlet(name, outlet=False)

    assert (len(with_it.bylines), without.bylines) == (1, ())
    assert {teaser.section for teaser in with_it.related} == {"Ghé bến khác"}
    assert not [block for block in with_it.body if isinstance(block, Figure) and not block.caption]


def test_the_corrections_file_makes_a_caption_of_a_sub_heading(tmp_path):
    (page,) = EXAMPLE.glob("pages/*/ben-song/to-yen.txt")
    shutil.copy(page, tmp_path)
    line = "Mái nhà hát lúc hoàng hôn"

    (alone,) = publisher.read(tmp_path / "to-yen.txt").articles

    def headings(article: publisher.Article) -> list[str]:
        return [block.inlines[0].text for block in article.body if isinstance(block, Subheading)]

    assert (headings(alone), headings(of_outlet("to-yen"))) == ([line], [])
    (figure,) = [block for block in of_outlet("to-yen").body if isinstance(block, Figure)]
    assert figure.caption[0].text == line


@pytest.mark.parametrize(("wave", "rule"), [("none", None), ("calm", "3.0pt"), ("high", "8pt")])
def test_the_theme_draws_the_wave_that_is_asked_for(wave, rule):
    theme = load_theme("lam-sa", [EXAMPLE / "themes"])
    issue = publisher.compile([of_outlet("ghe-nuoc")])

    made = render(issue, theme, "print", {"wave": wave})

    sheets = "\n".join(sheet.data.decode() for sheet in made.stylesheets)
    assert re.findall(r"border-top-style: double; border-top-width: (\S+)", sheets) == ([rule] if rule else [])


SHOWN = ("digest/README.md", "outlets/ben-song.toml", "to-yen.txt.corrections.toml", "lam-sa/theme.toml", "library.py")


@pytest.mark.parametrize("file", SHOWN)
def test_it_is_shown_in_the_documents(file):
    """What the script makes is looked at in ``tests/test_tutorials.py``."""
    pages = [path.read_text(encoding="utf-8") for path in (EXAMPLE.parents[1] / "docs").glob("*.md")]

    assert any(
        re.search(rf"\]\(\.\./examples/digest/\S*{re.escape(file.removeprefix('digest/'))}\)", page) for page in pages
    )


def test_the_readme_lists_every_file():
    readme = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    listed = [EXAMPLE / name for name in re.findall(r"^\| `([^`]+)` \|", readme, re.MULTILINE)]

    def has_its_row(path: Path) -> bool:
        """A folder's files have its row; a week's pages have the row of the first week's."""
        first = EXAMPLE / re.sub(r"2026-W1[23]", "2026-W11", path.relative_to(EXAMPLE).as_posix())
        return any(each in (path, first, *path.parents, *first.parents) for each in listed)

    files = [path for path in EXAMPLE.rglob("*") if path.is_file() and path.suffix in (".toml", ".py", ".md", ".txt")]
    assert all(path.exists() for path in listed)
    assert [path for path in files if path.name != "README.md" and not has_its_row(path)] == []
