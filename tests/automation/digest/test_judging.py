"""Which findings stop an issue, which are warnings, and what is kept of them: each case by itself."""

import datetime as dt
import errno
import hashlib
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from publisher.automation.ahead import Ahead
from publisher.automation.digest import judging
from publisher.automation.digest.judging import Judge
from publisher.automation.issues.proof import Judged, Remark
from publisher.automation.log import Log
from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.checking import Report, Validators
from publisher.config import OutputSettings, Policy
from publisher.config.settings import PressSettings
from publisher.errors import CheckError
from publisher.model import Finding
from publisher.model.finding import Where
from tests.automation.digests import SETTINGS, Answers, Desk, page
from tests.checking.conftest import made
from tests.checking.spoiling import spoilt

BOOK = OutputSettings(file="tuan.epub")
BROKEN = Finding(code="damaged", severity="error", message="it had to be repaired", where=Where(page=2))
POOR = Finding(code="poor-title", severity="warning", message="its title is a file name")
SMALL = Finding(code="tiny-text", severity="note", message="its notes are set small")
UNASKED = Finding(code="not-judged", severity="note", message="no validator is installed")
UNCONFIRMED = Finding(code="claim-unconfirmed", severity="note", message="PDF/UA-1 could not be confirmed")


def judged(*findings, output=BOOK, asking=None, **policy):
    """What comes of it: the verdict or the refusal, the warnings, and what was said of findings."""
    said = []
    log = Log(lambda: dt.datetime(2026, 3, 23, tzinfo=dt.UTC), said.append)
    answers = Answers(*findings)
    judge = Judge(Policy(**policy), answers, asking, log)
    try:
        verdict = judge.judged("tuan.epub", b"PK", output)
    except CheckError as error:
        verdict = str(error)
    told = [(each.stage, each.outcome, each.message, each.code) for each in said if each.code]
    return verdict, log.warnings, told, answers.asked, [each for each in said if not each.code]


@pytest.mark.parametrize(
    ("finding", "policy", "outcome"),
    [
        pytest.param(BROKEN, {}, "stops", id="an error"),
        pytest.param(BROKEN, {"checks": "warning"}, "stops", id="an error where warnings stop"),
        pytest.param(BROKEN, {"overlook": ("damaged",)}, "passes", id="an error that is overlooked"),
        pytest.param(POOR, {}, "warns", id="a warning"),
        pytest.param(POOR, {"checks": "warning"}, "stops", id="a warning where they stop"),
        pytest.param(POOR, {"checks": "warning", "overlook": ("poor-title",)}, "passes", id="a warning overlooked"),
        pytest.param(POOR, {"overlook": ("poor-title",)}, "passes", id="overlooked, where it would not stop"),
        pytest.param(SMALL, {"checks": "warning"}, "passes", id="a note"),
        pytest.param(UNASKED, {}, "passes", id="nobody was asked"),
        pytest.param(UNASKED, {"validators": "require"}, "stops", id="nobody was asked who must be"),
        pytest.param(UNCONFIRMED, {"validators": "require"}, "stops", id="not confirmed as it must be"),
        pytest.param(
            UNCONFIRMED,
            {"validators": "require", "overlook": ("claim-unconfirmed",)},
            "stops",
            id="what must be confirmed is not overlooked",
        ),
    ],
)
def test_a_finding_stops_the_issue_or_is_a_warning_or_is_just_kept(finding, policy, outcome):
    verdict, warnings, told, _, _ = judged(finding, **policy)

    line = f"tuan.epub: {finding.message} [{finding.code}]"
    if outcome == "stops":
        assert verdict == f"the issue is not published: {line}"
        assert (warnings, told) == ([], [("check", "failed", line, finding.code)])
    else:
        assert verdict == Judged(
            file="tuan.epub",
            summary="EPUB 3.3",
            verdicts=(
                Remark(
                    code=finding.code,
                    severity=finding.severity,
                    message=finding.message,
                    where="page 2" if finding is BROKEN else None,
                ),
            ),
        )
        warned = outcome == "warns"
        assert warnings == ([line] if warned else [])
        assert told == ([("check", "warning", line, finding.code)] if warned else [])


