"""Which address does what: requests become calls of a desk, and what it gives JSON."""

import shlex
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import msgspec
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from publisher.desk import changes
from publisher.desk.answers import answer_of, body_of, decoded, json, number, part
from publisher.desk.books import CSP
from publisher.desk.bringing import Pasted
from publisher.desk.contents import NotFoundError
from publisher.desk.desk import LIMIT_UPLOAD_BYTES, Desk
from publisher.desk.digests import Digests, Overruling, WeekAsked
from publisher.desk.drafts import ConflictError
from publisher.desk.events import Event
from publisher.desk.exporting import COMMAND, SHELF_COMMAND, media_type_of_output, planned
from publisher.desk.folder import PICTURES
from publisher.desk.guard import refused
from publisher.desk.interface import Interface
from publisher.errors import PublisherError

Do = Callable[[Request, bytes], object]

LIMIT_BODY_BYTES = 4 * 1024**2
"""Of a request that is no upload."""

HERE = Path(__file__).parent


FOR_EVER = {"Cache-Control": "private, max-age=31536000, immutable"}
"""Of what is named by its content."""

FOR_A_WHILE = {"Cache-Control": "private, max-age=600"}
"""Of drawings: each that is shown anew would be asked for, and be missing while nobody answers."""

LIMIT_DOWNLOAD_BYTES = 1024**3


class Address(changes.Wish, frozen=True, kw_only=True):
    """An address of the web."""

    url: str


class Shelving(changes.Wish, frozen=True, kw_only=True):
    """How the issue is put on the shelf."""

    replace: bool = False
    """In the place of another of its week."""


def make_app(desk: Desk) -> Starlette:
    """The application of a desk, for whom a ``Guard`` lets through."""
    parts = (_pages_of, _desk_routes, _article_routes, _bringing_routes, _look_routes, _job_routes, _digest_routes)
    return Starlette(routes=[route for part in parts for route in part(desk)])


def closed(request: Request) -> Response:
    """The page for a window that the desk does not know."""
    return Interface(HERE / "templates").page("closed.html", request, 403, reason="token")


def _pages_of(desk: Desk) -> list[BaseRoute]:
    """The page of the desk itself, and what it loads."""
    interface = Interface(HERE / "templates")

    async def index(request: Request) -> Response:
        return interface.page("index.html", request)

    async def drawings(request: Request) -> Response:
        return FileResponse(HERE / "static" / "icons.svg", headers=FOR_A_WHILE)

    static = Mount("/static", StaticFiles(directory=HERE / "static"))
    return [Route("/", index), Route("/static/icons.svg", drawings), static]


def _desk_routes(desk: Desk) -> list[BaseRoute]:
    """The desk as a whole, the lines of its pages, and its pages in print."""

    def change_lines(request: Request, body: bytes) -> object:
        change = decoded(body, changes.LinesChange)
        lines, cards = desk.decisions.change_lines(request.path_params["page"], change)
        return {
            "revision": lines.revision,
            "history": desk.history(),
            "cards": cards,
            "lines": lines.lines,
            "to_look_at": lines.to_look_at,
        }

    def lines(request: Request, body: bytes) -> object:
        return desk.contents.lines(request.path_params["page"], number(request, "from") or 1, number(request, "count"))

    def change(request: Request, body: bytes) -> object:
        desk.decisions.change(decoded(body, changes.DeskChange))
        return desk.state()

    def order(request: Request, body: bytes) -> object:
        desk.decisions.order(decoded(body, changes.OrderChange))
        return _changed(desk)

    def article(request: Request, body: bytes) -> object:
        desk.decisions.change_article(request.path_params["article"], decoded(body, changes.ArticleChange))
        return _changed(desk)

    def undo(request: Request, body: bytes) -> object:
        return {"did": desk.decisions.undo(), **msgspec.structs.asdict(desk.state())}

    def redo(request: Request, body: bytes) -> object:
        return {"did": desk.decisions.redo(), **msgspec.structs.asdict(desk.state())}

    def make_pages(request: Request, body: bytes) -> object:
        desk.make_pages()
        return desk.proofs.render()

    def image(request: Request, body: bytes) -> object:
        return Response(desk.proofs.image(request.path_params["image"]), media_type="image/png", headers=FOR_EVER)

    async def hello() -> Event:
        state = await run_in_threadpool(desk.state)
        render = state.render.id if state.render else None
        return "hello", {"revision": state.revision, "render": render, "read": state.reading.done}

    async def events(request: Request) -> Response:
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
        _route(desk, "GET", "/api/render", lambda request, body: desk.proofs.render(number(request, "id"))),
        _route(desk, "POST", "/api/render", make_pages),
        _route(desk, "GET", "/api/images/{image}.png", image),
        Route("/api/events", events),
    ]


