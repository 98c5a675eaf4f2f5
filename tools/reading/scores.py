"""How well pages are read: renews the tables in docs/reading.md from the annotated pages in ../shared.

    scores.py                   renews the tables: both halves, and the gap between them
    scores.py --translate       gives the Vietnamese page the tables that the English one has, and does no more
    scores.py --others          the table of trafilatura, newspaper4k and readability on the same pages too
    scores.py --disturbed       the table of the fit half's web pages without what rules lean on (``disturbing``) too
    scores.py --half fit        prints one half's tables and writes nothing
    scores.py --show NAME ...   what is misread of pages of the fit half, or of the first set

What is misread of a page of the judge half is not shown: who looked could not judge by it any more.
"""

import argparse
import datetime as dt
import gzip
import json
import multiprocessing
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).parents[2]))

from publisher.errors import PublisherError
from publisher.model import Source, to_json
from publisher.reading import read
from tools.reading.corpora import FIRST, ROOT, SECOND, Case, cases, half_of, outlet_of, scorer
from tools.reading.disturbing import DISTURBANCES, disturbed
from tools.reading.others import OTHERS

DOCUMENT = ROOT / "docs" / "reading.md"
TRANSLATION = ROOT / "docs" / "reading.vi.md"
FIELDS = {
    "title": "headline",
    "standfirst": "standfirst",
    "byline": "bylines",
    "body_f1": "body",
    "captions_f1": "captions",
    "related_f1": "related",
    "teasers_f1": "teasers",
    "chrome": "furniture",
}
Metrics = dict[str, Any]


class Scored(NamedTuple):
    """A page with its scores."""

    case: Case
    metrics: Metrics
    details: Metrics


# --- scoring ----------------------------------------------------------------------------------------------------------


def page_of(case: Case) -> bytes:
    """The bytes that a reader is given."""
    data = case.path.read_bytes()
    return gzip.decompress(data) if case.path.suffix == ".gz" else data


def ours(case: Case, disturbance: str | None = None) -> Metrics | None:
    """The article as our reader has it, in the scorer's form; ``None`` when there is none."""
    media_type = "text/html" if case.rendering == "html" else "text/plain"
    data = page_of(case)
    if disturbance is not None:
        data = disturbed(data, disturbance)
    try:
        reading = read(Source(name=case.path.name, data=data, media_type=media_type))
    except PublisherError:
        return None
    article: Metrics = scorer().from_article(json.loads(to_json(reading.articles[0])))
    return article


def scored(case: Case, disturbance: str | None = None) -> Scored:
    """The page, read by us and scored; after a disturbance, if one is named."""
    return Scored(case, *scorer().score_case(case.gold, ours(case, disturbance)))


def all_scored(found: Iterable[Case], disturbance: str | None = None) -> list[Scored]:
    """The pages read and scored, on all cores, in their order."""
    with multiprocessing.Pool() as pool:
        return pool.map(partial(scored, disturbance=disturbance), found, chunksize=8)


def mean(values: Iterable[float | None]) -> float | None:
    """Of those that there are; ``None`` of none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def shown(value: float | None) -> str:
    """A score with two digits, as tables print it."""
    return "–" if value is None else f"{value:.2f}"


def signed(pages: Sequence[Scored]) -> tuple[float | None, float | None, int]:
    """Precision and recall of the persons who are said to have written, and how many are."""
    hits = given = wanted = 0
    key = scorer().key
    for page in pages:
        if "byline" not in page.case.gold:
            continue
        got = {key(name, True) for name in page.details["byline"][0] or []}
        readings = [page.case.gold["byline"], *page.case.gold.get("accept", {}).get("byline", [])]
        gold = max(({key(name, True) for name in names} for names in readings), key=lambda names: len(names & got))
        hits, given, wanted = hits + len(got & gold), given + len(got), wanted + len(gold)
    return hits / given if given else None, hits / wanted if wanted else None, wanted


# --- tables -----------------------------------------------------------------------------------------------------------


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def by(pages: Sequence[Scored], kind: Callable[[Case], str]) -> dict[str, list[Scored]]:
    """The pages by a trait of theirs, the kinds sorted."""
    kinds: dict[str, list[Scored]] = {}
    for page in pages:
        kinds.setdefault(kind(page.case), []).append(page)
    return dict(sorted(kinds.items()))


def macro(pages: Sequence[Scored]) -> float | None:
    """The mean of the pages' own means."""
    return mean(page.metrics["macro"] for page in pages)


