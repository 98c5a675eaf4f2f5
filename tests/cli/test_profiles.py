"""``--profile``: one e-book a reader, beside each other, and what is said of each."""

import re

import pytest

from tests.cli.running import listing, page, run


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page(tmp_path)
    return tmp_path


def compiled(*arguments):
    return run("compile", "page.txt", "-o", "week.epub", *arguments)


def profiles(*names):
    return [word for name in names for word in ("--profile", name)]


def test_each_profile_is_a_file_and_a_line_that_says_what_was_changed(folder):
    result = compiled(*profiles("generic", "kobo", "kindle", "apple", "small"))

    assert re.sub(r"\d+ kB|\d+ sentences", "#", result.stdout).splitlines() == [
        "week.epub (#)",
        "week.kepub.epub (#): # and pictures marked for Kobo, in 5 documents; Kobo's own margins taken off",
        "week.kindle.epub (#): language of the package: vi → en",
        "week.apple.epub (#)",
        "week.small.epub (#)",
    ]
    assert {name for name in listing(folder) if name.endswith(".epub")} == {
        "week.epub",
        "week.kepub.epub",
        "week.kindle.epub",
        "week.apple.epub",
        "week.small.epub",
    }


def test_a_profile_alone_leaves_the_master_unwritten(folder):
    compiled(*profiles("kobo"))

    assert set(listing(folder)) == {"page.txt", "week.kepub.epub"}


def test_a_name_for_kobo_is_a_book_for_kobo(folder):
    compiled(*profiles("kobo"))
    run("compile", "page.txt", "-o", "other.kepub.epub")

    assert (folder / "other.kepub.epub").read_bytes() == (folder / "week.kepub.epub").read_bytes()


def test_the_language_for_a_kindle_can_be_chosen():
    result = compiled(*profiles("kindle"), "--kindle-language", "fr")

    assert result.stdout.endswith(": language of the package: vi → fr\n")


def test_a_brief_takes_profiles_too_and_leaves_its_pdf_as_it_is(folder):
    result = run("brief", "page.txt", "-o", "a.pdf", "-o", "a.epub", *profiles("kindle"))

    assert [line.split()[0] for line in result.stdout.splitlines()] == ["a.pdf", "a.kindle.epub"]


def test_what_does_not_fit_is_a_problem_and_with_strict_a_failure(folder):
    loose = compiled(*profiles("small"), "--small-limit", "0.001")
    (folder / "week.small.epub").unlink()
    strict = compiled(*profiles("small"), "--small-limit", "0.001", "--strict")

    assert re.fullmatch(
        r"problem: the e-book has 0\.0\d+ MB with its pictures as small as they get, and 0\.001 MB is what was allowed "
        r"for it: divide the issue \[reader-limit\]\n",
        loose.stderr,
    )
    assert (loose.exit_code, strict.exit_code) == (0, 7)
    assert set(listing(folder)) == {"page.txt"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["-o", "a.pdf", *profiles("kobo")],
            "--profile makes e-books, and no output is one. Add -o with a name ending in .epub",
        ),
        (
            ["-o", "a.epub", "-o", "a.kindle.epub", *profiles("generic", "kindle")],
            "two different files would be called a.kindle.epub. Choose other names with -o",
        ),
        (
            ["-o", "a.epub", "--kindle-language", "en"],
            "--kindle-language is for the profile 'kindle'. Give --profile kindle with it",
        ),
        (
            ["-o", "a.epub", *profiles("kindle"), "--small-limit", "5"],
            "--small-limit is for the profile 'small'. Give --profile small with it",
        ),
        (["-o", "a.epub", "--grey"], "--grey is for the profile 'small'. Give --profile small with it"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_is_read(folder, arguments, message):
    result = run("compile", "missing.txt", *arguments)

    assert (result.exit_code, result.stderr) == (2, f"publisher: {message}\n")
    assert set(listing(folder)) == {"page.txt"}
