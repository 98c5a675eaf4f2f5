"""Documents that are too long, in parts: nothing lost, nothing repeated but headings, every link right."""

import functools
import itertools
import re
import xml.etree.ElementTree as ET

import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.model import (
    AppendixItem,
    AppendixSection,
    BulletList,
    Document,
    Issue,
    NumberedList,
    PlacedArticle,
    Preformatted,
    Strong,
    Subheading,
    Table,
)
from publisher.theming import load_theme, render
from publisher.theming.division import LIMIT_BYTES, divide_documents
from publisher.writing import write
from tests.theming.issues import SENTENCE, bare, paragraph, words
from tests.validators import epubcheck

XHTML = "{http://www.w3.org/1999/xhtml}"
LONG = 700_000 // len(SENTENCE.encode())
"""How many sentences make three parts of a document."""


def numbered(count):
    """Sentences that can be told apart."""
    return [f"Câu {number}. {SENTENCE}" for number in range(count)]


def document(body, name="a-long", title="Bài dài", role="article"):
    markup = (
        '<?xml version="1.0" encoding="utf-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml" lang="vi">\n'
        f'<head><title>{title}</title></head>\n<body class="article">\n{body}\n</body>\n</html>\n'
    )
    return Document(name=name, title=title, role=role, language="vi", markup=markup)


def divided(body):
    parts, _ = divide_documents([document(body)])
    return parts


def tree(part):
    return ET.fromstring(part.markup)  # noqa: S314 (made above)


def texts(parts):
    """The words of all bodies one after the other, without the headlines of the parts."""
    said = []
    for part in parts:
        body = tree(part).find(f"{XHTML}body")
        for heading in list(body.iter(f"{XHTML}h1")):
            if heading.get("id") == "continued":
                heading.text = ""
        said.append("".join(body.itertext()))
    return " ".join(" ".join(said).split())


def issue_with(*bodies, appendix=()):
    return Issue(
        identifier="urn:uuid:0b1c2d3e-0000-5000-8000-0123456789ab",
        title="Tuần tin",
        number=None,
        date=None,
        language="vi",
        articles=tuple(
            PlacedArticle(id=f"a-bai-00000{number}", article=bare(f"Bài {number} & hết", body=tuple(body)))
            for number, body in enumerate(bodies, start=1)
        ),
        appendix=appendix,
    )


def book_of(issue):
    return render(issue, load_theme("compilation"), "ebook")


def sizes(parts):
    return [len(part.markup.encode()) for part in parts]


BODIES = {
    "paragraphs": [paragraph(text) for text in numbered(LONG)],
    "one paragraph": [paragraph(" ".join(numbered(LONG)))],
    "one paragraph of strong words": [
        paragraph("Đầu."),
        type(paragraph())(inlines=(Strong(children=words(" ".join(numbered(LONG)))),)),
    ],
    "one list": [BulletList(items=tuple(words(text) for text in numbered(LONG)))],
    "one numbered list": [NumberedList(items=tuple(words(text) for text in numbered(LONG)), start=5)],
    "one table": [
        Table(header=(words("Số"), words("Câu")), rows=tuple((words("1"), words(text)) for text in numbered(LONG)))
    ],
    "preformatted": [Preformatted(text="\n".join(numbered(LONG)))],
    "subheadings": [
        block
        for number, text in enumerate(numbered(LONG))
        for block in ([Subheading(inlines=words(f"Mục {number}"), level=2 + number % 2)] * (number % 4 == 0))
        + [paragraph(text)]
    ],
}


@functools.cache
def long_book(name):
    """A book of a long article, and a short one behind it."""
    return book_of(issue_with(BODIES[name], [paragraph()]))


@pytest.fixture(scope="module", params=BODIES)
def rendition(request):
    return long_book(request.param)


def parts_of_the_long_article(rendition):
    return [part for part in rendition.documents if part.name.startswith("a-bai-000001")]


