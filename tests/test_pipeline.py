"""The main job, end to end: pages in, a PDF and an e-book out, true in every link and number, twice the same."""

import io
import json
import os
import posixpath
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from publisher.errors import InputError, OptionError, OutputError, RenderingError, StrictError
from publisher.model import IssuePlan
from publisher.pipeline import Edition, Means, Request, outputs_for, publish
from publisher.writing.pdf import Limits
from tests.cli.running import ODD, listing, page
from tests.paging import paged
from tests.test_privacy import EAST, WEST
from tests.validators import ace, epubcheck, verapdf, verapdf_all
from tests.writing.pdf.pages import bookmarks, dead_links, fold, link_targets, pages
from tests.writing.pdf.test_filling import assert_filled

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(
    path for path in (ROOT / "examples").glob("*") if path.suffix in (".txt", ".md") and path.stem != "README"
)
XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def compiled(sources, folder, **fields):
    """The outcome of a compilation to an e-book and a PDF in one request, in ``folder``."""
    outputs = (folder / "all.epub", folder / "all.pdf")
    edition = Edition(outputs=outputs_for(outputs), theme="compilation")
    return publish(Request(references=tuple(map(str, sources)), edition=edition, **fields))


@pytest.fixture(scope="session", params=["examples", pytest.param("real pages too", marks=pytest.mark.campaign)])
def sources(request):
    """All of our examples; with the real pages, where they are."""
    if request.param == "examples":
        return EXAMPLES
    corpus = request.getfixturevalue("shared") / "corpus" / "text"
    return [*EXAMPLES, *sorted(corpus.glob("*.txt"))]


@pytest.fixture(scope="session")
def folder(sources, tmp_path_factory):
    return tmp_path_factory.mktemp("compilation")


@pytest.fixture(scope="session")
def outcome(sources, folder):
    return compiled(sources, folder, plan=IssuePlan(title="Tuần tin", number="12", language="vi"))


@pytest.fixture(scope="session")
def book(outcome, folder):
    """The e-book's members by name."""
    with zipfile.ZipFile(folder / "all.epub") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def pdf(outcome, folder):
    return folder / "all.pdf"


@pytest.fixture(scope="session")
def texts(pdf):
    """The words of each page of the PDF, in one line."""
    return [fold(" ".join(word.text for word in page.words)) for page in pages(pdf)]


def squeezed(text):
    """A text without white space, marks of hyphenation and case: for what may be broken over lines anywhere."""
    return re.sub(r"[\s‐-]", "", text).casefold()


def test_all_pages_are_in_one_issue(sources, outcome):
    assert len(outcome.issue.articles) == len(sources) >= 8
    assert len(outcome.issue.appendix) >= 3
    assert [problem for problem in outcome.problems if problem.code == "engine-warning"] == []
    assert any(item.full_article for section in outcome.issue.appendix for item in section.items)
    assert any(len(item.mentions) > 1 for section in outcome.issue.appendix for item in section.items)


def test_each_page_that_the_book_lists_begins_with_the_first_words_of_that_page_of_the_pdf(outcome, folder):
    anchors = outcome.written[folder / "all.pdf"].pages

    found = paged(folder / "all.pdf", folder / "all.epub", anchors, "compilation")

    assert found.listed == list(range(1, len(found.texts) + 1))
    assert found.mismatches() == []


