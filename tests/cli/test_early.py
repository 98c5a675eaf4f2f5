"""What takes longest to load does so in processes of its own, before the command loads what it needs itself."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import page

WATCHED = """
import subprocess, sys

class Watched(subprocess.Popen):
    def __init__(self, arguments, **options):
        program = " ".join(map(str, arguments))
        kind = "engine" if "pdf.child" in program else "reader" if "confinement.child" in program else program
        print(kind, "publisher.pipeline" in sys.modules, file=sys.stderr)
        super().__init__(arguments, **options)

subprocess.Popen = Watched
from publisher.cli import main
main()
"""


@pytest.mark.parametrize(
    ("command", "started"),
    [
        pytest.param(["brief", "{page}", "-o", "{folder}/a.pdf"], ["reader False", "engine False"], id="a PDF"),
        pytest.param(["brief", "{page}"], ["reader False", "engine False"], id="a PDF that has no name yet"),
        pytest.param(["read", "{page}"], ["reader False"], id="nothing is made"),
        pytest.param(["compile", "{page}", "-o", "{folder}/a.epub"], ["reader False"], id="an e-book"),
        pytest.param(
            ["compile", "{page}", "-o", "{folder}/a.pdf", "-o", "{folder}/b.epub"],
            ["reader False", "engine False"],
            id="both",
        ),
    ],
)
def test_the_reader_and_the_engine_start_before_the_pipeline_is_loaded(
    tmp_path: Path, command: list[str], started: list[str]
) -> None:
    words = [word.format(page=page(tmp_path), folder=tmp_path) for word in command]

    done = subprocess.run([sys.executable, "-c", WATCHED, *words], capture_output=True, text=True, cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert [line for line in done.stderr.splitlines() if line.endswith((" True", " False"))] == started
