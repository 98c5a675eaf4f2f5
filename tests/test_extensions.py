"""Themes and readers of other packages: found by their entry points, and at fault in one line each."""

from pathlib import Path

import pytest

import publisher
from publisher.errors import InputError, ThemeError
from publisher.extensions import READERS, THEMES, installed_readers, installed_themes, reader_for
from publisher.fetching.media import media_type_for, served_media_type, suffix_for
from publisher.theming import load_theme, theme_faults, theme_folders
from tests.cli.running import run
from tests.installing import lay, on_the_path

BALLAD = "BALLAD\nCon cò bay lả\nBay từ cửa phủ\n"
MODULE = """
from publisher import Article
from publisher.model import Paragraph, Text


def read(source):
    _, title, *verses = source.data.decode().splitlines()
    yield Article(headline=title, language="vi", body=tuple(Paragraph(inlines=(Text(text=verse),)) for verse in verses))
"""
TOML = 'summary = "For songs."\nextends = "brief"\n'


def lay_reader(site, name="reader-ballads", entry="text/x-ballad .ballad", module="reader_ballads", code=MODULE):
    lay(site, name, group=READERS, entry=entry, value=f"{module}:read", **{f"{module}.py": code})


def lay_theme(site, name="theme-songs", entry="songs", folder="theme_songs", toml=TOML):
    lay(site, name, group=THEMES, entry=entry, value=folder, **{f"{folder}/theme.toml": toml, f"{folder}/a.css": ""})


@pytest.fixture
def site(tmp_path):
    with on_the_path(tmp_path / "site") as folder:
        yield folder


@pytest.fixture
def ballad(tmp_path, monkeypatch):
    (tmp_path / "songs").mkdir()
    monkeypatch.chdir(tmp_path / "songs")
    Path("co.ballad").write_text(BALLAD, encoding="utf-8")
    return "co.ballad"


def refusal_of(ballad):
    with pytest.raises(InputError) as refused:
        publisher.read(ballad)
    return str(refused.value)


class TestThemes:
    def test_a_packages_theme_is_named_like_any_other_and_nothing_of_the_package_runs(self, site, tmp_path):
        lay_theme(site)
        (site / "theme_songs" / "__init__.py").write_text("raise SystemExit")

        assert load_theme("songs").stack == ("songs", "brief", "base")
        assert "songs" in run("themes", "list", "--names").stdout.splitlines()
        assert "songs          For songs." in run("themes").stdout.splitlines()
        assert theme_faults() == ()

    def test_a_folder_goes_before_what_is_shipped_and_that_before_a_package(self, site, tmp_path):
        lay_theme(site)
        lay_theme(site, "theme-briefs", "brief", "theme_briefs")
        own = tmp_path / "own" / "songs"
        own.mkdir(parents=True)
        (own / "theme.toml").write_text('summary = "Mine."')

        assert load_theme("songs", [tmp_path / "own"]).summary == "Mine."
        assert load_theme("songs").summary == "For songs."
        assert load_theme("brief").summary != "For songs."
        assert run("themes").stderr.splitlines() == [
            "the theme 'brief' of theme-briefs 1.0 is not used: one of that name comes with publisher"
        ]

    def test_two_packages_with_one_name_have_neither(self, site):
        lay_theme(site)
        lay_theme(site, "theme-songs-too", "songs", "theme_songs_too")
        lines = [
            "the theme 'songs' of theme-songs 1.0 cannot be used: theme-songs-too 1.0 has one for songs too. "
            "Uninstall one of them",
            "the theme 'songs' of theme-songs-too 1.0 cannot be used: theme-songs 1.0 has one for songs too. "
            "Uninstall one of them",
        ]

        assert [theme.fault for theme in installed_themes()] == lines
        assert "songs" not in theme_folders()
        with pytest.raises(ThemeError) as refused:
            load_theme("songs")
        assert str(refused.value) == lines[0]

    @pytest.mark.parametrize("value", ["theme_lost", "theme_songs.print", "re._parser", "base64", ""])
    def test_a_package_without_the_folder_says_so(self, site, value):
        lay_theme(site)
        lay(site, "theme-lost", group=THEMES, entry="lost", value=value)
        line = (
            f"the theme 'lost' of theme-lost 1.0 cannot be used: it has no folder {value!r}. Install the package again"
        )

        listed = run("themes")

        assert (listed.exit_code, listed.stderr) == (0, f"{line}\n")
        assert "songs          For songs." in listed.stdout.splitlines()

    def test_one_that_is_broken_costs_the_list_nothing_but_its_line(self, site):
        lay_theme(site, toml="summary = 1")

        listed = run("themes")

        file = site / "theme_songs" / "theme.toml"
        assert (listed.exit_code, listed.stderr) == (0, f"{file}, line 1: Expected `str`, got `int` - at `$.summary`\n")
        assert listed.stdout.startswith("base ")


