"""The pages of the desk itself, from templates, in the language of the browser."""

import re
from pathlib import Path

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from publisher import __version__

LANGUAGES = ("vi", "en")
_TAG = re.compile(r"\s*([A-Za-z]{2,3})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=([0-9.]+))?\s*")


class Interface:
    """The templates in a folder."""

    def __init__(self, folder: Path) -> None:
        self._templates = jinja2.Environment(
            loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined
        )

    def page(self, name: str, request: Request, status: int = 200, **known: str) -> Response:
        """A page of a template, which knows ``language``, ``version`` and what is ``known``."""
        language = language_of(request)
        markup = self._templates.get_template(name).render(language=language, version=__version__, **known)
        return HTMLResponse(markup, status, headers={"Content-Language": language})


def language_of(request: Request) -> str:
    """The language of ours that a request wants: as its address says, its cookie, or its browser."""
    for asked in (request.query_params.get("language"), request.cookies.get("language")):
        if asked in LANGUAGES:
            return asked
    return preferred(request.headers.get("accept-language", ""))


def preferred(accepted: str) -> str:
    """The one of our languages that a browser likes best (RFC 9110, section 12.5.4); English for none."""
    found: list[tuple[float, str]] = []
    for part in accepted.split(","):
        tag = _TAG.fullmatch(part)
        if tag and tag[1].lower() in LANGUAGES:
            try:
                found.append((float(tag[2] or 1), tag[1].lower()))
            except ValueError:
                continue
    return max(found, key=lambda each: each[0])[1] if found else "en"
