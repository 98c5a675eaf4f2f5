"""The articles of an issue as web pages: what its e-book says, in the frame of a page that nothing can be run in."""

import errno
import io
import json
import re
import shutil
import subprocess
import zipfile
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

import publisher
from publisher.automation.issues.proof import Proof
from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.automation.shelf import ShelfSettings, refresh_shelf
from publisher.automation.shelf.webpages import CONTENTS, FOLDER, WebpagesAhead, remove_unfinished_webpages
from publisher.errors import OutputError
from publisher.model import Paragraph, Text, Written
from publisher.writing import together
from tests.automation.shelf.shelves import listing, put_issue, rendition
from tests.conftest import ROOT

WEEK = "2026-W12"
ARABIC = publisher.Article(
    headline="جسر جديد فوق النهر",
    language="ar",
    body=(Paragraph(inlines=(Text(text="افتتح الجسر الجديد صباح اليوم أمام مئات السكان."),)),),
)
AXE = ROOT / ".tools" / "ace" / "node_modules" / "@daisy" / "axe-core-for-ace" / "axe.min.js"


@pytest.fixture(scope="module")
def book(examples) -> bytes:
    """An e-book with pictures, a table, related news, English and what is written from right to left."""
    arabic = publisher.Source(name="cau.json", data=publisher.to_json(ARABIC).encode(), media_type="application/json")
    had = publisher.read(examples / "8-rung-ngap-man.md", examples / "6-en-crane-count.txt", arabic)
    return publisher.render(publisher.compile(had, title="Tuần tin", language="vi"), "epub").data


@pytest.fixture(scope="module")
def shelf(book, tmp_path_factory) -> Path:
    """A shelf with that issue, which nobody changes."""
    shelf = tmp_path_factory.mktemp("shelf")
    put_issue(shelf, WEEK, files=[rendition("tuan-tin.epub", book)])
    refresh_shelf(shelf)
    return shelf


