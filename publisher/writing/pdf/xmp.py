"""The XMP packet: what a PDF says of itself, and the standards that it follows, in one ``rdf:RDF``.

PDF/A allows properties of other standards only with their schema described in the packet (ISO 19005-3, 6.6.2.3), so the
PDF/UA identifier brings its own. PDF/X has no such rule, and asks for identifiers and dates instead (ISO 15930-7, 6.7).
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from html import escape
from typing import Self

import msgspec

from publisher.model import Metadata

_HEADER = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
_FOOTER = '<?xpacket end="w"?>'

_NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}

PRESS_VERSION = "PDF/X-4"

UNDATED = dt.date(2000, 1, 1)
"""Stands where PDF/X asks for a date and the issue has none: the day of the build would change the bytes."""

_UA_SCHEMA = """\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """What tells one file for the press from all others. It follows from the issue, never from chance or the day."""

    document: uuid.UUID
    """The same for every file of the issue."""

    instance: uuid.UUID
    """The same for every file of the issue that is made for the press in the same way."""

    moment: dt.datetime
    """Aware, UTC."""

    @classmethod
    def of(cls, metadata: Metadata, making: str) -> Self:
        """The identity of the issue with that metadata, made in a way that ``making`` tells from other ways."""
        document = uuid.uuid5(uuid.NAMESPACE_URL, metadata.identifier)
        midnight = dt.datetime.combine(metadata.date or UNDATED, dt.time(), dt.UTC)
        return cls(document=document, instance=uuid.uuid5(document, making), moment=midnight)


def xmp_packet(metadata: Metadata, producer: str) -> bytes:
    """The packet, in UTF-8: PDF/A-3a, PDF/UA-1, and the metadata that are known."""
    dates = []
    if metadata.date:
        day = metadata.date.isoformat()
        dates = [_simple("xmp:CreateDate", day), _simple("xmp:ModifyDate", day), _list("dc:date", "Seq", [day])]
    return _packet(
        [
            "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            _UA_SCHEMA,
            *_described(metadata, producer),
            *dates,
        ]
    )


def press_packet(metadata: Metadata, producer: str, identity: Identity) -> bytes:
    """The packet of a file for the press, in UTF-8: PDF/X-4, and the metadata that are known."""
    moment = identity.moment.strftime("%Y-%m-%dT%H:%M:%SZ")
    return _packet(
        [
            _simple("pdfxid:GTS_PDFXVersion", PRESS_VERSION),
            _simple("pdf:Trapped", "False"),
            *_described(metadata, producer),
            *(_simple(f"xmp:{name}", moment) for name in ("CreateDate", "ModifyDate", "MetadataDate")),
            _simple("xmpMM:DocumentID", f"uuid:{identity.document}"),
            _simple("xmpMM:InstanceID", f"uuid:{identity.instance}"),
            _simple("xmpMM:VersionID", "1"),
            _simple("xmpMM:RenditionClass", "default"),
        ]
    )


def _described(metadata: Metadata, producer: str) -> list[str]:
    """What both kinds of file say of their content and their making."""
    return [
        "<dc:format>application/pdf</dc:format>",
        _simple("dc:identifier", metadata.identifier),
        _list("dc:title", "Alt", [metadata.title], ' xml:lang="x-default"'),
        _list("dc:creator", "Seq", metadata.creators),
        _list("dc:publisher", "Bag", [metadata.publisher] if metadata.publisher else []),
        _list("dc:language", "Bag", [metadata.language]),
        _list("dc:description", "Alt", [metadata.description] if metadata.description else [], ' xml:lang="x-default"'),
        _simple("pdf:Producer", producer),
        _simple("xmp:CreatorTool", metadata.generator),
    ]


def _packet(properties: Sequence[str]) -> bytes:
    used = {prefix: uri for prefix, uri in _NAMESPACES.items() if any(f"<{prefix}:" in part for part in properties)}
    namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in ({"rdf": _NAMESPACES["rdf"]} | used).items())
    body = "\n".join(part for part in properties if part)
    return (
        f'{_HEADER}\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {namespaces}>\n'
        f'<rdf:Description rdf:about="">\n{body}\n</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n{_FOOTER}'
    ).encode()


def _simple(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value, quote=False)}</{name}>" if value else ""


def _list(name: str, kind: str, values: Sequence[str], attribute: str = "") -> str:
    if not values:
        return ""
    items = "".join(f"<rdf:li{attribute}>{escape(value, quote=False)}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"
