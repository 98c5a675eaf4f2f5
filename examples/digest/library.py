"""One week of this digest from Python: ``python library.py 2026-W12``, in this folder.

It reads both outlets' pages, makes an e-book that lists the pages of the PDF made with it, and looks at both.
"""

import sys
from pathlib import Path

import publisher

week = sys.argv[1]
pages = Path("pages") / week
had = [
    *publisher.read(pages / "ban-tin").articles,
    *publisher.read(pages / "ben-song", outlet=Path("outlets/ben-song.toml")).articles,
]
issue = publisher.compile(had, title="Tuần Lam Sa", number=week)
look = {"theme": "lam-sa", "theme_folders": [Path("themes")]}
pdf = publisher.render(issue, "pdf", **look, options={"wave": "high"})
book = publisher.render(issue, "epub", **look, pages_of=pdf)
for name, made in {f"{week}.pdf": pdf, f"{week}.epub": book}.items():
    Path(name).write_bytes(made.data)
    errors = [finding for finding in publisher.check(made.data).findings if finding.severity == "error"]
    print(f"{name}: {len(issue.articles)} articles, {len(made.problems)} problems, {len(errors)} errors")
