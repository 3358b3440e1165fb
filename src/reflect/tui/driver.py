"""The terminal as the app drives it: what it says of its colors is told, and never taken for keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from reflect.tui.looks import HIDE_CARET, SHOW_CARET
from reflect.tui.messages import Lightness
from reflect.tui.terminal import ANSWER, is_dark

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp

# It then says `997;1` when it turns dark, `997;2` when it turns light. Others take no notice.
TELL_CHANGES, TELL_NO_MORE = "\x1b[?2031h", "\x1b[?2031l"
CHANGE = re.compile(r"\x1b\[\?997;([12])n")
SAID = re.compile(f"{ANSWER.pattern}|{CHANGE.pattern}")
# The beginning of one of these, at the end of what has come so far.
BEGUN = re.compile(
    r"\x1b(?:\](?:1(?:1(?:;(?:#|r(?:g(?:b(?:a?(?::)?)?)?)?)?[0-9a-fA-F/]{0,24}\x1b?)?)?)?|\[(?:\?(?:9(?:9(?:7(?:;[12]?)?)?)?)?)?)\Z"
)


class TerminalParser(XTermParser):
    """Reads what comes from the terminal; answers about its colors are taken out first."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._held = ""

    def feed(self, data: str) -> Iterable[Message]:
        """Return the messages of some input, `""` at its end."""
        if not data:
            yield from super().feed(data)
            return
        text = self._held + data
        begun = BEGUN.search(text)
        self._held = begun[0] if begun else ""
        text = text.removesuffix(self._held) if self._held else text
        for said in SAID.finditer(text):
            yield Lightness(is_dark(said[1]) if said[1] else said[2] == "1")
        text = SAID.sub("", text)
        # Nothing at all would mean that there is no more to come.
        if text:
            yield from super().feed(text)


class TerminalDriver(LinuxDriver):
    """Textual's driver, with the parser above, and a caret where reader mode wants one."""

    def start_application_mode(self) -> None:
        """Take the terminal over."""
        app = cast("ReflectApp", self._app)
        terminal = app.terminal
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._writer_thread is None:
            return
        if terminal.attributes:
            # What an editor of one's own, or the shell, is to find again.
            self.attrs_before = terminal.attributes
        self.write(TELL_CHANGES)
        if app.looks.has_caret:
            self.write(SHOW_CARET)
        typed, terminal.rest = terminal.rest, ""
        if typed:
            parser = XTermParser()
            for message in (*parser.feed(typed), *parser.feed("")):
                self.process_message(message)

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        self.write(TELL_NO_MORE)
        if cast("ReflectApp", self._app).looks.has_caret:
            self.write(HIDE_CARET)
        super().stop_application_mode()

    def _sigtstp_application(self, *_: object) -> None:
        # Told by a signal, Textual stops without a word to the app; it may never go on.
        cast("ReflectApp", self._app).keep_drafts()
        super()._sigtstp_application(*_)

    def run_input_thread(self) -> None:
        """Read what is typed, with a parser of ours in place of the one that the driver names."""
        linux_driver.XTermParser = TerminalParser  # type: ignore[attr-defined]
        super().run_input_thread()
