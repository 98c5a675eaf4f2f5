"""What earlier issues ran, asked by the choice of articles."""

import datetime as dt

import msgspec
import pytest

from publisher.automation.ledger.memory import Memory, Remembered, decode_fingerprint, encode_fingerprint
from publisher.compiling import content_digest
from tests.compiling.labelled import labelled, report

EVENTS = {each.article.headline: each for each in labelled("vi", "en", "hard")}
LEAK = EVENTS["Sà lan chở cát va vào trụ cầu Vàm Trúc"].article
RETOLD = EVENTS["Tạm cấm xe tải qua cầu Vàm Trúc sau vụ va chạm"].article
COLUMN = "Giá vàng hôm nay"


def remembered(ran, week="2026-W12", **fields):
    return Remembered(
        **{
            "week": week,
            "number": week,
            "key": ran.key,
            "sha256": content_digest(ran),
            "headline": ran.headline,
            "url": ran.url,
            "fingerprint": encode_fingerprint(ran),
            **fields,
        }
    )


class TestToldBefore:
    def test_another_outlets_report_of_what_ran_is_known(self):
        memory = Memory([remembered(LEAK)])

        told = memory.told_before([RETOLD])(RETOLD)

        assert told is not None
        assert told.headline == LEAK.headline

    def test_the_first_issue_that_told_it_is_named(self):
        memory = Memory([remembered(LEAK, "2026-W12"), remembered(LEAK, "2026-W13")])

        told = memory.told_before([RETOLD])(RETOLD)

        assert told is not None
        assert told.week == "2026-W12"

    def test_every_event_is_told_from_all_others_that_ran(self):
        """The first report of each ran; the others of this batch are known by it, or are of no event that ran."""
        events = {}
        for each in EVENTS.values():
            events.setdefault(each.event, []).append(each)
        ran = [reports[0] for reports in events.values()]
        batch = [each for reports in events.values() for each in reports[1:]]
        told_before = Memory([remembered(each.article) for each in ran]).told_before([each.article for each in batch])

        found = [(each.event, told_before(each.article)) for each in batch]

        known = [(event, EVENTS[told.headline].event) for event, told in found if told is not None]
        assert sum(event == other for event, other in known) >= 0.95 * len(known)
        assert len(known) >= 0.85 * len(batch)

    @pytest.mark.parametrize("fingerprint", [None, b"", b"\x00", msgspec.msgpack.encode({"language": "vi", "day": 1})])
    def test_what_another_version_kept_matches_nothing(self, fingerprint):
        memory = Memory([remembered(LEAK, fingerprint=fingerprint)])

        assert memory.told_before([RETOLD])(RETOLD) is None

    def test_of_nothing_nothing_was_told(self):
        assert Memory(()).told_before([])(RETOLD) is None


class TestSameArticle:
    def test_it_is_known_by_its_key(self):
        assert Memory([remembered(LEAK, fingerprint=None)]).same_article(LEAK) == remembered(LEAK, fingerprint=None)

    def test_of_several_issues_the_newest_is_named(self):
        newest = remembered(LEAK, "2026-W13")

        assert Memory([remembered(LEAK), newest]).same_article(LEAK) == newest

    def test_of_several_issues_the_newest_is_named_by_its_text_too(self):
        """What is told of an update counts from the last time that the article ran, not from the first."""
        ran = msgspec.structs.replace(LEAK, url=None)
        again = msgspec.structs.replace(ran, published=dt.date(2026, 4, 30))
        newest = remembered(ran, "2026-W13")

        assert Memory([remembered(ran), newest]).same_article(again) == newest

    @pytest.mark.parametrize(
        ("urls", "known"),
        [
            pytest.param((None, None), True, id="no address"),
            pytest.param((None, "https://a.example/1"), True, id="an address now"),
            pytest.param(("https://a.example/1", None), True, id="none now"),
            pytest.param(("https://a.example/1", "https://b.example/1"), False, id="two addresses"),
        ],
    )
    def test_it_is_known_by_headline_and_text_where_an_address_is_missing(self, urls, known):
        ran, again = (msgspec.structs.replace(LEAK, url=url) for url in urls)
        again = msgspec.structs.replace(again, published=dt.date(2026, 4, 30))

        assert (Memory([remembered(ran)]).same_article(again) is not None) == known

    def test_a_column_with_other_figures_is_another_article(self):
        text = "Vàng miếng mua vào {} triệu, bán ra {} triệu đồng, sức mua vẫn yếu vì người dân chờ giá xuống thêm."
        ran, again = (report(COLUMN, text.format(*prices)) for prices in (("81,2", "83,5"), ("82,4", "84,1")))
        again = msgspec.structs.replace(again, published=dt.date(2026, 3, 24))

        assert Memory([remembered(ran)]).same_article(again) is None


def test_a_fingerprint_is_the_same_bytes_in_every_process_and_read_again():
    kept = encode_fingerprint(LEAK)

    assert encode_fingerprint(LEAK) == kept
    decoded = decode_fingerprint(kept)
    assert decoded is not None
    assert decoded.traits.headline >= {"sà", "lan"}
