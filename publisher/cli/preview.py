"""``publisher themes preview``: what a theme makes of an example or of pages of one's own, again at each save."""

import functools
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from publisher.cli.commands import Command
from publisher.cli.flags import worded
from publisher.cli.options import complete_file, complete_theme, confined, themes_folder_option
from publisher.cli.options import theme_folders as search_path
from publisher.cli.parameters import ThemeSetting
from publisher.cli.terminal import say, show_problems, tell
from publisher.confinement.worker import Worker
from publisher.errors import PublisherError

if TYPE_CHECKING:
    from publisher.theming import Theme

PAUSE_S = 0.5
"""Between two looks at what may have been saved: nobody waits longer for a page than it takes to turn to it."""

SAMPLE = """\
---
headline: Cầu Bến Ngự mở cho xe sau ba năm
kicker: Giao thông
standfirst: Cây cầu thứ hai qua sông Ngự dài 640 m, hết 480 tỷ đồng.
bylines: [Lê Thị Hạnh]
date: 2026-03-21
publication: Tin Sông Ngự
url: https://songngu.example/cau
language: vi
section: Đời sống
related:
- {headline: Bến đò cũ thành chợ, summary: Chợ họp từ tháng tư.}
- Giá vé xe buýt không đổi
---

- Xe dưới 16 tấn được qua từ sáng nay.
- Đò ngang chạy đến hết tháng.

Sáng nay, hàng trăm người hai bờ đến xem cây cầu trước giờ thông xe. "Tôi chờ ngày này hai mươi năm", bà Hai Lụa nói.

## Chi phí

Cầu dài 640 m, rộng 12,5 m. Vốn của tỉnh là hai phần ba, còn lại là vốn vay.

> [!quote] Bà Hai Lụa
>
> Từ nay con tôi đi học khỏi chờ đò.

| Phần | Dài (m) | Tỷ đồng |
| --- | --- | --- |
| Cầu chính | 640 | 392,5 |
| Đường dẫn | 1.210 | 87,5 |

Tháng sau, hai tuyến xe buýt sẽ chạy qua cầu, mỗi chuyến cách nhau mười lăm phút.
"""


@click.command(cls=Command)
@click.argument("name", shell_complete=complete_theme)
@click.argument("sources", nargs=-1, metavar="[SOURCE...]", shell_complete=complete_file)
@click.option("--set", "settings", multiple=True, type=ThemeSetting(), help="An option of the theme; may be repeated.")
@click.option(
    "--in",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="Where to write preview.pdf and preview.epub. Without it, here.",
)
@click.option("--watch", is_flag=True, help="Make them again whenever a file of the theme, or a source, is saved.")
@themes_folder_option
@confined
def preview(
    name: str,
    sources: tuple[str, ...],
    settings: tuple[tuple[str, str], ...],
    folder: Path,
    watch: bool,
    folders: tuple[Path, ...],
    worker: Worker,
) -> None:
    """Make a PDF and an e-book of an example, or of sources, with a theme.

    \b
    publisher themes preview mine
    publisher themes preview mine week/ --set paper=A5 --watch
    """
    from publisher.theming import load_theme

    search = search_path(folders)
    theme = load_theme(name, search)  # A mistyped name is no theme that will be saved one day.
    with tempfile.TemporaryDirectory(prefix="publisher-") as place:
        sample = Path(place, "example.md")
        sample.write_text(SAMPLE, encoding="utf-8")
        shown = sources or (str(sample),)
        if not watch:
            _make(name, shown, dict(settings), folder, search, worker)
            return
        for _ in saves((*_theme_places(theme, name, search), *map(Path, sources)), lambda: time.sleep(PAUSE_S)):
            try:
                _make(name, shown, dict(settings), folder, search, worker)
            except PublisherError as error:
                tell(f"publisher: {worded(error)}")


def saves(places: Sequence[Path], pause: Callable[[], None]) -> Iterator[None]:
    """One at once, and one each time that a file of the places, or below them, has been saved, added or removed."""
    before = None
    while True:
        now = _stamps(places)
        if now != before:
            before = now
            yield
        pause()


def _stamps(places: Sequence[Path]) -> dict[Path, int]:
    files = (file for place in places for file in (place.rglob("*") if place.is_dir() else (place,)))
    stamps = {}
    for file in files:
        try:
            stamps[file] = file.stat().st_mtime_ns
        except OSError:  # Editors remove a file and put another in its place.
            continue
    return stamps


def _theme_places(theme: "Theme", name: str, search: Sequence[Path]) -> list[Path]:
    """The folders of the theme, whose name may be that of its folder, and of all that it extends."""
    from publisher.theming import theme_folders

    known = theme_folders(search)
    return [known.get(layer, Path(name)) for layer in theme.stack]


def _make(
    name: str, sources: Sequence[str], options: dict[str, str], folder: Path, search: Sequence[Path], worker: Worker
) -> None:
    from publisher.model import IssuePlan
    from publisher.pipeline import Edition, Means, Request, outputs_for, publish

    paths = [folder / "preview.pdf", folder / "preview.epub"]
    edition = Edition(outputs=outputs_for(paths), theme=name, theme_folders=tuple(search), options=options)
    request = Request(references=tuple(sources), edition=edition, plan=IssuePlan(number="1"))
    means = Means(read=functools.partial(worker.do, "read"), picture=functools.partial(worker.do, "picture"))
    outcome = publish(request, means)
    show_problems(outcome.problems)
    for path in outcome.written:
        say(str(path))
