"""A browser without a window: it asks an application in this process, and keeps cookies."""

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp

PORT = 8000
BASE = f"http://127.0.0.1:{PORT}"
SAME = {"Sec-Fetch-Site": "same-origin"}


class Browser:
    """Asks one application; redirects are not followed."""

    def __init__(self, app: ASGIApp, *, headers: dict[str, str] | None = None, cookies: dict[str, str] | None = None):
        self._app = app
        self._headers = headers or {}
        self.cookies = httpx.Cookies(cookies)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(
                transport=transport, base_url=BASE, headers=self._headers, cookies=self.cookies
            ) as client:
                answer = await client.request(method, path, **options)
                self.cookies = client.cookies
                return answer

        return asyncio.run(ask())

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self.request("POST", path, **options)

    def patch(self, path: str, **options: Any) -> httpx.Response:
        return self.request("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> httpx.Response:
        return self.request("DELETE", path, **options)
