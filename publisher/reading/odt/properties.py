"""What an OpenDocument text says of itself (4.3)."""

from publisher.reading.odt.markup import DC, FO, META, OFFICE, STYLE
from publisher.reading.odt.package import OdtPackage
from publisher.reading.office.properties import Properties, properties_of

_DEFAULT = f"{OFFICE}styles/{STYLE}default-style[@{STYLE}family='paragraph']/{STYLE}text-properties"


def read_properties(package: OdtPackage) -> Properties:
    """The properties; who wrote it first counts before who changed it last."""
    meta = package.meta.find(f"{OFFICE}meta") if package.meta is not None else None
    first, last, language = (
        meta.findtext(name) or "" if meta is not None else ""
        for name in (f"{META}initial-creator", f"{DC}creator", f"{DC}language")
    )
    return properties_of(first.strip() or last, language.strip() or _typed_in(package))


def _typed_in(package: OdtPackage) -> str:
    """The language of the default style; ``""`` without one."""
    properties = package.styles.find(_DEFAULT) if package.styles is not None else None
    if properties is None:
        return ""
    said = (properties.get(f"{FO}{part}") for part in ("language", "country"))
    return "-".join(part for part in said if part and part not in ("none", "zxx"))
