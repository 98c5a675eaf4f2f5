"""Prints how many seconds it takes to read a page for the first time in a process: ``python parsing.py PAGE``."""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from publisher.pipeline import Means, Wanted, gather

started = time.perf_counter()
gather(Wanted(references=(sys.argv[1],)), Means())
print(time.perf_counter() - started)
