"""What the proof says of an issue before there are files, and that nothing of it says where they lay."""

import datetime as dt

import pytest
from msgspec.structs import replace

from publisher import __version__
from publisher.automation.digest.collecting import Collected
from publisher.automation.digest.commission import Commission
from publisher.automation.digest.selection import Candidate, Chosen
from publisher.automation.digest.understanding import choose, understand, without
from publisher.automation.issues.proof import Input, Pointer, Proof, Ran, sha256
from publisher.automation.issues.week import parse_week
from publisher.automation.ledger.memory import Memory, Remembered, encode_fingerprint
from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.compiling import compile_issue, content_digest
from publisher.config import Selection, Window, load_settings
from publisher.errors import UnthemedError
from publisher.model import (
    AlsoIn,
    Article,
    IssuePlan,
    Note,
    Omission,
    Paragraph,
    Problem,
    Reading,
    Source,
    Teaser,
    Text,
)
from publisher.pipeline import Gathered, Means
from tests.automation.digests import SETTINGS

OMISSIONS = (
    Omission(what="phà.md", reason="source-failed", because="it is empty"),
    Omission(what="Phà", reason="ran-before", because="issue 11/2026 ran it"),
)
ALSO = AlsoIn(headline="Cầu", publication="Bờ Bắc", url="https://bobac.example/1", language="vi")
MEMORY = Memory(
    [
        Remembered(
            week="2026-W11", number="11/2026", key="k", sha256="0", headline="Phà", url="https://lamchau.example/2"
        )
    ]
)


class Desk:
    """A folder with settings, two pages in it, and an article of the first."""

    def __init__(self, folder, settings=SETTINGS):
        (folder / "digest.toml").write_text(settings)
        self.settings = load_settings(folder / "digest.toml")
        self.home = folder
        self.page = f"{folder}/pages/cau.md"
        self.article = Article(
            headline="Cầu Bến Lụa hợp long",
            standfirst="Sáng nay",
            publication="Lam Châu",
            url="https://lamchau.example/1",
            language="vi",
            published=dt.date(2026, 3, 17),
            origin=self.page,
            body=(Paragraph(inlines=(Text(text="Cầu dài 1.240 mét."),)),),
            related=(Teaser(headline="Phà", url="https://lamchau.example/2"),),
            problems=(
                Problem(code="missing-picture", message=f"no {folder}/pages/a.jpg", where=f"{self.page}:3"),
                Problem(code="inferred-date", message="the year is inferred"),
            ),
        )
        page = Source(name=self.page, media_type="text/markdown", data=b"# C", retrieved=dt.datetime.now(dt.UTC))
        unused = Source(name=f"{folder}/pages/pha.md", media_type="text/markdown", data=b"# P")
        self.keep = Memo(Cache(folder / "cache")).keep
        self.gathered = Gathered(
            sources=(unused, page, page),
            readings=(Reading(articles=(self.article,), trace=()),),
            problems=(Problem(code="no-article", message=f"nothing in {folder}/pages/pha.md"),),
            omissions=OMISSIONS[:1],
        )

    @property
    def commission(self):
        return Commission(settings=self.settings, week=parse_week("2026-W12"), number="12/2026", memory=MEMORY)

    def understand(self, *articles, **notes):
        chosen = Chosen(
            articles=articles, notes={self.article.key: Note(**notes)} if notes else {}, omissions=OMISSIONS[1:]
        )
        return understand(self.commission, chosen, Collected(gathered=self.gathered), Means(), self.home, self.keep)


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


