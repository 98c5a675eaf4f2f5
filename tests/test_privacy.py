"""Nothing leaves the house unasked: no folder, user or machine of the maker's, no comment of a Word file."""

import io
import os
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from publisher.automation.issues.proof import read_proof
from publisher.automation.mail.letter import letter
from tests.automation.digests import NOW, SETTINGS, Desk
from tests.cli.running import ODD
from tests.reading.docx.building import members, p, packed, part, r
from tests.reading.odt import building as odt
from tests.reading.rtf import building as rtf

ROOT = Path(__file__).parents[1]
TELLING = "Tran-Thi-Kin-ho-so"
"""A folder's name that would tell on its owner."""

USER = "nguoi-lam-bao-7431"
WHISPERS = ("Quan-bao-dung-in-doan-nay", "Nguoi-Gop-Y", "doan-da-bo-di")
"""A comment, its author, and words struck out."""


def report() -> bytes:
    """A Word file with a comment and a tracked deletion."""
    comment, author, struck = WHISPERS
    changed = f'<w:del w:id="1" w:author="{author}"><w:r><w:delText>{struck}</w:delText></w:r></w:del>'
    anchor = '<w:r><w:commentReference w:id="0"/></w:r>'
    body = (
        p(r("Cầu Ngòi Thia thông xe"), style="Tieu")
        + p(r("Sáng nay hàng trăm người dân hai bờ đã đến xem cây cầu mới trước giờ thông xe."), changed, anchor)
        + p(r("Cầu dài 1.250 m, rộng 22,5 m, trụ giữa sông phải khoan sâu thêm mười bốn mét."))
    )
    said = f'<w:comment w:id="0" w:author="{author}"><w:p><w:r><w:t>{comment}</w:t></w:r></w:p></w:comment>'
    return packed(
        members(
            body,
            related={"c": ("comments", "comments.xml")},
            parts={"word/comments.xml": part("comments", said)},
            core=f"<dc:creator>Minh Quân</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>",
        )
    )


def draft() -> bytes:
    """An OpenDocument text with a comment and a tracked deletion."""
    comment, author, struck = WHISPERS
    signed = f"<dc:creator>{author}</dc:creator>"
    struck = f"<text:changed-region><text:deletion>{signed}{odt.p(struck)}</text:deletion></text:changed-region>"
    body = (
        f"<text:tracked-changes>{struck}</text:tracked-changes>"
        + odt.p("Đò ngang nghỉ chạy", style="Title")
        + odt.p(
            f"Chiều nay chuyến đò cuối cùng qua bến.<office:annotation>{signed}{odt.p(comment)}</office:annotation>"
        )
    )
    return odt.packed(odt.members(body, meta=f"<meta:initial-creator>Minh Quân</meta:initial-creator>{signed}"))


def letter_of_theirs() -> bytes:
    """Rich text with a comment and a tracked deletion."""
    comment, author, struck = (rtf.u(each) for each in WHISPERS)
    said = rb"{\*\atnauthor " + author + rb"}\chatn{\*\annotation\pard " + comment + rb"\par}"
    head = rb"{\*\revtbl{Unknown;}{" + author + rb";}}{\info{\author Minh Qu\u226?n}{\operator " + author + rb"}}"
    title = rtf.p("Bến cũ thành chợ", words=rb"\s4 ")
    text = rtf.p("Sáng mai bến cũ mở phiên chợ đầu.", rb"{\deleted\revauthdel1 " + struck + rb"}", said)
    return rtf.document(title, text, head=rtf.FONTS + rtf.STYLES + head)


PROGRAM = """
import sys
from publisher.cli import main
for command in {commands!r}:
    sys.argv = ["publisher", *command]
    try:
        main()
    except SystemExit as end:
        assert end.code in (None, 0, 20), command
"""


def run_in(folder: Path, *commands: tuple[str, ...], **variables: str) -> None:
    """Commands of the tool in a folder, by a user with a telling name."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    environment |= {"USER": USER, "LOGNAME": USER, "XDG_CACHE_HOME": str(folder / "cache")}
    environment |= variables
    program = [sys.executable, "-c", PROGRAM.format(commands=commands)]
    done = subprocess.run(program, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def layers(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file's bytes, and those of all that is packed in it: members of archives, streams and attachments of PDFs."""
    yield name, data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.namelist():
                yield f"{name}/{member}", member.encode()
                yield from layers(f"{name}/{member}", archive.read(member))
    elif data.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            for number, each in enumerate(pdf.objects):
                yield f"{name}#{number}", each.unparse(resolved=True)
                if isinstance(each, pikepdf.Stream):
                    yield f"{name}#{number}", readable(each)
            for attached, specification in pdf.attachments.items():
                yield from layers(f"{name}/{attached}", specification.get_file().read_bytes())


def readable(stream: pikepdf.Stream) -> bytes:
    """A stream's bytes, decoded where it is no picture."""
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:
        return stream.read_raw_bytes()


def telling(files: Iterator[Path], words: list[str]) -> list[tuple[str, str]]:
    """Which file holds which of the words, in UTF-8 or UTF-16, whatever it is packed in."""
    spellings = [(word, form) for word in words for form in (word.encode(), word.encode("utf-16-be"))]
    return [
        (where, word)
        for file in files
        for where, data in layers(file.name, file.read_bytes())
        for word, form in spellings
        if form in data
    ]


