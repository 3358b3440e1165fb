"""A child process that has limits of memory, size and time, shows how far it is, and can be stopped.

Its whole group ends with it, and with us: where this program is killed, nothing of it is left behind.
"""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Progress = Callable[[int, int, str], None]

# The shell is there for two things that are not safe to do between fork and exec of a program with threads: it
# sets the limits (size of a file in blocks of 512 bytes; what a system does not know is left out), and it keeps
# one end of a pipe whose other end is ours. When that closes, because we were killed, it asks the whole group to end,
# and then makes it: a git that is killed outright leaves its lock at the place, and nobody could send there any more.
SUPERVISOR = """
ulimit -v "$1" 2>/dev/null; ulimit -f "$2" 2>/dev/null; shift 2
exec 3<&0 </dev/null
{ read -r _ <&3; trap '' TERM; kill -TERM 0; sleep 2; kill -KILL 0; } >/dev/null 2>&1 &
watch=$!
"$@" 3<&-
code=$?
kill "$watch"
exit "$code"
"""
# For a child that is only read from: git holds all differences of two states before it says the first.
LEAN = """
ulimit -v "$1" 2>/dev/null; shift
exec "$@"
"""
OUT_OF_MEMORY = re.compile(rb"[Oo]ut of memory|malloc failed|mmap failed|Cannot allocate memory")
TICK = 0.1
# Seconds in which a git that is to end takes its locks and its half-written files away.
GRACE = 2.0
MOST_OUTPUT = 64 << 20
MOST_WORDS = 64 << 10
# A connection that ssh keeps open for later holds our pipe; what was said before is all there is.
AFTER_END = 0.5

LINE = re.compile(
    rb"(remote: )?(Enumerating|Counting|Compressing|Receiving|Resolving|Unpacking|Writing|Checking)[a-z ]*:"
    rb"\s+(?:\d{1,3}% \((\d{1,10})/(\d{1,10})\)|(\d{1,10}))"
)
WORDS = {b"Receiving": "receiving", b"Unpacking": "receiving", b"Writing": "sending"}
CHECKING = (b"Resolving", b"Checking")


class TooMuch(Exception):
    """The child said more than it was allowed to."""


@dataclass(frozen=True)
class Limits:
    """What a child may use: bytes of memory, bytes of one file, seconds without growth, seconds in all."""

    memory: int = 1 << 30
    file_size: int = 256 << 20
    patience: float = 60.0
    seconds: float = 900.0


@dataclass(frozen=True)
class Ended:
    """How a child ended; `why` is `""` when it did so by itself, else stopped, silent, late or loud."""

    code: int
    output: bytes
    errors: bytes
    why: str = ""


@dataclass
class Watch:
    """What is looked at while a child runs.

    `grows` is a folder that has to grow; `progress` is told (done, total or 0, word); `going` says False to stop.
    """

    limits: Limits = field(default_factory=Limits)
    grows: Path | None = None
    progress: Progress | None = None
    going: Callable[[], bool] = lambda: True


def run_watched(command: Sequence[str], environment: Mapping[str, str], watch: Watch) -> Ended:
    """Run a command until it ends or has to; raises FileNotFoundError where there is no shell."""
    limits = watch.limits
    supervised = ["sh", "-c", SUPERVISOR, "sh", str(limits.memory >> 10), str(limits.file_size >> 9), *command]
    process = _started(supervised, environment, subprocess.PIPE)
    seen = _Seen(watch)
    why = "stopped"
    try:
        why = seen.until_end(process)
    finally:
        end_group(process)
    return Ended(process.returncode, bytes(seen.output), bytes(seen.words), why)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End whatever is left of a child's group, and take leave of it: it is asked to, and killed where it does not."""
    if process.poll() is None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGTERM)
            until = time.monotonic() + GRACE
            while time.monotonic() < until:
                process.poll()
                # Raises once nobody of the group is left.
                os.killpg(process.pid, 0)
                time.sleep(0.002)
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    for pipe in (process.stdin, process.stdout, process.stderr):
        if pipe:
            # What was not sent is not wanted any more.
            with contextlib.suppress(OSError):
                pipe.close()


