"""Things that are the same, directly or through others, brought together."""


class Clusters:
    """A disjoint-set forest over the numbers 0 to ``count`` - 1.

    Sameness by several signs (an address, a headline) is not transitive pair by pair; what stands once must not depend
    on the order in which the signs are met.
    """

    def __init__(self, count: int) -> None:
        self._parents = list(range(count))

    def join(self, one: int, other: int) -> None:
        """Make the two, and all that is the same as either, one cluster, led by the smallest number."""
        first, second = sorted((self.leader(one), self.leader(other)))
        self._parents[second] = first

    def leader(self, number: int) -> int:
        """The smallest number that is the same as this one."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def groups(self) -> list[list[int]]:
        """The clusters, each ascending, in the order of their leaders."""
        members: dict[int, list[int]] = {}
        for number in range(len(self._parents)):
            members.setdefault(self.leader(number), []).append(number)
        return list(members.values())
