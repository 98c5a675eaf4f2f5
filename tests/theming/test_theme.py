"""Themes are found, stacked and refused."""

import re

import pytest

from publisher.errors import OptionError, ThemeError
from publisher.model import Article
from publisher.theming import load_theme, render, shipped_themes, theme_folders
from publisher.theming.fonts import font_asset
from publisher.theming.theme import MAX_FILE_BYTES, MAX_FILES
from tests.theming.issues import FULL, issue, make_theme, rendered

TOML = "theme.toml"


def stylesheet(rendition):
    return rendition.stylesheets[0].data.decode()


def test_the_shipped_themes_rest_on_base_and_each_says_what_it_makes():
    themes = {name: load_theme(name) for name in theme_folders()}

    assert {"base", "brief", "compilation"} <= themes.keys()
    assert {theme.stack[-1] for theme in themes.values()} == {"base"}
    assert all(theme.summary.endswith(".") for theme in themes.values())


@pytest.mark.sample(3)
@pytest.mark.parametrize("target", ["print", "ebook"])
@pytest.mark.parametrize("name", sorted(theme_folders()))
def test_a_shipped_theme_needs_nothing_but_itself_and_what_it_extends(name, target):
    rendition = rendered(issue(FULL), theme=name, target=target)

    assert rendition.problems == ()
    assert "article" in [document.role for document in rendition.documents]


class TestSearchPath:
    def test_a_file_comes_from_the_nearest_theme_of_the_stack(self, tmp_path):
        make_theme(tmp_path, "parent", **{TOML: 'summary = "P."', "print/page.xhtml": "parent", "a.css": "parent"})
        make_theme(tmp_path, "child", **{TOML: 'summary = "C."\nextends = "parent"', "a.css": "child"})

        theme = load_theme("child", [tmp_path])

        assert theme.stack == ("child", "parent", "base")
        assert theme.find_file("a.css") == b"child"
        assert theme.find_file("print/page.xhtml") == b"parent"
        assert theme.find_file("print/cover.xhtml") == (shipped_themes() / "base/print/cover.xhtml").read_bytes()

    def test_a_theme_of_the_stack_can_be_named(self, tmp_path):
        make_theme(tmp_path, **{"print.css": "own"})

        theme = load_theme("own", [tmp_path])

        assert theme.file_for("own:print.css") == b"own"
        assert theme.file_for("base:print.css") == (shipped_themes() / "base/print.css").read_bytes()
        assert theme.file_for("base:no.css") is None
        assert theme.file_for("compilation:print.css") is None, "not on this theme's stack"

    def test_a_folder_given_hides_a_shipped_theme_and_the_first_folder_hides_the_second(self, tmp_path):
        first, second = tmp_path / "1", tmp_path / "2"
        make_theme(first, "brief", **{TOML: 'summary = "Mine."'})
        make_theme(second, "brief", **{TOML: 'summary = "Not mine."'})

        assert load_theme("brief", [first, second]).summary == "Mine."
        assert load_theme("brief", [second, first]).summary == "Not mine."
        assert list(theme_folders([first, second])) == list(theme_folders())

    def test_a_theme_may_be_named_by_its_folder(self, tmp_path):
        folder = make_theme(tmp_path, "own")

        assert load_theme(str(folder)).name == "own"
        assert load_theme(f"{folder}/.").name == "own"

    def test_folders_that_are_not_there_or_hold_no_description_are_passed_over(self, tmp_path):
        (tmp_path / "notes").mkdir()
        (tmp_path / "file.txt").write_text("")

        assert theme_folders([tmp_path, tmp_path / "missing"]) == theme_folders()

    def test_hidden_files_of_an_editor_are_no_part_of_a_theme(self, tmp_path):
        folder = make_theme(tmp_path, **{".swap": "", "a.css": ""})
        (folder / ".git").mkdir()
        (folder / ".git" / "config").write_text("")

        assert set(load_theme("own", [tmp_path]).files["own"]) == {TOML, "a.css"}

    def test_a_style_sheet_includes_another_themes_by_its_name(self, tmp_path):
        make_theme(tmp_path, **{"print.css": '{% include "base:print.css" %}\n.own { color: red }'})

        own = stylesheet(rendered(FULL, "own", search=(tmp_path,)))

        assert ".pull-quote" in own, "of base"
        assert ".masthead-name" not in own, "of brief, which was left out"
        assert own.rstrip().endswith(".own { color: red }")

    def test_a_rendition_touches_no_disk_once_the_theme_is_loaded(self, tmp_path):
        folder = make_theme(tmp_path, **{"print.css": '{% include "brief:print.css" %}'})
        theme = load_theme("own", [tmp_path])
        before = render(issue(FULL), theme, "print")
        for file in folder.iterdir():
            file.unlink()

        assert render(issue(FULL), theme, "print") == before


