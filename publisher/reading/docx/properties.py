"""The core properties of a Word document (ECMA-376, part 2, 11)."""

from publisher.reading.docx.package import Package
from publisher.reading.office.properties import Properties, properties_of

_DC = "{http://purl.org/dc/elements/1.1/}"


def read_properties(package: Package) -> Properties:
    """The properties; none when there are none."""
    root = package.related("", "core-properties")
    if root is None:
        return Properties()
    return properties_of(root.findtext(f"{_DC}creator") or "", (root.findtext(f"{_DC}language") or "").strip())
