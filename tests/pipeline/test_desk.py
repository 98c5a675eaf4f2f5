"""What ``desk.toml`` asks for, as a request."""

from pathlib import Path

from publisher.config import parse_desk
from publisher.pipeline import edition_of_desk


def test_themes_and_pictures_that_it_names_lie_in_its_folder_wherever_it_is_used(tmp_path):
    theme = tmp_path / "themes" / "ours"
    theme.mkdir(parents=True)
    (theme / "theme.toml").write_text('extends = "compilation"\nsummary = "Ours"\n', encoding="utf-8")
    text = '[theme]\nname = "ours"\nfolders = ["themes"]\noptions = { logo = "a.jpg", accent = "#123456" }\n'

    edition = edition_of_desk(parse_desk(text.encode(), Path("desk.toml")), tmp_path)

    assert edition.theme_folders == (tmp_path / "themes",)
    assert edition.options == {"logo": str(tmp_path / "a.jpg"), "accent": "#123456"}
