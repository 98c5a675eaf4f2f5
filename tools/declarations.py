"""Writes ``publisher/writing/pdf/declarations.py``: the engine's C declarations, parsed by cffi once for all."""

import ast
import hashlib
import sys
import tempfile
from pathlib import Path

import cffi

sys.path.insert(0, str(Path(__file__).parent.parent))

from publisher.writing.pdf.startup import engine_source

TARGET = Path(__file__).parent.parent / "publisher" / "writing" / "pdf" / "declarations.py"

HEAD = '''"""The engine's C declarations, parsed by cffi: made by ``tools/declarations.py``, and by no hand."""

SOURCE_SHA256 = "{digest}"
"""Of the engine's module that they were taken from; of any other they say nothing."""

DECLARATIONS = dict(
{arguments})
'''


def declarations() -> str:
    """The text of the module, for the engine that is installed."""
    source = engine_source()
    if source is None:
        raise SystemExit("WeasyPrint is not installed. Install it first.")
    data = source.read_bytes()
    ffi = cffi.FFI()
    for node in ast.walk(ast.parse(data)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "ffi.cdef":
            ffi.cdef(ast.literal_eval(node.args[0]))
    ffi.set_source("weasyprint", None)
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder) / "parsed.py"
        ffi.emit_python_code(str(written))
        parsed = written.read_text(encoding="ascii")
    arguments = parsed.partition("FFI('weasyprint',\n")[2].rstrip().removesuffix(")")
    return HEAD.format(digest=hashlib.sha256(data).hexdigest(), arguments=arguments)


if __name__ == "__main__":
    TARGET.write_text(declarations(), encoding="ascii")
