"""The app in a terminal of its own, beside a bare Textual app with one list."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.timing import Figure

ROWS, COLUMNS = 30, 100
PATIENCE = 60.0
# The app looks over the whole folder after its first frame; memory is read when that is done.
SETTLING = 6.0
BARE = """
from textual.app import App
from textual.widgets import Footer, OptionList

class Bare(App):
    BINDINGS = [("q", "quit", "Quit the app")]
    def compose(self):
        yield OptionList("first row")
        yield Footer()

Bare().run()
"""
ESCAPES = re.compile(rb"\x1b\[[0-9;?=>]*[a-zA-Z]")


def app_figures(home: Path, size: int) -> Iterator[Figure]:
    """Yield the rows of opening the app, and of its memory."""
    reflect = [sys.executable, "-m", "reflect"]
    bare = [sys.executable, "-c", BARE]
    environment = {"REFLECT_HOME": str(home)}
    starts: tuple[list[float], list[float]] = ([], [])
    for _ in range(7 if size < 50_000 else 5):
        starts[0].append(_run(reflect, environment, b"Journal")[0])
        starts[1].append(_run(bare, {}, b"first row")[0])
    yield Figure(
        "open the app to its first frame", size, median(starts[0]), median(starts[1]), 1.3, note="bare Textual app"
    )
    ours = _run(reflect, environment, b"Journal", SETTLING)[1]
    yardstick = _run(bare, {}, b"first row", SETTLING)[1]
    yield Figure("memory of the app", size, ours, yardstick, 2.0, unit="MiB", note="bare Textual app")


def _run(
    command: Sequence[str], environment: Mapping[str, str], mark: bytes, settle: float = 0.0
) -> tuple[float, float]:
    """Return the seconds until `mark` is on the screen, and the memory in MiB; the app is then left by `q`."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    env = {**os.environ, **environment, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdin=follower, stdout=follower, stderr=follower, env=env, start_new_session=True
    )
    os.close(follower)
    try:
        shown = b""
        while mark not in ESCAPES.sub(b"", shown):
            shown += _read(leader, begun + PATIENCE)
        took = time.perf_counter() - begun
        until = time.perf_counter() + settle
        while time.perf_counter() < until:
            _drain(leader, 0.1)
        return took, _memory(process.pid)
    finally:
        os.write(leader, b"q")
        _end(process, leader)


def _read(leader: int, until: float) -> bytes:
    ready, _, _ = select.select([leader], [], [], max(0.0, until - time.perf_counter()))
    if not ready:
        raise TimeoutError(f"nothing to see after {PATIENCE:.0f} seconds")
    return os.read(leader, 65536)


def _drain(leader: int, seconds: float) -> None:
    if select.select([leader], [], [], seconds)[0]:
        os.read(leader, 65536)


def _end(process: subprocess.Popen[bytes], leader: int) -> None:
    until = time.perf_counter() + 5
    while process.poll() is None and time.perf_counter() < until:
        try:
            _drain(leader, 0.05)
        except OSError:
            break
    process.kill()
    process.wait()
    os.close(leader)


def _memory(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0