def test_the_draft_says_what_the_issue_holds_and_what_it_was_made_of(desk):
    understood = desk.understand(desk.article, section="Thời sự", updated_since="11/2026", also=(ALSO,))

    assert understood.draft == Proof(
        series="lam-chau",
        week="2026-W12",
        title="Tuần tin Lam Châu",
        number="12/2026",
        date=dt.date(2026, 3, 22),
        first_day=dt.date(2026, 3, 16),
        language="vi",
        identifier=understood.issue.identifier,
        generator=f"publisher {__version__}",
        versions={},
        settings="",
        files=(),
        articles=(
            Ran(
                key=desk.article.key,
                sha256=content_digest(desk.article),
                source=sha256(b"# C"),
                headline="Cầu Bến Lụa hợp long",
                standfirst="Sáng nay",
                section="Thời sự",
                publication="Lam Châu",
                url="https://lamchau.example/1",
                language="vi",
                fingerprint=encode_fingerprint(desk.article),
                updated_since="11/2026",
                also=(ALSO,),
            ),
        ),
        teasers=(Pointer(headline="Phà", url="https://lamchau.example/2"),),
        inputs=(
            Input(
                name="pages/cau.md",
                media_type="text/markdown",
                bytes=3,
                sha256=sha256(b"# C"),
                member="sources/0001.md",
            ),
        ),
        omissions=OMISSIONS,
    )


def test_the_issue_is_the_weeks_and_its_teasers_point_to_earlier_ones(desk):
    issue = desk.understand(desk.article).issue

    ((item,),) = (section.items for section in issue.appendix)
    assert (issue.title, issue.number, issue.date, issue.language) == (
        "Tuần tin Lam Châu",
        "12/2026",
        dt.date(2026, 3, 22),
        "vi",
    )
    assert item.earlier_issue == "11/2026"


def test_an_identifier_is_of_the_series_and_the_week_whatever_is_in_the_issue(desk):
    other = Article(headline="Khác", language="vi")

    identifiers = {desk.understand(*articles).issue.identifier for articles in [(desk.article,), (other,), ()]}

    assert identifiers == {"urn:uuid:e2d696f1-5b05-5384-a6d3-98434ec5f025"}


def test_nothing_says_where_its_pages_lay(desk):
    understood = desk.understand(desk.article)

    (placed,) = understood.issue.articles
    missing = Problem(code="missing-picture", message="no pages/a.jpg", where="pages/cau.md:3")
    inferred = Problem(code="inferred-date", message="the year is inferred")
    assert placed.article.origin == "sources/0001.md"
    assert placed.article.problems == (missing, inferred)
    assert understood.issue.problems[:2] == (
        Problem(code="no-article", message="nothing in pages/pha.md"),
        missing,
    )
    assert understood.sources == (Source(name="sources/0001.md", media_type="text/markdown", data=b"# C"),)


def test_fingerprints_are_kept_by_what_articles_say(desk, tmp_path):
    first = desk.understand(desk.article).draft.articles
    memo = Memo(Cache(tmp_path / "cache"))
    desk.keep = memo.keep
    changed = replace(desk.article, body=(Paragraph(inlines=(Text(text="Cầu dài 1.250 mét."),)),))

    elsewhere = replace(desk.article, origin=None, problems=())

    again, other = (desk.understand(article).draft.articles for article in (elsewhere, changed))

    assert again[0].fingerprint == first[0].fingerprint
    assert other[0].fingerprint == encode_fingerprint(changed) != first[0].fingerprint
    assert memo.found == 1


def test_an_article_of_no_page_has_no_origin(desk):
    understood = desk.understand(Article(headline="Không nguồn", language="vi"))

    assert understood.issue.articles[0].article.origin is None
    assert understood.draft.articles[0].source is None
    assert (understood.sources, understood.draft.inputs) == ((), ())


def test_an_issue_without_news_holds_the_notice_and_ran_nothing(tmp_path):
    settings = SETTINGS.replace('checks = "none"', 'empty = "publish"\nnotice = "Tuần này không có tin."')

    understood = Desk(tmp_path, settings).understand()

    (placed,) = understood.issue.articles
    assert placed.article == Article(
        headline="Tuần này không có tin.",
        language="vi",
        body=(Paragraph(inlines=(Text(text="Tuần này không có tin."),)),),
    )
    assert understood.draft.articles == ()


