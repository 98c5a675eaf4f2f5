"""The import rules: which part of the package may know which other, and who may use what from outside.

One direction, from ``cli`` down to ``model``. Stages never import each other, and whoever else uses several of them
leaves their order to ``pipeline``: no module but its own imports more than one.

A stage that imports another, a library used in two places, or a clock read in a pure stage is how such a pipeline
comes apart. Every module's syntax tree is read, so that imports inside functions count too.
"""

import ast
import functools
import itertools
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from publisher import pipeline

PACKAGE = Path(__file__).parents[1] / "publisher"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

STAGES = {"fetching", "reading", "compiling", "theming", "writing", "checking"}
FOUNDATION = {
    *(
        "",
        "beside",
        "bulkhead",
        "counting",
        "errors",
        "extensions",
        "lines",
        "memory",
        "mime",
        "model",
        "opening",
        "packages",
        "seams",
        "siblings",
        "toml",
    ),
}
"""What all may import; ``""`` is the package itself: its version."""

KNOWS = {
    "": set(),
    "model": {"model"},
    "bulkhead": {"errors"},
    "beside": set(),
    "counting": set(),
    "errors": set(),
    "extensions": {"model"},
    "lines": set(),
    "memory": set(),
    "mime": {"model"},
    "opening": set(),
    "packages": {"model"},
    "seams": set(),
    "siblings": {"errors"},
    "toml": {"beside", "model"},
    **{stage: FOUNDATION | {stage} for stage in STAGES},
    "executing": FOUNDATION | {"executing"},
    "archive": FOUNDATION | STAGES | {"archive", "pipeline"},
    "writing": FOUNDATION | {"confinement", "writing"},  # The engine has a process of its own too.
    "config": FOUNDATION | {"config"},
    "confinement": FOUNDATION | {"confinement"},
    "pipeline": FOUNDATION | STAGES | {"config", "confinement", "pipeline"},
    "automation": FOUNDATION | STAGES | {"archive", "automation", "config", "confinement", "pipeline"},
    "desk": FOUNDATION | STAGES | {"automation", "config", "confinement", "desk", "pipeline"},
    "cli": FOUNDATION
    | STAGES
    | {"archive", "automation", "cli", "config", "confinement", "desk", "executing", "pipeline"},
    "library": FOUNDATION | STAGES | {"confinement", "executing", "pipeline"},
    "__main__": {"cli"},
}
"""The parts of the package that a part may import. Besides, only ``pipeline``, and ``library`` which offers the stages
to programs, import more than one of them a module."""

FORMAT = {"decoding", "finishing", "trace", "vocabulary"}  # what the reader of a format may use

ROOMS = {
    "reading": {
        "": {"corrections", "dispatch", "vocabulary"},
        "corrections": {"finishing", "vocabulary"},
        "decoding": set(),
        "dispatch": {
            "corrections",
            "decoding",
            "finishing",
            "vocabulary",
        },  # it loads the readers by the table of formats
        "docx": {"decoding", "office", "vocabulary"},
        "feed": FORMAT | {"html"},
        "finishing": {"vocabulary"},
        "given": {"finishing", "trace", "vocabulary"},
        "html": FORMAT,
        "markdown": FORMAT,
        "mhtml": FORMAT | {"html"},
        "office": FORMAT,
        "odt": {"decoding", "office", "vocabulary"},
        "rtf": {"decoding", "office", "vocabulary"},
        "text": FORMAT | {"corrections"},
        "trace": set(),
        "vocabulary": set(),
    },
    "pipeline": {
        "": {
            "assembling",
            "bindery",
            "culprits",
            "desk",
            "evidence",
            "gathering",
            "means",
            "outputs",
            "quarantine",
            "readings",
            "request",
        },
        "aside": set(),
        "assembling": {"culprits", "gathering", "means", "quarantine"},
        "bindery": {"aside", "culprits", "evidence", "fitting", "lean", "outputs"},
        "culprits": set(),
        "desk": {"bindery", "outputs", "readings", "request"},
        "evidence": set(),
        "fitting": set(),
        "gathering": {"means", "readings"},
        "lean": set(),
        "means": {"quarantine"},
        "outputs": set(),
        "quarantine": set(),
        "readings": {"means", "quarantine"},
        "request": {"bindery", "gathering"},
    },
    "automation": {
        "": set(),
        "ahead": set(),
        "backlog": {"digest", "issues"},
        "deadline": set(),
        "digest": {"ahead", "deadline", "issues", "ledger", "lock", "log", "mail", "memo", "shelf"},
        "doctor": {"digest", "issues", "ledger", "lock", "log", "mail", "shelf"},
        "issues": set(),
        "ledger": {"issues", "log", "shelf"},
        "lock": set(),
        "log": set(),
        "mail": {"issues", "shelf", "wording"},
        "memo": set(),
        "shelf": {"issues", "wording"},
        "shelving": {"digest", "issues", "lock", "shelf"},
        "wording": {"issues"},
    },
}
"""The rooms of a part, which are its folders and the modules beside them, and the other rooms that each may import."""

