"""Finished files kept without their pictures: what comes back is what was made, to the byte, or nothing."""

import io
import random
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from PIL import Image

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.model import Asset, Figure, Written
from publisher.pipeline import Bindery, Edition, outputs_for
from publisher.pipeline.lean import LEAST_BYTES, LeanFile
from tests.theming.issues import bare, issue, paragraph


def picture(number: int, size: int = 2 * LEAST_BYTES) -> bytes:
    return b"\xff\xd8\xff\xe0" + random.Random(number).randbytes(size - 4)  # noqa: S311 - no secret


PICTURES = {b"%d" % number: picture(number) for number in range(4)}
SMALL = b"small", picture(9, LEAST_BYTES - 1)


def lean(data: bytes, pictures: dict[bytes, bytes] = PICTURES) -> LeanFile:
    return LeanFile.of(Written(data=data, page_count=3), pictures)


@given(
    st.lists(st.one_of(st.binary(max_size=40), st.sampled_from([*PICTURES.values(), SMALL[1], b"\xff\xd8\xff\xe0"])))
)
def test_what_was_kept_is_whole_again(parts: list[bytes]) -> None:
    written = Written(data=b"".join(parts), page_count=3)
    kept = LeanFile.of(written, dict([*PICTURES.items(), SMALL]))

    assert kept.whole(PICTURES) == written
    assert len(kept.pictures) == sum(part in PICTURES.values() for part in parts)


def test_it_is_kept_without_its_pictures() -> None:
    one, other = PICTURES[b"1"], PICTURES[b"2"]

    assert lean(b"a" + one + b"b" + one + other) == LeanFile(
        written=Written(data=b"", page_count=3), parts=(b"a", b"b", b"", b""), pictures=(b"1", b"1", b"2")
    )


@pytest.mark.parametrize("at", [600, LEAST_BYTES, 2 * LEAST_BYTES - 1])
def test_a_picture_that_is_another_by_a_byte_is_none_of_the_issues(at: int) -> None:
    one = bytearray(PICTURES[b"1"])
    one[at] ^= 1

    assert lean(bytes(one)).pictures == ()


def test_of_two_that_begin_alike_the_one_is_found_that_is_there() -> None:
    alike = {b"short": picture(1, LEAST_BYTES), b"whole": picture(1, LEAST_BYTES) + b"and more"}

    for digest, data in alike.items():
        kept = lean(data + b"x", alike)
        assert kept.whole(alike) == Written(data=data + b"x", page_count=3)
        assert kept.pictures in ((digest,), (b"short",))


def test_where_a_picture_is_not_there_any_more_there_is_no_file() -> None:
    kept = lean(PICTURES[b"1"] + PICTURES[b"2"])

    assert kept.whole({b"1": PICTURES[b"1"]}) is None


def grain() -> bytes:
    """A picture that no encoder can make small, of some 150 kB."""
    stream = io.BytesIO()
    Image.frombytes("RGB", (600, 400), picture(1, 600 * 400 * 3)).save(stream, "JPEG")
    return stream.getvalue()


def bindery(folder: Path, outputs: list[Path]) -> Bindery:
    edition = Edition(outputs=outputs_for(outputs, devices=("generic", "kobo")), theme="brief")
    return Bindery(edition, Memo(Cache(folder)).keep)


def test_files_come_from_the_cache_as_they_were_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Asset(name="pictures/a.jpg", media_type="image/jpeg", data=grain())
    body = (paragraph(), Figure(src=shown.name, alt="Sông"))
    illustrated = replace(issue(bare("Bài", body=body)), assets=(shown,))
    outputs = [tmp_path / "a.epub", tmp_path / "a.pdf"]

    with bindery(tmp_path / "cache", outputs) as first:
        made = first.make(illustrated, ())
    with bindery(tmp_path / "cache", outputs) as second:
        monkeypatch.setattr(second, "_process", None)
        again = second.make(illustrated, ())

    assert again == made
    assert len(made) == 3
    assert all(file.sha256 == sha256(file.data).hexdigest() for file in made.values())
    assert all(shown.data in file.data for file in made.values())
    kept = [path.read_bytes() for path in (tmp_path / "cache" / "files").glob("*/*")]
    assert len(kept) == 3
    assert not any(shown.data in data for data in kept)


def test_what_goes_beside_an_edition_is_kept_by_all_that_it_is_made_of(tmp_path: Path) -> None:
    shown = Asset(name="pictures/a.jpg", media_type="image/jpeg", data=grain())
    illustrated = replace(issue(bare("Bài")), assets=(shown,))
    made = []

    def make() -> bytes:
        made.append(b"PK" + shown.data + bytes([len(made)]))
        return made[-1]

    for of, made_of in ((illustrated, "a"), (illustrated, "a"), (illustrated, "b"), (issue(bare("Bài")), "a")):
        with bindery(tmp_path / "cache", [tmp_path / "a.epub"]) as desk:
            written = desk.beside(of, "archives", made_of, make)
        assert written.data == made[-1]
        assert written.sha256 == sha256(written.data).hexdigest()

    assert len(made) == 3
