"""The documentation is true: what can be typed, printed or returned stands in it, and what it names exists."""

import ast
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path

import click
import msgspec
import pytest
import yaml
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE

from publisher import errors
from publisher.automation.digest.outcome import Ending
from publisher.cli import cli
from publisher.config.desk import ArticleSettings, DeskSettings, DeskTheme, IssueSettings, PictureSettings
from publisher.config.settings import (
    Evidence,
    Fetching,
    Mail,
    OutputSettings,
    Place,
    Policy,
    PressSettings,
    Recipient,
    Selection,
    SeriesSettings,
    Settings,
    Shelf,
    ThemeSettings,
    Window,
)
from publisher.errors import (
    CheckError,
    ConfigError,
    DeliveryError,
    InputError,
    LockedError,
    OutputError,
    PublisherError,
    StrictError,
)
from publisher.model import OMISSION_REASONS, PROBLEM_CODES
from publisher.theming import assembly, cover, load_theme, shipped_themes, theme_folders
from publisher.theming.assembly import Assembly
from publisher.theming.options import Option, resolve_options
from publisher.theming.theme import PARTS, Description
from tests.test_imports import FOUNDATION, imports
from tests.theming.issues import FULL, issue
from tools.commands import VIETNAMESE, entries, manuals, reference

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ALL = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted((ROOT / "docs").rglob("*.md"))}
DOCS = {Path(name).name: ALL[name] for name in ALL if name.count("/") == 1 and not name.endswith(".vi.md")}
"""The pages of ``docs`` itself, in English."""

THEMES = DOCS["themes.md"]
CODES = DOCS["codes.md"]
DECISIONS = ROOT / "docs" / "decisions"
REACHED_OTHERWISE = {"mutants.md", "index.md"}
"""From CONTRIBUTING: for those who work on the tests. And the site's own first page."""
EVERYTHING = "\n".join([README, *(text for name, text in ALL.items() if not name.startswith("docs/reference."))])
"""What somebody wrote: the reference is made from the commands."""


def commands(command=cli, path=()):
    """Each command by its words, groups included."""
    yield " ".join(("publisher", *path)), command
    for name, child in getattr(command, "commands", {}).items():
        yield from commands(child, (*path, name))


COMMANDS = dict(commands())
OPTIONS = sorted(
    {
        (name, max(parameter.opts, key=len))
        for name, command in COMMANDS.items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
    }
)


@pytest.mark.parametrize("command", [name for name, command in COMMANDS.items() if not hasattr(command, "commands")])
def test_every_command_is_shown_in_use(command):
    assert re.search(
        rf"^{command.replace('themes list', 'themes').replace('digest run', 'digest')}\b", EVERYTHING, re.MULTILINE
    )


@pytest.mark.parametrize("option", sorted({option for _, option in OPTIONS} - {"--version", "--help"}))
def test_every_option_is_documented(option):
    assert re.search(rf"{option}\b", EVERYTHING)


def test_every_option_that_is_documented_exists():
    known = {
        opt
        for command in COMMANDS.values()
        for parameter in command.params
        for opt in (*parameter.opts, *parameter.secondary_opts)
    }
    elsewhere = {"--help", "--ignore-scripts", "--accept", "--command"}  # Other programs'.
    elsewhere |= {"--least-line-height", "--least-font-size"}  # Of style sheets.
    lines = [
        line
        for line in EVERYTHING.splitlines()
        if not re.match(
            r"\s*(\S*/pip|pip|git|apt|apt-get|dask|python|make|npm|podman|pytest|rsync|systemctl|useradd)\b", line
        )
    ]
    named = {option for line in lines for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", line)}

    assert named - known - elsewhere == set()


def test_the_reference_and_the_manual_are_those_of_the_commands():
    """They are renewed by ``make reference``."""
    if version("click") != re.search(r"^click==(\S+)", (ROOT / "constraints.txt").read_text(), re.MULTILINE)[1]:
        pytest.skip("another click words some options otherwise")

    assert DOCS["reference.md"] == reference()
    assert ALL["docs/reference.vi.md"] == reference(VIETNAMESE)
    assert {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "man").iterdir()} == manuals()


