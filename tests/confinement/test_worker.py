"""The confined process as a whole: what it gives, what it may cost, and what is left of it."""

import io
import os
import re
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from publisher.checking import look
from publisher.confinement.jobs import JOBS, ConfinedJob, JobLimits
from publisher.confinement.messages import Confinement
from publisher.confinement.worker import Worker
from publisher.errors import DefectError, InputError
from publisher.fetching.pictures import picture_asset
from publisher.model import Reading, Source
from publisher.reading import read
from tests.checking.conftest import made

PAGE = Source(
    name="page.html",
    media_type="text/html",
    data=(Path(__file__).parents[1] / "reading" / "html" / "cases" / "vi-photo-report" / "input.html").read_bytes(),
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40">%s</svg>'

LIMITS = JobLimits(processor_s=20, deadline_s=60, memory_bytes=1024**3)
CODE = {
    "expression": ConfinedJob(function="builtins:eval", result=Any, limits=LIMITS),
    "reading": ConfinedJob(function="builtins:eval", result=Reading, limits=LIMITS),
    "hurried": ConfinedJob(
        function="builtins:eval", result=Any, limits=JobLimits(processor_s=1, deadline_s=60, memory_bytes=10**9)
    ),
    "awaited": ConfinedJob(
        function="builtins:eval", result=Any, limits=JobLimits(processor_s=9, deadline_s=1, memory_bytes=10**9)
    ),
}
"""What a process that has been taken over can do is any expression."""


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as worker:
        yield worker


@pytest.fixture(scope="module")
def taken_over() -> Iterator[Worker]:
    """A worker whose process does what it is told."""
    with Worker(CODE) as worker:
        yield worker


def test_a_page_is_read_as_it_is_in_our_own_process(worker: Worker) -> None:
    assert worker.do("read", PAGE, None, ()) == read(PAGE)


def test_pictures_are_decoded_and_drawn_as_they_are_in_our_own_process(worker: Worker) -> None:
    stream = io.BytesIO()
    Image.new("CMYK", (40, 30), (0, 255, 255, 0)).save(stream, "JPEG")
    pictures = [stream.getvalue(), SVG % '<text x="2" y="20">Sông Cẩm</text>'.encode()]

    assert [worker.do("picture", data) for data in pictures] == [picture_asset(data) for data in pictures]


@pytest.mark.parametrize("suffix", [".pdf", ".epub"])
def test_finished_files_are_looked_at_as_they_are_in_our_own_process(worker: Worker, suffix: str) -> None:
    data, name = made(suffix, "brief"), f"week{suffix}"

    assert worker.do("look", data, name, frozenset(["press"])) == look(data, name, frozenset(["press"]))


def test_what_a_job_may_cost_can_go_by_what_it_is_given() -> None:
    limits = JobLimits(
        processor_s=20, deadline_s=60, memory_bytes=2 * 1024**3, processor_s_per_mib=30, memory_per_byte=4
    )

    assert limits.of(3 * 2**20) == JobLimits(processor_s=110, deadline_s=60, memory_bytes=2 * 1024**3 + 12 * 2**20)


def test_our_own_refusals_come_through_as_they_are(worker: Worker) -> None:
    with pytest.raises(InputError) as caught:
        worker.do("picture", b"no picture")

    assert type(caught.value) is InputError
    assert str(caught.value) == "it is not a JPEG, PNG, WebP, GIF, SVG, HEIC or AVIF picture"


def test_one_process_does_one_job_after_the_other(taken_over: Worker) -> None:
    ask = "__import__('os').getpid()"

    assert taken_over.do("expression", ask) == taken_over.do("expression", ask)


def test_one_that_rests_has_ended_and_the_next_job_has_another(taken_over: Worker) -> None:
    ask = "__import__('os').getpid()"
    before = taken_over.do("expression", ask)

    taken_over.rest()
    taken_over.rest()

    assert not Path(f"/proc/{before}").exists()
    assert taken_over.do("expression", ask) != before


def test_what_our_own_process_holds_is_no_reason_to_replace_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started by a digest that may hold more than a worker ever should."""
    monkeypatch.setattr("publisher.confinement.worker.MOST_PEAK_BYTES", 200_000_000)
    held = b"x" * 300_000_000
    ask = "__import__('os').getpid()"

    with Worker(CODE) as worker:
        assert worker.do("expression", ask) == worker.do("expression", ask)
    assert held


def test_a_process_that_falls_over_is_replaced(taken_over: Worker) -> None:
    before = taken_over.do("expression", "__import__('os').getpid()")

    with pytest.raises(DefectError) as caught:
        taken_over.do("expression", "1 / 0")

    assert str(caught.value).startswith("ZeroDivisionError in confinement/child.py, line ")
    assert taken_over.do("expression", "__import__('os').getpid()") != before


@pytest.mark.parametrize(
    ("job", "code", "reason"),
    [
        pytest.param("expression", "'x' * 2 * 10**9", "it takes more than 1024 MiB of memory", id="memory"),
        pytest.param(
            "hurried", "[0 for _ in iter(int, 1)]", "it takes more than 1 second of processor time", id="work"
        ),
        pytest.param("awaited", "__import__('time').sleep(50)", "it takes more than 1 second", id="waiting"),
        pytest.param(
            "expression",
            "__import__('ctypes').string_at(8)",
            "a library crashed, perhaps for want of memory (SIGSEGV)",
            id="crash",
        ),
        pytest.param("expression", "__import__('os')._exit(0)", "the confined process did not answer", id="end"),
        pytest.param("expression", "exit()", "the confined process did not answer", id="exit"),
    ],
)
def test_what_takes_more_than_it_may_costs_itself(taken_over: Worker, job: str, code: str, reason: str) -> None:
    with pytest.raises(DefectError) as caught:
        taken_over.do(job, code)

    assert str(caught.value) == reason
    assert taken_over.do("expression", "6 * 7") == 42


@pytest.mark.campaign
def test_a_drawing_that_takes_too_long_costs_itself() -> None:
    hurried = JOBS["picture"].limits
    job = ConfinedJob(
        function=JOBS["picture"].function,
        result=JOBS["picture"].result,
        limits=JobLimits(processor_s=1, deadline_s=hurried.deadline_s, memory_bytes=hurried.memory_bytes),
    )
    burning = (
        b'<filter id="f"><feTurbulence baseFrequency=".5" numOctaves="90000"/></filter>'
        b'<rect width="60" height="40" filter="url(#f)"/>'
    )

    with Worker({"picture": job}) as worker, pytest.raises(DefectError) as caught:
        worker.do("picture", SVG % burning)

    assert str(caught.value) == "it takes more than 1 second of processor time"


def test_a_drawing_that_takes_too_much_memory_costs_itself(worker: Worker) -> None:
    layers = b'<g opacity=".9">' * 190 + b'<rect width="2000" height="2000"/>' + b"</g>" * 190
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2000 2000">' + layers + b"</svg>"

    with pytest.raises(DefectError) as caught:
        worker.do("picture", drawing)

    # The library is not told that there is no memory in the same way each time.
    assert re.fullmatch(r"a library crashed, perhaps for want of memory \(SIG(ABRT|SEGV)\)", str(caught.value))
    assert worker.do("read", PAGE, None, ()) == read(PAGE)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("{'articles': 5, 'trace': []}", id="another type"),
        pytest.param("[]", id="no value of the model"),
        pytest.param("{'articles': [{}], 'trace': []}", id="incomplete"),
    ],
)
def test_a_result_that_is_none_is_not_taken(taken_over: Worker, answer: str) -> None:
    with pytest.raises(DefectError) as caught:
        taken_over.do("reading", answer)

    assert str(caught.value) == "the confined process answered something else"


@pytest.mark.parametrize(
    "said",
    [
        pytest.param(b"\xff" * 8, id="a length that is too large"),
        pytest.param((10).to_bytes(8, "big") + b"short", id="cut short"),
        pytest.param((5).to_bytes(8, "big") + b"\x80\x04K\x01.", id="a pickle"),
        pytest.param((100000).to_bytes(8, "big") + b"\x91" * 100000, id="too deep"),
    ],
)
def test_a_process_that_answers_what_is_no_answer_is_not_believed(taken_over: Worker, said: bytes) -> None:
    code = f"[os.write(4, {said!r}) and os._exit(0) for os in [__import__('os')]]"

    with pytest.raises(DefectError) as caught:
        taken_over.do("expression", code)

    assert str(caught.value) == "the confined process did not answer"


def test_a_process_dies_with_whoever_started_it() -> None:
    program = (
        "import os, sys\n"
        "from publisher.confinement.worker import Worker\n"
        "from publisher.confinement.jobs import ConfinedJob, JobLimits\n"
        "limits = JobLimits(processor_s=100, deadline_s=100, memory_bytes=10**9)\n"
        "worker = Worker({'code': ConfinedJob(function='builtins:eval', result=int, limits=limits)})\n"
        "print(worker.do('code', '__import__(\"os\").getpid()'), flush=True)\n"
        "worker.do('code', '[0 for _ in iter(int, 1)]')\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = os.pidfd_open(int(parent.stdout.readline()))

    parent.kill()
    parent.communicate()

    assert select.select([child], [], [], 60)[0] == [child], "a descriptor of a process is readable when it has ended"
    os.close(child)


def test_a_process_whose_parent_is_gone_before_it_was_ready_ends() -> None:
    program = "from publisher.confinement.child import main; main()"

    child = subprocess.run(
        [sys.executable, "-c", program, str(os.getpid() + 1), "json", ""],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )

    assert (child.returncode, child.stdout, child.stderr) == (1, b"", b"")


def test_nothing_of_ours_is_handed_on(taken_over: Worker, tmp_path: Path) -> None:
    with (tmp_path / "secret").open("w") as secret:
        os.set_inheritable(secret.fileno(), True)
        with Worker(CODE) as worker:
            files = worker.do(
                "expression", "[n for n in range(64) if __import__('os').path.exists(f'/proc/self/fd/{n}')]"
            )
            environment = worker.do("expression", "dict(__import__('os').environ)")

    assert files == [0, 1, 2, 3, 4]
    assert environment == {"LC_CTYPE": "C.UTF-8"}, "what Python sets itself where no language is set"


def test_how_it_is_confined_can_be_asked(worker: Worker) -> None:
    assert worker.confinement("read") == Confinement()
    assert str(worker.confinement("read")) == "confined"


def test_lower_limits_of_the_operator_hold(tmp_path: Path) -> None:
    program = (
        "import resource\n"
        "from typing import Any\n"
        "from publisher.confinement.worker import Worker\n"
        "from publisher.confinement.jobs import ConfinedJob, JobLimits\n"
        "resource.setrlimit(resource.RLIMIT_AS, (700_000_000, 800_000_000))\n"
        "limits = JobLimits(processor_s=9, deadline_s=60, memory_bytes=1024**3)\n"
        "with Worker({'code': ConfinedJob(function='builtins:eval', result=Any, limits=limits)}) as worker:\n"
        "    print(worker.do('code', '__import__(\"resource\").getrlimit(9)'))\n"
    )

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (run.stdout, run.stderr) == ("[800000000, 800000000]\n", "")
