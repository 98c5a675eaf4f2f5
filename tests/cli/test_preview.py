"""A theme's pages while it is made."""

import itertools
import os

from publisher.cli.preview import saves
from tests.cli.running import run
from tests.theming.issues import make_theme


def test_an_example_is_made_as_pdf_and_as_e_book(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    make_theme(tmp_path)
    (tmp_path / "out").mkdir()

    result = run("themes", "preview", "own", "--themes-folder", ".", "--set", "paper=A5", "--in", "out")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == ["out/preview.pdf", "out/preview.epub"]
    assert (tmp_path / "out" / "preview.pdf").read_bytes().startswith(b"%PDF-")


def test_a_mistyped_name_is_told_at_once(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    result = run("themes", "preview", "breif", "--watch")

    assert (result.exit_code, result.stdout) == (4, "")
    assert result.stderr.startswith("publisher: there is no theme 'breif'. Did you mean 'brief'?")


def test_each_save_is_one_and_so_are_a_new_file_and_one_that_is_gone(tmp_path):
    sheet, source = tmp_path / "theme" / "print.css", tmp_path / "page.txt"
    sheet.parent.mkdir()
    sheet.write_text("a")
    source.write_text("a")
    done = []

    def save(step):
        done.append(step)
        match step:
            case 1:
                os.utime(sheet, ns=(1, 1))
            case 3:
                (sheet.parent / "new.css").write_text("b")
            case 4:
                source.unlink()

    steps = itertools.count()
    found = saves((sheet.parent, source), lambda: save(next(steps)))

    seen = [len(done) for _ in itertools.islice(found, 4)]

    assert seen == [0, 2, 4, 5]
