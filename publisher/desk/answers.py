"""What is asked of a desk over HTTP, decoded, and what is answered."""

from pathlib import Path
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from publisher.desk.bringing import FeedError, UnreachableError, UnreadError
from publisher.desk.contents import NotFoundError
from publisher.desk.folder import DeskFolder
from publisher.desk.guard import refused
from publisher.desk.views import without_place
from publisher.errors import OutputError, PublisherError, RenderingError

__all__ = ["answer_of", "body_of", "decoded", "json", "number", "part"]

T = TypeVar("T")


class TooLargeError(PublisherError):
    """What is sent is larger than it may be."""


class BadRequestError(PublisherError):
    """What is sent is not what is asked for at this address."""


async def body_of(request: Request, limit_bytes: int) -> bytes:
    """What is sent. TooLargeError as soon as it is more than may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit_bytes:
            raise TooLargeError(f"this is larger than {limit_bytes // 1024**2} MiB. Send something smaller.")
    return bytes(body)


def decoded(body: bytes, kind: type[T]) -> T:
    """A body as what it should be. BadRequestError when it is something else."""
    try:
        return msgspec.json.decode(body, type=kind, dec_hook=_path)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise BadRequestError(f"the desk does not understand what it was sent: {error}. Load the page anew.") from error


def number(request: Request, name: str) -> int | None:
    """A number in the address; ``None`` when it has none."""
    value = request.query_params.get(name)
    if value is None:
        return None
    if not value.isdecimal() or len(value) > 9:
        raise BadRequestError(f"{name} takes a number, not {value[:20]!r}. Load the page anew.")
    return int(value)


def part(request: Request, name: str) -> float:
    """A part of a whole in the address, from 0 to 1."""
    try:
        return min(1.0, max(0.0, float(request.query_params.get(name, ""))))
    except ValueError as error:
        raise BadRequestError(f"{name} takes a part such as 0.5. Load the page anew.") from error


def json(value: object, status: int = 200) -> Response:
    """A value as an answer."""
    return Response(msgspec.json.encode(value, enc_hook=str), status, media_type="application/json")


KINDS: tuple[tuple[type[PublisherError], int, str], ...] = (
    (NotFoundError, 404, "not-found"),
    (UnreadError, 415, "unread"),
    (UnreachableError, 502, "unreachable"),
    (FeedError, 422, "feed"),
    (TooLargeError, 413, "too-large"),
    (BadRequestError, 400, "bad-request"),
    (RenderingError, 503, "engine"),
    (OutputError, 507, "not-written"),
    (PublisherError, 422, "refused"),
)
"""By the first kind that an error is of: the status, and the code that stays."""


def answer_of(error: PublisherError, folder: DeskFolder) -> Response:
    """An error as an answer, its message without the folder that everything lies in."""
    status, code = next((status, code) for kind, status, code in KINDS if isinstance(error, kind))
    return refused(status, code, without_place(str(error), folder))


def _path(kind: type, value: object) -> object:
    if kind is not Path or not isinstance(value, str):
        raise NotImplementedError
    return Path(value)
