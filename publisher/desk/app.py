"""Which address does what: requests become calls of a desk, and what it gives JSON."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from publisher.desk import changes
from publisher.desk.desk import Desk, NotFoundError
from publisher.desk.drafts import ConflictError
from publisher.desk.guard import refused
from publisher.desk.interface import Interface
from publisher.errors import OutputError, PublisherError, RenderingError

T = TypeVar("T")
Do = Callable[[Request, bytes], object]

LIMIT_BODY_BYTES = 4 * 1024**2
"""Of a request that is no upload."""

HERE = Path(__file__).parent


class TooLargeError(PublisherError):
    """What is sent is larger than it may be."""


class BadRequestError(PublisherError):
    """What is sent is not what is asked for at this address."""


def make_app(desk: Desk) -> Starlette:
    """The application of a desk, for whom a ``Guard`` lets through."""
    return Starlette(routes=[*_pages_of(desk), *_routes(desk)])


def _pages_of(desk: Desk) -> list[Any]:
    from starlette.routing import Mount

    interface = Interface(HERE / "templates")

    async def index(request: Request) -> Response:
        return interface.page("index.html", request)

    return [Route("/", index), Mount("/static", StaticFiles(directory=HERE / "static"))]


def _routes(desk: Desk) -> list[Route]:
    def change_lines(request: Request, body: bytes) -> object:
        change = decoded(body, changes.LinesChange)
        lines, cards = desk.change_lines(request.path_params["page"], change)
        return {
            "revision": lines.revision,
            "history": desk.history(),
            "cards": cards,
            "lines": lines.lines,
            "to_look_at": lines.to_look_at,
        }

    def lines(request: Request, body: bytes) -> object:
        return desk.lines(request.path_params["page"], number(request, "from") or 1, number(request, "count"))

    def change(request: Request, body: bytes) -> object:
        desk.change(decoded(body, changes.DeskChange))
        return desk.state()

    def order(request: Request, body: bytes) -> object:
        desk.order(decoded(body, changes.OrderChange))
        return changed()

    def article(request: Request, body: bytes) -> object:
        desk.change_article(request.path_params["article"], decoded(body, changes.ArticleChange))
        return changed()

    def changed() -> object:
        state = desk.state()
        return {"revision": state.revision, "history": state.history, "cards": state.cards}

    def undo(request: Request, body: bytes) -> object:
        return {"did": desk.undo(), **msgspec.structs.asdict(desk.state())}

    def redo(request: Request, body: bytes) -> object:
        return {"did": desk.redo(), **msgspec.structs.asdict(desk.state())}

    def make_pages(request: Request, body: bytes) -> object:
        desk.make_pages()
        return desk.render()

    def image(request: Request, body: bytes) -> object:
        headers = {"Cache-Control": "private, max-age=31536000, immutable"}
        return Response(desk.image(request.path_params["image"]), media_type="image/png", headers=headers)

    async def events(request: Request) -> Response:
        state = await run_in_threadpool(desk.state)
        hello = ("hello", {"revision": state.revision, "render": state.render.id if state.render else None})
        return StreamingResponse(desk.hub.listen(hello), media_type="text/event-stream")

    return [
        _route(desk, "GET", "/api/desk", lambda request, body: desk.state()),
        _route(desk, "PATCH", "/api/desk", change),
        _route(desk, "POST", "/api/order", order),
        _route(desk, "PATCH", "/api/articles/{article}", article),
        _route(desk, "GET", "/api/pages/{page}", lines),
        _route(desk, "PATCH", "/api/pages/{page}/lines", change_lines),
        _route(desk, "POST", "/api/undo", undo),
        _route(desk, "POST", "/api/redo", redo),
        _route(desk, "GET", "/api/render", lambda request, body: desk.render(number(request, "id"))),
        _route(desk, "POST", "/api/render", make_pages),
        _route(desk, "GET", "/api/images/{image}.png", image),
        Route("/api/events", events),
    ]


def _route(desk: Desk, method: str, path: str, do: Do, limit_bytes: int = LIMIT_BODY_BYTES) -> Route:
    """An address, whose work is done in a thread: its answer is JSON, or a response."""

    async def endpoint(request: Request) -> Response:
        try:
            body = await body_of(request, limit_bytes)
            answer = await run_in_threadpool(do, request, body)
        except ConflictError as error:
            told = await run_in_threadpool(desk.conflict, error)
            return json({"error": {"code": "conflict", "message": str(error), **told}}, 409)
        except PublisherError as error:
            return answer_of(error)
        except ValueError as error:  # A value of the settings that says of itself what is wrong with it.
            return refused(422, "refused", str(error))
        return answer if isinstance(answer, Response) else json(answer)

    return Route(path, endpoint, methods=[method])


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


def json(value: object, status: int = 200) -> Response:
    """A value as an answer."""
    return Response(msgspec.json.encode(value, enc_hook=str), status, media_type="application/json")


KINDS: tuple[tuple[type[PublisherError], int, str], ...] = (
    (NotFoundError, 404, "not-found"),
    (TooLargeError, 413, "too-large"),
    (BadRequestError, 400, "bad-request"),
    (RenderingError, 503, "engine"),
    (OutputError, 507, "not-written"),
    (PublisherError, 422, "refused"),
)
"""By the first kind that an error is of: the status, and the code that stays."""


def answer_of(error: PublisherError) -> Response:
    """An error as an answer."""
    status, code = next((status, code) for kind, status, code in KINDS if isinstance(error, kind))
    return refused(status, code, str(error))


def _path(kind: type, value: object) -> object:
    if kind is not Path or not isinstance(value, str):
        raise NotImplementedError
    return Path(value)
