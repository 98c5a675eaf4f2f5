"""A rendition: its documents, contents, metadata, and what templates may call."""

import re
import xml.etree.ElementTree as ET

import msgspec
import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.errors import ThemeError
from publisher.model import Asset, Figure, NavEntry, Paragraph, Problem, PullQuote, Subheading, Teaser, Text
from publisher.theming import load_theme, render, theme_folders
from tests.theming.issues import ENGLISH, FULL, bare, issue, make_theme, paragraph, rendered, shipped, words

THEMES = sorted(theme_folders())
TARGETS = ("print", "ebook")
NONE_OF_THEM = bare()
EMPTY = bare(body=())


def elements(rendition):
    return [
        (document, element)
        for document in rendition.documents
        for element in ET.fromstring(document.markup).iter()  # noqa: S314
    ]


class TestDocuments:
    @pytest.mark.parametrize("theme", ["base", "compilation", "gazette", "large-print", "tuan-bao"])
    @pytest.mark.parametrize(("related", "alone"), [((Teaser(headline="Giá rau tăng"),), False), ((), True)])
    def test_what_is_said_of_the_issue_stands_under_the_related_news_where_there_are_any(self, theme, related, alone):
        made = rendered(issue(bare(related=related)), theme, options={"flow": "each"})

        assert [document.role == "colophon" for document in made.documents][-1] is alone
        assert made.documents[-1].markup.count('<h1 id="colophon"') == 1

    def test_it_does_so_but_where_a_theme_has_an_appendix_of_its_own(self, tmp_path):
        own = '<html><body><p id="appendix">{{ document_title }}</p></body></html>'
        make_theme(tmp_path, **{"theme.toml": 'summary = "A."\nextends = "base"\n', "print__appendix.xhtml": own})

        made = rendered(issue(FULL), "own", search=(tmp_path,))

        assert [document.role for document in made.documents][-2:] == ["appendix", "colophon"]

    def test_they_stand_in_the_themes_order_one_for_each_article(self):
        rendition = rendered(issue(FULL, ENGLISH), "compilation", options={"flow": "each"})

        assert [document.role for document in rendition.documents] == [
            "cover",
            "contents",
            "article",
            "article",
            "appendix",
        ]
        assert [document.title for document in rendition.documents[2:4]] == [
            "Cầu Sông Cẩm thông xe sau ba năm\xa0thi\xa0công",
            "Ferry makes its last crossing",
        ]
        assert [document.language for document in rendition.documents] == ["vi", "vi", "vi", "en", "vi"]

    def test_in_a_brief_of_several_articles_each_is_followed_by_its_own_related_news(self):
        second = bare("Chợ nổi họp lại", related=(Teaser(headline="Đò ngang chạy thêm chuyến"), FULL.related[0]))

        first, last = rendered(issue(FULL, second), options={"flow": "each"}).documents

        headlines = [
            [each.headline in document.markup for each in (*FULL.related, *second.related[:1])]
            for document in (first, last)
        ]
        assert headlines == [[True, True, True, False], [True, False, False, True]]

    def test_an_appendix_without_related_news_is_left_out_everywhere(self):
        for target in TARGETS:
            rendition = rendered(NONE_OF_THEM, "base", target)

            assert "appendix" not in [document.role for document in rendition.documents]
            assert "Tin liên quan" not in "".join(document.markup for document in rendition.documents)
            assert [entry.title for entry in rendition.nav] == ["Cầu mới thông xe", "Về số này"]

    @pytest.mark.sample(4)
    @pytest.mark.parametrize("theme", THEMES)
    @pytest.mark.parametrize("target", TARGETS)
    @pytest.mark.parametrize("article", [FULL, NONE_OF_THEM, EMPTY], ids=["full", "no optional part", "empty body"])
    def test_every_document_is_well_formed_and_every_link_and_folio_leads_somewhere(self, theme, target, article):
        rendition = rendered(issue(article, title="Số"), theme, target)

        found = elements(rendition)
        names = {f"{document.name}.xhtml" for document in rendition.documents}
        anchors = {element.get("id") for _, element in found} - {None}
        places = {f"{d.name}.xhtml#{e.get('id')}" for d, e in found if e.get("id")} | names
        places |= {f"#{anchor}" for anchor in anchors} if target == "print" else set()
        links = {element.get("href") for _, element in found if element.get("href")}
        inside = {link for link in links if "://" not in link} - {"ebook.css"}
        assert inside <= places
        assert {e.get("data-anchor") for _, e in found if e.get("class") == "folio"} <= anchors
        assert all(entry.href in places for entry in rendition.nav)

    @pytest.mark.parametrize("target", TARGETS)
    def test_no_element_is_left_empty_where_a_part_is_missing(self, target):
        bare_documents = rendered(NONE_OF_THEM, "brief", target).documents
        article = next(document for document in bare_documents if document.role == "article")

        root = ET.fromstring(article.markup)  # noqa: S314
        empty = [element for element in root.iter() if not "".join(element.itertext()).strip()]
        assert {element.tag.rpartition("}")[2] for element in empty} <= {"meta", "link"}
        for part in ("kicker", "standfirst", "byline", "source", "related"):
            assert f'class="{part}"' not in article.markup

    def test_the_same_issue_is_the_same_rendition_and_the_other_target_does_not_show_in_it(self):
        made = issue(FULL, ENGLISH)
        theme = load_theme("compilation")

        first = render(made, theme, "print")
        render(made, theme, "ebook")

        assert render(made, theme, "print") == first

    def test_subheadings_begin_at_two_and_skip_no_level(self):
        levels = (4, 2, 5, 6, 3, 2)
        article = bare(body=tuple(Subheading(inlines=words(str(level)), level=level) for level in levels))

        for target in TARGETS:
            found = elements(rendered(article, "base", target))

            assert [
                int(element.tag[-1])
                for document, element in found
                if document.role == "article" and element.tag[-2:] in ("h2", "h3", "h4", "h5", "h6")
            ] == [2, 2, 3, 4, 3, 2]


