"""The engine quickened makes the pages that it makes by itself, to the byte, with less."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
from tests.theming.issues import bare, make_theme, rendered
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


ODD = (
    "AV To VA. Ty, “Yên” từ Tây: Đà Nẵng, Vịnh Ốc, Kẻ Vạn",
    "một\u00a0hai ba\u00a0\u00a0bốn \u00a0năm",
    "a \u0301 e\u0301 o\u0323\u0302 fi ffl",
    "tin <b> đậm </b>và<i> nghiêng</i> <span style='letter-spacing: 1px'>thưa chữ</span> rồi thôi",
    "chữ <bdi dir='rtl'>نص عربي قصير هنا</bdi> ở giữa và Ελληνικά, русский, 日本語 nữa",
    "<span style='word-spacing: 2px'>khoảng cách rộng hơn</span> so\u00adft hy\u00adphen",
    "trên<br/>dòng mới\u2028và nữa <span style='white-space: pre'>một  hai\tba</span>",
)
"""What Pango does not lay out word by word as it does a line."""


@pytest.mark.parametrize("align", ["justify", "left"])
@pytest.mark.parametrize("odd", range(len(ODD)))
def test_odd_lines_come_out_as_the_engine_makes_them_by_itself(odd, align, tmp_path):
    text = " ".join(f"{ODD[odd]} {'và ' * (number % 5)}" for number in range(25))
    body = f"<p style='text-align: {align}; hyphens: manual; width: 71mm'>{text}</p>"
    page = '{% extends "print/page.xhtml" %}{% block body %}' + body + "{% endblock %}"
    make_theme(tmp_path, **{"print__article.xhtml": page})
    rendition = rendered(bare(), "own", search=(tmp_path,))
    (document,) = (each for each in rendition.documents if each.role == "article")

    assert fragment(rendition, document, tmp_path) == fragment(rendition, document, tmp_path, NONE)


SPARED = {
    "lines are laid out": (inline, "split_inline_box", 0.7),
    "lengths are resolved": (percent, "resolve_one_percentage", 0.3),
    "columns are balanced": (block, "columns_layout", 0.7),
    "Pango is asked for lines": (Layout, "get_first_line", 0.5),
    "texts are laid out": (Layout, "set_text", 0.4),
    "styles are prepared for Pango": (Layout, "setup", 0.1),
    "patterns are made": (re, "compile", 0.5),
    "styles are worked out": (ComputedStyle, "__init__", 0.5),
}
"""What the engine does less often when it is quickened: where that is, and the most of what it does by itself."""


@pytest.fixture(scope="module")
def done(tmp_path_factory) -> tuple[dict[str, int], dict[str, int]]:
    """How often each was done for a long document, quickened and not."""
    rendition = rendered(KINDS["long Vietnamese"](), "compilation")
    (document,) = (each for each in rendition.documents if each.role == "articles")
    folder = tmp_path_factory.mktemp("fragments")

    def count(known: tuple[str, ...]) -> dict[str, int]:
        with ExitStack() as stack:
            calls = {what: stack.enter_context(counted(*place[:2])) for what, place in SPARED.items()}
            fragment(rendition, document, folder, known)
        return {what: found.total() for what, found in calls.items()}

    return count(QUICKENED_ENGINES), count(NONE)


@pytest.mark.parametrize("what", SPARED)
def test_less_is_done(what, done):
    quickly, usually = (each[what] for each in done)
    *_, share = SPARED[what]

    assert quickly < usually * share