STAGES_OF_ROOMS = {
    "automation/digest": STAGES - {"theming"} | {"pipeline"},
    "automation/doctor": {"checking", "fetching", "pipeline"},
    "automation/issues": {"checking", "fetching", "writing"},
    "automation/ledger": {"compiling"},
    "automation/memo": {"checking", "fetching", "pipeline", "reading"},
    "automation/shelf": {"writing"},
    "automation/shelving": {"compiling", "pipeline"},
}
"""The stages, and whether the pipeline, that the rooms of ``automation`` may import; those that are not here, none."""

OWNERS = {
    "PIL": [
        "automation/shelf/fronts.py",
        "fetching/pictures.py",
        "writing/cover.py",
        "writing/pdf/colour.py",
        "writing/pdf/output_profiles.py",
        "writing/devices/pictures.py",
    ],
    "babel": ["theming/*", "automation/wording.py"],
    "click": ["cli/*"],
    "click.echo": ["cli/terminal.py"],
    "click.echo_via_pager": ["cli/terminal.py"],
    "click.secho": ["cli/terminal.py"],
    "dask": ["executing/cluster.py"],
    "distributed": ["executing/cluster.py"],
    "ebooklib": ["writing/epub.py"],
    "feedparser": ["reading/feed.py"],
    "fontTools": [
        "theming/fonts.py",
        "theming/faces.py",
        "theming/subsetting.py",
        "writing/pdf/faces.py",
        "checking/pdf/*",
    ],
    "http": ["automation/*", "desk/guard.py", "fetching/*"],
    "httpcore": ["fetching/connecting.py"],
    "httpx": ["fetching/connecting.py", "fetching/web.py"],
    "jinja2": ["desk/interface.py", "theming/*"],
    "lingua": ["reading/vocabulary/detection.py"],
    "lxml": ["reading/*", "writing/ncx.py"],  # The latter has it from EbookLib, with the elements that this makes.
    "markdown_it": ["reading/*"],
    "pikepdf": ["writing/pdf/*", "checking/*", "desk/sheets.py"],
    "pyarrow": ["archive/parts.py"],
    "pypdfium2": ["desk/sheets.py"],
    "pydyf": ["writing/pdf/*", "checking/*"],
    "pillow_heif": ["fetching/pictures.py"],
    "resvg_py": ["fetching/drawings.py", "writing/cover.py"],
    "segno": ["theming/qr.py"],
    "smtplib": ["automation/mail/post.py", "automation/mail/session.py"],
    "socket": ["fetching/*", "automation/mail/session.py", "automation/shelf/*", "desk/serving.py"],
    "starlette": ["desk/*"],
    "uvicorn": ["desk/serving.py"],
    "sqlite3": ["archive/index.py", "automation/ledger/store.py"],
    "tomlkit": ["desk/rewriting.py"],
    "tomllib": ["toml.py"],
    "trafilatura": ["reading/html/*"],
    "tinycss2": ["checking/epub/*", "writing/styles.py"],
    "urllib.request": ["fetching/*"],
    "weasyprint": ["writing/pdf/*", "checking/*"],
    "yaml": ["reading/markdown/*"],
}
"""The modules that may import a library: they wrap its exceptions, and know its oddities."""

