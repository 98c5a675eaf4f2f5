"""The files that a desk writes: each change is a step that can be undone, and none goes over somebody else's."""

import hashlib
import threading
from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from publisher.desk.folder import DeskFolder
from publisher.desk.steps import StepName, step_name
from publisher.errors import OutputError
from publisher.writing import write_atomically

Content: TypeAlias = bytes | None
"""What a file holds; ``None`` where there is none."""

MOST_STEPS = 500
KEPT_BYTES = 256 * 1024**2
"""What files held that is kept for steps; the last one is kept whatever it holds."""

_TYPED_TOGETHER_S = 3.0
"""Letters that are typed in the same place within so much time are undone at once."""


class ConflictError(OutputError):
    """A file, ``name``, is not as it was when somebody decided to change it: ``was`` is what they knew of it."""

    def __init__(self, name: str, was: Content) -> None:
        super().__init__(
            f"{name} was changed meanwhile, by another window, an editor or a colleague. Look at what it says now."
        )
        self.name = name
        self.was = was


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One change of some files."""

    what: StepName
    """What was changed."""

    before: Mapping[str, Content]
    after: Mapping[str, Content]
    place: str = ""
    """Where something is being typed."""

    at_s: float = 0.0

    @property
    def size_bytes(self) -> int:
        """How much it keeps of what files held."""
        return sum(len(content or b"") for side in (self.before, self.after) for content in side.values())


class Drafts:
    """The files, with the steps that led to what they are."""

    def __init__(self, folder: DeskFolder, kept_bytes: int = KEPT_BYTES) -> None:
        self._folder = folder
        self._kept_bytes = kept_bytes
        self._lock = threading.RLock()
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._met: dict[str, Content] = {}
        """What files held, by revision: to tell what changed."""

    def content(self, name: str) -> Content:
        """What a file holds. InputError when it cannot be read."""
        data = self._folder.read(name)
        self._met[revision_of(data)] = data
        return data

    def revision(self, name: str) -> str:
        """By what a file's content is known."""
        return revision_of(self.content(name))

    def expect(self, name: str, revision: str) -> None:
        """ConflictError when a file is at another revision."""
        if self.revision(name) != revision:
            raise ConflictError(name, self._met.get(revision))

    def change(
        self,
        what: StepName,
        changes: Mapping[str, Content],
        known: Mapping[str, str],
        place: str = "",
        at_s: float = 0.0,
    ) -> None:
        """Write the files, as one step. ``known`` says of files on which revision the change was decided.

        ConflictError where one is not as it was known; OutputError when one cannot be written.
        """
        with self._lock, self._folder.locked():
            for name, revision in known.items():
                self.expect(name, revision)
            before = {name: self.content(name) for name in changes}
            if before == changes:
                return
            self._write(changes)
            last = self._done[-1] if self._done else None
            if last and place and last.place == place and at_s - last.at_s < _TYPED_TOGETHER_S:
                before = {**before, **last.before}
                self._done.pop()
            after = {name: self.content(name) for name in before}
            self._took(Step(what=what, before=before, after=after, place=place, at_s=at_s))

    def add(self, wanted: str, data: bytes) -> str:
        """The name of a new file with these bytes: as wanted, made safe, and none that is there. OutputError."""
        with self._lock, self._folder.locked():
            name = self._folder.free_name(wanted)
            write_atomically(self._folder.place(name), data)
            self._took(Step(what=step_name("bringing", name), before={name: None}, after={name: data}))
        return name

    def _took(self, step: Step) -> None:
        """Keep a step that was taken, and as many before it as there is room for."""
        self._undone.clear()
        self._done.append(step)
        del self._done[:-MOST_STEPS]
        held = 0
        for at in reversed(range(len(self._done))):
            held += self._done[at].size_bytes
            if held > self._kept_bytes and at < len(self._done) - 1:
                del self._done[: at + 1]
                return

    def undo(self) -> StepName | None:
        """Take the last step back, and say what it was; ``None`` when there is none. ConflictError as of a change."""
        return self._go(self._done, self._undone, back=True)

    def redo(self) -> StepName | None:
        """Do the step again that was taken back last."""
        return self._go(self._undone, self._done, back=False)

    def _go(self, steps: list[Step], others: list[Step], *, back: bool) -> StepName | None:
        with self._lock, self._folder.locked():
            if not steps:
                return None
            step = steps[-1]
            was, becomes = (step.after, step.before) if back else (step.before, step.after)
            for name, content in was.items():
                if self.content(name) != content:
                    raise ConflictError(name, content)
            self._write(becomes)
            others.append(steps.pop())
            return step.what

    @property
    def steps(self) -> tuple[StepName | None, StepName | None]:
        """What would be undone, and what done again; ``None`` for nothing."""
        with self._lock:
            return (
                self._done[-1].what if self._done else None,
                self._undone[-1].what if self._undone else None,
            )

    def _write(self, changes: Mapping[str, Content]) -> None:
        for name, content in changes.items():
            path = self._folder.place(name)
            if content is None:
                path.unlink(missing_ok=True)
            else:
                write_atomically(path, content)


def revision_of(content: Content) -> str:
    """A short name of what a file holds; that of an empty one is that of none."""
    return hashlib.sha256(content or b"").hexdigest()[:12]
