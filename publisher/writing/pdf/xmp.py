"""The XMP packet: what a PDF says of itself, and the two standards that it follows, in one ``rdf:RDF``.

PDF/A allows properties of other standards only with their schema described in the packet (ISO 19005-3, 6.6.2.3), so the
PDF/UA identifier brings its own.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

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
    "xmp": "http://ns.adobe.com/xap/1.0/",
}

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


def xmp_packet(metadata: Metadata, producer: str) -> bytes:
    """The packet, in UTF-8: PDF/A-3a, PDF/UA-1, and the metadata that are known."""
    properties = [
        "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
        _UA_SCHEMA,
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
    if metadata.date:
        day = metadata.date.isoformat()
        properties += [_simple("xmp:CreateDate", day), _simple("xmp:ModifyDate", day), _list("dc:date", "Seq", [day])]
    namespaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    body = "\n".join(part for part in properties if part)
    return (
        f'{_HEADER}\n<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF {namespaces}>\n'
        f'<rdf:Description rdf:about="">\n{body}\n</rdf:Description>\n</rdf:RDF></x:xmpmeta>\n{_FOOTER}'
    ).encode()


def _simple(name: str, value: str | None) -> str:
    return f"<{name}>{escape(value)}</{name}>" if value else ""


def _list(name: str, kind: str, values: Sequence[str], attribute: str = "") -> str:
    if not values:
        return ""
    items = "".join(f"<rdf:li{attribute}>{escape(value)}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"
