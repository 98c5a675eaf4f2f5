"""Articles of an archive that tell one story are brought together, week by week."""

import datetime as dt
from pathlib import Path

from publisher.archive.grouping import ArchivedStory, Regrouped, group, stories_of
from publisher.archive.parts import read_part
from publisher.archive.places import parts_of
from publisher.compiling import group_stories
from tests.archive.pages import MONDAY, added, page
from tests.compiling.labelled import labelled

SUNDAY = MONDAY + dt.timedelta(days=6)


def put(folder: Path, name: str, text: str, day: dt.date, address: str) -> None:
    """A page; its address is its key."""
    folder.mkdir(exist_ok=True)
    head, _, body = text.partition("\n\n")
    matter = f"---\ntitle: {head}\ndate: {day.isoformat()}\nlanguage: vi\nurl: {address}\n---\n\n"
    (folder / name).write_text(matter + body, encoding="utf-8")


BRIDGE = (
    "Hai nửa cầu Bến Lụa gặp nhau giữa sông Mây\n\n"
    "Sáng nay hai nửa cầu Bến Lụa gặp nhau giữa sông Mây. Cầu dài 1.240 mét, do kỹ sư Hoàng Bá Thước trông coi.\n",
    "Cầu Bến Lụa hợp long trên sông Mây\n\n"
    "Cầu Bến Lụa dài 1.240 mét đã hợp long trên sông Mây, kỹ sư Hoàng Bá Thước nói với hàng trăm người dân.\n",
)


def test_a_story_goes_on_over_the_end_of_its_week(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    put(pages, "1.md", BRIDGE[0], SUNDAY, "https://a.example/1")
    put(pages, "2.md", BRIDGE[1], SUNDAY + dt.timedelta(days=1), "https://b.example/2")
    put(pages, "3.md", page(3, None).partition("---\n\n")[2], SUNDAY, "https://a.example/3")
    archive = tmp_path / "news"
    added(archive, pages)

    assert group(archive) == Regrouped(weeks=2, articles=3, stories=3)
    assert stories_of(archive, "2026-W02") == (
        ArchivedStory(lead="https://a.example/1", members=("https://a.example/1",)),
        ArchivedStory(lead="https://a.example/3", members=("https://a.example/3",)),
    )
    assert stories_of(archive, "2026-W03") == (
        ArchivedStory(lead="https://a.example/1", members=("https://b.example/2",)),
    )


def test_only_weeks_that_have_changed_are_grouped_again(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    for number in range(3):
        day = MONDAY + dt.timedelta(days=7 * number)
        put(pages, f"{number}.md", page(number, None).partition("---\n\n")[2], day, f"https://a.example/{number}")
    archive = tmp_path / "news"
    added(archive, pages)
    group(archive)
    assert group(archive) == Regrouped(weeks=0, articles=0, stories=0)

    put(pages, "9.md", BRIDGE[0], SUNDAY, "https://a.example/9")
    added(archive, pages)

    assert group(archive) == Regrouped(weeks=2, articles=3, stories=3)  # Its own, and the one that may go on with it.


def test_articles_of_one_week_are_judged_as_those_of_one_issue(tmp_path: Path) -> None:
    reports = [each.article for each in labelled("vi")]
    pages = tmp_path / "pages"
    for number, report in enumerate(reports):
        text = f"{report.headline}\n\n" + "\n\n".join(block.inlines[0].text for block in report.body)
        put(pages, f"{number:03}.md", text, MONDAY + dt.timedelta(days=number % 7), f"https://a.example/{number:03}")
    archive = tmp_path / "news"
    added(archive, pages)
    group(archive)

    kept = [each for part in parts_of(archive, "2026-W02") for each in read_part(part)]
    kept.sort(key=lambda each: (each.published, each.key))
    at_once = group_stories([each.whole() for each in kept])
    assert [story.members for story in stories_of(archive, "2026-W02")] == [
        tuple(kept[number].key for number in told) for told in at_once
    ]
    assert any(len(told) > 1 for told in at_once)
