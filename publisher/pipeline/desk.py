"""What ``desk.toml`` asks for, as a request: the same from the command line and from the desk."""

from collections.abc import Sequence
from pathlib import Path

import msgspec

from publisher.config import ArticleSettings, DeskSettings, PictureSettings
from publisher.model import Edit, IssuePlan, PictureEdit, SectionRule
from publisher.pipeline.bindery import Edition
from publisher.pipeline.outputs import Output
from publisher.pipeline.readings import load_profiles
from publisher.pipeline.request import Request
from publisher.theming import load_theme
from publisher.writing.pdf import PressOptions

OUTLETS = "outlets"
"""The folder beside ``desk.toml`` with the profiles of outlets."""


def desk_request(desk: DeskSettings, folder: Path, themes: Sequence[Path] = ()) -> Request:
    """What is to be made of the pages in a folder, into it. ``themes`` are looked in behind those of the desk.

    InputError for a profile of an outlet that cannot be used, ThemeError for a theme.
    """
    return Request(
        references=(str(folder),),
        profiles=load_profiles(None, folder / OUTLETS),
        edition=edition_of_desk(desk, folder, themes),
        plan=plan_of_desk(desk, folder),
    )


def plan_of_desk(desk: DeskSettings, folder: Path) -> IssuePlan:
    """What is decided of the issue, and of each article."""
    issue = desk.issue
    return IssuePlan(
        title=issue.title,
        number=issue.number,
        date=issue.date,
        language=issue.language,
        series=issue.series,
        order=issue.order,
        sections=tuple(SectionRule(name=name) for name in issue.sections),
        sections_by=issue.sections_by,
        edits=tuple(_edit(article, folder) for article in desk.articles),
    )


def edition_of_desk(desk: DeskSettings, folder: Path, themes: Sequence[Path] = ()) -> Edition:
    """The files that a desk asks for. ThemeError when its theme cannot be used."""
    search = (*(folder / each for each in desk.theme.folders), *themes)
    known = load_theme(desk.theme.name, search).options
    # The files that options name lie in the folder, wherever the command is run.
    options = {
        name: str(folder / value) if value and name in known and known[name].type == "picture" else value
        for name, value in desk.theme.options.items()
    }
    return Edition(
        outputs=tuple(
            Output(
                path=folder / output.file,
                press=PressOptions(**msgspec.structs.asdict(output.press)) if output.press else None,
                device=output.profile,
            )
            for output in desk.outputs
        ),
        theme=desk.theme.name,
        theme_folders=search,
        options=options,
        attach=desk.issue.attach,
        pages=desk.issue.pages if desk.issue.fit else None,
    )


def _edit(article: ArticleSettings, folder: Path) -> Edit:
    return Edit(
        source=str(folder / article.file),
        key=article.key,
        section=article.section,
        left_out=article.left_out,
        teasers_out=article.teasers_out,
        cut_after=article.cut_after,
        pictures=tuple(_picture(picture) for picture in article.pictures),
    )


def _picture(picture: PictureSettings) -> PictureEdit:
    return PictureEdit(
        src=picture.file, beside=picture.beside, alt=picture.alt, crop=picture.crop, left_out=picture.left_out
    )
