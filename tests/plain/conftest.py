"""What tests of the conversation share."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator

import pytest

from reflect.vault.vault import Vault
from reflect.workspace import Workspace

try:
    import readline
except ImportError:
    readline = None  # type: ignore[assignment]

PATIENCE = 20.0


@pytest.fixture
def talk(run_cli: Callable[..., object], vault: Vault) -> Callable[..., str]:
    """Say these lines and return all that was answered; the conversation ends with them."""

    def run(*lines: str | bytes) -> str:
        given = b"".join((each.encode() if isinstance(each, str) else each) + b"\n" for each in lines)
        ran = run_cli("--plain", input=given)
        assert ran.err == ""  # type: ignore[attr-defined]
        assert ran.code == 0, ran.out  # type: ignore[attr-defined]
        return str(ran.out)  # type: ignore[attr-defined]

    return run


@pytest.fixture
def records(workspace: Workspace) -> Callable[[], dict[str, str]]:
    """Return the text of each record in the journal by its kind."""

    def read() -> dict[str, str]:
        workspace.refresh(full=True)
        return {row.kind: (workspace.vault.root / row.path).read_text() for row in workspace.rows()}

    return read


class Terminal:
    """A conversation on a terminal of its own, which ctrl+c and a hang-up reach as they reach a person's."""

    def __init__(self, term: str) -> None:
        self._edits_lines = term != "dumb" and "libedit" not in (readline.__doc__ or "") if readline else False
        self.screen, child = pty.openpty()
        self.output = b""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reflect", "--plain"],
            stdin=child,
            stdout=child,
            stderr=child,
            env={**os.environ, "TERM": term, "COLUMNS": "80", "LINES": "24"},
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(child)

    def send(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.screen, keys)

    def wait(self, until: Callable[[], bool]) -> None:
        """Read what is printed until something holds."""
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, self.output[-2000:].decode()
            if select.select([self.screen], [], [], 0.02)[0]:
                with contextlib.suppress(OSError):
                    self.output += os.read(self.screen, 65536)

    def say(self, line: str, answer: str) -> None:
        """Type a line and wait for words in what comes after it."""
        self.wait(self.is_reading)
        before = len(self.output)
        self.send(line.encode() + b"\r")
        self.wait(lambda: answer.encode() in self.output[before:])

    def wait_for(self, words: str) -> None:
        """Read until words were printed."""
        self.wait(lambda: words.encode() in self.output)

    def type_on(self, keys: bytes) -> None:
        """Type once a line is being read, and wait until it shows: before, ctrl+c would find another state."""
        self.wait(self.is_reading)
        self.send(keys)
        self.wait_for(keys.decode())

    def is_reading(self) -> bool:
        """Say whether a line is being read; a key that comes while the terminal is being set for that may be lost."""
        mode = termios.tcgetattr(self.screen)
        return not mode[3] & termios.ICANON if self._edits_lines else mode[6][termios.VINTR] == b"\x00"

    def hang_up(self) -> None:
        """Close the terminal."""
        os.close(self.screen)
        self.screen = -1

    def ended(self) -> int:
        """Wait for the end and return the code."""
        return self.process.wait(PATIENCE)


@pytest.fixture
def terminal(vault: Vault) -> Iterator[Callable[[str], Terminal]]:
    """Open conversations on terminals of these names, each waiting for its first line."""
    opened: list[Terminal] = []

    def open_one(term: str = "xterm") -> Terminal:
        found = Terminal(term)
        opened.append(found)
        found.wait_for("What next? ")
        return found

    yield open_one
    for each in opened:
        if each.process.poll() is None:
            each.process.kill()
        each.process.wait()
        if each.screen >= 0:
            os.close(each.screen)
