"""One tab: a process of the app, and the packets in which Textual's web driver speaks to whoever shows it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping

# The app keeps drafts at once when it is asked to go; a save that is under way may need longer.
PATIENCE = 10.0
PRELUDE = b"__GANGLION__\n"
FRAME, META = b"D", b"M"
LINKS = ("http", "https", "mailto")
COLUMNS, ROWS = (20, 500), (5, 300)
COMMAND = (sys.executable, "-P", "-m", "reflect.serve.tab_app")


class Tab:
    """The app of one tab."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._process = process
        self._input, self._output = process.stdin, process.stdout
        self._complaints = asyncio.create_task(process.stderr.read())

    @classmethod
    async def open(cls, environment: Mapping[str, str], columns: object, rows: object) -> Tab:
        """Start the app at the size of a page."""
        settings = {
            "TEXTUAL_DRIVER": "reflect.tui.browser_driver:BrowserDriver",
            "TEXTUAL_COLOR_SYSTEM": "truecolor",
            "TERM_PROGRAM": "textual",
            "COLUMNS": str(_within(columns, *COLUMNS)),
            "ROWS": str(_within(rows, *ROWS)),
        }
        # In a session of its own: ctrl+c in the terminal goes to the server, which lets the app end in peace.
        process = await asyncio.create_subprocess_exec(
            *COMMAND, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={**environment, **settings}, start_new_session=True
        )
        return cls(process)

    async def take(self, message: str) -> str:
        """Hand on what the page says, and return what it is to be answered; what makes no sense is passed over."""
        try:
            kind, *rest = json.loads(message)
            data = rest[0] if rest else None
            if kind == "stdin" and isinstance(data, str):
                await self._send(FRAME, data.encode("utf-8", "replace"))
            elif kind == "resize" and isinstance(data, dict):
                size = {"width": _within(data.get("width"), *COLUMNS), "height": _within(data.get("height"), *ROWS)}
                await self._send(META, json.dumps({"type": "resize", **size}).encode())
            elif kind in ("focus", "blur"):
                await self._send(META, json.dumps({"type": kind}).encode())
            elif kind == "ping":
                return json.dumps(["pong", data])
        except (ValueError, TypeError, RecursionError):
            pass
        return ""

    async def shown(self) -> AsyncIterator[bytes | str]:
        """Yield what the page is to show: frames as bytes, and as text the links that it is to open."""
        with contextlib.suppress(asyncio.IncompleteReadError):
            await self._output.readuntil(PRELUDE)
            while True:
                head = await self._output.readexactly(5)
                payload = await self._output.readexactly(int.from_bytes(head[1:], "big"))
                if head[:1] == FRAME:
                    yield payload
                elif head[:1] == META and (link := link_message(payload)):
                    yield link

    async def end(self) -> str:
        """Let the app go, wait until it has, and return what it complained of if it went with an error.

        The end of its input asks it to: that comes after the last key, where a signal would overtake it.
        """
        self._input.close()
        try:
            async with asyncio.timeout(PATIENCE):
                await self._process.wait()
        except TimeoutError:
            self._process.kill()
            await self._process.wait()
        complaints = (await self._complaints).decode("utf-8", "replace")
        return complaints if self._process.returncode else ""

    async def has_failed(self) -> bool:
        """Say whether the app went with an error; waits until it has gone."""
        return await self._process.wait() != 0

    async def _send(self, kind: bytes, payload: bytes) -> None:
        # An app that has just ended hears nothing more, and the page will be told.
        with contextlib.suppress(ConnectionError):
            self._input.write(kind + len(payload).to_bytes(4, "big") + payload)
            await self._input.drain()


def link_message(payload: bytes) -> str:
    """Return the message that opens a link; everything else that Textual offers to a page stays closed."""
    meta = json.loads(payload)
    url = str(meta.get("url", ""))
    if meta.get("type") != "open_url" or url.partition(":")[0].lower() not in LINKS:
        return ""
    return json.dumps(["open_url", {"url": url, "new_tab": True}])


def _within(value: object, least: int, most: int) -> int:
    text = str(value)
    return min(max(int(text), least), most) if text.isdecimal() and len(text) < 6 else least
