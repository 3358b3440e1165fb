"""Reader mode: a caret that follows, and rows that can be listened to."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterator

import pytest
from textual.geometry import Offset
from textual.widgets import Input

from reflect.context import Context
from reflect.settings import read_settings
from reflect.tui.app import ReflectApp
from reflect.tui.keys import shown_key
from reflect.tui.looks import SHOW_CARET
from reflect.tui.spoken import DRAWN, READER, WORDS, mark, spoken
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, press, said, settle, shown, write
from tests.tui.terminal import Terminal


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Reader mode is off again for the next test."""
    yield
    READER.is_on = False


@pytest.fixture
def reading(context: Context) -> Context:
    """A machine on which reader mode was asked for."""
    return dataclasses.replace(context, environment={**context.environment, "REFLECT_READER": "1"})


@pytest.mark.parametrize(
    ("left", "right", "says"),
    [
        ("   ● Thu           Follow up", "call-in · private", "Follow up, due, call-in, private, Thu"),
        (" ± Families answer", "finding, mixed", "Families answer, finding, mixed"),
        (" − Robocalls made it worse", "", "Robocalls made it worse, negative"),
        ("   ✎ Last night", "draft of a reflection", "Last night, draft of a reflection"),
        (" [x] peer", "", "peer, chosen"),
        (" [ ] peer", "", "peer, not chosen"),
        ("   ✗ explained           No decision yet", "", "No decision yet, not met, explained"),
        (" ctrl+s            Save", "", "Save, ctrl+s"),
        ("   ?  See what the keys do", "", "See what the keys do, ?"),
        (" Due", "", "Due"),
        ("", "", ""),
    ],
)
def test_a_row_says_first_what_it_is_about(left: str, right: str, says: str) -> None:
    assert spoken(left, right).plain == says


def test_depth_and_signs_are_said_in_words() -> None:
    assert (
        spoken(" ▸ How do we ask?", "2 records folded", 2).plain
        == "How do we ask?, level 2, question, 2 records folded"
    )
    assert mark("✓") == "✓ "
    READER.is_on = True
    assert mark("✓") == "met: "
    assert mark("•") == ""
    assert shown_key("down") == "down"


PLACES = {
    "today": (),
    "journal": ("2",),
    "record": ("2", "enter"),
    "agendas": ("3",),
    "agenda": ("3", "enter"),
    "new": ("n",),
    "keys": ("question_mark",),
    "search": ("slash", "f", "a", "m"),
    "history": ("2", "enter", "h"),
}


@pytest.mark.parametrize("place", PLACES)
async def test_no_screen_has_marks_or_drawn_lines(
    reading: Context, journal: Journal, workspace: Workspace, place: str
) -> None:
    app = ReflectApp(reading, workspace.vault.root)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, *PLACES[place])
        text = shown(pilot)
        assert {sign for sign in text if sign in set(WORDS) - set("?@+!") or ord(sign) in DRAWN} == set()


async def test_rows_are_sentences(reading: Context, journal: Journal, workspace: Workspace) -> None:
    app = ReflectApp(reading, workspace.vault.root)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "\nHanging up at the pause, call-in, preparing, private, Thu 19 Nov" in shown(pilot)
        await press(pilot, "3", "enter")
        assert "Families answer when the text is in their language, level 3, finding, mixed" in shown(pilot)
        assert "Texts in three home languages, level 2, activity" in shown(pilot)
        assert "not met: " in shown(pilot)


