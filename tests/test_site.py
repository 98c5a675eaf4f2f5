"""The site: built strictly from the documents, in two languages, with a search, and nothing in it from elsewhere."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    pytest.importorskip("mkdocs_static_i18n", reason="mkdocs-static-i18n, of the extra dev, is not installed")
    folder = tmp_path_factory.mktemp("build") / "site"
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (built.returncode, built.stderr) == (0, "")
    return folder


def test_a_page_and_what_is_outside_of_the_documents_lead_to_each_other(site):
    developer = (site / "tutorials" / "developer.html").read_text(encoding="utf-8")

    assert 'href="../CONTRIBUTING.html"' in developer
    assert 'href="architecture.html"' in (site / "CONTRIBUTING.html").read_text(encoding="utf-8")


def test_what_is_not_translated_is_in_english_among_the_vietnamese(site):
    officer, parts = (
        (site / "vi" / name).read_text(encoding="utf-8") for name in ("howto/officer.html", "architecture.html")
    )

    assert '<html lang="vi"' in officer
    assert ">Hướng dẫn<" in re.sub(r"\s", "", officer).replace("Hướngdẫn", "Hướng dẫn")
    assert 'href="../architecture.html"' in officer
    assert re.search(r"<h1[^>]*>Architecture", parts)


def test_the_search_knows_both_languages(site):
    pages = json.loads((site / "search" / "search_index.json").read_bytes())["docs"]
    titles = {page["location"]: page["title"] for page in pages}

    assert titles["tutorials/officer.html"] == "A briefing before five"
    assert titles["vi/tutorials/officer.html"] == "Bản điểm tin trước năm giờ"


def test_nothing_is_loaded_from_elsewhere(site):
    loaded = r"<(?:script|link|img|iframe|source)[^>]+(?:src|href)=\"(?:https?:)?//[^\"]+|url\((?:https?:)?//[^)]+"

    found = {path: re.findall(loaded, path.read_text(encoding="utf-8")) for path in site.rglob("*.html")}

    assert {path: foreign for path, foreign in found.items() if foreign} == {}
    assert len(found) > 60