AMBIENT = [
    "contextvars",
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "locale",
    "os.environ",
    "os.environb",
    "os.getcwd",
    "os.getcwdb",
    "os.getenv",
    "os.path.expanduser",
    "os.path.expandvars",
    "os.putenv",
    "os.urandom",
    "pathlib.Path.cwd",
    "pathlib.Path.home",
    "random",
    "secrets",
    "time.ctime",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
    "uuid.uuid1",
    "uuid.uuid4",
]
"""The clock, the environment, the current folder, randomness, and what a call is given behind its arguments.

Clocks that only measure how long are free.
"""

AMBIENT_PARTS = {"cli", "automation"}

AMBIENT_REASONS = {
    ("writing/files.py", "secrets"): (
        "the unfinished file needs a name that no other process has; it is renamed away and is in no output"
    ),
}
"""Where else something ambient may be used, and why that makes no output depend on it."""

HEAVY = {
    *("PIL", "dask", "distributed", "ebooklib", "feedparser", "httpcore", "httpx", "jinja2"),
    *("pikepdf", "pyarrow", "pydyf", "starlette", "tinycss2", "uvicorn", "weasyprint"),
}
"""What takes long to import, and what neither ``--help`` nor ``read`` needs."""


def part_of(module: str) -> str:
    """The part of the package that a module, given by its path, belongs to: ``reading`` of ``reading/feed.py``."""
    part = module.removesuffix(".py").split("/")[0]
    return "" if part == "__init__" else part


def room_of(module: str) -> str:
    """The room of its part that a module belongs to: ``html`` of ``reading/html/tree.py``, none of ``__init__``."""
    room = module.removesuffix(".py").split("/")[1]
    return "" if room == "__init__" else room


def rooms_used(source: str, module: str) -> set[str]:
    """The other rooms of its own part that a module uses."""
    part = part_of(module)
    ours = (name.split(".") for name in uses(source, module) if is_under(name, f"publisher.{part}"))
    named = {name[2] if len(name) > 2 and name[2] in ROOMS[part] else "" for name in ours}
    return named - {room_of(module)}


def dotted(module: str) -> str:
    """The name that a module, given by its path, is imported by."""
    return ".".join(("publisher", *module.removesuffix(".py").removesuffix("__init__").strip("/").split("/"))).strip(
        "."
    )


@functools.cache
def imported_names(source: str, module: str) -> dict[str, str]:
    """What each imported name is bound to, wherever in the module it is: ``dt`` to ``datetime``."""
    package = dotted(module).split(".")
    if not module.endswith("__init__.py"):
        package.pop()
    names = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    names[alias.asname] = alias.name
                else:
                    names[alias.name] = alias.name
                    names.setdefault(alias.name.split(".")[0], alias.name.split(".")[0])
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            source = ".".join([*above, *filter(None, [node.module])])
            for alias in node.names:
                names[alias.asname or alias.name] = f"{source}.{alias.name}"
    return names


@functools.cache
def uses(source: str, module: str) -> set[str]:
    """All that the module imports, and all that it names through an import, in full: ``datetime.date.today``."""
    names = imported_names(source, module)
    used = set(names.values())
    for node in ast.walk(ast.parse(source)):
        parts = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if parts and isinstance(node, ast.Name) and node.id in names:
            used.add(".".join([names[node.id], *reversed(parts)]))
    return used


def is_under(name: str, root: str) -> bool:
    return name == root or name.startswith(f"{root}.")