def halves(pages: Sequence[Scored], kinds: dict[str, Callable[[Case], bool]]) -> str:
    """A row a kind of page: how many of each half, its score in each, and the gap between them."""
    rows = []
    for label, holds in kinds.items():
        fit, judge = ([p for p in pages if p.case.half == half and holds(p.case)] for half in ("fit", "judge"))
        if fit or judge:
            one, other = macro(fit), macro(judge)
            gap = f"{one - other:+.2f}" if one is not None and other is not None else "–"
            rows.append([label, str(len(fit)), shown(one), str(len(judge)), shown(other), gap])
    return table(["pages", "fit", "score", "judge", "score", "gap"], rows)


def fields(pages: Sequence[Scored]) -> str:
    """A row a field: its score on text and on web pages of each half."""
    rows = []
    for name, label in FIELDS.items():
        row = [label]
        for web in (False, True):
            for half in ("fit", "judge"):
                some = [p for p in pages if p.case.half == half and (p.case.rendering == "html") == web]
                row.append(shown(mean(p.metrics.get(name) for p in some)))
        rows.append(row)
    return table(["field", "text, fit", "text, judge", "web page, fit", "web page, judge"], rows)


def authors(pages: Sequence[Scored]) -> str:
    """Precision and recall of bylines, by person, on text and on web pages of each half."""
    rows = []
    for label, web in (("text", False), ("web pages", True)):
        for half in ("fit", "judge"):
            some = [p for p in pages if p.case.half == half and (p.case.rendering == "html") == web]
            precision, recall, count = signed(some)
            rows.append([label, half, str(count), shown(precision), shown(recall)])
    return table(["pages", "half", "persons", "precision", "recall"], rows)


def report(pages: Sequence[Scored]) -> str:
    """All tables of the pages in two halves."""
    languages = sorted({page.case.gold["lang"] for page in pages})
    kinds: dict[str, Callable[[Case], bool]] = {
        "text, not hard-wrapped": lambda case: case.rendering != "html" and not case.hard_wrapped,
        "text, hard-wrapped": lambda case: case.hard_wrapped,
        "web pages": lambda case: case.rendering == "html",
        "web pages, saved": lambda case: case.rendering == "html" and case.gold["provenance"] == "real",
        "web pages, composed": lambda case: case.rendering == "html" and case.gold["provenance"] != "real",
    }
    kinds |= {
        f"text in {language}": lambda case, tag=language: case.rendering != "html" and case.gold["lang"] == tag  # type: ignore[misc]
        for language in languages
    }
    kinds |= {
        f"web pages in {language}": lambda case, tag=language: case.rendering == "html" and case.gold["lang"] == tag  # type: ignore[misc]
        for language in languages
    }
    methods = sorted({page.case.method for page in pages} - {"html"})
    kinds |= {f"text by {method}": lambda case, name=method: case.method == name for method in methods}  # type: ignore[misc]
    return "\n\n".join([halves(pages, kinds), fields(pages), authors(pages)])


def first_table(pages: Sequence[Scored]) -> str:
    """A row for each page of the first set: its score, and each part that is not wholly right with its own."""
    rows = []
    for page in pages:
        wrong = [f"{label} {page.metrics[key]:.2f}" for key, label in FIELDS.items() if misread(page.metrics, key)]
        rows.append([page.case.name, shown(page.metrics["macro"]), ", ".join(wrong) or "nothing"])
    rows.append([f"all {len(pages)}", shown(macro(pages)), ""])
    return table(["page", "macro", "what is misread"], rows)


def misread(metrics: Metrics, key: str) -> bool:
    """Whether a field is not wholly right."""
    value = metrics.get(key)
    return value is not None and value < 1.0


def compared(pages: Sequence[Scored]) -> str:
    """A row a reader: ours and others' on the same web pages of both halves, by field."""
    rows = [["ours", *_means(pages)]]
    for name, extract in OTHERS.items():
        theirs = [
            Scored(page.case, *scorer().score_case(page.case.gold, extract(page_of(page.case)))) for page in pages
        ]
        rows.append([name, *_means(theirs)])
    return table(["reader", "all", *(label for key, label in FIELDS.items() if key != "chrome")], rows)


