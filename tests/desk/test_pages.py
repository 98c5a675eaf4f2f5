"""The pages of a desk's folder, read one after the other."""

from publisher.desk.folder import DeskFolder
from publisher.desk.pages import DeskPages
from publisher.pipeline import Means
from tests.desk.conftest import SECOND


def test_nothing_is_told_of_a_page_that_goes_while_it_is_read(tmp_path):
    for name in ("cho.txt", "rau.txt"):
        (tmp_path / name).write_text(SECOND, encoding="utf-8")

    class Reader:
        read = staticmethod(Means().read)

        def means(self):
            (tmp_path / "cho.txt").unlink(missing_ok=True)
            pages.look()
            return Means()

    pages = DeskPages(DeskFolder(tmp_path), Reader())
    pages.look()
    told = []
    pages.read_rest(lambda was, page, done, total: told.append((page.file, done, total)))

    assert told == [("rau.txt", 1, 1)]
