"""Shelves made in a moment: folders of issues, each with its proof, as a digest leaves them."""

import datetime as dt
import io
from pathlib import Path

import msgspec
from PIL import Image

from publisher.automation.issues.proof import NAME, File, Proof, Ran, sha256, write_proof

HEADLINES = (
    "Cầu Ngòi Thia thông xe sau ba năm thi công",
    "Lúa – tôm <Đông Sếu> được mùa & được giá",
    'Thuyền thư viện ghé bến "Sông Lam"',
)

MEDIA_TYPES = {".epub": "application/epub+zip", ".pdf": "application/pdf", ".png": "image/png"}


def cover(colour: str = "#14415f") -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (600, 800), colour).save(stream, "PNG")
    return stream.getvalue()


def rendition(name: str, data: bytes, **particulars: object) -> tuple[File, bytes]:
    suffix = Path(name).suffix
    form = suffix[1:] if suffix in (".epub", ".pdf") else None
    file = File(
        name=name,
        media_type=MEDIA_TYPES[suffix],
        bytes=len(data),
        sha256=sha256(data),
        **{"format": form, **particulars},
    )
    return file, data


def renditions(week: str) -> list[tuple[File, bytes]]:
    """An e-book for all readers and one for Kobo's, a PDF for readers and one for a press."""
    return [
        rendition(f"tuan-tin-{week}.epub", b"PK epub " + week.encode() * 40),
        rendition(f"tuan-tin-{week}-kobo.kepub.epub", b"PK kobo " + week.encode() * 50, profile="kobo"),
        rendition(f"tuan-tin-{week}.pdf", b"%PDF screen " + week.encode() * 90, pages=12),
        rendition(f"tuan-tin-{week}-print.pdf", b"%PDF press " + week.encode() * 99, pages=12, press=True),
    ]


def put_issue(
    shelf: Path,
    week: str,
    *,
    files: list[tuple[File, bytes]] | None = None,
    cover_data: bytes | None = None,
    headlines: tuple[str, ...] = HEADLINES,
    **particulars: object,
) -> Proof:
    """Put an issue on the shelf; what its proof says that is not given is made up from the week."""
    files = renditions(week) if files is None else files
    front = rendition("cover.png", cover() if cover_data is None else cover_data)
    first_day = dt.date.fromisocalendar(int(week[:4]), int(week[6:]), 1)
    known: dict[str, object] = {
        "series": "tuan-tin",
        "week": week,
        "title": "Tuần tin",
        "number": str(int(week[6:])),
        "date": first_day + dt.timedelta(days=6),
        "first_day": first_day,
        "language": "vi",
        "identifier": f"urn:example:tuan-tin:{week}",
        "generator": "publisher",
        "versions": {},
        "settings": sha256(b""),
        "files": tuple(file for file, _ in files),
        "cover": front[0],
        "articles": tuple(
            Ran(key=headline, sha256=sha256(headline.encode()), headline=headline, language="vi")
            for headline in headlines
        ),
    }
    proof = Proof(**{**known, **particulars})
    folder = shelf / "issues" / week
    folder.mkdir(parents=True)
    for file, data in [*files, front]:
        (folder / file.name).write_bytes(data)
    (folder / NAME).write_bytes(write_proof(proof))
    return proof


def change_proof(shelf: Path, week: str, /, **particulars: object) -> None:
    path = shelf / "issues" / week / NAME
    path.write_bytes(
        write_proof(msgspec.structs.replace(msgspec.json.decode(path.read_bytes(), type=Proof), **particulars))
    )


def listing(folder: Path) -> dict[str, bytes]:
    """All files in a folder, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