def parts_used(source: str, module: str) -> set[str]:
    """The parts of the package that a module uses."""
    known = {part_of(each) for each in MODULES} | KNOWS.keys()
    ours = (name.split(".") for name in uses(source, module) if is_under(name, "publisher"))
    return {name[1] if len(name) > 1 and name[1] in known else "" for name in ours}


def outside_roots(source: str, module: str) -> set[str]:
    """The top-level modules that a module imports from outside the package."""
    names = imported_names(source, module).values()
    return {name.split(".")[0] for name in names} - {"publisher"}


def breaches(source: str, module: str) -> Iterator[str]:
    """What a module does against the rules, a sentence each."""
    part = part_of(module)
    if part not in KNOWS:
        yield f"the part {part!r} has no rule: say in KNOWS what it may import"
        return
    parts = parts_used(source, module)
    for other in sorted(parts - KNOWS[part]):
        yield f"{part!r} imports {other!r}"
    if part not in ("pipeline", "library") and len(parts & STAGES) > 1:
        yield f"only the pipeline imports several stages: {', '.join(sorted(parts & STAGES))}"
    if part in ROOMS:
        yield from room_breaches(source, module)
    if part in ("model", "errors"):
        for root in sorted(outside_roots(source, module) - sys.stdlib_module_names - {"msgspec"}):
            yield f"{part!r} imports {root!r}, which is neither the standard library's nor msgspec"
    used = {above for name in uses(source, module) for above in itertools.accumulate(name.split("."), "{}.{}".format)}
    for library, owners in OWNERS.items():
        if library in used and not any(fnmatch(module, owner) for owner in owners):
            yield f"{library} belongs to {' and '.join(owners)}"
    if part not in AMBIENT_PARTS:
        for ambient in AMBIENT:
            if ambient in used and (module, ambient) not in AMBIENT_REASONS:
                yield f"{ambient} is used outside {' and '.join(sorted(AMBIENT_PARTS))}"


def room_breaches(source: str, module: str) -> Iterator[str]:
    """What a module of a part with rooms does against their rules, a sentence each."""
    part, room = part_of(module), room_of(module)
    if room not in ROOMS[part]:
        yield f"the room {room!r} of {part!r} has no rule: say in ROOMS what it may import"
        return
    for other in sorted(rooms_used(source, module) - ROOMS[part][room]):
        yield f"'{part}/{room}' imports '{part}/{other}'"
    if part == "automation":
        ordered = parts_used(source, module) & (STAGES | {"pipeline"})
        for stage in sorted(ordered - STAGES_OF_ROOMS.get(f"{part}/{room}", set())):
            yield f"'{part}/{room}' imports {stage!r}"


@functools.cache
def imports() -> dict[str, set[str]]:
    """The modules of the package that each imports, by their dotted names, inside functions and for types too."""
    names = {dotted(module): module for module in MODULES}
    graph = {}
    for name, module in names.items():
        used = imported_names((PACKAGE / module).read_text(), module).values()
        graph[name] = {other if other in names else other.rpartition(".")[0] for other in used} & names.keys() - {name}
    return graph


def circles(graph: dict[str, set[str]]) -> set[str]:
    """The modules that import themselves by way of others: what stays when those that import nothing left are gone."""
    left = dict(graph)
    while ends := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in ends}
    while starts := left.keys() - {other for others in left.values() for other in others}:
        left = {name: others for name, others in left.items() if name not in starts}
    return set(left)


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(imports()) == set()


def test_a_circle_is_found() -> None:
    graph = {"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": {"b", "e"}, "e": set()}

    assert circles(graph) == {"b", "c", "d"}


@pytest.mark.parametrize("part", ROOMS)
def test_rooms_lie_on_floors(part: str) -> None:
    assert circles(ROOMS[part]) == set()


def test_the_pipeline_offers_only_what_is_its_own() -> None:
    module = "pipeline/__init__.py"
    names = imported_names((PACKAGE / module).read_text(), module)
    foreign = [name for name, origin in names.items() if not is_under(origin, "publisher.pipeline")]

    assert [name for name in pipeline.__all__ if name in foreign] == []


