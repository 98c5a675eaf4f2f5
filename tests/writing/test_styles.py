"""What a style sheet loads is found, however it is written."""

import pytest

from publisher.writing.styles import addresses_in_css


def test_addresses_come_in_order_and_comments_do_not_count():
    sheet = """
    @import "a.css"; @import url(b.css);
    /* url(c.png) */ p { background: URL( 'd e.png' ) } q { src: url("f.otf") format("opentype") }
    """

    assert addresses_in_css(sheet) == ["a.css", "b.css", "d e.png", "f.otf"]


@pytest.mark.parametrize(
    ("sheet", "addresses"),
    [
        pytest.param(r"p { background: \75rl(a.png) }", ["a.png"], id="escaped"),
        pytest.param(r'@\69mport "a.css";', ["a.css"], id="an escaped keyword"),
        pytest.param('p { background: src("a.png") }', ["a.png"], id="src"),
        pytest.param(
            'p { background: image-set("a.png" type("image/png") 1x, url(b.png) 2x) }',
            ["a.png", "b.png"],
            id="a set of pictures",
        ),
        pytest.param(
            '@media print { p { --a: "b.png"; background: image-set(var(--a) 1x) } }', ["var(--a)"], id="a variable"
        ),
        pytest.param('p { content: "/*"; background: url(a.png); quotes: "*/" }', ["a.png"], id="no comment"),
        pytest.param("p { background: url(a.png", ["a.png"], id="without an end"),
        pytest.param('p { content: "url(a.png)" } @namespace "http://www.w3.org/1999/xhtml";', [], id="words"),
        pytest.param("(" * 5_000 + "url(a.png)", ["a.png"], id="deep"),
    ],
)
def test_however_it_is_written(sheet, addresses):
    assert addresses_in_css(sheet) == addresses
