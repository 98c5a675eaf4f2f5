"""Numbers with their nouns, as messages say them: ``1 page`` and ``2 pages``, never ``1 pages``."""


def noun(number: float, one: str, many: str | None = None) -> str:
    """The noun that goes with the number: its plural has an s where ``many`` is not given."""
    return one if number == 1 else many or f"{one}s"


def counted(number: float, one: str, many: str | None = None) -> str:
    """A figure and its noun: ``1 line``, ``2 lines``, ``0.5 seconds``."""
    figure = f"{number:g}" if isinstance(number, float) else str(number)
    return f"{figure} {noun(number, one, many)}"


def spelled(number: int, one: str, many: str | None = None) -> str:
    """The same within a sentence: ``one article``, ``2 articles``."""
    return f"one {one}" if number == 1 else counted(number, one, many)
