"""Tabs: each has an app, which ends with it, and what was typed is there afterwards."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
from typing import IO

import pytest

from reflect.serve.tab import COMMAND, link_message
from reflect.workspace import Workspace
from tests.serve.client import visitor
from tests.serve.conftest import PATIENCE, Served, running, wait_until

TEXT = "Never lose this"


async def test_closing_the_tab_ends_its_app_and_keeps_the_draft(served: Served, workspace: Workspace) -> None:
    async with visitor(served) as guest:
        tab = await guest.tab()
        await tab.begin_to_write(TEXT)
        await tab.type(" either")
        await tab.connection.close()
        wait_until(lambda: not served.apps(), "the end of the app")
    assert [draft.title for draft in workspace.drafts.all()] == [f"{TEXT} either"]


@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL], ids=lambda each: each.name
)
async def test_the_apps_end_with_the_server_and_keep_their_drafts(
    served: Served, workspace: Workspace, number: signal.Signals
) -> None:
    async with visitor(served) as guest:
        tab = await guest.tab()
        await tab.begin_to_write(TEXT)
        (app,) = served.apps()
        served.process.send_signal(number)
        reason = await tab.end()
    served.process.wait(20)
    wait_until(lambda: app not in running(), "the end of the app")
    assert [draft.title for draft in workspace.drafts.all()] == [TEXT]
    if number is not signal.SIGKILL:
        assert served.process.returncode == 0
        assert "reflect serve" in reason


def test_an_app_that_nobody_looks_at_any_more_keeps_what_is_typed(workspace: Workspace) -> None:
    driver = {"TEXTUAL_DRIVER": "reflect.tui.browser_driver:BrowserDriver"}
    process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **driver})
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        wait_for_words(process.stdout, b"try first")
        process.stdin.write(packet(b"w"))
        process.stdin.flush()
        wait_for_words(process.stdout, b"What happened")
        process.stdout.close()
        process.stdin.write(packet(TEXT.encode()))
        process.stdin.close()
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.wait()
    assert [draft.title for draft in workspace.drafts.all()] == [TEXT]


def packet(keys: bytes) -> bytes:
    return b"D" + len(keys).to_bytes(4, "big") + keys


def wait_for_words(output: IO[bytes], words: bytes) -> None:
    shown = b""
    while words not in shown:
        assert select.select([output], [], [], PATIENCE)[0], shown[-500:]
        shown += os.read(output.fileno(), 65536)


async def test_a_fifth_tab_is_refused_until_one_is_closed(served: Served) -> None:
    async with visitor(served) as guest:
        tabs = [await guest.tab() for _ in range(4)]
        fifth = await guest.tab()
        assert "4 tabs" in await fifth.end()
        assert len(served.apps()) == 4
        await tabs[0].connection.close()
        another = await guest.tab()
        await another.wait_for("Today")


async def test_nonsense_from_a_page_changes_nothing(served: Served) -> None:
    async with visitor(served) as guest:
        tab = await guest.tab()
        await tab.wait_for("try first")
        for nonsense in (
            "",
            "{}",
            "[]",
            "7",
            "null",
            '["resize"]',
            '["resize", {"width": "x"}]',
            '["stdin"]',
            "[" * 9999,
        ):
            await tab.connection.send_str(nonsense)
        await tab.connection.send_str('["resize", {"width": 1e99, "height": -1}]')
        await tab.connection.send_bytes(b"\x00")
        await tab.connection.send_json(["resize", {"width": 100, "height": 30}])
        await tab.connection.send_json(["ping", "17"])
        await tab.wait_for('["pong", "17"]')
        await tab.type("?")
        await tab.wait_for("Keys")


@pytest.mark.parametrize(
    "meta",
    [
        {"type": "open_url", "url": "javascript:alert(1)"},
        {"type": "open_url", "url": "file:///etc/passwd"},
        {"type": "open_url", "url": " https://example.org"},
        {"type": "open_url"},
        {"type": "deliver_file_start", "key": "1", "path": "/etc/passwd", "url": "https://example.org"},
    ],
)
def test_the_page_is_not_asked_to_open_anything_but_links(meta: dict[str, str]) -> None:
    assert link_message(json.dumps(meta).encode()) == ""


@pytest.mark.parametrize("url", ["https://example.org/a", "HTTP://example.org", "mailto:ana@example.org"])
def test_a_link_is_opened_in_a_new_tab(url: str) -> None:
    message = link_message(json.dumps({"type": "open_url", "url": url, "new_tab": False}).encode())
    assert json.loads(message) == ["open_url", {"url": url, "new_tab": True}]


async def test_what_needs_a_terminal_says_so(served: Served) -> None:
    async with visitor(served) as guest:
        tab = await guest.tab()
        await tab.wait_for("try first")
        await tab.type("\x1a")
        await tab.wait_for("In a browser the app")
