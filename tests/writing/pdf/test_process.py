"""The child process: it is given its limits, it is never left behind, and its end is explained in a line."""

import errno
import fcntl
import io
import os
import random
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from publisher.errors import DocumentError, RenderingError
from publisher.model import Asset, Attachment, Rendition
from publisher.writing import write
from publisher.writing.pdf import Limits, PdfProcess, child, write_pdf
from publisher.writing.pdf.messages import Foretold, Job, send
from tests.theming.issues import FULL, bare, issue, make_theme, paragraph, rendered
from tests.writing.pdf.making import written

ROOT = Path(__file__).parents[3]
EACH = {"flow": "each"}
"""Each article is a document."""


def child_of(process: PdfProcess) -> subprocess.Popen:
    return process._child


def folder_of(process: PdfProcess) -> Path:
    return process._folder.path


def many_pages(articles: int = 20) -> Rendition:
    made = issue(*(bare(f"Bài {n}", body=(paragraph(),) * 60) for n in range(articles)))
    return rendered(made, "compilation", options=EACH)


# Laying this out takes more than the least that can be allowed, a second, on the fastest machine.
ENDLESS = (paragraph(),) * 10_000


def test_a_rendition_becomes_a_pdf_with_the_page_of_each_anchor():
    told = []
    rendition = rendered(issue(FULL), "compilation", options=EACH)

    with PdfProcess() as process:
        file = process.write(rendition, lambda done, total: told.append((done, total)))

    assert file.data.startswith(b"%PDF-")
    assert file.problems == ()
    assert file.pages["contents"] == 2
    assert file.pages[issue(FULL).articles[0].id] == 3
    assert file.page_count == file.pages["appendix"] == file.pages["colophon"] == 4
    assert told[:4] == [(n, 4) for n in range(1, 5)]


def test_how_a_pdf_will_look_is_read_before_it_is_asked_for(monkeypatch):
    from publisher.writing.pdf.engine import Engine, read_styles

    rendition = rendered(FULL)
    fonts = tuple(asset for asset in rendition.assets if not asset.media_type.startswith("image/"))
    job, stream = Job(rendition=rendition, document_s=1), io.BytesIO()
    for order in (
        Foretold((Asset(name="a.css", media_type="text/css", data=b"\xff"),), ()),
        Foretold(rendition.stylesheets, fonts),
        job,
    ):
        send(order, stream)
    stream.seek(0)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    read_styles.cache_clear()

    assert child._next_job(0, io.BytesIO()) == job

    before = read_styles.cache_info()
    Engine(rendition)
    after = read_styles.cache_info()
    assert (after.hits - before.hits, after.misses - before.misses) == (1, 0)


def test_files_that_were_given_are_not_sent_again(monkeypatch):
    rendition = rendered(FULL)
    pictures = tuple(asset for asset in rendition.assets if asset.media_type.startswith("image/"))
    sent = []
    monkeypatch.setattr("publisher.writing.pdf.process.send", lambda message, stream: sent.append(message))
    with PdfProcess() as process:
        process.give((PICTURE, *pictures))
        process.begin(rendition)
        process._timer.cancel()
        process.begin(rendition)  # What was given is used up: a process that stays has let go of it.
        process._timer.cancel()
    given, job, again = sent

    assert job.given == tuple(picture.name for picture in pictures) != ()
    assert all(bool(asset.data) == (asset.name not in job.given) for asset in job.rendition.assets)
    assert again == Job(rendition=rendition, document_s=job.document_s, jobs=job.jobs)

    stream = io.BytesIO()
    for order in (given, job, again):
        send(order, stream)
    stream.seek(0)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    assert [child._next_job(0, io.BytesIO()) for _ in range(3)] == [again, again, None]


PICTURE = Asset(name="other.png", media_type="image/png", data=bytes(1_000_000))


@pytest.mark.parametrize("given", [(), (PICTURE,), tuple(map(msgspec.structs.replace, rendered(FULL).assets))])
def test_what_was_given_decides_nothing(given):
    rendition = rendered(FULL)

    with PdfProcess() as process:
        process.give(given)
        told = process.write(rendition)

    assert told == write_pdf(rendition)


def test_pictures_that_were_given_are_shown():
    rendition = rendered(FULL)

    with PdfProcess() as process:
        process.give(rendition.assets)
        told = process.write(rendition)

    assert told == write_pdf(rendition)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux is asked for more")
def test_its_pipes_hold_more_than_others():
    with PdfProcess() as process:
        assert [
            fcntl.fcntl(pipe.fileno(), fcntl.F_GETPIPE_SZ)
            for pipe in (child_of(process).stdin, child_of(process).stdout)
        ] == [2**20] * 2


def test_where_no_pipe_may_hold_more_it_is_left(monkeypatch):
    def refuse(*_):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    with PdfProcess() as process:
        assert process.write(rendered(FULL)) == write_pdf(rendered(FULL))


