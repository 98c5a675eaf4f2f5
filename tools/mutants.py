"""Changes the judgements of compiling/ and automation/digest/ one by one; says which changes no test notices.

    tools/mutants.py MINUTES [NAME...]

NAME is a pattern such as ``publisher.compiling.order*``; without one, all. It goes on where it was when the minutes
were over; what was tried is in ``mutants/``. ``mutmut show NAME`` shows a change. What to change and which tests are
asked stands in pyproject.toml.
"""

import collections
import fnmatch
import re
import subprocess
import sys
from pathlib import Path

MUTMUT = str(Path(sys.executable).with_name("mutmut"))
NOTICED = ("killed", "timeout", "caught by type check", "segfault")
UNNOTICED = ("survived", "no tests", "suspicious")


def main(minutes: float, names: list[str]) -> None:
    """Try for so many minutes, then say how many of all that were tried until now were noticed."""
    trying = subprocess.Popen([MUTMUT, "run", "--max-children", "2", *names])
    try:
        trying.wait(minutes * 60)
    except subprocess.TimeoutExpired:
        trying.terminate()
        trying.wait()
    if trying.returncode > 0:
        raise SystemExit(f"mutants: mutmut ended with {trying.returncode}. What it printed says why.")
    results = subprocess.run([MUTMUT, "results", "--all", "true"], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^ +(\S+): (.+)$", results, re.MULTILINE)
    states = {name: state for name, state in found if any(fnmatch.fnmatch(name, each) for each in names or ["*"])}
    for name, state in sorted(states.items()):
        if state in UNNOTICED:
            print(f"{name}: {state}")
    count = collections.Counter(states.values())
    noticed = sum(count[state] for state in NOTICED)
    tried = noticed + sum(count[state] for state in UNNOTICED)
    score = f"{noticed / tried:.0%}" if tried else "none"
    print(f"noticed {noticed} of {tried} changes ({score}); {len(states) - tried} are not tried yet")


if __name__ == "__main__":
    main(float(sys.argv[1]), sys.argv[2:])
