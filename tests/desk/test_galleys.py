"""A changed article of a long issue is set by itself, before the issue is."""

from pathlib import Path

import pytest

from publisher.config import DeskSettings
from publisher.desk.galleys import FROM_PAGES, MOST, Galleys
from publisher.desk.reader import PageReader
from publisher.pipeline import assemble, desk_request, gather
from publisher.seams import made_anew
from tests.cli.running import PAGE
from tests.desk.conftest import SECOND
from tests.desk.copied import TOPICS, pasted
from tests.validators import pdf_text

THIRD = "Chợ nổi họp lại sau lũ\n\nSáng nay chợ nổi họp lại sau hai tuần nghỉ vì nước lên cao, theo ban quản lý chợ.\n"


class Setting:
    """Galleys of a folder of three articles, each of which can be changed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name, words in (("cau", PAGE), ("rau", SECOND), ("cho", THIRD)):
            (folder / f"{name}.txt").write_text(words, encoding="utf-8")
        self.reader = PageReader()
        self.told = []
        means = self.reader.means()
        wanted = lambda: (desk_request(DeskSettings(), folder), None)  # noqa: E731
        self.galleys = Galleys(wanted, means, made_anew, lambda *told: self.told.append(told), 0.0)
        self.galleys.warm.start()
        request = wanted()[0]
        self.assembled = lambda: assemble(gather(request, means), request.plan, means)

    def printed(self, pages: int) -> None:
        """The issue as it is now was laid out, on so many pages."""
        self.galleys.printed(self.assembled(), pages)
        self.galleys.warm.wait()

    def after(self, *changed: str) -> list[str]:
        """The headlines of what was set when the headlines of some pages became others."""
        for name in changed:
            path = self.folder / f"{name}.txt"
            path.write_text(f"{name}: {path.read_text(encoding='utf-8')}", encoding="utf-8")
        del self.told[:]
        self.galleys.warm.wake()
        self.galleys.warm.wait()
        return [article.headline for article, _ in self.told]


@pytest.fixture(scope="module")
def setting(tmp_path_factory):
    made = Setting(tmp_path_factory.mktemp("galleys"))
    yield made
    made.galleys.warm.end()
    made.reader.close()


def test_the_one_article_that_was_changed_is_set_by_itself(setting, tmp_path):
    setting.printed(FROM_PAGES)

    assert setting.after("cho") == ["cho: Chợ nổi họp lại sau lũ"]
    (written,) = (written for _, written in setting.told)
    (tmp_path / "galley.pdf").write_bytes(written.data)
    (page,) = pdf_text(tmp_path / "galley.pdf")
    assert "cho: Chợ nổi họp lại sau lũ" in page
    assert "Giá rau" not in page


def test_after_one_galley_comes_that_of_the_next_change(setting):
    setting.printed(FROM_PAGES)

    assert (setting.after("cau")[0][:5], setting.after("rau")[0][:5], setting.after()) == ("cau: ", "rau: ", [])


def test_of_several_at_once_each_is_set_in_the_order_of_the_issue(setting):
    setting.printed(FROM_PAGES)

    assert [headline[:5] for headline in setting.after("rau", "cau")] == ["cau: ", "rau: "]


def test_very_many_and_those_of_a_short_issue_come_with_the_whole(setting):
    setting.printed(FROM_PAGES)
    for number, topic in enumerate(TOPICS[:MOST]):
        (setting.folder / f"them-{number}.txt").write_text(pasted(*topic), encoding="utf-8")
    assert setting.after("cau", "rau") == []

    setting.printed(FROM_PAGES - 1)
    assert setting.after("cau") == []
