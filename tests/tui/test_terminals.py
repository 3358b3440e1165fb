"""Terminals of all sorts: light and dark, slow ones, those with few colors and those with none."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reflect.tui.driver import TerminalParser
from reflect.tui.messages import Lightness
from reflect.tui.terminal import by_environment, is_dark, is_worth_asking
from reflect.workspace import Workspace
from tests.tui.terminal import DARK, LIGHT, Terminal

EVENING, PAPER = "17191e", "fbf8f1"
GROUNDS = {EVENING: b"48;2;23;25;30m", PAPER: b"48;2;251;248;241m"}
READY = "try first"
Open = Callable[..., Terminal]


@pytest.fixture
def open_app(workspace: Workspace) -> Iterator[Open]:
    """Open the app on an empty journal, in a terminal that answers as it is told; more of the environment by name."""
    opened: list[Terminal] = []

    def open_it(answer: bytes = b"", **environment: str) -> Terminal:
        settings = {"TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
        inherited = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLORFGBG", "TMUX")}
        opened.append(Terminal({**inherited, **settings}, answer))
        return opened[-1]

    yield open_it
    for terminal in opened:
        terminal.close()


def leave(terminal: Terminal) -> None:
    terminal.send(b"q")
    terminal.wait(terminal.is_gone)
    assert terminal.process.returncode == 0


@pytest.mark.parametrize(("answer", "ground"), [(LIGHT, PAPER), (DARK, EVENING), (b"", EVENING)])
def test_the_first_frame_is_light_or_dark_as_the_terminal_is(open_app: Open, answer: bytes, ground: str) -> None:
    terminal = open_app(answer)
    terminal.wait_for(READY)
    grounds = {name for name, color in GROUNDS.items() if color in terminal.printed}
    assert grounds == {ground}
    leave(terminal)
    assert terminal.modes() == terminal.attributes


def test_a_late_answer_is_taken_and_is_never_typed(open_app: Open) -> None:
    terminal = open_app()
    terminal.wait_for(READY)
    # Letters of it are keys here: 1, e, /, f.
    terminal.send(LIGHT[:9])
    terminal.take(0.3)
    terminal.send(LIGHT[9:])
    terminal.wait(lambda: terminal.ground() == PAPER)
    assert READY in terminal.shown()
    leave(terminal)


def test_the_app_turns_with_the_terminal(open_app: Open) -> None:
    terminal = open_app(DARK)
    terminal.wait_for(READY)
    assert b"\x1b[?2031h" in terminal.printed
    terminal.send(b"\x1b[?997;2n")
    terminal.wait(lambda: terminal.ground() == PAPER)
    terminal.send(b"\x1b[?997;1n")
    terminal.wait(lambda: terminal.ground() == EVENING)
    leave(terminal)
    assert b"\x1b[?2031l" in terminal.printed


def test_what_is_typed_while_the_app_opens_is_not_lost(open_app: Open) -> None:
    terminal = open_app(LIGHT)
    terminal.wait(lambda: b"\x1b]11;?" in terminal.printed)
    terminal.send(b"2")
    terminal.wait_for("Journal  ")
    terminal.wait_for("0 records")
    leave(terminal)


def test_a_theme_of_ones_own_choice_stays(open_app: Open, workspace: Workspace) -> None:
    workspace.context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    workspace.context.places.settings.write_text('theme = "night"\n')
    terminal = open_app(LIGHT)
    terminal.wait_for(READY)
    terminal.send(b"\x1b[?997;2n")
    terminal.take(0.3)
    assert terminal.ground() == "0c1018"


@pytest.mark.parametrize(
    "environment",
    [
        {"TERM": "xterm", "COLORTERM": ""},
        {"TERM": "linux", "COLORTERM": ""},
        {"TERM": "xterm-16color", "COLORTERM": ""},
    ],
)
def test_with_sixteen_colors_the_terminals_own_are_used(open_app: Open, environment: dict[str, str]) -> None:
    terminal = open_app(**environment)
    terminal.wait(lambda: "Write about one moment" in terminal.row_of_caret())
    assert terminal.ground() == "default"
    used = {(cell.fg, cell.bg) for row in terminal.screen.buffer.values() for cell in row.values()}
    assert used <= {("default", "default"), ("brightcyan", "default")}
    assert terminal.screen.buffer[terminal.screen.cursor.y][10].reverse
    leave(terminal)


def test_without_colors_the_cursor_is_seen_all_the_same(open_app: Open) -> None:
    terminal = open_app(NO_COLOR="1")
    terminal.wait(lambda: "Write about one moment" in terminal.row_of_caret())
    cells = [cell for row in terminal.screen.buffer.values() for cell in row.values()]
    assert {(cell.fg, cell.bg) for cell in cells} == {("default", "default")}
    reversed_rows = [y for y in range(24) if terminal.screen.buffer[y][10].reverse]
    assert reversed_rows == [terminal.screen.cursor.y]
    assert not terminal.screen.cursor.hidden
    leave(terminal)


def test_set_aside_and_taken_up_again(open_app: Open, workspace: Workspace) -> None:
    terminal = open_app()
    terminal.wait_for(READY)
    terminal.send(b"w")
    terminal.wait_for("What happened")
    terminal.send(b"Never lose this")
    terminal.wait_for("Never lose this")
    os.kill(terminal.process.pid, signal.SIGTSTP)
    terminal.wait(lambda: _state(terminal.process.pid) == "T")
    assert [draft.title for draft in workspace.drafts.all()] == ["Never lose this"]
    terminal.take()
    assert terminal.modes() == terminal.attributes
    terminal.screen.reset()
    os.kill(terminal.process.pid, signal.SIGCONT)
    terminal.wait_for("Never lose this")
    terminal.send(b" again")
    terminal.wait_for("this again")


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


@pytest.mark.parametrize(
    ("color", "dark"),
    [("1717/1919/1e1e", True), ("fb/f8/f1", False), ("fff", False), ("000000", True), ("ffff/ffff/ffff/ffff", False)],
)
def test_a_color_is_known_as_dark_or_light(color: str, dark: bool) -> None:
    assert is_dark(color) is dark


@pytest.mark.parametrize(("value", "dark"), [("15;0", True), ("0;15", False), ("0;default;7", False), ("", None)])
def test_the_environment_says_what_the_page_is(value: str, dark: bool | None) -> None:
    assert by_environment({"COLORFGBG": value}) is dark


@pytest.mark.parametrize("name", ["", "dumb", "linux", "vt100", "screen"])
def test_terminals_that_would_print_the_question_are_not_asked(name: str) -> None:
    assert not is_worth_asking({"TERM": name})


def test_answers_are_told_apart_from_keys_however_they_are_cut() -> None:
    said = LIGHT + b"\x1b[?997;1n" + DARK
    # Not behind an escape: that is a key, too.
    for at in (at for at in range(1, len(said)) if not said[:at].endswith(b"\x1b") or said[at:] == b"\\"):
        parser = TerminalParser()
        messages = [*parser.feed("a" + said[:at].decode()), *parser.feed(said[at:].decode() + "b")]
        assert [each.is_dark for each in messages if isinstance(each, Lightness)] == [False, True, True], at
        assert [each.key for each in messages if hasattr(each, "key")] == ["a", "b"], at
