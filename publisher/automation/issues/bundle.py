"""The bundle beside an issue: its inputs as they came, and the issue as it was understood, to be made again from."""

import io
import zipfile
import zlib
from collections.abc import Sequence

import msgspec

from publisher.automation.issues.proof import Input, sha256
from publisher.errors import InputError
from publisher.fetching import suffix_for
from publisher.model import Asset, Issue, Source

UNDERSTOOD = "understood.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
LIMIT_BYTES = 4 * 1024**3
"""What a bundle may unpack to: it is read into memory."""


class _Understood(msgspec.Struct, frozen=True, kw_only=True):
    """The issue without its pictures, and what its sources are called."""

    issue: Issue
    pictures: tuple[tuple[str, str], ...]
    """Names and media types."""

    sources: tuple[tuple[str, str, str | None], ...]
    """Names (which are members too), media types and addresses."""


def member_names(sources: Sequence[Source]) -> dict[str, str]:
    """What each source is called in the bundle, by its name: nothing in it says where it lay on this machine."""
    return {
        source.name: f"sources/{number:04}{suffix_for(source.media_type)}"
        for number, source in enumerate(sources, start=1)
    }


def pack(issue: Issue, sources: Sequence[Source]) -> bytes:
    """The bundle of an issue whose sources are called by their members; the same bytes for the same issue."""
    understood = _Understood(
        issue=msgspec.structs.replace(issue, assets=()),
        pictures=tuple((asset.name, asset.media_type) for asset in issue.assets),
        sources=tuple((source.name, source.media_type, source.url) for source in sources),
    )
    members = [(UNDERSTOOD, msgspec.json.format(msgspec.json.encode(understood, order="deterministic"), indent=1))]
    members += [(asset.name, asset.data) for asset in issue.assets]
    members += [(source.name, source.data) for source in sources]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, date_time=_EPOCH)
            info.compress_type = zipfile.ZIP_STORED if name.startswith("pictures/") else zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, data)
    return file.getvalue()


def unpack(data: bytes) -> tuple[Issue, tuple[Source, ...]]:
    """The issue and its sources; InputError when the bundle is damaged."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > LIMIT_BYTES:
                raise InputError(f"the archive unpacks to more than {LIMIT_BYTES // 1024**3} GiB")
            understood = msgspec.json.decode(archive.read(UNDERSTOOD), type=_Understood)
            assets = tuple(
                Asset(name=name, media_type=media_type, data=archive.read(name))
                for name, media_type in understood.pictures
            )
            sources = tuple(
                Source(name=name, media_type=media_type, url=url, data=archive.read(name))
                for name, media_type, url in understood.sources
            )
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, zlib.error, msgspec.MsgspecError, ValueError) as error:
        raise InputError(f"the archive is damaged: {error}") from error
    return msgspec.structs.replace(understood.issue, assets=assets), sources


def inputs_of(sources: Sequence[Source], shown: Sequence[str]) -> tuple[Input, ...]:
    """What the proof says of the sources, which are called by their members; ``shown`` is what people call them."""
    return tuple(
        Input(
            name=name,
            media_type=source.media_type,
            bytes=len(source.data),
            sha256=sha256(source.data),
            member=source.name,
        )
        for source, name in zip(sources, shown, strict=True)
    )
