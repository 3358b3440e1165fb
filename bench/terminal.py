"""An app in a terminal of its own, and how long it takes from a key to what is seen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROWS, COLUMNS = 30, 100
PATIENCE = 60.0
# Nothing printed for so long after a key: all that it changes is on the screen.
QUIET = 0.04
ESCAPES = re.compile(rb"\x1b\[[0-9;?=>]*[a-zA-Z]")


class Terminal:
    """A command on a pseudo-terminal; use it as a context, at whose end it is stopped."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        env = {**os.environ, **environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        self._begun = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=follower, stdout=follower, stderr=follower, env=env, start_new_session=True
        )
        os.close(follower)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        until = time.perf_counter() + 5
        self.send(b"\x11")
        while self._process.poll() is None and time.perf_counter() < until:
            try:
                self.drain(0.05)
            except OSError:
                break
        self._process.kill()
        self._process.wait()
        os.close(self._leader)

    def send(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self._leader, keys)

    def until(self, mark: bytes) -> float:
        """Read until `mark` was printed, and return the seconds since the start."""
        shown = b""
        while mark not in ESCAPES.sub(b"", shown):
            shown += self._read(PATIENCE)
        return time.perf_counter() - self._begun

    def drain(self, seconds: float) -> None:
        """Read what is printed within some seconds."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            if select.select([self._leader], [], [], left)[0]:
                os.read(self._leader, 65536)

    def painted(self, keys: bytes) -> tuple[float, float]:
        """Press keys; return the seconds until the first frame that shows it, and until the last of what changes."""
        begun = time.perf_counter()
        self.send(keys)
        self._read(PATIENCE)
        first = last = time.perf_counter()
        while select.select([self._leader], [], [], QUIET)[0]:
            os.read(self._leader, 65536)
            last = time.perf_counter()
        return first - begun, last - begun

    def memory(self) -> float:
        """Return how much memory the process holds, in MiB."""
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        return int(found[1]) / 1024 if found else 0.0

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._leader], [], [], seconds)[0]:
            raise TimeoutError(f"nothing to see after {seconds:.0f} seconds")
        return os.read(self._leader, 65536)
