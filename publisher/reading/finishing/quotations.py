"""Sentences of the text that stand once more, set apart: pull quotes, whatever the format marks them with."""

from collections.abc import Iterable

_FEWEST = 24
_MOST = 400
"""Characters of a pull quote: shorter words come back by chance, longer ones are a passage given twice."""

_LOOKED_THROUGH = 200_000
"""Characters of running text in which they are looked for, so that no page costs the square of its size."""


class RunningText:
    """The paragraphs of an article, in which pull quotes stand too."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._text = "\n".join(paragraphs)[:_LOOKED_THROUGH].casefold()

    def says_again(self, text: str, *, among: bool) -> bool:
        """Whether it holds a short text, and another time when that is ``among`` its paragraphs.

        Letter case, and the quotation marks around the text, do not count.
        """
        bare = text.strip("\"“”«»' .")
        if len(bare) > _MOST:
            return False
        bare = bare.casefold()
        return _FEWEST <= len(bare) <= _MOST and self._text.count(bare) > among
