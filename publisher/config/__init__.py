"""The settings of a digest: ``digest.toml`` as frozen values. A mistake in it is one line that names file and line."""

from publisher.config.draft import Mistake, SettingsDraft, read_draft
from publisher.config.loading import load_settings, starter
from publisher.config.settings import (
    Fetching,
    Mail,
    OutputSettings,
    Place,
    Policy,
    Recipient,
    Selection,
    SeriesSettings,
    Settings,
    Shelf,
    ThemeSettings,
    Window,
)

__all__ = [
    "Fetching",
    "Mail",
    "Mistake",
    "OutputSettings",
    "Place",
    "Policy",
    "Recipient",
    "Selection",
    "SeriesSettings",
    "Settings",
    "SettingsDraft",
    "Shelf",
    "ThemeSettings",
    "Window",
    "load_settings",
    "read_draft",
    "starter",
]
