"""Finished files and their proof, without an engine: what is written, what is proved, what stops an issue."""

import datetime as dt
import hashlib
import io
import zipfile
from importlib import metadata

import pytest
from msgspec.structs import replace

from publisher import __version__
from publisher.automation.digest.finishing import finish
from publisher.automation.digest.judging import Judge
from publisher.automation.digest.understanding import Understood
from publisher.automation.issues.proof import File, Judged, Proof, read_proof, sha256
from publisher.automation.log import Log
from publisher.automation.memo import Memo
from publisher.compiling import compile_issue
from publisher.config import OutputSettings, Policy, load_settings
from publisher.config.settings import Evidence, PressSettings
from publisher.errors import StrictError
from publisher.model import Article, IssuePlan, Problem, Written
from tests.automation.digests import SETTINGS, Answers

ISSUE = compile_issue([Article(headline="Cầu", language="vi")], IssuePlan())
DRAFT = Proof(
    series="lam-chau",
    week="2026-W12",
    title="Tuần",
    number=None,
    date=dt.date(2026, 3, 22),
    first_day=dt.date(2026, 3, 16),
    language="vi",
    identifier="urn:x",
    generator="",
    versions={},
    settings="",
    files=(),
    articles=(),
)
NO_MEMO = Memo(None)
PICTURE = b"\x89PNG cover"
MISSING = Problem(code="missing-picture", message="no such picture", where="cau.md")
TWICE = Problem(code="duplicate-article", message="it came twice")


