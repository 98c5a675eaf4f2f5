"""Files for a press: every shipped theme with every kind of content, before an audit that knows nothing of us."""

import datetime as dt
import functools
import io
import itertools
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import msgspec
import pikepdf
import pytest
from PIL import Image, ImageCms

from publisher.errors import RenderingError
from publisher.model import Asset, Figure, Rendition
from publisher.writing.pdf import PdfProcess
from tests.theming.issues import FULL, issue, make_theme, paragraph, rendered
from tests.writing.pdf.audit import MM, TOLERANCE, Audit
from tests.writing.pdf.making import pdf as screen_pdf
from tests.writing.pdf.pages import pages
from tests.writing.pdf.pressing import (
    SET,
    blocks,
    dated,
    english,
    pictures,
    plates,
    plates_file,
    press,
    profile_data,
)
from tests.writing.pdf.test_matrix import THEMES, each

WHITE = (0.0, 0.0, 0.0, 0.0)
BLACK = (0.0, 0.0, 0.0, 1.0)
A4 = (210, 297)
SLUG_MM = 7

IN_TURN = set(zip(THEMES, itertools.cycle(SET)))
"""Each theme with one kind, and each kind in some theme, and every fifth in the suite; all others are a campaign."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A function that gives the rendition of a theme and a kind of content, and the file for the press of it."""
    done: dict[tuple[str, str], tuple[Rendition, Path]] = {}

    def make(theme, kind):
        if (theme, kind) not in done:
            rendition = rendered(SET[kind](), theme)
            done[theme, kind] = rendition, plates_file(rendition, tmp_path_factory.mktemp("press"))
        return done[theme, kind]

    return make


@functools.cache
def audited(path):
    """What is seen of a file that several tests look at."""
    return Audit(path)


def inks_of_stylesheets(rendition):
    """What the colours that the style sheets name should be in inks, found apart from the code: all but the greys."""
    sheets = " ".join(sheet.data.decode() for sheet in rendition.stylesheets)
    to_ink = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"),
        ImageCms.ImageCmsProfile(io.BytesIO(profile_data())),
        "RGB",
        "CMYK",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    for digits in re.findall(r"#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", sheets):
        long = digits if len(digits) == 6 else "".join(2 * digit for digit in digits)
        rgb = tuple(bytes.fromhex(long))
        if len(set(rgb)) > 1:
            pixel = ImageCms.applyTransform(Image.new("RGB", (1, 1), rgb), to_ink).tobytes()
            yield tuple(round(value / 255, 4) for value in pixel)


@pytest.mark.sample(5)
@each(tuple(SET), IN_TURN)
def test_the_audit_finds_nothing_wrong(theme, name, made):
    rendition, path = made(theme, name)

    audit = audited(path)

    assert audit.wrong == []
    coloured = set(inks_of_stylesheets(rendition))
    inks = {fill for (_, fill), _ in audit.texts} | {fill for space, fill in audit.paints if space != "/All"}
    assert {ink for ink in inks if any(ink[:3])} <= coloured  # All else is black ink alone, or paper.
    assert {space for (space, _), _ in audit.texts} == {"/DeviceCMYK"}


@pytest.mark.sample(5)
@each(tuple(SET), IN_TURN)
def test_most_text_is_solid_black_and_prints_over_what_lies_under_it(theme, name, made):
    texts = audited(made(theme, name)[1]).texts

    assert texts.most_common(1)[0][0] == (("/DeviceCMYK", BLACK), True)
    assert {ink for (_, ink), over in texts if over} == {BLACK}
    assert (("/DeviceCMYK", BLACK), False) not in texts


@pytest.mark.sample(5)
@each(tuple(SET), IN_TURN)
def test_the_boxes_are_as_wide_as_was_asked_for(theme, name, made):
    for boxes in audited(made(theme, name)[1]).boxes:
        edge = SLUG_MM + 3
        expected = {
            "/MediaBox": (0, 0, 210 + 2 * edge, 297 + 2 * edge),
            "/BleedBox": (SLUG_MM, SLUG_MM, 210 + edge + 3, 297 + edge + 3),
            "/TrimBox": (edge, edge, 210 + edge, 297 + edge),
        }
        assert {
            name: pytest.approx([value * MM for value in box], abs=TOLERANCE) for name, box in expected.items()
        } == boxes