class TestBook:
    @pytest.mark.conformance
    def test_epubcheck_finds_nothing(self, outcome, folder):
        assert [message for message in epubcheck(folder / "all.epub") if not message.startswith("USAGE")] == []

    @pytest.mark.conformance
    def test_ace_finds_nothing(self, outcome, folder):
        assert ace(folder / "all.epub") == []

    def test_contents_spine_landmarks_and_ncx_agree(self, outcome, book):
        opf_name = next(name for name in book if name.endswith(".opf"))
        base = posixpath.dirname(opf_name)
        opf = ET.fromstring(book[opf_name])  # noqa: S314
        files = {item.get("id"): posixpath.join(base, item.get("href")) for item in opf.iter(f"{OPF}item")}
        spine = [files[item.get("idref")] for item in opf.iter(f"{OPF}itemref")]
        nav_name = next(files[i.get("id")] for i in opf.iter(f"{OPF}item") if "nav" in (i.get("properties") or ""))
        ncx_name = next(name for name in book if name.endswith(".ncx"))
        nav, ncx = ET.fromstring(book[nav_name]), ET.fromstring(book[ncx_name])  # noqa: S314

        def targets(kind):
            element = next(e for e in nav.iter(f"{XHTML}nav") if e.get(EPUB_TYPE) == kind)
            return [
                (fold("".join(a.itertext())), posixpath.join(posixpath.dirname(nav_name), a.get("href")))
                for a in element.iter(f"{XHTML}a")
            ]

        contents, landmarks = targets("toc"), targets("landmarks")
        in_ncx = [
            (
                fold("".join(point.find(f"{NCX}navLabel").itertext())),
                posixpath.join(posixpath.dirname(ncx_name), point.find(f"{NCX}content").get("src")),
            )
            for point in ncx.iter(f"{NCX}navPoint")
        ]
        assert contents == in_ncx
        documents = list(dict.fromkeys(target.partition("#")[0] for _, target in contents))
        assert documents == [name for name in spine if name in documents], "in the order of the spine"
        assert len(spine) == len(documents) + 3, "the cover, the title page and the contents themselves besides"
        assert {target.partition("#")[0] for _, target in landmarks} <= set(spine)
        headlines = [fold(placed.article.headline) for placed in outcome.issue.articles]
        assert [words for words, _ in contents][: len(headlines)] == headlines

    def test_every_link_leads_to_something_in_the_book_or_to_the_web(self, book):
        anchors = {
            (name, element.get("id"))
            for name, data in book.items()
            if name.endswith(".xhtml")
            for element in ET.fromstring(data).iter()  # noqa: S314
            if element.get("id")
        }
        dead, count = [], 0
        for name, data in book.items():
            if not name.endswith(".xhtml"):
                continue
            for element in ET.fromstring(data).iter():  # noqa: S314
                address = element.get("href") or element.get("src")
                if address is None or address.startswith(("http://", "https://", "mailto:")):
                    continue
                count += 1
                path, _, anchor = address.partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
                if target not in book or (anchor and (target, anchor) not in anchors):
                    dead.append((name, address))

        assert dead == []
        assert count > 100


class TestPdf:
    @pytest.mark.conformance
    def test_it_is_what_it_says_it_is(self, pdf):
        assert verapdf(pdf, "ua1", "3a") == []

    def test_every_link_and_bookmark_leads_to_a_page(self, pdf):
        assert dead_links(pdf) == []
        assert len(link_targets(pdf)) > 40

    def test_every_article_stands_on_the_page_that_is_named_for_it(self, outcome, pdf, texts):
        written = outcome.written[pdf]

        assert len(texts) == written.page_count
        for placed in outcome.issue.articles:
            assert squeezed(placed.article.headline) in squeezed(texts[written.pages[placed.id] - 1])

    def test_the_contents_name_those_pages(self, outcome, pdf, texts):
        written = outcome.written[pdf]
        contents = squeezed(texts[0])

        for placed in outcome.issue.articles:
            headline = squeezed(placed.article.headline)
            _, found, contents = contents.partition(headline)
            assert found, headline
            assert contents.startswith(str(written.pages[placed.id])), headline
            assert headline in squeezed(texts[written.pages[placed.id] - 1])

    def test_the_pages_named_in_the_appendix_are_those_of_the_articles(self, outcome, pdf, texts):
        written = outcome.written[pdf]
        appendix = " ".join(texts[written.pages["appendix"] - 1 : written.pages["colophon"]])
        articles = {placed.id: placed.article for placed in outcome.issue.articles}
        named = [int(number) for number in re.findall(r"(?<=tr\. )\d+", appendix)]

        items = [item for section in outcome.issue.appendix for item in section.items]
        expected = [
            *(written.pages[id_] for id_ in {item.mentions[0] for item in items}),
            *(written.pages[item.full_article] for item in items if item.full_article),
            *(written.pages[id_] for item in items for id_ in item.mentions[1:]),
        ]
        assert sorted(named) == sorted(expected)
        for number in set(named):
            assert any(squeezed(article.headline) in squeezed(texts[number - 1]) for article in articles.values()), (
                number
            )

    def test_every_link_of_contents_and_appendix_leads_to_a_page_that_is_named(self, outcome, pdf):
        written = outcome.written[pdf]
        named = set(written.pages.values())

        assert {to for _, to in link_targets(pdf)} <= named

    def test_bookmarks_are_the_contents_in_order(self, outcome, pdf):
        headlines = [(1, fold(placed.article.headline)) for placed in outcome.issue.articles]
        titles = [(depth, fold(title)) for depth, title in bookmarks(pdf)]

        assert titles == [*headlines, (1, "Tin liên quan")]

    def test_a_weekly_issue_of_the_eight_examples_has_at_most_ten_pages_and_an_eighth_of_them_blank(self, sources, pdf):
        if sources != EXAMPLES:
            pytest.skip("there are other pages too")
        assert_filled(pdf)

    def test_no_page_is_blank(self, texts):
        assert [number for number, text in enumerate(texts, start=1) if len(text) < 40] == []


