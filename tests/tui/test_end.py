"""However the app ends, what was typed is there afterwards. A real process in a real pseudo-terminal."""

from __future__ import annotations

import contextlib
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reflect.workspace import Workspace

PATIENCE = 20.0
RUN = "import os, sys; from reflect.context import Context; from reflect.tui.app import run; "
RUN += "sys.exit(run(Context.from_environment(os.environ)))"


class Terminal:
    """A process that runs the app, with what it printed so far."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.screen, child = pty.openpty()
        self.output = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN],
            stdin=child,
            stdout=child,
            stderr=child,
            env=environment,
            start_new_session=True,
        )
        os.close(child)

    def send(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.screen, keys)

    def wait(self, until: Callable[[], bool]) -> None:
        """Read what is printed until something holds."""
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, self.output[-2000:]
            if select.select([self.screen], [], [], 0.02)[0]:
                with contextlib.suppress(OSError):
                    self.output += os.read(self.screen, 65536)

    def wait_for(self, words: bytes) -> None:
        """Read until words were printed."""
        self.wait(lambda: words in self.output)

    def is_gone(self) -> bool:
        """Say whether the process has ended."""
        return self.process.poll() is not None


@pytest.fixture
def terminal(workspace: Workspace) -> Iterator[Terminal]:
    """The app on an empty journal."""
    settings = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "COLUMNS": "80", "LINES": "24"}
    opened = Terminal({**os.environ, **settings})
    yield opened
    if not opened.is_gone():
        opened.process.kill()
    opened.process.wait()
    os.close(opened.screen)


def drafts_in(workspace: Workspace) -> list[Path]:
    return list(workspace.places.drafts.glob("*.json"))


def begin_to_write(terminal: Terminal) -> None:
    terminal.wait_for(b"try first")
    terminal.send(b"w")
    terminal.wait_for(b"What happened")
    terminal.send(b"Never lose this")
    terminal.wait_for(b"draft")


def test_a_draft_survives_a_kill(terminal: Terminal, workspace: Workspace) -> None:
    begin_to_write(terminal)
    terminal.wait(lambda: any("Never lose this" in each.text for each in workspace.drafts.all()))
    terminal.process.send_signal(signal.SIGKILL)
    terminal.wait(terminal.is_gone)
    assert [draft.title for draft in workspace.drafts.all()] == ["Never lose this"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_app_with_the_draft_kept(
    terminal: Terminal, workspace: Workspace, number: signal.Signals
) -> None:
    begin_to_write(terminal)
    terminal.process.send_signal(number)
    terminal.wait(terminal.is_gone)
    assert [draft.title for draft in workspace.drafts.all()] == ["Never lose this"]


def test_leaving_by_key_keeps_the_draft(terminal: Terminal, workspace: Workspace) -> None:
    begin_to_write(terminal)
    terminal.send(b"\x11")
    terminal.wait(terminal.is_gone)
    assert terminal.process.returncode == 0
    assert [draft.title for draft in workspace.drafts.all()] == ["Never lose this"]
