"""The documentation of the findings: every code stands in it with its meaning, and every code is used."""

import re
from pathlib import Path

import pytest

from publisher.cli.check import check
from publisher.model import FINDING_CODES, Finding

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "checking.md").read_text(encoding="utf-8")
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "publisher" / "checking").rglob("*.py"))


def test_the_documentation_has_each_code_with_its_meaning_and_no_other() -> None:
    rows = dict(re.findall(r"^\| `([a-z0-9-]+)` \| [A-Z, ]+ \| (.+) \|$", PAGE, flags=re.MULTILINE))

    assert rows == dict(FINDING_CODES)


@pytest.mark.parametrize("code", FINDING_CODES)
def test_each_code_is_found_by_a_rule(code: str) -> None:
    assert f'"{code}"' in SOURCES


@pytest.mark.parametrize("option", [name for each in check.params for name in each.opts if name.startswith("--")])
def test_the_documentation_has_each_option(option: str) -> None:
    assert option in PAGE or f"--no-{option[2:]}" in PAGE


def test_a_finding_of_an_unknown_code_cannot_be_made() -> None:
    with pytest.raises(ValueError, match=r"^unknown finding code: no-such-code$"):
        Finding(code="no-such-code", severity="note", message="?")
