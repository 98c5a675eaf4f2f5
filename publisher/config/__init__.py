"""The settings of a digest: ``digest.toml`` as frozen values. A mistake in it is one line that names file and line."""

from publisher.config.loading import load_settings, starter
from publisher.config.settings import (
    Fetching,
    Mail,
    Output,
    Policy,
    Recipient,
    Selection,
    Series,
    Settings,
    Shelf,
    Source,
    Theme,
    Window,
)

__all__ = [
    "Fetching",
    "Mail",
    "Output",
    "Policy",
    "Recipient",
    "Selection",
    "Series",
    "Settings",
    "Shelf",
    "Source",
    "Theme",
    "Window",
    "load_settings",
    "starter",
]
