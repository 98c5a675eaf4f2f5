"""The engine quickened makes the pages that it makes by itself, to the byte, with less."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
from weasyprint.css import ComputedStyle
from weasyprint.layout import block, inline, percent
from weasyprint.text.line_break import Layout

from publisher.model import Document, Rendition
from publisher.theming import theme_folders
from publisher.writing.pdf.composing import Composer, Fragments
from publisher.writing.pdf.engine import Engine
from publisher.writing.pdf.quickening import QUICKENED_ENGINES
from publisher.writing.pdf.settling import Known, pointed_at
from tests.theming.issues import rendered
from tests.writing.pdf.kinds import KINDS
from tests.writing.pdf.making import untidy

NONE = ()
THEMES = tuple(theme_folders())


def fragment(rendition: Rendition, document: Document, folder: Path, known=QUICKENED_ENGINES) -> bytes:
    engine = Engine(rendition, known=known)
    composer = Composer(rendition.documents, rendition.metadata.language, engine, Fragments(folder))
    numbers = tuple("00" for _ in pointed_at(document))
    with untidy():
        return msgspec.msgpack.encode(composer.fragment(document, Known(numbers=numbers, first_page=None)))


@contextmanager
def counted(module, name: str) -> Iterator[Counter]:
    """How often the engine's function is called while it is open."""
    original, calls = getattr(module, name), Counter()

    def counting(*arguments, **options):
        calls[name] += 1
        return original(*arguments, **options)

    setattr(module, name, counting)
    try:
        yield calls
    finally:
        setattr(module, name, original)


@pytest.mark.sample(3)
@pytest.mark.parametrize(("theme", "kind"), [*zip(THEMES, itertools.cycle(KINDS)), ("compilation", "long Vietnamese")])
def test_documents_come_out_as_the_engine_makes_them_by_itself(theme, kind, tmp_path):
    rendition = rendered(KINDS[kind](), theme)

    for document in rendition.documents:
        assert fragment(rendition, document, tmp_path) == fragment(rendition, document, tmp_path, NONE)


@pytest.mark.parametrize(
    ("module", "name", "share"),
    [
        pytest.param(inline, "split_inline_box", 0.7, id="lines are laid out"),
        pytest.param(percent, "resolve_one_percentage", 0.3, id="lengths are resolved"),
        pytest.param(block, "columns_layout", 0.7, id="columns are balanced"),
        pytest.param(Layout, "get_first_line", 0.9, id="Pango is asked for lines"),
        pytest.param(Layout, "setup", 0.1, id="styles are prepared for Pango"),
        pytest.param(re, "compile", 0.5, id="patterns are made"),
        pytest.param(ComputedStyle, "__init__", 0.5, id="styles are worked out"),
    ],
)
def test_less_is_done(module, name, share, tmp_path):
    rendition = rendered(KINDS["long Vietnamese"](), "compilation")
    (document,) = (each for each in rendition.documents if each.role == "articles")

    done = []
    for known in (QUICKENED_ENGINES, NONE):
        with counted(module, name) as calls:
            fragment(rendition, document, tmp_path, known)
        done.append(calls[name])

    quickly, usually = done
    assert quickly < usually * share
