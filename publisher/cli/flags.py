"""Errors in the words of the command line: the stages know what is wrong, and only here are there options."""

from types import MappingProxyType

from publisher.errors import PublisherError

WORDED = MappingProxyType(
    {
        "bleed-range": "--bleed {subject}",
        "cannot-serve": "{message}. Choose another --port or --host.",
        "corrections-of-several": "--corrections is for one source, and there are {subject}. {hint}",
        "no-ebook": "--profile makes e-books, and no output is one. Add -o with a name ending in .epub",
        "no-output-profile": (
            "no output profile for --print is installed here. Give the press's own with --output-profile FILE.icc,"
            " or install one (Debian: libgs-common)"
        ),
        "no-pdf": "--print makes a PDF for a press, and no output is a PDF. Add -o with a name ending in .pdf",
        "no-settings": "{message}. Name a digest.toml, or make one with publisher digest --init.",
        "pages-of-none": "--pages counts the pages of a PDF, and no output is one. Add -o with a name ending in .pdf",
        "same-name": "two different files would be called {subject}. Choose other names with -o",
        "strict": "{subject} and --strict is given, so nothing was written. {hint}",
        "too-few-pages": "--pages {subject}: {message}. {hint}",
        "week-taken": "{message}. Give --replace to put this one in its place",
        "unknown-mark": "--marks does not know {subject}. {hint}",
    }
)
"""By the error's code; ``message`` is what it says without its hint."""


def worded(error: PublisherError) -> str:
    """The line for an error."""
    words = WORDED.get(error.code or "")
    if words is None:
        return str(error)
    return words.format(message=error.args[0], subject=error.subject, hint=error.hint)
