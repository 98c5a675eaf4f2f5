"""The bare engines on the same material: what a person would have who had the finished HTML, or the finished files.

Each function that is measured runs in a process of its own: ``python bare.py pdf PAGE.html OUT.pdf`` and
``python bare.py zip FOLDER OUT.zip``. Nothing of the toolkit is imported there.
"""

import re
import sys
from pathlib import Path

_BODY = re.compile(r"<body(?: class=\"([^\"]*)\")?>(.*)</body>", re.DOTALL)
_LANGUAGE = re.compile(r"<html[^>]* lang=\"([^\"]*)\"")
_FOLIO = re.compile(r'<span class="folio" data-anchor="([^"]*)"></span>')
_BODY_SELECTOR = re.compile(r"\bbody\.")
_JOINING = """
.folio::after { content: target-counter(attr(data-target), page) }
.document + .document { break-before: page }
"""


def write_html(references: list[str], theme: str, folder: Path) -> Path:
    """The HTML that the toolkit would lay out for these sources, as one plain page that any engine can be given.

    Its style sheet is in its head, its fonts and pictures lie beside it. The documents' bodies follow each other as
    ``div`` elements, and the engine's own ``target-counter`` sets the page numbers.
    """
    from publisher.model import IssuePlan
    from publisher.pipeline import Means, Wanted, assemble, gather
    from publisher.theming import load_theme, render

    issue = assemble(gather(Wanted(references=tuple(references)), Means()), IssuePlan(), Means())
    rendition = render(issue, load_theme(theme), "print")
    for asset in rendition.assets:
        path = folder / asset.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(asset.data)
    styles = "\n".join(sheet.data.decode() for sheet in rendition.stylesheets)
    page = folder / "page.html"
    page.write_text(join([document.markup for document in rendition.documents], styles), encoding="utf-8")
    return page


def join(documents: list[str], styles: str) -> str:
    """One HTML document of several."""
    bodies = []
    for markup in documents:
        body, language = _BODY.search(markup), _LANGUAGE.search(markup)
        if body is None or language is None:
            raise ValueError(f"no body or language in {markup[:200]!r}")
        content = _FOLIO.sub(r'<span class="folio" data-target="#\1"></span>', body[2])
        bodies.append(f'<div class="document {body[1] or ""}" lang="{language[1]}">{content}</div>')
    styles = f"{_BODY_SELECTOR.sub('div.', styles)}{_JOINING}"
    return (
        f'<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8"/><title>Bare</title><style>\n{styles}</style>'
        f"</head>\n<body>\n{''.join(bodies)}\n</body></html>\n"
    )


def unpack(archive: Path, folder: Path) -> Path:
    """The members of an e-book as files in a folder."""
    import zipfile

    with zipfile.ZipFile(archive) as book:
        book.extractall(folder)
    return folder


def write_pdf(page: Path, output: Path) -> None:
    """Bare WeasyPrint, untagged, no variant: the two steps of ``HTML.write_pdf``; prints the number of pages."""
    from weasyprint import HTML

    document = HTML(filename=page).render()
    document.write_pdf(output)
    print(f"{output} ({len(document.pages)} pages)")


def write_zip(folder: Path, output: Path) -> None:
    """A raw zip of a folder, everything deflated."""
    import zipfile

    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))


if __name__ == "__main__":
    {"pdf": write_pdf, "zip": write_zip}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