def book(*manifest: str, folder: str = "EPUB/") -> bytes:
    """An e-book of a package with these items, and a picture."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        items = "".join(manifest)
        archive.writestr(
            f"{folder}package.opf",
            f'<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest></package>',
        )
        archive.writestr(f"{folder}pictures/bia.png", PICTURE)
    return file.getvalue()


COVER = '<item href="pictures/bia.png" media-type="image/png" properties="svg cover-image"/>'
OTHERS = (
    '<item href="a.xhtml" media-type="application/xhtml+xml"/>',
    '<item href="pictures/khac.png" media-type="image/png" properties="svg"/>',
    '<item href="bia.svg" media-type="image/svg+xml" properties="cover-image"/>',
)


class Desk:
    """Settings, a folder for the files, and a bindery that gives the files it was told to."""

    def __init__(self, folder):
        (folder / "digest.toml").write_text(SETTINGS)
        (folder / "issue").mkdir()
        self.folder = folder / "issue"
        self.settings = load_settings(folder / "digest.toml")
        self.said = []
        self.log = Log(lambda: dt.datetime(2026, 3, 23, tzinfo=dt.UTC), self.said.append)
        self.files = {}
        self.shown = []

    def ask(self, **tables):
        self.settings = replace(self.settings, **tables)

    def make(self, issue, sources, tell, meanwhile):
        assert (issue, sources) == (ISSUE, ())
        return self.files

    def beside(self, issue, kind, made_of, make):
        return Written(data=make())

    def finish(self, memo=NO_MEMO, **files) -> Proof:
        """The proof of files by their suffix."""
        self.files = {self.folder / f"tuan.{suffix}": file for suffix, file in files.items()}
        understood = Understood(issue=ISSUE, sources=(), draft=DRAFT)
        judge = Judge(self.settings.policy, memo, None, self.log)
        begin_webpages = lambda draft, book: self.shown.append((draft, book))  # noqa: E731
        return finish(understood, self.settings, self, self.folder, judge, self.log, begin_webpages)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_the_proof_names_every_file_as_it_lies_in_the_folder(desk):
    epub = book(*OTHERS, COVER)
    outputs = (
        OutputSettings(file="tuan.pdf", press=PressSettings()),
        OutputSettings(file="tuan.epub", profile="kindle"),
    )
    desk.ask(outputs=outputs)

    proof = desk.finish(pdf=Written(data=b"%PDF-", page_count=4), epub=Written(data=epub))

    assert proof.files == (
        File(
            name="tuan.pdf",
            media_type="application/pdf",
            bytes=5,
            sha256=sha256(b"%PDF-"),
            format="pdf",
            press=True,
            pages=4,
        ),
        File(
            name="tuan.epub",
            media_type="application/epub+zip",
            bytes=len(epub),
            sha256=sha256(epub),
            format="epub",
            profile="kindle",
        ),
    )
    assert proof.cover == File(
        name="cover.png", media_type="image/png", bytes=len(PICTURE), sha256=sha256(PICTURE), format=None
    )
    assert {path.name: path.read_bytes() for path in desk.folder.iterdir() if path.name != "issue.json"} == {
        "tuan.pdf": b"%PDF-",
        "tuan.epub": epub,
        "cover.png": PICTURE,
    }
    assert read_proof(desk.folder / "issue.json") == proof
    assert (desk.said[0].stage, desk.said[0].message) == ("make", "made 2 files")


def test_the_proof_says_what_it_was_made_with_and_keeps_what_the_draft_said(desk):
    proof = desk.finish(epub=Written(data=book()))

    assert proof.generator == f"publisher {__version__}"
    assert proof.versions == {
        "publisher": __version__,
        **{
            package: metadata.version(package)
            for package in ("weasyprint", "pydyf", "pikepdf", "ebooklib", "fonttools", "pillow")
        },
    }
    assert (proof.series, proof.identifier, proof.first_day) == ("lam-chau", "urn:x", dt.date(2026, 3, 16))
    assert proof.files[0].profile is None
    assert not proof.files[0].press


@pytest.mark.parametrize(
    ("manifest", "has_cover"),
    [
        pytest.param((COVER,), True, id="its cover"),
        pytest.param(OTHERS, False, id="none that is a picture of points"),
        pytest.param((), False, id="nothing"),
    ],
)
@pytest.mark.parametrize("folder", ["EPUB/", ""])
def test_the_cover_is_what_the_package_calls_so(desk, manifest, has_cover, folder):
    proof = desk.finish(epub=Written(data=book(*manifest, folder=folder)))

    assert (proof.cover is not None) == (desk.folder / "cover.png").exists() == has_cover


def test_an_issue_of_pages_alone_has_no_cover(desk):
    desk.ask(outputs=(OutputSettings(file="tuan.pdf"),))

    assert desk.finish(pdf=Written(data=book(COVER))).cover is None


def test_the_web_pages_are_begun_of_the_e_book_that_everybody_can_read(desk):
    outputs = (OutputSettings(file="tuan.pdf"), OutputSettings(file="tuan.epub"))
    desk.ask(outputs=outputs)
    epub = Written(data=book())

    desk.finish(pdf=Written(data=b"%PDF-"), epub=epub)
    desk.ask(outputs=(OutputSettings(file="tuan.epub", profile="kobo"),))
    desk.finish(epub=epub)

    assert desk.shown == [(DRAFT, epub)]


def test_an_issue_is_finished_though_its_web_pages_cannot_be_begun(desk, monkeypatch):
    monkeypatch.setattr(desk, "shown", None)

    assert desk.finish(epub=Written(data=book())).files


@pytest.mark.parametrize("publish", [False, True])
def test_what_it_is_made_of_is_kept_or_goes_out_with_it(desk, publish):
    desk.ask(evidence=Evidence(publish=publish))

    proof = desk.finish(epub=Written(data=book()))

    kept = desk.folder if publish else desk.settings.files.archives
    assert proof.archive_kept == (not publish)
    assert sha256((kept / proof.archive.name).read_bytes()) == proof.archive.sha256
    if not publish:
        assert proof.archive.name.startswith("lam-chau-2026-W12-")


@pytest.mark.parametrize(
    ("table", "fields", "differs"),
    [
        pytest.param("theme", {"name": "brief"}, True, id="theme"),
        pytest.param("theme", {"options": {"accent": "#123456"}}, True, id="its options"),
        pytest.param("theme", {"folders": ()}, False, id="where it lies"),
        pytest.param("evidence", {"attach": "none"}, True, id="what is attached"),
        pytest.param("evidence", {"publish": True}, False, id="where the archive goes"),
    ],
)
def test_the_digest_of_the_settings_changes_with_what_the_files_look_like(desk, table, fields, differs):
    before = desk.finish(epub=Written(data=book())).settings
    desk.ask(**{table: replace(getattr(desk.settings, table), **fields)})

    assert (desk.finish(epub=Written(data=book())).settings != before) == differs


def test_where_a_colour_profile_lies_is_no_part_of_the_digest(desk, tmp_path):
    digests = set()
    for name in ("a.icc", "b.icc", None):
        path = tmp_path / name if name else None
        desk.ask(outputs=(OutputSettings(file="tuan.pdf", press=PressSettings(output_profile=path)),))
        digests.add(desk.finish(pdf=Written(data=b"%PDF-")).settings)

    assert len(digests) == 1


def test_nor_is_the_order_in_which_options_are_written(desk):
    digests = set()
    for options in ({"accent": "#123456", "paper": "a5"}, {"paper": "a5", "accent": "#123456"}):
        desk.ask(theme=replace(desk.settings.theme, options=options))
        digests.add(desk.finish(epub=Written(data=book())).settings)

    assert len(digests) == 1


def test_what_is_asked_of_the_files_is_part_of_the_digest(desk):
    """Of the files of an issue nobody could tell otherwise why they are not those of another."""
    presses = (None, PressSettings(), PressSettings(bleed_mm=5), PressSettings(marks="crop"))
    digests = []
    for press in presses:
        desk.ask(outputs=(OutputSettings(file="tuan.pdf", press=press),))
        digests.append(desk.finish(pdf=Written(data=b"%PDF-")).settings)

    assert len(set(digests)) == len(presses)


def test_problems_are_warnings_but_for_those_that_are_overlooked_and_stand_in_the_proof(desk):
    proof = desk.finish(epub=Written(data=book(), problems=(MISSING, TWICE)))

    assert proof.problems == (MISSING, TWICE)
    assert desk.log.warnings == ["cau.md: no such picture [missing-picture]"]
    assert [(each.stage, each.outcome, each.message, each.code) for each in desk.said if each.code] == [
        ("make", "warning", "cau.md: no such picture [missing-picture]", "missing-picture"),
        ("make", "ok", "it came twice [duplicate-article]", "duplicate-article"),
    ]


@pytest.mark.parametrize(
    ("problems", "message"),
    [
        pytest.param((TWICE,), None, id="overlooked"),
        pytest.param(
            (TWICE, MISSING),
            "the issue is not published for one problem, as policy.problems asks. The first: "
            "cau.md: no such picture [missing-picture]",
            id="one",
        ),
        pytest.param(
            (MISSING, replace(MISSING, where="seu.md")),
            "the issue is not published for 2 problems, as policy.problems asks. The first: "
            "cau.md: no such picture [missing-picture]",
            id="two",
        ),
    ],
)
def test_a_problem_stops_an_issue_whose_policy_has_it_so(desk, problems, message):
    desk.ask(policy=Policy(problems="stop", checks="none"))

    if message is None:
        assert desk.finish(epub=Written(data=book(), problems=problems)).problems == problems
        return
    with pytest.raises(StrictError) as raised:
        desk.finish(epub=Written(data=book(), problems=problems))
    assert str(raised.value) == message
    assert list(desk.folder.iterdir()) == []


def test_what_the_check_found_is_in_the_proof(desk):
    desk.ask(policy=Policy(checks="error"))

    memo = Answers()

    proof = desk.finish(epub=Written(data=book()), memo=memo)

    ((_, _, (checked, *_)),) = memo.asked
    assert checked == hashlib.sha256(book()).hexdigest()
    assert proof.checks == (Judged(file="tuan.epub", summary="EPUB 3.3"),)
