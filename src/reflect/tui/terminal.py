"""Asking the terminal whether its page is dark or light, while the app is still being loaded.

Nothing waits for the answer. It is there before the first frame where the terminal is near; where it comes
later, or never, `reflect.tui.driver` takes it out of what is typed.
"""

from __future__ import annotations

import os
import re
import select
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

QUESTION = b"\x1b]11;?\x07"
ANSWER = re.compile(r"\x1b\]11;(?:rgba?:|#)([0-9a-fA-F/]+)(?:\x07|\x1b\\)")
# They print the question, or answer it with rubbish.
ASKED_IN_VAIN = ("dumb", "linux", "eterm", "vt", "sun", "cons", "screen")
# The background in COLORFGBG: those of the sixteen colors that are light.
LIGHT = {"7", "9", "10", "11", "12", "13", "14", "15"}


class Terminal:
    """What is known of the terminal; `rest` is what was typed while the app was being loaded."""

    def __init__(self, is_dark: bool | None = None) -> None:
        self.is_dark = is_dark
        self.rest = ""
        self.attributes: list[Any] = []
        self._read: int | None = None

    def listen(self) -> None:
        """Take what the terminal has said so far, without waiting."""
        while self._read is not None and select.select([self._read], [], [], 0)[0]:
            said = os.read(self._read, 4096)
            if not said:
                return
            self.rest += said.decode("utf-8", "replace")
        answer = ANSWER.search(self.rest)
        if answer:
            self.is_dark = is_dark(answer[1])
            self.rest = self.rest[: answer.start()] + self.rest[answer.end() :]


@contextmanager
def asking(environment: Mapping[str, str]) -> Iterator[Terminal]:
    """Ask, and leave the terminal as it was found."""
    terminal = Terminal(by_environment(environment))
    if not is_worth_asking(environment):
        yield terminal
        return
    import termios
    import tty

    read, write = sys.stdin.fileno(), sys.stdout.fileno()
    attributes = termios.tcgetattr(read)
    try:
        # Else the answer would be echoed, and be held back until enter is pressed.
        tty.setcbreak(read, termios.TCSANOW)
        os.write(write, QUESTION)
        terminal.attributes, terminal._read = attributes, read
        yield terminal
    finally:
        # It may have been closed meanwhile.
        with suppress(termios.error):
            termios.tcsetattr(read, termios.TCSADRAIN, attributes)


def is_worth_asking(environment: Mapping[str, str]) -> bool:
    """Say whether the terminal is one that may be asked."""
    name = environment.get("TERM", "").lower()
    is_known = not name.startswith(ASKED_IN_VAIN) or bool(environment.get("TMUX"))
    return name != "" and is_known and os.name == "posix" and sys.stdin.isatty() and sys.stdout.isatty()


def by_environment(environment: Mapping[str, str]) -> bool | None:
    """Return whether COLORFGBG says that the page is dark; None where it says nothing."""
    ground = environment.get("COLORFGBG", "").rpartition(";")[2]
    return ground not in LIGHT if ground.isdigit() else None


def is_dark(color: str) -> bool:
    """Say whether a color is nearer to black than to white, given as `1e1e/1e1e/1e1e` or `1e1e1e`."""
    if "/" in color:
        parts = color.split("/")[:3]
    else:
        size = max(1, len(color) // 3)
        parts = [color[start : start + size] for start in range(0, 3 * size, size)]
    red, green, blue = (int(part or "0", 16) / (16 ** max(1, len(part)) - 1) for part in [*parts, "0", "0"][:3])
    return bool(0.299 * red + 0.587 * green + 0.114 * blue < 0.5)
