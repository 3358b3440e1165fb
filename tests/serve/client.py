"""A plain client in place of a browser: it can say what no browser would."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass

import aiohttp

from tests.serve.conftest import PATIENCE, Served


@dataclass
class Visitor:
    """Someone who was let in."""

    session: aiohttp.ClientSession
    origin: str
    folder: str
    cookie: str

    async def get(self, path: str = "", **headers: str) -> aiohttp.ClientResponse:
        """Return the answer to a request below the folder, with the cookie."""
        answer = await self.session.get(f"{self.origin}{self.folder}{path}", headers=self._with_cookie(headers))
        await answer.read()
        return answer

    async def tab(self, **headers: str) -> Tab:
        """Open a tab."""
        given = self._with_cookie({"Origin": self.origin, **headers})
        given = {name: value for name, value in given.items() if value}
        return Tab(await self.session.ws_connect(f"{self.origin}{self.folder}tab?width=80&height=24", headers=given))

    def _with_cookie(self, headers: dict[str, str]) -> dict[str, str]:
        return {"Cookie": self.cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}


class Tab:
    """A connection to one app."""

    def __init__(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        self.connection = connection
        self.shown = ""

    async def wait_for(self, words: str) -> None:
        """Wait until the app has drawn these words."""
        async with asyncio.timeout(PATIENCE):
            while words not in self.shown:
                message = await self.connection.receive()
                assert message.type in (aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT), (message, self.shown[-500:])
                data = message.data
                self.shown += data.decode("utf-8", "replace") if isinstance(data, bytes) else data

    async def type(self, keys: str) -> None:
        """Press keys."""
        await self.connection.send_json(["stdin", keys])

    async def begin_to_write(self, text: str) -> None:
        """Write so far that the app says it keeps a draft."""
        await self.wait_for("try first")
        await self.type("w")
        await self.wait_for("What happened")
        await self.type(text)
        await self.wait_for("draft")

    async def end(self) -> str:
        """Wait until the server closes and return why."""
        async with asyncio.timeout(PATIENCE):
            while (message := await self.connection.receive()).type is aiohttp.WSMsgType.BINARY:
                pass
        return str(message.extra or "")


@contextlib.asynccontextmanager
async def visitor(served: Served) -> AsyncIterator[Visitor]:
    """Use the address up, as a browser would."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        answer = await session.get(served.url)
        folder = re.search(r'url=(/[^/"]+/)"', await answer.text())
        assert folder is not None
        yield Visitor(session, served.origin, folder[1], answer.headers["Set-Cookie"].partition(";")[0])
