"""What a change is called by whoever might take it back."""

from types import MappingProxyType

from publisher.model.blocks import Value

STEPS = MappingProxyType(
    {
        "role": "the role of “{name}”",
        "words": "the words of “{name}”",
        "line": "line {name}",
        "file": "{name}",
        "article": "what is decided of {name}",
        "section": "the section of “{name}”",
        "left_out": "whether “{name}” is left out",
        "teasers_out": "the teasers of “{name}”",
        "cut_after": "the end of “{name}”",
        "picture": "the picture {name}",
        "outlet": "the profile of {name}",
        "examples": "the examples brought in",
        "bringing": "{name} brought in",
        "removal": "{name} taken out of the folder",
        "digest": "the choice of “{name}”",
        "title": "the title",
        "number": "the number",
        "date": "the date",
        "language": "the language",
        "series": "the series",
        "order": "the order of the articles",
        "sections": "the sections",
        "sections_by": "what makes sections",
        "pages": "the number of pages",
        "fit": "whether the pages are kept to",
        "attach": "what the PDF carries",
        "theme": "the look",
        "outputs": "the files",
    }
)
"""By what was changed: in words that the interface says in its language."""

_LETTERS = 40


class StepName(Value, frozen=True, kw_only=True):
    """The name of a step."""

    words: str
    """With ``{name}`` where the name of a thing stands."""

    name: str = ""
    """Of a line, an article, a file: its first letters."""


def step_name(kind: str, name: str = "") -> StepName:
    """The name of a change of that kind, a key of ``STEPS``, to the thing of that name."""
    shown = " ".join(name.split())
    return StepName(words=STEPS[kind], name=shown if len(shown) <= _LETTERS else f"{shown[:_LETTERS]}…")
