"""The annotated pages come in two halves by outlet, the same for everybody, and one of them is not to be looked at."""

import subprocess
import sys
from pathlib import Path

import pytest

from tools.reading.corpora import SECOND, Case, cases, half_of, outlet_of

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    ("name", "outlet"),
    [("de_mdr", "mdr"), ("vi_c_vov__inner_crop", "vov"), ("vi_composite_vov", "vov"), ("seed", "seed")],
)
def test_an_outlet_has_one_name_in_whatever_language_and_rendering(name: str, outlet: str) -> None:
    assert outlet_of(name) == outlet


def test_the_halves_never_change() -> None:
    halves = {name: half_of(name) for name in ("harbour", "island", "ferry", "river", "bridge")}

    assert halves == {"harbour": "fit", "island": "fit", "ferry": "judge", "river": "judge", "bridge": "judge"}


@pytest.mark.parametrize(
    ("name", "rendering", "hard_wrapped"),
    [
        ("de_mdr__lynx.txt", "lynx", True),
        ("de_mdr__inner_crop.txt", "inner_crop", False),
        ("de_mdr.html.gz", "html", False),
        ("seed.txt", "browser", False),
    ],
)
def test_a_page_says_how_it_was_rendered(name: str, rendering: str, hard_wrapped: bool) -> None:
    case = Case(name.partition(".")[0], Path(name), {})

    assert (case.rendering, case.hard_wrapped) == (rendering, hard_wrapped)


def test_what_is_misread_of_the_judge_half_is_not_shown(shared: Path) -> None:
    name = next(case.name for case in cases(*SECOND) if case.half == "judge")

    run = subprocess.run(
        [sys.executable, "tools/reading/scores.py", "--show", name], cwd=ROOT, capture_output=True, text=True
    )

    assert run.returncode == 1
    assert run.stderr == (f"scores: {name} is of the judge half, which nobody looks at. Name pages of the fit half.\n")
    assert run.stdout == ""
