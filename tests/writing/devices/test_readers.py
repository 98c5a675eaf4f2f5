"""What each reader's e-book has differently: what the report says, and nothing else."""

from pathlib import Path

import pytest
from PIL import Image

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.model import Asset, Change, Problem, to_json
from publisher.writing.devices import DEVICES, DeviceOptions, device_of, for_device, path_for
from tests.validators import aces, epubchecks
from tests.writing.devices.making import (
    PACKAGE,
    add_asset,
    differing,
    encoded,
    listed,
    master_of,
    members,
    noise,
    opened,
    replace_document,
    unmarked,
    whats,
    with_language,
    with_picture,
    with_sheet,
)

PHOTOGRAPH = "pictures/photo.png"
SMALL_LIMIT = DeviceOptions(small_limit_bytes=30_000)


@pytest.fixture
def master(ebook):
    """With a photograph in a PNG, which each profile that looks at pictures has to do something about."""
    return master_of(with_picture(ebook, PHOTOGRAPH, encoded(noise(600, 400, "L"), "PNG")))


class TestEveryProfile:
    @pytest.mark.parametrize("profile", DEVICES)
    def test_nothing_differs_from_the_master_but_what_the_report_lists(self, master, profile):
        made = for_device(master, profile, SMALL_LIMIT)

        assert differing(master, made) == listed(made)

    @pytest.mark.parametrize("profile", DEVICES)
    def test_twice_the_same_master_gives_twice_the_same_bytes(self, master, profile):
        assert for_device(master, profile, SMALL_LIMIT) == for_device(master, profile, SMALL_LIMIT)

    @pytest.mark.parametrize("profile", DEVICES)
    def test_an_e_book_without_pictures_is_made_too(self, ebook, with_body, profile):
        bare = with_body(
            ebook, "cau-moi", '<section id="cau-moi"><h1 id="headline">A</h1><p id="costs">b</p></section>'
        )
        master = master_of(bare)

        made = for_device(master, profile, SMALL_LIMIT)

        assert (differing(master, made), made.problems) == (listed(made), ())

    def test_documents_that_a_kobo_had_before_are_not_marked_again(self, master, tmp_path):
        documents = [name for name in members(master) if name.endswith(".xhtml")]
        first = for_device(master, "kobo", keep=Memo(Cache(tmp_path)).keep)
        memo = Memo(Cache(tmp_path))

        assert for_device(master, "kobo", keep=memo.keep) == first == for_device(master, "kobo")
        assert memo.found == len(documents)

    def test_the_generic_one_is_the_master(self, master):
        assert for_device(master, "generic") is master

    def test_the_report_is_json_like_all_values(self, master):
        (change,) = for_device(master, "kindle").changes

        assert to_json(change) == '{"what":"language of the package: vi → en","members":["EPUB/package.opf"]}'

    @pytest.fixture
    def files(self, master, tmp_path):
        paths = [path_for(tmp_path / "book.epub", profile) for profile in DEVICES]
        for path, profile in zip(paths, DEVICES, strict=True):
            path.write_bytes(for_device(master, profile, SMALL_LIMIT).data)
        return paths

    @pytest.mark.conformance
    def test_epubcheck_finds_nothing(self, files):
        assert epubchecks(files) == {}

    @pytest.mark.conformance
    @pytest.mark.campaign
    def test_nor_does_ace(self, files):
        assert aces(files) == {}


class TestNames:
    @pytest.mark.parametrize(
        ("path", "profile", "expected"),
        [
            ("out/week.epub", "generic", "out/week.epub"),
            ("out/week.epub", "kobo", "out/week.kepub.epub"),
            ("out/week.kepub.epub", "kobo", "out/week.kepub.epub"),
            ("out/week.kepub.epub", "generic", "out/week.epub"),
            ("out/WEEK.EPUB", "generic", "out/WEEK.EPUB"),
            ("out/WEEK.EPUB", "kindle", "out/WEEK.kindle.epub"),
            ("out/2025.42.epub", "apple", "out/2025.42.apple.epub"),
            ("out/week.kepub.v2.epub", "small", "out/week.kepub.v2.small.epub"),
        ],
    )
    def test_each_lies_beside_the_master(self, path, profile, expected):
        assert path_for(Path(path), profile) == Path(expected)

    @pytest.mark.parametrize(
        ("path", "expected"),
        [("a.epub", "generic"), ("a.kepub.epub", "kobo"), ("a.KEPUB.EPUB", "kobo"), ("kepub.epub", "generic")],
    )
    def test_only_kobos_suffix_asks_for_a_profile(self, path, expected):
        assert device_of(Path(path)) == expected