async def test_the_caret_is_where_keys_go(reading: Context, journal: Journal, workspace: Workspace) -> None:
    app = ReflectApp(reading, workspace.vault.root)

    def line() -> str:
        return shown(pilot).splitlines()[app.cursor_position.y][app.cursor_position.x :]

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down")
        assert line().startswith("Hanging up at the pause")
        await press(pilot, "up", "enter")
        assert line().startswith("Half an hour behind the counter")
        await press(pilot, "tab")
        assert line().startswith("Families answer when the text")
        await press(pilot, "n")
        assert line().startswith("Reflection")
        await press(pilot, "enter")
        await write(pilot, "Here")
        assert line().strip() == ""
        assert shown(pilot).splitlines()[app.cursor_position.y][: app.cursor_position.x].endswith("Here")
        await press(pilot, "shift+tab")
        assert isinstance(app.focused, Input)
        assert app.cursor_position == app.focused.cursor_screen_offset != Offset(0, 0)


async def test_reader_mode_is_turned_on_and_off_while_the_app_runs(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "• Half an hour" in shown(pilot)
        await app.run_action("reader")
        await settle(pilot)
        assert "\nHalf an hour behind the counter, reflection, Fri 20 Nov" in shown(pilot)
        assert read_settings(app.context.places.settings).reader == "yes"
        # A screen that was drawn before is drawn anew, too.
        await press(pilot, "1")
        assert not {sign for sign in shown(pilot) if ord(sign) in DRAWN}
        await press(pilot, "2")
        await app.run_action("reader")
        await settle(pilot)
        assert "• Half an hour" in shown(pilot)
        assert read_settings(app.context.places.settings).reader == "no"


async def test_what_was_said_can_be_read_again(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "u", "2", "enter", "d")
        assert "is deleted" in said(pilot)[-1]
        app.clear_notifications()
        await press(pilot, "f10")
        lines = [line for line in shown(pilot).splitlines() if "is deleted" in line or "nothing to undo" in line]
        assert ["is deleted" in line for line in lines] == [True, False]


@pytest.mark.parametrize(
    ("environment", "setting", "moves"),
    [
        ({}, "", True),
        ({"SSH_CONNECTION": "a 1 b 2"}, "", False),
        ({"SSH_TTY": "/dev/pts/1"}, 'animations = "yes"', True),
        ({}, 'animations = "no"', False),
        ({}, 'reader = "yes"', False),
        ({"TEXTUAL_ANIMATIONS": "basic"}, 'animations = "no"', True),
    ],
)
def test_nothing_moves_where_that_is_wished(
    context: Context, workspace: Workspace, environment: dict[str, str], setting: str, moves: bool
) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text(setting)
    inherited = {name: value for name, value in context.environment.items() if not name.startswith("TEXTUAL_")}
    app = ReflectApp(dataclasses.replace(context, environment={**inherited, **environment}), workspace.vault.root)
    if "TEXTUAL_ANIMATIONS" not in environment:
        assert (app.animation_level == "full") is moves


async def test_nothing_blinks(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for keys in (("slash",), ("escape", "2", "f"), ("escape", "n", "enter"), ("escape", "ctrl+p")):
            await press(pilot, *keys)
            blinking = [each for each in app.screen.walk_children() if getattr(each, "cursor_blink", False)]
            assert blinking == [], keys


def test_on_a_terminal_the_caret_follows_the_selection(workspace: Workspace, journal: Journal) -> None:
    settings = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "REFLECT_READER": "1"}
    terminal = Terminal({**os.environ, **settings, "REFLECT_VAULT": str(workspace.vault.root)})
    try:
        terminal.wait_for("twelve weeks")
        assert SHOW_CARET.encode() in terminal.printed
        terminal.send(b"2")
        terminal.wait_for("3 records")
        terminal.wait(lambda: terminal.row_of_caret().startswith("Half an hour"))
        terminal.send(b"j")
        terminal.wait(lambda: terminal.row_of_caret().startswith("Hanging up"))
        before = len(terminal.printed)
        terminal.send(b"j")
        terminal.wait(lambda: terminal.row_of_caret().startswith("I talked"))
        assert not terminal.screen.cursor.hidden
        # Two lines of the list, and not the screen.
        assert len(terminal.printed) - before < 1000
    finally:
        terminal.close()
