"""A real terminal for tests: the app in a pseudo-terminal, with a screen to look at and answers of its own."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping

import pyte

PATIENCE = 20.0
ROWS, COLUMNS = 24, 80
# Textual asks for more than the emulator knows; it would print the rest of what it does not understand.
UNKNOWN = (b"\x1b[>25u", b"\x1b[<u")
LIGHT, DARK = b"\x1b]11;rgb:fbfb/f8f8/f1f1\x07", b"\x1b]11;rgb:1717/1919/1e1e\x1b\\"


class Terminal:
    """A process on a terminal. `answer` is what it says when it is asked for its page color, `b""` for nothing."""

    def __init__(self, environment: Mapping[str, str], answer: bytes = b"", command: tuple[str, ...] = ()) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self.printed = b""
        self._stream = pyte.ByteStream(self.screen)
        self._answer = answer
        self._has_answered = False
        self._fed = 0
        self._leader, child = pty.openpty()
        fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.process = subprocess.Popen(
            command or (sys.executable, "-m", "reflect"),
            stdin=child,
            stdout=child,
            stderr=child,
            env=dict(environment),
            start_new_session=True,
        )
        self.attributes = termios.tcgetattr(child)
        self._child = child

    def send(self, keys: bytes) -> None:
        """Press keys, or say something as terminals do."""
        os.write(self._leader, keys)

    def wait(self, until: Callable[[], bool]) -> None:
        """Take in what is printed until something holds."""
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, self.shown()
            self.take()

    def take(self, seconds: float = 0.02) -> None:
        """Take in what is printed in this time."""
        if not select.select([self._leader], [], [], seconds)[0]:
            return
        with contextlib.suppress(OSError):
            self.printed += os.read(self._leader, 65536)
        if self._answer and not self._has_answered and b"\x1b]11;?" in self.printed:
            self._has_answered = True
            self.send(self._answer)
        new = self.printed[self._fed :]
        self._fed = len(self.printed)
        for each in UNKNOWN:
            new = new.replace(each, b"")
        self._stream.feed(new)

    def wait_for(self, words: str) -> None:
        """Wait until words stand on the screen."""
        self.wait(lambda: words in self.shown())

    def shown(self) -> str:
        """Return what stands on the screen."""
        return "\n".join(self.screen.display)

    def row_of_caret(self) -> str:
        """Return the line that the terminal's own cursor stands on."""
        return str(self.screen.display[self.screen.cursor.y])

    def ground(self, row: int = 0, column: int = 0) -> str:
        """Return the color of the page at a cell."""
        return str(self.screen.buffer[row][column].bg)

    def modes(self) -> list[object]:
        """Return how the terminal treats what is typed."""
        return termios.tcgetattr(self._child)

    def is_gone(self) -> bool:
        """Say whether the process has ended."""
        return self.process.poll() is not None

    def close(self) -> None:
        """End the process, however it stands."""
        if not self.is_gone():
            self.process.kill()
        self.process.wait()
        os.close(self._leader)
        os.close(self._child)