def test_every_module_keeps_the_import_rules() -> None:
    found = {module: list(breaches((PACKAGE / module).read_text(), module)) for module in MODULES}

    assert {module: each for module, each in found.items() if each} == {}


@pytest.mark.parametrize(("module", "ambient"), AMBIENT_REASONS)
def test_every_exception_is_still_needed(module: str, ambient: str) -> None:
    source = (PACKAGE / module).read_text()

    assert any(is_under(name, ambient) for name in uses(source, module))


@pytest.mark.parametrize(
    ("module", "source", "expected"),
    [
        pytest.param("reading/text/__init__.py", "from publisher.model import Article\nimport re", [], id="clean"),
        pytest.param(
            "reading/text/__init__.py", "from publisher.reading.vocabulary.lines import Line", [], id="own part"
        ),
        pytest.param("theming/assembly.py", "from publisher import __version__", [], id="version"),
        pytest.param("pipeline/__init__.py", "from publisher import fetching, reading", [], id="pipeline"),
        pytest.param("__main__.py", "from publisher.cli import main", [], id="main"),
        pytest.param("cli/read.py", "import datetime as dt\nimport click\ndt.date.today()", [], id="cli"),
        pytest.param("writing/pdf/process.py", "import time\ntime.monotonic()", [], id="how long"),
        pytest.param("reading/vocabulary/dates.py", "import datetime as dt\ndt.date(2025, 1, 1)", [], id="a date"),
        pytest.param(
            "reading/text/__init__.py",
            "def f():\n    from publisher.compiling import compile_issue",
            ["'reading' imports 'compiling'"],
            id="another stage, inside a function",
        ),
        pytest.param(
            "cli/compile.py",
            "from publisher import reading\nimport publisher.theming as theming",
            ["only the pipeline imports several stages: reading, theming"],
            id="two stages",
        ),
        pytest.param(
            "pipeline/bindery.py", "import publisher.cli.main", ["'pipeline' imports 'cli'"], id="cli imported"
        ),
        pytest.param("model/issue.py", "from publisher import errors", ["'model' imports 'errors'"], id="model"),
        pytest.param("model/issue.py", "from . import blocks\nfrom .blocks import Text", [], id="relative"),
        pytest.param(
            "compiling/order.py", "from ..cli import main", ["'compiling' imports 'cli'"], id="relative, above"
        ),
        pytest.param(
            "model/__init__.py",
            "import attrs, json, msgspec",
            ["'model' imports 'attrs', which is neither the standard library's nor msgspec"],
            id="library in the model",
        ),
        pytest.param("theming/theme.py", "import segno", ["segno belongs to theming/qr.py"], id="owner"),
        pytest.param("writing/pdf/layout.py", "import weasyprint, pydyf", [], id="owner folder"),
        pytest.param(
            "writing/epub.py",
            "from weasyprint import HTML",
            ["weasyprint belongs to writing/pdf/* and checking/*"],
            id="owner folder left",
        ),
        pytest.param(
            "writing/epub.py", "import urllib.request", ["urllib.request belongs to fetching/*"], id="network"
        ),
        pytest.param("writing/epub.py", "import urllib.parse", [], id="no network"),
        pytest.param(
            "compiling/issue.py",
            "from datetime import datetime as clock\nclock.now()",
            ["datetime.datetime.now is used outside automation and cli"],
            id="clock by another name",
        ),
        pytest.param(
            "compiling/issue.py",
            "import os.path\nos.environ['A']",
            ["os.environ is used outside automation and cli"],
            id="environment",
        ),
        pytest.param(
            "compiling/issue.py", "from os import getcwd", ["os.getcwd is used outside automation and cli"], id="folder"
        ),
        pytest.param(
            "compiling/issue.py",
            "from pathlib import Path\nPath.cwd() / 'a'",
            ["pathlib.Path.cwd is used outside automation and cli"],
            id="current folder",
        ),
        pytest.param(
            "compiling/issue.py",
            "from random import choice",
            ["random is used outside automation and cli"],
            id="chance",
        ),
        pytest.param("compiling/issue.py", "import uuid\nuuid.uuid5(x, y)", [], id="no chance"),
        pytest.param(
            "reading/vocabulary/dates.py",
            "from publisher.reading.text import read_text",
            ["'reading/vocabulary' imports 'reading/text'"],
            id="room above",
        ),
        pytest.param(
            "automation/shelf/opds.py",
            "from publisher.pipeline import publish",
            ["'automation/shelf' imports 'pipeline'"],
            id="pipeline from a room",
        ),
        pytest.param(
            "automation/attic/box.py",
            "",
            ["the room 'attic' of 'automation' has no rule: say in ROOMS what it may import"],
            id="new room",
        ),
        pytest.param("tools.py", "", ["the part 'tools' has no rule: say in KNOWS what it may import"], id="new"),
    ],
)
def test_the_rules_find_what_breaks_them(module: str, source: str, expected: list[str]) -> None:
    assert list(breaches(source, module)) == expected


