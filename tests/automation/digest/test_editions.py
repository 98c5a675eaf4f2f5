"""What the settings ask to be made."""

from pathlib import Path

from msgspec.structs import replace

from publisher.automation.digest.editions import edition_of
from publisher.automation.issues.week import parse_week
from publisher.config import OutputSettings, load_settings
from publisher.config.settings import Evidence, PressSettings
from publisher.pipeline import Edition, Output
from publisher.writing.pdf import Limits, PressOptions
from tests.automation.digests import SETTINGS


def test_each_output_is_made_under_its_name_as_it_is_asked_for(tmp_path):
    (tmp_path / "digest.toml").write_text(SETTINGS)
    press = PressSettings(bleed_mm=5, marks="crop", imposition="booklet", output_profile=Path("fogra.icc"))
    settings = replace(
        load_settings(tmp_path / "digest.toml"),
        outputs=(
            OutputSettings(file="{year}-{number}.pdf", press=press),
            OutputSettings(file="tuan-{week}.epub", profile="kindle"),
        ),
        evidence=Evidence(attach="none"),
    )
    settings = replace(
        settings,
        theme=replace(settings.theme, options={"accent": "#123456"}),
        policy=replace(settings.policy, jobs=3),
    )

    edition = edition_of(settings, tmp_path / "issue", parse_week("2026-W12"), "12/2026", [tmp_path / "own"])

    assert edition == Edition(
        outputs=(
            Output(
                path=tmp_path / "issue" / "2026-12-2026.pdf",
                press=PressOptions(bleed_mm=5, marks="crop", imposition="booklet", output_profile=Path("fogra.icc")),
            ),
            Output(path=tmp_path / "issue" / "tuan-2026-W12.epub", device="kindle"),
        ),
        theme="bare",
        theme_folders=(tmp_path / "themes", tmp_path / "own"),
        options={"accent": "#123456"},
        limits=Limits(jobs=3),
        attach="none",
    )
