"""Lines in and lines out: no cursor movement, no color, and no line lost when someone stops it."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from types import FrameType

from reflect.records.textforms import UNSAFE

# What keys such as the arrows send; in a line of text it is no word of anybody.
KEYS = re.compile(r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|O[@-~]|.)?")
# A terminal without line editing passes on no longer lines than this, and drops the rest.
LONGEST = 4095
STOP = b"\x03"
ENDS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class Stopped(Exception):
    """The person pressed ctrl+c; `unfinished` is the line that was being typed."""

    def __init__(self, unfinished: str = "") -> None:
        super().__init__()
        self.unfinished = unfinished


class EndOfInput(Exception):
    """There is nothing more to read: ctrl+d, the end of a pipe, or a terminal that has gone."""


class Ended(BaseException):
    """The system asks the program to end; `unfinished` is the line that was being typed."""

    def __init__(self, number: int, unfinished: str = "") -> None:
        super().__init__()
        self.number = number
        self.unfinished = unfinished


class Terminal:
    """Where lines are read and said. Text of records that is said has to be clean already."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._is_live = bool(sys.stdin) and sys.stdin.isatty()
        is_simple = environment.get("TERM", "dumb") in ("", "dumb")
        self._edits_lines = self._is_live and sys.stdout.isatty() and not is_simple and _set_up_editing()
        self._held = b""
        self._is_guarded = False

    @contextmanager
    def guarded(self, is_guarded: bool = True) -> Iterator[None]:
        """Let ctrl+c and an end from outside come through only while a line is read.

        So a line that was read is kept before anything stops, and a save is never cut in two.
        """
        before, self._is_guarded = self._is_guarded, is_guarded
        mask = signal.pthread_sigmask(signal.SIG_BLOCK if is_guarded else signal.SIG_UNBLOCK, ENDS)
        try:
            yield
        finally:
            self._is_guarded = before
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)

    def say(self, text: str = "") -> None:
        """Say a line."""
        print(text, flush=True)

    def ask(self, prompt: str, is_command: bool = False) -> str:
        """Return the line that is typed, without its end; raises EndOfInput, Stopped, Ended."""
        is_guarded = self._is_guarded
        try:
            with self.guarded(False) if is_guarded else nullcontext():
                line = self._read(prompt, is_command)
        except OSError:
            # The terminal has gone.
            raise EndOfInput from None
        except KeyboardInterrupt:
            raise Stopped from None
        return self._as_text(line)

    def _read(self, prompt: str, is_command: bool) -> str:
        if self._edits_lines:
            return _edited_line(prompt, is_command)
        if self._is_live:
            print(prompt, end="", flush=True)
            return self._line_of_terminal().decode("utf-8", "surrogateescape")
        if prompt:
            # Nobody's enter ends the line of the prompt here.
            print(prompt.rstrip(), flush=True)
        data = sys.stdin.buffer.readline() if sys.stdin else b""
        if not data:
            raise EndOfInput
        return data.decode("utf-8", "surrogateescape")

    def _line_of_terminal(self) -> bytes:
        descriptor = sys.stdin.fileno()
        try:
            with _stop_ends_a_line(descriptor):
                while b"\n" not in self._held and STOP not in self._held:
                    data = os.read(descriptor, 65536)
                    if not data and not self._held:
                        raise EndOfInput
                    if len(data) >= LONGEST:
                        self.say("That line is as long as this terminal passes on: look whether its end is there.")
                    self._held += data
        except (KeyboardInterrupt, Ended) as end:
            unfinished, self._held = self._as_text(self._held.decode("utf-8", "surrogateescape")), b""
            if isinstance(end, Ended):
                raise Ended(end.number, unfinished) from None
            raise Stopped(unfinished) from None
        at = min(place for end in (b"\n", STOP) if (place := self._held.find(end)) >= 0)
        line, ending, self._held = self._held[:at], self._held[at : at + 1], self._held[at + 1 :]
        if ending == STOP:
            self.say()
            raise Stopped(self._as_text(line.decode("utf-8", "surrogateescape")))
        return line

    def _as_text(self, line: str) -> str:
        """Return a line as it may be kept: keys that are no text left out, other bytes as a visible mark."""
        line = line.rstrip("\r\n").removeprefix("\ufeff")
        text = KEYS.sub("", line)
        if text != line:
            self.say("Keys that are no text were left out of that line.")
        marked = UNSAFE.sub("\ufffd", text)
        if marked != text:
            self.say("Some of that line is no text; it stands as \ufffd in it.")
        return marked


def _set_up_editing() -> bool:
    """Have lines edited with the usual keys; says whether that is possible here."""
    try:
        import readline
    except ImportError:
        return False
    readline.set_auto_history(False)
    if "libedit" not in (readline.__doc__ or ""):
        # Both would send signs to steer the terminal with each line.
        readline.parse_and_bind("set enable-bracketed-paste off")
        readline.parse_and_bind("set enable-meta-key off")
    return True


def _edited_line(prompt: str, is_command: bool) -> str:
    import readline

    try:
        line = input(prompt)
    except EOFError:
        print(flush=True)
        raise EndOfInput from None
    except KeyboardInterrupt:
        print(flush=True)
        raise Stopped(readline.get_line_buffer()) from None
    except Ended as end:
        raise Ended(end.number, readline.get_line_buffer()) from None
    if is_command and line.strip():
        readline.add_history(line)
    return line


@contextmanager
def _stop_ends_a_line(descriptor: int) -> Iterator[None]:
    """Let ctrl+c end a line while one is read: as a signal it would throw away what was typed in it."""
    import termios

    before = termios.tcgetattr(descriptor)
    while_reading = termios.tcgetattr(descriptor)
    while_reading[6][termios.VINTR] = bytes([os.fpathconf(descriptor, "PC_VDISABLE")])
    while_reading[6][termios.VEOL] = STOP
    termios.tcsetattr(descriptor, termios.TCSANOW, while_reading)
    try:
        yield
    finally:
        termios.tcsetattr(descriptor, termios.TCSANOW, before)


@contextmanager
def ends_are_met() -> Iterator[None]:
    """Raise Ended when the system asks to end, so that a line being typed is kept first."""

    def end(number: int, _: FrameType | None) -> None:
        # A second signal must not cut off what the first one began.
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise Ended(number)

    numbers = (signal.SIGTERM, signal.SIGHUP)
    before: dict[int, Callable[[int, FrameType | None], object] | int | None] = {}
    for number in numbers:
        before[number] = signal.signal(number, end)
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
