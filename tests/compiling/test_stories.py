"""Which reports tell one story: judged on pairs that were labelled by hand, see ``stories/``."""

import datetime as dt
import itertools

import pytest
from msgspec.structs import replace

from publisher.compiling import Rarity, Stories, Weighed, group_stories, traits_of
from publisher.compiling.sameness import DAYS_APART, WEIGHTS, same_story
from tests.compiling.labelled import labelled, on_one_day, precision_and_recall, report, weighed_pairs

AS_IT_WAS = list(labelled("vi", "en"))
HARD = list(labelled("hard"))


def test_the_labelled_set_is_large_enough_to_judge_by():
    pairs = list(itertools.combinations(AS_IT_WAS, 2))

    assert sum(one.event == other.event for one, other in pairs) >= 60
    assert sum(one.theme == other.theme and one.event != other.event for one, other in pairs) >= 200


@pytest.mark.parametrize(
    "reports",
    [
        pytest.param(AS_IT_WAS, id="as it was"),
        pytest.param(on_one_day(AS_IT_WAS), id="on one day"),
        pytest.param(HARD, id="the hard ones"),
        pytest.param([*AS_IT_WAS, *HARD], id="everything"),
    ],
)
class TestLabelled:
    def test_precision_and_recall_by_pairs(self, reports):
        precision, recall = precision_and_recall(
            (one.event == other.event, same_story(a, b)) for one, other, a, b in weighed_pairs(reports)
        )

        assert precision >= 0.95
        assert recall >= 0.85

    def test_precision_and_recall_by_groups(self, reports):
        groups = group_stories([each.article for each in reports])
        story = {number: place for place, group in enumerate(groups) for number in group}

        precision, recall = precision_and_recall(
            (reports[i].event == reports[j].event, story[i] == story[j])
            for i, j in itertools.combinations(range(len(reports)), 2)
        )

        assert precision >= 0.95
        assert recall >= 0.85

    def test_the_verdict_is_the_same_whichever_comes_first(self, reports):
        assert all(same_story(a, b) == same_story(b, a) for _, _, a, b in weighed_pairs(reports))


@pytest.mark.parametrize("reports", [AS_IT_WAS, on_one_day(AS_IT_WAS)], ids=["as it was", "on one day"])
def test_precision_and_recall_on_the_themes_that_the_weights_were_not_fitted_to(reports):
    others = {each.article.headline for each in reports if each.half == 0}

    precision, recall = precision_and_recall(
        (one.event == other.event, same_story(a, b))
        for one, other, a, b in weighed_pairs(reports)
        if {one.article.headline, other.article.headline} <= others
    )

    assert precision >= 0.95
    assert recall >= 0.85


def test_follow_ups_of_later_days_stand_by_themselves():
    dam = [each for each in HARD if each.theme == "dams"]

    groups = group_stories([each.article for each in dam])

    assert all(len({dam[number].event for number in group}) == 1 for group in groups)


HOSPITAL = next(each.article for each in HARD if each.article.headline == "Hospital opens a children's ward")
COFFEE = next(each.article for each in HARD if each.article.headline == "Coffee prices climb again")


def test_figures_alone_make_no_story():
    hospital, coffee = (traits_of(article) for article in (HOSPITAL, COFFEE))

    assert hospital.figures & coffee.figures == {"250", "400"}
    assert group_stories([HOSPITAL, COFFEE]) == [[0], [1]]


def weighed(*articles):
    """The articles, weighed among each other."""
    traits = [traits_of(article) for article in articles]
    return [Weighed(each, Rarity(traits)) for each in traits]


def test_a_name_and_a_headline_alone_make_no_story():
    """All that one columnist writes has them; they weigh enough, and tell nothing of what happened."""
    texts = (" ".join(f"{word}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz") for word in ("mưa", "nắng"))
    one, other = weighed(*(report("Lò Văn Púng", text) for text in texts))

    assert WEIGHTS.over(one.shared(other)) > 0
    assert not same_story(one, other)


BRIDGE = "Cầu Vàm Trúc dài 486 m, vốn 640 tỷ đồng, nối Tân Phú với Cù Lao Trên."
DAY = dt.date(2026, 3, 16)


ALIKE = "Hàng nghìn người dân hai huyện xem lễ khánh thành cầu Vàm Trúc."


@pytest.mark.parametrize(
    ("days", "text", "expected"),
    [
        pytest.param(0, ALIKE, True, id="alike, of the day"),
        pytest.param(1, ALIKE, True, id="alike, of the next day"),
        pytest.param(2, ALIKE, False, id="alike, two days later"),
        pytest.param(DAYS_APART - 1, BRIDGE, True, id="in the same words"),
        pytest.param(DAYS_APART, BRIDGE, True, id="in the same words, on the last day of a story"),
        pytest.param(DAYS_APART + 1, BRIDGE, False, id="in the same words, a day after it"),
    ],
)
def test_a_report_of_the_next_day_is_of_the_story_and_what_came_later_is_another(days, text, expected):
    said = f"{text} Trời mưa nhẹ." if text == ALIKE else text
    first, later = weighed(
        report("Thông xe cầu Vàm Trúc", text, DAY),
        report("Thông xe cầu Vàm Trúc, hết phà", said, DAY + dt.timedelta(days)),
    )

    assert (same_story(first, later), same_story(later, first)) == (expected, expected)


