"""What a refresh writes, in which order, and what it never breaks."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from publisher.automation.issues.proof import proofs_in
from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.automation.shelf import ShelfSettings, is_refreshed, read_shelf, refresh_shelf
from publisher.errors import OutputError
from tests.automation.shelf.shelves import HEADLINES, cover, listing, put_issue, rendition, renditions
from tests.privileges import ordinary_rights

ADDRESS = "https://shelf.invalid/some/where/"
ENTRANCES = ("catalog.xml", "opds2/catalog.json", "index.html", "feed.xml")


def links(shelf: Path) -> dict[str, set[str]]:
    """The files of the shelf that each of its catalogues, its page and its feed lead to."""
    found = {}
    for path in (
        "catalog.xml",
        "feed.xml",
        "index.html",
        *(each for each in listing(shelf) if each.startswith("opds")),
    ):
        text = (shelf / path).read_text(encoding="utf-8")
        hrefs = re.findall(r'(?:\bhref|\bsrc|"href")(?:=|: ?)"([^"]*)"', text)
        urls = [urljoin(ADDRESS + path, href) for href in hrefs if not href.startswith("data:")]
        assert urls, path
        found[path] = {unquote(urlsplit(url).path.removeprefix("/some/where/")) for url in urls}
    return found


def broken(shelf: Path) -> list[str]:
    """Each link that leads nowhere, among those that readers find from the entrances on."""
    found = links(shelf)
    reached, ahead = set(), set(ENTRANCES)
    while ahead:
        reached |= ahead
        ahead = {target for path in ahead for target in found.get(path, ())} - reached
    return [path for path in reached if not (shelf / path).is_file()]


def test_everything_is_written_in_the_order_that_is_safe(tmp_path):
    put_issue(tmp_path, "2026-W12")

    refreshed = refresh_shelf(tmp_path)

    assert refreshed.issues == 1
    assert refreshed.warnings == refreshed.removed == ()
    assert refreshed.changed == (
        "opds/all.xml",
        "opds/all-epub.xml",
        "opds/all-pdf.xml",
        "opds/2026.xml",
        "opds/2026-epub.xml",
        "opds/2026-pdf.xml",
        "opds2/2026-W12.json",
        "opds2/all.json",
        "opds2/all-epub.json",
        "opds2/all-pdf.json",
        "opds2/2026.json",
        "opds2/2026-epub.json",
        "opds2/2026-pdf.json",
        "catalog.xml",
        "opds2/catalog.json",
        "latest-kobo.kepub.epub",
        "latest-press.pdf",
        "latest.epub",
        "latest.pdf",
        "index.html",
        "feed.xml",
    )


def test_every_link_leads_to_a_file(shelf):
    assert broken(shelf) == []


def test_every_issue_is_reached_from_every_entrance(shelf):
    files = {shelved.href(file) for shelved in read_shelf(shelf) for file in shelved.readable}

    found = links(shelf)

    for path in ("opds/all.xml", "opds2/all.json", "feed.xml", "index.html"):
        assert files <= found[path], path
    assert "opds/all.xml" in found["catalog.xml"]
    assert "opds2/all.json" in found["opds2/catalog.json"]


def test_a_second_refresh_changes_nothing(shelf):
    before = {path: (shelf / path).stat().st_mtime_ns for path in listing(shelf)}

    refreshed = refresh_shelf(shelf)

    assert refreshed.changed == ()
    assert {path: (shelf / path).stat().st_mtime_ns for path in listing(shelf)} == before


def test_the_same_issues_give_the_same_bytes_whatever_came_before(shelf, tmp_path):
    other = tmp_path / "other"
    for week in ("2025-W51", "2026-W01"):
        put_issue(other, week, cover_data=cover("#ffffff"))
        refresh_shelf(other)
    for issue in (other / "issues").iterdir():
        for path in issue.iterdir():
            path.unlink()
        issue.rmdir()
    for shelved in reversed(read_shelf(shelf)):
        (other / shelved.path).mkdir()
        for path in (shelf / shelved.path).iterdir():
            (other / shelved.path / path.name).write_bytes(path.read_bytes())

    refresh_shelf(other)

    made = listing(shelf)
    made.pop(".shelf.json")  # It knows of the thumbnails that the other shelf once had.
    assert {path: data for path, data in listing(other).items() if path in made} == made


def test_odd_words_come_through(tmp_path):
    put_issue(tmp_path, "2026-W12", headlines=("A <b>&amp; \x0b B", "]]>", *HEADLINES), title='"Tuần" <tin> & \x00')

    refresh_shelf(tmp_path)

    text = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert '<h1>"Tuần" &lt;tin&gt; &amp; \ufffd</h1>' in text
    assert '<li lang="vi">A &lt;b&gt;&amp;amp; \ufffd B</li>' in text
    assert broken(tmp_path) == []


def test_an_empty_shelf_says_so(tmp_path):
    refreshed = refresh_shelf(tmp_path)

    assert refreshed.issues == 0
    assert "No issue has been published yet." in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert broken(tmp_path) == []


def test_an_issue_without_a_cover_gets_a_plain_one(tmp_path):
    put_issue(tmp_path, "2026-W11", cover=None)
    put_issue(tmp_path, "2026-W12", cover_data=b"no picture")

    refreshed = refresh_shelf(tmp_path)

    (warning,) = refreshed.warnings
    assert warning.startswith("the issue 2026-W12 is shown without its cover: cannot identify image file ")
    assert list(listing(tmp_path / "thumbnails")) == ["plain.png"]
    assert broken(tmp_path) == []


def test_a_broken_issue_is_left_out_and_stays_where_it_is(shelf):
    (shelf / "issues" / "2026-W12" / "issue.json").write_bytes(b"{")

    refreshed = refresh_shelf(shelf, ShelfSettings(keep=1))

    assert refreshed.issues == 1
    assert len(refreshed.warnings) == 1
    assert (shelf / "latest.pdf").samefile(shelf / "issues/2026-W11/tuan-tin-2026-W11.pdf")
    assert (shelf / "issues" / "2026-W12" / "tuan-tin-2026-W12.pdf").is_file()


def test_settings_are_remembered(shelf):
    refresh_shelf(shelf, ShelfSettings(title="The Week", language="en", base_url="https://example.org/week"))

    refreshed = refresh_shelf(shelf)

    assert refreshed.changed == ()
    feed = (shelf / "feed.xml").read_text(encoding="utf-8")
    assert "<title>The Week</title>" in feed
    assert 'href="https://example.org/week/index.html#issue-2026-W12"' in feed
    assert "Newest issue" in (shelf / "index.html").read_text(encoding="utf-8")


TITLED = ShelfSettings(title="Tuần tin")


def test_it_is_known_that_a_shelf_is_as_a_refresh_would_leave_it(shelf):
    assert not is_refreshed(shelf, proofs_in(shelf / "issues"), TITLED)

    refresh_shelf(shelf, TITLED)

    assert is_refreshed(shelf, proofs_in(shelf / "issues"), TITLED)
    assert not is_refreshed(shelf, proofs_in(shelf / "issues"), ShelfSettings(title="Tuần tin", keep=9))


@pytest.mark.parametrize("name", ["index.html", "feed.xml", ".shelf.json", "issues/2026-W12/issue.json"])
def test_it_is_not_when_something_is_missing(shelf, name):
    refresh_shelf(shelf, TITLED)
    (shelf / name).unlink()

    assert not is_refreshed(shelf, proofs_in(shelf / "issues"), TITLED)


def test_nor_after_a_refresh_that_did_not_come_to_its_end(shelf):
    refresh_shelf(shelf, TITLED)
    (shelf / "latest.pdf").unlink()
    (shelf / "latest.pdf").mkdir()
    with pytest.raises(OutputError):
        refresh_shelf(shelf, ShelfSettings(title="The Week"))

    assert not is_refreshed(shelf, proofs_in(shelf / "issues"), TITLED)


def test_nor_when_an_issue_has_come_or_one_was_left_out(shelf):
    refresh_shelf(shelf, TITLED)
    put_issue(shelf, "2026-W13", cover_data=b"no picture")
    assert not is_refreshed(shelf, proofs_in(shelf / "issues"), TITLED)

    refresh_shelf(shelf, TITLED)

    assert not is_refreshed(shelf, proofs_in(shelf / "issues"), TITLED)


@pytest.mark.parametrize("data", [b"", b"{", b'{"retired": 3}', b"\xff"])
def test_a_damaged_memory_costs_nothing_but_time(shelf, data):
    (shelf / ".shelf.json").write_bytes(data)

    assert refresh_shelf(shelf).changed == ()


def test_a_shelf_that_is_read_only_is_an_error_of_one_line(shelf):
    put_issue(shelf, "2026-W13")
    (shelf / "opds").chmod(0o555)

    with (
        ordinary_rights(),
        pytest.raises(OutputError, match=r"cannot write .*/opds/all.xml: the file is not writable"),
    ):
        refresh_shelf(shelf)


def test_a_folder_in_the_way_is_an_error_of_one_line(shelf):
    (shelf / "latest.pdf").unlink()
    (shelf / "latest.pdf").mkdir()

    with pytest.raises(OutputError, match=rf"^cannot refresh the shelf {shelf}: .*: is a directory\.$"):
        refresh_shelf(shelf)


class TestLatest:
    """Addresses that always lead to the newest issue."""

    def test_they_are_the_newest_issues_files(self, shelf):
        put_issue(shelf, "2026-W13")

        refresh_shelf(shelf)

        newest = listing(shelf / "issues" / "2026-W13")
        assert {path: data for path, data in listing(shelf).items() if path.startswith("latest")} == {
            "latest-kobo.kepub.epub": newest["tuan-tin-2026-W13-kobo.kepub.epub"],
            "latest-press.pdf": newest["tuan-tin-2026-W13-print.pdf"],
            "latest.epub": newest["tuan-tin-2026-W13.epub"],
            "latest.pdf": newest["tuan-tin-2026-W13.pdf"],
        }
        assert not any(path.is_symlink() for path in shelf.rglob("*"))

    def test_one_stays_with_the_newest_issue_that_has_the_format(self, shelf):
        put_issue(shelf, "2026-W13", files=[rendition("w13.epub", b"PK")])

        refresh_shelf(shelf)

        assert (shelf / "latest.epub").read_bytes() == b"PK"
        assert (shelf / "latest.pdf").read_bytes() == (shelf / "issues/2026-W12/tuan-tin-2026-W12.pdf").read_bytes()

    def test_they_are_copies_where_there_are_no_hard_links(self, tmp_path, monkeypatch):
        def refuse(*_args, **_kwargs):
            raise OSError(95, "Operation not supported")

        monkeypatch.setattr(os, "link", refuse)
        put_issue(tmp_path, "2026-W12")
        (tmp_path / ".latest.part").write_bytes(b"what a killed run left")

        refresh_shelf(tmp_path)
        again = refresh_shelf(tmp_path)

        assert (tmp_path / "latest.epub").read_bytes() == (
            tmp_path / "issues/2026-W12/tuan-tin-2026-W12.epub"
        ).read_bytes()
        assert not (tmp_path / ".latest.part").exists()
        assert again.changed == ()


class TestRetention:
    """Nothing that readers were told of is deleted before another issue has told them otherwise."""

    def issues(self, shelf):
        return sorted(path.name for path in (shelf / "issues").iterdir())

    def test_an_issue_too_many_is_unlisted_first_and_deleted_after_the_next_issue(self, shelf):
        unlisted = refresh_shelf(shelf, ShelfSettings(keep=3))
        repeated = refresh_shelf(shelf)
        assert "2025-W52" in self.issues(shelf)
        assert not any("2025-W5" in link for path in ("opds/all.xml", "opds2/all.json") for link in links(shelf)[path])

        put_issue(shelf, "2026-W13")
        deleted = refresh_shelf(shelf)

        assert unlisted.removed == repeated.removed == ()
        assert {"issues/2025-W51", "issues/2025-W52", "opds/2025.xml", "opds2/2025-W51.json"} <= set(deleted.removed)
        assert self.issues(shelf) == ["2026-W01", "2026-W11", "2026-W12", "2026-W13"]
        assert not (shelf / "opds" / "2025.xml").exists()
        assert len(listing(shelf / "thumbnails")) == 4
        assert broken(shelf) == []

    def test_an_issue_that_is_listed_again_stays(self, shelf):
        refresh_shelf(shelf, ShelfSettings(keep=1))
        refresh_shelf(shelf, ShelfSettings(keep=9))
        put_issue(shelf, "2026-W13")

        refreshed = refresh_shelf(shelf)

        assert refreshed.removed == ()
        assert len(self.issues(shelf)) == 6

    def test_files_that_are_not_ours_stay(self, shelf):
        for name in ("robots.txt", "opds/notes.txt", "thumbnails/README", "issues/notes.txt", "latest news.txt"):
            (shelf / name).write_text("mine")
        refresh_shelf(shelf, ShelfSettings(keep=1))
        put_issue(shelf, "2026-W13")

        refresh_shelf(shelf)

        for name in ("robots.txt", "opds/notes.txt", "thumbnails/README", "issues/notes.txt", "latest news.txt"):
            assert (shelf / name).read_text() == "mine"

    def test_a_deletion_that_was_killed_is_completed(self, shelf):
        (shelf / "issues" / "2025-W51").rename(shelf / "issues" / ".removed-2025-W51")

        refresh_shelf(shelf)

        assert self.issues(shelf) == ["2025-W52", "2026-W01", "2026-W11", "2026-W12"]


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("weeks", "keep", "new"),
    [
        pytest.param(("2025-W52", "2026-W01"), 1, "2026-W02", id="an old year goes"),
        pytest.param(("2025-W51", "2025-W52"), 5, "2026-W01", id="a new year begins"),
    ],
)
def test_no_step_leaves_a_broken_link_behind(tmp_path, monkeypatch, weeks, keep, new):
    """The shelf as readers find it when a run is killed: after each of its writes and deletions."""
    for week in weeks:
        put_issue(tmp_path, week)
    refresh_shelf(tmp_path)
    refresh_shelf(tmp_path, ShelfSettings(keep=keep))
    seen = []
    for name in ("rename", "link", "unlink", "replace"):
        real = getattr(os, name)

        def watched(*args, real=real, **kwargs):
            result = real(*args, **kwargs)
            seen.append(broken(tmp_path))
            return result

        monkeypatch.setattr(os, name, watched)

    put_issue(tmp_path, new, files=[*renditions(new), rendition("kindle.epub", b"PK", profile="kindle")])
    refreshed = refresh_shelf(tmp_path)

    assert "latest-kindle.epub" in refreshed.changed
    assert ("issues/2025-W52" in refreshed.removed) == (keep == 1)
    assert len(seen) > 40
    assert [found for found in seen if found] == []


def test_a_shelf_that_is_made_again_is_the_same_and_what_is_kept_is_not_made_again(shelf, tmp_path):
    made_anew = []

    def keep(kind, of, made_of, make):
        def counted():
            made_anew.append(kind)
            return make()

        return Memo(Cache(tmp_path / "cache")).keep(kind, of, made_of, counted)

    before = listing(shelf)
    counts = []
    for _ in range(2):
        for path in before:
            if not path.startswith("issues/"):
                (shelf / path).unlink()
        made_anew.clear()
        refresh_shelf(shelf, keep=keep)
        counts.append(len(made_anew))

        assert listing(shelf) == before

    assert counts[0] > 0
    assert counts[1] == 0