def test_the_vietnamese_reference_has_a_sentence_on_each_command_and_a_word_for_each_heading():
    assert list(VIETNAMESE.purposes) == [entry.name for entry in entries()]
    assert {*VIETNAMESE.headings} == {heading.lower() for entry in entries() for heading, _ in entry.options}


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_manual_is_set_without_a_warning():
    pages = sorted((ROOT / "man").glob("*.1"))

    made = subprocess.run(
        ["groff", "-man", "-Tutf8", "-Kutf8", "-ww", *pages], capture_output=True, text=True, check=True
    )

    assert made.stderr == ""
    assert "publisher-digest-check - Find every mistake" in re.sub(r"\x1b\[\d*m|\s+", " ", made.stdout).replace(
        "‐", "-"
    )


def test_both_languages_have_the_same_scores():
    """They are renewed by ``make scores``, and carried over by ``tools/reading/scores.py --translate``."""
    scores, theirs = (
        re.findall(r"<!-- scores: .*?<!-- end of scores -->", text, re.DOTALL)
        for text in (DOCS["reading.md"], ALL["docs/reading.vi.md"])
    )

    assert theirs == scores
    assert len(scores) > 3


@pytest.mark.parametrize("code", PROBLEM_CODES)
def test_every_problem_code_stands_in_its_page_with_its_meaning(code):
    assert f"| `{code}` | {PROBLEM_CODES[code]} |" in CODES


def test_no_other_problem_code_does():
    table = CODES.partition("## Problem codes")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `([a-z-]+)` \|", table, re.MULTILINE)) == set(PROBLEM_CODES)


def test_every_exit_code_stands_in_its_page():
    classes = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, PublisherError)]
    table = CODES.partition("## Exit codes")[2].partition("\n## ")[0]
    documented = {
        int(number) for row in re.findall(r"^\| ([\d, ]+) \|", table, re.MULTILINE) for number in row.split(",")
    }

    assert {each.exit_code for each in classes} | {*Ending} | {0, 1, 2, 130, 143} == documented


def test_every_ending_of_a_digest_and_every_reason_for_an_omission_stands_in_its_page():
    digests = DOCS["digests.md"]

    for error in (InputError, OutputError, CheckError, ConfigError, DeliveryError, LockedError, StrictError):
        assert f"| {error.exit_code} | " in digests
    for ending in Ending:
        assert f"| {int(ending)} | " in digests
    for code, meaning in OMISSION_REASONS.items():
        assert f"| `{code}` | {meaning} |" in digests


def test_every_key_of_a_desks_settings_stands_in_its_page():
    page = DOCS["desk-toml.md"]
    tables = (IssueSettings, DeskTheme, OutputSettings, PressSettings, ArticleSettings, PictureSettings, DeskSettings)
    keys = {field.encode_name for table in tables for field in msgspec.structs.fields(table)}

    assert [key for key in sorted(keys) if not re.search(rf"(`|\[\[?){key}\b", page)] == []


def test_every_key_of_a_digests_settings_stands_in_its_page():
    digests = DOCS["digests.md"]

    for table in msgspec.structs.fields(Settings):
        assert re.search(rf"^\| `\[+{table.encode_name}\]+` \|", digests, re.MULTILINE), table.encode_name
    for table in (
        SeriesSettings,
        Place,
        Window,
        Selection,
        ThemeSettings,
        OutputSettings,
        PressSettings,
        Evidence,
        Shelf,
        Mail,
        Recipient,
        Policy,
        Fetching,
    ):
        for field in msgspec.structs.fields(table):
            assert f"`{field.encode_name}`" in digests, field.encode_name


def test_the_readme_is_read_in_three_minutes():
    assert len(README.splitlines()) <= 120
    assert len(re.sub(r"```.*?```", "", README, flags=re.DOTALL).split()) <= 3 * 230


def test_every_page_can_be_reached_from_the_readme():
    linked = set(re.findall(r"\]\(docs/([^)#/]+)", README))

    assert {*DOCS} - linked - REACHED_OTHERWISE == set()


def test_every_page_stands_in_the_contents_of_the_site():
    def pages(part: object) -> list[str]:
        if isinstance(part, str):
            return [part]
        return [page for each in (part.values() if isinstance(part, dict) else part) for page in pages(each)]

    listed = pages(yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["nav"])

    assert sorted(listed) == sorted(name.removeprefix("docs/") for name in ALL if not name.endswith(".vi.md"))


def test_every_link_to_a_file_of_ours_leads_to_one():
    for name, text in {"README.md": README, **ALL}.items():
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text):
            assert ((ROOT / name).parent / target).exists(), f"{name} links to {target}"