class TestKobo:
    def test_without_the_marks_each_document_is_the_masters(self, master):
        old, new = members(master), members(for_device(master, "kobo"))

        for name in old:
            if name.endswith(".xhtml"):
                assert unmarked(new[name].decode()) == old[name].decode()
                assert new[name] != old[name]

    def test_the_report_counts_the_marks(self, master):
        made = for_device(master, "kobo")
        count = sum(data.count(b'class="koboSpan"') for data in members(made).values())

        assert whats(made) == [
            f"{count} sentences and pictures marked for Kobo, in 6 documents",
            "Kobo's own margins taken off",
        ]


class TestKindle:
    def test_the_package_alone_states_another_language(self, master):
        old, new = members(master), members(for_device(master, "kindle", DeviceOptions(kindle_language="fr")))

        assert new[PACKAGE] == old[PACKAGE].replace(b"<dc:language>vi<", b"<dc:language>fr<")
        assert b'xml:lang="vi"' in new["EPUB/cau-moi.xhtml"]

    @pytest.mark.parametrize("language", ["en", "en-GB", "fr", "zh-Hans", "FR-ca"])
    def test_a_language_that_is_taken_stays(self, ebook, language):
        ebook = with_language(ebook, language)

        assert for_device(master_of(ebook), "kindle").changes == ()

    @pytest.mark.parametrize("language", ["vi", "vi-VN", "th", "ru", "end"])
    def test_one_that_is_not_is_replaced(self, ebook, language):
        made = for_device(master_of(with_language(ebook, language)), "kindle")

        assert whats(made) == [f"language of the package: {language} → en"]

    def test_a_document_without_a_declaration_gets_one(self, ebook):
        first = ebook.documents[0]
        bare = replace_document(ebook, first, first.markup.partition("\n")[2])

        made = for_device(master_of(bare), "kindle")

        assert made.changes[1] == Change(what="encoding declared in 1 document", members=("EPUB/cover.xhtml",))
        assert members(made)["EPUB/cover.xhtml"].startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE')

    def test_comments_with_two_hyphens_go_and_others_stay(self, ebook):
        sheet = b"/* a -- b */\np { margin: 0 }\n/* c - d */\n"

        made = for_device(master_of(with_sheet(ebook, sheet)), "kindle")

        assert members(made)["EPUB/ebook.css"] == b"\np { margin: 0 }\n/* c - d */\n"
        assert whats(made)[1:] == ["comments with -- removed from the style sheet"]

    @pytest.mark.parametrize("sheet", [b":root { --rule: 1px }", b"p { margin: var(--rule) }", b"p {\n--a:1 }"])
    def test_variables_are_warned_of(self, ebook, sheet):
        made = for_device(master_of(with_sheet(ebook, sheet)), "kindle")

        assert made.problems == (
            Problem(
                code="reader-limit",
                message="the style sheet 'EPUB/ebook.css' uses variables, for which Send to Kindle has refused books",
            ),
        )

    def test_the_cover_is_found_both_ways_and_each_line_of_the_ncx_leads_somewhere(self, ebook, with_body):
        cover = '<section><h1>Bìa</h1><img src="pictures/0f3a.jpg" alt="Bìa"/></section>'

        made = members(for_device(master_of(with_body(ebook, "cover", cover)), "kindle"))

        assert made[PACKAGE].count(b'properties="cover-image"') == 1
        assert b'name="cover"' in made[PACKAGE]
        assert made["EPUB/toc.ncx"].count(b"<content src=") == 5


