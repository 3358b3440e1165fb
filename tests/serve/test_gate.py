"""Who is let in, and who is not: a real server, asked in ways that no honest browser would."""

from __future__ import annotations

import http.client
import os
import re
import socket
from pathlib import Path

import aiohttp
import pytest

from tests.serve.client import visitor
from tests.serve.conftest import Served

EVIL = "http://evil.example"
OUTSIDE = re.compile(rb"(?:https?|wss?):?//(?!127\.0\.0\.1)[\w.-]+\.\w+")


async def test_the_address_lets_one_browser_in_and_is_then_used_up(served: Served) -> None:
    async with visitor(served) as guest:
        assert (await guest.get()).status == 200
        again = await guest.session.get(served.url)
        assert again.status == 403
        assert "has been used" in await again.text()


async def test_the_cookie_is_another_secret_that_scripts_and_other_sites_do_not_get(served: Served) -> None:
    async with aiohttp.ClientSession() as session:
        answer = await session.get(served.url)
    cookie = answer.headers["Set-Cookie"]
    assert served.url.partition("token=")[2] not in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    # A server on another port of this computer is sent the cookies of “/” too, and must not be sent this one.
    assert re.search(r"Path=/[\w-]{20,}/", cookie)


@pytest.mark.parametrize("path", ["", "tab", "page.js", "textual.js", "nothing"])
async def test_without_the_cookie_nothing_is_there(served: Served, path: str) -> None:
    async with visitor(served) as guest:
        for cookie in ("", "reflect=1", f"{guest.cookie}x", guest.cookie.partition("=")[0] + "=é"):
            guest.cookie = cookie
            assert (await guest.get(path, Origin=guest.origin)).status == 403


async def test_a_wrong_token_is_refused_and_the_right_one_still_works(served: Served) -> None:
    async with aiohttp.ClientSession() as session:
        for wrong in ("/", "/?token=", "/?token=x", "/?token=%C3%A9%FF"):
            assert (await session.get(served.origin + wrong)).status == 403
        assert (await session.head(served.url)).status != 200
        assert (await session.get(served.url)).status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "localhost:{port}", "127.0.0.1", "127.1:{port}"]
)
async def test_another_name_for_this_computer_is_refused(served: Served, host: str) -> None:
    async with visitor(served) as guest:
        assert (await guest.get(Host=host.format(port=served.port))).status == 403


@pytest.mark.parametrize("origin", [EVIL, "null", "http://127.0.0.1:1", "https://127.0.0.1:{port}", ""])
async def test_a_page_of_another_origin_cannot_open_a_tab(served: Served, origin: str) -> None:
    async with visitor(served) as guest:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await guest.tab(Origin=origin.format(port=served.port))
        assert refused.value.status == 403
        assert served.apps() == []


async def test_a_page_of_another_origin_gets_nothing_even_with_the_cookie(served: Served) -> None:
    async with visitor(served) as guest:
        assert (await guest.get("page.js", Origin=EVIL)).status == 403
        assert (await guest.get("page.js", Sec_Fetch_Site="cross-site")).status == 403
        # Another port of this computer is the “same site” to browsers.
        assert (await guest.get("page.js", Sec_Fetch_Site="same-site")).status == 403


async def test_every_answer_carries_the_strict_headers(served: Served) -> None:
    async with visitor(served) as guest:
        answers = [await guest.get(path) for path in ("", "page.js", "textual.js", "nothing", "tab")]
        answers.append(await guest.session.get(served.origin))
        assert {answer.status for answer in answers} == {200, 403, 404}
        for answer in answers:
            policy = answer.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; script-src 'nonce-")
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert f"connect-src ws://127.0.0.1:{served.port};" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["X-Frame-Options"] == "DENY"
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "Access-Control-Allow-Origin" not in answer.headers


async def test_nothing_that_is_sent_names_an_address_outside_this_computer(served: Served) -> None:
    async with visitor(served) as guest:
        page = await guest.get()
        names = re.findall(rb'(?:src|href)="([^"]+)"', await page.read())
        assert sorted(names) == [b"icon.svg", b"page.css", b"page.js", b"textual.js", b"xterm.css"]
        for name in names:
            file = await guest.get(name.decode())
            assert file.status == 200
            found = set(OUTSIDE.findall(await file.read()))
            # A name for the format, and the home of xterm in the notice of its license: neither is asked for anything.
            assert found <= {
                b"http://www.w3.org",
                b"https://github.com",
                b"http://bellard.org",
                b"http://linux.die.net",
            }


async def test_the_page_is_drawn_with_fonts_of_this_computer(served: Served) -> None:
    async with visitor(served) as guest:
        script = await (await guest.get("textual.js")).text()
    assert "DejaVu Sans Mono" in script
    assert "Roboto Mono" not in script


def test_only_the_loopback_address_listens(served: Served) -> None:
    with socket.socket() as knocking:
        knocking.settimeout(5)
        assert knocking.connect_ex(("127.0.0.2", served.port)) != 0
        assert not [address for address in own_addresses() if answers(address, served.port)]


def own_addresses() -> set[str]:
    found = {str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    return {address for address in found if address != "127.0.0.1"}


def answers(address: str, port: int) -> bool:
    with socket.socket() as knocking:
        knocking.settimeout(5)
        return knocking.connect_ex((address, port)) == 0


@pytest.mark.skipif(
    os.geteuid() != 0 or not Path("/proc/net/tcp").exists(),
    reason="Only the administrator of a Linux system can speak as another account.",
)
def test_another_account_of_this_computer_is_refused_also_with_the_address(served: Served) -> None:
    path = served.url.removeprefix(served.origin)
    assert status_for_account(65534, served.port, path) == 403
    assert status_for_account(0, served.port, path) == 200


def status_for_account(account: int, port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    os.seteuid(account)
    try:
        connection.connect()
    finally:
        os.seteuid(0)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status