class TestNav:
    def test_print_and_e_book_list_the_same_with_links_of_their_own(self):
        made = issue(FULL, ENGLISH)
        one, two = (placed.id for placed in made.articles)

        nav = rendered(made, "compilation", "ebook").nav

        assert nav == (
            NavEntry(title=FULL.headline, href=f"{one}.xhtml"),
            NavEntry(title=ENGLISH.headline, href=f"{two}.xhtml"),
            NavEntry(
                title="Tin liên quan",
                href="appendix.xhtml",
            ),
            NavEntry(title="Về số này", href="colophon.xhtml"),
        )
        assert [entry.href for entry in rendered(made, "base").nav] == [
            f"#{one}",
            f"#{two}",
            "#appendix",
            "#colophon",
        ]


class TestMetadata:
    def test_an_issue_of_one_article_goes_by_its_headline_and_names_its_writers(self):
        metadata = rendered(issue(FULL, title="Điểm tin", number="42")).metadata

        assert (metadata.title, metadata.creators) == (
            "Cầu Sông Cẩm thông xe sau ba năm\xa0thi\xa0công",
            ("Trần Thị Hường", "Lê Văn Bảy"),
        )
        assert (metadata.publisher, metadata.date, metadata.language) == ("Báo Sông Cẩm", FULL.published, "vi")

    @pytest.mark.parametrize(
        ("articles", "plan", "creators"),
        [
            ((FULL,), {}, ("Trần Thị Hường", "Lê Văn Bảy")),
            ((bare(publication="Báo Sông Cẩm"),), {}, ("Báo Sông Cẩm",)),
            ((ENGLISH,), {}, ("Compilation",)),
            ((FULL, ENGLISH), {"title": "Điểm tin", "series": "Tin Sông Cẩm"}, ("Tin Sông Cẩm",)),
        ],
    )
    def test_an_e_book_has_a_creator_since_libraries_show_none_as_unknown(self, articles, plan, creators):
        made = issue(*articles, **plan)

        assert rendered(made, "base", "ebook").metadata.creators == creators

    def test_an_issue_of_several_goes_by_its_title_and_number(self):
        metadata = rendered(issue(FULL, ENGLISH, title="Điểm tin", number="42"), "compilation", "ebook").metadata

        assert (metadata.title, metadata.creators, metadata.publisher) == ("Điểm tin – 42", ("Điểm tin",), None)
        assert metadata.description == f"{FULL.headline}; {ENGLISH.headline}"

    @pytest.mark.parametrize(
        ("plan", "options", "title"),
        [
            pytest.param({"title": "Điểm tin"}, {"masthead": "Tòa soạn"}, "Điểm tin", id="the plan's"),
            pytest.param({}, {"masthead": "Tòa soạn"}, "Tòa soạn", id="the option's"),
            pytest.param({}, {}, "Bản tin tóm tắt", id="the theme's, translated"),
            pytest.param({"language": "en"}, {}, "News briefing", id="the theme's"),
        ],
    )
    def test_the_masthead_is_the_plans_else_the_options_else_the_themes(self, plan, options, title):
        markup = rendered(issue(FULL, **plan), "brief", options=options).documents[0].markup

        assert f'<p class="masthead-name">{title}</p>' in markup