class _Seen:
    """What a child has said so far, and when it last showed life."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self.output = bytearray()
        self.words = bytearray()
        self._line = b""
        self._size = 0
        self._began = self._alive = self._measured = time.monotonic()

    def until_end(self, process: subprocess.Popen[bytes]) -> str:
        """Read until the child ends or has to be ended, and return why, `""` for the former."""
        ended_at = 0.0
        with selectors.DefaultSelector() as selector:
            for pipe, take in ((process.stdout, self._take_output), (process.stderr, self._take_words)):
                assert pipe is not None
                selector.register(pipe, selectors.EVENT_READ, take)
            while selector.get_map():
                for key, _ in selector.select(TICK):
                    data = os.read(key.fd, 65536)
                    if data:
                        key.data(data)
                    else:
                        selector.unregister(key.fileobj)
                why = self._why_to_end()
                if why:
                    return why
                if process.poll() is not None:
                    ended_at = ended_at or time.monotonic()
                    if time.monotonic() - ended_at > AFTER_END:
                        break
        process.wait()
        return ""

    def _take_output(self, data: bytes) -> None:
        self.output += data

    def _take_words(self, data: bytes) -> None:
        *lines, self._line = re.split(rb"[\r\n]+", self._line + data)
        if len(self._line) > MOST_WORDS:
            lines, self._line = [*lines, self._line], b""
        for line in lines:
            if not self._is_progress(line):
                self.words += line + b"\n"
        if len(self.words) > MOST_WORDS:
            # The cause stands at the end.
            del self.words[: -MOST_WORDS // 2]

    def _is_progress(self, line: bytes) -> bool:
        found = LINE.match(line)
        if found is None:
            return False
        remote, verb, done, total, count = found.groups()
        if not remote:
            # What the other side says of itself is no sign that anything comes.
            self._alive = time.monotonic()
        if self._watch.progress:
            word = "checking" if verb in CHECKING else WORDS.get(verb, "preparing")
            self._watch.progress(int(done or count), int(total or 0), word)
        return True

    def _why_to_end(self) -> str:
        now, limits = time.monotonic(), self._watch.limits
        if not self._watch.going():
            return "stopped"
        if len(self.output) > MOST_OUTPUT:
            return "loud"
        if now - self._began > limits.seconds:
            return "late"
        if self._watch.grows and now - self._measured > min(1.0, limits.patience / 2):
            size, self._measured = folder_size(self._watch.grows), now
            if size > self._size:
                self._size, self._alive = size, now
        return "silent" if now - self._alive > limits.patience else ""


def folder_size(folder: Path) -> int:
    """Return how many bytes the files below a folder have; what vanishes meanwhile counts nothing."""
    total = 0
    for at, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += os.stat(os.path.join(at, name)).st_size
    return total


@contextlib.contextmanager
def reading(
    command: Sequence[str], environment: Mapping[str, str], seconds: float, memory: int, ends_with: bytes
) -> Iterator[Iterator[bytes]]:
    """Run a command while the block takes its output part by part, and end it with the block.

    Raises TooMuch where one part is larger than 64 KiB, the time is over or it wants more than so many bytes of
    memory; subprocess.CalledProcessError where the command failed after all was read.
    """
    process = _started(["sh", "-c", LEAN, "sh", str(memory >> 10), *command], environment, subprocess.DEVNULL)
    try:
        yield _parts(process, time.monotonic() + seconds, ends_with)
    finally:
        end_group(process)


def _started(command: Sequence[str], environment: Mapping[str, str], stdin: int) -> subprocess.Popen[bytes]:
    """Start a command in a group of its own, so that it can be ended with all that it starts."""
    return subprocess.Popen(
        command,
        env=environment,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _parts(process: subprocess.Popen[bytes], until: float, ends_with: bytes) -> Iterator[bytes]:
    assert process.stdout is not None
    assert process.stderr is not None
    errors, rest = b"", b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(process.stderr, selectors.EVENT_READ)
        while selector.get_map():
            for key, _ in selector.select(TICK):
                data = os.read(key.fd, 65536)
                if not data:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stderr:
                    errors = (errors + data)[-MOST_WORDS:]
                else:
                    *parts, rest = (rest + data).split(ends_with)
                    yield from parts
            if len(rest) > MOST_WORDS or time.monotonic() > until:
                raise TooMuch
    if process.wait():
        if OUT_OF_MEMORY.search(errors):
            raise TooMuch
        raise subprocess.CalledProcessError(process.returncode, process.args, b"", errors)
