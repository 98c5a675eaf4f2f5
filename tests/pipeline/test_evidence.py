"""What a PDF carries of its sources: what was asked for, never a manuscript with its margins unless it is named."""

import json

import msgspec
import pytest

from publisher.errors import OptionError
from publisher.fetching.media import is_public
from publisher.model import Article, Issue, PlacedArticle, Problem, Source
from publisher.model.formats import ATOM, DOCX, HTML, MARKDOWN, ODT, RTF, TEXT
from publisher.pipeline.evidence import Carried, attached, find_originals

PAGE = Source(name="/home/lan/tin/trang.html", data=b"<p>Trang</p>", media_type=HTML)
REPORT = Source(name="/home/lan/tin/bao-cao.docx", data=b"PK\x03\x04word/", media_type=DOCX)
OTHER = Source(name="/home/lan/khac/bao-cao.docx", data=b"PK\x03\x04word/ khac", media_type=DOCX)
SOURCES = (PAGE, REPORT)
WITHHELD = Problem(
    code="withheld-source",
    message="it is not attached: it may hold comments or tracked changes. To attach it all the same, name it",
    where="bao-cao.docx",
)


def issue_of(*sources: Source) -> Issue:
    articles = tuple(
        PlacedArticle(
            id=f"a-{number}",
            article=Article(
                headline=f"Tin {number}",
                language="vi",
                origin=source.name,
                problems=(Problem(code="inferred-date", message=f"{source.name} has no year", where=source.name),),
            ),
        )
        for number, source in enumerate(sources)
    )
    return Issue(identifier="urn:x", title=None, number=None, date=None, language="vi", articles=articles, appendix=())


def names_and_problems(attach, originals=()):
    attachments, problems = attached(issue_of(*SOURCES), SOURCES, attach, originals)
    return [attachment.name for attachment in attachments], list(problems)


@pytest.mark.parametrize(
    ("attach", "originals", "names", "problems"),
    [
        pytest.param("none", (), [], [], id="none"),
        pytest.param("articles", (), ["articles.jsonl"], [], id="articles"),
        pytest.param("sources", (), ["a-0.html", "articles.jsonl"], [WITHHELD], id="sources"),
        pytest.param("sources", ("bao-cao.docx",), ["a-0.html", "a-1.docx", "articles.jsonl"], [], id="and one named"),
        pytest.param("articles", ("tin/bao-cao.docx",), ["a-1.docx", "articles.jsonl"], [], id="one named alone"),
        pytest.param("none", (PAGE.name,), ["a-0.html"], [], id="one named and no more"),
    ],
)
def test_what_was_asked_for_is_attached(attach, originals, names, problems):
    assert names_and_problems(attach, originals) == (names, problems)


OTHER_WORDS = msgspec.structs.replace(PAGE, data=PAGE.data + b"<p>Th\xc3\xaam.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"attach": "none"}, {"attach": "articles"}, id="whether"),
        pytest.param({"attach": "articles"}, {"attach": "sources"}, id="which"),
        pytest.param({"attach": "none"}, {"attach": "none", "originals": (PAGE.name,)}, id="one named"),
        pytest.param({"attach": "sources"}, {"attach": "sources", "sources": (OTHER_WORDS, *SOURCES[1:])}, id="words"),
    ],
)
def test_what_differs_is_made_of_something_else(one, other):
    one, other = (Carried(issue=issue_of(*SOURCES), **{"sources": SOURCES, **each}) for each in (one, other))

    assert one.attached() != other.attached()
    assert one.made_of() != other.made_of()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("thu.md", "cannot attach 'thu.md': it is none of the sources"),
        ("bao_cao.docx", "cannot attach 'bao_cao.docx': it is none of the sources. Did you mean 'bao-cao.docx'?"),
        (
            "bao-cao.docx",
            "cannot attach 'bao-cao.docx': it fits several sources: /home/lan/tin/bao-cao.docx, "
            "/home/lan/khac/bao-cao.docx. Give more of its path",
        ),
    ],
)
def test_a_name_that_fits_not_one_source_is_refused(name, message):
    with pytest.raises(OptionError) as caught:
        find_originals((name,), (PAGE, REPORT, OTHER))

    assert str(caught.value) == message


def test_the_articles_say_nothing_of_the_folder_that_they_lay_in():
    ((understood,), _) = attached(issue_of(PAGE), SOURCES, "articles", ())

    article = json.loads(understood.data)
    assert article["origin"] is None
    assert article["problems"] == [
        {"code": "inferred-date", "message": "trang.html has no year", "where": "trang.html"}
    ]
    assert b"/home" not in understood.data


@pytest.mark.parametrize(
    ("media_type", "data", "public"),
    [
        pytest.param(HTML, b"<p>Tin<!-- ad slot 3 --></p>", True, id="page"),
        pytest.param(HTML, b"<span style='mso-comment-reference:LN_1'>Tin</span>", False, id="page of Word, commented"),
        pytest.param(HTML, b'<p><del cite="mailto:Lan" datetime="2026">x</del></p>', False, id="page of Word, changed"),
        pytest.param(HTML, "<p style='mso-comment-date:1'>".encode("utf-16"), False, id="page of Word, in UTF-16"),
        pytest.param(TEXT, b"Tin\n\nThan bai.", True, id="text"),
        pytest.param(TEXT, b"Tin\n\nThan {--cu--}{++moi++} bai.", False, id="text with CriticMarkup"),
        pytest.param(TEXT, b"PK\x03\x04word/document.xml", False, id="document called a text"),
        pytest.param(MARKDOWN, b"# Tin\n\nThan bai.", True, id="manuscript"),
        pytest.param(MARKDOWN, b"# Tin\n\n<!-- hoi lai anh Quan -->", False, id="manuscript with a comment"),
        pytest.param(MARKDOWN, b"# Tin\n\nThan bai.{>>hoi lai<<}", False, id="manuscript with CriticMarkup"),
        pytest.param(ATOM, b"<feed><!-- x --></feed>", True, id="feed"),
        pytest.param(DOCX, b"PK\x03\x04word/", False, id="Word"),
        pytest.param(ODT, b"<office:document/>", False, id="OpenDocument"),
        pytest.param(RTF, b"{\\rtf1 a}", False, id="rich text"),
    ],
)
def test_only_what_was_there_to_be_seen_is_public(media_type, data, public):
    assert is_public(Source(name="x", data=data, media_type=media_type)) is public
