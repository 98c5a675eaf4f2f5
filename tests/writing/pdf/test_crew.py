"""Several processes make one file: the same as one would, and none of them is left behind."""

import os
import signal
import time
from pathlib import Path

import msgspec
import pytest

from publisher.model import Document
from publisher.theming import load_theme, theme_folders
from publisher.writing.pdf import Limits, PdfProcess, write_pdf
from publisher.writing.pdf.crew import GROWTH_BYTES, SHARE_BYTES, Crew
from publisher.writing.pdf.later import Later
from publisher.writing.pdf.settling import Known
from tests.theming.issues import FULL, bare, issue, paragraph, rendered
from tests.writing.pdf.making import untidy
from tests.writing.pdf.test_process import many_pages


class Composer:
    """Makes what its functions give, in the place of a document's fragment."""

    def __init__(self, make):
        self._make = make

    def length_of(self, index):
        return index

    def name_of(self, index):
        return str(index)

    def make(self, wanted, wire=None):
        for index in wanted:
            yield index, self._make(index)


class Layouts(Composer):
    """Makes documents of so many pages."""

    def make(self, wanted, wire=None):
        for index, known in wanted.items():
            length = self._make(index)
            if wire:
                wire.laid_out(length, {str(index): 0})
                known = wire.known()
            yield index, msgspec.structs.replace(summary(length), numbers=known.numbers)


def row(*markups):
    """Documents of which each is told how many pages all those have that come before its wave."""

    def expect(index, others):
        return Known(numbers=(str(sum(each.page_count for each in others.values())),), first_page=None)

    documents = [
        Document(name=str(at), title="", role="article", language="vi", markup=markup)
        for at, markup in enumerate(markups)
    ]
    return lambda *waves: Later(documents, {}, waves, expect)


def crew(make, jobs=2, memory_bytes=8 * SHARE_BYTES):
    return Crew(Composer(make), Limits(jobs=jobs, memory_bytes=memory_bytes))


def summary(index):
    from publisher.writing.pdf.composing import Summary

    return Summary(page_count=index, anchors={}, links=(), is_bound=False, is_numbered=False, numbers=(), breaks=())


def wave(count):
    return dict.fromkeys(range(count), Known(numbers=(), first_page=None))


def family(process):
    """The processes that a process has forked."""
    return Path(f"/proc/{process}/task/{process}/children").read_text().split()


def test_the_file_has_the_same_bytes_whatever_the_number_of_jobs():
    rendition = many_pages(2)

    one, two = (write_pdf(rendition, Limits(jobs=jobs)) for jobs in (1, 2))

    assert two == one


@pytest.mark.sample(4)
@pytest.mark.parametrize("flow", ["each", "run-on"])
@pytest.mark.parametrize("theme", sorted(theme_folders()))
def test_what_tells_pages_is_the_same_when_it_is_laid_out_beside_them(theme, flow):
    articles = (bare(f"Bài {n}", body=(paragraph(),) * 14, related=FULL.related) for n in range(12))
    made = issue(*articles, title="Tuần tin")
    options = {"flow": flow} if "flow" in load_theme(theme).options else {}
    rendition = rendered(made, theme, options=options)

    with untidy():
        one, two = (write_pdf(rendition, Limits(jobs=jobs)) for jobs in (1, 2))

    assert two == one


def test_every_document_of_a_wave_is_made_once_and_by_another_process():
    made = dict(crew(lambda index: summary(os.getpid())).make(wave(20)))

    assert sorted(made) == list(range(20))
    assert os.getpid() not in {each.page_count for each in made.values()}


@pytest.mark.parametrize(
    ("jobs", "count", "memory_bytes"),
    [
        pytest.param(1, 5, 8 * SHARE_BYTES, id="for one job"),
        pytest.param(2, 1, 8 * SHARE_BYTES, id="for one document"),
        pytest.param(4, 5, SHARE_BYTES, id="where memory is for one"),
    ],
)
def test_nothing_is_forked(jobs, count, memory_bytes):
    made = dict(crew(lambda index: summary(os.getpid()), jobs, memory_bytes).make(wave(count)))

    assert {each.page_count for each in made.values()} == {os.getpid()}


