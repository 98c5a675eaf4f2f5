"""An issue becomes the files of an edition: what the kept parts of them are known by."""

import errno
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.errors import ThemeError
from publisher.model import Device, Problem, Rendition, Written
from publisher.pipeline import Bindery, Edition, outputs_for
from publisher.pipeline import bindery as binderies
from publisher.pipeline.lean import LeanFile
from publisher.seams import Keep
from publisher.theming import load_theme, render
from publisher.writing import write
from publisher.writing.pdf import Limits, PdfProcess, PressOptions
from tests.theming.issues import FULL, issue, make_theme


def test_what_is_kept_is_known_by_what_its_bytes_depend_on_and_no_problem(tmp_path: Path) -> None:
    known_by = []

    def keep(kind: str, of: type, made_of: object, make: Callable[[], LeanFile]) -> LeanFile:
        known_by.append(made_of)
        return LeanFile.of(Written(data=b"PK"), {})

    problem = Problem(code="no-article", message="b.txt is empty", where="b.txt")
    edition = Edition(outputs=outputs_for([tmp_path / "a.epub", tmp_path / "a.pdf"]), theme="brief")
    clean = issue(FULL)
    with Bindery(edition, keep) as bindery:
        written = [bindery.make(each, ()) for each in (clean, replace(clean, problems=(problem,)))]

    assert known_by[:2] == known_by[2:]
    assert [problem in file.problems for files in written for file in files.values()] == [False, False, True, True]


OPENED = """
import sys
from pathlib import Path
from publisher.pipeline import Bindery, Edition, outputs_for
with Bindery(Edition(outputs=outputs_for([Path("a.epub")]), theme="brief")):
    pass
print(sorted({"babel.dates", "weasyprint"} & set(sys.modules)))
"""


