r"""A rich text document as it reads when all changes are accepted and comments are gone: what its control words do."""

import re
from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from publisher.reading.decoding import clean
from publisher.reading.office.pieces import BREAK, OfficeDocument, Picture, as_note, in_box
from publisher.reading.rtf.flow import Flow
from publisher.reading.rtf.groups import GroupReader
from publisher.reading.rtf.markup import (
    GROUP,
    HEXADECIMAL,
    NOTHING,
    PROPERTIES,
    SETTINGS,
    SIGNS,
    TOGGLES,
    TRANSPARENT,
    UNREAD,
)
from publisher.reading.rtf.rows import Rows
from publisher.reading.rtf.state import Setting, Within

_HYPERLINK = re.compile(r'\s*HYPERLINK\s+(?:"([^"]*)"|([^\s"\\]\S*))')
_SYMBOL = re.compile(r"\s*SYMBOL\s")


class RtfReader(GroupReader):
    """Reads one document. Raises ``InputError`` when it is no rich text."""

    def __init__(self, data: bytes, name: str) -> None:
        super().__init__(data, name)
        self._first_font = 0
        self._notes: list[Flow] = []
        self._acts = self._table_of_acts()

    def read(self) -> OfficeDocument:
        """The document; the notes follow as paragraphs, in the order of their marks."""
        if not self._read_groups():
            self._omissions.cut("the document breaks off; what there was of it was read")
        elif self._left > 0 and not self._omissions.full and not NOTHING.fullmatch(self._data, self._at):
            self._omissions.cut("what stands after the end of the document was not read")
        while self._outer:
            self._close()
        pieces = self._flow.pieces
        for number, note in enumerate(self._notes, 1):
            pieces += as_note(note.pieces, number)
        properties = self._head.properties()
        return OfficeDocument(pieces=tuple(pieces), properties=properties, problems=self._omissions.problems)

    # Control words.

    def _word(self, word: bytes, digits: bytes | None) -> None:
        starred, self._starred = self._starred, False
        if self._state.within and self._head.define(word, int(digits or 1), self._state):
            return
        act = self._acts.get(word)
        if (starred and word not in TRANSPARENT) or (act is None and PROPERTIES.fullmatch(word)):
            self._skip()
        elif act is not None:
            act(int(digits or 1))  # Without a number, a word switches on.

    def _table_of_acts(self) -> dict[bytes, Callable[[int], None]]:
        """What the control words do that do more than to set something."""
        head = self._head
        return {
            **dict.fromkeys(UNREAD, lambda _: self._skip()),
            **{word: partial(self._switch, name) for word, name in TOGGLES.items()},
            **{word: partial(self._set, name) for word, name in SETTINGS.items()},
            **{word: partial(self._sign, sign) for word, sign in SIGNS.items()},
            b"NeXTGraphic": lambda _: self._picture_elsewhere(),
            b"annotation": lambda _: self._pass_comment(),
            b"ansicpg": head.fonts.set_default,
            b"author": lambda _: self._set_aside(head.sign),
            b"bin": self._raw,
            b"cell": lambda _: self._end_cell(),
            b"cellx": lambda edge: self._lay_row(lambda rows: rows.add_edge(edge)),
            b"deff": self._set_first_font,
            b"deflang": head.speak,
            b"dptxbxtext": lambda _: self._begin_box(),
            b"f": lambda font: setattr(self._state, "font", font),
            b"field": lambda _: self._begin_group(self._end_field),
            b"fldinst": lambda _: self._set_aside(lambda about, text: about.update(instruction=text)),
            b"fldrslt": lambda _: self._link(),
            b"fonttbl": lambda _: self._define("fonts"),
            b"footnote": lambda _: self._begin_note(),
            b"info": lambda _: self._set_aside(),
            b"lbr": lambda _: self._add(BREAK),
            b"line": lambda _: self._add(BREAK),
            b"listoverridetable": lambda _: self._define("overrides"),
            b"listtable": lambda _: self._define("lists"),
            b"listtext": lambda _: self._set_aside(self._label),
            b"mac": lambda _: head.fonts.set_default(10000),
            b"moMath": lambda _: self._omissions.dropped("an equation lost its form; its signs were kept"),
            b"nestcell": lambda _: self._end_nested_cell(),
            b"object": lambda _: self._begin_group(self._end_object),
            b"par": lambda _: self._end_paragraph(),
            b"pard": lambda _: setattr(self._state, "setting", Setting()),
            b"pc": lambda _: head.fonts.set_default(437),
            b"pca": lambda _: head.fonts.set_default(850),
            b"picprop": lambda _: setattr(self._state, "picture", False),
            b"pict": lambda _: self._begin_picture(),
            b"plain": lambda _: self._make_plain(),
            b"pntext": lambda _: self._set_aside(self._label),
            b"result": lambda _: self._state.about.update(result="given"),
            b"row": lambda _: self._lay_row(Rows.end_row),
            b"sect": lambda _: self._end_paragraph(),
            b"shp": lambda _: self._begin_shape(),
            b"shptxt": lambda _: self._begin_box(),
            b"sn": lambda _: self._set_aside(lambda about, text: about.update(name=text)),
            b"stylesheet": lambda _: self._define("styles"),
            b"sv": lambda _: self._set_aside(lambda about, text: about.update({f"{about.get('name')}": text})),
            b"trhdr": lambda _: self._lay_row(Rows.make_heading),
            b"trowd": lambda _: self._lay_row(Rows.begin_row),
            b"u": self._character,
            b"uc": lambda count: setattr(self._state, "fallback", max(0, min(count, 100))),
            b"upr": lambda _: self._pass_over(),
        }

    def _switch(self, name: str, number: int) -> None:
        setattr(self._state, name, number != 0)

    def _set(self, name: str, number: int) -> None:
        self._state.setting = replace(self._state.setting, **{name: number})

    def _sign(self, sign: str, _: int) -> None:
        if self._instead:
            self._instead -= 1
        else:
            self._add(sign)

    def _pass_comment(self) -> None:
        self._omissions.comments += 1
        self._skip()

    def _define(self, within: Within) -> None:
        """Read the group as a table of the head."""
        self._set_aside()
        self._state.within = within

    def _begin_group(self, ended: Callable[[dict[str, str]], None]) -> None:
        """Read the group as a thing of which something is said."""
        about: dict[str, str] = {}
        self._state.about = about
        self._state.endings.append(lambda: ended(about))

    def _pass_over(self) -> None:
        r"""Pass over the group that follows: in ``\upr``, what the one after it says in Unicode."""
        following = GROUP.match(self._data, self._at)
        if following is not None:
            self._at = following.end()
            self._open()
            self._skip()

    def _set_first_font(self, font: int) -> None:
        self._first_font = self._state.font = font

    def _make_plain(self) -> None:
        state = self._state
        state.bold = state.italic = state.hidden = state.deleted = False
        state.font = self._first_font

    # Paragraphs and tables.

    def _end_cell(self) -> None:
        if self._state.aside is None:
            self._hand_on()
            self._flow.end_cell(self._state.setting)

    def _end_nested_cell(self) -> None:
        if self._state.aside is None:
            self._hand_on()
            self._flow.end_paragraph(self._state.setting, in_cell=True)
            self._omissions.dropped("a table inside a table lost its rows; its words were kept")

    def _lay_row(self, act: Callable[[Rows], None]) -> None:
        if self._state.aside is None:
            act(self._flow.rows)

    def _label(self, _: dict[str, str], text: str) -> None:
        self._flow.label = text.strip()

    # Notes, boxes, fields, objects and pictures.

    def _begin_note(self) -> None:
        if self._state.unseen or self._state.aside is not None:
            self._skip()
            return
        note = self._flow_of_group()
        if note is None:
            return
        self._notes.append(note)
        self._add(f"[{len(self._notes)}]")
        self._begin_flow(note, lambda _: None)

    def _begin_box(self) -> None:
        box = self._flow_of_group() if self._omissions.paragraph() else None
        if box is not None:
            self._begin_flow(box, lambda box: self._flow.boxes.extend(in_box(box.pieces)))

    def _link(self) -> None:
        """Let the result of a field lead where the field does."""
        found = _HYPERLINK.match(self._state.about.get("instruction", ""))
        if found is not None:
            self._state.url = found[1] or found[2]

    def _end_field(self, about: dict[str, str]) -> None:
        if _SYMBOL.match(about.get("instruction", "")):
            self._omissions.dropped("a sign that a field draws was left out")

    def _end_object(self, about: dict[str, str]) -> None:
        if "result" not in about:
            self._omissions.dropped("an object inside the document was left out")

    def _begin_shape(self) -> None:
        """Read a drawing: the pictures and the boxes in it, and what it says they show."""
        self._hand_on()
        flow = self._flow
        pictures, boxes = len(flow.paragraph.pictures), len(flow.boxes)

        def ended(about: dict[str, str]) -> None:
            if (len(flow.paragraph.pictures), len(flow.boxes)) == (pictures, boxes):
                self._omissions.dropped("a drawing was left out")
            for at, picture in enumerate(flow.paragraph.pictures[pictures:], pictures):
                flow.paragraph.pictures[at] = replace(picture, alt=picture.alt or _described(about))

        self._begin_group(ended)

    def _begin_picture(self) -> None:
        if self._state.unseen:
            self._skip()
            return
        self._begin_group(self._end_picture)
        self._state.picture, self._state.aside = True, []

    def _picture_data(self, start: int) -> None:
        """Note between which bytes the picture stands, in hexadecimal digits."""
        digits = HEXADECIMAL.match(self._data, start)
        self._at = max(self._at, digits.end() if digits else start)
        self._state.about.setdefault("data", f"hex-{start}-{self._at}")

    def _raw(self, count: int) -> None:
        """Pass over raw bytes, which only pictures are."""
        end = min(self._at + max(0, count), len(self._data))
        if self._state.picture:
            self._state.about.setdefault("data", f"bytes-{self._at}-{end}")
        self._at = end

    def _end_picture(self, about: dict[str, str]) -> None:
        if "data" not in about:
            self._omissions.dropped("a picture that the document names is not in it")
        elif self._omissions.run():
            self._flow.paragraph.add_picture(Picture(inside=about["data"], alt=_described(about)))

    def _picture_elsewhere(self) -> None:
        """Pass over the name of a picture in another file, and the sign that stands for the picture."""
        self._omissions.dropped("a picture that stands in another file was left out")
        self._skip()
        self._state.endings.append(lambda: setattr(self, "_instead", 1))


def _described(about: dict[str, str]) -> str | None:
    """What a picture is said to show."""
    return clean(" ".join(about.get("wzDescription", "").split())) or None
