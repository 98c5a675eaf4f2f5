"""Templates that were compiled before: in this process, and beside what Python has compiled of this package."""

import marshal
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket, bc_magic

from publisher import beside
from publisher.packages import code_digest
from publisher.theming.theme import shipped_themes


class CompiledTemplates(BytecodeCache):
    """By place and text: compiling is most of the work of a rendition, and a tenth of what a brief takes.

    Nothing of one rendition gets into another: the compiler computes by itself only what asks for no context, and the
    filters that know a target or a language ask for one.

    Those of the themes that come with us are kept for other processes (``beside``).
    """

    def __init__(self) -> None:
        self.codes: dict[tuple[str, str], CodeType] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The theme and the path, ``base:print/page.xhtml``."""
        return filename or name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code in the bucket, if it is there."""
        key = bucket.key, bucket.checksum
        bucket.code = self.codes.get(key) or _found(bucket)
        if bucket.code is not None:
            self.codes[key] = bucket.code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code."""
        if bucket.code is not None:
            self.codes[bucket.key, bucket.checksum] = bucket.code
            if _is_ours(bucket):
                beside.keep(_key(bucket), marshal.dumps(bucket.code))


def _found(bucket: Bucket) -> CodeType | None:
    code = beside.find(_key(bucket)) if _is_ours(bucket) else None
    if code is None:
        return None
    try:
        found: CodeType = marshal.loads(code)  # noqa: S302 - as trusted as this module's own, beside which it lies
    except (EOFError, ValueError, TypeError):  # That of another build of the same Python.
        return None
    return found


def _is_ours(bucket: Bucket) -> bool:
    """Whether it is a template of a theme that comes with us."""
    theme, _, path = bucket.key.partition(":")
    return bool(path) and (shipped_themes() / theme / path).is_file()


def _key(bucket: Bucket) -> bytes:
    return b" ".join((f"template {bucket.key} {bucket.checksum}".encode(), bc_magic, code_digest(("theming",), ())))