def test_a_column_of_another_day_is_another_story_however_alike():
    text = "Vàng miếng được các tiệm Lam Sa mua vào 96,2 triệu, bán ra 98,1 triệu đồng mỗi lượng."
    first, again, next_day = weighed(*(report(f"Giá vàng ngày {day}", text) for day in ("18/3", "18/03", "19/3")))

    assert same_story(first, again)
    assert not same_story(first, next_day)


def test_reports_in_two_languages_are_two_stories():
    one, other = weighed(*(report("Cầu Vàm Trúc thông xe", BRIDGE, language=language) for language in ("vi", "en")))

    assert not same_story(one, other)


@pytest.mark.parametrize("language", ["vi", "en", "de", "ja"])
def test_articles_without_words_are_never_one_story(language):
    blank = [
        report(headline, "", language=language, url=f"https://b.example/{headline}") for headline in ("?", "!", "")
    ]

    assert group_stories(blank) == [[0], [1], [2]]


class TestGroups:
    @pytest.mark.parametrize(("days", "groups"), [(DAYS_APART, [[0, 1]]), (DAYS_APART + 1, [[0], [1]])])
    @pytest.mark.parametrize("sign", [1, -1], ids=["the later one", "the earlier one"])
    def test_a_report_joins_one_of_another_day_whichever_leads(self, days, groups, sign):
        """The fuller one leads, and that is often the later one."""
        lead = report("Thông xe cầu Vàm Trúc", BRIDGE, DAY, url="https://a.example/1")
        day = DAY + dt.timedelta(days=sign * days)
        other = report("Thông xe cầu Vàm Trúc, hết phà", BRIDGE, day, url="https://b.example/1")

        assert group_stories([lead, other]) == groups

    def test_they_come_in_the_order_of_their_leads(self):
        wanted = ["xe khách lật đèo Khau Pha", "cầu Vàm Trúc thông xe", "tôm chết Cù Lao Trên"]
        chosen = [each for each in AS_IT_WAS if each.event.removesuffix(" (vi)") in wanted]
        mixed = chosen[::2] + chosen[1::2]

        groups = group_stories([each.article for each in mixed])

        assert [group[0] for group in groups] == sorted(group[0] for group in groups)
        assert sorted(number for group in groups for number in group) == list(range(len(mixed)))
        assert len(groups) == len(wanted)
        assert all(len({mixed[number].event for number in group}) == 1 for group in groups)

    def test_nothing_is_no_story(self):
        assert group_stories([]) == []

    def test_what_is_like_a_member_and_not_like_the_lead_stands_by_itself(self):
        """Between two stories stands a report of both: it joins one, and brings the other into no group."""
        lead = report("Thông xe cầu Vàm Trúc", BRIDGE, url="https://a.example/1")
        shrimp = "Tôm thẻ ở Cồn Sậy chết trên 210 ha, thiệt hại 55 tỷ đồng, bệnh hoại tử gan tụy cấp."
        both = report("Cầu Vàm Trúc thông xe, tôm Cồn Sậy chết", f"{BRIDGE} {shrimp}", url="https://b.example/1")
        other = report("Tôm Cồn Sậy chết hàng loạt", shrimp, url="https://c.example/1")
        one, between, last = weighed(lead, both, other)

        assert same_story(one, between)
        assert same_story(between, last)
        assert group_stories([lead, both, other]) == [[0, 1], [2]]

    def test_an_article_joins_the_lead_that_it_is_most_like(self):
        lead = report("Thông xe cầu Vàm Trúc", BRIDGE, url="https://a.example/1")
        half = report(
            "Cầu Vàm Trúc và bến phà Tân Phú", BRIDGE.replace("486", "12").replace("640", "31"), url="https://b.example"
        )
        like = report("Thông xe cầu Vàm Trúc, hết phà", BRIDGE, url="https://c.example/1")
        stories = Stories()
        one, other, asks = weighed(lead, half, like)
        stories.add(other)
        stories.add(one)

        assert stories.same_as(asks)[0] == 1

    @pytest.mark.parametrize("day", [None, DAY])
    def test_a_report_without_a_day_may_be_of_any(self, day):
        dated = report("Thông xe cầu Vàm Trúc", BRIDGE, DAY, url="https://a.example/1")
        undated = report("Cầu Vàm Trúc vào sử dụng", BRIDGE, None, url="https://b.example/1")

        assert group_stories([dated, undated]) == [[0, 1]]
        assert group_stories([undated, dated]) == [[0, 1]]

    def test_a_copy_joins_whatever_its_day_and_language(self):
        copy = report("Thông xe cầu Vàm Trúc", BRIDGE, DAY + dt.timedelta(9), language="en", url="https://b.example/1")

        assert group_stories([report("Thông xe cầu Vàm Trúc", BRIDGE, url="https://a.example/1"), copy]) == [[0, 1]]

    def test_the_groups_are_those_of_comparing_every_article_with_every_lead(self):
        reports = [*AS_IT_WAS, *HARD]
        groups = group_stories([each.article for each in reports])
        leads = {group[0] for group in groups}

        judged = {
            (reports.index(one), reports.index(other))
            for one, other, a, b in weighed_pairs(reports)
            if same_story(a, b)
        }

        members = {number: group[0] for group in groups for number in group}
        assert all(lead == number or (lead, number) in judged for number, lead in members.items())
        assert not any((one, other) in judged for one, other in itertools.combinations(sorted(leads), 2))


