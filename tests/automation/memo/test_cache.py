"""The cache, and the steps whose results it holds."""

import io
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import MappingProxyType

import pytest
from PIL import Image

import publisher
from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache, key_of
from publisher.automation.memo.pictures import pictures_of
from publisher.automation.memo.readings import reader_of
from publisher.errors import InputError
from publisher.fetching import picture_asset
from publisher.model import Rendition, Source, Written
from publisher.model.rendition import Metadata
from publisher.reading import Correction, OutletProfile, read
from publisher.reading.vocabulary import Phrases

LARGE = 5 * 1024**2
PAGE = Source(name="bai.md", media_type="text/markdown", data="# Cầu mới\n\nCầu thông xe sáng nay.\n".encode())


def entries(cache: Cache) -> list:
    return sorted(path for path in cache.folder.glob("*/*/*") if path.is_file())


class TestCache:
    def test_what_is_kept_is_found(self, tmp_path):
        cache = Cache(tmp_path / "new")
        cache.keep("readings", key_of(b"a"), b"value")

        assert cache.find("readings", key_of(b"a")) == b"value"
        assert cache.find("readings", key_of(b"b")) is None
        assert cache.find("files", key_of(b"a")) is None

    def test_parts_of_a_key_do_not_run_together(self):
        assert len({key_of(b"ab", b"c"), key_of(b"a", b"bc"), key_of(b"abc"), key_of(b"abc", b"")}) == 4

    @pytest.mark.parametrize("damage", [b"", b"short", b"x" * 100])
    def test_a_damaged_entry_is_removed(self, tmp_path, damage):
        cache = Cache(tmp_path)
        cache.keep("readings", "ab12", b"value")
        (entry,) = entries(cache)
        entry.write_bytes(damage)

        assert cache.find("readings", "ab12") is None
        assert entries(cache) == []

    def test_a_large_value_is_found_however_soon_it_is_asked_for(self, tmp_path):
        cache = Cache(tmp_path)
        for number in range(8):
            cache.keep("files", f"ab{number}", bytes([number]) * LARGE)
            assert cache.find("files", f"ab{number}") == bytes([number]) * LARGE

    def test_a_large_value_is_there_when_room_is_made(self, tmp_path):
        cache = Cache(tmp_path)
        cache.keep("files", "ab12", bytes(LARGE))
        cache.make_room()
        assert [path.stat().st_size > LARGE for path in entries(cache)] == [True]

        cache.keep("files", "ab13", bytes(LARGE))
        cache.make_room(limit_bytes=0)
        assert entries(cache) == []

    @pytest.mark.parametrize("size", [5, LARGE])
    def test_what_cannot_be_written_is_not_kept(self, tmp_path, size):
        (tmp_path / "file").write_bytes(b"")
        cache = Cache(tmp_path / "file")

        cache.keep("readings", "ab12", bytes(size))

        assert cache.find("readings", "ab12") is None

    def test_the_longest_unused_go_when_room_is_made(self, tmp_path):
        cache = Cache(tmp_path)
        for number, key in enumerate(("aa", "bb", "cc")):
            cache.keep("files", key, bytes(100))
            os.utime(tmp_path / "files" / key / key, (number, number))
        cache.find("files", "aa")

        cache.make_room(300)

        assert [key for key in ("aa", "bb", "cc") if cache.find("files", key)] == ["aa", "cc"]

    @pytest.mark.parametrize(("days", "bytes_more"), [(0, 1_000), (8, 0)])
    def test_while_there_is_room_for_sure_nothing_is_counted(self, tmp_path, monkeypatch, days, bytes_more):
        counted = []
        listed = Cache._entries
        monkeypatch.setattr(Cache, "_entries", lambda cache: counted.append(cache) or listed(cache))
        now = 1_800_000_000.0
        monkeypatch.setattr(time, "time", lambda: now)

        def run(key: str, size: int) -> None:
            cache = Cache(tmp_path)
            cache.keep("files", key, bytes(size))
            cache.make_room(1_000)

        run("aa", 100)
        run("bb", 100)
        assert len(counted) == 1

        now += days * 86_400
        run("cc", 100 + bytes_more)
        assert len(counted) == 2

    @pytest.mark.parametrize("count", [b"", b"\xff", b"nan nan", b"inf 0", b"1", b"1800000000 nan"])
    def test_a_count_that_says_nothing_is_none(self, tmp_path, count):
        cache = Cache(tmp_path)
        for number in range(3):
            cache.keep("files", f"a{number}", bytes(100))
        (tmp_path / "count").write_bytes(count)

        cache.make_room(150)

        assert len(entries(cache)) == 1


