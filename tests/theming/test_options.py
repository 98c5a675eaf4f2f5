"""The options of a theme: typed, never passed on unchecked."""

import pytest

from publisher.errors import OptionError
from publisher.model import Asset
from publisher.theming import load_theme, theme_folders
from publisher.theming.options import Option, resolve_options
from publisher.writing.styles import addresses_in_css
from tests.theming.issues import FULL, issue, rendered

OPTIONS = {
    "accent": Option(type="colour", default="#7a1f1f", help="H."),
    "paper": Option(type="choice", default="A4", choices=("A4", "A5", "letter"), help="H."),
    "masthead": Option(type="text", default="", help="H."),
    "related": Option(type="flag", default=True, help="H."),
}
LOGO = Option(type="picture", default="", help="H.")
PICTURE = Asset(name="pictures/a.png", media_type="image/png", data=b"x")


def test_without_settings_each_option_has_its_default():
    assert resolve_options(OPTIONS, {}) == {"accent": "#7a1f1f", "paper": "A4", "masthead": "", "related": True}


def test_a_default_colour_may_be_named_too():
    named = {"accent": Option(type="colour", default="navy", help="H.")}

    assert resolve_options(named, {}) == {"accent": "#000080"}


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        pytest.param("accent", "#14415F", "#14415f", id="colour"),
        pytest.param("accent", "#F0a", "#ff00aa", id="colour of three digits"),
        pytest.param("accent", "Green", "#008000", id="colour by its name"),
        pytest.param("paper", "A5", "A5", id="choice"),
        pytest.param("paper", "a5", "A5", id="choice in small letters"),
        pytest.param("masthead", "Điểm tin", "Điểm tin", id="text"),
        pytest.param("masthead", "", "", id="empty text"),
        *(pytest.param("related", word, False, id=f"flag {word}") for word in ("no", "false", "off", "No")),
        *(pytest.param("related", word, True, id=f"flag {word}") for word in ("yes", "true", "on", "TRUE")),
    ],
)
def test_a_setting_is_read_by_its_options_type(name, given, value):
    assert resolve_options(OPTIONS, {name: given})[name] == value


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        pytest.param("acent", "#000000", "the theme has no option 'acent'. Did you mean 'accent'?", id="near name"),
        pytest.param(
            "zzz",
            "1",
            "the theme has no option 'zzz'. There is: accent, masthead, paper, related.",
            id="no near name",
        ),
        pytest.param(
            "accent",
            "url(https://example.org/a.png)",
            "option 'accent' takes a colour such as #8a1c1c or green, not 'url(https://example.org/a.png)'",
            id="what would be fetched",
        ),
        pytest.param(
            "accent",
            "gren",
            "option 'accent' takes a colour such as #8a1c1c or green, not 'gren'. Did you mean 'green'?",
            id="colour's name",
        ),
        pytest.param(
            "accent",
            "#ffff",
            "option 'accent' takes a colour such as #8a1c1c or green, not '#ffff'",
            id="a colour of four digits",
        ),
        pytest.param(
            "accent",
            "#000000\n",
            r"option 'accent' takes a colour such as #8a1c1c or green, not '#000000\n'",
            id="colour and a line's end",
        ),
        pytest.param(
            "accent",
            "#000; } body { display: none",
            "option 'accent' takes a colour such as #8a1c1c or green, not '#000; } body { display: none'",
            id="style sheet in a colour",
        ),
        pytest.param(
            "paper", "leter", "option 'paper' does not take 'leter'. Did you mean 'letter'?", id="near choice"
        ),
        pytest.param("paper", "", "option 'paper' does not take ''. There is: A4, A5, letter.", id="no choice"),
        pytest.param("related", "maybe", "option 'related' takes yes or no, not 'maybe'", id="flag"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(name, given, message):
    with pytest.raises(OptionError) as caught:
        resolve_options(OPTIONS, {name: given})

    assert str(caught.value) == message


def test_a_picture_is_an_asset_and_its_value_the_assets_name():
    assert resolve_options({"logo": LOGO}, {"logo": PICTURE}) == {"logo": "pictures/a.png"}
    assert resolve_options({"logo": LOGO}, {"logo": ""}) == resolve_options({"logo": LOGO}, {}) == {"logo": ""}


@pytest.mark.parametrize(
    ("options", "given", "message"),
    [
        pytest.param(OPTIONS, {"accent": PICTURE}, "option 'accent' takes no picture", id="a picture for a colour"),
        pytest.param(
            {"logo": LOGO},
            {"logo": "a.png"},
            "option 'logo' takes a picture, which 'a.png' is not yet: it must be loaded",
            id="words for a picture",
        ),
    ],
)
def test_pictures_and_words_are_not_taken_for_each_other(options, given, message):
    with pytest.raises(OptionError) as caught:
        resolve_options(options, given)

    assert str(caught.value) == message


@pytest.mark.parametrize("name", sorted(theme_folders()))
def test_every_option_of_a_shipped_theme_explains_itself_in_a_sentence(name):
    options = load_theme(name).options

    assert options
    assert all(option.help[0].isupper() and option.help.endswith(".") for option in options.values())


FETCHING = "url(https://example.org/a.png)"


@pytest.mark.parametrize("name", sorted(theme_folders()))
def test_no_option_of_a_shipped_theme_takes_what_css_would_fetch(name):
    options = load_theme(name).options

    for option in options:
        if options[option].type != "text":
            with pytest.raises(OptionError):
                resolve_options(options, {option: FETCHING})


@pytest.mark.parametrize("target", ["print", "ebook"])
@pytest.mark.parametrize("name", ["base", "decree30", "gazette"])
def test_words_of_an_option_are_nothing_that_a_style_sheet_loads(name, target):
    theme = load_theme(name)
    written = f'"{FETCHING}; }} @import "https://example.org/a.css"; image-set("b.png" 1x)'
    given = {option: written for option in theme.options if theme.options[option].type == "text"}

    rendition = rendered(issue(FULL), name, target, given)

    held = {asset.name for asset in rendition.assets}
    assert {address for sheet in rendition.stylesheets for address in addresses_in_css(sheet.data.decode())} <= held
    assert any("https://example.org/a.css" in document.markup for document in rendition.documents)
