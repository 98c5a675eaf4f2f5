"""What is asked for a press: taken, or refused in one line before anything is read."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from publisher.cli import cli
from publisher.errors import OptionError
from publisher.writing.pdf import PressOptions, prepare_press
from publisher.writing.pdf.imposition import sides
from publisher.writing.pdf.output_profiles import FOLDERS, LIMIT_BYTES, PREFERRED, find_profile, load_profile
from tests.writing.pdf.audit import Audit
from tests.writing.pdf.inks import assembled, cmyk_profile
from tests.writing.pdf.pressing import profile_data, profile_file

TEXT = (
    "Cầu mới thông xe sau ba năm thi công\n\n"
    "Sáng nay cây cầu mới qua sông được thông xe. Hàng nghìn người dân hai bờ đã đến xem lễ khánh thành.\n\n"
    "Cây cầu dài hơn một cây số và có bốn làn xe. Đây là cây cầu thứ ba nối hai bờ của thành phố.\n"
)


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "cau.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def run(*arguments):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


class TestProfile:
    def test_a_profile_says_what_it_is(self, tmp_path):
        path = tmp_path / "press.icc"
        path.write_bytes(cmyk_profile("Coated, 60 lines", registered="FOGRA39"))

        profile = load_profile(path)

        assert (profile.description, profile.condition) == ("Coated, 60 lines", "FOGRA39")
        assert profile.data == path.read_bytes()

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            pytest.param(lambda: b"", "it is not an ICC profile", id="empty"),
            pytest.param(lambda: b"%PDF-1.6" * 100, "it is not an ICC profile", id="another file"),
            pytest.param(lambda: profile_data()[:200], "it is damaged: 200 bytes where its header says 21", id="cut"),
            pytest.param(lambda: cmyk_profile(space=b"RGB "), "its colours are RGB, not CMYK", id="RGB"),
            pytest.param(
                lambda: cmyk_profile(kind=b"mntr"), "it is not the profile of an output device", id="a monitor"
            ),
            pytest.param(lambda: cmyk_profile(kind=b"link"), "it is not the profile of an output device", id="a link"),
            pytest.param(
                lambda: assembled({b"desc": b"desc"}), "it is incomplete: it has no A2B0 and no B2A0", id="no tables"
            ),
            pytest.param(
                lambda: assembled({b"A2B0": b"mft2" + b"\0" * 60, b"B2A0": b"mft2" + b"\0" * 60}),
                "it is damaged: colours cannot be converted with it",
                id="broken tables",
            ),
            pytest.param(
                lambda: assembled({b"desc": b"x"}, version=0x05000000),
                "it is of version 5, and PDF/X-4 knows versions 2 and 4",
                id="version 5",
            ),
            pytest.param(lambda: b"\0" * (LIMIT_BYTES + 1), "it is larger than 16 MiB", id="huge"),
            pytest.param(
                lambda: profile_data()[:128] + b"\xff\xff\xff\xff" + profile_data()[132:],
                "it is damaged: its table of tags has no end",
                id="endless table",
            ),
        ],
    )
    def test_what_is_not_the_profile_of_a_cmyk_press_is_refused(self, data, why, tmp_path):
        path = tmp_path / "press.icc"
        path.write_bytes(data())

        with pytest.raises(OptionError) as refused:
            load_profile(path)

        assert str(refused.value).startswith(f"{path} cannot be the output profile: {why}")
        assert str(refused.value).endswith(". Give the CMYK profile that the press names")

    @pytest.mark.parametrize(("name", "why"), [("none.icc", "no such file or directory"), (".", "is a directory")])
    def test_one_that_cannot_be_read_is_refused(self, name, why, tmp_path):
        with pytest.raises(OptionError) as refused:
            load_profile(tmp_path / name)

        assert str(refused.value) == f"cannot read the output profile {tmp_path / name}: {why}. Check the name."

    @pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.campaign)])
    def test_every_byte_that_is_wrong_is_survived(self, step, tmp_path):
        """Bytes of header and table, and some of the tables, turned over: a profile, or a refusal in one line."""
        path = tmp_path / "press.icc"
        for place in (*range(0, 300, step), *range(300, len(profile_data()), 997 * step)):
            data = bytearray(profile_data())
            data[place] ^= 0xFF
            path.write_bytes(data)
            try:
                assert load_profile(path).description
            except OptionError as error:
                assert "\n" not in str(error)

    def test_the_best_one_installed_is_found_wherever_it_lies(self, tmp_path):
        names = {"low": PREFERRED[-1], "deep/er": PREFERRED[1], "deep": "unknown.icc"}
        for folder, name in names.items():
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
            (tmp_path / folder / name).write_bytes(cmyk_profile(name))

        assert find_profile([tmp_path / "absent", tmp_path]).description == PREFERRED[1]

    def test_none_installed_is_one_line(self, tmp_path):
        (tmp_path / "unknown.icc").write_bytes(profile_data())

        with pytest.raises(OptionError) as refused:
            find_profile([tmp_path])

        assert str(refused.value) == (
            "no output profile for a press is installed here. "
            "Name the press's own, or install one (Debian: libgs-common)"
        )

    def test_the_one_that_this_machine_has_can_be_used(self):
        try:
            profile = find_profile()
        except OptionError:
            pytest.skip("no CMYK profile is installed here; Debian's libgs-common brings one")

        assert profile.description


class TestOptions:
    def test_defaults(self, tmp_path):
        press = prepare_press(PressOptions(output_profile=profile_file(tmp_path)))

        assert (press.bleed_mm, press.marks, press.imposition) == (3.0, ("crop", "registration"), "single")

    @pytest.mark.parametrize(
        ("text", "marks"),
        [
            ("none", ()),
            ("crop", ("crop",)),
            ("registration, crop", ("crop", "registration")),
            ("crop,crop", ("crop",)),
        ],
    )
    def test_marks_are_named(self, text, marks, tmp_path):
        assert prepare_press(PressOptions(marks=text, output_profile=profile_file(tmp_path))).marks == marks

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            pytest.param(["--bleed", "-1"], "--bleed takes 0 to 25 millimetres, not -1", id="bleed below"),
            pytest.param(["--bleed", "30"], "--bleed takes 0 to 25 millimetres, not 30", id="bleed above"),
            pytest.param(["--bleed", "nan"], "--bleed takes 0 to 25 millimetres, not nan", id="bleed no number"),
            pytest.param(["--marks", "crops"], "--marks does not know 'crops'. Did you mean 'crop'?", id="near mark"),
            pytest.param(
                ["--marks", "x"], "--marks does not know 'x'. There is: crop, none, registration.", id="unknown mark"
            ),
            pytest.param(
                ["--marks", "crop,none"], "--marks does not know 'none'. Did you mean 'none'?", id="marks and none"
            ),
        ],
    )
    def test_a_value_that_does_not_fit_is_one_line(self, arguments, message, page, tmp_path):
        profile = profile_file(tmp_path)

        result = run("brief", page, "-o", tmp_path / "a.pdf", "--print", "--output-profile", profile, *arguments)

        assert (result.exit_code, result.stderr) == (2, f"publisher: {message}\n")
        assert not (tmp_path / "a.pdf").exists()

    @pytest.mark.parametrize(
        ("option", "value"),
        [("--bleed", "3"), ("--marks", "none"), ("--imposition", "single"), ("--output-profile", "press.icc")],
    )
    def test_what_belongs_to_a_press_needs_print(self, option, value, page, tmp_path):
        result = run("brief", page, "-o", tmp_path / "a.pdf", option, value)

        assert (result.exit_code, result.stderr) == (2, f"publisher: {option} is for a press. Give --print with it\n")

    def test_print_needs_a_pdf(self, page, tmp_path):
        result = run("brief", page, "-o", tmp_path / "a.epub", "--print")

        assert result.exit_code == 2
        assert result.stderr == (
            "publisher: --print makes a PDF for a press, and no output is a PDF. Add -o with a name ending in .pdf\n"
        )

    def test_a_profile_that_is_none_stops_before_anything_is_read(self, tmp_path):
        (tmp_path / "press.icc").write_bytes(b"no profile")

        result = run(
            "brief",
            tmp_path / "absent.txt",
            "-o",
            tmp_path / "a.pdf",
            "--print",
            "--output-profile",
            tmp_path / "press.icc",
        )

        assert result.exit_code == 2
        assert "it is not an ICC profile" in result.stderr


def test_the_command_makes_a_file_for_the_press_and_leaves_the_e_book_as_it_is(page, tmp_path):
    profile = profile_file(tmp_path)
    outputs = ("-o", tmp_path / "a.pdf", "-o", tmp_path / "a.epub")
    plain = ("-o", tmp_path / "b.pdf", "-o", tmp_path / "b.epub")

    result = run(
        "compile", page, *outputs, "--print", "--imposition", "booklet", "--output-profile", profile, "--bleed", "5"
    )
    run("compile", page, *plain)

    assert result.exit_code == 0, result.output
    audit = Audit(tmp_path / "a.pdf")
    assert audit.wrong == []
    assert f"({audit.page_count} pages" in result.stdout
    assert (tmp_path / "a.epub").read_bytes() == (tmp_path / "b.epub").read_bytes()


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, [(None, 0), (None, None)]),
        (3, [(None, 0), (1, 2)]),
        (4, [(3, 0), (1, 2)]),
        (5, [(None, 0), (1, None), (None, 2), (3, 4)]),
        (8, [(7, 0), (1, 6), (5, 2), (3, 4)]),
    ],
)
def test_a_booklet_folds_into_reading_order(count, expected):
    assert list(sides(count, "booklet")) == expected


@pytest.mark.parametrize("count", [*range(1, 30), 100, 163])
def test_a_booklet_has_every_page_once_and_reads_in_order_when_folded(count):
    made = list(sides(count, "booklet"))

    assert sorted(page for side in made for page in side if page is not None) == list(range(count))
    assert len(made) % 2 == 0
    # Turned over one by one: the right halves of the fronts and the left halves of the backs, to the middle and back.
    leaves = [(front[1], back[0]) for front, back in zip(made[::2], made[1::2], strict=True)]
    leaves += [(back[1], front[0]) for front, back in reversed(list(zip(made[::2], made[1::2], strict=True)))]
    read = [page for leaf in leaves for page in leaf]
    assert read == [*range(count), *[None] * (len(read) - count)]


def test_single_pages_stand_alone():
    assert list(sides(3, "single")) == [(0,), (1,), (2,)]


def test_the_documentation_names_every_profile_that_is_looked_for_and_every_option():
    text = (Path(__file__).parents[3] / "docs" / "print.md").read_text(encoding="utf-8")

    named = [*PREFERRED, *map(str, FOLDERS), "--print", "--bleed", "--marks", "--imposition", "--output-profile"]
    assert [name for name in named if f"`{name}`" not in text] == []
