"""Lines in and lines out: no cursor movement, no color, and no line lost when someone stops it."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from types import FrameType

from reflect.records.textforms import UNSAFE

# What keys such as the arrows send; in a line of text it is no word of anybody.
KEYS = re.compile(r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|O[@-~]|.)?")
# A terminal without line editing passes on no longer lines than this, and drops the rest.
LONGEST = 4095
STOP = "\x03"
ENDS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
# Seconds until a signal is seen that came just before the wait for the next key began.
GLANCE = 0.25


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
        self._is_seen = sys.stdout.isatty()
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
        print(self._wrapped(text), flush=True)

    def _wrapped(self, text: str) -> str:
        """Return a text in lines that fit, cut between words: a terminal would cut inside of them."""
        columns = shutil.get_terminal_size((80, 24)).columns if self._is_seen else 0
        if not columns:
            return text
        lines = [textwrap.wrap(line, columns) if len(line) > columns else [line] for line in text.split("\n")]
        return "\n".join(part for line in lines for part in line or [""])

    def ask(self, prompt: str, is_command: bool = False) -> str:
        """Return the line that is typed, without its end; raises EndOfInput, Stopped, Ended."""
        try:
            line = self._typed_line(prompt) if self._is_live else self._piped_line(prompt)
        except OSError:
            # The terminal has gone.
            raise EndOfInput from None
        except KeyboardInterrupt:
            raise Stopped from None
        if STOP in line:
            raise Stopped(self._as_text(line.replace(STOP, "")))
        if is_command and self._edits_lines and line.strip():
            _remember(line)
        return self._as_text(line)

    def has_typed_ahead(self) -> bool:
        """Say whether the next line is here already, as when a text is pasted."""
        return not self._is_live or bool(select.select([sys.stdin], [], [], 0)[0])

    def _open_to_ends(self) -> AbstractContextManager[None]:
        return self.guarded(False) if self._is_guarded else nullcontext()

    def _typed_line(self, prompt: str) -> str:
        # In this order: where ctrl+c is a signal again, it is held back again already.
        with _stop_is_a_key(sys.stdin.fileno()), _glances_up(), self._open_to_ends():
            return _edited_line(prompt) if self._edits_lines else self._simple_line(prompt)

    def _piped_line(self, prompt: str) -> str:
        if prompt:
            # Nobody's enter ends the line of the prompt here.
            print(prompt.rstrip(), flush=True)
        with self._open_to_ends():
            data = sys.stdin.buffer.readline() if sys.stdin else b""
        if not data:
            raise EndOfInput
        return data.decode("utf-8", "surrogateescape")

    def _simple_line(self, prompt: str) -> str:
        print(prompt, end="", flush=True)
        held = b""
        try:
            while not held.endswith((b"\n", STOP.encode())):
                data = os.read(sys.stdin.fileno(), 65536)
                if not data and not held:
                    print(flush=True)
                    raise EndOfInput
                held += data
        except (KeyboardInterrupt, Ended) as end:
            unfinished = held.decode("utf-8", "surrogateescape")
            raise (Ended(end.number, unfinished) if isinstance(end, Ended) else Stopped(unfinished)) from None
        if held.endswith(STOP.encode()):
            print(flush=True)
        if len(held) >= LONGEST:
            self.say("That line is as long as this terminal passes on: look whether its end is there.")
        return held.decode("utf-8", "surrogateescape")

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
    if "libedit" in (readline.__doc__ or ""):
        return False
    readline.set_auto_history(False)
    # Both would send signs to steer the terminal with each line.
    readline.parse_and_bind("set enable-bracketed-paste off")
    readline.parse_and_bind("set enable-meta-key off")
    # ctrl+c as a key that ends the line: a signal that comes a moment too early would wait for the next key.
    readline.parse_and_bind(r'"\C-c": "\C-v\C-c\C-j"')
    return True


def _edited_line(prompt: str) -> str:
    import readline

    try:
        return input(prompt)
    except EOFError:
        print(flush=True)
        raise EndOfInput from None
    except KeyboardInterrupt:
        print(flush=True)
        raise Stopped(readline.get_line_buffer()) from None
    except Ended as end:
        raise Ended(end.number, readline.get_line_buffer()) from None


def _remember(line: str) -> None:
    """Let the arrow keys bring a command back, as long as the conversation goes on."""
    import readline

    readline.add_history(line)


@contextmanager
def _stop_is_a_key(descriptor: int) -> Iterator[None]:
    """Let ctrl+c end a line while one is read: as a signal it would throw away what was typed in it."""
    import termios

    try:
        before = termios.tcgetattr(descriptor)
        while_reading = termios.tcgetattr(descriptor)
        while_reading[6][termios.VINTR] = bytes([os.fpathconf(descriptor, "PC_VDISABLE")])
        while_reading[6][termios.VEOL] = STOP.encode()
        termios.tcsetattr(descriptor, termios.TCSANOW, while_reading)
    except termios.error:
        raise EndOfInput from None
    try:
        yield
    finally:
        with suppress(termios.error):
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


@contextmanager
def _glances_up() -> Iterator[None]:
    """Have the wait for a key broken now and then.

    A signal that comes while the last key is still being shown breaks no wait: Python would hear of it at the next key.
    """
    before = signal.signal(signal.SIGALRM, lambda number, frame: None)
    signal.setitimer(signal.ITIMER_REAL, GLANCE, GLANCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


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