class TestInheritance:
    def test_an_option_that_a_theme_is_without_cannot_be_given_and_has_its_default_in_templates(self, tmp_path):
        make_theme(
            tmp_path,
            **{
                TOML: 'summary = "Own."\nextends = "brief"\nwithout = ["accent"]\n',
                "print.css": '{% include "brief:print.css" %}',
            },
        )

        own = load_theme("own", [tmp_path])

        assert ("accent" in own.options, dict(own.settled)) == (False, {"accent": "#7a1f1f"})
        assert "#7a1f1f" in stylesheet(rendered(FULL, "own", search=(tmp_path,)))
        with pytest.raises(OptionError):
            rendered(FULL, "own", search=(tmp_path,), options={"accent": "#000000"})

    def test_a_theme_cannot_be_without_what_none_gives_it(self, tmp_path):
        make_theme(tmp_path, **{TOML: 'summary = "Own."\nextends = "brief"\nwithout = ["acent"]\n'})

        with pytest.raises(ThemeError) as caught:
            load_theme("own", [tmp_path])

        assert str(caught.value) == (
            "theme 'own' is without an option 'acent' that none gives it. Did you mean 'accent'?"
        )

    def test_options_documents_title_and_fonts_are_inherited_one_by_one(self, tmp_path):
        make_theme(
            tmp_path,
            **{
                TOML: 'summary = "Own."\nextends = "brief"\n'
                '[options.accent]\ntype = "colour"\ndefault = "#000000"\nhelp = "Black."\n'
                '[options.rule]\ntype = "flag"\ndefault = false\nhelp = "A rule."\n'
            },
        )
        brief = load_theme("brief")

        own = load_theme("own", [tmp_path])

        assert list(own.options) == [*brief.options, "rule"]
        assert own.options["accent"].default == "#000000"
        assert own.options["paper"] == brief.options["paper"]
        assert (own.documents, own.title, own.fonts) == (brief.documents, brief.title, brief.fonts)

    def test_what_a_theme_states_itself_wins(self, tmp_path):
        make_theme(
            tmp_path,
            **{
                TOML: 'summary = "Own."\nextends = "brief"\ntitle = "Own title"\nfonts = []\n'
                '[documents]\nprint = ["articles", "colophon"]\nebook = ["contents", "articles"]\n'
            },
        )

        rendition = rendered(FULL, "own", search=(tmp_path,))

        assert [document.role for document in rendition.documents] == ["article", "colophon"]
        assert rendition.assets == () or not any(asset.name.startswith("fonts/") for asset in rendition.assets)
        assert "Own title" in rendition.documents[0].markup


