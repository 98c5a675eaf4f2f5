"""A hook of mkdocs: the site holds what ``docs`` holds, and the pages outside of it that its pages link to.

In the checkout a page of ``docs`` links to ``../CONTRIBUTING.md``, and that one to ``docs/architecture.md``. For the
site both are put side by side in a folder of its own, and links out of ``docs`` and into it lose a step. A link to a
folder leads to the nearest README, in it or above.
"""

import posixpath
import re
import shutil
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority

LINK = re.compile(r"(?<=\]\()(?!https?:|mailto:|#)([^)#\s]+)")


@event_priority(100)  # Before the plugins that look at the folder.
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """With the folder in the place of ``docs``; it lies beside the site."""
    root, pages = Path(config.config_file_path).parent, Path(config.site_dir).with_name("pages")
    if Path(config.docs_dir) == pages:  # Once for all languages.
        return config
    shutil.rmtree(pages, ignore_errors=True)
    waiting = [(path, path.relative_to(config.docs_dir).as_posix()) for path in Path(config.docs_dir).rglob("*.*")]
    seen = {place for _, place in waiting}
    while waiting:
        path, place = waiting.pop()
        (pages / place).parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".md":
            shutil.copy(path, pages / place)
            continue
        prefix = "docs/" if path.is_relative_to(config.docs_dir) else ""
        text = path.read_text(encoding="utf-8")
        for wanted in {_in_site(link, prefix + place, root) for link in LINK.findall(text)} - seen:
            seen.add(wanted)
            waiting.extend([(root / wanted, wanted)] if (root / wanted).is_file() else [])
        (pages / place).write_text(_relinked(text, prefix, place, root), encoding="utf-8")
    config.docs_dir = str(pages)
    return config


def _relinked(text: str, prefix: str, place: str, root: Path) -> str:
    def link(found: re.Match[str]) -> str:
        return posixpath.relpath(_in_site(found[1], prefix + place, root), posixpath.dirname(place) or ".")

    return LINK.sub(link, text)


def _in_site(target: str, origin: str, root: Path) -> str:
    """Where a link of the file at ``origin`` leads, from the site's root."""
    wanted = Path(posixpath.normpath(posixpath.join(posixpath.dirname(origin), target)))
    if (root / wanted).is_dir():
        readmes = (folder / "README.md" for folder in (wanted, *wanted.parents))
        wanted = next(readme for readme in readmes if (root / readme).is_file())
    return wanted.as_posix().removeprefix("docs/")