class Page(HTMLParser):
    """What a page is made of: its elements with their attributes, in their order, and its text."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def ids(self) -> set[str | None]:
        return {attributes.get("id") for _, attributes in self.elements}


def pages(shelf: Path) -> dict[str, Page]:
    return {path.name: Page(path) for path in sorted((shelf / FOLDER / WEEK).glob("*.html"))}


def in_order(shelf: Path) -> list[Page]:
    """The pages as their links lead from one to the next, from the first of the contents on."""
    made = pages(shelf)
    first = next(a["href"] for a in made[CONTENTS].all("a") if str(a.get("href")).startswith("a-"))
    found, name = [], str(first)
    while name:
        found.append(made[name])
        name = next((str(a["href"]) for a in made[name].all("a") if a.get("rel") == "next"), "")
    return found


def test_there_is_one_page_an_article_then_the_related_news_then_what_is_said_of_the_issue(shelf):
    titles = [re.search("<title>(.*?)</title>", page.path.read_text(encoding="utf-8"))[1] for page in in_order(shelf)]

    assert titles == [
        "Rừng ngập mặn Cồn Muối đón bốn mươi nghìn cây non trước mùa bão – Tuần tin, số 12",
        "Cranes return to Con Muoi flats in their highest number for a decade – Tuần tin, số 12",
        "جسر جديد فوق النهر – Tuần tin, số 12",
        "Tin liên quan – Tuần tin, số 12",
        "Về số này – Tuần tin, số 12",
    ]
    assert set(pages(shelf)) == {page.path.name for page in in_order(shelf)} | {CONTENTS}


def test_each_has_its_language_and_its_direction(shelf):
    (root, *_) = zip(*(page.all("html") for page in in_order(shelf)), strict=True)

    assert [(each["lang"], each.get("dir")) for each in root] == [
        ("vi", None),
        ("en", None),
        ("ar", "rtl"),
        ("vi", None),
        ("vi", None),
    ]


def test_every_link_leads_to_a_file_of_the_shelf_and_to_a_place_in_it(shelf):
    made = pages(shelf)
    for page in made.values():
        for attributes in page.all("a", "img"):
            target, _, fragment = str(attributes.get("href") or attributes["src"]).partition("#")
            if target.startswith("https://"):
                continue
            target = target or page.path.name
            assert (page.path.parent / target).is_file(), (page.path.name, target)
            assert not fragment or fragment in made[target].ids


def test_the_words_and_the_pictures_are_those_of_the_article(shelf):
    first = in_order(shelf)[0]

    assert "Rừng ngập mặn Cồn Muối đón bốn mươi nghìn cây non trước mùa bão" in first.text
    assert [bool(picture["alt"]) for picture in first.all("img")] == [True, True]
    assert len(first.all("table")) == 1
    assert "t-" in "".join(str(a.get("href")) for a in first.all("a")), "related news"


def test_each_has_one_main_part_one_first_heading_and_no_heading_skipped(shelf):
    for page in pages(shelf).values():
        levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]

        assert (len(page.all("main")), levels[0], levels.count(1)) == (1, 1, 1), page.path.name
        assert all(after <= before + 1 for before, after in pairwise(levels)), page.path.name
        assert page.all("title")
        assert "text" in page.ids
        labels = {attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes}
        assert labels <= page.ids


def test_the_shelfs_page_leads_to_them(shelf):
    index = Page(shelf / "index.html")

    assert f"{FOLDER}/{WEEK}/{CONTENTS}" in [a["href"] for a in index.all("a")]
    assert "Đọc tại đây" in index.text


def test_what_has_not_changed_is_left_and_what_has_is_made_anew(book, tmp_path):
    put_issue(tmp_path, WEEK, files=[rendition("tuan-tin.epub", book)])
    refresh_shelf(tmp_path)

    assert refresh_shelf(tmp_path).changed == ()
    renamed = refresh_shelf(tmp_path, ShelfSettings(title="Tin trong nhà"))

    assert [path for path in renamed.changed if path.startswith(FOLDER)] == [
        *(f"{FOLDER}/{WEEK}/{page.path.name}" for page in in_order(tmp_path)),
        f"{FOLDER}/{WEEK}/{CONTENTS}",
    ]


def test_those_of_an_issue_that_is_kept_no_longer_go_when_the_next_one_comes(book, tmp_path):
    for week in ("2026-W11", WEEK):
        put_issue(tmp_path, week, files=[rendition("tuan-tin.epub", book)])
    refresh_shelf(tmp_path)
    refresh_shelf(tmp_path, ShelfSettings(keep=1))
    kept = (tmp_path / FOLDER / "2026-W11" / CONTENTS).is_file()
    put_issue(tmp_path, "2026-W13")
    refresh_shelf(tmp_path)

    assert kept
    assert not (tmp_path / FOLDER / "2026-W11").exists()


@pytest.fixture
def before(book, tmp_path) -> tuple[Path, Proof]:
    """A shelf without issues, and the proof of one that is about to be published, without its files."""
    proof = put_issue(tmp_path / "elsewhere", WEEK, files=[rendition("tuan-tin.epub", book)])
    return tmp_path / "shelf", replace(proof, files=(), cover=None)


def test_what_is_written_before_the_issue_is_there_is_what_would_be_written_then(book, shelf, before):
    folder, draft = before
    with WebpagesAhead(folder, ShelfSettings(title="Tuần tin", language="vi")) as ahead:
        ahead.begin(draft, Written(data=book))
        hidden = [path.name for path in (folder / FOLDER / WEEK).iterdir()]
        put_issue(folder, WEEK, files=[rendition("tuan-tin.epub", book)])
        changed = refresh_shelf(folder, ShelfSettings(title="Tuần tin", language="vi"), ahead=ahead).changed

    assert all(name.startswith(".publisher-") for name in hidden)
    assert listing(folder / FOLDER) == listing(shelf / FOLDER)
    names = [path.removeprefix(f"{FOLDER}/{WEEK}/") for path in changed if path.startswith(FOLDER)]
    assert sorted(names) == sorted(path.name for path in (folder / FOLDER / WEEK).iterdir())
    assert len(hidden) == len(names) - 1  # The contents come when the issue is there.


def test_nothing_is_left_of_what_was_written_for_an_issue_that_is_not_published(book, before):
    folder, draft = before
    with WebpagesAhead(folder, ShelfSettings(title="Tuần tin")) as ahead:
        ahead.begin(draft, Written(data=book))

    assert not list((folder / FOLDER).iterdir())


@pytest.mark.parametrize("what", ["another book", "another title", "another week"])
def test_what_was_written_of_something_else_is_not_taken(book, shelf, before, what):
    folder, draft = before
    other = changed(book, lambda name, data: data.replace("cầu".encode(), "hồ".encode()))
    with WebpagesAhead(folder, ShelfSettings(title="Tin" if what == "another title" else "Tuần tin")) as ahead:
        ahead.begin(
            replace(draft, week="2026-W11" if what == "another week" else WEEK),
            Written(data=other if what == "another book" else book),
        )
        put_issue(folder, WEEK, files=[rendition("tuan-tin.epub", book)])
        refresh_shelf(folder, ahead=ahead)

    assert listing(folder / FOLDER) == listing(shelf / FOLDER)


def test_what_the_disk_refused_ahead_is_written_when_the_issue_is_there(book, shelf, before, monkeypatch):
    folder, draft = before
    with WebpagesAhead(folder, ShelfSettings(title="Tuần tin", language="vi")) as ahead:
        with monkeypatch.context() as patch, pytest.raises(OutputError):
            patch.setattr(together, "_sync", lambda paths, disk: (_ for _ in ()).throw(OSError(errno.EIO, "no")))
            ahead.begin(draft, Written(data=book))
        put_issue(folder, WEEK, files=[rendition("tuan-tin.epub", book)])
        refresh_shelf(folder, ShelfSettings(title="Tuần tin", language="vi"), ahead=ahead)

    assert listing(folder / FOLDER) == listing(shelf / FOLDER)


def test_what_a_killed_run_wrote_ahead_is_removed(book, before):
    folder, draft = before
    ahead = WebpagesAhead(folder, ShelfSettings(title="Tuần tin"))
    ahead.begin(draft, Written(data=book))  # And is left by no way that it knows of.
    (folder / FOLDER / "2026-W11").mkdir()
    (folder / FOLDER / "2026-W11" / "a.html").write_text("somebody's")

    remove_unfinished_webpages(folder)

    assert [path.relative_to(folder / FOLDER).as_posix() for path in (folder / FOLDER).glob("*/*")] == [
        "2026-W11/a.html"
    ]
    assert not (folder / FOLDER / WEEK).exists()


def changed(book: bytes, change) -> bytes:
    """The book with each of its members changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as archive, zipfile.ZipFile(out, "w") as made:
        for info in archive.infolist():
            made.writestr(info.filename, change(info.filename, archive.read(info)))
    return out.getvalue()