class TestApple:
    def test_a_picture_of_too_many_pixels_is_reduced(self, ebook):
        large = encoded(Image.linear_gradient("L").resize((3000, 2000)), "PNG")

        made = for_device(master_of(with_picture(ebook, PHOTOGRAPH, large)), "apple")
        picture = opened(members(made)[f"EPUB/{PHOTOGRAPH}"])

        assert whats(made) == ["1 picture made smaller, to 5.6 million pixels"]
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", (2898, 1932))

    @pytest.mark.parametrize(("mode", "form"), [("L", "JPEG"), ("L", "PNG"), ("1", "PNG"), ("LA", "PNG")])
    def test_pictures_in_grey_are_turned_into_rgb(self, ebook, mode, form):
        name = {"JPEG": "pictures/a.jpg", "PNG": "pictures/a.png"}[form]
        picture = encoded(noise(40, 40, "LA" if mode == "LA" else "L").convert(mode), form)

        made = for_device(master_of(with_picture(ebook, name, picture)), "apple")
        changed = opened(members(made)[f"EPUB/{name}"])

        assert made.changes == (Change(what="1 picture turned into RGB", members=(f"EPUB/{name}",)),)
        assert (changed.format, changed.size) == (form, (40, 40))
        assert changed.mode == ("RGBA" if mode == "LA" else "RGB")

    @pytest.mark.parametrize(("mode", "form"), [("RGB", "JPEG"), ("RGB", "PNG"), ("P", "PNG"), ("RGBA", "PNG")])
    def test_a_picture_within_the_limits_keeps_its_bytes(self, ebook, mode, form):
        name = {"JPEG": "pictures/a.jpg", "PNG": "pictures/a.png"}[form]
        picture = encoded(noise(40, 40).convert(mode), form)

        assert for_device(master_of(with_picture(ebook, name, picture)), "apple").changes == ()

    def test_a_font_of_the_book_is_shown(self, ebook):
        font = Asset(name="fonts/serif.ttf", media_type="font/ttf", data=b"\0\1\0\0")
        colour = with_picture(ebook, "pictures/a.jpg", encoded(noise(40, 40)))
        made = for_device(master_of(add_asset(colour, font)), "apple")
        package = members(made)[PACKAGE].decode()

        assert whats(made) == ["the book's own fonts shown from the start"]
        assert 'prefix="ibooks: http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/"' in package
        assert '<meta property="ibooks:specified-fonts">true</meta></metadata>' in package


class TestSmall:
    def test_a_book_that_fits_stays_as_it_is(self, ebook):
        master = master_of(ebook)

        assert for_device(master, "small") == master

    def test_pictures_are_made_just_as_small_as_is_needed(self, ebook):
        master = master_of(with_picture(ebook, "pictures/a.jpg", encoded(noise(1500, 1000), quality=90)))
        sizes = {}
        for limit in (400_000, 200_000, 100_000, 30_000):
            made = for_device(master, "small", DeviceOptions(small_limit_bytes=limit))
            sizes[limit] = opened(members(made)["EPUB/pictures/a.jpg"]).width
            assert len(made.data) <= limit
            assert made.problems == ()

        assert sizes == {400_000: 1264, 200_000: 800, 100_000: 480, 30_000: 320}

    def test_a_photograph_in_a_png_becomes_a_jpeg_in_every_place_that_names_it(self, master):
        made = for_device(master, "small", SMALL_LIMIT)
        book = members(made)

        assert f"EPUB/{PHOTOGRAPH}" not in book
        assert opened(book["EPUB/pictures/photo.jpg"]).format == "JPEG"
        assert b'<img src="pictures/photo.jpg"' in book["EPUB/cau-moi.xhtml"]
        assert b'href="pictures/photo.jpg" id="item-pictures_sphoto.png" media-type="image/jpeg"' in book[PACKAGE]
        assert made.changes[0].members == (
            "EPUB/cau-moi.xhtml",
            "EPUB/package.opf",
            "EPUB/pictures/photo.jpg",
            "EPUB/pictures/photo.png",
        )

    def test_a_drawing_in_a_png_and_a_transparent_one_stay_png(self, ebook):
        drawing = noise(600, 400, "RGBA")

        made = for_device(
            master_of(with_picture(ebook, "pictures/a.png", encoded(drawing, "PNG"))),
            "small",
            DeviceOptions(small_limit_bytes=450_000),
        )

        assert opened(members(made)["EPUB/pictures/a.png"]).mode == "RGBA"

    def test_what_cannot_fit_is_said_with_the_smallest_that_it_got(self, ebook):
        master = master_of(with_picture(ebook, "pictures/a.jpg", encoded(noise(1500, 1000), quality=90)))

        made = for_device(master, "small", DeviceOptions(small_limit_bytes=5_000))

        assert opened(members(made)["EPUB/pictures/a.jpg"]).width == 320
        assert [problem.code for problem in made.problems] == ["reader-limit"]
        assert made.problems[0].message.endswith(
            "MB with its pictures as small as they get, and 0.005 MB is what was allowed for it: divide the issue"
        )

    def test_grey_pictures_are_grey_and_keep_their_size_where_it_fits(self, ebook):
        master = master_of(with_picture(ebook, "pictures/a.jpg", encoded(noise(600, 400), quality=90)))

        made = for_device(master, "small", DeviceOptions(grey=True))
        picture = opened(members(made)["EPUB/pictures/a.jpg"])

        assert (picture.mode, picture.size) == ("L", (600, 400))
        assert whats(made)[0].startswith("1 of 1 picture in grey: ")
        assert differing(master, made) == listed(made)

    def test_a_picture_that_is_grey_already_is_left_alone(self, ebook):
        master = master_of(with_picture(ebook, "pictures/a.jpg", encoded(noise(600, 400, "L"), quality=60)))

        assert for_device(master, "small", DeviceOptions(grey=True)) == master
