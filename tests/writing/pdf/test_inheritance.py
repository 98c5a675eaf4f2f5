"""A rule that comes to a theme sets no size and no colour in those that inherit from it which they do not have."""

import msgspec
import pytest
from weasyprint.formatting_structure.boxes import TextBox

from publisher.model import Issue, Note
from publisher.theming import theme_folders
from publisher.writing.pdf.engine import Engine
from publisher.writing.pdf.settling import fill_folios, pointed_at
from tests.theming.issues import ENGLISH, FULL, SENTENCE, bare, issue, paragraph, rendered
from tests.writing.pdf.kinds import blocks


def everything() -> Issue:
    """Each part, block and note in two languages, articles of one line and of many, a long headline, sections."""
    made = blocks()
    articles = [
        *(placed.article for placed in made.articles),
        FULL,
        ENGLISH,
        bare("Tin một dòng", body=(paragraph("Một dòng."),)),
        bare("Tin ngắn", kicker="Biển đảo", standfirst=SENTENCE, body=(paragraph(SENTENCE * 3),)),
        bare(f"{SENTENCE} {SENTENCE}", body=(paragraph(SENTENCE * 9),) * 4),
    ]
    notes = {
        each.key: Note(section="Kinh tế" if at % 2 else "Xã hội", updated_since="11" if at == 1 else None)
        for at, each in enumerate(articles)
    }
    found = issue(*articles, title="Tuần tin", number="12", notes=notes)
    return msgspec.structs.replace(found, assets=made.assets)


def set_in(theme: str) -> tuple[set[float], set[tuple[float, ...]]]:
    """The sizes of a theme's words in points, and their colours, whatever the flow."""
    sizes, colours = set(), set()
    for flow in ("each", "section", "run-on"):
        rendition = rendered(everything(), theme, options={"flow": flow})
        engine = Engine(rendition)
        for document in rendition.documents:
            markup = fill_folios(document, ["1"] * len(pointed_at(document)))
            for page in engine.lay_out(markup, 1).pages:
                for box in page._page_box.descendants():
                    if isinstance(box, TextBox) and box.text.strip():
                        sizes.add(round(box.style["font_size"] * 0.75, 1))
                        colours.add(tuple(box.style["color"].coordinates))
    return sizes, colours


SIZES = {
    "base": [8, 9, 9.9, 10.2, 12, 13, 24, 36],
    "brief": [8, 9, 9.9, 10.2, 13, 24],
    "compilation": [8, 8.6, 9, 9.1, 9.4, 12, 15.5, 19, 40],
    "decree30": [12, 13, 14],
    "diem-bao": [12, 13, 14],
    "gazette": [8, 8.6, 9, 9.1, 9.4, 10.8, 11, 12, 15.5, 19, 22, 40],
    "large-print": [15, 16, 18, 20, 26, 40],
    "mot-trang": [8, 9, 9.9, 10.2, 13, 24],
    "party": [12, 13, 14, 15],
    "tuan-bao": [8, 8.8, 9, 9.1, 9.4, 10.6, 11.6, 12, 15.5, 19, 24, 40],
}
"""In points, on A4, of a Vietnamese issue: one more is a rule of another theme, or is to be written down here."""

BLACK = ("decree30", "diem-bao", "large-print", "party")
"""Themes whose words have no other colour."""


@pytest.mark.sample(3)
@pytest.mark.parametrize("theme", sorted(theme_folders()))
def test_a_theme_has_its_own_sizes_and_colours_whatever_it_inherits(theme):
    sizes, colours = set_in(theme)

    assert sorted(sizes) == SIZES[theme]
    assert theme not in BLACK or colours == {(0, 0, 0)}