def modules_loaded(*arguments: str, code: int = 0) -> set[str]:
    """The modules that a run of the command imports, from anywhere, which ends with that exit code."""
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "publisher", *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == code, run.stderr
    lines = (line for line in run.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.skipif(not (PACKAGE / "cli" / "__init__.py").exists(), reason="there is no command line yet")
class TestCommand:
    def test_help_loads_no_engine(self) -> None:
        loaded = modules_loaded("--help")

        assert "publisher.cli" in loaded
        assert {name.split(".")[0] for name in loaded} & HEAVY == set()

    @pytest.mark.parametrize("form", ["outline", "json"])
    def test_reading_loads_no_engine(self, tmp_path: Path, form: str) -> None:
        page = tmp_path / "bai.txt"
        page.write_text(
            "Cầu mới thông xe sau ba năm thi công\n\n"
            "Sáng nay cây cầu mới qua sông được thông xe. Hàng nghìn người dân hai bờ đã đến xem lễ khánh thành.\n\n"
            "Cây cầu dài hơn một cây số và có bốn làn xe. Đây là cây cầu thứ ba nối hai bờ của thành phố.\n"
        )

        loaded = modules_loaded("read", str(page), "--format", form)

        assert {"publisher.fetching", "publisher.reading"} <= loaded
        assert {name.split(".")[0] for name in loaded} & HEAVY == set()

    def test_a_digest_loads_no_stage_where_its_week_is_published_and_no_mail_where_none_is_sent(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "bai.md").write_text("# Cầu mới thông xe\n\nSáng nay cây cầu mới được thông xe.\n")
        settings = tmp_path / "digest.toml"
        settings.write_text(
            '[series]\ntitle = "Tuần tin"\nname = "tuan"\nlanguage = "vi"\ntimezone = "Asia/Ho_Chi_Minh"\n'
            '[[sources]]\nfrom = "pages"\n[window]\nundated = "keep"\n[[outputs]]\nfile = "tuan.epub"\n'
            '[shelf]\nfolder = "shelf"\n[policy]\nchecks = "none"\n[files]\ncache = "cache"\n'
        )
        command = ("digest", str(settings), "--week", "2026-W12")
        stages = {f"publisher.{stage}" for stage in ("fetching", "pipeline", "checking")}

        made, again = modules_loaded(*command), modules_loaded(*command, code=22)

        assert stages <= made
        assert stages & again == set()
        assert "smtplib" not in made | again


def public_classes() -> dict[str, list[str]]:
    """The modules that define each public class of the package, by its name."""
    classes: dict[str, list[str]] = {}
    for module in MODULES:
        for node in ast.parse((PACKAGE / module).read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes.setdefault(node.name, []).append(module)
    return classes


def test_no_two_public_classes_share_a_name() -> None:
    shared = {name: modules for name, modules in public_classes().items() if len(modules) > 1}

    assert shared == {}
