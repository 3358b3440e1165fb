"""What tests of `reflect serve` share: a real server on loopback, and a real Chromium."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from reflect.workspace import Workspace

PATIENCE = 20.0
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def wait_until(holds: Callable[[], Any], what: str) -> None:
    """Wait until something holds; fails with words when it never does."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"never seen: {what}"
        time.sleep(0.02)


@dataclass
class Served:
    """A running `reflect serve`."""

    process: subprocess.Popen[str]
    url: str
    port: int
    seen: set[int] = field(default_factory=set)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def apps(self) -> list[int]:
        """Return the processes of its tabs."""
        apps = [pid for pid, parent in running().items() if parent == self.process.pid]
        self.seen |= set(apps)
        return apps

    def end(self, number: signal.Signals) -> None:
        """End it by a signal and wait for it."""
        self.process.send_signal(number)
        self.process.wait(PATIENCE)


def running() -> dict[int, int]:
    """Return each process of this computer that has not ended, with its parent."""
    if Path("/proc/self/stat").exists():
        lines = []
        for path in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                pid, _, rest = path.read_text().partition(" (")
                state, parent = rest.rpartition(") ")[2].split()[:2]
                lines.append((pid, parent, state))
    else:
        listed = subprocess.run(["ps", "-axo", "pid=,ppid=,stat="], capture_output=True, text=True, check=True).stdout
        lines = [tuple(line.split()) for line in listed.splitlines()]
    return {int(pid): int(parent) for pid, parent, state in lines if state[0] != "Z"}


@pytest.fixture
def served(workspace: Workspace) -> Iterator[Served]:
    """The server on an empty journal; it and its apps are gone afterwards."""
    command = [sys.executable, "-m", "reflect", "serve", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert process.stdout is not None
    said = json.loads(process.stdout.readline())
    server = Served(process, said["url"], said["port"])
    yield server
    server.apps()
    if process.poll() is None:
        server.end(signal.SIGTERM)
    process.stdout.close()
    try:
        wait_until(lambda: not running().keys() & server.seen, "the end of the apps")
    finally:
        for pid in running().keys() & server.seen:
            os.kill(pid, signal.SIGKILL)


@pytest.fixture
def chromium(tmp_path: Path) -> Iterator[Any]:
    """A headless Chromium with an empty profile; each call gives a page that remembers what it saw."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("No Chromium is installed here, and what a browser does can only be seen in one.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=program, args=FLAGS, viewport={"width": 1000, "height": 620}
        )
        yield browser
        browser.close()


class Watched:
    """A page of Chromium, with all that it asked for, complained of and was shown."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.shown = ""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on(
            "console", lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("websocket", self._listen)

    def _listen(self, connection: Any) -> None:
        self.requests.append(connection.url)
        connection.on("framereceived", self._take)

    def _take(self, frame: str | bytes) -> None:
        self.shown += frame.decode("utf-8", "replace") if isinstance(frame, bytes) else ""

    def wait_for(self, words: str) -> None:
        """Wait until the app has drawn these words."""
        self.wait(lambda: words in self.shown, words)

    def wait(self, holds: Callable[[], Any], what: str) -> None:
        """Wait while the page goes on working."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, f"never seen: {what}; {self.complaints} {self.shown[-300:]!r}"
            self.page.wait_for_timeout(20)


@pytest.fixture
def open_page(chromium: Any) -> Callable[[str], Watched]:
    """Open an address in a new tab of Chromium."""

    def open_(url: str) -> Watched:
        watched = Watched(chromium.new_page())
        watched.page.goto(url)
        return watched

    return open_
