"""The development corpus of real pages: its scores may not fall. Skipped where it is not beside the checkout."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from publisher.model import Source, to_json
from publisher.reading import read

FLOORS = {
    "baodautu": 1.0,
    "baohaiphong": 1.0,
    "en_bbc_guns": 0.90,
    "en_cnn": 1.0,
    "kinhtedothi": 1.0,
    "seed": 1.0,
    "thanhnien": 1.0,
    "vi_composite_vov": 1.0,
}


@pytest.fixture(scope="module")
def score(shared: Path) -> ModuleType:
    """The corpus's own scorer."""
    path = shared / "corpus" / "score.py"
    if not path.is_file():
        pytest.skip("the corpus's scorer (../shared/corpus/score.py) is not here")
    spec = importlib.util.spec_from_file_location("corpus_score", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", FLOORS)
def test_the_score_of_a_real_page_does_not_fall(name: str, score: ModuleType, shared: Path) -> None:
    folder = shared / "corpus" / "text"
    gold = json.loads((folder / f"{name}.gold.json").read_text(encoding="utf-8"))

    article = read(Source(name=name, data=(folder / f"{name}.txt").read_bytes())).articles[0]
    metrics, details = score.score_case(gold, score.from_article(json.loads(to_json(article))))

    assert metrics["macro"] >= FLOORS[name], details


def test_the_seed_page_tells_its_day_by_inference(shared: Path) -> None:
    data = (shared / "corpus" / "text" / "seed.txt").read_bytes()

    article = read(Source(name="seed.txt", data=data)).articles[0]

    assert (str(article.published), article.certainty) == ("2025-10-17", "inferred")
    assert [problem.code for problem in article.problems] == ["inferred-date"]