class TestTypography:
    QUOTING = bare(
        'Họ nói "có" - rồi đi ngày 5 tháng 3',
        standfirst='Bà nói: "Tôi - người lái đò - về"',
        body=(paragraph('Cầu dài 40 m - "ngắn".'),),
        related=(Teaser(headline='Chợ "nổi" - chợ 5 km'),),
    )

    @pytest.mark.parametrize("target", TARGETS)
    @pytest.mark.parametrize(
        ("theme", "options"), [("base", {"quotes": "as-set"}), ("decree30", {}), ("party", {}), ("diem-bao", {})]
    )
    def test_marks_stay_as_they_came_where_it_is_asked_for_and_in_the_office_themes(self, target, theme, options):
        made = rendered(self.QUOTING, theme, target=target, options=options)
        markup = "".join(document.markup for document in made.documents)

        assert not set("“”–") & set(markup)
        assert markup.count("&#34;") >= 8

    @pytest.mark.parametrize("target", TARGETS)
    @pytest.mark.parametrize(("options", "dash"), [({}, "-"), ({"quotes": "typographic"}, "–")])
    def test_typographic_marks_are_those_of_the_language_in_print_and_e_book_alike(self, target, options, dash):
        made = rendered(self.QUOTING, target=target, options=options)
        markup = "".join(document.markup for document in made.documents)
        markup = re.sub("</?span[^>]*>", "", markup.replace("\xa0", " "))

        for printed in (
            f"Họ nói “có” {dash} rồi đi ngày 5 tháng 3</h1>",
            f"Cầu dài 40 m {dash} “ngắn”.</p>",
            f"Chợ “nổi” {dash} chợ 5 km",
        ):
            assert printed in markup
        assert re.sub("<[^>]+>", "", markup).count("“Tôi - người lái đò - về”") == 1

    @pytest.mark.parametrize(("headline", "hangs"), [("“Về” là về", 2), ('"Về" là về', 1), ("Anh “về”", 0)])
    def test_a_mark_of_quotation_that_begins_a_headline_or_a_quotation_hangs(self, headline, hangs):
        quote = PullQuote(inlines=(Text(text=headline),))
        markup = "".join(document.markup for document in rendered(bare(headline, body=(quote,))).documents)

        assert len(re.findall("<(?:h1|p)[^>]* data-hangs", markup)) == hangs

    @pytest.mark.parametrize("options", [{}, {"quotes": "as-set"}])
    def test_the_ends_of_texts_are_left_to_the_readers_lines_in_an_e_book(self, options):
        made = issue(bare("Cầu mới thông xe vào sáng nay", body=(paragraph("Họ chờ mười năm."),)))

        assert not any("\xa0" in document.markup for document in rendered(made, "base", "ebook", options).documents)

    def test_a_teaser_is_set_in_the_language_of_the_page_that_it_stood_on(self):
        english = bare("Fares", "en", related=(Teaser(headline='Trams "stop" on May 5'),))
        vietnamese = bare(related=(Teaser(headline='Xe "dừng" ngày 5 tháng 5'),))

        rendition = rendered(issue(vietnamese, english), "base")

        appendix = next(document.markup for document in rendition.documents if document.role == "appendix")
        assert "Trams “stop” on May\xa05" in appendix
        assert "Xe “dừng” ngày\xa05\xa0tháng\xa05" in appendix


class TestPictures:
    @pytest.mark.parametrize(
        ("figure", "alt", "described"),
        [
            pytest.param(Figure(src="a.png", alt="Xe qua cầu"), "Xe qua cầu", True, id="the source's"),
            pytest.param(
                Figure(src="a.png", alt="Cầu mới thông xe", caption=words("Xe đầu tiên")),
                "Xe đầu tiên",
                True,
                id="the caption's where it only repeats the headline",
            ),
            pytest.param(Figure(src="a.png"), "Ảnh không có mô tả", False, id="none"),
        ],
    )
    def test_a_picture_has_the_best_alternative_text_there_is(self, figure, alt, described):
        for target in TARGETS:
            document = next(d for d in rendered(bare(body=(figure,)), "base", target).documents if d.role == "article")

            assert f'alt="{alt}"' in document.markup
            assert ('data-described="no"' in document.markup) is not described

    def test_of_a_lost_picture_the_caption_is_set_as_a_caption(self):
        article = bare(body=(Figure(alt="Xe qua cầu", caption=words("Xe đầu tiên. Ảnh: Minh")),))

        for target in TARGETS:
            document = next(d for d in rendered(article, "base", target).documents if d.role == "article")

            assert re.search(r"<li[^>]*>Xe đầu tiên. Ảnh:.Minh</li>", document.markup)
            assert "<img" not in document.markup

    def test_a_qr_code_stands_in_print_where_there_is_an_address(self):
        assert [asset.name for asset in rendered(FULL).assets if asset.media_type == "image/svg+xml"] == [
            f"pictures/{issue(FULL).articles[0].id}-qr.svg"
        ]
        assert rendered(FULL, target="ebook").assets == ()
        assert not any(asset.media_type == "image/svg+xml" for asset in rendered(NONE_OF_THEM).assets)

    def test_a_qr_code_that_is_kept_is_not_drawn_again(self, tmp_path):
        memo = Memo(Cache(tmp_path))
        made = [render(issue(FULL), load_theme("base"), "print", keep=memo.keep) for _ in range(2)]

        assert made[0] == made[1] == render(issue(FULL), load_theme("base"), "print")
        assert memo.found == 3  # The code, the words that were set, and the article that was filled.

    def test_an_address_too_long_for_a_qr_code_has_none(self):
        url = "https://bao.example/" + "x" * 3_000
        made = rendered(msgspec.structs.replace(FULL, url=url))

        assert not any(asset.media_type == "image/svg+xml" for asset in made.assets)
        assert [problem for problem in made.problems if problem.code == "long-address"] == [
            Problem(
                code="long-address",
                message="the address of 3020 characters is too long for a QR code, which is left out",
                where="Cầu Sông Cẩm thông xe sau ba năm\u00a0thi\u00a0công",
            )
        ]

    def test_pictures_of_the_issue_are_assets_of_the_rendition(self):
        picture = Asset(name="pictures/a.png", media_type="image/png", data=b"x")
        made = msgspec.structs.replace(issue(FULL), assets=(picture,))

        assert picture in rendered(made).assets
        assert rendered(made, target="ebook").assets == (picture,)