class TestReaders:
    def test_a_packages_format_is_read_wherever_sources_are(self, site, ballad):
        lay_reader(site)

        had = publisher.read(Path.cwd(), publisher.Source(name="b", data=BALLAD.encode(), media_type="text/x-ballad"))

        assert [(article.headline, article.origin) for article in had.articles] == [
            ("Con cò bay lả", str(Path.cwd() / ballad)),
            ("Con cò bay lả", "b"),
        ]
        assert [(line.text, line.role, line.rule) for line in had.readings[0].trace] == [
            ("Con cò bay lả", "headline", "installed.reader"),
            ("Bay từ cửa phủ", "paragraph", "installed.reader"),
        ]
        assert (media_type_for("A.BALLAD"), suffix_for("text/x-ballad")) == ("text/x-ballad", ".ballad")
        assert served_media_type("text/x-ballad; charset=utf-8", "/a", b"") == "text/x-ballad"
        assert "text/x-ballad          .ballad (reader-ballads 1.0)" in run("formats").stdout.splitlines()

    @pytest.mark.parametrize(
        ("code", "message"),
        [
            (
                "import balladry",
                "cannot be loaded: ModuleNotFoundError: No module named 'balladry' (reader_ballads.py, line 1). "
                "Install the package again",
            ),
            (
                "def read(source, decoded): ...",
                "cannot be given a source: missing a required argument: 'decoded'. Have the package mended",
            ),
            (
                "read = 1",
                "cannot be given a source: 1 is not a callable object. Have the package mended",
            ),
            (
                "def read(source):\n    yield 1 / 0",
                "failed: ZeroDivisionError: division by zero (reader_ballads.py, line 2). Report it to its authors",
            ),
            (
                "def read(source): ...",
                "gave what is no article: Expected `array`, got `null`. Report it to its authors",
            ),
            ("def read(source): return []", "gave what is no article: it is empty. Report it to its authors"),
            (
                "from publisher import Article\ndef read(source): return [Article(headline=7, language='vi')]",
                "gave what is no article: Expected `str`, got `int` - at `$[0].headline`. Report it to its authors",
            ),
            (
                "from publisher import Article\ndef read(source): return [Article(headline=' ', language='vi')]",
                "gave what is no article: its headline is empty. Report it to its authors",
            ),
            (
                "def read(source): return [object()]",
                "gave what is no article: Encoding objects of type object is unsupported. Report it to its authors",
            ),
        ],
        ids=["import", "signature", "no function", "failure", "nothing", "none", "field", "fault", "object"],
    )
    def test_what_one_does_wrong_is_told_in_its_own_words(self, site, ballad, code, message):
        lay_reader(site, code=code)

        assert refusal_of(ballad) == f"cannot read co.ballad: the reader of reader-ballads 1.0 {message}"

    def test_its_own_refusal_is_repeated(self, site, ballad):
        lay_reader(site, code="from publisher import InputError\ndef read(source): raise InputError('no verse')")

        assert refusal_of(ballad) == "no verse"

    @pytest.mark.parametrize(
        ("entry", "message"),
        [
            (
                "text/x-ballad .ballad .TXT",
                "its entry point 'text/x-ballad .ballad .TXT' is none such as 'text/x-ballad .ballad'. Have it mended",
            ),
            (
                "text/x-ballad .ballad .txt",
                ".txt is read without it, and stays so. Have its other names alone in its entry point",
            ),
            (
                "application/xhtml+xml .ballad",
                "application/xhtml+xml is read without it, and stays so. Have its other names alone in its entry point",
            ),
        ],
    )
    def test_one_that_claims_what_it_cannot_have_is_used_for_nothing(self, site, ballad, entry, message):
        lay_reader(site, entry=entry)
        Path("bai.txt").write_text("Cầu mới thông xe\n\nSáng nay cây cầu mới qua sông được thông xe.\n")
        line = f"the reader for {entry.split()[0]} of reader-ballads 1.0 cannot be used: {message}"

        listed = run("formats")
        had = publisher.read("bai.txt", ballad)

        assert listed.stderr == f"{line}\n"
        assert [article.headline for article in had.articles] == ["Cầu mới thông xe"]
        assert [str(problem) for problem in had.problems] == [f"co.ballad: cannot read co.ballad: {line} [no-article]"]

    def test_of_two_packages_that_read_the_same_neither_does(self, site, ballad):
        lay_reader(site)
        lay_reader(site, "reader-songs", "text/x-song .ballad", "reader_songs")

        assert refusal_of(ballad) == (
            "cannot read co.ballad: the reader for text/x-ballad of reader-ballads 1.0 cannot be used: "
            "reader-songs 1.0 has one for .ballad too. Uninstall one of them"
        )
        assert all(reader.fault for reader in installed_readers())

    def test_without_any_a_suffix_that_nobody_knows_is_no_format(self):
        assert reader_for(".ballad") is None
        assert media_type_for("a.ballad") is None