def test_what_an_e_book_takes_is_loaded_while_pages_are_read(tmp_path):
    run = subprocess.run([sys.executable, "-c", OPENED], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert run.stdout == "['babel.dates']\n"


def test_a_theme_that_cannot_be_filled_says_so_when_it_is_and_not_before(tmp_path):
    make_theme(tmp_path, **{"ebook__article.xhtml": "{{ nothing }}"})
    edition = Edition(outputs=outputs_for([tmp_path / "a.epub"]), theme="own", theme_folders=(tmp_path,))

    with Bindery(edition) as bindery, pytest.raises(ThemeError) as caught:
        bindery.make(issue(FULL), ())

    assert str(caught.value) == "own:ebook/article.xhtml, line 1: 'nothing' is undefined"


def test_an_engine_that_loads_already_makes_the_first_pdf_and_no_other(tmp_path: Path) -> None:
    both = outputs_for([tmp_path / "a.pdf"]) + outputs_for([tmp_path / "b.pdf"], PressOptions())
    with PdfProcess() as loading, Bindery(Edition(outputs=both, theme="brief"), loading=loading) as bindery:
        before = loading.is_alive
        written = bindery.make(issue(FULL), ())

        assert before
        assert not loading.is_alive, "it has made its PDF"

    assert len({file.data for file in written.values()}) == 2


def test_each_pdf_is_told_of_once_as_it_is_made_anew_and_no_other(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.epub", "a.pdf", "b.pdf")]
    edition = Edition(outputs=outputs_for(paths), theme="brief")
    memo = Memo(Cache(tmp_path / "cache"))
    told = []
    for _ in range(2):
        with Bindery(edition, memo.keep) as bindery:
            written = bindery.make(issue(FULL), (), lambda output, data: told.append((output.path, data)))

    assert told == [(paths[1], written[paths[1]].data)]


def test_an_e_book_that_was_begun_while_the_pdf_was_made_is_as_one_that_was_not(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.epub", "a.pdf")]
    theme = load_theme("compilation")
    with Bindery(Edition(outputs=outputs_for(paths), theme="compilation")) as bindery:
        book, pdf = bindery.make(issue(FULL), ()).values()

    assert book.data == write(render(issue(FULL), theme, "ebook", pagination=pdf.pagination)).data


def test_an_e_book_is_bound_while_the_pdf_whose_pages_it_lists_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound = []

    def write_here(rendition: Rendition, keep: Keep) -> Written:
        bound.append(threading.current_thread())
        return write(rendition, keep)

    monkeypatch.setattr(binderies, "write", write_here)
    paths = [tmp_path / name for name in ("a.epub", "a.pdf")]
    with Bindery(Edition(outputs=outputs_for(paths), theme="brief")) as bindery:
        book, pdf = bindery.make(issue(FULL), ()).values()

    assert book.data == write(render(issue(FULL), load_theme("brief"), "ebook", pagination=pdf.pagination)).data
    assert len(bound) == 1
    assert bound[0] is not threading.main_thread()


def test_what_an_e_book_becomes_for_a_reader_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, memo = [], Memo(Cache(tmp_path / "cache"))
    adapt = binderies.for_device

    def counted(master: Written, device: Device, *others: object) -> Written:
        made.append(device)
        return adapt(master, device, *others)

    monkeypatch.setattr(binderies, "for_device", counted)
    edition = Edition(outputs=outputs_for([tmp_path / "a.epub", tmp_path / "a.kepub.epub"]), theme="brief")
    problem = Problem(code="no-article", message="b.txt is empty", where="b.txt")
    written = []
    for each in (issue(FULL), replace(issue(FULL), problems=(problem,))):
        with Bindery(edition, memo.keep) as bindery:
            written.append(tuple(bindery.make(each, ()).values()))

    assert made == ["kobo"]
    assert [file.data for file in written[0]] == [file.data for file in written[1]]
    assert [[problem in file.problems for file in files] for files in written] == [[False, False], [True, True]]


def test_something_else_is_done_while_an_engine_is_waited_for_and_only_then(tmp_path: Path) -> None:
    edition = Edition(outputs=outputs_for([tmp_path / "a.pdf"]), theme="brief")
    memo = Memo(Cache(tmp_path / "cache"))
    done = []
    for _ in range(2):
        with Bindery(edition, memo.keep) as bindery:
            bindery.make(issue(FULL), (), meanwhile=[lambda: done.append(threading.current_thread())])

    assert len(done) == 1
    assert done[0] is not threading.main_thread()


class Engines:
    """Starts engines, and knows how many."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.started = 0
        self._start = binderies.PdfProcess
        monkeypatch.setattr(binderies, "PdfProcess", self.start)

    def start(self, limits: Limits) -> PdfProcess:
        self.started += 1
        return self._start(limits)


def test_an_engine_that_is_expected_loads_and_makes_the_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engines = Engines(monkeypatch)
    edition = Edition(outputs=outputs_for([tmp_path / "a.pdf"]), theme="brief")
    with Bindery(edition, Memo(Cache(tmp_path / "cache")).keep) as made:
        made.expect()
        expected = engines.started
        made.make(issue(FULL), ())

    assert (expected, engines.started) == (1, 1)


def test_an_engine_that_the_system_refuses_now_is_asked_for_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engines = Engines(monkeypatch)
    edition = Edition(outputs=outputs_for([tmp_path / "a.pdf"]), theme="brief")
    with Bindery(edition, Memo(Cache(tmp_path / "cache")).keep) as made:
        with monkeypatch.context() as refusing:
            refusing.setattr(binderies, "PdfProcess", refuse)
            made.expect()
        written = made.make(issue(FULL), ())

    assert engines.started == 1
    assert written[tmp_path / "a.pdf"].page_count > 0


def refuse(limits: Limits) -> PdfProcess:
    raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def test_without_a_pdf_no_engine_is_expected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engines = Engines(monkeypatch)
    edition = Edition(outputs=outputs_for([tmp_path / "a.epub"]), theme="brief")
    with Bindery(edition, Memo(Cache(tmp_path / "cache")).keep) as made:
        made.expect()

    assert engines.started == 0


class Engine:
    """Counts who has the rendition, beside itself, while it makes a PDF."""

    def give(self, assets):
        self.given = assets

    def foretell(self, stylesheets, fonts):
        self.foretold = stylesheets, fonts

    def begin(self, rendition, press, keep):
        self.rendition = rendition

    def finish(self, report, keep, paginated):
        self.held = sys.getrefcount(self.rendition) - 2  # The attribute and the argument.
        return Written(data=b"%PDF")


def test_while_the_engine_works_nobody_here_holds_the_rendition(tmp_path):
    engine = Engine()
    with Bindery(Edition(outputs=outputs_for([tmp_path / "a.pdf"]), theme="brief"), engine=engine) as bindery:
        bindery.make(issue(FULL), ())

    assert engine.held == 0
