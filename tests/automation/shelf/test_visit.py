"""The shelf as people and e-readers meet it: in a browser, and through another program's OPDS client."""

import urllib.parse

import pytest

from tests.validators import visited


@pytest.mark.conformance
def test_a_browser_and_an_e_reader_find_every_issue(server):
    address = f"http://127.0.0.1:{server.port}/"

    visit = visited(address)

    assert visit["violations"] == []
    assert visit["complaints"] == []
    assert visit["seen"]["pictures"]
    assert visit["seen"]["headings"] == [
        "h1 Tuần tin",
        "h2 Số mới nhất",
        "h3 Tuần tin, số 12",
        "h2 Các số trước: 2026",
        "h3 Tuần tin, số 11",
        "h3 Tuần tin, số 1",
        "h2 Các số trước: 2025",
        "h3 Tuần tin, số 52",
        "h3 Tuần tin, số 51",
        "h2 Theo dõi",
        "h2 Địa chỉ cố định của số mới nhất",
    ]
    titles = [
        "Tuần tin, số 12 (2026-03-22)",
        "Tuần tin, số 11 (2026-03-15)",
        "Tuần tin, số 1 (2026-01-04)",
        "Tuần tin, số 52 (2025-12-28)",
        "Tuần tin, số 51 (2025-12-21)",
    ]
    for entrance, catalogues in visit["books"].items():
        suffix = entrance.rpartition(".")[2]
        folder = "opds" if suffix == "xml" else "opds2"
        assert {url.removeprefix(address) for url in catalogues} == {entrance.removeprefix(address)} | {
            f"{folder}/{year}{form}.{suffix}" for year in ("all", "2025", "2026") for form in ("", "-epub", "-pdf")
        }
        assert [book["title"] for book in catalogues[f"{address}{folder}/all.{suffix}"]] == titles
        assert [book["title"] for book in catalogues[f"{address}{folder}/2025-pdf.{suffix}"]] == titles[3:]
        for book in catalogues[f"{address}{folder}/all.{suffix}"]:
            assert len(book["files"]) == 3
            assert len(book["pictures"]) == 2
            for url in (*book["files"], *book["pictures"]):
                assert (server.folder / urllib.parse.urlsplit(url).path.lstrip("/")).is_file()
