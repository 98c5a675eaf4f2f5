"""The pictures of an article: what they are called for who does not see them, and whether they are large enough."""

import struct
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

from msgspec.structs import replace

from publisher.compiling.editing import edit
from publisher.desk.cropping import shape_of
from publisher.desk.folder import DeskFolder
from publisher.desk.pages import DeskPage
from publisher.desk.reader import PICTURES_BYTES, PageReader, Recent
from publisher.desk.views import PictureCounts
from publisher.errors import InputError
from publisher.model import Article, Asset, Crop, Edit, Figure, IssuePlan, PictureEdit, plain
from publisher.model.blocks import Value
from publisher.pipeline import Wanted, assemble, gather

SHOWN_MM = 170.0
"""How wide a picture is shown, as far as is known before it stands on a page: over the text of an A4 page."""

COARSE_DPI = 150
"""Fewer dots an inch show as such in print."""

WORDS_ALONE = "only its words are there"
"""What is said of a picture that the page shows no more."""

_MM = 25.4


class ShownPicture(Value, frozen=True, kw_only=True):
    """A picture of an article."""

    id: str
    src: str | None
    """As the page names it; ``None`` where only words are left of it."""

    caption: str
    credit: str | None
    alt: str | None
    alt_by: str | None
    image: str | None
    width_px: int | None = None
    height_px: int | None = None
    shown_mm: float = SHOWN_MM
    dpi: int | None = None
    coarse: bool = False
    missing: str | None = None
    left_out: bool = False
    crop: Crop | None = None
    """What is printed of it; ``None``: all."""

    shape: str | None = None
    """What it is cut to; ``None`` where it is not, or to none of ours."""


class LoosePicture(Value, frozen=True, kw_only=True):
    """A picture in the folder that the article does not show."""

    file: str
    image: str


class Pictures:
    """The pictures of articles, as they would be printed. For any thread."""

    def __init__(self, folder: DeskFolder, reader: PageReader) -> None:
        self._folder = folder
        self._reader = reader
        self._shown: Recent[Asset] = Recent(PICTURES_BYTES)

    def of(self, page: DeskPage, article: Article, decided: Edit) -> tuple[ShownPicture, ...]:
        """Those of an article, with what is decided of them, those that are left out too."""
        out = {each.src for each in decided.pictures if each.left_out}
        named = {each.src: each for each in decided.pictures}
        whole = replace(
            decided,
            left_out=False,
            cut_after=None,
            pictures=tuple(replace(each, left_out=False, crop=None) for each in decided.pictures),
        )
        means = self._reader.means()
        gathered = gather(Wanted(references=(str(self._folder.path / page.file),)), means)
        issue = assemble(gathered.only([article]), IssuePlan(edits=(whole,)), means)
        before = _figures(edit([article], [whole]).articles[0])
        after = _figures(issue.articles[0].article)
        assets = {asset.name: asset for asset in issue.assets}
        for asset in issue.assets:
            self._shown.put(_file_of(asset), asset, len(asset.data))
        srcs = [figure.src for figure in before] if len(before) == len(after) else [None] * len(after)
        why = next((problem.message for problem in issue.problems if "picture" in problem.code), None)
        return tuple(
            self._picture(at, figure, src, assets.get(figure.src or ""), named, out, why)
            for at, (figure, src) in enumerate(zip(after, srcs, strict=True))
        )

    def _picture(
        self,
        at: int,
        figure: Figure,
        src: str | None,
        asset: Asset | None,
        named: Mapping[str, PictureEdit],
        out: AbstractSet[str | None],
        why: str | None,
    ) -> ShownPicture:
        file = src or (self._beside(asset) if asset else None)
        size = size_of(asset) if asset else None
        edited = named.get(file or "")
        crop = edited.crop if edited else None
        width = size[0] * (crop[2] - crop[0]) if size and crop else size and size[0]
        dpi = round(width / SHOWN_MM * _MM) if width else None
        return ShownPicture(
            id=str(at),
            src=file,
            caption=plain(figure.caption),
            credit=figure.credit,
            alt=figure.alt,
            alt_by=("desk" if edited and edited.alt else "page") if figure.alt else None,
            image=f"/api/pictures/{_file_of(asset)}" if asset else None,
            width_px=size[0] if size else None,
            height_px=size[1] if size else None,
            dpi=dpi,
            coarse=dpi is not None and dpi < COARSE_DPI,
            missing=None if asset else why or WORDS_ALONE,
            left_out=file in out,
            crop=crop,
            shape=shape_of(crop, *size) if crop and size else None,
        )

    def loose(self, shown: Iterable[ShownPicture]) -> tuple[LoosePicture, ...]:
        """Those in the folder that are none of these; what cannot be decoded is passed over."""
        taken = {picture.image for picture in shown}
        found = []
        for name in self._folder.pictures():
            asset = self._decoded(name)
            if asset and f"/api/pictures/{_file_of(asset)}" not in taken:
                self._shown.put(_file_of(asset), asset, len(asset.data))
                found.append(LoosePicture(file=name, image=f"/api/pictures/{_file_of(asset)}"))
        return tuple(found)

    def get(self, name: str) -> Asset | None:
        """A picture that was told of, by its name; ``None`` when there is none, or it was long ago."""
        return self._shown.get(name)

    def _beside(self, asset: Asset) -> str | None:
        """The file of the folder that a picture was taken from, where the page names none."""
        for name in self._folder.pictures():
            decoded = self._decoded(name)
            if decoded and decoded.name == asset.name:
                return name.rpartition("/")[2]
        return None

    def _decoded(self, name: str) -> Asset | None:
        try:
            return self._reader.picture(self._folder.read(name) or b"")
        except InputError:
            return None


def _figures(article: Article) -> list[Figure]:
    return [block for block in article.body if isinstance(block, Figure)]


def _file_of(asset: Asset) -> str:
    return asset.name.rpartition("/")[2]


def counted(article: Article, assets: Mapping[str, Asset]) -> PictureCounts:
    """How many pictures an article of an issue has, how many are lost, and how many too coarse; ``assets`` by name."""
    figures = _figures(article)
    sizes = [size_of(assets[src]) for figure in figures if (src := figure.src) and src in assets]
    return PictureCounts(
        total=len(figures),
        missing=sum(figure.src not in assets for figure in figures),
        without_alt=sum(not figure.alt for figure in figures),
        coarse=sum(size is not None and size[0] / SHOWN_MM * _MM < COARSE_DPI for size in sizes),
    )


def size_of(asset: Asset) -> tuple[int, int] | None:
    """The width and the height of a picture of ours in pixels, as its head says; ``None`` for an odd one."""
    data = asset.data
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    at = 2
    while data.startswith(b"\xff\xd8") and at + 9 <= len(data):
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):  # A frame header, ISO/IEC 10918-1, B.2.2.
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
    return None
