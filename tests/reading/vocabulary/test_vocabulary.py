"""The vocabulary is a value: who looks a word up was given the words to look it up in."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import publisher.reading
from publisher.reading.vocabulary import PageWords, Phrases, fold, vocabulary

ROOT = Path(publisher.reading.__file__).parent
MODULES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text()) for path in sorted(ROOT.rglob("*.py"))}


def cached_functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions that remember what they gave, with the module that each is in."""
    for module, tree in MODULES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                decorators = {ast.unparse(each).partition("(")[0] for each in node.decorator_list}
                if decorators & {"cache", "lru_cache"}:
                    yield module, node


CACHED = [pytest.param(function, id=f"{module}:{function.name}") for module, function in cached_functions()]


def test_the_same_words_give_the_same_vocabulary_and_other_words_another() -> None:
    one, same, other = (PageWords(ends=Phrases(starts=(word,))) for word in ("hết bài", "hết bài", "hết chuyện"))

    assert vocabulary(one) is vocabulary(same)
    assert len({vocabulary(), vocabulary(one), vocabulary(other)}) == 3


@pytest.mark.parametrize("function", CACHED)
def test_what_is_cached_of_a_text_has_the_vocabulary_in_its_key(function: ast.FunctionDef) -> None:
    parameters = {ast.unparse(each.annotation) for each in function.args.args if each.annotation}
    made = ast.unparse(function.returns) if function.returns else ""

    assert not parameters or "Vocabulary" in {*parameters, made}


def test_the_vocabulary_is_made_in_one_place_and_handed_on() -> None:
    makers = [
        module
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("vocabulary", "Vocabulary")
    ]

    assert sorted(set(makers)) == ["dispatch.py", "vocabulary/__init__.py"]


def test_a_curly_apostrophe_is_a_straight_one() -> None:
    known = vocabulary()

    assert fold("Plus d’articles :") == fold("plus d'articles")
    assert known.labels.is_exact(fold("Plus d’articles"))