RUN = """
import sys
from publisher.cli import main
sys.argv = ["publisher", *sys.argv[1:]]
main()
"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """The same pages compiled in other folders, time zones, locales and with other seeds of hashing."""
    made = {}
    for place, environment in (("east", EAST), ("west", WEST)):
        folder = tmp_path_factory.mktemp(place) / f"thư mục {place}"
        sources = folder / "pages"
        sources.mkdir(parents=True)
        for example in (EXAMPLES[0], EXAMPLES[-1]):
            (sources / example.name).write_bytes(example.read_bytes())
        (sources / "pictures").symlink_to(ROOT / "examples" / "pictures")
        run = subprocess.run(
            [sys.executable, "-c", RUN, "compile", "pages", "-o", "a.epub", "-o", "a.pdf"],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr.decode()
        made[place] = {suffix: (folder / f"a.{suffix}").read_bytes() for suffix in ("epub", "pdf")}
    return made


@pytest.mark.campaign  # Of one text with everything it is asked in test_privacy.py.
@pytest.mark.parametrize("suffix", ["epub", "pdf"])
def test_the_same_pages_give_the_same_bytes_anywhere(elsewhere, suffix):
    results = {made[suffix] for made in elsewhere.values()}

    assert len(results) == 1
    assert len(results.pop()) > 10_000


@pytest.mark.campaign
def test_nothing_of_this_machine_is_in_the_files(elsewhere):
    made = elsewhere["east"]
    with zipfile.ZipFile(io.BytesIO(made["epub"])) as archive, pikepdf.open(io.BytesIO(made["pdf"])) as pdf:
        parts = [archive.read(name) for name in archive.namelist()]
        parts += [attached.get_file().read_bytes() for attached in pdf.attachments.values()]
        parts += [made["pdf"]]

    assert len(parts) > 10
    assert [part for part in parts if b"/pytest-" in part or str(ROOT).encode() in part] == []


class TestAtomicity:
    """What fails leaves everything as it was."""

    @pytest.fixture
    def here(self, tmp_path):
        page(tmp_path)
        page(tmp_path, ODD, "odd.txt")
        (tmp_path / "a.pdf").write_bytes(b"old")
        return tmp_path

    @pytest.mark.parametrize(
        ("fields", "error", "message"),
        [
            pytest.param(
                {"limits": Limits(deadline_s=0.01)},
                RenderingError,
                "the PDF could not be made: it took more than 0.01 seconds. Make a smaller issue",
                id="deadline",
            ),
            pytest.param(
                {"options": {"paper": "A6"}},
                OptionError,
                "option 'paper' does not take 'A6'. There is: A4, A5, letter.",
                id="option",
            ),
            pytest.param(
                {"references": ("odd.txt",), "strict": True},
                StrictError,
                "one problem was found and none is allowed, so nothing was written. The first: {folder}/odd.txt: "
                "17/10 has no year on the page; 2025 was inferred from the other dates on it [inferred-date]",
                id="strict",
            ),
            pytest.param(
                {"outputs": ("a.pdf", "a.epub", "b.mobi")},
                OutputError,
                "cannot write {folder}/b.mobi: '.mobi' names no format that is made here. There is: .epub, .pdf.",
                id="a suffix after good ones",
            ),
            pytest.param(
                {"outputs": ("a.pdf", "a.epub", "missing/b.epub"), "limits": Limits(deadline_s=0)},
                OutputError,
                "cannot write {folder}/missing/b.epub: there is no folder {folder}/missing. Make the folder first.",
                id="a folder after good ones, before any work",
            ),
            pytest.param(
                {"references": ()},
                InputError,
                "there is nothing to read: no source was named. Name a file, a folder, or - for standard input.",
                id="no source",
            ),
        ],
    )
    def test_a_failure_writes_nothing(self, here, fields, error, message):
        before = listing(here)
        fields = {"references": ("page.txt",), "outputs": ("a.pdf", "a.epub"), **fields}
        fields["references"] = tuple(str(here / name) for name in fields["references"])
        outputs = [here / name for name in fields.pop("outputs")]
        theme = {name: fields.pop(name) for name in ("theme", "theme_folders", "options", "limits") if name in fields}

        with pytest.raises(error) as caught:
            publish(Request(edition=Edition(outputs=outputs_for(outputs), **{"theme": "brief"} | theme), **fields))

        assert str(caught.value) == message.format(folder=here)
        assert listing(here) == before

    def test_memory_that_runs_out_writes_nothing(self, here):
        before = listing(here)

        with pytest.raises(RenderingError, match=r"100 MiB of memory\. Make a smaller issue"):
            publish(
                Request(
                    references=(str(here / "page.txt"),),
                    edition=Edition(
                        outputs=outputs_for([here / "a.pdf", here / "a.epub"]),
                        theme="brief",
                        limits=Limits(memory_bytes=100 * 1024**2),
                    ),
                )
            )

        assert listing(here) == before

    def test_progress_is_told_stage_by_stage(self, here):
        told = []

        publish(
            Request(
                references=(str(here / "page.txt"),),
                edition=Edition(outputs=outputs_for([here / "a.pdf", here / "a.epub"]), theme="brief"),
            ),
            Means(progress=lambda stage, done, total: told.append((stage, done, total))),
        )

        assert list(dict.fromkeys(told)) == [("read", 1, 1), ("lay out", 1, 1), ("write", 1, 2), ("write", 2, 2)]


HOSTILE = """\
---
title: "<script>alert(1)</script> {{ 7*7 }} </style>"
author: "\\"; } * { display: none }"
url: file:///etc/passwd
date: 2026-03-21
language: vi
---