def arrows_among(part: str) -> list[str]:
    """Which rooms of a part import which, as a diagram has them; without a part, which parts above the foundation."""
    depth = 2 if part else 1
    arrows = set()
    for module, others in imports().items():
        for other in others:
            ends = [name.split(".") for name in (module, other)]
            if part and any(end[1:2] != [part] for end in ends):
                continue
            one, two = (end[depth] if len(end) > depth else "" for end in ends)
            if one != two and (part or not {one, two} & {*FOUNDATION, "__main__"}):
                arrows.add(f"{one or part} --> {two or part}")
    return sorted(arrows)


@pytest.mark.parametrize(
    ("heading", "part"),
    [("The parts", ""), ("The rooms of reading", "reading"), ("The rooms of automation", "automation")],
)
def test_the_diagrams_of_the_architecture_are_the_imports(heading, part):
    section = DOCS["architecture.md"].partition(f"## {heading}\n")[2]
    diagram = section.partition("```mermaid\ngraph TD\n")[2].partition("```")[0]

    assert [line.strip() for line in diagram.splitlines()] == arrows_among(part)


def test_every_decision_is_listed():
    listed = set(re.findall(r"\]\(([^)]+)\)", (DECISIONS / "README.md").read_text("utf-8")))

    assert listed == {path.name for path in DECISIONS.glob("*.md")} - {"README.md"}


def test_every_test_that_stands_for_a_promise_is_there():
    named = re.findall(r"`(\w[\w/]*\.py)?::(test_\w+)`", DOCS["security.md"])

    file, missing = "", []
    for path, test in named:
        file = path or file
        if f"def {test}(" not in (ROOT / "tests" / file).read_text(encoding="utf-8"):
            missing.append(f"{file}::{test}")
    assert missing == []
    assert len(named) > 20


class TestThemes:
    """docs/themes.md."""

    def names_of_the_context(self):
        """What ``assembly`` and ``cover`` give to templates: the environment's globals, the mappings' keys."""
        theme = load_theme("base")
        made = Assembly(issue(FULL), theme, "print", resolve_options(theme.options, {}))
        names = set(made.templates.environment.globals) - set(DEFAULT_NAMESPACE)
        for module in (assembly, cover):
            for node in ast.walk(ast.parse(Path(module.__file__).read_text(encoding="utf-8"))):
                if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("shared", "context"):
                    names |= {key.value for key in node.value.keys}
        return names

    def test_every_name_that_a_template_may_use_has_its_row_and_no_other_has(self):
        tables = THEMES.partition("### Everywhere")[2].partition("### Filters")[0]
        rows = set(re.findall(r"^\| `(\w+)` \|", tables, re.MULTILINE))

        assert {"_", "issue", "document_name", "article", "qr"} <= rows
        assert rows == self.names_of_the_context()

    def test_every_filter_of_ours_has_its_row_and_no_other_has(self):
        theme = load_theme("base")
        made = Assembly(issue(FULL), theme, "print", resolve_options(theme.options, {}))
        table = THEMES.partition("### Filters")[2].partition("###")[0]

        assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(made.templates.environment.filters) - set(
            DEFAULT_FILTERS
        )

    def test_every_key_of_the_description_is_shown(self):
        keys = {*Description.__struct_fields__, *Option.__struct_fields__}
        example = THEMES.partition("```toml")[2].partition("```")[0]

        for key in keys - {"choices"}:
            assert re.search(rf"^(\[+)?{key}\b", example, re.MULTILINE), key

    def test_the_example_of_a_description_can_be_used(self, tmp_path):
        (tmp_path / "own").mkdir()
        example = THEMES.partition("```toml")[2].partition("```")[0]
        (tmp_path / "own" / "theme.toml").write_text(example, encoding="utf-8")

        theme = load_theme("own", [tmp_path])

        assert theme.options["rule"].choices == ("thin", "thick")

    def test_every_part_every_type_and_every_file_of_base_is_named(self):
        for part in PARTS:
            assert f"`{part}`" in THEMES
        for kind in Option.__annotations__["type"].__args__:
            assert f"| `{kind}` |" in THEMES
        base = shipped_themes() / "base"
        files = [
            path.relative_to(base).as_posix() for path in base.rglob("*") if path.suffix in (".css", ".svg", ".xhtml")
        ]
        assert [file for file in files if f"`{file}`" not in THEMES] == []

    def test_every_shipped_theme_is_in_both_tables_of_the_gallery(self):
        tables = DOCS["gallery.md"].split("\n## ")[1:]

        assert len(tables) == 2
        for table in tables:
            assert set(re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE)) == set(theme_folders())
