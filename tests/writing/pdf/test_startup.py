"""The engine is loaded without what it has no need of, and is the same engine."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.writing.pdf import declarations

TOOL = Path(__file__).parents[3] / "tools" / "declarations.py"


def printed_by(program: str) -> str:
    ran = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert ran.stderr == ""
    return ran.stdout.strip()


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("arguments", "loaded"),
    [
        pytest.param("", "[]", id="the release that is known"),
        pytest.param("'0' * 64", "['cffi', 'fontTools.subset', 'pycparser']", id="any other"),
    ],
)
def test_what_only_another_release_needs_is_not_loaded(arguments, loaded):
    program = (
        "import sys\n"
        "from publisher.writing.pdf.startup import load_engine\n"
        f"load_engine({arguments})\n"
        "print([name for name in ('cffi', 'fontTools.subset', 'pycparser') if name in sys.modules])"
    )

    assert printed_by(program) == loaded


def test_what_is_left_until_it_is_used_is_the_true_one():
    program = (
        "from publisher.writing.pdf.startup import load_engine\n"
        "load_engine()\n"
        "from weasyprint.pdf import fonts\n"
        "import fontTools.subset\n"
        "print(fonts.subset.Options is fontTools.subset.Options)\n"
        "try:\n"
        "    fonts.instantiateVariableFont({}, {})\n"
        "except ValueError as error:\n"
        "    print('fvar' in str(error))"
    )

    assert printed_by(program) == "True\nTrue"


def test_the_declarations_are_those_of_the_engine():
    spec = importlib.util.spec_from_file_location("tool", TOOL)
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)

    assert tool.declarations() == Path(declarations.__file__).read_text(encoding="ascii")
