"""The real pages beside the checkout: the scores may not fall."""

import gzip
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.model import to_json
from tests.reading.html.pages import reading_of

FLOORS = {
    "baodautu": 0.99,
    "de_mdr": 0.99,
    "en_bbc_guns": 0.90,
    "en_cnn": 0.99,
    "en_theguardian": 0.99,
    "es_publico": 0.99,
    "fr_euronewsfr": 0.99,
}
"""Of ``en_bbc_guns`` the gold counts ranked headlines only with their ranks, which we take off."""


@pytest.fixture(scope="session")
def score(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", shared / "corpus" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FLOORS)
def test_a_real_page_scores_no_less_than_before(name: str, shared: Path, score: ModuleType) -> None:
    folder = shared / "corpus" / "html"
    gold = json.loads((folder / f"{name}.gold.json").read_text())
    article = reading_of(gzip.decompress((folder / f"{name}.html.gz").read_bytes())).articles[0]

    metrics, _ = score.score_case(gold, score.from_article(json.loads(to_json(article))))

    assert metrics["macro"] >= FLOORS[name]
