"""Executors: pure functions of many values, done in several processes or on several machines (``seams.Executor``).

How batches are handed over, come back in their order, and are tried again when a process ends is in ``handing``, alike
for all; who does them is ``processes`` (of this machine), ``threads`` (of this process) and ``cluster`` (Dask).
"""
