"""An article's texts are set one by one; addresses are not, nor are the marks in names and in somebody else's words."""

from functools import partial

from publisher.model import (
    BlockQuote,
    BulletList,
    Emphasis,
    Figure,
    LineBreak,
    Link,
    Paragraph,
    Preformatted,
    PullQuote,
    Table,
    Text,
)
from publisher.theming.quotes import set_marks
from publisher.theming.typography import set_article, set_line
from tests.theming.issues import FULL, bare, words

vietnamese = partial(set_marks, language="vi")
PLAIN = 'Ông "A" - ông "B"'
MARKED = "Ông “A” – ông “B”"


def test_every_printed_text_of_an_article_is_set_and_addresses_are_not():
    article = set_article(FULL, str.upper)

    assert (article.headline, article.kicker) == ("CẦU SÔNG CẨM THÔNG XE SAU BA NĂM THI CÔNG", "GIAO THÔNG")
    assert article.bylines == ("TRẦN THỊ HƯỜNG", "LÊ VĂN BẢY")
    assert article.body[3].caption[0].text == "DÒNG XE ĐẦU TIÊN QUA CẦU. ẢNH: MINH QUÂN"
    assert (article.url, article.published, article.related) == (FULL.url, FULL.published, FULL.related)


def test_none_stays_none():
    article = bare(body=(Preformatted(text="km 0"),))

    assert set_article(article, str) == article


def test_without_a_language_of_marks_they_stay():
    article = bare(PLAIN, body=(Paragraph(inlines=words(PLAIN)),))

    assert set_article(article, str) == article


def test_the_marks_of_every_text_are_set_but_not_those_of_names_code_and_somebody_elses_words():
    article = bare(
        PLAIN,
        kicker=PLAIN,
        standfirst=PLAIN,
        bylines=(PLAIN,),
        publication=PLAIN,
        body=(
            Paragraph(inlines=words(PLAIN)),
            BulletList(items=(words(PLAIN),)),
            Figure(src="a.png", alt=PLAIN, caption=words(PLAIN)),
            Table(header=(words(PLAIN),), rows=((words(PLAIN),),), caption=words(PLAIN)),
            BlockQuote(blocks=(Paragraph(inlines=words(PLAIN)),)),
            PullQuote(inlines=words(PLAIN), attribution=PLAIN),
            Preformatted(text=PLAIN),
        ),
    )

    assert set_article(article, str, vietnamese) == bare(
        MARKED,
        kicker=MARKED,
        standfirst=MARKED,
        bylines=(PLAIN,),
        publication=PLAIN,
        body=(
            Paragraph(inlines=words(MARKED)),
            BulletList(items=(words(MARKED),)),
            Figure(src="a.png", alt=PLAIN, caption=words(MARKED)),
            Table(header=(words(MARKED),), rows=((words(MARKED),),), caption=words(MARKED)),
            *article.body[4:],
        ),
    )


def test_a_quotation_may_open_in_one_inline_and_close_in_another():
    inlines = (
        Text(text='Ông nói: "Tôi '),
        Emphasis(children=(Text(text="rất - rất"),)),
        LineBreak(),
        Link(url="https://a.example/?q='", children=(Text(text='vui"'),)),
        Text(text=' "no"', language="en"),
        Text(text=" - rồi về."),
    )

    article = set_article(bare(body=(Paragraph(inlines=inlines),)), str, vietnamese)

    assert article.body[0].inlines == (
        Text(text="Ông nói: “Tôi "),
        Emphasis(children=(Text(text="rất - rất"),)),
        LineBreak(),
        Link(url="https://a.example/?q='", children=(Text(text="vui”"),)),
        Text(text=' "no"', language="en"),
        Text(text=" – rồi về."),
    )


def test_marks_come_before_what_sets_the_text():
    assert set_line('"A" - B', lambda text: text.replace(" –", "\xa0–"), vietnamese) == "“A”\xa0– B"
