"""The examples, for who looks at a desk for the first time."""

from collections.abc import Mapping

from publisher.packages import shipped


def shipped_examples() -> Mapping[str, bytes]:
    """The pages and pictures that come with us, by their names."""
    folder = shipped("examples")
    paths = (*folder.glob("[0-9]-*"), *folder.glob("pictures/*"))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(paths)}
