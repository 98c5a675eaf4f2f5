"""How long reading takes, by the size and the shape of a page: ``python benchmarks/sizes.py``.

The first row is a usual page, read again and again in one process; the others are absurd pages, read once. Seconds are
those of this machine: what counts is that ten times the size costs about ten times the time.
"""

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.generate import write_pages
from publisher.model import Source
from publisher.reading import read

SENTENCE = "Sáng nay, ban quản lý cho biết cây cầu đã được kiểm tra lần cuối trước khi đón những chuyến xe đầu tiên. "


def seconds(text: str) -> float:
    """Processor time of reading a text once."""
    source = Source(name="page.txt", data=text.encode())
    started = time.process_time()
    read(source)
    return time.process_time() - started


def usual_page() -> str:
    """A page of the benchmark's own."""
    with tempfile.TemporaryDirectory() as folder:
        write_pages(Path(folder), 1)
        return next(Path(folder).rglob("*.txt")).read_text(encoding="utf-8")


def main() -> None:
    """Print the table."""
    page = usual_page()
    best = min(seconds(page) for _ in range(100))
    paragraph = SENTENCE * 4
    sized = {
        "1 MB of paragraphs": f"Cầu mới\n\n{(paragraph + chr(10) * 2) * (10**6 // len(paragraph.encode()))}",
        "10 MB of paragraphs": f"Cầu mới\n\n{(paragraph + chr(10) * 2) * (10**7 // len(paragraph.encode()))}",
        "one line of 0.5 MB": SENTENCE * (500_000 // len(SENTENCE.encode())),
        "one line of 5 MB": SENTENCE * (5_000_000 // len(SENTENCE.encode())),
        "10,000 short lines": "\n".join(f"dòng {number}" for number in range(10_000)),
        "100,000 short lines": "\n".join(f"dòng {number}" for number in range(100_000)),
    }
    print("| page | seconds |\n| --- | --- |")
    print(f"| a usual page of {page.count(chr(10))} lines, warm | {best:.4f} |")
    for name, text in sized.items():
        print(f"| {name} | {seconds(text):.2f} |")


if __name__ == "__main__":
    main()
