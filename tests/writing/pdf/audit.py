"""An audit of a file for a press, as a preflight sees it: by pikepdf, from the finished bytes, knowing nothing of us.

Every content stream is run with its resources, in whatever they lie: forms, patterns, masks, glyphs. What it finds
wrong is a list of sentences; what it saw is kept for tests to ask about.
"""

import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pikepdf

MM = 72 / 25.4
TOLERANCE = 0.01 * MM

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
PRINTING = {"/DeviceCMYK": 4, "/DeviceGray": 1}
FORBIDDEN = {"/DeviceRGB", "/CalRGB", "/CalGray", "/Lab", "/ICCBased", "/Indexed", "/DefaultRGB"}
NAMESPACES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
}


def times(one, other):
    """The matrix that does ``one`` and then ``other``."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def moved(matrix, x, y):
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


class State:
    """What of the graphics state matters here; fills and strokes as ``(space, components)``."""

    def __init__(self, other=None, ctm=IDENTITY):
        self.ctm = other.ctm if other else ctm
        self.fill = other.fill if other else ("/DeviceGray", (0.0,))
        self.stroke = other.stroke if other else ("/DeviceGray", (0.0,))
        self.overprint = other.overprint if other else False
        self.mode = other.mode if other else 0
        self.font = other.font if other else None
        self.width = other.width if other else 1.0


class Audit:
    """All that was seen of one file."""

    def __init__(self, path: Path):
        self.wrong: list[str] = []
        self.texts: Counter = Counter()
        """For each ink that text is set in, and whether it overprints: how many bytes of it."""

        self.paints: Counter = Counter()
        """For each ink that areas and lines are in: how many."""

        self.images: list[tuple[str, int, int]] = []
        self.boxes: list[dict[str, list[float]]] = []
        self.mark_lines: list[int] = []
        """How many line ends each page's marks have."""

        self._seen: set = set()
        with pikepdf.open(path) as pdf:
            self.page_count = len(pdf.pages)
            self._file(pdf, path)
            self._objects(pdf)
            for number, page in enumerate(pdf.pages, start=1):
                self._page(page, number)

    def complain(self, message):
        if message not in self.wrong:
            self.wrong.append(message)

    # --- the file as a whole ---------------------------------------------------------------------------------------

    def _file(self, pdf, path):
        if pdf.pdf_version != "1.6":
            self.complain(f"PDF {pdf.pdf_version}")
        root = pdf.Root
        for name in (
            "/AcroForm",
            "/OCProperties",
            "/OpenAction",
            "/AA",
            "/Names",
            "/Outlines",
            "/StructTreeRoot",
            "/AF",
        ):
            if name in root:
                self.complain(f"the catalog has {name}")
        if "/ID" not in pdf.trailer or len(pdf.trailer.ID) != 2:
            self.complain("no file identifier")
        if "/Encrypt" in pdf.trailer:
            self.complain("encrypted")
        intents = list(root.get("/OutputIntents", []))
        if [str(intent.S) for intent in intents] != ["/GTS_PDFX"]:
            self.complain(f"output intents: {[str(intent.S) for intent in intents]}")
        else:
            self.intent = {str(key): str(value) for key, value in intents[0].items() if key != "/DestOutputProfile"}
            profile = intents[0].DestOutputProfile
            self.profile = profile.read_bytes()
            if profile.N != 4 or self.profile[12:20] != b"prtrCMYK":
                self.complain("the output profile is not of four inks")
        self._metadata(pdf, path)

    def _metadata(self, pdf, path):
        stream = pdf.Root.Metadata
        if "/Filter" in stream or stream.read_bytes() not in path.read_bytes():
            self.complain("the XMP packet is not in the clear")
        description = ET.fromstring(stream.read_bytes()).find(".//rdf:Description", NAMESPACES)  # noqa: S314
        self.xmp = {
            f"{prefix}:{element.tag.partition('}')[2]}": [
                leaf.text for leaf in element.iter() if (leaf.text or "").strip()
            ]
            for element in description
            for prefix, uri in NAMESPACES.items()
            if element.tag.startswith(f"{{{uri}}}")
        }
        self.info = {str(key): str(value) for key, value in pdf.docinfo.items()}
        pairs = {
            "/Title": "dc:title",
            "/Subject": "dc:description",
            "/Creator": "xmp:CreatorTool",
            "/Producer": "pdf:Producer",
            "/GTS_PDFXVersion": "pdfxid:GTS_PDFXVersion",
        }
        for key, name in pairs.items():
            if self.xmp.get(name, [None])[0] != self.info.get(key):
                self.complain(f"{key} is {self.info.get(key)!r}, {name} is {self.xmp.get(name)}")
        if ", ".join(self.xmp.get("dc:creator", [])) != self.info.get("/Author", ""):
            self.complain("/Author and dc:creator differ")
        for key, name in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            digits = re.sub(r"\D", "", self.info.get(key, "-"))
            if digits != re.sub(r"\D", "", self.xmp.get(name, [""])[0]) or len(digits) != 14:
                self.complain(f"{key} is {self.info.get(key)!r}, {name} is {self.xmp.get(name)}")
        if self.info.get("/Trapped") not in ("/True", "/False"):
            self.complain("not said whether trapped")
        elif self.xmp.get("pdf:Trapped") != [self.info["/Trapped"][1:]]:
            self.complain("/Trapped and pdf:Trapped differ")
        if self.xmp.get("pdfxid:GTS_PDFXVersion") != ["PDF/X-4"]:
            self.complain("not marked as PDF/X-4")
        for name in ("xmp:MetadataDate", "xmpMM:DocumentID", "xmpMM:VersionID", "xmpMM:RenditionClass", "dc:title"):
            if not self.xmp.get(name):
                self.complain(f"no {name}")

    def _objects(self, pdf):
        """Whatever is in the file, reached from a page or not."""
        for item in pdf.objects:
            for name in _names(item):
                if name in FORBIDDEN:
                    self.complain(f"an object names {name}")
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") in ("/Action", "/Annot"):
                self.complain(f"there is {item.Type}")

    # --- pages -------------------------------------------------------------------------------------------------------

    def _page(self, page, number):
        if "/Annots" in page or "/AA" in page:
            self.complain(f"page {number} has annotations or actions")
        for name in ("/ArtBox", "/Rotate", "/UserUnit"):
            if name in page:
                self.complain(f"page {number} has {name}")
        boxes = {name: [float(value) for value in page[name]] for name in ("/MediaBox", "/BleedBox", "/TrimBox")}
        self.boxes.append(boxes)
        if not (_within(boxes["/TrimBox"], boxes["/BleedBox"]) and _within(boxes["/BleedBox"], boxes["/MediaBox"])):
            self.complain(f"the boxes of page {number} do not lie inside each other: {boxes}")
        group = page.get("/Group")
        if group is not None and group.get("/CS") != "/DeviceCMYK":
            self.complain(f"page {number} blends in {group.get('/CS')}")
        self.mark_lines.append(0)
        self._run(page.obj, page.Resources, State(), boxes, own=True)

    def _run(self, stream, resources, state, boxes, *, own=False):
        """Follow one content stream. ``own`` is for a page's own content, which here is the marks alone."""
        stack = []
        points = []
        for operands, operator in pikepdf.parse_content_stream(stream):
            match str(operator):
                case "q":
                    stack.append(State(state))
                case "Q":
                    state = stack.pop()
                case "cm":
                    state.ctm = times(tuple(map(float, operands)), state.ctm)
                case "w":
                    state.width = float(operands[0])
                case "k":
                    state.fill = ("/DeviceCMYK", _floats(operands))
                case "K":
                    state.stroke = ("/DeviceCMYK", _floats(operands))
                case "g":
                    state.fill = ("/DeviceGray", _floats(operands))
                case "G":
                    state.stroke = ("/DeviceGray", _floats(operands))
                case "cs":
                    state.fill = (self._space(operands[0], resources), None)
                case "CS":
                    state.stroke = (self._space(operands[0], resources), None)
                case "sc" | "scn":
                    state.fill = self._special(state.fill[0], operands, resources, boxes)
                case "SC" | "SCN":
                    state.stroke = self._special(state.stroke[0], operands, resources, boxes)
                case "rg" | "RG" | "ri" | "BI" | "INLINE IMAGE" as name:
                    self.complain(f"operator {name}")
                case "sh":
                    self._shading(resources.Shading[operands[0]])
                case "gs":
                    self._graphics_state(resources.ExtGState[operands[0]], state, boxes)
                case "Tf":
                    state.font = resources.Font[operands[0]]
                    self._font(state.font, boxes)
                case "Tr":
                    state.mode = int(operands[0])
                case "Tj" | "TJ" | "'" | '"':
                    self._text(operands, state)
                case "m" | "l" | "c" | "v" | "y":
                    values = _floats(operands)
                    points += [moved(state.ctm, x, y) for x, y in zip(values[::2], values[1::2], strict=True)]
                case "re":
                    x, y, width, height = _floats(operands)
                    points += [moved(state.ctm, x, y), moved(state.ctm, x + width, y + height)]
                case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n" as name:
                    self._paint(name, state, points, boxes, own=own)
                    points = []
                case "Do":
                    self._x_object(resources.XObject[operands[0]], state, boxes, own=own)
                case "g0" | "BX" | "EX" | "sc0":
                    self.complain(f"operator {operator}")
                case _:
                    pass
        if stack:
            self.complain("q without Q")

    def _space(self, name, resources):
        name = str(name)
        if name in ("/Pattern", *PRINTING):
            return name
        space = resources.ColorSpace[name]
        if str(space[0]) == "/Separation" and str(space[1]) == "/All" and str(space[2]) == "/DeviceCMYK":
            return "/All"
        self.complain(f"colour space {space!r}")
        return name

    def _special(self, space, operands, resources, boxes):
        if space == "/Pattern":
            self._pattern(resources.Pattern[operands[-1]], boxes)
            return (space, None)
        return (space, _floats(operands))

    def _paint(self, name, state, points, boxes, *, own):
        if name == "n":
            return
        if name.lower()[0] in "fb":
            self.paints[state.fill] += 1
        if name.lower()[0] in "sb":
            self.paints[state.stroke] += 1
        if not own:
            return
        self.mark_lines[-1] += len(points)
        if name not in "Ss" or state.stroke != ("/All", (1.0,)):
            self.complain(f"a mark is in {state.stroke}")
        if state.width < 0.2:
            self.complain(f"a mark of {state.width} pt")
        bleed, half = boxes["/BleedBox"], state.width / 2
        left, bottom = (min(point[axis] for point in points) - half for axis in (0, 1))
        right, top = (max(point[axis] for point in points) + half for axis in (0, 1))
        if not (right < bleed[0] or left > bleed[2] or top < bleed[1] or bottom > bleed[3]):
            self.complain(f"a mark at {[left, bottom, right, top]} reaches into the bleed {bleed}")
        if not _within([left, bottom, right, top], boxes["/MediaBox"]):
            self.complain(f"a mark at {[left, bottom, right, top]} is not on the sheet")

    def _text(self, operands, state):
        if state.mode not in (0, 3):
            self.complain(f"text in mode {state.mode}")
        items = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[-1]]
        length = sum(len(bytes(item)) for item in items if isinstance(item, pikepdf.String))
        self.texts[(state.fill, state.overprint)] += length

    def _graphics_state(self, values, state, boxes):
        if "/op" in values or "/OP" in values:
            state.overprint = bool(values.get("/op", values.get("/OP"))) and values.get("/OPM", 0) == 1
        if str(values.get("/BM", "/Normal")) not in ("/Normal", "/Compatible", "/Multiply", "/Screen", "/Darken"):
            self.complain(f"blend mode {values.BM}")
        if any(name in values for name in ("/TR", "/TR2", "/HTP", "/HT")):
            self.complain("a transfer function or a halftone")
        mask = values.get("/SMask")
        if isinstance(mask, pikepdf.Dictionary):
            self._x_object(mask.G, State(), boxes, mask=True)

    def _x_object(self, item, state, boxes, *, own=False, mask=False):
        if item.Subtype == "/Image":
            self._image(item)
            return
        if item.Subtype != "/Form":
            self.complain(f"XObject {item.Subtype}")
            return
        group = item.get("/Group")
        if group is not None and group.get("/CS") not in (("/DeviceGray",) if mask else ("/DeviceCMYK", "/DeviceGray")):
            self.complain(f"a group blends in {group.get('/CS')}")
        if own:
            left, bottom, right, top = map(float, item.BBox)
            (x1, y1), (x2, y2) = moved(state.ctm, left, bottom), moved(state.ctm, right, top)
            if not _within([x1, y1, x2, y2], boxes["/BleedBox"]):
                self.complain(f"content at {[x1, y1, x2, y2]} reaches over the bleed {boxes['/BleedBox']}")
        self._run(item, item.get("/Resources", pikepdf.Dictionary()), State(state), boxes)

    def _image(self, image):
        if image.objgen in self._seen:
            return
        self._seen.add(image.objgen)
        space = image.get("/ColorSpace")
        if isinstance(space, pikepdf.Array) or str(space) not in PRINTING:
            self.complain(f"an image in {space!r}")
            return
        if image.get("/Filter") == "/DCTDecode":
            components = pikepdf.PdfImage(image).as_pil_image().getbands()
            if len(components) != PRINTING[str(space)]:
                self.complain(f"an image of {components} in {space}")
        elif len(image.read_bytes()) != image.Width * image.Height * PRINTING[str(space)]:
            self.complain(f"an image in {space} has the wrong number of bytes")
        if "/Alternates" in image or "/OPI" in image:
            self.complain("an image has alternatives")
        self.images.append((str(space), int(image.Width), int(image.Height)))
        if "/SMask" in image:
            if str(image.SMask.ColorSpace) != "/DeviceGray":
                self.complain("a mask in colour")
            elif len(image.SMask.read_bytes()) != image.Width * image.Height:
                self.complain("a mask has the wrong number of bytes")

    def _pattern(self, pattern, boxes):
        if pattern.objgen in self._seen:
            return
        self._seen.add(pattern.objgen)
        if pattern.PatternType == 2:
            self._shading(pattern.Shading)
        else:
            self._run(pattern, pattern.Resources, State(), boxes)

    def _shading(self, shading):
        space = str(shading.ColorSpace)
        if space not in PRINTING:
            self.complain(f"a shading in {space}")
            return
        self._function(shading.Function, PRINTING[space])

    def _function(self, function, components):
        for part in function.get("/Functions", []):
            self._function(part, components)
        for name in ("/C0", "/C1"):
            if name in function and len(function[name]) != components:
                self.complain(f"a shading's {name} has {len(function[name])} components, not {components}")

    def _font(self, font, boxes):
        if font.objgen in self._seen:
            return
        self._seen.add(font.objgen)
        if font.Subtype == "/Type3":
            for glyph in font.CharProcs.values():
                self._run(glyph, font.get("/Resources", pikepdf.Dictionary()), State(), boxes)
            return
        descriptor = (font.DescendantFonts[0] if font.Subtype == "/Type0" else font).FontDescriptor
        if not any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")):
            self.complain(f"{font.BaseFont} is not embedded")


def _names(item, depth=0):
    if isinstance(item, pikepdf.Name):
        yield str(item)
    elif isinstance(item, pikepdf.Array) and depth < 20:
        for part in item:
            if not (isinstance(part, pikepdf.Object) and part.is_indirect):
                yield from _names(part, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and depth < 20:
        for key, value in item.items():
            yield key
            if not (isinstance(value, pikepdf.Object) and value.is_indirect):
                yield from _names(value, depth + 1)


def _floats(operands):
    return tuple(float(operand) for operand in operands)


def _within(inner, outer):
    return (
        inner[0] >= outer[0] - TOLERANCE
        and inner[1] >= outer[1] - TOLERANCE
        and inner[2] <= outer[2] + TOLERANCE
        and inner[3] <= outer[3] + TOLERANCE
    )