@pytest.mark.sample(4)
@pytest.mark.parametrize("bleed_mm", [0, 2.5, 5.0])
@pytest.mark.parametrize("paper", ["A4", "A5", "letter"])
def test_bleed_and_paper_make_the_boxes(bleed_mm, paper, tmp_path):
    width, height = {"A4": (210, 297), "A5": (148, 210), "letter": (215.9, 279.4)}[paper]

    path = plates_file(rendered(FULL, options={"paper": paper}), tmp_path, bleed_mm=bleed_mm, marks=())

    audit = Audit(path)
    assert audit.wrong == []
    assert audit.boxes[0]["/TrimBox"] == pytest.approx(
        [bleed_mm * MM, bleed_mm * MM, (width + bleed_mm) * MM, (height + bleed_mm) * MM], abs=TOLERANCE
    )
    assert audit.boxes[0]["/BleedBox"] == pytest.approx(
        [0, 0, (width + 2 * bleed_mm) * MM, (height + 2 * bleed_mm) * MM], abs=TOLERANCE
    )
    assert audit.boxes[0]["/MediaBox"] == audit.boxes[0]["/BleedBox"]


def test_a_theme_cannot_change_the_bleed(tmp_path):
    make_theme(tmp_path, **{"print.css": "@page { bleed: 9mm; marks: crop } @page :first { bleed: 1mm }"})

    path = plates_file(rendered(FULL, "own", search=(tmp_path,)), tmp_path)

    assert Audit(path).wrong == []


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("marks", "line_ends"),
    [
        pytest.param((), 0, id="none"),
        pytest.param(("crop",), 8 * 2, id="crop"),
        pytest.param(("registration",), 4 * (2 + 2 + 1 + 4 * 3), id="registration"),
        pytest.param(("crop", "registration"), 8 * 2 + 4 * 17, id="both"),
    ],
)
def test_the_marks_are_those_asked_for(marks, line_ends, tmp_path):
    audit = Audit(plates_file(rendered(FULL), tmp_path, marks=marks))

    assert audit.wrong == []
    assert set(audit.mark_lines) == {line_ends}


def test_the_audit_finds_what_is_wrong_with_a_file_that_is_not_for_a_press(tmp_path):
    audit = Audit(screen_pdf(rendered(pictures(), "compilation"), tmp_path))

    assert {
        "operator rg",
        "not marked as PDF/X-4",
        "output intents: ['/GTS_PDFA1']",
        "an object names /DeviceRGB",
    } <= set(audit.wrong)
    assert any(message.startswith("an image in") for message in audit.wrong)


def test_pictures_are_in_four_inks_or_in_black_alone(made):
    audit = audited(made("brief", "pictures")[1])

    spaces = [space for space, width, height in audit.images if (width, height) in ((240, 160), (200, 120))]
    assert sorted(spaces) == ["/DeviceCMYK"] * 7 + ["/DeviceGray"] * 5


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_a_picture_looks_on_the_press_as_it_did_on_the_screen(kind, made):
    """The separated picture, printed by the profile, against the picture itself: through the whole file and back."""
    profile = ImageCms.ImageCmsProfile(io.BytesIO(profile_data()))
    with pikepdf.open(made("brief", "pictures")[1]) as pdf:
        found = [
            image
            for image in pdf.objects
            if isinstance(image, pikepdf.Stream)
            and image.get("/Subtype") == "/Image"
            and image.ColorSpace == "/DeviceCMYK"
            and (image.Filter == "/DCTDecode") == (kind == "jpg")
            and image.Width == 240
        ]
        inks = pikepdf.PdfImage(found[0]).as_pil_image()
        complement = [float(value) for value in found[0].get("/Decode", [])] == [1, 0] * 4
    if kind == "jpg":
        assert complement
    expected = ImageCms.applyTransform(
        Image.open(
            io.BytesIO(
                next(
                    asset.data
                    for asset in pictures().assets
                    if asset.name == f"pictures/{'photo' if kind == 'jpg' else 'colours'}.{kind}"
                )
            )
        ),
        ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"),
            profile,
            "RGB",
            "CMYK",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        ),
    )
    for place in ((20, 20), (120, 80), (200, 140), (60, 120)):
        assert inks.getpixel(place) == pytest.approx(expected.getpixel(place), abs=12 if kind == "jpg" else 0)