@pytest.mark.sample(4)
class TestArticles:
    def test_no_part_is_over_the_limit_and_none_but_the_last_is_small(self, rendition):
        parts = parts_of_the_long_article(rendition)

        assert [part.name for part in parts] == [
            "a-bai-000001",
            *(f"a-bai-000001-part-{number}" for number in range(2, len(parts) + 1)),
        ]
        assert max(sizes(parts)) <= LIMIT_BYTES
        assert min(sizes(parts[:-1])) > LIMIT_BYTES // 2 - 1000

    def test_each_sentence_is_there_once_in_its_order(self, rendition):
        said = texts(parts_of_the_long_article(rendition))
        numbers = [int(number) for number in re.findall(r"Câu (\d+)\. Sáng nay", said)]

        assert numbers == list(range(LONG))
        assert said.count("thông xe.") == LONG

    def test_each_part_has_sound_headings_and_the_book_can_be_written(self, rendition):

        for part in (each for each in rendition.documents if each.role != "cover"):
            levels = [int(element.tag[-1]) for element in tree(part).iter() if re.fullmatch(r".*\}h[1-6]", element.tag)]
            assert levels[0] == 1
            assert all(below <= above + 1 for above, below in itertools.pairwise(levels))
        assert write(rendition).data


class TestParts:
    def test_the_head_of_each_part_says_which_it_is(self):
        parts = parts_of_the_long_article(long_book("one list"))

        for number, part in enumerate(parts[1:], start=2):
            title = f"Bài 1 & hết ({number}/{len(parts)})"
            assert part.title == title
            assert tree(part).findtext(f"{XHTML}head/{XHTML}title") == title
            assert tree(part).findtext(f".//{XHTML}h1") == title

    def test_a_numbered_list_goes_on_counting(self):
        parts = divided(f'<ol start="3">{"".join(f"<li>{text}</li>" for text in numbered(LONG))}</ol>')

        starts = [int(tree(part).find(f".//{XHTML}ol").get("start")) for part in parts]
        firsts = [int(tree(part).find(f".//{XHTML}li").text.split()[1][:-1]) for part in parts]
        assert starts == [first + 3 for first in firsts]

    def test_a_table_repeats_its_header(self):
        for part in parts_of_the_long_article(long_book("one table")):
            assert [cell.text for cell in tree(part).iter(f"{XHTML}th")] == ["Số", "Câu"]

    def test_the_heading_that_a_part_goes_on_under_is_repeated(self):
        paragraphs = "".join(f"<p>{text}</p>" for text in numbered(LONG))
        parts = divided(f'<section><h1>A</h1><h2 id="b">B</h2>{paragraphs}<h2>C</h2><p>c</p></section>')

        heads = [[each.text for each in tree(part).iter() if each.tag[-2:] in ("h1", "h2")] for part in parts]
        count = len(parts)
        assert heads == [
            ["A", "B"],
            *([f"Bài dài ({number}/{count})", "B"] for number in range(2, count)),
            [f"Bài dài ({count}/{count})", "B", "C"],
        ]

    def test_no_part_ends_with_a_heading(self):
        section = f"<h2>H</h2><p>{SENTENCE}</p>"
        parts = divided(f"<section><h1>A</h1>{section * LONG}</section>")

        assert len(parts) > 2
        for part in parts:
            assert not part.markup.removesuffix("</section>\n</body>\n</html>\n").endswith("</h2>")

    def test_inserting_at_the_end_changes_no_part_before(self):
        body = "".join(f"<p>{text}</p>" for text in numbered(LONG))
        bodies = [
            [part.markup.partition("</h1>")[2] for part in divided(f"<section>{each}</section>")]
            for each in (body, f"{body}<p>Thêm.</p>")
        ]

        assert bodies[0][1:-1] == bodies[1][1:-1]

    def test_places_for_printed_pages_change_nothing_about_where_it_is_divided(self):
        bare = "".join(f"<p>{text}</p>" for text in numbered(LONG))
        placed = "".join(f'<p data-place="a/{number}">{text}</p>' for number, text in enumerate(numbered(LONG)))

        parts = [[texts([part]) for part in divided(f"<section>{body}</section>")] for body in (bare, placed)]

        assert parts[0] == parts[1]

    @pytest.mark.parametrize(
        "body",
        ["", "<p>a</p>", f"<p>{'x' * (LIMIT_BYTES - 400)}</p>"],
        ids=["empty", "short", "just under"],
    )
    def test_what_is_short_enough_stays_the_very_same(self, body):
        whole = document(body)

        assert divide_documents([whole]) == ((whole,), {})

    def test_the_parts_of_the_same_document_are_known_and_what_is_short_is_not_asked_for(self, tmp_path):
        memo = Memo(Cache(tmp_path))
        documents = [document("".join(f"<p>{text}</p>" for text in numbered(LONG))), document("<p>Kurz.</p>", "b")]
        first = divide_documents(documents, memo.keep)
        found_before = memo.found

        again = divide_documents(documents, memo.keep)

        assert (found_before, memo.found, memo.made) == (0, 1, {"divisions": 1})
        assert again == first == divide_documents(documents)

    def test_the_contents_are_never_divided(self):
        contents = document(f"<nav>{'<p>a</p>' * LIMIT_BYTES}</nav>", role="contents")

        assert divide_documents([contents]) == ((contents,), {})

    @pytest.mark.parametrize(
        "body",
        [
            f"<h1>{'đ' * LIMIT_BYTES}</h1>",
            f"<section><h1>A</h1><h2>{SENTENCE * LONG}</h2><p>b</p></section>",
            f'<section><p><a href="https://example.org/">{SENTENCE * LONG}</a></p><p>c</p></section>',
            f"<figure><figcaption>{SENTENCE * LONG}</figcaption></figure>",
            "&amp;" * 100_000,
            f"<p>{'&#34;' * 100_000}</p>",
            f"<p>{'đ' * 500_000}</p>",
            "<p>" + "<em>" * 50 + "a " * 400_000 + "</em>" * 50 + "</p>",
            "<!-- a -->" * 60_000,
        ],
        ids=["h1", "h2", "link", "caption", "entities", "more entities", "no space", "deep", "comments"],
    )
    def test_odd_markup_stays_well_formed_and_whole(self, body):
        parts = divided(body)

        before = " ".join("".join(tree(document(body)).find(f"{XHTML}body").itertext()).split())
        assert texts(parts).replace(" ", "") == before.replace(" ", "")


