"""Documents that have been seen before: what is found is what a look without memory finds, whatever is around them."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.checking import look
from publisher.checking.budget import Budget
from publisher.checking.epub import look_at_epub
from publisher.checking.epub.document import CheckedDocument, DocumentSetting, Facts
from publisher.checking.epub.survey import survey
from publisher.model import Finding
from publisher.model.pagemarks import page_mark
from publisher.seams import Keep, made_anew
from tests.checking.conftest import made
from tests.checking.test_epub_defects import (
    DOCUMENTS,
    METADATA,
    NAVIGATION,
    PACKAGING,
    STYLES,
    Members,
    Spoil,
    article,
    in_article,
    spoilt,
)
from tests.checking.watching import Watched


def book() -> bytes:
    """Some articles, with pictures and related news."""
    return made(".epub", "compilation", many=True)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("seen")
    look(book(), "a.epub", keep=Memo(Cache(folder)).keep)
    return folder


def test_the_same_documents_are_not_surveyed_again(seen: Path) -> None:
    watched = Watched(seen)

    assert look(book(), "a.epub", keep=watched.keep) == look(book(), "a.epub")
    assert watched.kinds["documents"] == 0


def test_of_a_book_with_another_article_only_that_is_surveyed(seen: Path) -> None:
    changed = spoilt(book(), in_article("<h2", '<h4 class="new"> </h4><h2'))
    watched = Watched(seen)

    again = look(changed, "a.epub", keep=watched.keep)

    assert again == look(changed, "a.epub") != look(book(), "a.epub")
    assert watched.kinds["documents"] == 1


@pytest.mark.sample(3)
@pytest.mark.parametrize(("spoil", "expected"), [*PACKAGING, *METADATA, *DOCUMENTS, *NAVIGATION, *STYLES])
def test_a_planted_defect_is_found_beside_documents_that_were_seen(spoil: Spoil, expected: object, seen: Path) -> None:
    bad = spoilt(book(), spoil)

    assert look(bad, "a.epub", keep=Memo(Cache(seen)).keep) == look(bad, "a.epub")


def test_a_document_whose_pages_have_moved_is_known_again(tmp_path: Path) -> None:
    def facts_of(*pages: int, keep: Keep = made_anew) -> Facts:
        head = b'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        others = '<p id="a-one">a</p><span role="doc-pagebreak" id="p3" title="3"></span>'
        data = head + "".join([*map(page_mark, pages), others]).encode() + b"</body></html>"
        setting = DocumentSetting(path="a.xhtml", size=9, is_document=True, in_spine=True, languages=("vi",))
        return survey(setting, data, keep)

    watched = Watched(tmp_path)
    facts_of(7, 9, keep=watched.keep)
    watched.kinds.clear()

    again = facts_of(4, 5, keep=watched.keep)

    assert again == facts_of(4, 5) != facts_of(7, 9)
    assert [each.anchor for each in again.breaks] == ["page-4", "page-5", "p3"]
    assert watched.kinds["documents"] == 0


def test_a_link_whose_end_is_gone_is_found_in_a_document_that_was_seen(seen: Path) -> None:
    def renamed(members: Members) -> None:
        text = members[article(members)].decode()
        members[article(members)] = text.replace(' id="a-ba-xa', ' id="z-ba-xa').encode()

    changed = spoilt(book(), renamed)
    watched = Watched(seen)

    again = look(changed, "a.epub", keep=watched.keep)

    assert again == look(changed, "a.epub")
    assert watched.kinds["documents"] == 1


def test_a_look_that_was_cut_short_is_not_kept(tmp_path: Path) -> None:
    memo = Memo(Cache(tmp_path))
    look_at_epub(book(), "a.epub", Budget(0, seconds=-1), memo.keep)

    assert look(book(), "a.epub", keep=memo.keep) == look(book(), "a.epub")


def test_damaged_and_foreign_entries_are_surveyed_again(tmp_path: Path) -> None:
    look(book(), "a.epub", keep=Memo(Cache(tmp_path)).keep)
    paths = sorted(tmp_path.glob("*/*/*"))
    of_another_form = msgspec.msgpack.encode({"findings": "none"})
    for number, path in enumerate(paths):
        data = path.read_bytes()
        cut, changed = data[: len(data) // 2], data[:40] + b"?" + data[41:]
        path.write_bytes([cut, changed, hashlib.sha256(of_another_form).digest() + of_another_form][number % 3])
    watched = Watched(tmp_path)

    assert look(book(), "a.epub", keep=watched.keep) == look(book(), "a.epub")
    assert watched.kinds["documents"] == len(paths) > 5


def test_what_a_failing_rule_left_incomplete_is_not_kept(tmp_path: Path) -> None:
    def failing(document: CheckedDocument) -> Iterator[Finding]:
        yield document.found("empty-tag", "warning", "seen before it failed")
        raise MemoryError

    setting = DocumentSetting(path="EPUB/a.xhtml", size=9, is_document=True, in_spine=True, languages=("vi",))
    data = b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>A</title></head><body><p>a</p></body></html>'
    watched = Watched(tmp_path)

    facts = [survey(setting, data, watched.keep, rules) for rules in ((failing,), (failing,), ())]

    assert [each.findings for each in facts][:1] == [each.findings for each in facts][1:2]
    assert [finding.code for finding in facts[0].findings] == ["empty-tag", "part-failed"]
    assert facts[0].findings[1].message == (
        "the check of the test_epub_survey of the document failed (MemoryError); its other parts went on"
    )
    assert facts[2].findings == ()
    assert watched.kinds["documents"] == 1