def _changed(desk: Desk, **more: object) -> object:
    """What is answered to a change of the desk."""
    state = desk.state()
    return {"revision": state.revision, "history": state.history, "cards": state.cards, **more}


def _article_routes(desk: Desk) -> list[BaseRoute]:
    """What is shown and decided of single articles, their lines and their pictures."""

    def article(request: Request, body: bytes) -> object:
        view = desk.contents.article_view(request.path_params["article"])
        return {**msgspec.structs.asdict(view), "teasers": view.related}

    def why(request: Request, body: bytes) -> object:
        return desk.contents.reason(request.path_params["page"], request.path_params["n"])

    def outlet(request: Request, body: bytes) -> object:
        file, pages = desk.decisions.change_outlet(request.path_params["page"], decoded(body, changes.OutletChange))
        return _changed(desk, file=file, pages=pages)

    def pictures(request: Request, body: bytes) -> object:
        shown, loose = desk.contents.pictures_of(request.path_params["article"])
        return {"pictures": shown, "loose": loose}

    def change_picture(request: Request, body: bytes) -> object:
        change = decoded(body, changes.PictureChange)
        desk.decisions.change_picture(request.path_params["article"], request.path_params["picture"], change)
        return _changed(desk)

    def place_picture(request: Request, body: bytes) -> object:
        desk.decisions.place_picture(request.path_params["article"], decoded(body, changes.PicturePlace))
        return _changed(desk)

    def picture(request: Request, body: bytes) -> object:
        asset = desk.pictures.get(request.path_params["name"])
        if asset is None:
            raise NotFoundError("there is no such picture any more. Look at the article again.")
        return Response(asset.data, media_type=asset.media_type, headers=FOR_EVER)

    def remove(request: Request, body: bytes) -> object:
        desk.decisions.remove(request.path_params["page"], decoded(body, changes.Removal).revision)
        return _changed(desk)

    def place(request: Request, body: bytes) -> object:
        return desk.proofs.place_of(request.path_params["page"], request.path_params["n"])

    def stories(request: Request, body: bytes) -> object:
        return {"stories": desk.contents.stories()}

    return [
        _route(desk, "GET", "/api/articles/{article}", article),
        _route(desk, "GET", "/api/pages/{page}/lines/{n:int}/why", why),
        _route(desk, "GET", "/api/pages/{page}/lines/{n:int}/place", place),
        _route(desk, "POST", "/api/pages/{page}/outlet", outlet),
        _route(desk, "DELETE", "/api/pages/{page}", remove),
        _route(desk, "GET", "/api/articles/{article}/pictures", pictures),
        _route(desk, "POST", "/api/articles/{article}/pictures", place_picture),
        _route(desk, "PATCH", "/api/articles/{article}/pictures/{picture}", change_picture),
        _route(desk, "GET", "/api/pictures/{name}", picture),
        _route(desk, "GET", "/api/stories", stories),
    ]


def _bringing_routes(desk: Desk) -> list[BaseRoute]:
    """What comes into the folder."""

    def brought(file: str) -> object:
        kind = "picture" if file.lower().endswith(PICTURES) else "page"
        return _changed(desk, file=file, kind=kind, brought=desk.brought(file))

    def file(request: Request, body: bytes) -> object:
        return brought(desk.bringing.file(request.query_params.get("name", "page"), body))

    def paste(request: Request, body: bytes) -> object:
        return brought(desk.bringing.paste(decoded(body, Pasted)))

    def address(request: Request, body: bytes) -> object:
        return brought(desk.bringing.address(decoded(body, Address).url))

    def examples(request: Request, body: bytes) -> object:
        desk.decisions.bring_examples()
        return desk.state()

    def feed(request: Request, body: bytes) -> object:
        return {"entries": desk.bringing.feed(decoded(body, Address).url)}

    return [
        _route(desk, "POST", "/api/bring/file", file, LIMIT_UPLOAD_BYTES),
        _route(desk, "POST", "/api/bring/paste", paste, 2 * LIMIT_UPLOAD_BYTES),
        _route(desk, "POST", "/api/bring/address", address),
        _route(desk, "POST", "/api/bring/feed", feed),
        _route(desk, "POST", "/api/bring/examples", examples),
    ]


