"""What a confined process can be asked to do: nothing but what stands in this table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from publisher.model import Asset, Look, Reading


class JobLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one job may cost. Lower limits of the operator hold as well."""

    processor_s: int
    """Of processor time, which the system counts: a busy machine takes nothing away."""

    deadline_s: float
    """By the clock on the wall, for what waits instead of working."""

    memory_bytes: int
    """Of address space; the interpreter and the libraries take about 300 MB of it."""

    processor_s_per_mib: int = 0
    memory_per_byte: int = 0
    """What a job may cost besides, by the size of what it is given."""

    def of(self, size_bytes: int) -> "JobLimits":
        """The limits of a job that is given so many bytes: nothing in them goes by a size any more."""
        return JobLimits(
            processor_s=self.processor_s + self.processor_s_per_mib * size_bytes // 2**20,
            deadline_s=self.deadline_s,
            memory_bytes=self.memory_bytes + self.memory_per_byte * size_bytes,
        )


class ConfinedJob(msgspec.Struct, frozen=True, kw_only=True):
    """A function that a confined process calls."""

    function: str
    """Its module and its name: ``publisher.reading.dispatch:read``. Its annotations say what its arguments are."""

    result: Any
    """The type of what it gives, known on our side: nothing else is taken from the process."""

    limits: JobLimits

    prepare: str = ""
    """A function that a process calls once that is started for this job: it loads what most of them need."""

    @property
    def module(self) -> str:
        """Where the function is defined."""
        return self.function.partition(":")[0]


JOBS: Mapping[str, ConfinedJob] = MappingProxyType(
    {
        "read": ConfinedJob(
            function="publisher.reading.dispatch:read",
            result=Reading,
            limits=JobLimits(processor_s=10, deadline_s=60, memory_bytes=1024**3),
            prepare="publisher.reading.dispatch:prepare",
        ),
        "picture": ConfinedJob(
            function="publisher.fetching.pictures:picture_asset",
            result=Asset,
            limits=JobLimits(processor_s=8, deadline_s=50, memory_bytes=3 * 1024**3 // 2),
        ),
        "look": ConfinedJob(
            function="publisher.checking:look",
            result=Look,
            limits=JobLimits(
                processor_s=20, deadline_s=1800, memory_bytes=2 * 1024**3, processor_s_per_mib=30, memory_per_byte=4
            ),
        ),
    }
)
"""By the name that a worker is asked for. Ten seconds are three hundred times what a page takes.

A check has a budget of its own (``checking/budget.py``) and passes over what is left when that is over: half of this.
"""