def test_one_that_has_grown_ends_and_another_goes_on():
    held = []

    def make(index):
        held.append(bytearray(b"x") * GROWTH_BYTES)
        return summary(os.getpid())

    open_before = set(Path("/proc/self/fd").iterdir())
    makers = [each.page_count for each in dict(crew(make).make(wave(7))).values()]

    assert len(set(makers)) == 7
    assert os.getpid() not in makers
    assert set(Path("/proc/self/fd").iterdir()) == open_before


def test_what_is_too_much_for_one_of_them_is_made_here():
    here = os.getpid()

    def make(index):
        if index == 3 and os.getpid() != here:
            bytearray(2 * SHARE_BYTES)
        return summary(int(os.getpid() == here))

    made = dict(crew(make, memory_bytes=2 * SHARE_BYTES).make(wave(5)))

    assert made[3] == summary(1)
    assert sorted(made) == list(range(5))


def test_what_one_of_them_dies_of_is_made_here():
    here = os.getpid()

    def make(index):
        if index == 3 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return summary(int(os.getpid() == here))

    assert dict(crew(make).make(wave(5)))[3] == summary(1)


def test_what_goes_wrong_is_told_as_if_there_were_one():
    def make(index):
        if index == 1:
            raise RecursionError("deep")
        return summary(index)

    with pytest.raises(RecursionError, match="deep"):
        dict(crew(make).make(wave(3)))


def test_documents_of_later_waves_are_made_beside_the_first_with_what_is_certain():
    beside = row(*("." * 100,) * 6)([3, 4], [5])
    many = Crew(Layouts(lambda index: index + 1), Limits(jobs=2, memory_bytes=8 * SHARE_BYTES))

    made = dict(many.make(wave(3), beside))

    assert {index: each.numbers for index, each in made.items()} == {
        **dict.fromkeys(range(3), ()),
        **dict.fromkeys((3, 4), ("6",)),
        5: ("15",),
    }
    assert {index: known.numbers for index, known in beside.told.items()} == {3: ("6",), 4: ("6",), 5: ("15",)}


def test_what_waits_for_one_that_fails_is_left_for_later():
    here = os.getpid()

    def make(index):
        if index == 0 and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return 1

    many = Crew(Layouts(make), Limits(jobs=2, memory_bytes=8 * SHARE_BYTES))
    made = dict(many.make(wave(1), row("a", "b", "c")([1, 2])))

    assert made == {0: summary(1)}


def test_one_by_itself_makes_none_of_later_waves():
    alone = Crew(Layouts(lambda index: 1), Limits(jobs=1))

    assert dict(alone.make(wave(1), row("a", "b")([1]))) == {0: summary(1)}


def test_whoever_loses_interest_leaves_none_behind():
    def make(index):
        if index < 4:
            signal.pause()
        return summary(os.getpid())

    made = crew(make).make(wave(5))
    _, first = next(made)
    made.close()

    with pytest.raises(ProcessLookupError):
        os.kill(first.page_count, 0)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="this system does not tell who forked whom")
def test_they_die_with_the_process_that_forked_them():
    with PdfProcess(Limits(jobs=2)) as process:
        child = process._child
        workers = []

        def look(done, total):
            if not workers:
                workers.extend(map(int, family(child.pid)))
                child.kill()

        with pytest.raises(Exception, match="the engine was killed"):
            process.write(many_pages(), look)

    assert len(workers) == 2
    for _ in range(1000):
        if not any(map(_is_there, workers)):
            break
        time.sleep(0.01)
    assert not any(map(_is_there, workers))


def _is_there(process):
    """Whether it runs: one that nobody has waited for yet has ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
