"""Names of files that are looked for in texts: all at once, since both are hundreds."""

import re
from collections import defaultdict
from collections.abc import Collection

__all__ = ["Names"]


class Names:
    """Some names, nearly all of them of files in a few folders."""

    def __init__(self, names: Collection[str]) -> None:
        self._names = names
        folders: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names, key=len, reverse=True):
            folder, slash, rest = name.rpartition("/")
            folders[folder + slash].append(re.escape(rest))
        # What is looked ahead for is not passed over: another may begin in the middle of it. And as the folder is asked
        # for first, it does not matter how many names there are.
        self._patterns = [
            re.compile(f"(?=({re.escape(folder)}(?:{'|'.join(rests)})))") for folder, rests in folders.items()
        ]

    def in_text(self, text: str) -> set[str]:
        """Those that stand in the text, be it as a part of something longer."""
        longest = {name for pattern in self._patterns for name in pattern.findall(text)}
        return {name for name in self._names if any(name in each for each in longest)}
