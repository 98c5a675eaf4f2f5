"""Whatever is found again, and whatever is made again, the file has the bytes of one made of nothing."""

import hashlib
import random

import msgspec
import pytest

from publisher.automation.memo import Memo
from publisher.automation.memo.cache import Cache
from publisher.model import Asset, Teaser
from publisher.theming import flow as rows
from publisher.writing.pdf import Limits, PdfProcess
from publisher.writing.pdf.composing import Fragments
from publisher.writing.pdf.layout import write_pdf
from tests.theming.issues import bare, issue, make_theme, paragraph, rendered
from tests.writing.pdf.kinds import KINDS
from tests.writing.pdf.making import untidy, written
from tests.writing.pdf.test_process import EACH


class Shelf:
    """Fragments by key, in memory, and which were asked for in vain."""

    def __init__(self):
        self.kept = {}
        self.made = 0

    def find(self, keys):
        return [self.kept.get(key) for key in keys]

    def keep(self, key, fragment):
        self.made += 1
        self.kept[key] = fragment


def remembered(rendition, shelf, jobs=1):
    with untidy():
        return write_pdf(rendition, limits=Limits(jobs=jobs), store=shelf)


def article(number, paragraphs=3):
    """Its standfirst, which the contents tell, stays when its text changes."""
    teasers = (Teaser(headline=f"Tin {number}", section="Nên xem"),) if number % 3 == 0 else ()
    return bare(
        f"Bài {number}",
        standfirst=f"Bài {number} kể gì.",
        body=tuple(paragraph(f"Đoạn {n} của bài {number}.") for n in range(paragraphs)),
        related=teasers,
    )


def edited(articles, chance):
    """The articles after a random change: one put in, taken out, changed in its length or its place."""
    at = chance.randrange(len(articles))
    one = articles[at]
    match chance.choice(("insert", "remove", "change", "reorder")):
        case "insert":
            return (*articles[:at], article(chance.randrange(100, 10_000), chance.randrange(1, 60)), *articles[at:])
        case "remove" if len(articles) > 1:
            return (*articles[:at], *articles[at + 1 :])
        case "reorder":
            return tuple(chance.sample(articles, len(articles)))
        case _:
            body = (*one.body, *(paragraph("Và thêm.") for _ in range(chance.randrange(1, 60))))
            return (*articles[:at], msgspec.structs.replace(one, body=body), *articles[at + 1 :])


@pytest.mark.parametrize(
    ("seed", "edits"),
    [
        pytest.param(1, 2, id="some"),
        *(pytest.param(seed, 25, id=f"many-{seed}", marks=pytest.mark.campaign) for seed in range(2, 10)),
    ],
)
def test_after_every_edit_the_file_is_the_one_made_of_nothing(seed, edits):
    chance = random.Random(seed)  # noqa: S311
    shelf = Shelf()
    articles = tuple(map(article, range(4)))
    for _ in range(edits):
        articles = edited(articles, chance)
        rendition = rendered(issue(*articles), "compilation", options=EACH)
        for key in chance.sample(sorted(shelf.kept), len(shelf.kept) // 4):
            del shelf.kept[key]

        assert remembered(rendition, shelf) == written(rendition)


@pytest.mark.parametrize("flow", ["each", "run-on"])
def test_by_two_processes_it_is_the_same_and_what_has_changed_is_made_once(flow, monkeypatch):
    """The first row with the contents is laid out beside the others when there is an article more."""
    monkeypatch.setattr(rows, "MOST_IN_A_ROW", 2)
    monkeypatch.setattr(rows, "ARTICLES_REACH", 1)
    monkeypatch.setattr(rows, "REACHED", 100)
    shelf = Shelf()
    articles = [bare(f"Bài {n}", body=(paragraph(),) * 5, related=article(n).related) for n in range(24)]
    counts = []
    for number in (None, 100):
        if number:
            articles.insert(12, bare(f"Bài {number}", body=(paragraph(),) * 4))
        rendition = rendered(issue(*articles, title="Tuần tin"), "compilation", options={"flow": flow})
        shelf.made = 0

        made = remembered(rendition, shelf, jobs=2)

        assert made == written(rendition)
        counts.append((shelf.made, len(rendition.documents)))
    assert counts[0][0] >= counts[0][1]
    assert all(1 < made < documents for made, documents in counts[1:])


def test_what_is_the_same_is_not_made_again():
    shelf = Shelf()
    articles = [article(number) for number in range(1, 4)]
    remembered(rendered(issue(*articles), "compilation", options=EACH), shelf)
    shelf.made = 0

    remembered(rendered(issue(*articles), "compilation", options=EACH), shelf)
    again, shelf.made = shelf.made, 0
    articles[1] = msgspec.structs.replace(articles[1], body=(paragraph("Khác."),))
    remembered(rendered(issue(*articles), "compilation", options=EACH), shelf)

    assert (again, shelf.made) == (0, 1)


def test_what_only_moves_is_not_made_again():
    """An article that has become longer: what comes after it, and what tells where that is, stay as they are."""
    shelf = Shelf()
    articles = [article(number) for number in (1, 2, 4)]
    before = remembered(rendered(issue(*articles), "compilation", options=EACH), shelf)
    shelf.made = 0
    articles[1] = article(2, paragraphs=150)
    rendition = rendered(issue(*articles), "compilation", options=EACH)

    made = remembered(rendition, shelf)

    assert made == written(rendition)
    assert before.pages["colophon"] < made.pages["colophon"] < 10
    assert shelf.made == 1


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda made: {"stylesheets": (sheet(made, b" p { color: red }"),)}, id="a style sheet"),
        pytest.param(
            lambda made: {"metadata": msgspec.structs.replace(made.metadata, language="en")}, id="the language"
        ),
        pytest.param(lambda made: {"assets": tuple(blackened(each) for each in made.assets)}, id="a picture"),
    ],
)
def test_what_a_document_depends_on_makes_it_another(change, tmp_path):
    rendition = pictured(tmp_path)
    shelf = Shelf()
    remembered(rendition, shelf)
    first, shelf.made = shelf.made, 0
    changed = msgspec.structs.replace(rendition, **change(rendition))

    assert remembered(changed, shelf) == written(changed)
    assert shelf.made == first


