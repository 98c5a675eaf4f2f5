"""A page's characters."""

import pytest

pytest.importorskip("trafilatura", reason="the html extra is not installed")

from publisher.model import Source
from publisher.reading import read
from tests.reading.html.pages import article_of

VIETNAMESE = (
    "<p>Sáng nay cây cầu mới qua sông được thông xe sau ba năm thi công của các kỹ sư trẻ.</p>"
    "<p>Hàng nghìn người dân hai bờ đã đến xem lễ khánh thành và đi bộ qua cầu lần đầu tiên.</p>"
    "<p>Cây cầu dài hơn một cây số, có bốn làn xe và đường cho người đi bộ ở cả hai bên.</p>"
    "<p>Đây là cây cầu thứ ba nối hai bờ của thành phố và là cây cầu đầu tiên không thu phí.</p>"
)


def page(text: str, charset: str) -> str:
    declaration = f'<meta http-equiv="content-type" content="text/html; charset={charset}">'
    return f"<html><head>{declaration}</head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        pytest.param("utf-8", "utf-8", id="utf-8"),
        pytest.param("utf-8", "utf-8-sig", id="byte order mark"),
        pytest.param("utf-16", "utf-16", id="utf-16"),
        pytest.param("iso-8859-1", "utf-8", id="utf-8 declared as Latin"),
    ],
)
def test_vietnamese_is_read_whatever_the_page_declares(charset: str, codec: str) -> None:
    article = article_of(page("<h1>Cầu mới thông xe</h1>" + VIETNAMESE, charset).encode(codec))

    assert (article.headline, article.language) == ("Cầu mới thông xe", "vi")


@pytest.mark.parametrize(
    ("charset", "codec", "headline"),
    [
        pytest.param("iso-8859-1", "cp1252", "Über die Brücke – jetzt", id="Latin"),
        pytest.param("windows-1251", "cp1251", "Новый мост открыт", id="Cyrillic"),
        pytest.param("Shift_JIS", "cp932", "新しい橋が開通しました", id="Japanese"),
        pytest.param("gb2312", "gb18030", "新桥今天通车", id="Chinese"),
        pytest.param("no-such-charset", "cp1252", "Über die Brücke – jetzt", id="unknown charset"),
        *(
            pytest.param(codec, "cp1252", "Über die Brücke – jetzt", id=f"a codec that no page is in: {codec}")
            for codec in ("punycode", "idna", "undefined", "utf-7", "unicode_escape", "rot13", "base64", "mbcs")
        ),
    ],
)
def test_the_declared_charset_decides_where_the_bytes_do_not_tell(charset: str, codec: str, headline: str) -> None:
    article = article_of(page(f"<h1>{headline}</h1><p>{headline}. {headline}. {headline}.</p>", charset).encode(codec))

    assert article.headline == headline
    assert article.problems == ()


@pytest.mark.parametrize(
    ("stated", "declared"),
    [
        pytest.param("windows-1251", None, id="by the server alone"),
        pytest.param("windows-1251", "Shift_JIS", id="by the server otherwise than by the page"),
        pytest.param("ISO-8859-1", "windows-1251", id="by the server out of habit"),
        pytest.param("no-such-charset", "windows-1251", id="by the server in a word nobody knows"),
        pytest.param("base64", "windows-1251", id="by the server as what is no charset"),
    ],
)
def test_the_charset_that_the_server_states_comes_first(stated: str, declared: str | None) -> None:
    headline = "Новый мост открыт"
    text = f"<h1>{headline}</h1><p>{headline}. {headline}. {headline}.</p>"
    data = (page(text, declared) if declared else f"<html><body>{text}</body></html>").encode("cp1251")

    source = Source(name="a", data=data, media_type="text/html", charset=stated)
    (article,) = read(source).articles

    assert article.headline == headline
    assert article.problems == ()


def test_letters_with_loose_marks_come_out_composed() -> None:
    article = article_of(page("<h1>Ca&#x302;&#x300;u m&#x1a1;&#x301;i</h1>" + VIETNAMESE, "utf-8"))

    assert article.headline == "Cầu mới"
