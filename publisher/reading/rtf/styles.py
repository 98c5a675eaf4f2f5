r"""The paragraph styles of a rich text document."""

from dataclasses import dataclass, field

from publisher.reading.office.kinds import Kind, kind_for

_DEEPEST = 20
"""RtfStyles that one may be based on, one on the other; damaged files make circles."""


@dataclass(slots=True)
class RtfStyles:
    """What the styles are called, and which is based on which, by their numbers."""

    names: dict[int, str] = field(default_factory=dict)
    bases: dict[int, int] = field(default_factory=dict)
    _known: dict[int, tuple[Kind, int] | None] = field(default_factory=dict)

    def kind(self, number: int, outline: int | None) -> tuple[Kind, int]:
        """What paragraphs of a style are, and their level; where no style says so, a place in the outline does."""
        if number not in self._known:
            self._known[number] = self._by_name(number)
        known = self._known[number]
        if known is None or known[0] == "text":
            return ("text", 0) if outline is None or not 0 <= outline < 9 else ("heading", outline + 1)
        return known

    def _by_name(self, number: int) -> tuple[Kind, int] | None:
        for _ in range(_DEEPEST):
            for name in self.names.get(number, "").casefold().split(","):  # The name, and what else it is called.
                if (known := kind_for(name.strip())) is not None:
                    return known
            if number not in self.bases:
                break
            number = self.bases[number]
        return None
