"""What every shipped theme keeps with all of its options: pages, words, structure, contrast.

With none of them its pages are looked at in ``tests/writing/pdf/test_pages.py``.
"""

import io
import re
import unicodedata

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from publisher.model import Figure
from publisher.theming import theme_folders
from publisher.theming.fonts import font_asset
from tests.theming.issues import FULL, bare, issue, rendered, shipped
from tests.theming.pictures import LEAD, LOGO
from tests.validators import verapdf_all
from tests.writing.pdf.making import written
from tests.writing.pdf.pages import fold, pages

THEMES = sorted(theme_folders())
VIETNAMESE = {
    letter
    for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for vowel in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for letter in unicodedata.normalize("NFC", vowel + mark)
} | {"đ", "Đ"}
CAPITALS = "NGHỄ ẲM ỘC ỖNG"
LONGEST = ("Hội nghị trực tuyến toàn quốc về phát triển hạ tầng giao thông nông thôn bền vững " * 5)[:400].strip()
BLACK = "#000000"
OTHER = {"colour": BLACK, "flag": "no"}


def everything(name):
    """Each option of the theme at another value than its default, pictures included; black is the only colour."""
    settings = {}
    for key, option in shipped(name).options.items():
        if option.type == "picture":
            settings[key] = LOGO if key == "logo" else LEAD
        elif option.type == "choice":
            settings[key] = next(choice for choice in option.choices if choice != option.default)
        else:
            settings[key] = OTHER.get(option.type, f"{CAPITALS} {key}")
    return settings


ISSUES = {
    "full": issue(FULL, bare(), title="Số Tết", number="12"),
    "none of the optional parts": issue(bare()),
    "longest headline, capitals": issue(bare(LONGEST, kicker=CAPITALS, standfirst=CAPITALS), bare(CAPITALS * 6)),
}


@pytest.fixture(scope="module", params=THEMES)
def theme(request):
    return request.param


@pytest.fixture(
    scope="module",
    params=[
        "full",
        "longest headline, capitals",
        pytest.param("none of the optional parts", marks=pytest.mark.campaign),  # The second of the full one has none.
    ],
)
def made(request, theme, tmp_path_factory):
    """The finished file, and where it is."""
    file = written(rendered(ISSUES[request.param], theme, options=everything(theme)))
    path = tmp_path_factory.mktemp("made") / "made.pdf"
    path.write_bytes(file.data)
    return file, path


@pytest.mark.sample(5)
def test_the_engine_has_nothing_to_complain_of(made):
    assert made[0].problems == ()


@pytest.mark.sample(5)
def test_no_word_runs_out_of_the_page_and_no_page_is_blank(made):
    for page in pages(made[1]):
        assert len(page.words) >= 3
        assert all(word.left > 0 and word.right < page.width and word.bottom < page.height for word in page.words)


@pytest.mark.sample(5)
def test_every_picture_has_words_or_is_an_ornament(made):
    with pikepdf.open(made[1]) as pdf:
        figures = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"]

        assert all(str(figure.get("/Alt", "")).strip() for figure in figures)


@pytest.mark.conformance
@pytest.mark.campaign
def test_they_are_archival_and_accessible_with_all_options_and_with_a_logo_that_is_an_ornament(tmp_path):
    """The other themes set logo and picture in the templates of these."""
    options = [(name, everything(name)) for name in ("brief", "compilation", "gazette")] + [("brief", {"logo": LOGO})]
    paths = []
    for number, (name, settings) in enumerate(options):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(written(rendered(ISSUES["full"], name, options=settings)).data)

    assert verapdf_all(paths, "ua1", "3a") == [[] for _ in paths]