def test_an_issue_is_in_its_series_language_and_sections_whatever_its_articles_say(tmp_path):
    desk = Desk(tmp_path, f'{SETTINGS}\n[selection]\nsections = ["Thời sự", "Đời sống"]\n')
    life, news = (
        Article(headline=headline, language="en", section=section)
        for headline, section in (("Lụa", "Đời sống"), ("Cầu", "Thời sự"))
    )

    issue = desk.understand(life, news).issue

    assert issue.language == "vi"
    assert [placed.note.section for placed in issue.articles] == ["Thời sự", "Đời sống"]


class Kept:
    """A quarantine, and what came into it."""

    def __init__(self):
        self.casualties = []
        self.means = Means(quarantine=self.casualties.append)

    def told(self):
        return [(each.code, each.name, each.reason) for each in self.casualties]


REPORT = "Report it together with the input"


def test_articles_are_chosen_as_the_series_asks_and_one_that_makes_the_choice_fail_costs_no_other(desk):
    """The rules, the window and what earlier issues ran all count, also when it is chosen again without that one."""
    desk.settings = replace(desk.settings, window=Window(days=14), selection=Selection(drop=("Lụa",)))
    bridge = replace(desk.article, published=dt.date(2026, 3, 9))
    ran = Article(headline="Phà", language="vi", url="https://lamchau.example/2", published=dt.date(2026, 3, 17))
    ran = replace(ran, body=(Paragraph(inlines=(Text(text="Phà nghỉ."),)),))
    memory = Memory([replace(MEMORY.articles[0], key=ran.key, sha256=content_digest(ran))])
    dropped = Article(headline="Lụa", language="vi")
    early = Article(headline="Sếu", language="vi", published=dt.date(2026, 3, 8))
    odd = Article(headline="Gạo", language=7, url="https://lamchau.example/3")
    candidates = tuple(Candidate(article=each) for each in (dropped, ran, odd, bridge, early))
    kept = Kept()

    chosen, collected = choose(
        replace(desk.commission, memory=memory), Collected(candidates=candidates, gathered=desk.gathered), kept.means
    )

    (problem,) = collected.gathered.problems[1:]
    because = problem.message.removesuffix(f". {REPORT}")
    assert chosen.articles == (bridge,)
    assert [(each.what, each.reason) for each in chosen.omissions[:-1]] == [
        ("Lụa", "dropped"),
        ("Sếu", "outside-window"),
        ("Phà", "ran-before"),
    ]
    assert chosen.omissions[-1] == Omission(what="Gạo", url=odd.url, reason="compiling-failed", because=because)
    assert because.startswith("the article 'Gạo' could not be compiled: AttributeError in compiling/traits.py, line ")
    assert problem == Problem(code="compiling-failed", message=f"{because}. {REPORT}", where="Gạo")
    assert collected == Collected(
        candidates=candidates, gathered=replace(desk.gathered, problems=(*desk.gathered.problems, problem))
    )
    assert kept.told() == [("compiling-failed", "Gạo", because)]


def test_an_issue_without_an_article_that_cannot_be_themed_says_which_and_why(desk):
    """Who reads the issue misses it there; who runs the desk finds it in the quarantine."""
    silk = Article(headline="Lụa", language="vi", url="https://lamchau.example/4")
    issue = compile_issue([desk.article, silk], IssuePlan())
    error = UnthemedError({placed.id: "no such filter" for placed in issue.articles if placed.article == silk})
    chosen = Chosen(articles=(desk.article, silk), notes={silk.key: Note(section="A")}, omissions=OMISSIONS[1:])
    collected = Collected(candidates=(Candidate(article=silk),), gathered=desk.gathered)
    kept = Kept()

    after, left = without(issue, error, chosen, collected, kept.means)

    omission = Omission(what="Lụa", url=silk.url, reason="theming-failed", because="no such filter")
    problem = Problem(code="theming-failed", message=f"no such filter. {REPORT}", where="Lụa")
    assert after == replace(chosen, articles=(desk.article,), omissions=(OMISSIONS[1], omission))
    assert left == replace(collected, gathered=replace(desk.gathered, problems=(*desk.gathered.problems, problem)))
    assert kept.told() == [("theming-failed", "Lụa", "no such filter")]
