"""Options that nobody typed: from variables and from the file of defaults."""

import pytest

from publisher.cli import cli
from publisher.cli.origins import Defaults
from publisher.errors import ConfigError
from tests.cli.running import page, run


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    page(tmp_path)


def defaults(folder, text):
    path = folder / "defaults.toml"
    path.write_text(text, encoding="utf-8")
    return Defaults(path, cli)


def test_a_file_has_tables_of_options_by_their_long_names(tmp_path):
    text = '[brief]\ntheme = "gazette"\njobs = 1\nstrict = true\ndate = 2026-03-21\noutput = "a.pdf"\n'
    text += 'profile = ["kobo", "kindle"]\n[brief.set]\naccent = "navy"\nrelated = false\n[digest.run]\njson = true\n'

    assert defaults(tmp_path, text).options == {
        "brief": {
            "theme": "gazette",
            "jobs": "1",
            "strict": True,
            "date": "2026-03-21",
            "outputs": ["a.pdf"],
            "devices": ["kobo", "kindle"],
            "settings": ["accent=navy", "related=no"],
        },
        "digest": {"run": {"as_json": True}},
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[breif]\n", "line 1: there is no command 'breif'. Did you mean 'brief'?"),
        ("\nbrief = 1\n", "line 2: brief is a command. Write [brief]."),
        ("[digest]\nweek = 1\n", "line 2: there is no command 'digest week'. There is: doctor, history, run."),
        ("[brief]\nthem = 1\n", "line 2: publisher brief has no option --them. Did you mean 'theme'?"),
        ("[brief]\ntheme = [1]\n", "line 2: --theme takes one value, not a list"),
        ("[brief.theme]\na = 1\n", "line 1: --theme takes one value, not a table"),
        ('[brief]\nstrict = "a"\n', "line 2: --strict takes true or false"),
        ("[brief]\ntheme = true\n", "line 2: --theme takes a value, not true or false"),
    ],
)
def test_what_is_no_option_is_told_with_its_line(text, message, tmp_path):
    with pytest.raises(ConfigError) as refused:
        defaults(tmp_path, text)

    assert str(refused.value) == f"{tmp_path}/defaults.toml, {message}"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"[brief\n", ", line 1: this is not TOML: expected ']' at the end of a table declaration. Mend the line."),
        (b"[brief]\ntheme = '\xff'\n", ": the file is not UTF-8. Save it as such."),
    ],
)
def test_what_is_no_toml_is_told(data, message, tmp_path):
    path = tmp_path / "defaults.toml"
    path.write_bytes(data)

    with pytest.raises(ConfigError) as refused:
        Defaults(path, cli)

    assert str(refused.value) == f"{path}{message}"


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
