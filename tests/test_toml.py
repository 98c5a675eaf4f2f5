"""TOML that asks too much is refused in one line, whichever file it is; all other is read as it is."""

import contextlib
import datetime as dt
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.config import load_settings
from publisher.errors import ConfigError, InputError, PublisherError, ThemeError
from publisher.reading import parse_corrections, parse_profile
from publisher.theming import load_theme
from publisher.toml import LIMIT_CHARACTERS, MAX_DEPTH, TomlError, dump_toml, load_toml

OURS = sorted((Path(__file__).parents[1] / "publisher").rglob("*.toml"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("a = " + "[" * 100_000, "Values nested more than 16 deep (at line 1, column 21)", id="lists"),
        pytest.param(
            "\nb = " + "{a=" * 90_000, "Values nested more than 16 deep (at line 2, column 53)", id="inline tables"
        ),
        pytest.param("a = " + "9" * 5_000, "A number of more than 18 digits (at line 1, column 5)", id="digits"),
        pytest.param("a = 0x" + "f" * 40, "A number of more than 18 digits (at line 1, column 5)", id="hexadecimal"),
        pytest.param(
            "a" + ".a" * 50_000 + " = 1", "A key of more than 16 parts (at line 1, column 32)", id="dotted key"
        ),
        pytest.param("[a" + ".'a'" * 50_000 + "]", "A key of more than 16 parts (at line 1, column 63)", id="header"),
        pytest.param("#" * 2_000_000, "More than 1048576 characters (at line 1)", id="size"),
        pytest.param("a = 1\na = 2", "Cannot overwrite a value (at end of document)", id="twice"),
        pytest.param(
            "a = '" + "'" * 9,
            "Expected newline or end of document after a statement (at line 1, column 13)",
            id="quotes",
        ),
    ],
)
def test_what_asks_too_much_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(TomlError) as caught:
        load_toml(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('a = "[[[[[[[[[[[[[[[[[[[[" # [[[[[[[[[[[[[[[[[[[[[[\n', id="brackets in texts and comments"),
        pytest.param('a = """\n[[[[[[[[[[[[[[[[[[ \\""" 99999999999999999999 """\nb = 1', id="several lines"),
        pytest.param("a = '''[[[[[[[[[[[[[[[[[[[[ \\'''\nb = '\\'", id="literal"),
        pytest.param('a = """x"""""\nb = [[1], [2]]', id="quotes before the end"),
        pytest.param("a = 3.14159265358979323846\nb = 2026-03-19T07:00:00.123456Z", id="fractions"),
        pytest.param("a = [" + "1.5, " * 5_000 + "]", id="many points"),
        pytest.param('a = "\\\\"\nb = "\\""', id="escapes"),
    ],
)
def test_what_only_looks_like_too_much_is_read(text: str) -> None:
    assert load_toml(text) == tomllib.loads(text)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_our_own_files_are_read_as_they_are(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert load_toml(text) == tomllib.loads(text)


def test_texts_are_as_the_model_takes_them() -> None:
    assert load_toml('a = ["b\\u001b\\ufffe", {c = "d\\u202e"}]\n"\\u0000e" = "Ca\u0302u\\nMới"') == {
        "a": ["b", {"c": "d"}],
        "e": "Câu\nMới",
    }


@given(st.text(st.sampled_from("a.=[]{}\"'\\#\n1_0x,\x00"), max_size=40))
@settings(max_examples=300)
def test_any_text_is_read_as_the_parser_reads_it_or_refused(text: str) -> None:
    try:
        table = tomllib.loads(text)
    except ValueError:
        with pytest.raises(TomlError):
            load_toml(text)
    else:
        assert load_toml(text) == table


ROOT = Path(__file__).parents[1]

GROWING: dict[str, Callable[[int], str]] = {
    "keys": lambda size: "".join(f"k{number} = 1\n" for number in range(size)),
    "tables": lambda size: "".join(f"[t{number}.a.b]\n" for number in range(size)),
    "arrays of tables": lambda size: "[[a]]\n" * size,
    "strings that never end": lambda size: 'a = """' + '\\"""' * size,
    "literals that never end": lambda size: "a = '" + "'" * size,
    "a list": lambda size: f"a = [{'1,' * size}]",
    "dots in a list": lambda size: f"a = [{'.,' * size}]",
}


def cost(kind: str, size: int) -> float:
    """Seconds of processor time, at best."""
    text = GROWING[kind](size)
    times = []
    for _ in range(3):
        began = time.process_time()
        with contextlib.suppress(TomlError):
            load_toml(text)
        times.append(time.process_time() - began)
    return min(times)


def costs_alone(kind: str, size: int) -> list[float]:
    """Of that size and of twice that, in a process of its own: one that has run thousands of tests is slower."""
    program = f"from tests.test_toml import cost; print(cost({kind!r}, {size}), cost({kind!r}, {2 * size}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=True, text=True)
    return [float(seconds) for seconds in done.stdout.split()]


@pytest.mark.sample(6)
@pytest.mark.parametrize("kind", GROWING)
def test_reading_takes_time_in_proportion_to_the_size(kind: str) -> None:
    size = 4_000
    assert len(GROWING[kind](2 * size)) < LIMIT_CHARACTERS
    # Both are measured anew each time: on a machine that swaps its caches one pair alone may mislead.
    pairs = (costs_alone(kind, size) for _ in range(5))
    assert any(twice < 2.5 * once + 0.02 for once, twice in pairs)


HARMFUL = {
    "nesting": "a = " + "[" * 20_000,
    "digits": "a = " + "9" * 5_000,
    "dotted": "a" + ".a" * 20_000 + " = 1",
    "no TOML": "= [",
    "no text": "\ufffe",
}


def theme_in(folder: Path) -> None:
    (folder / "own").mkdir()
    (folder / "file.toml").rename(folder / "own" / "theme.toml")
    load_theme("own", [folder])


READERS: dict[str, tuple[type[PublisherError], Callable[[Path], object]]] = {
    "digest": (ConfigError, lambda folder: load_settings(folder / "file.toml")),
    "profile": (InputError, lambda folder: parse_profile((folder / "file.toml").read_bytes(), "file.toml")),
    "corrections": (InputError, lambda folder: parse_corrections((folder / "file.toml").read_bytes(), "file.toml")),
    "theme": (ThemeError, theme_in),
}


@pytest.mark.parametrize("harm", HARMFUL)
@pytest.mark.parametrize("reader", READERS)
def test_every_reader_refuses_it_in_one_line_with_file_and_line(tmp_path: Path, reader: str, harm: str) -> None:
    kind, read = READERS[reader]
    (tmp_path / "file.toml").write_text(HARMFUL[harm], encoding="utf-8")

    with pytest.raises(kind) as caught:
        read(tmp_path)

    message = str(caught.value)
    assert "\n" not in message
    assert ".toml" in message
    assert "line 1" in message
    assert len(message) < 400


def test_a_list_may_be_as_deep_as_the_limit() -> None:
    text = "a = " + "[" * MAX_DEPTH + "]" * MAX_DEPTH

    assert load_toml(text) == tomllib.loads(text)


def test_a_table_is_written_so_that_it_is_read_again():
    table = {
        "a b": 'c "d" \\ \n\tđ',
        "number": 3,
        "part": 2.5,
        "is": True,
        "day": dt.date(2026, 3, 21),
        "list": ["x", "y"],
        "none": [],
        "table": {"inner": {"key": "value"}},
        "tables": [{"a": 1, "of": [{"b": 2}]}, {"a": 3}],
    }

    assert load_toml(dump_toml(table)) == table


def test_what_is_none_is_not_written():
    assert dump_toml({"a": None, "b": 1}) == "b = 1\n"
