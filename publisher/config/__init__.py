"""The settings of a digest and of a desk: ``digest.toml`` and ``desk.toml`` as frozen values.

A mistake in one of them is one line that names file and line.
"""

from publisher.config.desk import ArticleSettings, DeskSettings, DeskTheme, IssueSettings, PictureSettings
from publisher.config.desk_loading import dump_desk, load_desk, parse_desk
from publisher.config.draft import Mistake, SettingsDraft, read_draft
from publisher.config.loading import load_settings, parse_settings, starter
from publisher.config.settings import (
    ARCHIVE,
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
    "ARCHIVE",
    "ArticleSettings",
    "DeskSettings",
    "DeskTheme",
    "Fetching",
    "IssueSettings",
    "Mail",
    "Mistake",
    "OutputSettings",
    "PictureSettings",
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
    "dump_desk",
    "load_desk",
    "load_settings",
    "parse_desk",
    "parse_settings",
    "read_draft",
    "starter",
]
