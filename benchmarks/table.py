"""The table of results: a row for each thing that was measured, and the file that keeps the rows, part by part."""

import os
import re
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from measure import ROOT, Cost

HEAD = """\
| what | articles | size | wall | asked for | processor time | asked for |
| --- | --- | --- | --- | --- | --- | --- |
"""


class Row:
    """A line of the table: what the clock and the processor say, each with the most that was asked for, if any was."""

    def __init__(
        self,
        what: str,
        articles: int,
        size: str,
        *,
        wall: float | None = None,
        most: float | None = None,
        cpu: float | None = None,
        most_cpu: float | None = None,
    ) -> None:
        self.cells = [what, str(articles), size, _number(wall), _asked(wall, most), _number(cpu), _asked(cpu, most_cpu)]

    def __str__(self) -> str:
        return f"| {' | '.join(self.cells)} |"


def ratios(
    what: str,
    articles: int,
    size: str,
    costs: Mapping[str, Cost],
    most: float | None = None,
    most_cpu: float | None = None,
) -> Row:
    """A row of what ours cost, divided by what the bare engine did."""
    ours, bare = costs["ours"], costs["bare"]
    wall, cpu = ours.seconds / bare.seconds, ours.cpu_seconds / bare.cpu_seconds
    return Row(what, articles, size, wall=wall, most=most, cpu=cpu, most_cpu=most_cpu)


def keep(path: Path, introduction: str, part: str, rows: Sequence[Row], parts: Sequence[str]) -> None:
    """Put the rows of a part in the place of those that the file has of it; the other parts stay."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    kept = dict(re.findall(r"^## (\w+)\n\n(.*?)(?=^## |\Z)", text, re.DOTALL | re.MULTILINE))
    kept[part] = f"{_circumstances()}\n\n{HEAD}{chr(10).join(map(str, rows))}"
    body = "".join(f"\n## {name}\n\n{kept[name].strip()}\n" for name in parts if name in kept)
    path.write_text(introduction + body, encoding="utf-8")


def _circumstances() -> str:
    """Of which commit, on how many cores, and how many processes wanted them meanwhile."""
    commit = subprocess.run(["git", "log", "-1", "--format=%h"], cwd=ROOT, capture_output=True, text=True, check=False)
    cores, (load, _, _) = os.cpu_count() or 1, os.getloadavg()
    noise = "quiet" if load < cores else "loaded, so that wall clock says little"
    return f"Commit {commit.stdout.strip() or 'unknown'}; {cores} cores, {noise} (load {load:.1f})."


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"


def _asked(value: float | None, most: float | None) -> str:
    if value is None or most is None:
        return "-"
    return f"{most:g}" if value <= most else f"**{most:g}, missed**"
