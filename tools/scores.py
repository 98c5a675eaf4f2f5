"""Renews the tables of scores in docs/reading.md from the annotated pages in ../shared, with their own score.py."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
DOCUMENT = ROOT / "docs" / "reading.md"
COMMAND = f"{ROOT / '.venv' / 'bin' / 'publisher'} read {{file}} --format json"
NAMES = {
    "title": "headline",
    "standfirst": "standfirst",
    "byline": "bylines",
    "body_f1": "body",
    "captions_f1": "captions",
    "related_f1": "related headlines",
    "teasers_f1": "teasers",
    "chrome": "furniture",
}


def scorer() -> ModuleType:
    """The corpus's own scoring, as a module."""
    sys.path.insert(0, str(CORPUS))
    return importlib.import_module("score")


def table(score: ModuleType, kind: str) -> str:
    """A row for each page: its score, and each part that is not wholly right with its own."""
    rows = ["| page | macro | what is misread |", "| --- | --- | --- |"]
    scores = []
    for name, path, gold in score.load_cases(str(CORPUS / kind)):
        raw, error = score.with_plain_file(path, lambda file: score.run(COMMAND, file))
        metrics, _ = score.score_case(gold, raw)
        wrong = [f"{label} {metrics[key]:.2f}" for key, label in NAMES.items() if (metrics.get(key) or 1.0) < 1.0]
        rows.append(f"| {name} | {metrics['macro']:.2f} | {error or ', '.join(wrong) or 'nothing'} |")
        scores.append(metrics["macro"])
    rows.append(f"| all {len(scores)} | {sum(scores) / len(scores):.2f} | |")
    return "\n".join(rows)


def main() -> None:
    """Renew both tables."""
    if not CORPUS.is_dir():
        sys.exit("scores: the annotated pages (../shared/corpus) are not here")
    score = scorer()
    text = DOCUMENT.read_text(encoding="utf-8")
    for kind in ("text", "html"):
        before, begin, rest = text.partition(f"<!-- scores: {kind} -->\n")
        _, end, after = rest.partition("<!-- end of scores -->\n")
        text = f"{before}{begin}{table(score, kind)}\n{end}{after}"
    DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
