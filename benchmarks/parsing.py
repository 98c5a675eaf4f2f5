"""Prints how many seconds it takes to read a page for the first time in a process: ``python parsing.py PAGE``."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from publisher.pipeline import load, read_all

started = time.perf_counter()
read_all(load((sys.argv[1],)))
print(time.perf_counter() - started)
