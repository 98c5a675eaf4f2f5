"""What a confined process can be asked to do: nothing but what stands in this table."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import msgspec

from publisher.model import Asset, Reading


class JobLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one job may cost. Lower limits of the operator hold as well."""

    processor_s: int
    """Of processor time, which the system counts: a busy machine takes nothing away."""

    deadline_s: float
    """By the clock on the wall, for what waits instead of working."""

    memory_bytes: int
    """Of address space; the interpreter and the libraries take about 300 MB of it."""


class ConfinedJob(msgspec.Struct, frozen=True, kw_only=True):
    """A function that a confined process calls."""

    function: str
    """Its module and its name: ``publisher.reading:read``. Its annotations say how its arguments are decoded."""

    result: Any
    """The type of what it gives, known on our side: nothing else is taken from the process."""

    limits: JobLimits

    @property
    def module(self) -> str:
        """Where the function is defined."""
        return self.function.partition(":")[0]


JOBS: Mapping[str, ConfinedJob] = MappingProxyType(
    {
        "read": ConfinedJob(
            function="publisher.reading:read",
            result=Reading,
            limits=JobLimits(processor_s=10, deadline_s=60, memory_bytes=1024**3),
        ),
        "picture": ConfinedJob(
            function="publisher.fetching.pictures:picture_asset",
            result=Asset,
            limits=JobLimits(processor_s=8, deadline_s=50, memory_bytes=3 * 1024**3 // 2),
        ),
    }
)
"""By the name that a worker is asked for. Ten seconds are three hundred times what a page takes."""