class TestIntent:
    def test_the_profile_is_embedded_as_it_was_given(self, made):
        audit = audited(made("brief", "english")[1])

        assert audit.profile == profile_data()
        assert audit.intent == {
            "/Type": "/OutputIntent",
            "/S": "/GTS_PDFX",
            "/OutputConditionIdentifier": "Custom",
            "/OutputCondition": "Press of the tests",
            "/Info": "Press of the tests",
        }

    def test_a_registered_condition_is_named(self, tmp_path):
        from publisher.writing.pdf.layout import write_pdf
        from publisher.writing.pdf.output_profiles import parse_profile
        from tests.writing.pdf.inks import cmyk_profile

        profile = parse_profile(cmyk_profile(registered="FOGRA39"))
        path = tmp_path / "press.pdf"
        path.write_bytes(write_pdf(rendered(FULL), press=msgspec.structs.replace(press(), output_profile=profile)).data)

        audit = Audit(path)
        assert audit.wrong == []
        assert audit.intent["/OutputConditionIdentifier"] == "FOGRA39"
        assert audit.intent["/RegistryName"] == "http://www.color.org"


class TestIdentity:
    def test_dates_come_from_the_issue(self, tmp_path):
        audit = Audit(plates_file(rendered(dated(dt.date(2025, 10, 17))), tmp_path))

        assert audit.wrong == []
        assert audit.info["/CreationDate"] == audit.info["/ModDate"] == "D:20251017000000Z"
        assert audit.xmp["xmp:MetadataDate"] == ["2025-10-17T00:00:00Z"]

    def test_an_issue_without_a_date_has_the_same_one_always(self, tmp_path):
        audit = Audit(plates_file(rendered(dated(None)), tmp_path))

        assert audit.wrong == []
        assert audit.info["/CreationDate"] == "D:20000101000000Z"

    def test_the_document_is_the_same_in_any_form_and_the_file_is_not(self, tmp_path):
        rendition = rendered(dated(dt.date(2025, 10, 17)))

        single = Audit(plates_file(rendition, tmp_path, "single.pdf"))
        booklet = Audit(plates_file(rendition, tmp_path, "booklet.pdf", imposition="booklet"))

        assert single.xmp["xmpMM:DocumentID"] == booklet.xmp["xmpMM:DocumentID"]
        assert single.xmp["xmpMM:InstanceID"] != booklet.xmp["xmpMM:InstanceID"]

    def test_another_issue_is_another_document(self, tmp_path):
        one = Audit(plates_file(rendered(dated(dt.date(2025, 10, 17))), tmp_path, "one.pdf"))
        other = Audit(plates_file(rendered(dated(dt.date(2025, 10, 18))), tmp_path, "other.pdf"))

        assert one.xmp["xmpMM:DocumentID"] != other.xmp["xmpMM:DocumentID"]


@pytest.fixture(scope="module")
def booklet(tmp_path_factory):
    """An issue as single pages, and the same as a booklet."""
    folder = tmp_path_factory.mktemp("booklet")
    rendition = rendered(english(), "compilation", options={"paper": "A5"})
    return (
        plates_file(rendition, folder, "single.pdf"),
        plates_file(rendition, folder, "booklet.pdf", imposition="booklet"),
    )