class TestCalls:
    def test_a_link_to_no_part_of_the_e_book_is_the_themes_mistake(self, tmp_path):
        make_theme(tmp_path, **{"ebook__colophon.xhtml": '{{ href("index") }}'})

        with pytest.raises(ThemeError) as caught:
            rendered(FULL, "own", "ebook", search=(tmp_path,))

        assert str(caught.value) == "theme 'own' links to 'index', which no part of the e-book holds"

    def test_every_name_of_the_context_can_be_used(self, tmp_path):
        names = (
            *("document_name", "document_role", "document_title", "document_language", "words_language", "stylesheet"),
            *("issue", "title", "language", "target", "software", "placed.id", "article.headline", "options.paper"),
            *("parts[0]", "number(1.5)", "date(article.published)", 'folio("x")', "kind_of(article.body[0])"),
            *(
                "articles[placed.id].headline",
                "mentioned_in(placed.id)",
                "related[0].placed.id",
                "word_count(article)",
                '_("Contents")',
                "href(placed.id)",
            ),
            *("picture_alt(article.body[3], article.headline)", "qr.name"),
        )
        lines = "\n".join(f"<q>{{{{ {name} }}}}</q>" for name in names)
        make_theme(tmp_path, **{"print__article.xhtml": f"<div>{lines}</div>"})

        markup = rendered(FULL, "own", search=(tmp_path,)).documents[0].markup

        assert len(ET.fromstring(markup).findall(".//{*}q")) == len(names)  # noqa: S314


@pytest.mark.parametrize("target", TARGETS)
def test_what_belongs_together_is_bound_in_print_and_e_book_alike(target):
    article = bare("Cầu 40 m", standfirst="Mở ngày 5 tháng 3.", body=(paragraph("Cầu dài 1.250 m và rộng."),))

    markup = "".join(document.markup for document in rendered(article, target=target).documents)

    for bound in ("Cầu 40\xa0m</h1>", ">Mở ngày\xa05\xa0tháng\xa03.</p>", ">Cầu dài 1.250\xa0m và"):
        assert bound in markup


def test_an_empty_paragraph_harms_nothing():
    for target in TARGETS:
        assert rendered(bare(body=(Paragraph(inlines=()),)), "base", target).documents


@pytest.mark.parametrize("theme", sorted(theme_folders()))
@pytest.mark.parametrize("articles", [1, 3])
def test_how_an_issue_will_look_is_told_before_its_documents_are_there(theme, articles):
    told = []
    made = issue(*(msgspec.structs.replace(FULL, headline=f"Bài {number}") for number in range(articles)))

    rendition = render(made, shipped(theme), "print", foretell=lambda *look: told.append(look))

    fonts = tuple(asset for asset in rendition.assets if not asset.media_type.startswith("image/"))
    assert told == [(rendition.stylesheets, fonts)]


def test_what_a_theme_gets_wrong_in_its_sheet_is_told_when_its_documents_are_there(tmp_path):
    make_theme(tmp_path, **{"print.css": "p { color: {{ nothing }} }", "print__article.xhtml": "{{ nobody }}"})

    with pytest.raises(ThemeError) as caught:
        render(issue(FULL), load_theme("own", (tmp_path,)), "print", foretell=lambda *look: None)

    assert str(caught.value) == "own:print/article.xhtml, line 1: 'nobody' is undefined"