def test_the_verdict_does_not_change_with_what_is_told_in_another_language():
    alone, among = [each for each in AS_IT_WAS if each.article.language == "vi"], AS_IT_WAS

    def verdicts(reports):
        return [
            same_story(a, b)
            for one, other, a, b in weighed_pairs(reports)
            if one.article.language == other.article.language == "vi"
        ]

    assert verdicts(alone) == verdicts(among)


def test_a_name_that_stands_in_everything_tells_nothing():
    """Two reports that share a town are one story when few tell of the town, and two when all do."""
    pair = [
        report("Lễ hội ở Vàm Trúc", "Vàm Trúc mở hội đua ghe sáng nay, hàng nghìn khách đến xem hội."),
        report("Vàm Trúc mở hội", "Sáng nay hàng nghìn khách đến Vàm Trúc xem hội đua ghe, quán kín chỗ."),
    ]
    town = [
        replace(
            report(f"Tin {number} ở Vàm Trúc", f"Vàm Trúc có hội, khách đến xem, việc số {number}00."), url=f"u{number}"
        )
        for number in range(300)
    ]

    few, many = weighed(*pair)[0].shared(weighed(*pair)[1]), weighed(*pair, *town)
    crowded = many[0].shared(many[1])

    assert Rarity(traits_of(each) for each in pair).of("vi")["names"]["vàm trúc"] > 0.7
    assert Rarity(each.traits for each in many).of("vi")["names"]["vàm trúc"] < 0.1
    assert crowded.opening < few.opening


class TestWorthComparing:
    """Few of many are compared, so that a batch of twice the size takes twice the time: so few, and no fewer."""

    @pytest.mark.parametrize(("likelier", "found"), [(3, True), (4, True), (5, False)])
    def test_the_five_that_share_most_are_compared(self, likelier, found):
        """Before the story stand columns of other days in the very same words, which share more and are none."""
        asks, told, *columns = weighed(
            report("Thông xe cầu Vàm Trúc 18/3", f"{BRIDGE} Trời mưa."),
            report("Thông xe cầu Vàm Trúc", BRIDGE),
            *(report(f"Thông xe cầu Vàm Trúc {day}/4", f"{BRIDGE} Trời mưa.") for day in range(1, likelier + 1)),
        )
        stories = Stories()
        for each in (*columns, told):
            stories.add(each)

        assert stories.same_as(asks) == ([likelier] if found else [])

    @pytest.mark.parametrize("days", [DAYS_APART + 1, -DAYS_APART - 1])
    def test_what_is_of_another_time_takes_no_place_among_the_five(self, days):
        another_time = DAY + dt.timedelta(days=days)
        asks, told, *others = weighed(
            report("Thông xe cầu Vàm Trúc", f"{BRIDGE} Trời mưa.", DAY),
            report("Thông xe cầu Vàm Trúc", BRIDGE, DAY),
            *[report("Thông xe cầu Vàm Trúc", f"{BRIDGE} Trời mưa.", another_time)] * 5,
        )
        stories = Stories()
        for each in (*others, told):
            stories.add(each)

        assert stories.same_as(asks) == [5]

    @pytest.mark.parametrize(("met", "found"), [(49, True), (50, False), (51, False)])
    def test_after_fifty_met_no_commoner_trait_is_looked_up(self, met, found):
        """The story is the last told of those that have the rarest trait: only a commoner one tells it from them."""
        story, ferry = report("Cầu Vàm Trúc hết phà", BRIDGE), report("phà", "")
        rarity = Rarity(map(traits_of, [story, ferry, *[report("Cầu Vàm Trúc", BRIDGE)] * 5, *[report("x", "")] * 300]))
        ferries = [
            replace(ferry, published=ferry.published + dt.timedelta(days=number % 2)) for number in range(met - 1)
        ]
        stories = Stories()
        for each in [*ferries, story]:
            stories.add(Weighed(traits_of(each), rarity))

        assert stories.same_as(Weighed(traits_of(story), rarity)) == ([met - 1] if found else [])
