from hypothesis import given
from hypothesis import strategies as st

from publisher.compiling.clusters import Clusters

PAIRS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)))


def test_groups_come_in_the_order_of_their_first_member() -> None:
    clusters = Clusters(6)

    clusters.join(5, 3)
    clusters.join(3, 1)
    clusters.join(4, 4)

    assert clusters.groups() == [[0], [1, 3, 5], [2], [4]]


def test_nothing_has_no_groups() -> None:
    assert Clusters(0).groups() == []


@given(PAIRS, st.randoms(use_true_random=False))
def test_the_order_of_joining_does_not_matter(pairs: list[tuple[int, int]], random: object) -> None:
    shuffled = list(pairs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = Clusters(10), Clusters(10)

    for pair in pairs:
        one.join(*pair)
    for first, second in shuffled:
        other.join(second, first)

    assert one.groups() == other.groups()
    assert sorted(number for group in one.groups() for number in group) == list(range(10))
