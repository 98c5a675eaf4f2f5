"""What the package says of itself on an index: its addresses, and the README with links that lead somewhere from there.

Hatchling calls it when it builds. Where the project lives is said in one place, ``home`` under
``[tool.hatch.metadata.hooks.custom]`` in pyproject.toml; while that is empty there are no addresses, and no links.
"""

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\((?![a-z]+:|#)([^()\s]+)\)")


class AddressHook(MetadataHookInterface):
    """Gives the project its ``urls`` and its ``readme``."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Fill both in."""
        home, version = self.config["home"], metadata["version"]
        text = Path(self.root, "README.md").read_text(encoding="utf-8")
        metadata["urls"] = urls(home, version)
        metadata["readme"] = {"content-type": "text/markdown", "text": readme(text, home, version)}


def urls(home: str, version: str) -> dict[str, str]:
    """The project's addresses by their labels; none without a home."""
    if not home:
        return {}
    return {
        "Homepage": home,
        "Documentation": f"{home}/tree/v{version}/docs",
        "Changelog": f"{home}/blob/v{version}/CHANGELOG.md",
        "Issues": f"{home}/issues",
    }


def readme(text: str, home: str, version: str) -> str:
    """The README with each link to a file led to it as it was in this version; without a home, its words alone."""

    def led(link: re.Match[str]) -> str:
        picture, words, target = link.groups()
        return f"{picture}[{words}]({home}/{'raw' if picture else 'blob'}/v{version}/{target})" if home else words

    return _LINK.sub(led, text)