def _look_routes(desk: Desk) -> list[BaseRoute]:
    """Themes, the e-book, places on the pages."""

    def themes(request: Request, body: bytes) -> object:
        return {"themes": desk.themes()}

    def theme(request: Request, body: bytes) -> object:
        return desk.theme(request.path_params["name"])

    def at(request: Request, body: bytes) -> object:
        return desk.proofs.line_at(number(request, "number") or 1, part(request, "x"), part(request, "y"))

    def book_part(request: Request, body: bytes) -> object:
        zoom = min(400, max(50, number(request, "zoom") or 100))
        night = request.query_params.get("night") == "1"
        part = desk.proofs.book_part(request.path_params["key"], request.path_params["name"], night=night, zoom=zoom)
        # A frame of no origin asks for fonts as another site would; the address is all that it knows.
        headers = {"Content-Security-Policy": CSP, "Cross-Origin-Resource-Policy": "cross-origin"}
        if part.media_type.startswith("font/"):
            headers["Access-Control-Allow-Origin"] = "*"
        return Response(part.data, media_type=part.media_type, headers=headers)

    return [
        _route(desk, "GET", "/api/themes", themes),
        _route(desk, "GET", "/api/themes/{name}", theme),
        _route(desk, "GET", "/api/render/at", at),
        _route(desk, "GET", "/api/book", lambda request, body: desk.proofs.book().shown),
        _route(desk, "GET", "/book/{key}/{name:path}", book_part),
    ]


def _job_routes(desk: Desk) -> list[BaseRoute]:
    """What takes long: checks and exports."""

    def check(request: Request, body: bytes) -> object:
        return json({"job": desk.check()}, 202)

    def export(request: Request, body: bytes) -> object:
        return json({"job": desk.export()}, 202)

    def plan(request: Request, body: bytes) -> object:
        shelf = (
            {"name": desk.shelf.name, "command": SHELF_COMMAND.format(shelf=shlex.quote(str(desk.shelf)))}
            if desk.shelf
            else None
        )
        return {"outputs": planned(desk.contents.settings(), desk.folder), "command": COMMAND, "shelf": shelf}

    def shelf(request: Request, body: bytes) -> object:
        return json({"job": desk.put_on_shelf(replace=decoded(body, Shelving).replace)}, 202)

    def file(request: Request, body: bytes) -> object:
        name = request.path_params["name"]
        media_type = media_type_of_output(desk.contents.settings().outputs, name)
        data = desk.folder.read(name, LIMIT_DOWNLOAD_BYTES) if media_type else None
        if data is None or media_type is None:
            raise NotFoundError(f"there is no file {name!r}. Export it first.")
        disposition = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
        return Response(data, media_type=media_type, headers={"Content-Disposition": disposition})

    return [
        _route(desk, "POST", "/api/check", check),
        _route(desk, "GET", "/api/export", plan),
        _route(desk, "POST", "/api/export", export),
        _route(desk, "POST", "/api/shelf", shelf),
        _route(desk, "GET", "/api/files/{name}", file),
    ]


def _digest_routes(desk: Desk) -> list[BaseRoute]:
    """The digests whose settings lie in the folder."""

    def known() -> Digests:
        if desk.digests is None:
            raise NotFoundError("digests are not run here. Start the desk with publisher desk.")
        return desk.digests

    def settings(request: Request) -> str:
        try:
            return known().file(request.path_params["digest"])
        except LookupError as error:
            raise NotFoundError("there is no such digest any more. Look at the folder again.") from error

    def digests(request: Request, body: bytes) -> object:
        return {"digests": known().all() if desk.digests else ()}

    def plan(request: Request, body: bytes) -> object:
        file, week = settings(request), decoded(body, WeekAsked).week
        return json({"job": desk.jobs.start("plan", lambda progress: known().plan(file, week, progress))}, 202)

    def publish(request: Request, body: bytes) -> object:
        file, week = settings(request), decoded(body, WeekAsked).week
        return json({"job": desk.jobs.start("publish", lambda progress: known().publish(file, week, progress))}, 202)

    def overrule(request: Request, body: bytes) -> object:
        asked = decoded(body, Overruling)
        known().overrule(settings(request), asked.key, take=asked.in_)
        return {"history": desk.history()}

    return [
        _route(desk, "GET", "/api/digests", digests),
        _route(desk, "POST", "/api/digests/{digest}/plan", plan),
        _route(desk, "POST", "/api/digests/{digest}/publish", publish),
        _route(desk, "POST", "/api/digests/{digest}/overrule", overrule),
    ]


def _route(desk: Desk, method: str, path: str, do: Do, limit_bytes: int = LIMIT_BODY_BYTES) -> Route:
    """An address, whose work is done in a thread: its answer is JSON, or a response."""

    async def done(request: Request) -> object:
        body = await body_of(request, limit_bytes)
        try:
            return await run_in_threadpool(do, request, body)
        except ConflictError as error:
            told = await run_in_threadpool(desk.conflict, error)
            return json({"error": {"code": "conflict", "message": str(error), **told}}, 409)

    async def endpoint(request: Request) -> Response:
        try:
            answer = await done(request)
        except PublisherError as error:
            return answer_of(error, desk.folder)
        except ValueError as error:  # A value of the settings that says of itself what is wrong with it.
            return refused(422, "refused", str(error))
        return answer if isinstance(answer, Response) else json(answer)

    return Route(path, endpoint, methods=[method])
