"""Reads pages, and may make a brief of one: ``python reading.py confined|here PAGES [OUTPUT [FILES]]``.

``confined`` reads in the confined process, as the commands do, ``here`` in this one. With ``FILES``, a folder, the
output is a raw zip of it instead: the least that an e-book of these pages can cost.
"""

import contextlib
import functools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bare import write_zip

from publisher.confinement.worker import Worker

where, pages, *output = sys.argv[1:]
output, files = output[:1], output[1:]
with contextlib.ExitStack() as stack:
    if where == "confined":
        worker = stack.enter_context(Worker())
        worker.start("read")
    from publisher.pipeline import Edition, Means, Output, Request, Wanted, gather, publish

    means = Means(read=functools.partial(worker.do, "read")) if where == "confined" else Means()
    if output and not files:
        edition = Edition(outputs=(Output(path=Path(output[0])),), theme="brief")
        publish(Request(references=(pages,), edition=edition), means)
    else:
        gather(Wanted(references=(pages,)), means)
if files:
    write_zip(Path(files[0]), Path(output[0]))
