"""Steps where a Dask scheduler has its workers."""

import os
import signal
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import dask
import pytest

from publisher.errors import OptionError
from publisher.executing import cluster as executing_cluster
from publisher.executing.cluster import Cluster
from tests.executing import steps
from tests.executing.cluster import advised, running


@pytest.fixture(scope="module")
def cluster(scheduler: str) -> Iterator[Cluster]:
    with Cluster(scheduler) as connected:
        yield connected


def test_results_come_in_order_from_other_processes(cluster: Cluster) -> None:
    assert list(cluster.map(steps.squared, range(400), 30)) == [number * number for number in range(400)]
    assert os.getpid() not in set(cluster.map(steps.whose, range(4), 1))


@pytest.mark.campaign
def test_a_worker_that_ends_by_chance_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    results = list(cluster.map(partial(steps.ending_once, tmp_path), range(40), 10))

    assert results == [number * number for number in range(40)]


@pytest.mark.campaign
def test_one_that_ends_over_a_value_costs_that_value(cluster: Cluster) -> None:
    assert list(cluster.map(steps.POISONED, range(40), 10)) == steps.SQUARES_BUT_POISON


@pytest.mark.campaign
def test_one_that_is_ended_from_outside_costs_nothing(cluster: Cluster) -> None:
    results = cluster.map(steps.squared, range(20_000), 20)
    first = next(results)
    (worker,) = cluster.map(steps.whose, [0])
    assert isinstance(worker, int)
    os.kill(worker, signal.SIGKILL)

    assert [first, *results] == [number * number for number in range(20_000)]


@pytest.mark.campaign
def test_a_scheduler_that_is_started_again_costs_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as (scheduler, address), Cluster(address) as cluster:
        results = cluster.map(steps.squared, range(20_000), 20)
        first = next(results)
        scheduler.again()

        assert [first, *results] == [number * number for number in range(20_000)]


@pytest.mark.campaign
def test_a_scheduler_that_is_gone_for_good_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing_cluster, "LIMIT_CONNECT_S", 5)
    with running(tmp_path) as (scheduler, address), Cluster(address) as cluster:
        results = cluster.map(steps.squared, range(20_000), 20)
        next(results)
        scheduler.end()

        with pytest.raises(OptionError) as gone:
            list(results)

    assert str(gone.value) == f"the scheduler at {address!r} has ended. Start it, and do this again to go on."


def test_an_exception_of_the_step_is_the_callers(cluster: Cluster) -> None:
    with pytest.raises(ValueError, match=r"^there is no 0$"):
        list(cluster.map(steps.refusing, range(4), 2))


def test_each_setting_that_the_documentation_advises_is_one_of_dask_which_has_another_value() -> None:
    """So it is noticed when Dask calls one otherwise, or does by itself what is advised."""
    (settings,) = advised().values()
    values = dict(leaves("distributed", settings))
    own = dask.config.merge(*dask.config.defaults)

    assert len(values) == 6
    assert {name for name, value in values.items() if dask.config.get(name, config=own) == value} == set()


def leaves(name: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(f"{name}.{key}", inner)
    else:
        yield name, value


def test_without_a_scheduler_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(executing_cluster, "LIMIT_CONNECT_S", 0.2)

    with pytest.raises(OptionError) as refused:
        Cluster("tcp://127.0.0.1:9")

    assert str(refused.value).startswith("no scheduler of Dask answers at 'tcp://127.0.0.1:9': ")
    assert str(refused.value).endswith(". Start one, or name another.")


class DoneTooLate:
    """What a scheduler was given, done just after the time to wait for it was over."""

    def __init__(self) -> None:
        self._looked = False

    def done(self) -> bool:
        return self._looked

    def result(self, timeout: float | None) -> list[int]:
        if timeout is not None:
            self._looked = True
            raise TimeoutError
        return [1, 2]


def test_what_is_done_when_the_time_to_wait_is_over_is_taken() -> None:
    assert executing_cluster._HandedOver(DoneTooLate, lambda: None).result() == [1, 2]