class TestLinks:
    APPENDIX = tuple(
        AppendixSection(
            label=f"Nhóm {section}",
            items=tuple(
                AppendixItem(id=f"t-{section}-{number}", headline=text, summary=SENTENCE, mentions=("a-bai-000001",))
                for number, text in enumerate(numbered(1000))
            ),
        )
        for section in range(3)
    )

    def test_an_appendix_in_parts_is_found_from_the_contents_and_holds_each_item_once(self):
        rendition = book_of(issue_with([paragraph()], appendix=self.APPENDIX))
        parts = [part for part in rendition.documents if part.role == "appendix"]
        where = {
            anchor: part.name for part in parts for anchor in re.findall(r' id="((?:related|t)-[\d-]+)"', part.markup)
        }

        assert len(parts) > 3
        assert max(sizes(parts)) <= LIMIT_BYTES
        assert len(where) == 3001  # The items, and the article that names them all.
        assert rendition.nav[1].href == f"{where['related-1']}.xhtml"
        assert write(rendition).data  # The writer checks each link, and the contents against the documents.

    def test_links_follow_what_moved_and_stay_within_a_part_where_they_can(self):
        filling = "".join(f"<p>{text}</p>" for text in numbered(LONG // 2))
        long = document(
            f'<p id="first"><a href="#last">z</a></p>{filling}'
            '<p id="last"><a href="#first">a</a><a href="#last">z</a></p>'
        )
        other = document(
            '<p><a href="a-long.xhtml#last">z</a><a href="a-long.xhtml#first">a</a><a href="a-long.xhtml">l</a></p>',
            "a-b",
        )

        parts, moved = divide_documents([long, other])

        *_, last = parts[:-1]
        assert moved == {"last": last.name}
        assert re.findall(r'href="([^"]*)"', parts[0].markup) == [f"{last.name}.xhtml#last"]
        assert re.findall(r'href="([^"]*)"', last.markup) == ["a-long.xhtml#first", "#last"]
        assert re.findall(r'href="([^"]*)"', parts[-1].markup) == [
            f"{last.name}.xhtml#last",
            "a-long.xhtml#first",
            "a-long.xhtml",
        ]


@pytest.mark.conformance
@pytest.mark.campaign
def test_epubcheck_finds_nothing_in_a_book_in_parts(tmp_path):
    path = tmp_path / "parts.epub"
    bodies = [BODIES["subheadings"]]
    path.write_bytes(write(book_of(issue_with(*bodies, appendix=TestLinks.APPENDIX[:1]))).data)

    assert epubcheck(path) == []
