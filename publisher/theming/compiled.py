"""Templates that were compiled before: in this process, and beside what Python has compiled of this package."""

import contextlib
import functools
import hashlib
import marshal
import os
import shutil
import sys
from importlib.util import cache_from_source
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket, bc_magic

from publisher.packages import code_digest
from publisher.theming.theme import shipped_themes

_SUFFIX = ".pyc"
"""What tells bytecode from code where the code is digested."""

LIMIT_FILES = 1_000
"""Of the folder; the themes that come with us have some 200 templates."""

_DIGEST = 32
"""Bytes of the SHA-256 digest before the code, by which a file that was not written whole is told."""


class CompiledTemplates(BytecodeCache):
    """By place and text: compiling is most of the work of a rendition, and a tenth of what a brief takes.

    Nothing of one rendition gets into another: the compiler computes by itself only what asks for no context, and the
    filters that know a target or a language ask for one.

    Those of the themes that come with us are kept on the disk, in a folder where Python keeps what it compiles of this
    package: who can write there can change our code as well. Where nothing can be written, nothing is kept.
    """

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The theme and the path, ``base:print/page.xhtml``."""
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code in the bucket, if it is there."""
        key = bucket.key, bucket.checksum
        bucket.code = self.codes.get(key) or self._read(bucket)
        if bucket.code is not None:
            self.codes[key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code."""
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code
            if not sys.dont_write_bytecode:
                with contextlib.suppress(OSError):
                    _write(_place(bucket), marshal.dumps(bucket.code))

    def _read(self, bucket: Bucket) -> CodeType | None:
        place = _place(bucket)
        try:
            data = place.read_bytes() if place else b""
        except OSError:
            return None
        code = data[_DIGEST:]
        if not code or hashlib.sha256(code).digest() != data[:_DIGEST]:
            return None
        try:
            found: CodeType = marshal.loads(code)  # noqa: S302 - as trusted as this module's own, beside which it lies
        except (EOFError, ValueError, TypeError):  # That of another build of the same Python.
            return None
        return found


def _place(bucket: Bucket) -> Path | None:
    """The file of a template of ours; ``None`` for others', and where our code is in no folder."""
    folder, (theme, _, path) = _folder(), bucket.key.partition(":")
    if folder is None or not path or not (shipped_themes() / theme / path).is_file():
        return None
    return folder / f"{hashlib.sha256(f'{bucket.key} {bucket.checksum}'.encode()).hexdigest()}{_SUFFIX}"


@functools.cache
def _folder() -> Path | None:
    """Where the compiled templates of this very code are; ``None`` where our code is in no folder."""
    if not Path(__file__).is_file():
        return None
    ours = hashlib.sha256(code_digest(("theming",), ()) + bc_magic).hexdigest()
    return Path(cache_from_source(__file__)).parent / f"templates-{sys.implementation.cache_tag}-{ours[:16]}"


def _write(place: Path | None, code: bytes) -> None:
    """Write the file whole, or not at all; what other code of ours has left goes."""
    if place is None:
        return
    if not place.parent.is_dir():
        for old in place.parent.parent.glob(f"templates-{sys.implementation.cache_tag}-*"):
            shutil.rmtree(old, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
    if sum(1 for _ in place.parent.iterdir()) >= LIMIT_FILES:
        return
    unfinished = place.with_suffix(f".{os.getpid()}{_SUFFIX}")
    unfinished.write_bytes(hashlib.sha256(code).digest() + code)
    unfinished.replace(place)
