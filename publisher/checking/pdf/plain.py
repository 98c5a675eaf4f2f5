"""A file's objects as plain values, each asked for whole: to ask qpdf for entry after entry takes four times as long.

They are what qpdf writes as JSON (its manual, "qpdf JSON", version 2): numbers, arrays and dictionaries are Python's;
names, texts and references are ``str``, told apart by how they begin: ``/Span``, or ``n:/`` where a name is no UTF-8;
``u:``, or ``b:`` before bytes in hexadecimal; ``12 0 R``.
"""

from typing import Any

import msgspec
import pikepdf

from publisher.checking.pdf.marks import ObjectId

__all__ = ["DIRECT", "Objects", "name_of", "number_of_reference", "reference_to", "text_of"]

DIRECT = (0, 0)
"""The number of what has none, since it stands inside another object."""

_decoded = msgspec.json.Decoder().decode


class Objects:
    """Those of one file."""

    def __init__(self, file: pikepdf.Pdf) -> None:
        self._get = file.get_object

    def resolved(self, value: Any) -> Any:
        """The value, or what it refers to; of a stream, its dictionary. What is inside may still be a reference."""
        if type(value) is not str or not value[0].isdecimal():
            return value
        number, generation, _ = value.split(" ")
        return _decoded(self._get(int(number), int(generation)).to_json(True))

    def entry(self, value: dict[str, Any], key: str) -> Any:
        """An entry of a dictionary, as it is and not as a reference; ``None`` when there is none."""
        found = value.get(key)
        return self.resolved(found) if type(found) is str and found[0] != "/" else found


def plain(value: pikepdf.Object) -> Any:
    """An object of the file."""
    return _decoded(value.to_json(True))


def reference_to(number: ObjectId) -> str:
    """A reference to the object of that number."""
    return "{} {} R".format(*number)


def number_of_reference(value: Any) -> ObjectId | None:
    """The number of what a value refers to; ``None`` when it is no reference."""
    if type(value) is not str or not value[:1].isdecimal():
        return None
    number, generation, _ = value.split(" ")
    return int(number), int(generation)


def name_of(value: Any) -> str | None:
    """A name, without its solidus; ``None`` when the value is none."""
    if type(value) is not str:
        return None
    if value[0] == "/":
        return value[1:]
    return value[3:] if value.startswith("n:/") else None


def text_of(value: Any) -> str | None:
    """A string as text, or whatever else can be shown; ``None`` for dictionaries, arrays and nothing."""
    if value is None or isinstance(value, (dict, list)):
        return None
    if not isinstance(value, str):
        return str(value)
    if value.startswith("b:"):
        return str(pikepdf.String(bytes.fromhex(value[2:])))
    return value.removeprefix("u:")
