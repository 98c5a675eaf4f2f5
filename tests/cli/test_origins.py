"""Options that nobody typed: from variables and from the file of defaults."""

import pytest

from tests.cli.running import page, run


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    page(tmp_path)


def themes_of(*arguments):
    """The theme that a command takes: one that is not there is named in the error."""
    return run("brief", "page.txt", *arguments).stderr


def test_what_is_typed_goes_before_the_variable_and_that_before_the_file(tmp_path, monkeypatch):
    own = tmp_path / "config" / "publisher" / "defaults.toml"
    own.parent.mkdir(parents=True)
    own.write_text('[brief]\ntheme = "in-file"\n', encoding="utf-8")
    by_file = themes_of()
    monkeypatch.setenv("PUBLISHER_BRIEF_THEME", "in-variable")
    by_variable = themes_of()
    by_hand = themes_of("--theme", "typed")

    assert by_file.startswith(f"publisher: {own}, line 2: there is no theme 'in-file'. ")
    assert by_variable.startswith("publisher: PUBLISHER_BRIEF_THEME: there is no theme 'in-variable'. ")
    assert by_hand.startswith("publisher: there is no theme 'typed'. ")


def test_an_option_of_the_theme_is_told_with_its_line(tmp_path):
    (tmp_path / "own.toml").write_text('[brief]\nnumber = "4"\n[brief.set]\nacent = "red"\n', encoding="utf-8")

    result = run("--defaults", "own.toml", "brief", "page.txt")

    assert result.stderr == "publisher: own.toml, line 3: the theme has no option 'acent'. Did you mean 'accent'?\n"


def test_a_variable_may_hold_several_values(monkeypatch):
    monkeypatch.setenv("PUBLISHER_BRIEF_SET", "accent=navy;papr=A5")

    assert run("brief", "page.txt").stderr == (
        "publisher: PUBLISHER_BRIEF_SET: the theme has no option 'papr'. Did you mean 'paper'?\n"
    )


def test_other_errors_name_no_place(monkeypatch):
    monkeypatch.setenv("PUBLISHER_BRIEF_TITLE", "pages")

    assert run("brief", "pages.txt").stderr == (
        "publisher: cannot read 'pages.txt': there is no such file. Did you mean 'page.txt'?\n"
    )
