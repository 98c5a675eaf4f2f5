"""The shelf brought up to its issues: read ``refresh_shelf`` for the order, which is what makes it safe."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from publisher.automation.issues.proof import proofs_in
from publisher.automation.shelf.atom import FEED, feed
from publisher.automation.shelf.fronts import make_fronts
from publisher.automation.shelf.latest import latest_addresses, point
from publisher.automation.shelf.opds import CATALOGUE, catalogues
from publisher.automation.shelf.opds2 import CATALOGUE_2, catalogues_2
from publisher.automation.shelf.page import PAGE, page
from publisher.automation.shelf.presented import Presented, presented
from publisher.automation.shelf.retirement import ShelfState, delete, read_state, retire, unlisted, write_state
from publisher.automation.shelf.shelved import ISSUES, ShelfSettings, read_shelf
from publisher.automation.shelf.webpages import WebpagesAhead, contents_in, make_webpages
from publisher.errors import OutputError
from publisher.model.blocks import Value
from publisher.packages import code_digest
from publisher.seams import Keep, made_anew
from publisher.writing import holds, remove_unfinished, write_atomically


class Refreshed(Value, frozen=True, kw_only=True):
    """What a refresh did."""

    issues: int
    """How many are listed."""

    changed: tuple[str, ...]
    """The paths of what was written, in order."""

    removed: tuple[str, ...]
    warnings: tuple[str, ...]
    """Issues and covers that were left out, and why."""


def refresh_shelf(
    folder: Path,
    settings: ShelfSettings | None = None,
    keep: Keep = made_anew,
    ahead: WebpagesAhead | None = None,
) -> Refreshed:
    """Write what leads readers to the issues on the shelf. Without ``settings``, those of the last refresh hold.

    ``keep`` may have parts of it from before, and ``ahead`` the web pages of one issue.

    1. Thumbnails and the articles' web pages, which nothing leads to yet.
    2. The catalogues: first the lists that were not there yet, then those that may lead to them, then the entrances.
    3. The page; before it the addresses of the newest issue that were not there yet, since it names them.
    4. The addresses of the newest issue.
    5. The feed: who is told of an issue finds it.
    6. What was retired before the newest issue is deleted.

    Each file is replaced in one step, and only when its bytes change. Killed at any point, the next refresh completes
    it and removes what was left unfinished. OutputError when the shelf cannot be written to.
    """
    warnings: list[str] = []
    state = read_state(folder)
    settings = settings or state.settings
    issues = read_shelf(folder, warnings.append)
    shelf = presented(issues, settings)
    try:
        if state.made_of not in ("", _made_of(proofs_in(folder / ISSUES), settings)):
            # Killed from here on, it is neither what it was nor what it shall be.
            write_state(folder, msgspec.structs.replace(state, made_of=""))
        fronts = make_fronts(folder, shelf.issues, warnings.append, keep)
        shelf = msgspec.structs.replace(shelf, fronts=fronts, latest=latest_addresses(shelf.issues))
        read = dict(make_webpages(folder, shelf, keep, ahead))
        shelf = msgspec.structs.replace(shelf, webpages=contents_in(read))
        files = dict(_files(shelf))
        for place in {(folder / path).parent for path in files}:
            remove_unfinished(place)
        lists = [path for path in files if path not in _ENTRANCES]
        lists.sort(key=lambda path: (folder / path).exists())
        catalogue_paths = (*lists, CATALOGUE, CATALOGUE_2)
        changed = [path for path, is_new in read.items() if is_new]
        changed += [path for path in catalogue_paths if _write(folder / path, files[path])]
        new = [each for each in shelf.latest if not (folder / each[0]).exists()]
        changed += [name for name, path in new if point(folder, name, path)]
        changed += [PAGE] if _write(folder / PAGE, files[PAGE]) else []
        changed += [name for name, path in shelf.latest if point(folder, name, path)]
        changed += [FEED] if _write(folder / FEED, files[FEED]) else []
        pictures = {front.thumbnail.path for front in shelf.fronts.values()}
        current = {*files, *read, *pictures, *(name for name, _ in shelf.latest)}
        newest = shelf.issues[0].proof.week if shelf.issues else ""
        paths = unlisted(folder, current, issues[len(shelf.issues) :])
        retired, removable = retire(state.retired, paths, newest)
        delete(folder, removable)
        retired = {path: week for path, week in retired.items() if path not in removable}
        made_of = "" if warnings else _made_of(proofs_in(folder / ISSUES), settings)
        write_state(folder, ShelfState(settings=settings, retired=retired, made_of=made_of))
    except OSError as error:
        what = error.filename or folder
        raise OutputError(
            f"cannot refresh the shelf {folder}: {what}: {(error.strerror or str(error)).lower()}."
        ) from error
    return Refreshed(issues=len(shelf.issues), changed=tuple(changed), removed=removable, warnings=tuple(warnings))


def is_refreshed(folder: Path, proofs: Mapping[str, bytes], settings: ShelfSettings) -> bool:
    """Whether a refresh would change nothing but what others have done to its files: then its entrances are there.

    ``proofs`` are those of its issues, as ``proofs_in`` has them.
    """
    there = all((folder / name).is_file() for name in _ENTRANCES)
    return there and read_state(folder).made_of == _made_of(proofs, settings)


def _made_of(proofs: Mapping[str, bytes], settings: ShelfSettings) -> str:
    """What a refresh starts from, in short."""
    digest = hashlib.sha256(code_digest(("automation",), ()))
    digest.update(msgspec.json.encode(settings))
    for week, data in proofs.items():
        digest.update(week.encode() + data)
    return digest.hexdigest()


_ENTRANCES = (CATALOGUE, CATALOGUE_2, PAGE, FEED)
"""What readers are told the addresses of."""


def _files(shelf: Presented) -> Iterator[tuple[str, bytes]]:
    yield from catalogues(shelf)
    yield from catalogues_2(shelf)
    yield PAGE, page(shelf)
    yield FEED, feed(shelf)


def _write(path: Path, data: bytes) -> bool:
    """Put the bytes there, unless they are; whether that changed anything."""
    if holds(path, data):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, data)
    return True
