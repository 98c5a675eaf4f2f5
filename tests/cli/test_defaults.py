"""The file of defaults, by itself."""

import pytest

from publisher.cli import cli
from publisher.cli.defaults import Defaults
from publisher.errors import ConfigError


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
        ("[shelf]\nweek = 1\n", "line 2: there is no command 'shelf week'. There is: add, refresh, serve."),
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
