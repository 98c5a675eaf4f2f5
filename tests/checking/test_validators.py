"""The outside validators: found where they are, asked in the right way, and missed in words when they are not there."""

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from publisher.checking import Validators, check, find_validators
from publisher.checking.validators import ask_ace, ask_epubcheck, ask_verapdf
from publisher.checking.verdicts import Objection, Verdict
from tests.checking import spoiling as s
from tests.checking.conftest import made
from tests.checking.test_pdf_defects import no_alternative

CLAIMS = {"PDF/A-3a": "3a", "PDF/UA-1": "ua1"}
XML = """<?xml version="1.0"?><report><jobs><job><validationReport profileName="p" isCompliant="{compliant}">
<details><rule specification="ISO 14289-1:2014" clause="7.1" testNumber="9" status="failed" failedChecks="1">
<description>The document catalog shall have
 a title</description></rule></details></validationReport></job></jobs></report>"""


@pytest.fixture
def program(tmp_path: Path):
    """A function that puts a program on a path of its own; gives the environment."""

    def put(name: str, source: str) -> dict[str, str]:
        path = tmp_path / name
        path.write_text(f"#!{sys.executable}\nimport json, pathlib, sys\n{source}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return {"PATH": str(tmp_path)}

    return put


def test_what_is_not_installed_is_said_and_nothing_is_claimed(tmp_path: Path) -> None:
    none = find_validators({"PATH": str(tmp_path)})

    assert none == Validators(environment={"PATH": str(tmp_path)})
    assert list(ask_verapdf(none, b"", CLAIMS)) == [
        Verdict(program="veraPDF", about=name, reason="veraPDF is not installed", is_absent=True) for name in CLAIMS
    ]
    assert ask_epubcheck(none, b"").reason == "epubcheck is not installed"
    assert ask_ace(none, b"").reason == "Ace is not installed"


def test_a_claim_without_a_validator_is_called_unconfirmed() -> None:
    report = check(made(".pdf", "brief"), "made.pdf", validators=Validators())

    assert [finding.message for finding in report.findings if finding.code == "claim-unconfirmed"] == [
        "veraPDF is not installed: the claim PDF/A-3a is not confirmed",
        "veraPDF is not installed: the claim PDF/UA-1 is not confirmed",
    ]


def test_a_book_without_validators_is_called_not_judged() -> None:
    report = check(made(".epub", "brief"), "made.epub", validators=Validators())

    assert [finding.message for finding in report.findings if finding.code == "not-judged"] == [
        "epubcheck is not installed: nobody confirms that the book is valid",
        "Ace is not installed: nobody confirms that the book is accessible, as far as it can tell",
    ]


def test_verapdf_on_the_path_is_asked_for_each_flavour(program) -> None:
    says = f"print({XML!r}.format(compliant=str('ua1' in sys.argv).lower()))"
    environment = program("verapdf", says)

    verdicts = list(ask_verapdf(find_validators(environment), b"%PDF-", CLAIMS))

    objection = Objection(rule="7.1-9", message="The document catalog shall have a title")
    assert verdicts == [
        Verdict(program="veraPDF", about="PDF/A-3a", objections=(objection,)),
        Verdict(program="veraPDF", about="PDF/UA-1"),
    ]


def test_verapdf_that_fails_gives_its_reason(program) -> None:
    environment = program("verapdf", "sys.exit('out of memory')")

    [verdict] = ask_verapdf(find_validators(environment), b"%PDF-", {"PDF/UA-1": "ua1"})

    assert verdict.reason == "veraPDF failed (out of memory)"


def test_a_refuted_claim_is_an_error(program) -> None:
    environment = program("verapdf", f"print({XML!r}.format(compliant='false'))")

    report = check(made(".pdf", "brief"), "made.pdf", validators=find_validators(environment))

    assert [finding.message for finding in report.findings if finding.severity == "error"] == [
        "veraPDF refutes the claim PDF/A-3a: The document catalog shall have a title",
        "veraPDF refutes the claim PDF/UA-1: The document catalog shall have a title",
    ]


def test_the_script_of_the_python_package_is_not_taken_for_the_program() -> None:
    folder = str(Path(sys.executable).parent)

    with_script = find_validators({"PATH": f"{folder}:/usr/bin"})

    assert with_script.epubcheck == find_validators({"PATH": "/usr/bin"}).epubcheck


def test_epubcheck_on_the_path_is_asked_for_its_report(program) -> None:
    messages = [
        {"ID": "RSC-005", "severity": "ERROR", "message": "no", "locations": [{"path": "EPUB/a.xhtml", "line": 7}]},
        {"ID": "OPF-003", "severity": "WARNING", "message": "hm", "locations": []},
        {"ID": "ACC-001", "severity": "USAGE", "message": "so", "locations": []},
    ]
    source = (
        f"messages = json.loads({json.dumps(json.dumps(messages))})\n"
        "pathlib.Path(sys.argv[sys.argv.index('--json') + 1]).write_text(json.dumps({'messages': messages}))"
    )
    environment = program("epubcheck", source)

    assert ask_epubcheck(find_validators(environment), b"PK").objections == (
        Objection(rule="RSC-005", message="no", severity="error", place="EPUB/a.xhtml:7"),
        Objection(rule="OPF-003", message="hm", severity="warning"),
    )


def test_ace_on_the_path_is_asked_for_its_report(program) -> None:
    found = {
        "earl:test": {"earl:impact": "serious", "dct:title": "metadata-accessmode"},
        "earl:result": {"earl:outcome": "fail", "dct:description": "missing\n mode"},
    }
    report = {"assertions": [{"earl:testSubject": {"url": "package.opf"}, "assertions": [found]}]}
    source = (
        "folder = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1]); folder.mkdir()\n"
        f"(folder / 'report.json').write_text({json.dumps(json.dumps(report))})"
    )
    environment = program("ace", source)

    assert ask_ace(find_validators(environment), b"PK").objections == (
        Objection(rule="metadata-accessmode", message="missing mode", severity="error", place="package.opf"),
    )


def _need(found: object, name: str) -> None:
    if not found:
        reason = f"{name} is not installed; make test installs it"
        if os.environ.get("PUBLISHER_REQUIRE_VALIDATORS"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.mark.conformance
@pytest.mark.campaign
def test_the_real_verapdf_confirms_the_claim_that_a_spoilt_file_keeps_and_refutes_the_other() -> None:
    validators = find_validators(os.environ)
    _need(validators.verapdf or validators.verapdf_library, "veraPDF")
    spoilt = s.spoilt(made(".pdf", "brief"), no_alternative)

    findings = check(spoilt, "spoilt.pdf", validators=validators).findings

    assert [finding.message for finding in findings if finding.code == "claim-confirmed"] == [
        "veraPDF confirms the claim PDF/A-3a"
    ]
    [refutation] = [finding for finding in findings if finding.code == "claim-refuted"]
    assert refutation.message.startswith("veraPDF refutes the claim PDF/UA-1: ")
    assert refutation.where.place == "7.3-1"


@pytest.mark.conformance
@pytest.mark.campaign
def test_the_real_epubcheck_confirms_a_book_of_ours() -> None:
    """That it finds nothing in those is shown in ``tests/writing``; to start it for each costs ten seconds."""
    validators = find_validators(os.environ)
    _need(validators.epubcheck, "epubcheck")

    confirmed = check(made(".epub", "brief"), "made.epub", validators=validators)

    assert "epubcheck confirms that the book is valid" in [finding.message for finding in confirmed.findings]


@pytest.mark.conformance
@pytest.mark.campaign
def test_the_real_epubcheck_objects_to_a_spoilt_book() -> None:
    from tests.checking.test_epub_defects import in_package, spoilt

    validators = find_validators(os.environ)
    _need(validators.epubcheck, "epubcheck")
    bad = spoilt(made(".epub", "brief"), in_package("<dc:language>.*?</dc:language>", ""))

    refuted = check(bad, "spoilt.epub", validators=validators)

    assert any(finding.code == "judged-bad" and finding.severity == "error" for finding in refuted.findings)