def robustness(pages: Sequence[Case]) -> str:
    """A row a disturbance: how well web pages are read that lack what it takes from them, by field."""
    shares = {label: key for key, label in FIELDS.items()}
    rows = []
    for name in DISTURBANCES:
        found = all_scored(pages, name)
        rows.append(
            [name, shown(macro(found)), *(shown(mean(p.metrics.get(key) for p in found)) for key in shares.values())]
        )
    return table(["pages of *fit*, with", "all", *shares], rows)


def _means(pages: Sequence[Scored]) -> list[str]:
    means = (mean(page.metrics.get(key) for page in pages) for key in FIELDS if key != "chrome")
    return [shown(macro(pages)), *map(shown, means)]


# --- the command ------------------------------------------------------------------------------------------------------


def show(names: Sequence[str]) -> None:
    """Print what is misread of pages that may be looked at."""
    for name in names:
        if half_of(outlet_of(name)) == "judge" and not any(case.name == name for case in cases(*FIRST)):
            sys.exit(f"scores: {name} is of the judge half, which nobody looks at. Name pages of the fit half.")
    for case in cases(*FIRST, *SECOND):
        if case.name in names:
            page = scored(case)
            print(f"== {case.name} ({case.rendering}): {shown(page.metrics['macro'])}")
            for key, (missed, extra) in ((k, v) for k, v in page.details.items() if isinstance(v, tuple)):
                print(f"  {key}: missed or got {missed!r}\n    extra or wanted {extra!r}")


def renew(text: str, name: str, tables: str) -> str:
    """The document with other tables between the marks of a name."""
    before, begin, rest = text.partition(f"<!-- scores: {name} -->\n")
    if not begin:
        sys.exit(f"scores: the page has no place for the tables {name!r}")
    _, end, after = rest.partition("<!-- end of scores -->\n")
    return f"{before}{begin}{tables}\n{end}{after}"


def translate() -> None:
    """Give the Vietnamese page the tables of the English one, as they are: its text says what their words mean."""
    text = TRANSLATION.read_text(encoding="utf-8")
    tables = r"<!-- scores: (\w+) -->\n(.*?)\n<!-- end of scores -->\n"
    for name, found in re.findall(tables, DOCUMENT.read_text(encoding="utf-8"), re.DOTALL):
        text = renew(text, name, found)
    TRANSLATION.write_text(text, encoding="utf-8")


def main() -> None:
    """Renew the tables, or print what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--half", choices=["fit", "judge"])
    parser.add_argument("--show", nargs="+", metavar="NAME")
    parser.add_argument("--others", action="store_true")
    parser.add_argument("--disturbed", action="store_true")
    parser.add_argument("--translate", action="store_true")
    asked = parser.parse_args()
    if asked.translate:
        translate()
        return
    if asked.show:
        show(asked.show)
        return
    second = all_scored(case for case in cases(*SECOND) if asked.half in (None, case.half))
    if asked.half:
        print(report(second))
        worst = sorted((page for page in second if asked.half == "fit"), key=lambda page: page.metrics["macro"])
        for page in worst:
            wrong = [f"{label} {page.metrics[key]:.2f}" for key, label in FIELDS.items() if misread(page.metrics, key)]
            print(f"{page.metrics['macro']:.2f} {page.case.name} ({page.case.rendering}): {', '.join(wrong)}")
        return
    text = DOCUMENT.read_text(encoding="utf-8")
    for folder in FIRST:
        text = renew(text, folder.name, first_table(all_scored(cases(folder))))
    day = dt.datetime.now(dt.UTC).date()
    text = renew(text, "halves", f"Measured on {day}.\n\n{report(second)}")
    if asked.others:
        text = renew(
            text,
            "others",
            f"Measured on {day}.\n\n{compared([page for page in second if page.case.rendering == 'html'])}",
        )
    if asked.disturbed:
        web = [case for case in cases(SECOND[1]) if case.half == "fit"]
        text = renew(text, "disturbed", f"Measured on {day}.\n\n{robustness(web)}")
    DOCUMENT.write_text(text, encoding="utf-8")
    translate()


if __name__ == "__main__":
    main()