def test_of_several_findings_that_stop_it_the_first_is_told_and_how_many_more():
    assert judged(SMALL, BROKEN, POOR, checks="warning")[0] == (
        "the issue is not published: tuan.epub: it had to be repaired [damaged], and 1 more"
    )


def test_where_nothing_is_to_be_checked_nothing_is():
    assert judged(BROKEN, checks="none") == (None, [], [], [], [])


@pytest.mark.parametrize(("press", "purposes"), [(None, []), (PressSettings(), ["press"])])
def test_a_file_is_asked_about_by_its_digest_its_name_and_what_it_is_for(press, purposes):
    _, _, _, asked, (timed,) = judged(output=OutputSettings(file="tuan.pdf", press=press), asking=Validators())

    assert asked == [
        ("reports", Report, (hashlib.sha256(b"PK").hexdigest(), "tuan.epub", purposes, [None, None, None]))
    ]
    assert (timed.stage, timed.message, timed.seconds is not None) == ("check", "tuan.epub", True)


# --- looking ahead ----------------------------------------------------------------------------------------------------


def judge_of(tmp_path, memo=None, may_be_ahead=lambda: True, **policy):
    log = Log(lambda: dt.datetime(2026, 3, 23, tzinfo=dt.UTC), lambda event: None)
    return Judge(Policy(**policy), memo or Memo(Cache(tmp_path)), None, log, may_be_ahead)


PRINTED = OutputSettings(file="tuan.pdf")


def test_what_was_found_ahead_is_what_is_found_here(tmp_path, monkeypatch):
    data = made(".pdf", "brief")
    with judge_of(tmp_path / "here") as judge:
        here = judge.judged("tuan.pdf", data, PRINTED)

    with judge_of(tmp_path / "ahead") as judge:
        judge.begin("tuan.pdf", data, for_press=False)
        monkeypatch.setattr(judge, "_look", None)  # Nothing is looked at in this process.
        ahead = judge.judged("tuan.pdf", data, PRINTED)

    assert ahead == here
    assert {path.name for path in (tmp_path / "ahead").iterdir()} == {
        path.name for path in (tmp_path / "here").iterdir()
    }


def test_what_was_found_in_other_bytes_is_no_finding(tmp_path):
    data, other = made(".pdf", "brief"), spoilt(made(".pdf", "brief"), lambda pdf: pdf.Root.__delitem__("/Lang"))
    overlooked = ("claim-contradicted", "missing-language")
    with judge_of(tmp_path, overlook=overlooked) as judge:
        judge.begin("tuan.pdf", data, for_press=False)
        found = judge.judged("tuan.pdf", other, PRINTED)

    with judge_of(tmp_path / "anew", overlook=overlooked) as judge:
        assert found == judge.judged("tuan.pdf", other, PRINTED)
        assert found != judge.judged("tuan.pdf", data, PRINTED)


def test_where_looking_ahead_fails_it_is_looked_at_here(tmp_path, monkeypatch):
    data = made(".pdf", "brief")
    with judge_of(tmp_path) as judge:
        with monkeypatch.context() as patch:
            patch.setattr(judge, "_look", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
            judge.begin("tuan.pdf", data, for_press=False)

        assert judge.judged("tuan.pdf", data, PRINTED).summary.startswith("PDF")


def test_what_another_process_foresees_is_known_when_it_is_looked_at(tmp_path, monkeypatch):
    data, memo = made(".pdf", "brief"), Memo(Cache(tmp_path))
    memo.made["fragments"] = 30
    with judge_of(tmp_path, memo) as judge:
        look = judge._look

        def look_late(*arguments):
            wait_until(lambda: any((tmp_path / "pages").rglob("*")))
            return look(*arguments)

        monkeypatch.setattr(judge, "_look", look_late)
        judge.begin("tuan.pdf", data, for_press=False)
        monkeypatch.setattr(judge, "_look", None)

        assert judge.judged("tuan.pdf", data, PRINTED).summary.startswith("PDF")


def test_nobody_helps_to_look_at_a_file_of_which_little_is_new(tmp_path, monkeypatch):
    data, memo = made(".pdf", "brief"), Memo(Cache(tmp_path))
    memo.made["fragments"] = 2
    with judge_of(tmp_path, memo) as judge:
        monkeypatch.setattr(judge, "_helped", None)
        judge.begin("tuan.pdf", data, for_press=False)
        monkeypatch.setattr(judge, "_look", None)

        assert judge.judged("tuan.pdf", data, PRINTED).summary.startswith("PDF")


def wait_until(is_so):
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.05)
    os._exit(1)  # Who waits for this process is told nothing then.