class TestBooklet:
    def test_it_has_two_sides_for_every_four_pages_begun(self, booklet):
        single, folded = map(audited, booklet)

        assert folded.wrong == []
        assert folded.page_count == 2 * -(-single.page_count // 4)

    def test_the_sheet_is_two_pages_wide(self, booklet):
        edge = (SLUG_MM + 3) * MM

        for boxes in audited(booklet[1]).boxes:
            assert boxes["/TrimBox"] == pytest.approx([edge, edge, edge + 296 * MM, edge + 210 * MM], abs=TOLERANCE)

    def test_pages_stand_where_folding_brings_them_together(self, booklet):
        """Each side's halves, by their words: pages n and 1, 2 and n - 1, and so on."""
        single = [" ".join(word.text for word in page.words) for page in pages(booklet[0])]
        sides = [
            tuple(
                " ".join(word.text for word in page.words if (word.left < page.width / 2) == (half == 0))
                for half in (0, 1)
            )
            for page in pages(booklet[1])
        ]

        padded = single + [""] * (-len(single) % 4)
        expected = []
        for first in range(0, len(padded) // 2, 2):
            expected.append((padded[-1 - first], padded[first]))
            expected.append((padded[first + 1], padded[-2 - first]))
        assert sides == expected

    def test_pages_do_not_reach_over_the_fold(self, booklet):
        with pikepdf.open(booklet[1]) as pdf:
            for page in pdf.pages:
                widths = {
                    str(name): [round(float(value) / MM, 2) for value in form.BBox]
                    for name, form in page.Resources.XObject.items()
                }
                assert widths.get("/P0", [-3, -3, 148, 213]) == [-3, -3, 148, 213]
                assert widths.get("/P1", [0, -3, 151, 213]) == [0, -3, 151, 213]

    def test_the_fold_is_marked_and_no_target_stands_on_it(self, booklet):
        assert set(audited(booklet[1]).mark_lines) == {8 * 2 + 4 * 17 + 2 * 2}

    @pytest.mark.parametrize("marks", [(), ("crop",)])
    def test_one_page_takes_one_sheet(self, marks, tmp_path):
        written = plates(rendered(dated(None), options={"related": "no"}), imposition="booklet", marks=marks)

        path = tmp_path / "booklet.pdf"
        path.write_bytes(written.data)
        assert Audit(path).wrong == []
        assert Audit(path).page_count == written.page_count == 2

    def test_pages_of_several_sizes_are_refused(self, tmp_path):
        files = {
            "theme.toml": 'summary = "A test."\nextends = "compilation"\n',
            "print.css": '{% include "compilation:print.css" %} @page cover { size: A3 } .cover-page { height: 100mm }',
        }
        make_theme(tmp_path, **files)
        rendition = rendered(issue(FULL), "own", search=(tmp_path,), options={"flow": "each"})

        with pytest.raises(RenderingError, match=r"^the PDF could not be made: a booklet's pages must be of one size$"):
            plates(rendition, imposition="booklet")

        assert Audit(plates_file(rendition, tmp_path)).wrong == []


COLOURFUL = """
{% include "base:print.css" %}
.head { background: linear-gradient(to right, #7a1f1f, #14415f 40%, #888) }
.standfirst { background: linear-gradient(rgba(20, 65, 95, .8), rgba(20, 65, 95, 0)); opacity: .7 }
.body p { color: lab(40% 50 -20); border-left: 2pt dotted oklch(60% 0.15 150) }
.kicker { color: device-cmyk(0 1 0.8 0.1) }
.byline { background: radial-gradient(hwb(90 10% 20%), white); box-shadow: none }
h2 { color: hsl(200 60% 30%); text-decoration: underline wavy rgb(200 10 10); outline: 1pt ridge #14415f }
.lost-figure { border: 3pt groove #7a1f1f; border-radius: 3mm }
.lost-figure { background: repeating-linear-gradient(45deg, #ddd 0 2mm, #fff 2mm 4mm) }
.body { mix-blend-mode: multiply }
"""


DRAWING = """
<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">
<defs>
<linearGradient id="g"><stop offset="0" stop-color="#f00"/><stop offset="1" stop-color="#00f" stop-opacity=".2"/>
</linearGradient>
<pattern id="p" width="9" height="9" patternUnits="userSpaceOnUse"><rect width="4" height="4" fill="#0a0"/></pattern>
<mask id="m"><rect width="90" height="90" fill="#777"/></mask>
</defs>
<rect width="90" height="90" fill="url(#g)" stroke="#c0c" mask="url(#m)"/>
<rect x="100" width="90" height="90" fill="url(#p)" opacity=".5"/>
</svg>
"""


class TestColours:
    def test_nothing_that_a_theme_may_say_of_colours_stays_in_light(self, tmp_path):
        make_theme(tmp_path, **{"print.css": COLOURFUL})

        audit = Audit(plates_file(rendered(FULL, "own", search=(tmp_path,)), tmp_path))

        assert audit.wrong == []
        assert (("/DeviceCMYK", (0.0, 1.0, 0.8, 0.1)), False) in audit.texts  # As the theme has it.
        assert {space for space, _ in audit.paints} == {"/DeviceCMYK", "/Pattern", "/All"}

    def test_drawings_are_separated_too(self, tmp_path):
        article = msgspec.structs.replace(
            FULL, url=None, body=(paragraph(), Figure(src="pictures/d.svg", alt="Hình vẽ"), paragraph())
        )
        rendition = rendered(
            msgspec.structs.replace(
                issue(article),
                assets=(Asset(name="pictures/d.svg", media_type="image/svg+xml", data=DRAWING.encode()),),
            )
        )

        audit = Audit(plates_file(rendition, tmp_path))

        assert audit.wrong == []
        assert (("/Pattern"), None) in audit.paints

    @pytest.mark.sample(2)
    @pytest.mark.parametrize("theme", ["brief", "compilation"])
    def test_the_qr_code_is_solid_black(self, theme, made):
        audit = audited(made(theme, "blocks")[1])

        assert audit.paints[("/DeviceCMYK", BLACK)] + audit.paints[("/DeviceGray", (0.0,))] > 0

    @pytest.mark.campaign
    def test_the_words_are_those_of_the_other_file(self, made, tmp_path):
        rendition, path = made("brief", "blocks")

        assert [[word.text for word in page.words] for page in pages(path)] == [
            [word.text for word in page.words] for page in pages(screen_pdf(rendition, tmp_path))
        ]


@pytest.mark.campaign
def test_the_coloured_flag_reaches_into_the_bleed_and_not_over_it(made, tmp_path):
    """As poppler paints it, at 4 pixels a millimetre: in the bleed as in the flag, outside it paper."""
    if not shutil.which("pdftoppm"):
        pytest.skip("pdftoppm is not installed; make test installs it")
    path = made("compilation", "english")[1]
    subprocess.run(["pdftoppm", "-r", str(4 * 25.4), "-f", "1", "-l", "1", "-png", path, tmp_path / "page"], check=True)
    page = Image.open(next(tmp_path.glob("page*.png"))).convert("RGB")
    across, down = page.width / (210 + 20), page.height / (297 + 20)

    def at(x_mm, y_mm):
        return page.getpixel((int(x_mm * across), int(y_mm * down)))

    flag = at(200, 20)
    assert max(flag) < 160
    for x, y in ((7.5, 20), (222.5, 20), (60, 7.5), (7.5, 7.5), (222.5, 7.5)):
        assert at(x, y) == flag
    for x, y in ((6.2, 20), (223.8, 20), (60, 6.2)):
        assert at(x, y) == (255, 255, 255)


@pytest.mark.campaign
@pytest.mark.parametrize("imposition", ["single", "booklet"])
def test_the_same_issue_gives_the_same_bytes(imposition, tmp_path, monkeypatch):
    rendition = rendered(blocks(), "compilation")
    first = plates(rendition, imposition=imposition)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    with PdfProcess() as process:
        second = process.write(rendition, press=press(imposition=imposition))

    assert second.data == first.data
    assert second.page_count == first.page_count
    assert second.pages == first.pages


def test_the_engine_says_nothing(made):
    assert plates(made("compilation", "pictures")[0]).problems == ()


def test_values_alone_load_no_engine():
    program = "import sys, publisher.writing.pdf; print('PIL' in sys.modules or 'weasyprint' in sys.modules)"

    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=os.environ)

    assert run.stdout == "False\n"
