"""The long form: mutants by the thousand, each in so much time and memory. ``make fuzz`` runs it.

Prints a line a target, and writes each input that shows a fault into a folder; exits with 1 when there is any. With
``--guided`` atheris chooses the inputs, where it is installed: then one target is named, and it runs for so many
``--seconds``, or until it is stopped.
"""

import argparse
import gc
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from types import FunctionType
from typing import NamedTuple

from tests.fuzzing.mutation import mutant
from tests.fuzzing.targets import TARGETS, fault

LIMIT_S = 10
"""Of processor time, for one input."""

LIMIT_BYTES = 1024**3
"""Of memory, besides what the libraries take."""

BLOCK = 200
"""Inputs that one process takes."""


class Outcome(NamedTuple):
    """How one input was taken."""

    number: int
    seconds: float
    fault: str | None


def main() -> None:
    """Run the campaign that the arguments ask for."""
    parser = argparse.ArgumentParser(prog="make fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("targets", nargs="*", help=f"of {', '.join(TARGETS)}; all without any")
    parser.add_argument("--count", type=int, default=1_000, help="inputs for each target")
    parser.add_argument("--first", type=int, default=0, help="the number of the first mutant: another, other mutants")
    parser.add_argument("--into", type=Path, default=Path("build/fuzzing"), help="where faulty inputs are written")
    parser.add_argument("--guided", action="store_true", help="let atheris choose the inputs")
    parser.add_argument("--seconds", type=int, default=0, help="how long atheris may take; without it, until stopped")
    asked = parser.parse_args()
    targets = asked.targets or list(TARGETS)
    if asked.guided:
        guided(targets[0], asked.seconds)
    faults = sum(campaign(name, range(asked.first, asked.first + asked.count), asked.into) for name in targets)
    sys.exit(1 if faults else 0)


def campaign(name: str, numbers: range, into: Path) -> int:
    """How many of the mutants of a target show a fault; they are written into the folder."""
    seeds = TARGETS[name].seeds()
    slowest, faults, peak = 0.0, 0, 0
    for start in range(numbers.start, numbers.stop, BLOCK):
        for outcome in _outcomes(name, range(start, min(start + BLOCK, numbers.stop))):
            slowest = max(slowest, outcome.seconds)
            if outcome.fault:
                faults += 1
                into.mkdir(parents=True, exist_ok=True)
                (into / f"{name}-{outcome.number}").write_bytes(mutant(seeds, outcome.number))
                print(f"{name} {outcome.number}: {outcome.fault[:300]}", flush=True)
        peak = max(peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
    print(
        f"{name:12} {len(numbers):6} inputs, {faults} faults, the slowest {slowest:.1f} s, "
        f"at most {peak / 2**20:.0f} MiB in a process",
        flush=True,
    )
    return faults


def _outcomes(name: str, numbers: range) -> Iterator[Outcome]:
    """How each mutant is taken, in a process that is begun anew after one that does not come back."""
    context = multiprocessing.get_context("fork")
    rest = list(numbers)
    while rest:
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_take, args=(name, rest, theirs))
        process.start()
        theirs.close()
        while rest:
            _wait(ours, process.pid or 0)
            try:
                outcome = ours.recv()
            except EOFError:
                yield Outcome(rest.pop(0), float(LIMIT_S), "it did not come back")
                break
            rest.pop(0)
            yield outcome
        process.join()


def _wait(answers: Connection, process: int) -> None:
    """Wait for an answer, and end a process that computes or sleeps for too long without one.

    The wall's clock is not the processor's: on a busy machine, and with a low priority, a process may get none of it
    for minutes.
    """
    began = computed = _computed(process)
    while not answers.poll(6 * LIMIT_S):
        before, computed = computed, _computed(process)
        if computed == before or computed - began > 2 * LIMIT_S:
            os.kill(process, signal.SIGKILL)
            return


def _computed(process: int) -> float:
    """Seconds of processor time that the process has used (Linux, ``proc(5)``)."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _take(name: str, numbers: list[int], answers: Connection) -> None:
    target = TARGETS[name]
    seeds = target.seeds()
    warnings.simplefilter("ignore")  # Libraries warn of odd input, which all of this is.
    with tempfile.TemporaryDirectory() as folder:
        target.run(seeds[0], _empty(folder, "first"))  # The libraries are loaded, and count in no input's time.
        held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + LIMIT_BYTES, resource.RLIM_INFINITY))
        for number in numbers:
            data = mutant(seeds, number)
            began = time.process_time()
            what = fault(target, data, _empty(folder, str(number)))
            seconds = time.process_time() - began
            if what is None and seconds > LIMIT_S:
                what = f"it took {seconds:.1f} s"
            if what is None and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - held > LIMIT_BYTES:
                what = "it took more than 1 GiB"
            answers.send(Outcome(number, seconds, what))


def _empty(folder: str, name: str) -> Path:
    path = Path(folder, name)
    path.mkdir()
    return path


def guided(name: str, seconds: int) -> None:
    """Have atheris choose inputs for a target, from its seeds on, until there is a fault or the time is over."""
    import atheris

    target = TARGETS[name]
    corpus = Path(tempfile.mkdtemp(prefix="publisher-fuzzing-"))
    for number, seed in enumerate(target.seeds()):
        (corpus / str(number)).write_bytes(seed)

    def take(data: bytes) -> None:
        with tempfile.TemporaryDirectory() as folder:
            what = fault(target, data, Path(folder))
        if what is not None:
            raise AssertionError(what)

    # Ours alone: to instrument all that is loaded takes minutes.
    for each in gc.get_objects():
        if isinstance(each, FunctionType) and (each.__module__ or "").startswith("publisher."):
            atheris.instrument_func(each)
    limits = [f"-timeout={LIMIT_S}", "-rss_limit_mb=2048", f"-max_total_time={seconds}"]
    atheris.Setup([sys.argv[0], *limits, str(corpus)], take)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