Một đoạn với [một liên kết](javascript:alert(1)), [một tệp](file:///etc/passwd) và <img src=x onerror=alert(1)>.

![Mật khẩu](file:///etc/passwd)

![Leo ra ngoài](../../../../../../etc/passwd)

![Bom](bomb.png)

{% include "/etc/passwd" %} {{ ''.__class__.__mro__ }} <!-- ]]> &xxe;
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A page that tries everything, compiled with an innocent one."""
    folder = tmp_path_factory.mktemp("hostile")
    page(folder)
    page(folder, HOSTILE, "hostile.md")
    # 65 million pixels in a few kilobytes.
    Image.new("1", (16_000, 4_200)).save(folder / "bomb.png")
    return folder, compiled([folder / "page.txt", folder / "hostile.md"], folder)


class TestHostilePage:
    def test_it_costs_itself_its_pictures_and_its_links_and_nobody_anything_else(self, hostile):
        _, outcome = hostile

        assert len(outcome.issue.articles) == 2
        assert {problem.code for problem in outcome.problems} <= {
            "missing-picture",
            "unsafe-link",
            "dropped-content",
        }
        assert [problem.message for problem in outcome.problems if problem.code == "missing-picture"] == [
            "the picture '../../../../../../etc/passwd' is left out: it lies outside the article's folder",
            "the picture 'bomb.png' is left out: it has more than 64 million pixels",
        ]
        assert outcome.issue.assets == ()

    def test_its_words_are_printed_as_words(self, hostile):
        folder, _ = hostile

        printed = fold(" ".join(word.text for each in pages(folder / "all.pdf") for word in each.words))

        assert "<script>alert(1)</script> {{ 7*7 }} </style>" in printed
        assert "49" not in printed.split()
        assert "{% include" in printed

    def test_no_address_of_another_scheme_and_no_active_content_is_in_the_files(self, hostile):
        folder, _ = hostile

        assert dead_links(folder / "all.pdf") == []
        with pikepdf.open(folder / "all.pdf") as pdf:
            assert "/OpenAction" not in pdf.Root
            assert "/JavaScript" not in pdf.Root.get("/Names", {})
        with zipfile.ZipFile(folder / "all.epub") as archive:
            for name in archive.namelist():
                if name.endswith(".xhtml"):
                    for element in ET.fromstring(archive.read(name)).iter():  # noqa: S314
                        assert element.tag.rpartition("}")[2] not in ("script", "iframe", "object")
                        assert not any(attribute.startswith("on") for attribute in element.attrib)
                        assert (element.get("href") or "").partition(":")[0] not in ("javascript", "file", "data")

    def test_no_secret_is_in_the_files(self, hostile):
        folder, _ = hostile
        secret = Path("/etc/passwd").read_bytes().splitlines()[0]

        with zipfile.ZipFile(folder / "all.epub") as archive, pikepdf.open(folder / "all.pdf") as pdf:
            parts = [archive.read(name) for name in archive.namelist()]
            parts += [stream.read_bytes() for stream in pdf.objects if isinstance(stream, pikepdf.Stream)]

        assert [part for part in parts if secret in part] == []

    @pytest.mark.conformance
    def test_the_files_are_as_sound_as_others(self, hostile):
        folder, _ = hostile

        assert verapdf(folder / "all.pdf", "ua1") == []
        assert [message for message in epubcheck(folder / "all.epub") if not message.startswith("USAGE")] == []


@pytest.mark.conformance
@pytest.mark.campaign
def test_a_headline_in_any_script_makes_a_sound_pdf(tmp_path):
    scripts = {"chinese": "Tin 中国 và 😀", "russian": "Сегодня открыли мост", "greek": "Η νέα γέφυρα άνοιξε"}
    problems = {}
    for name, letters in scripts.items():
        source = page(tmp_path, f"---\ntitle: {letters}\nlanguage: vi\n---\n\nSáng nay cầu mở.\n", "page.md")
        edition = Edition(outputs=outputs_for([tmp_path / f"{name}.pdf"]), theme="brief")
        outcome = publish(Request(references=(str(source),), edition=edition))
        problems[name] = [problem.code for problem in outcome.problems]

    assert problems == {"chinese": ["missing-glyph"], "russian": [], "greek": []}
    assert verapdf_all([tmp_path / f"{name}.pdf" for name in scripts], "ua1") == [[], [], []]


def test_the_articles_travel_with_the_pdf_as_they_were_understood(outcome, pdf):
    with pikepdf.open(pdf) as opened:
        lines = opened.attachments["articles.jsonl"].get_file().read_bytes().decode().splitlines()

    assert [json.loads(line)["headline"] for line in lines] == [
        placed.article.headline for placed in outcome.issue.articles
    ]


class TestPicturesOfATheme:
    """``--set logo=FILE``."""

    def made(self, tmp_path, **options):
        source = page(tmp_path)
        edition = Edition(outputs=outputs_for([tmp_path / "a.pdf"]), theme="brief", options=options)
        return publish(Request(references=(str(source),), edition=edition))

    def test_a_picture_is_taken_from_wherever_it_is_and_set(self, tmp_path):
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        Image.new("RGB", (40, 20), "red").save(elsewhere / "logo.png")
        (tmp_path / "link.png").symlink_to(elsewhere / "logo.png")

        self.made(tmp_path, logo=str(tmp_path / "link.png"), logo_alt="Dấu hiệu")

        with pikepdf.open(tmp_path / "a.pdf") as pdf:
            pictures = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and "/Width" in each]

        assert [(int(each.Width), int(each.Height)) for each in pictures] == [(40, 20)]

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            pytest.param("none.png", "there is no such file", id="missing"),
            pytest.param(".", "it is not a regular file", id="a folder"),
            pytest.param("empty.png", None, id="empty"),
            pytest.param("a\0b.png", "its name is no file name", id="no file name"),
        ],
    )
    def test_a_picture_that_cannot_be_used_is_a_mistake_in_the_option(self, tmp_path, name, why):
        (tmp_path / "empty.png").write_bytes(b"")
        given = f"{tmp_path}/{name}"

        with pytest.raises(OptionError) as caught:
            self.made(tmp_path, logo=given)

        assert str(caught.value).startswith(f"option 'logo' cannot use {given!r}: {why or ''}")
        assert str(caught.value).endswith(". Name a file that is a picture")
        assert not (tmp_path / "a.pdf").exists()


def test_who_reads_may_rest_while_the_files_are_made(tmp_path):
    source = page(tmp_path)
    events = []
    means = Means(progress=lambda stage, done, total: events.append(stage), rest=lambda: events.append("rest"))
    edition = Edition(outputs=outputs_for([tmp_path / "a.pdf"]), theme="brief")

    publish(Request(references=(str(source),), edition=edition), means)

    assert list(dict.fromkeys(events)) == ["read", "rest", "lay out", "write"]
    assert events.count("rest") == 1
