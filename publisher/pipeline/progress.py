"""How far a run is, told while it goes on."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, int, int], None]
"""Told of the stage (``read``, ``fetch``, ``lay out`` or ``write``), and how many of how many things are done."""
