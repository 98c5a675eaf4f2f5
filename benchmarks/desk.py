"""A desk that is open: what a change of a caption costs until the new page is there, and how soon the first card is."""

import json
import re
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

TICKS = 100
"""Of processor time a second, as the kernel counts it for everybody (proc(5))."""


class OpenDesk:
    """``publisher desk`` in a process of its own. Use it as a context manager."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "publisher", "desk", str(folder), "--no-browser"], stdout=subprocess.PIPE, text=True
        )
        address = re.search(r"http\S+", self._process.stdout.readline())[0]
        self._began = time.monotonic()
        self._base = address.partition("/?")[0]
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._opener.open(address).read()

    def __enter__(self) -> "OpenDesk":
        return self

    def __exit__(self, *exception: object) -> None:
        self._process.terminate()
        self._process.wait()

    def ask(self, path: str, body: object = None, method: str = "GET") -> dict:
        """What the desk answers."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"Sec-Fetch-Site": "same-origin"}
        request = urllib.request.Request(self._base + path, data, headers, method=method)  # noqa: S310 - our own server
        with self._opener.open(request) as answer:
            return json.load(answer)

    def picture(self, image: str) -> bytes:
        """A page as PNG."""
        with self._opener.open(f"{self._base}/api/images/{image}.png") as answer:
            return answer.read()

    def first_card_s(self) -> float:
        """Seconds from when the address is printed until the first card is read."""
        while not any(card["state"] == "read" for card in self.ask("/api/desk")["cards"]):
            time.sleep(0.02)
        return time.monotonic() - self._began

    def settled(self) -> dict:
        """The desk when all is read and laid out."""
        while True:
            state = self.ask("/api/desk")
            if state["reading"]["done"] == state["reading"]["total"] and state["render"]["state"] == "done":
                return state
            time.sleep(0.5)

    def processor_s(self) -> float:
        """What the desk and its children have used, those that have ended too."""
        return sum(_used(pid) for pid in _family(self._process.pid))

    def change_s(self, at: int, words: str) -> tuple[float, float, int]:
        """Processor seconds from a change of a headline until a picture with it is there, and until all are; the pages.

        The first picture of a long issue is a galley: the article by itself.
        """
        state = self.settled()
        card = state["cards"][at]
        page = self.ask(f"/api/pages/{card['page']}")
        line = next(line for line in page["lines"] if line["role"] == "headline")
        shown = {each["image"] for each in state["render"]["pages"]}
        before = self.processor_s()
        self.ask(
            f"/api/pages/{card['page']}/lines",
            {"revision": page["revision"], "changes": [{"n": line["n"], "becomes": words}]},
            "PATCH",
        )
        first_s = None
        while True:
            render = self.ask("/api/render")
            made = [page for galley in render["galleys"] for page in galley["pages"]]
            made += render["pages"] if render["state"] == "done" else []
            fresh = [each["image"] for each in made if each["image"] not in shown]
            if first_s is None and fresh:
                self.picture(fresh[0])
                first_s = self.processor_s() - before
            if render["state"] == "done":
                return first_s, self.processor_s() - before, len(render["pages"])
            time.sleep(0.1)  # A browser is told, and does not ask: what asking costs is not to be counted.


def _family(pid: int) -> list[int]:
    """A process and all that come from it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            found += _family(int(child))
    return found


def _used(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS
