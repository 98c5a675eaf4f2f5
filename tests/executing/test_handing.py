"""Batches handed over to somebody who ends over some of them."""

from collections.abc import Sequence

import pytest

from publisher.executing.handing import EndedError, in_order
from publisher.seams import Here, Lost


class Hands:
    """Does what it is handed at once, but ends over batches that hold a number of ``poison``, or at a ``chance``."""

    def __init__(self, poison: Sequence[int] = (), chance: Sequence[int] = ()) -> None:
        self.poison = set(poison)
        self.chance = set(chance)
        self.batches: list[tuple[int, ...]] = []

    def __call__(self, batch: Sequence[int]) -> "Hand":
        self.batches.append(tuple(batch))
        ended = self.poison.intersection(batch) or self.chance.intersection(batch)
        self.chance.difference_update(batch)
        return Hand(None if ended else [-number for number in batch])


class Hand:
    def __init__(self, results: list[int] | None) -> None:
        self.results = results

    def result(self) -> list[int]:
        if self.results is None:
            raise EndedError
        return self.results


@pytest.mark.parametrize("count", [0, 1, 4, 5, 41])
@pytest.mark.parametrize("batch", [1, 4])
def test_results_come_in_the_order_of_the_values(count: int, batch: int) -> None:
    assert list(in_order(Hands(), range(count), batch, 3)) == [-number for number in range(count)]


def test_what_ended_its_process_by_chance_is_done_again() -> None:
    hands = Hands(chance=[5])

    assert list(in_order(hands, range(8), 4, 2)) == [-number for number in range(8)]
    assert hands.batches == [(0, 1, 2, 3), (4, 5, 6, 7), (4, 5, 6, 7)]


def test_what_ends_its_process_each_time_is_lost_alone() -> None:
    hands = Hands(poison=[5, 6])

    given = list(in_order(hands, range(10), 4, 2))

    assert given == [Lost() if number in (5, 6) else -number for number in range(10)]
    assert hands.batches == [
        *[(0, 1, 2, 3), (4, 5, 6, 7), (8, 9)],
        *[(4, 5, 6, 7), (4, 5), (6, 7), (4,), (5,), (5,), (6,), (7,), (6,)],
    ]


def test_values_are_taken_as_there_is_room_for_them() -> None:
    taken = []

    def values():
        for number in range(100):
            taken.append(number)
            yield number

    results = in_order(Hands(), values(), 5, 3)

    assert next(results) == 0
    assert taken == list(range(15))
    assert [next(results) for _ in range(5)] == [-1, -2, -3, -4, -5]
    assert taken == list(range(20))


def test_here_a_value_is_worked_on_when_its_result_is_asked_for() -> None:
    done = []
    results = Here().map(done.append, iter(range(3)), batch=2)

    assert done == []
    next(results)
    assert done == [0]
