"""What an editor decides of single articles."""

import pytest
from msgspec.structs import replace

from publisher.compiling import compile_issue
from publisher.compiling.editing import Edited, edit
from publisher.errors import InputError
from publisher.model import Article, Edit, Figure, IssuePlan, Paragraph, PictureEdit, Problem, Teaser, Text


def paragraph(text: str) -> Paragraph:
    return Paragraph(inlines=(Text(text=text),))


BRIDGE = Article(
    headline="Cầu mới thông xe",
    language="vi",
    section="Giao thông",
    body=(
        paragraph("Sáng nay cây cầu mới được thông xe."),
        Figure(src="cau.jpg", caption=(Text(text="Cầu nhìn từ bờ bắc"),)),
        Figure(caption=(Text(text="Đoàn xe đầu tiên"),)),
        paragraph("Vốn của tỉnh là hai phần ba."),
    ),
    related=(Teaser(headline="Giá rau tăng"), Teaser(headline="Phà ngừng chạy")),
    origin="tin/bai-1.txt",
)
PRICES = Article(headline="Giá rau tăng", language="vi", body=(paragraph("Mưa."),), origin="tin/bai-2.txt")


def decided(**fields) -> Edited:
    return edit([BRIDGE], [Edit(source="tin/bai-1.txt", **fields)])


def stale(message: str, where: str = "bai-1.txt") -> tuple[Problem, ...]:
    return (Problem(code="stale-edit", message=f"{message}: it is not used", where=where),)


def test_without_edits_articles_are_as_they_were_given():
    assert edit([BRIDGE, PRICES], []) == Edited(articles=(BRIDGE, PRICES))


def test_articles_stand_as_their_edits_do_and_others_follow():
    assert edit([BRIDGE, PRICES], [Edit(source="tin/bai-2.txt")]).articles == (PRICES, BRIDGE)


def test_what_is_left_out_is_gone():
    assert decided(left_out=True) == Edited(articles=())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"section": "Đời sống"}, replace(BRIDGE, section="Đời sống")),
        ({"section": ""}, replace(BRIDGE, section=None)),
        ({"teasers_out": ("giá rau tăng",)}, replace(BRIDGE, related=BRIDGE.related[1:])),
        ({"teasers_out": ("*",)}, replace(BRIDGE, related=())),
        (
            {"pictures": (PictureEdit(src="cau.jpg", alt="Cầu sáu nhịp"),)},
            replace(BRIDGE, body=(BRIDGE.body[0], replace(BRIDGE.body[1], alt="Cầu sáu nhịp"), *BRIDGE.body[2:])),
        ),
        (
            {"pictures": (PictureEdit(src="cau.jpg", left_out=True),)},
            replace(BRIDGE, body=(BRIDGE.body[0], *BRIDGE.body[2:])),
        ),
        (
            {"pictures": (PictureEdit(src="xe.jpg", beside="Đoàn xe"),)},
            replace(BRIDGE, body=(*BRIDGE.body[:2], replace(BRIDGE.body[2], src="xe.jpg"), BRIDGE.body[3])),
        ),
        (
            {"pictures": (PictureEdit(src="xe.jpg", beside="Sáng nay"),)},
            replace(BRIDGE, body=(BRIDGE.body[0], Figure(src="xe.jpg"), *BRIDGE.body[1:])),
        ),
        ({"pictures": (PictureEdit(src="cau.jpg", beside="Sáng nay"),)}, BRIDGE),
        (
            {"pictures": (PictureEdit(src="tien.jpg", beside="Vốn  của tỉnh", alt="Tiền"),)},
            replace(BRIDGE, body=(*BRIDGE.body, Figure(src="tien.jpg", alt="Tiền"))),
        ),
    ],
    ids=[
        "section",
        "no section",
        "teaser",
        "all teasers",
        "alt",
        "picture out",
        "at a caption",
        "behind a paragraph",
        "that the page shows already",
        "behind the last",
    ],
)
def test_a_decision_is_done(fields, expected):
    assert decided(**fields) == Edited(articles=(expected,))


def test_a_text_that_is_cut_is_known_to_go_on():
    assert decided(cut_after="Sáng nay cây cầu") == Edited(
        articles=(replace(BRIDGE, body=BRIDGE.body[:1]),), cut=frozenset({("tin/bai-1.txt", BRIDGE.key)})
    )


def test_a_cut_after_the_end_cuts_nothing():
    assert decided(cut_after="Vốn của tỉnh") == Edited(articles=(BRIDGE,))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"teasers_out": ("Khác",)}, "the page has no related news “Khác”"),
        ({"cut_after": "Khác"}, "no paragraph begins with “Khác”, after which the text is to end"),
        ({"pictures": (PictureEdit(src="x.jpg", alt="X"),)}, "the page has no picture 'x.jpg'"),
        (
            {"pictures": (PictureEdit(src="x.jpg", beside="Khác"),)},
            "nothing begins with “Khác”, where 'x.jpg' is to stand",
        ),
    ],
)
def test_what_fits_nothing_any_more_is_a_problem(fields, message):
    assert decided(**fields) == Edited(articles=(BRIDGE,), problems=stale(message))


def test_so_is_a_decision_of_an_article_that_is_gone():
    assert edit([PRICES], [Edit(source="tin/bai-1.txt")]).problems == stale(
        "an editor's decision is of an article that is not there", "tin/bai-1.txt"
    )


def test_one_of_several_articles_of_a_source_is_known_by_its_key():
    other = replace(PRICES, origin="tin/bai-1.txt")

    assert edit([BRIDGE, other], [Edit(source="tin/bai-1.txt", key=other.key, left_out=True)]).articles == (BRIDGE,)


def test_what_is_decided_of_a_source_is_done_to_all_its_articles():
    other = replace(PRICES, origin="tin/bai-1.txt")

    assert edit([BRIDGE, other], [Edit(source="tin/bai-1.txt", left_out=True)]) == Edited(articles=())


def test_of_every_decision_that_fits_nothing_the_editor_is_told():
    edits = [Edit(source=f"tin/bai-{number}.txt", cut_after="Khác") for number in (1, 2)]
    message = "no paragraph begins with “Khác”, after which the text is to end"

    assert edit([BRIDGE, PRICES], edits).problems == (*stale(message), *stale(message, "bai-2.txt"))


def test_an_issue_is_of_what_was_decided():
    plan = IssuePlan(
        edits=(Edit(source="tin/bai-2.txt"), Edit(source="tin/bai-1.txt", section="", cut_after="Sáng nay")),
        title="Tin",
    )

    issue = compile_issue([BRIDGE, PRICES], plan)

    assert [(each.article.headline, each.continues) for each in issue.articles] == [
        ("Giá rau tăng", False),
        ("Cầu mới thông xe", True),
    ]


def test_an_issue_of_which_all_is_left_out_is_none():
    with pytest.raises(InputError, match=r"^there is nothing to compile: all articles are left out\. Take one of them"):
        compile_issue([BRIDGE], IssuePlan(edits=(Edit(source="tin/bai-1.txt", left_out=True),)))
