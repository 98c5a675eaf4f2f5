"""The style sheets of the shelf's pages, which share their colours by day and by night."""

from importlib import resources


def style_sheet(name: str) -> str:
    """The rules of a kind of page: ``page``, the entrance, or ``webpages``, those of an issue."""
    files = (resources.files(__package__).joinpath(f"{each}.css") for each in ("colours", name))
    return "".join(file.read_text(encoding="utf-8") for file in files)
