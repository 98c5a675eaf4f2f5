"""A machine without memory: one line and an exit code, in the place of a traceback."""

import pytest

from tests.cli.running import page, run


def test_a_command_that_finds_no_memory_says_so_in_one_line(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_arguments: object, **_named: object) -> None:
        raise MemoryError

    monkeypatch.setattr("publisher.pipeline.gather", exhausted)

    result = run("read", page(tmp_path))

    assert (result.exit_code, result.stdout, result.stderr) == (
        6,
        "",
        "publisher: there is not enough memory; nothing was left half-written. Give fewer sources, or free some\n",
    )