@pytest.mark.parametrize("sheet", [b"p { color: red }", b"\xff"])
def test_what_was_foretold_decides_nothing(sheet):
    rendition = rendered(FULL)

    with PdfProcess() as process:
        process.foretell((Asset(name="print.css", media_type="text/css", data=sheet),), rendition.assets)
        told = process.write(rendition)

    assert told == write_pdf(rendition)


def test_what_is_foretold_again_and_again_and_never_made_stops_nobody():
    fonts = (Asset(name="a.ttf", media_type="font/ttf", data=bytes(1_000_000)),)

    with PdfProcess(stays=True) as process:
        for number in range(3):
            process.foretell((Asset(name="a.css", media_type="text/css", data=b"%d" % number),), fonts)
        made = process.write(rendered(FULL))
        process.foretell((), fonts)

    assert made == write_pdf(rendered(FULL))


def test_one_that_stays_makes_the_same_pdfs_one_after_the_other_and_ends_with_a_copy_that_dies():
    renditions = [rendered(FULL), rendered(issue(bare("Bài", body=(paragraph(),)))), rendered(FULL)]

    with PdfProcess(stays=True) as process:
        made = [process.write(rendition) for rendition in renditions]
        alive = process.is_alive
        process.limits = Limits(document_s=1)
        with pytest.raises(DocumentError):
            process.write(rendered(issue(bare("Bài", body=ENDLESS))))

        assert (made, alive, process.is_alive) == ([written(rendition) for rendition in renditions], True, False)


@pytest.mark.parametrize("sizes", [(1,), (2**20,), (2**20 + 1, 3 * 2**20, 1)])
def test_a_file_of_whatever_length_comes_whole(sizes):
    """While it grows its parts are on their way."""
    attachments = tuple(
        Attachment(
            name=f"{size}.txt",
            description="A",
            relationship="Source",
            media_type="text/plain",
            data=random.Random(size).randbytes(size),  # noqa: S311 - no secret, and nothing that is made shorter
        )
        for size in sizes
    )
    rendition = msgspec.structs.replace(rendered(FULL), attachments=attachments)

    with PdfProcess(stays=True) as process:
        first, second = process.write(rendition), process.write(rendered(FULL))

    assert [first, second] == [written(rendition), written(rendered(FULL))]
    assert len(first.data) > sum(sizes)


@pytest.mark.campaign
def test_write_and_write_pdf_give_the_same_bytes():
    rendition = rendered(FULL)

    assert write(rendition) == write_pdf(rendition)


def test_leaving_ends_the_child_and_its_folder_whatever_it_was_doing():
    with PdfProcess() as process:
        child, folder = child_of(process), folder_of(process)
        assert folder.is_dir()

    assert child.poll() is not None
    assert not folder.exists()


def test_an_error_in_the_parent_ends_the_child_too():
    with pytest.raises(KeyError), PdfProcess() as process:
        raise KeyError

    assert child_of(process).poll() is not None


def test_a_deadline_that_passes_is_one_line():
    with pytest.raises(RenderingError) as caught:
        write_pdf(many_pages(), Limits(deadline_s=0.3))

    assert str(caught.value) == "the PDF could not be made: it took more than 0.3 seconds. Make a smaller issue"


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.campaign)])
def test_a_document_that_takes_too_long_is_named(jobs):
    """Whoever made the issue can leave that one out."""
    made = issue(bare("Bài một"), bare("Bài dài", body=ENDLESS), bare("Bài ba"))
    rendition = rendered(made, "compilation", options=EACH)

    with pytest.raises(DocumentError) as caught:
        write_pdf(rendition, Limits(document_s=1, jobs=jobs))

    assert caught.value.document == made.articles[1].id
    assert str(caught.value) == (
        "the PDF could not be made: a document takes more than 1 second of processor time. Leave it out"
    )


@pytest.mark.sample(2)
@pytest.mark.parametrize("cap_mib", [100, 110])
def test_memory_that_runs_out_is_one_line(cap_mib):
    """Python says so; a C library may crash instead, which is as good as that and told apart."""
    with pytest.raises(RenderingError) as caught:
        write_pdf(many_pages(30), Limits(memory_bytes=cap_mib * 1024**2))

    assert re.fullmatch(
        r"the PDF could not be made: "
        rf"(it needs more than {cap_mib} MiB of memory"
        rf"|the engine crashed \(SIG[A-Z]+\), probably at its limit of {cap_mib} MiB of memory)"
        r"\. Make a smaller issue",
        str(caught.value),
    )


def test_a_rendition_too_large_for_the_memory_is_one_line():
    rendition = msgspec.structs.replace(
        rendered(FULL), assets=(Asset(name="a", media_type="image/png", data=bytes(150 * 1024**2)),)
    )

    with pytest.raises(RenderingError) as caught:
        write_pdf(rendition, Limits(memory_bytes=160 * 1024**2))

    assert str(caught.value) == (
        "the PDF could not be made: it needs more than 160 MiB of memory. Make a smaller issue"
    )


