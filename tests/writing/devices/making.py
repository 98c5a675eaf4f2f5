"""E-books as members by name, pictures to put in them, and what differs between two."""

import io
import random
import re
import zipfile

import msgspec
from PIL import Image

from publisher.model import Asset
from publisher.writing import write

PACKAGE = "EPUB/package.opf"


def noise(width=900, height=600, mode="RGB", seed=1):
    """A picture that hardly compresses, as photographs do."""
    bands = len(Image.new(mode, (1, 1)).getbands())
    data = random.Random(seed).randbytes(width * height * bands // 16)  # noqa: S311 (dice, not secrets)
    small = Image.frombytes(mode, (width // 4, height // 4), data)
    return small.resize((width, height), Image.Resampling.BICUBIC)


def encoded(picture, form="JPEG", **options):
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


def with_picture(rendition, name, data):
    """The rendition with another picture in place of its own."""
    media_type = {"jpg": "image/jpeg", "png": "image/png"}[name.rpartition(".")[2]]
    old = rendition.assets[0].name
    documents = tuple(
        msgspec.structs.replace(document, markup=document.markup.replace(f'"{old}"', f'"{name}"'))
        for document in rendition.documents
    )
    return msgspec.structs.replace(
        rendition, documents=documents, assets=(Asset(name=name, media_type=media_type, data=data),)
    )


def with_sheet(rendition, css):
    (sheet,) = rendition.stylesheets
    return msgspec.structs.replace(rendition, stylesheets=(msgspec.structs.replace(sheet, data=css),))


def with_language(rendition, language):
    """The rendition whose package states that language."""
    return msgspec.structs.replace(rendition, metadata=msgspec.structs.replace(rendition.metadata, language=language))


def add_asset(rendition, asset):
    return msgspec.structs.replace(rendition, assets=(*rendition.assets, asset))


def replace_document(rendition, old, markup):
    """The rendition with other markup in one of its documents."""
    new = msgspec.structs.replace(old, markup=markup)
    return msgspec.structs.replace(
        rendition, documents=tuple(new if each is old else each for each in rendition.documents)
    )


def master_of(rendition):
    return write(rendition)


def members(written):
    """The members' bytes by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(written.data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def differing(master, made):
    """The names of the members that are not the same in both, or in one of them only."""
    old, new = members(master), members(made)
    return {name for name in {*old, *new} if old.get(name) != new.get(name)}


def listed(made):
    """The names of the members that the report of changes names."""
    return {name for change in made.changes for name in change.members}


def whats(made):
    return [change.what for change in made.changes]


def unmarked(markup):
    """A document for Kobo as it was before."""
    markup = re.sub(r'<span class="koboSpan" id="kobo\.\d+\.\d+">(.*?)</span>', r"\1", markup, flags=re.DOTALL)
    return markup.replace('<div id="book-columns"><div id="book-inner">', "").replace("</div></div></body>", "</body>")


def opened(data):
    return Image.open(io.BytesIO(data))
