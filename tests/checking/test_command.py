"""``publisher check`` as it is typed: what it prints, and the exit code of each case."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from publisher.cli import cli
from tests.checking import spoiling as s
from tests.checking.conftest import made
from tests.checking.test_pdf_defects import no_alternative, tiny


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["check", "--no-validators", *map(str, arguments)])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.pdf"
    path.write_bytes(made(".pdf", "brief"))
    return path


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "bad.pdf"
    path.write_bytes(s.spoilt(made(".pdf", "brief"), no_alternative))
    return path


def test_a_good_file_is_described_and_the_code_is_0(good: Path) -> None:
    result = run(good)

    assert result.exit_code == 0
    assert result.stdout == (
        f"{good}: PDF 1.7, 2 pages, claims PDF/A-3a and PDF/UA-1\n"
        "  the whole file\n"
        "    note    veraPDF was not asked: the claim PDF/A-3a is not confirmed [claim-unconfirmed]\n"
        "    note    veraPDF was not asked: the claim PDF/UA-1 is not confirmed [claim-unconfirmed]\n"
        "    note    RGB in text (2 pages), lines (2 pages), areas (2 pages), pictures (1 page) [colour-census]\n"
        "  3 notes\n"
    )


def test_an_error_is_printed_under_its_page_and_the_code_is_8(bad: Path) -> None:
    result = run(bad, "--least", "error")

    assert result.exit_code == 8
    assert result.stdout == (
        f"{bad}: PDF 1.7, 2 pages, claims PDF/A-3a and PDF/UA-1\n"
        "  the whole file\n"
        "    error   the file claims PDF/UA-1, and is not so: missing-alternative [claim-contradicted]\n"
        "  page 1, “Ba xã ven sông Mây dùng chung một trạm bơm”\n"
        "    error   the figure has no alternative text [missing-alternative]\n"
        "  2 errors\n"
    )
    assert result.stderr == f"publisher: {bad} has 2 errors\n"


def test_json_is_one_finding_a_line_with_its_file(bad: Path) -> None:
    result = run(bad, "--json", "--least", "error")

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert lines[1] == {
        "code": "missing-alternative",
        "severity": "error",
        "message": "the figure has no alternative text",
        "where": {
            "file": str(bad),
            "page": 1,
            "document": None,
            "article": "Ba xã ven sông Mây dùng chung một trạm bơm",
            "place": None,
        },
    }


def test_a_finding_is_by_its_schema(bad: Path) -> None:
    schema = json.loads(CliRunner().invoke(cli, ["schema", "finding"]).stdout)

    for line in run(bad, "--json").stdout.splitlines():
        jsonschema.Draft202012Validator(schema).validate(json.loads(line))


def test_a_quiet_check_has_an_exit_code_and_no_findings(bad: Path) -> None:
    result = run(bad, "--quiet")

    assert (result.exit_code, result.stdout, result.stderr) == (8, "", f"publisher: {bad} has 2 errors\n")


def test_warnings_alone_do_not_fail(tmp_path: Path) -> None:
    path = tmp_path / "tiny.pdf"
    path.write_bytes(s.spoilt(made(".pdf", "brief"), tiny))

    result = run(path, "--least", "warning")

    assert result.exit_code == 0
    assert "1 text smaller than 5 pt; the smallest has 4.0 pt (aaaaaaaaaaaa) [tiny-text]" in result.stdout


def test_a_purpose_makes_what_hinders_it_an_error(good: Path) -> None:
    result = run(good, "--for", "press", "--least", "error")

    assert result.exit_code == 8
    assert "[rgb-in-print]" in result.stdout


def test_a_missing_file_is_one_line_and_the_code_is_3(tmp_path: Path) -> None:
    result = run(tmp_path / "none.pdf")

    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == (
        f"publisher: cannot check {tmp_path}/none.pdf: no such file or directory. Name a PDF or an EPUB.\n"
    )


def test_a_folder_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path)

    assert result.exit_code == 3
    assert result.stderr == f"publisher: cannot check {tmp_path}: it is a folder. Name a PDF or an EPUB.\n"


def test_an_unreadable_file_among_others_does_not_keep_them_from_being_checked(tmp_path: Path, bad: Path) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Một trang")

    result = run(text, bad, "--least", "error")

    assert result.exit_code == 3
    assert "[missing-alternative]" in result.stdout
    assert result.stderr == (
        f"publisher: cannot check {text}: it is neither a PDF nor an EPUB. Name a finished file.\n"
        "publisher: 1 of 2 files could not be read\n"
    )


def test_a_code_that_is_everywhere_is_folded_for_people_and_not_in_json(tmp_path: Path) -> None:
    def everywhere(pdf: s.pikepdf.Pdf) -> None:
        while len(pdf.pages) < 12:
            pdf.pages.append(pdf.pages[-1])
        for page in range(3, 13):
            s.draw(pdf, page, s.text(pdf, 2, size=4))

    path = tmp_path / "many.pdf"
    path.write_bytes(s.spoilt(made(".pdf", "brief"), everywhere))

    assert "  and 2 more of [tiny-text]\n" in run(path).stdout
    assert run(path, "--json").stdout.count('"tiny-text"') == 10