class TestMemo:
    def test_a_page_is_read_once(self, tmp_path):
        memo = Memo(Cache(tmp_path))
        first = reader_of(memo, read)(PAGE, None, ())

        again = Memo(Cache(tmp_path))
        second = reader_of(again, read)(PAGE, None, ())

        assert second == first
        assert (memo.found, again.found) == (0, 1)
        assert second.articles[0].headline == "Cầu mới"

    @pytest.mark.parametrize("change", [{"data": b"# Kh\xc3\xa1c\n\nB\xc3\xa0i.\n"}, {"url": "https://bao.example/"}])
    def test_another_page_is_another(self, tmp_path, change):
        import msgspec

        reader_of(Memo(Cache(tmp_path)), read)(PAGE, None, ())
        memo = Memo(Cache(tmp_path))
        reader_of(memo, read)(msgspec.structs.replace(PAGE, **change), None, ())

        assert memo.found == 0

    @pytest.mark.parametrize(
        "guided",
        [
            pytest.param((OutletProfile(ends=Phrases(starts=("hết bài",))), ()), id="profile"),
            pytest.param((None, (Correction(text="Bài.", role="paragraph"),)), id="correction"),
        ],
    )
    def test_the_same_page_read_by_another_profile_or_correction_is_another(self, tmp_path, guided):
        page = Source(name="bai.txt", data="Cầu mới\n\nBài.\n".encode())
        reader_of(Memo(Cache(tmp_path)), read)(page, None, ())
        memo = Memo(Cache(tmp_path))
        reader_of(memo, read)(page, *guided)

        assert memo.found == 0

    def test_an_entry_of_another_form_is_made_anew(self, tmp_path):
        cache = Cache(tmp_path)
        memo = Memo(cache)
        first = reader_of(memo, read)(PAGE, None, ())
        (entry,) = entries(cache)
        cache.keep("readings", entry.name, b"\x01")

        assert reader_of(memo, read)(PAGE, None, ()) == first
        assert memo.found == 0

    def test_what_fails_is_not_kept(self, tmp_path):
        memo = Memo(Cache(tmp_path))

        with pytest.raises(InputError):
            pictures_of(memo, picture_asset)(b"no picture")
        assert entries(Cache(tmp_path)) == []

    @pytest.mark.parametrize(("form", "stays"), [("PNG", True), ("GIF", False)])
    def test_a_picture_that_keeps_its_bytes_is_kept_without_them(self, tmp_path, form, stays):
        stream = io.BytesIO()
        Image.effect_noise((60, 40), 50).save(stream, form)
        data = stream.getvalue()
        made = picture_asset(data)

        again = [pictures_of(Memo(Cache(tmp_path)), picture_asset)(data) for _ in range(2)]

        (entry,) = entries(Cache(tmp_path))
        assert again == [made, made]
        assert (made.data == data) is stays
        assert (entry.stat().st_size < len(data) / 2) is stays

    def test_what_a_mapping_holds_is_told_by_its_content(self, tmp_path):
        memo = Memo(Cache(tmp_path))
        for value in (1, 1, 2):
            memo.keep("files", int, MappingProxyType({"b": value, "a": 0}), lambda: 0)

        assert memo.found == 1

    def test_a_file_is_made_once_for_a_rendition(self, tmp_path):
        made = []

        def make() -> Written:
            made.append(1)
            return Written(data=b"PK")

        def rendition(title: str) -> Rendition:
            metadata = Metadata(identifier="urn:x", title=title, language="vi")
            return Rendition(target="ebook", metadata=metadata, documents=(), nav=(), stylesheets=(), assets=())

        memo = Memo(Cache(tmp_path))
        for title in ("Tuần", "Tuần", "Tháng"):
            assert memo.keep("files", Written, (rendition(title), None), make) == Written(data=b"PK")

        assert len(made) == 2

    def test_without_a_cache_everything_is_done(self):
        memo = Memo(None)

        assert reader_of(memo, read)(PAGE, None, ()) == reader_of(memo, read)(PAGE, None, ())
        assert memo.found == 0


DONE_AGAIN = """
import sys
from pathlib import Path
from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
for kind in sys.argv[2:]:
    memo = Memo(Cache(Path(sys.argv[1])))
    memo.keep(kind, int, "the same thing", lambda: 1)
    if not memo.found:
        print(kind)
"""
"""A process of its own, as the next week's run is one: it says which kinds of steps it had to do again."""


class TestAnotherVersion:
    """What is kept is of this code and these libraries: of others, an old fault would outlive its repair."""

    ALL = (
        *("readings", "pictures", "fingerprints", "files", "fragments", "covers", "surveys", "kobo", "codes"),
        *("words", "markups", "points", "divisions", "webpages", "thumbnails"),
        *("reports", "texts", "pages", "documents"),
    )

    def done_again(self, cache: Path, path: Path) -> tuple[str, ...]:
        ours = Path(publisher.__file__).parents[1]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (path, ours)))}
        command = [sys.executable, "-c", DONE_AGAIN, str(cache), *self.ALL]
        run = subprocess.run(command, env=environment, cwd=cache, capture_output=True, text=True, check=True)
        return tuple(run.stdout.split())

    @pytest.mark.campaign
    def test_with_another_version_of_a_library_its_steps_are_done_again(self, tmp_path):
        packages = tmp_path / "packages"

        def installed(package: str) -> tuple[str, ...]:
            folder = packages / f"{package.replace('-', '_')}-99.0.dist-info"
            folder.mkdir(parents=True)
            (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 99.0\n")
            return self.done_again(tmp_path, packages)

        before = [self.done_again(tmp_path, packages), self.done_again(tmp_path, packages)]

        assert before == [self.ALL, ()]
        assert installed("trafilatura") == ("readings",)
        assert installed("resvg-py") == ("pictures", "covers")
        assert installed("pikepdf") == ("files", "fragments", "reports", "texts", "pages", "documents")
        assert installed("segno") == ("files", "codes", "words", "markups")

    def test_with_other_code_of_a_stage_its_steps_are_done_again(self, tmp_path):
        copy = tmp_path / "publisher"
        shutil.copytree(Path(publisher.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))

        def repaired(name: str) -> tuple[str, ...]:
            with (copy / name).open("a") as module:
                module.write("# repaired\n")
            return self.done_again(tmp_path, tmp_path)

        assert self.done_again(tmp_path, tmp_path) == self.ALL
        assert repaired("reading/trace/__init__.py") == ("readings",)
        assert repaired("compiling/__init__.py") == ("fingerprints",)
        assert repaired("theming/__init__.py") == ("files", "codes", "words", "markups", "points", "divisions")
        assert repaired("checking/epub/__init__.py") == ("reports", "texts", "pages", "documents")
        assert repaired("pipeline/__init__.py") == ()
        assert repaired("mime.py") == self.ALL
        assert repaired("model/issue.py") == self.ALL
