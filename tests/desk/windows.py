"""Windows of a real browser on a desk that was started as people start it."""

import contextlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.validators import axe

VIEWS = ("folder", "pictures", "issue", "look", "export", "digest", "themes")
COUNTING = """
window.clicks = 0
addEventListener('click', event => { if (event.isTrusted && event.detail) window.clicks += 1 }, true)
"""
"""Counts what a hand does: neither keys nor programs click so."""

GONE_TO = """name => new Promise(done => {
  if (location.hash === `#/${name}`) return done()
  addEventListener('hashchange', () => done(), { once: true }) // The desk heard it before: it was there first.
  location.hash = `#/${name}`
})"""

FAR = """() => [...document.querySelectorAll('a, button, input, select, textarea, h1, h2, h3, p')].filter(each => {
  const box = each.getBoundingClientRect()
  if (!box.width || !each.checkVisibility({ visibilityProperty: true }) || each.closest('.skip, .unseen')) return false
  for (let around = each.parentElement; around; around = around.parentElement)
    if (/auto|scroll/.test(getComputedStyle(around).overflowX) && around.scrollWidth > around.clientWidth) return false
  return box.left < -1 || box.right > innerWidth + 1
}).map(each => each.outerHTML.slice(0, 120))"""
"""What stands beyond the edges of the window, where nothing moves it into sight."""


@contextlib.contextmanager
def desk(folder: Path, *options: str) -> Iterator[str]:
    """The address of a desk on a folder, with its token, while it runs."""
    command = [sys.executable, "-m", "publisher", "desk", str(folder), "--port", "0", "--no-browser", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as running:
        try:
            line = running.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found, line
            yield found[0]
        finally:
            running.terminate()


@contextlib.contextmanager
def window(browser: Any, folder: Path, locale: str) -> Iterator[Any]:
    """A window of its own on a desk of its own."""
    with desk(folder) as address, contextlib.closing(browser.new_context(locale=locale)) as context:
        page = context.new_page()
        page.goto(address)
        yield page


def until(page: Any, script: str, argument: object = None, *, deadline_s: int = 60) -> None:
    """Wait until a script says so. Playwright's own way has the page evaluate words, which the desk forbids it."""
    for _ in range(deadline_s * 25):
        if page.evaluate(script, argument):
            return
        page.wait_for_timeout(40)
    raise AssertionError(f"it did not come: {script}")


def view(page: Any, name: str) -> None:
    """Go to a view and wait until it stands."""
    page.evaluate(GONE_TO, name)
    until(page, "!document.querySelector('.work .bone, .work [aria-busy=true]')")


def rendered(page: Any) -> None:
    """Wait until no page is on its way."""
    until(page, "document.querySelector('.sheets')?.getAttribute('aria-busy') === 'false'")


def violations(page: Any, *rules: str) -> list[str]:
    """What axe finds on a page as it stands; of some rules alone when they are named."""
    page.evaluate(axe())
    # A page picture is another document, of which axe knows nothing to say.
    options = {"resultTypes": ["violations"], **({"runOnly": list(rules)} if rules else {})}
    found = page.evaluate("options => window.axe.run(document, options)", options)
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found["violations"] for node in rule["nodes"]]


def saved(page: Any) -> None:
    """Wait until the last change is in the folder."""
    until(page, "/Saved|Đã lưu/.test(document.querySelector('.saved').textContent)")