def pictured(tmp_path):
    page = '{% extends "print/page.xhtml" %}{% block body %}<p>words <img src="a.svg" alt="A"/></p>{% endblock %}'
    make_theme(tmp_path, **{"print__article.xhtml": page})
    rendition = rendered(bare(), "own", search=(tmp_path,))
    drawing = Asset(
        name="a.svg", media_type="image/svg+xml", data=b"<svg xmlns='http://www.w3.org/2000/svg' width='9'/>"
    )
    return msgspec.structs.replace(rendition, assets=(*rendition.assets, drawing))


def sheet(rendition, rule):
    (only,) = rendition.stylesheets
    return msgspec.structs.replace(only, data=only.data + rule)


def blackened(asset):
    return msgspec.structs.replace(asset, data=asset.data.replace(b"width='9'", b"width='8'"))


def test_a_damaged_entry_and_one_of_another_kind_are_made_again(tmp_path):
    rendition = rendered(issue(article(1), article(2)), "compilation", options=EACH)
    whole = made_with(tmp_path, rendition)
    entries = [path for path in (tmp_path / "fragments").rglob("*") if path.is_file()]
    entries[0].write_bytes(entries[0].read_bytes()[:-1] + b"\xff")
    for path in entries[1:]:
        cache = Cache(tmp_path)
        cache.keep("fragments", path.name, msgspec.msgpack.encode({"pages": 3}))

    assert len(entries) > 3
    assert made_with(tmp_path, rendition) == whole
    assert {path.stat().st_size > 100 for path in entries} == {True}


def test_what_is_no_fragment_is_made_again():
    rendition = rendered(issue(article(1), article(2)), "compilation", options=EACH)
    shelf = Shelf()
    whole = remembered(rendition, shelf)
    first, shelf.made = shelf.made, 0
    shelf.kept = dict.fromkeys(shelf.kept, msgspec.msgpack.encode({"pages": 3}))

    assert remembered(rendition, shelf) == whole
    assert shelf.made == first


def photographs(rendition):
    return [asset.data for asset in rendition.assets if asset.media_type == "image/jpeg"]


def test_fragments_are_kept_without_the_pictures_that_are_there_anyway():
    rendition = rendered(KINDS["many pictures"](), "base", options=EACH)
    shelf = Shelf()
    whole = remembered(rendition, shelf)
    shelf.made = 0

    assert [picture for picture in photographs(rendition) if picture in whole.data]
    assert not any(picture in kept for picture in photographs(rendition) for kept in shelf.kept.values())
    assert remembered(rendition, shelf) == whole == written(rendition)
    assert shelf.made == 0


def test_a_fragment_whose_picture_is_not_there_is_none(tmp_path):
    rendition = rendered(KINDS["many pictures"](), "base")
    shelf = Shelf()
    remembered(rendition, shelf)
    pictures = {hashlib.sha256(picture).digest(): picture for picture in photographs(rendition)}
    with_them, without = Fragments(tmp_path, pictures), Fragments(tmp_path)

    summaries = [[each.put_encoded(0, kept) for kept in shelf.kept.values()] for each in (with_them, without)]

    assert None not in summaries[0]
    assert None in summaries[1]


def made_with(folder, rendition):
    """The file by a process of its own, with the fragments that are kept in a folder."""
    with PdfProcess(Limits(jobs=2)) as process:
        return process.write(rendition, keep=Memo(Cache(folder)).keep)