@pytest.mark.parametrize("name", [name for name in THEMES if "lead" in shipped(name).options])
class TestPictures:
    @pytest.mark.parametrize("target", ["print", "ebook"])
    def test_logo_and_lead_picture_stand_once_each(self, name, target):
        settings = {"logo": LOGO, "lead": LEAD, "lead_caption": "Cầu sáng nay. Ảnh: Hà"}
        rendition = rendered(issue(FULL), name, target, settings)

        markup = "".join(document.markup for document in rendition.documents)
        assert [markup.count(f'src="{picture.name}"') for picture in (LOGO, LEAD)] == [1, 1]
        assert len(re.findall("<figcaption[^>]*>Cầu sáng nay. Ảnh: Hà</figcaption>", markup)) == 1
        assert {LOGO, LEAD} <= set(rendition.assets)

    def test_a_lead_picture_that_the_first_article_shows_is_not_shown_twice_in_it(self, name):
        shown = bare(body=(Figure(src=LEAD.name, alt="Cầu"), *FULL.body))
        documents = rendered(issue(shown), name, "ebook", {"lead": LEAD}).documents

        articles = [document for document in documents if document.role == "article"]
        assert "".join(document.markup for document in articles).count(f'src="{LEAD.name}"') == 1

    def test_the_caption_is_set_like_the_issues_own_words(self, name):
        settings = {"lead": LEAD, "lead_caption": 'Cầu "mới" - dài 5 km', "quotes": "typographic"}
        markup = "".join(document.markup for document in rendered(issue(FULL), name, options=settings).documents)

        assert "Cầu “mới”\xa0– dài 5\xa0km" in markup

    @pytest.mark.sample(5)
    def test_a_logo_is_an_ornament_unless_it_has_words(self, name, tmp_path):
        for alt, figures in (("", 0), ("Dấu hiệu của tòa soạn", 1)):
            rendition = rendered(issue(bare()), name, options={"logo": LOGO, "logo_alt": alt})
            with pikepdf.open(io.BytesIO(written(rendition).data)) as pdf:
                found = [
                    str(each.Alt)
                    for each in pdf.objects
                    if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
                ]

            assert found == [alt] * figures


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", [name for name in THEMES if "font" in shipped(name).options])
def test_with_either_face_the_text_is_set_in_it(name, tmp_path):
    for font, family in (("serif", "Source-Serif"), ("sans", "Source-Sans")):
        path = tmp_path / f"{font}.pdf"
        path.write_bytes(written(rendered(issue(bare()), name, options={"font": font})).data)
        with pikepdf.open(path) as pdf:
            named = {
                str(each.FontName).partition("+")[2]
                for each in pdf.objects
                if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor"
            }

        assert any(each.startswith(family) for each in named), named
        assert font == "serif" or name == "gazette" or not any("Serif" in each for each in named)


@pytest.mark.parametrize("name", THEMES)
def test_what_a_theme_prescribes_cannot_be_set_otherwise(name):
    prescribed = set(shipped("base").options) - set(shipped(name).options)

    office = {"accent", "cover_colour", "font", "paper", "logo", "logo_alt", "lead", "lead_alt", "lead_caption"}
    assert prescribed == {"decree30": office, "diem-bao": office, "party": office, "large-print": {"text_size"}}.get(
        name, set()
    )


def contrast(colour):
    """With white, after WCAG 2.2, relative luminance."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 1.05 / (0.05 + sum(part * weight for part, weight in zip(linear, (0.2126, 0.7152, 0.0722), strict=True)))


@pytest.mark.parametrize("name", THEMES)
def test_every_colour_of_words_can_be_read_on_white(name):
    sheet = rendered(issue(FULL), name).stylesheets[0].data.decode()
    white_on_accent = {"#fff"} if name in ("compilation", "tuan-bao") else set()
    colours = set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", sheet)) - white_on_accent
    ornaments = {"#888", "#999"}  # The dots of a leader and between the parts of a byline.

    full = {"#" + "".join(c * 2 for c in colour[1:]) if len(colour) == 4 else colour for colour in colours - ornaments}
    assert full
    assert [colour for colour in full if contrast(colour) < 4.5] == []


@pytest.mark.sample(5)
@pytest.mark.parametrize("name", THEMES)
def test_small_capitals_are_asked_only_of_fonts_that_have_those_of_all_vietnamese_letters(name):
    """The engine would shrink capitals instead."""
    theme = shipped(name)
    sheet = re.sub(r"/\*.*?\*/", "", rendered(issue(FULL), name).stylesheets[0].data.decode(), flags=re.DOTALL)
    said = re.findall(r"([^{}]+)\{[^{}]*font-variant-caps: ([\w-]+)", sheet)
    caps = {selector.strip(): value for selector, value in said}  # The last word on each.
    if set(caps.values()) <= {"normal"}:
        return

    upright = [(family, face) for family in theme.fonts for face in family.faces if not face.italic]
    lacking = {face.file: VIETNAMESE - small_capitals(font_asset(theme, family, face).data) for family, face in upright}
    assert {file: letters for file, letters in lacking.items() if letters} == {}


def small_capitals(data):
    """The letters for which a font has a small capital, small ones and capitals alike."""
    font = TTFont(io.BytesIO(data))
    rules = font["GSUB"].table
    lookups = {
        index
        for record in rules.FeatureList.FeatureRecord
        if record.FeatureTag in ("smcp", "c2sc")
        for index in record.Feature.LookupListIndex
    }
    tables = [
        getattr(table, "ExtSubTable", table) for index in lookups for table in rules.LookupList.Lookup[index].SubTable
    ]
    changed = {glyph for table in tables for glyph in table.mapping}
    return {chr(code) for code, glyph in font.getBestCmap().items() if glyph in changed}


def test_words_of_the_masthead_are_read_once(tmp_path):
    rendition = rendered(issue(FULL, title="Số Tết"), "brief", options={"logo": LOGO})
    path = tmp_path / "brief.pdf"
    path.write_bytes(written(rendition).data)

    assert fold(" ".join(word.text for word in pages(path)[0].words)).count("Số Tết") == 1