BAD = (
    '<script>alert(1)</script><p onclick="alert(2)" style="x">A<iframe src="https://evil.example"/></p>'
    '<a href="javascript:alert(3)">B</a><a href="//evil.example/x">C</a><img src="https://evil.example/p.png" alt=""/>'
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(4)</script><text>D</text></svg>'
)


def test_nothing_in_them_runs_or_is_fetched_whatever_the_e_book_holds(book, tmp_path):
    hostile = changed(book, lambda name, data: data.replace(b"</section>\n</body>", f"{BAD}</section></body>".encode()))
    put_issue(tmp_path, WEEK, files=[rendition("tuan-tin.epub", hostile)])
    refresh_shelf(tmp_path)

    for page in in_order(tmp_path):
        tags = {tag for tag, _ in page.elements}
        names = {name for _, attributes in page.elements for name in attributes}
        loaded = [value for _, attributes in page.elements for value in (attributes.get("src"),) if value]
        assert tags & {"script", "iframe", "object", "svg", "form"} == set()
        assert [name for name in names if name.startswith("on") or name == "style"] == []
        assert [value for value in loaded if ":" in value or "/" in value] == []
        assert {re.match(r"[\w-]+:|//", str(a["href"])) and str(a["href"])[:8] for a in page.all("a")} <= {
            None,
            "https://",
        }
        assert "ABC" in page.text.replace("\n", "")
        assert "evil" not in page.path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "change",
    [
        lambda name, data: data.replace(b"</html>", b"") if name.endswith("contents.xhtml") else data,
        lambda name, data: b"<broken" if name.endswith(".opf") else data,
        lambda name, data: data.replace(b'epub:type="bodymatter"', b""),
    ],
    ids=["a document", "the package", "no article"],
)
def test_an_e_book_that_cannot_be_read_has_none_and_the_issue_stays_listed(book, tmp_path, change):
    put_issue(tmp_path, WEEK, files=[rendition("tuan-tin.epub", changed(book, change))])

    refreshed = refresh_shelf(tmp_path)

    assert (refreshed.issues, (tmp_path / FOLDER).exists()) == (1, False)
    assert FOLDER not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_an_e_book_that_is_not_as_it_was_published_has_none(book, tmp_path):
    file, data = rendition("tuan-tin.epub", book)
    put_issue(tmp_path, WEEK, files=[(file, data[:-1] + b"\x01")])
    refresh_shelf(tmp_path)

    assert not (tmp_path / FOLDER).exists()


