"""The examples, for who looks at a desk for the first time."""

from collections.abc import Mapping
from pathlib import Path


def shipped_examples() -> Mapping[str, bytes]:
    """The pages and pictures that come with us, by their names: from the installed package, else from the checkout."""
    package = Path(__file__).parent.parent
    packaged = package / "examples"
    folder = packaged if packaged.is_dir() else package.parent / "examples"
    paths = (*folder.glob("[0-9]-*"), *folder.glob("pictures/*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}
