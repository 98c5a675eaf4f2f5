"""A new theme to start from works as it is."""

import re

import pytest

from publisher.errors import OptionError, ThemeError
from publisher.theming import load_theme, theme_folders
from publisher.theming.starter import make_theme
from tests.theming.issues import FULL, rendered


@pytest.mark.sample(3)
@pytest.mark.parametrize("parent", sorted(theme_folders()))
def test_a_new_theme_renders_as_its_parent_with_a_rule_of_its_own(parent, tmp_path):
    made = make_theme("mine", load_theme(parent), tmp_path / "themes")

    own = rendered(FULL, "mine", search=(tmp_path / "themes",), options={"rule": "thick"})
    theirs = rendered(FULL, parent)

    assert made == tmp_path / "themes" / "mine"
    assert own.documents == theirs.documents
    assert own.stylesheets[0].data.decode().startswith(theirs.stylesheets[0].data.decode())
    assert ".body h2 { border-top: 2pt solid" in own.stylesheets[0].data.decode()


@pytest.mark.parametrize("name", ["", "Mine", "my theme", "../mine", "a/b", "1st", "tên", "-x", "mine\n"])
def test_a_name_that_could_not_be_typed_is_refused(name, tmp_path):
    message = f"a theme's name is lower-case letters, digits and hyphens, not {name!r}"
    with pytest.raises(OptionError, match=re.escape(message)):
        make_theme(name, load_theme("brief"), tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_not_touched(tmp_path):
    (tmp_path / "mine").mkdir()

    with pytest.raises(ThemeError) as caught:
        make_theme("mine", load_theme("brief"), tmp_path)

    assert str(caught.value) == f"{tmp_path / 'mine'} exists already. Choose another name, or remove it first"


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(ThemeError) as caught:
        make_theme("mine", load_theme("brief"), tmp_path / "file")

    assert str(caught.value) == f"{tmp_path / 'file' / 'mine'} cannot be made: Not a directory"
