"""Prints what it takes to join the fragments of so many articles: ``python joining.py COUNT FOLDER``.

The fragments of ten articles are made once, kept in the folder, and joined again and again as those of other articles:
what is asked for are processor seconds, and the pages of the file.
"""

import io
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from publisher.writing.pdf.startup import load_engine

load_engine()  # As the process does that joins.

from generate import write_pages
from msgspec.structs import replace

from publisher.model import IssuePlan, Rendition
from publisher.pipeline import Means, Wanted, assemble, gather
from publisher.theming import load_theme, render
from publisher.writing.pdf.composing import Composer, Fragments
from publisher.writing.pdf.engine import Engine
from publisher.writing.pdf.fragment import PdfFragment
from publisher.writing.pdf.linker import link
from publisher.writing.pdf.settling import Known, pointed_at

MADE = 10


def write_fragments(folder: Path, rendition: Rendition, engine: Engine) -> Fragments:
    """The fragments of the rendition's articles, in the folder."""
    fragments = Fragments(folder)
    composer = Composer(rendition.documents, rendition.metadata.language, engine, fragments)
    for index, document in enumerate(rendition.documents):
        numbers = tuple("00" for _ in pointed_at(document))
        list(composer.make({index: Known(numbers=numbers, first_page=None)}))
    return fragments


def repeated(fragments: Fragments, made: int, count: int) -> Iterator[PdfFragment]:
    """The fragments as those of so many articles, whose anchors and pictures are others each time."""
    for number in range(count):
        fragment = fragments.get(number % made)
        turn = number // made
        anchors = tuple(replace(anchor, name=f"{anchor.name}-{turn}") for anchor in fragment.anchors)
        shared = {place: digest + turn.to_bytes(4, "big") for place, digest in fragment.shared.items()}
        yield replace(fragment, anchors=anchors, shared=shared)


def main() -> None:
    """Make the fragments, and join them."""
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    pages = write_pages(folder / "pages", MADE)
    issue = assemble(gather(Wanted(references=(str(pages),)), Means()), IssuePlan(), Means())
    rendition = render(issue, load_theme("compilation"), "print", {"flow": "each"})
    articles = tuple(document for document in rendition.documents if document.role == "article")
    engine = Engine(replace(rendition, documents=articles))
    fragments = write_fragments(folder, replace(rendition, documents=articles), engine)
    page_count = sum(len(fragments.get(number % MADE).pages) for number in range(count))
    started = time.process_time()
    link(repeated(fragments, MADE, count), {}, rendition.metadata, (), engine.fonts, io.BytesIO())
    print(f"{time.process_time() - started:.3f} {page_count} pages")


if __name__ == "__main__":
    main()