@pytest.mark.campaign
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_them_and_nothing_is_wider_than_the_screen(shelf, tmp_path, width):
    browser = shutil.which("chromium") or pytest.skip("chromium is not installed")
    if not AXE.is_file():
        pytest.skip("axe-core, which comes with Ace, is not in .tools")
    folder = shutil.copytree(shelf, tmp_path / "shelf") / FOLDER / WEEK
    shutil.copy(AXE, folder)
    script = (
        '<script src="axe.min.js"></script><script>const wide = document.documentElement.scrollWidth > innerWidth;'
        "axe.run().then(r => parent.postMessage(JSON.stringify([wide, r.violations.map(v => v.id)]), '*'))</script>"
    )
    for path in folder.glob("*.html"):
        path.write_text(path.read_text(encoding="utf-8").replace("</body>", f"{script}</body>"), encoding="utf-8")
        frame = tmp_path / "frame.html"
        frame.write_text(
            "<pre></pre><script>onmessage = e => document.querySelector('pre').textContent = e.data</script>"
            f'<iframe src="{path.as_uri()}" style="width: {width}px; height: 800px"></iframe>'
        )
        command = [browser, "--headless=new", "--no-sandbox", "--allow-file-access-from-files"]
        said = subprocess.run(
            [*command, "--virtual-time-budget=9000", "--dump-dom", frame.as_uri()],
            capture_output=True, text=True, check=True, timeout=60,
        ).stdout  # fmt: skip

        assert json.loads(re.search("<pre>(.*?)</pre>", said)[1]) == [False, []], path.name


def test_pages_of_documents_that_were_seen_before_are_the_same_and_are_not_made_again(shelf, book, tmp_path):
    made_anew = []

    def keep(kind, of, made_of, make):
        def counted():
            made_anew.append(kind)
            return make()

        return Memo(Cache(tmp_path / "cache")).keep(kind, of, made_of, counted)

    counts = []
    for name in ("first", "second"):
        put_issue(tmp_path / name, WEEK, files=[rendition("tuan-tin.epub", book)])
        refresh_shelf(tmp_path / name, keep=keep)
        counts.append(made_anew.count("webpages"))
        made_anew.clear()

        assert listing(tmp_path / name / FOLDER) == listing(shelf / FOLDER)

    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        package = next(archive.read(name) for name in archive.namelist() if name.endswith(".opf"))
    assert counts == [package.count(b"<itemref"), 0]