BROKEN = [
    pytest.param("", "{file}, line 1: Object missing required field `summary`", id="empty"),
    pytest.param("summary = ", "{file}, line 1: this is not TOML: invalid value. Mend the line.", id="not TOML"),
    pytest.param("summary = 1", "{file}, line 1: Expected `str`, got `int` - at `$.summary`", id="wrong type"),
    pytest.param(
        'summary = "S."\nextend = "brief"',
        "{file}, line 2: Object contains unknown field `extend`",
        id="unknown key",
    ),
    pytest.param(
        'summary = "S."\n[documents]\nprint = ["articels"]\nebook = ["articles"]',
        "{file}, line 2: no part is called 'articels'. Did you mean 'articles'? - at `$.documents`",
        id="unknown part",
    ),
    pytest.param(
        'summary = "S."\n[options.a]\ntype = "number"\ndefault = "1"\nhelp = "H."',
        "{file}, line 3: Invalid enum value 'number' - at `$.options[...].type`",
        id="unknown option type",
    ),
    pytest.param(
        'summary = "S."\n[options.a]\ntype = "colour"\ndefault = "rad"\nhelp = "H."',
        "{file}, line 2: option 'default' takes a colour such as #8a1c1c or green, not 'rad'. Did you mean 'red'? "
        "- at `$.options[...]`",
        id="default that the option does not take",
    ),
    pytest.param(
        'summary = "S."\n[options.a]\ntype = "flag"\ndefault = "no"\nhelp = "H."',
        "{file}, line 2: the default of a flag is true or false, and of no other option - at `$.options[...]`",
        id="flag whose default is a word",
    ),
    pytest.param(
        'summary = "S."\n[options.a]\ntype = "text"\ndefault = true\nhelp = "H."',
        "{file}, line 2: the default of a flag is true or false, and of no other option - at `$.options[...]`",
        id="text whose default is a flag",
    ),
    pytest.param(
        'summary = "S."\n[options.a]\ntype = "choice"\ndefault = "x"\nhelp = "H."',
        "{file}, line 2: option 'default' does not take 'x'. There is none. - at `$.options[...]`",
        id="choice without choices",
    ),
    pytest.param(
        'summary = "S."\n'
        '[options.a]\ntype = "text"\ndefault = "x"\nhelp = "H."\n'
        '[options.b]\ntype = "text"\nhelp = "H."\ndefault = 1',
        "{file}, line 9: Expected `bool | str`, got `int` - at `$.options[...].default`",
        id="the second of two options",
    ),
    pytest.param(
        'summary = "S."\nextends = "breif"',
        "there is no theme 'breif', which theme 'own' extends. Did you mean 'brief'?",
        id="unknown parent",
    ),
    pytest.param('summary = "S."\nextends = "own"', "theme 'own' extends itself", id="extends itself"),
    pytest.param(
        'summary = "S."\n[options.a]\ntype = "picture"\ndefault = "a.png"\nhelp = "H."',
        "{file}, line 2: option 'default' takes a picture, which 'a.png' is not yet: it must be loaded"
        " - at `$.options[...]`",
        id="picture with a default",
    ),
]


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "message"),
        [
            pytest.param("breif", "there is no theme 'breif'. Did you mean 'brief'?", id="near match"),
            pytest.param(
                "zzz", f"there is no theme 'zzz'. There is: {', '.join(sorted(theme_folders()))}.", id="none near"
            ),
            pytest.param("", f"there is no theme ''. There is: {', '.join(sorted(theme_folders()))}.", id="empty"),
            pytest.param("../brief", "there is no theme '../brief'. Did you mean 'brief'?", id="a path to no theme"),
        ],
    )
    def test_an_unknown_theme_is_named_with_what_there_is(self, name, message, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)

        with pytest.raises(ThemeError) as caught:
            load_theme(name)

        assert str(caught.value) == message

    @pytest.mark.parametrize(("description", "message"), BROKEN)
    def test_a_bad_description_is_refused_with_its_file(self, description, message, tmp_path):
        folder = make_theme(tmp_path, **{TOML: description})

        with pytest.raises(ThemeError) as caught:
            load_theme("own", [tmp_path])

        assert str(caught.value) == message.format(file=folder / TOML)

    @pytest.mark.parametrize(
        ("last", "message"),
        [
            pytest.param("a", "theme 'a' extends itself by way of 'b' and 'c'", id="the theme itself"),
            pytest.param("b", "theme 'b' extends itself by way of 'c'", id="one that it extends"),
        ],
    )
    def test_themes_that_extend_each_other_are_refused_with_the_way_round(self, last, message, tmp_path):
        make_theme(tmp_path, "a", **{TOML: 'summary = "A."\nextends = "b"'})
        make_theme(tmp_path, "b", **{TOML: 'summary = "B."\nextends = "c"'})
        make_theme(tmp_path, "c", **{TOML: f'summary = "C."\nextends = "{last}"'})

        with pytest.raises(ThemeError) as caught:
            load_theme("a", [tmp_path])

        assert str(caught.value) == message

    def test_a_description_that_is_not_text_is_refused(self, tmp_path):
        folder = make_theme(tmp_path)
        (folder / TOML).write_bytes(b"\xff\xfe")

        with pytest.raises(
            ThemeError, match=re.escape(f"{folder / TOML}, line 1: the file is not UTF-8. Save it as such.")
        ):
            load_theme("own", [tmp_path])

    def test_a_file_too_large_for_a_theme_is_refused(self, tmp_path):
        folder = make_theme(tmp_path)
        with (folder / "video.mp4").open("wb") as file:
            file.truncate(MAX_FILE_BYTES + 1)

        with pytest.raises(ThemeError) as caught:
            load_theme("own", [tmp_path])

        assert str(caught.value) == (
            f"{folder / 'video.mp4'} is too large for a theme's file: the limit is {MAX_FILE_BYTES} bytes"
        )

    @pytest.mark.parametrize(
        ("font", "message"),
        [
            pytest.param(
                'faces = [{ file = "a.woff2" }]', "theme 'own': font 'a.woff2' is neither .ttf nor .otf", id="format"
            ),
            pytest.param(
                'faces = [{ file = "a.ttf" }]',
                "theme 'own' has no file 'a.ttf', nor has any that it extends",
                id="missing",
            ),
            pytest.param(
                'package = "no_such_fonts"\nfaces = [{ file = "a.ttf" }]',
                "theme 'own': there is no font 'a.ttf' in an installed package 'no_such_fonts'. Install the package",
                id="package missing",
            ),
            pytest.param(
                'package = "font_source_serif_pro"\nfaces = [{ file = "../../secret.ttf" }]',
                "theme 'own': there is no font '../../secret.ttf' in an installed package 'font_source_serif_pro'. "
                "Install the package",
                id="file outside the package",
            ),
        ],
    )
    def test_a_font_that_cannot_be_had_is_refused(self, font, message, tmp_path):
        make_theme(tmp_path, **{TOML: f'summary = "S."\n[[fonts]]\nfamily = "F"\n{font}\n'})

        with pytest.raises(ThemeError) as caught:
            rendered(FULL, "own", search=(tmp_path,))

        assert str(caught.value) == message

    def test_a_font_that_is_none_is_refused(self, tmp_path):
        make_theme(
            tmp_path,
            **{TOML: 'summary = "S."\n[[fonts]]\nfamily = "F"\nfaces = [{ file = "a.ttf" }]\n', "a.ttf": "not a font"},
        )

        with pytest.raises(ThemeError, match="a font of the theme cannot be read"):
            rendered(FULL, "own", search=(tmp_path,))