@pytest.mark.parametrize(
    ("number", "message"),
    [
        pytest.param(
            signal.SIGKILL,
            "the PDF could not be made: the engine was killed, probably for want of memory. Make a smaller issue",
            id="killed",
        ),
        pytest.param(
            signal.SIGSEGV,
            "the PDF could not be made: the engine crashed (SIGSEGV), probably at its limit of 6144 MiB of memory. "
            "Make a smaller issue",
            id="crashed",
        ),
        pytest.param(signal.SIGTERM, "the PDF could not be made: the engine ended with code -15", id="ended"),
    ],
)
def test_a_child_that_dies_is_one_line(number, message):
    with PdfProcess() as process:
        os.kill(child_of(process).pid, number)
        child_of(process).wait()

        with pytest.raises(RenderingError) as caught:
            process.write(rendered(FULL))

    assert str(caught.value) == message


@pytest.fixture
def as_interpreter(tmp_path, monkeypatch):
    """A function that puts a shell script in the interpreter's place."""

    def put(script):
        program = tmp_path / "python"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        monkeypatch.setattr(sys, "executable", str(program))

    return put


def test_a_child_that_cannot_start_says_why(as_interpreter):
    """As when a system library is missing: the last line of its complaint is passed on."""
    as_interpreter("echo 'first line' >&2; echo 'OSError: cannot load library pango' >&2; exit 3")

    with pytest.raises(RenderingError) as caught:
        write_pdf(rendered(FULL))

    assert str(caught.value) == (
        "the PDF could not be made: the engine ended with code 3: OSError: cannot load library pango"
    )


def test_the_machines_environment_does_not_reach_the_child(as_interpreter, monkeypatch):
    as_interpreter("/usr/bin/env | /usr/bin/cut -d= -f1 | /usr/bin/sort | /usr/bin/tr '\\n' ' ' >&2; exit 3")
    monkeypatch.setenv("SECRET", "x")

    with pytest.raises(RenderingError) as caught:
        write_pdf(rendered(FULL))

    names = str(caught.value).removeprefix("the PDF could not be made: the engine ended with code 3: ").split()
    shells_own = {"PWD", "OLDPWD", "SHLVL", "_"}
    assert set(names) - shells_own == {"FONTCONFIG_FILE", "LC_ALL", "PYTHONHASHSEED", "PYTHONPATH", "TMPDIR", "TZ"}


def test_a_document_nested_too_deeply_is_one_line(tmp_path):
    deep = "{% for n in range(3000) %}<div>{% endfor %}x{% for n in range(3000) %}</div>{% endfor %}"
    page = f'{{% extends "print/page.xhtml" %}}{{% block body %}}{deep}{{% endblock %}}'
    make_theme(tmp_path, **{"print__article.xhtml": page})

    with pytest.raises(RenderingError) as caught:
        write_pdf(rendered(FULL, "own", search=(tmp_path,)))

    assert str(caught.value) == "the PDF could not be made: a document is nested too deeply"


def test_what_is_imported_does_not_depend_on_the_current_folder(tmp_path, monkeypatch):
    (tmp_path / "weasyprint.py").write_text("raise SystemExit('run from the current folder')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    assert write_pdf(rendered(FULL)).page_count >= 1


WAITING = """
import time
from publisher.writing.pdf import PdfProcess
with PdfProcess() as process:
    print(process._child.pid, process._folder.path, flush=True)
    time.sleep(60)
"""

LAYING_OUT = """
import time
from publisher.writing.pdf import PdfProcess
from tests.writing.pdf.test_process import many_pages
def report(done, total):
    print(process._child.pid, process._folder.path, flush=True)
    time.sleep(60)
with PdfProcess() as process:
    process.write(many_pages(2), report)
"""


@pytest.mark.parametrize("script", [WAITING, LAYING_OUT], ids=["while it waits", "while it lays out"])
def test_a_child_does_not_outlive_a_parent_that_is_killed(script):
    parent = subprocess.Popen(
        [sys.executable, "-c", script],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with parent:
        child, folder = parent.stdout.readline().split()
        with PdfProcess():
            assert Path(folder).is_dir()  # It is in use.
        parent.kill()

    assert ended(int(child))
    with PdfProcess():
        assert not Path(folder).exists()


SHORT_OF_MEMORY = """
import resource
resource.setrlimit(resource.RLIMIT_AS, (1_500_000_000, 1_500_000_000))
from publisher.writing.pdf import write_pdf
from tests.writing.pdf.test_process import many_pages
print(write_pdf(many_pages(1)).data[:5])
"""


@pytest.mark.campaign
def test_a_lower_limit_of_the_operators_is_kept():
    made = subprocess.run(
        [sys.executable, "-c", SHORT_OF_MEMORY],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=300,
    )

    assert (made.stdout, made.stderr) == ("b'%PDF-'\n", "")


def ended(pid: int, seconds: float = 20) -> bool:
    """Whether a process that is not ours ends in time, by a descriptor that becomes readable then."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([descriptor], [], [], seconds)[0])
    finally:
        os.close(descriptor)


def test_messages_of_a_rendition_survive_the_way_to_the_child():
    rendition = rendered(issue(FULL, title='Tin "nóng" \\ </style>'), "compilation")

    assert msgspec.msgpack.decode(msgspec.msgpack.encode(rendition), type=Rendition) == rendition