def alone(work, of, *, yields=False):
    if yields:
        raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))
    return Ahead(work, of)


def test_where_there_can_be_no_other_process_it_is_looked_at_all_the_same(tmp_path, monkeypatch):
    data = made(".pdf", "brief")
    with judge_of(tmp_path) as judge:
        with monkeypatch.context() as patch:
            patch.setattr(judging, "Ahead", alone)
            judge.begin("tuan.pdf", data, for_press=False)
        monkeypatch.setattr(judge, "_look", None)

        assert judge.judged("tuan.pdf", data, PRINTED).summary.startswith("PDF")


def test_where_nothing_is_to_be_checked_nobody_looks_ahead(tmp_path):
    with judge_of(tmp_path, checks="none") as judge:
        judge.begin("tuan.pdf", made(".pdf", "brief"), for_press=False)

        assert judge._ahead == {}


def test_what_is_being_kept_is_written_before_anybody_looks_ahead(tmp_path, monkeypatch):
    """A thread writes large e-books, and who has another thread is not copied."""
    threads, memo = threading.active_count(), Memo(Cache(tmp_path))
    write = Cache._write
    monkeypatch.setattr(Cache, "_write", lambda *arguments: (time.sleep(0.2), write(*arguments)))
    with judge_of(tmp_path, memo, lambda: threading.active_count() == threads) as judge:
        memo.keep("files", bytes, "e-book", lambda: bytes(5 * 1024**2))
        judge.begin("tuan.pdf", made(".pdf", "brief"), for_press=False)

        assert list(judge._ahead) == ["tuan.pdf"]


def test_nobody_is_left_who_looks_ahead(tmp_path):
    processes = []
    with judge_of(tmp_path) as judge:
        for _ in range(2):  # As when an article was left out, and all is made again.
            judge.begin("tuan.pdf", made(".pdf", "brief"), for_press=False)
            processes += [ahead._process for _, ahead in judge._ahead.values()]

    assert len(processes) == 2
    for process in processes:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


DIGEST = """
import os, sys
from publisher.cli import main

copies = []
sys.addaudithook(lambda event, arguments: copies.append(os.getpid()) if event == "os.fork" else None)
sys.argv[0] = "publisher"
try:
    main()
finally:
    print(copies == [os.getpid()])
"""


def test_a_digest_has_its_pdf_looked_at_while_it_makes_the_e_book(tmp_path):
    """Who reads pages rests by then: a process whose reader is watched has another thread, and is not copied."""
    desk = Desk(tmp_path, SETTINGS.replace('checks = "none"', 'checks = "error"\nvalidators = "skip"'))
    desk.put("2026-W12", "cau.md", page("Cầu Bến Lụa hợp long", "2026-03-17"))
    with (desk.folder / "digest.toml").open("a", encoding="utf-8") as settings:
        settings.write('\n[[outputs]]\nfile = "tuan.pdf"\n')

    command = [sys.executable, "-c", DIGEST, "digest", str(desk.folder / "digest.toml"), "--week", "2026-W12"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.stdout.splitlines()[-1] == "True", run.stderr
    assert [check["file"] for check in desk.proof("2026-W12")["checks"]] == ["lam-chau-2026-W12.epub", "tuan.pdf"]
