"""The server: routes, the guard before each of them, and the tabs that it opens and ends."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import signal
import socket
from collections.abc import Callable, Mapping

from aiohttp import WSMsgType, web
from aiohttp.typedefs import Handler

from reflect.errors import ReflectError
from reflect.serve.gate import LOOPBACK, OWN_SITES, Gate, account_behind
from reflect.serve.pages import HEADERS, app_page, content_policy, note_page, static_file
from reflect.serve.tab import PATIENCE, Tab

MOST_TABS = 4
# A page that is loaded anew comes before the app of the old one has ended.
WAIT_FOR_PLACE = 3.0
# A page that has vanished without a word is noticed after this time.
HEARTBEAT = 20.0
LONGEST_MESSAGE = 8 * 1024 * 1024
END_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

USED = (
    "This address has been used, or is not quite the one that was printed: it lets a browser in once. If reflect is "
    "open in another tab, go on there. If not, end reflect serve in its terminal with ctrl+c and start it again."
)
REFUSED = "Only the browser that opened the address of reflect serve is let in."
FULL = f"{MOST_TABS} tabs of reflect are open already. Close one, then load this page again."
SERVER_ENDED = "reflect has ended. You can close this page. To open it again, run: reflect serve"
APP_FAILED = "reflect ended with an error; the terminal in which reflect serve runs says more."


class Server:
    """One run of `reflect serve`."""

    def __init__(self, gate: Gate, environment: Mapping[str, str], complain: Callable[[str], None]) -> None:
        self._gate = gate
        self._environment = environment
        self._complain = complain
        self._places = asyncio.Semaphore(MOST_TABS)
        self._sockets: set[web.WebSocketResponse] = set()

    def application(self) -> web.Application:
        """Return the application with its routes."""
        application = web.Application(middlewares=[self._guard])
        application.on_response_prepare.append(self._add_headers)
        folder = self._gate.folder
        application.add_routes(
            [
                web.get("/", self._enter, allow_head=False),
                web.get(folder, self._show_app, allow_head=False),
                web.get(f"{folder}tab", self._open_tab, allow_head=False),
                web.get(f"{folder}{{name}}", self._send_file, allow_head=False),
            ]
        )
        return application

    async def end_tabs(self) -> None:
        """Close every page; each app ends with its page."""
        closing = [each.close(code=1001, message=SERVER_ENDED.encode()) for each in self._sockets]
        await asyncio.gather(*closing, return_exceptions=True)

    # Who may come in

    @web.middleware
    async def _guard(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        request["nonce"] = secrets.token_urlsafe(16)
        if not self._may_come_in(request):
            return self._note(request, REFUSED, 403)
        try:
            return await handler(request)
        except web.HTTPException as error:
            return self._note(request, "There is nothing here.", error.status)

    def _may_come_in(self, request: web.Request) -> bool:
        headers, gate = request.headers, self._gate
        is_tab = request.path == f"{gate.folder}tab"
        if headers.getall("Host", []) != [gate.host] or not self._is_of_this_account(request):
            return False
        if not gate.takes_origin(headers.get("Origin"), is_needed=is_tab):
            return False
        if request.path == "/":
            return True
        # Of a connection that a page opens, browsers disagree what site it is of; it has its origin.
        is_own_site = is_tab or headers.get("Sec-Fetch-Site") in OWN_SITES
        return is_own_site and gate.knows(request.cookies)

    def _is_of_this_account(self, request: web.Request) -> bool:
        """Say whether a connection is not known to be another account's; the system's own may pass for others."""
        peer = request.transport.get_extra_info("peername") if request.transport else None
        account = account_behind(peer[1], self._gate.port) if peer else None
        return account in (None, 0, os.getuid())

    def _note(self, request: web.Request, sentence: str, status: int = 200, onward: str = "") -> web.Response:
        page = note_page(request["nonce"], sentence, onward)
        return web.Response(text=page, status=status, content_type="text/html")

    async def _add_headers(self, request: web.Request, response: web.StreamResponse) -> None:
        nonce = request.get("nonce") or secrets.token_urlsafe(16)
        response.headers.update(HEADERS)
        response.headers["Content-Security-Policy"] = content_policy(self._gate, nonce)

    # What there is

    async def _enter(self, request: web.Request) -> web.Response:
        """Change the token for the cookie, and let the page itself go on to the app.

        A redirect would not do: where the address was a link on another site, browsers would not send a strict
        cookie along with it.
        """
        secret = self._gate.admit(request.query.get("token", ""))
        if not secret:
            return self._note(request, USED, 403)
        answer = self._note(request, "reflect opens.", onward=self._gate.folder)
        answer.set_cookie(self._gate.cookie, secret, path=self._gate.folder, httponly=True, samesite="Strict")
        return answer

    async def _show_app(self, request: web.Request) -> web.Response:
        return web.Response(text=app_page(self._gate, request["nonce"]), content_type="text/html")

    async def _send_file(self, request: web.Request) -> web.Response:
        file = static_file(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(body=file.content, content_type=file.content_type, charset="utf-8")

    async def _open_tab(self, request: web.Request) -> web.WebSocketResponse:
        page = web.WebSocketResponse(heartbeat=HEARTBEAT, max_msg_size=LONGEST_MESSAGE, timeout=2.0, compress=False)
        await page.prepare(request)
        self._sockets.add(page)
        try:
            await asyncio.wait_for(self._places.acquire(), WAIT_FOR_PLACE)
            try:
                await self._run_tab(page, request.query)
            finally:
                self._places.release()
        except TimeoutError:
            await page.close(code=1013, message=FULL.encode())
        finally:
            self._sockets.discard(page)
        return page

    async def _run_tab(self, page: web.WebSocketResponse, size: Mapping[str, str]) -> None:
        try:
            tab = await Tab.open(self._environment, size.get("width"), size.get("height"))
        except OSError as error:
            self._complain(f"reflect cannot be started for a tab: {error.strerror}.")
            await page.close(message=APP_FAILED.encode())
            return
        showing = asyncio.create_task(self._show(tab, page))
        try:
            async for message in page:
                if message.type == WSMsgType.TEXT and (answer := await tab.take(message.data)):
                    await page.send_str(answer)
        finally:
            complaint = await tab.end()
            await showing
            if complaint:
                self._complain(complaint)

    async def _show(self, tab: Tab, page: web.WebSocketResponse) -> None:
        async for shown in tab.shown():
            # What an app says after its page has gone is read all the same: else it could not end.
            with contextlib.suppress(ConnectionError):
                await (page.send_bytes(shown) if isinstance(shown, bytes) else page.send_str(shown))
        await page.close(message=APP_FAILED.encode() if await tab.has_failed() else b"")


def bound_socket(port: int) -> socket.socket:
    """Return a socket on the loopback address and no other; raises ReflectError."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except OSError as error:
        listening.close()
        hint = "Leave --port out for a free one, or name another."
        raise ReflectError(f"Port {port} cannot be used: {error.strerror}.", hint) from None
    return listening


async def serve(
    listening: socket.socket,
    environment: Mapping[str, str],
    ready: Callable[[Gate], None],
    complain: Callable[[str], None],
) -> None:
    """Serve the app until ctrl+c or a signal ends it; `ready` is told when browsers can come."""
    gate = Gate(listening.getsockname()[1])
    is_over = asyncio.Event()
    for number in END_SIGNALS:
        # No such signals on this system, or not the main thread: then there is nothing to meet.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            asyncio.get_running_loop().add_signal_handler(number, is_over.set)
    # Requests that are no requests are refused; a trace of each in the person's terminal would help nobody.
    logging.getLogger("aiohttp").addHandler(logging.NullHandler())
    server = Server(gate, environment, complain)
    runner = web.AppRunner(server.application(), access_log=None, shutdown_timeout=PATIENCE + 5)
    await runner.setup()
    site = web.SockSite(runner, listening)
    await site.start()
    try:
        ready(gate)
        await is_over.wait()
    finally:
        await site.stop()
        await server.end_tabs()
        await runner.cleanup()