def names_of_the_maker() -> list[str]:
    """Of the folder, the user and the machine; a name too common to mean anything is left out."""
    machine = {socket.gethostname(), socket.getfqdn()} - {"localhost"}
    return [TELLING, USER, str(ROOT), *(name for name in machine if len(name) > 5)]


EAST = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
WEST = {
    "TZ": "America/Los_Angeles",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "vi_VN.UTF-8",
    "PYTHONHASHSEED": "4242",
    "SOURCE_DATE_EPOCH": "1",
}


def pages(folder: Path) -> None:
    """A text with a problem, a manuscript with a picture that is missing, documents of word processors."""
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text(ODD, encoding="utf-8")
    (folder / "b.md").write_text("# Sếu về bãi Cồn Muối\n\n![Sếu](khong-co.jpg)\n\nĐoàn kiểm đếm ghi được 214 con.\n")
    (folder / "c.docx").write_bytes(report())
    (folder / "e.odt").write_bytes(draft())
    (folder / "f.rtf").write_bytes(letter_of_theirs())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same pages made in two folders, named by their whole paths, at two clocks and in two languages."""
    places = {}
    for name, variables in ((TELLING, EAST), ("khac", WEST)):
        place = places[name] = tmp_path_factory.mktemp("nha") / name
        pages(place / "pages")
        names = ("a.pdf", "a.epub", "a.kepub.epub")
        outputs = [word for name in names for word in ("-o", str(place / name))]
        run_in(
            place,
            ("compile", str(place / "pages"), "--attach", "sources", *outputs),
            ("compile", str(place / "pages"), "-o", str(place / "press.pdf"), "--print"),
            **variables,
        )
    return places


def test_no_file_tells_who_made_it_and_where(made):
    files = [path for path in sorted(made[TELLING].iterdir()) if path.suffix in (".pdf", ".epub")]

    assert [file.name for file in files] == ["a.epub", "a.kepub.epub", "a.pdf", "press.pdf"]
    assert telling(iter(files), names_of_the_maker()) == []


@pytest.mark.parametrize("name", ["a.epub", "a.kepub.epub", "a.pdf", "press.pdf"])
def test_another_folder_in_another_place_gives_the_same_bytes(made, name):
    here, there = ((made[place] / name).read_bytes() for place in (TELLING, "khac"))

    assert here == there


def test_nothing_of_a_comment_or_a_deletion_is_in_any_file(made):
    files = [path for path in sorted(made[TELLING].iterdir()) if path.suffix in (".pdf", ".epub")]

    assert telling(iter(files), list(WHISPERS)) == []


def test_a_word_file_that_is_named_goes_along_whole(made, tmp_path):
    source = made[TELLING] / "pages" / "c.docx"
    run_in(tmp_path, ("brief", str(source), "-o", "named.pdf", "--attach-source", "c.docx"))

    with pikepdf.open(tmp_path / "named.pdf") as pdf:
        attached = {name: each.get_file().read_bytes() for name, each in pdf.attachments.items()}
    assert source.read_bytes() in attached.values()
    assert {word for _, word in telling(iter([tmp_path / "named.pdf"]), list(WHISPERS))} == set(WHISPERS)


@pytest.fixture(scope="module")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The desk of a digest in a folder with a telling name, an issue of it on the shelf; a source of it is missing."""
    folder = tmp_path_factory.mktemp("nha") / TELLING
    pages(folder / "pages" / "2026-W12")
    (folder / "pages" / "2026-W12" / "d.txt").write_bytes(b"")
    settings = SETTINGS.replace('checks = "none"', 'validators = "skip"')
    outputs = '[[outputs]]\nfile = "lam-chau-{week}.pdf"\n\n[shelf]'
    missing = f'[[sources]]\nfrom = "{folder}/khong-co"\n\n[[outputs]]'
    settings = settings.replace("[shelf]", outputs).replace("[[outputs]]", missing, 1)
    desk = Desk(folder, settings + '[evidence]\nattach = "sources"\n')
    desk.run("2026-W12")
    return folder


def test_nothing_on_a_shelf_tells_who_made_it_and_where(shelved):
    files = [path for path in sorted((shelved / "shelf").rglob("*")) if path.is_file() and path.name != ".lock"]

    assert {path.name for path in files} >= {
        "issue.json",
        "lam-chau-2026-W12.pdf",
        "lam-chau-2026-W12.epub",
        "feed.xml",
    }
    assert telling(iter(files), [*names_of_the_maker(), *WHISPERS]) == []


def test_what_an_issue_was_made_from_tells_no_more_than_the_pages_themselves(shelved):
    (archive,) = (shelved / "archives").iterdir()

    assert telling(iter([archive]), names_of_the_maker()) == []
    assert {word for _, word in telling(iter([archive]), list(WHISPERS))} == set(WHISPERS)


def test_a_message_tells_no_more_than_the_issue(shelved, tmp_path):
    issue = shelved / "shelf" / "issues" / "2026-W12"
    proof = read_proof(issue / "issue.json")
    (book,) = (file for file in proof.files if file.format == "epub")
    message = tmp_path / "message"
    message.write_bytes(
        letter(
            proof, book, (issue / book.name).read_bytes(), sender="tin@bao.example", recipient="doc@x.example", now=NOW
        )
    )

    assert telling(iter([message]), [*names_of_the_maker(), *WHISPERS]) == []