class TestStrangers:
    """What somebody else's theme cannot do: read what is not in it, or run what is not a template."""

    @pytest.mark.parametrize("name", ["fonts/a.ttf", "print.css", "folder", TOML])
    def test_a_link_that_leads_out_is_refused(self, tmp_path, name):
        (tmp_path / "secret").write_text('summary = "S."')
        folder = make_theme(tmp_path)
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(tmp_path / "secret" if name != "folder" else tmp_path)

        with pytest.raises(ThemeError) as caught:
            load_theme("own", [tmp_path])

        assert str(caught.value) == (
            f"{folder / name} is a link that leads out of the theme. Put the file itself there"
        )

    def test_a_link_inside_the_theme_is_followed_and_so_is_one_to_the_whole_theme(self, tmp_path):
        folder = make_theme(tmp_path / "elsewhere", **{"a.css": "a"})
        (folder / "b.css").symlink_to("a.css")
        (tmp_path / "themes").mkdir()
        (tmp_path / "themes" / "own").symlink_to(folder)

        assert load_theme("own", [tmp_path / "themes"]).find_file("b.css") == b"a"

    def test_too_many_files_are_refused(self, tmp_path):
        folder = make_theme(tmp_path)
        for number in range(MAX_FILES):
            (folder / f"{number}.css").touch()

        with pytest.raises(ThemeError) as caught:
            load_theme("own", [tmp_path])

        assert str(caught.value) == f"{folder} is too large for a theme: the limit is 2000 files and 67108864 bytes"

    def test_the_package_of_a_font_is_not_imported(self, tmp_path, monkeypatch):
        packages = tmp_path / "packages"
        (packages / "telling" / "files").mkdir(parents=True)
        (packages / "telling-1.dist-info").mkdir()
        (packages / "telling" / "__init__.py").write_text("raise SystemExit('it ran')")
        (packages / "telling" / "files" / "a.ttf").write_bytes(b"font")
        (packages / "telling-1.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: telling\nVersion: 1\n")
        (packages / "telling-1.dist-info" / "RECORD").write_text("telling/__init__.py,,\ntelling/files/a.ttf,,\n")
        monkeypatch.syspath_prepend(packages)
        make_theme(
            tmp_path,
            **{TOML: 'summary = "S."\n[[fonts]]\nfamily = "F"\npackage = "telling"\nfaces = [{ file = "a.ttf" }]\n'},
        )
        theme = load_theme("own", [tmp_path])

        assert font_asset(theme, theme.fonts[0], theme.fonts[0].faces[0]).data == b"font"


@pytest.mark.parametrize("theme", theme_folders())
def test_no_shipped_page_flows_in_what_costs_the_engine_dear(theme: str) -> None:
    """Flex, grid and tables cost 2 to 4.5 times in flows that grow; columns stand only in articles and short lists."""
    sheet = re.sub(r"/\*.*?\*/", "", stylesheet(rendered(issue(FULL), theme=theme)), flags=re.DOTALL)

    costly = re.findall(
        r"([^{}]*)\{[^{}]*(?:display: *(?:inline-)?(?:flex|grid|table)|columns:(?! auto)|column-count:)", sheet
    )
    assert [selector.strip() for selector in costly] == {
        "gazette": [".article .body"],
        "compilation": [".body"],
        "tuan-bao": [".body", ".briefs-columns"],
    }.get(theme, [])


@pytest.mark.parametrize("theme", theme_folders())
def test_the_sheet_of_a_shipped_theme_is_the_same_for_an_issue_of_any_length(theme: str) -> None:
    """Every page that was laid out with another sheet is laid out anew."""
    articles = [Article(headline=f"Headline {number}", language="en", body=()) for number in range(8)]

    sheets = {stylesheet(rendered(issue(*articles[:count]), theme=theme)) for count in (6, 7, 8)}

    assert len(sheets) == 1
