"""Which files an issue becomes, as the settings ask for them."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from publisher.automation.issues.week import Week, names_of
from publisher.config import OutputSettings, Settings
from publisher.pipeline import Edition, Output
from publisher.writing.pdf import Limits, PressOptions


def edition_of(settings: Settings, folder: Path, week: Week, number: str | None, themes: Sequence[Path]) -> Edition:
    """What is to be made, into a folder."""
    return Edition(
        outputs=tuple(_output(output, folder / file_name(output, week, number)) for output in settings.outputs),
        theme=settings.theme.name,
        theme_folders=(*settings.theme.folders, *themes),
        options=settings.theme.options,
        limits=Limits(jobs=settings.policy.jobs),
        attach=settings.evidence.attach,
    )


def _output(output: OutputSettings, path: Path) -> Output:
    press = PressOptions(**msgspec.structs.asdict(output.press)) if output.press else None
    return Output(path=path, press=press, device=output.profile)


def file_name(output: OutputSettings, week: Week, number: str | None) -> str:
    """What an output is called in the issue of a week."""
    return output.file.format(**names_of(week, number))
