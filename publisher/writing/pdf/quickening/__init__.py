"""What WeasyPrint 70 works out more than once, worked out once: the same pages in half of the time.

Each of these knows how the engine is made inside, so with another release it goes its own way.
"""

import contextlib
from collections.abc import Collection, Iterator

import weasyprint

__all__ = ["QUICKENED_ENGINES", "drawn_quickly", "laid_out_quickly"]

QUICKENED_ENGINES = ("70.0",)


@contextlib.contextmanager
def laid_out_quickly(known: Collection[str] = QUICKENED_ENGINES) -> Iterator[None]:
    """While it is open, the engine lays out quickly, if its version is among those ``known``."""
    if weasyprint.VERSION not in known:
        yield
        return
    from publisher.writing.pdf.quickening.boxes import boxes_asked_once
    from publisher.writing.pdf.quickening.breaking import lines_broken_at_once
    from publisher.writing.pdf.quickening.columns import columns_once
    from publisher.writing.pdf.quickening.keeping import layouts_kept
    from publisher.writing.pdf.quickening.lines import lines_once
    from publisher.writing.pdf.quickening.parsing import patterns_kept
    from publisher.writing.pdf.quickening.shaping import texts_prepared
    from publisher.writing.pdf.quickening.styling import styles_worked_out_once

    with (
        patterns_kept(),
        styles_worked_out_once(),
        boxes_asked_once(),
        texts_prepared(),
        layouts_kept(),
        lines_broken_at_once(),
        columns_once(),
        lines_once(),
    ):
        yield


@contextlib.contextmanager
def drawn_quickly(known: Collection[str] = QUICKENED_ENGINES) -> Iterator[None]:
    """While it is open, the engine draws quickly, if its version is among those ``known``."""
    if weasyprint.VERSION not in known:
        yield
        return
    from publisher.writing.pdf.quickening.glyphs import glyphs_by_runs
    from publisher.writing.pdf.quickening.keeping import layouts_not_made_again
    from publisher.writing.pdf.quickening.shaping import texts_prepared

    with texts_prepared(), layouts_not_made_again(), glyphs_by_runs():
        yield
