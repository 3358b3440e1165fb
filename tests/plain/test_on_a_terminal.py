"""On a real terminal: nothing steers it, and what was typed is there however it ends."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from reflect.workspace import Workspace
from tests.plain.conftest import Terminal

Open = Callable[..., Terminal]
TERMS = ["xterm", "dumb"]


def draft_in(workspace: Workspace) -> str:
    (draft,) = workspace.drafts.all()
    return draft.text


def begin_to_write(terminal: Terminal) -> None:
    terminal.say("write", "Two or three plain facts")
    terminal.send(b"Never lose this.\r")


@pytest.mark.parametrize("term", TERMS)
def test_nothing_moves_the_cursor(terminal: Open, term: str) -> None:
    talk = terminal(term)
    talk.say("help", "quit leaves.")
    talk.say("write", "Two or three plain facts")
    talk.say("One.", "One.")
    talk.say(":later", "Kept as draft")
    talk.say("drafts", "draft of a reflection")
    talk.send(b"quit\r")
    assert talk.ended() == 0
    assert b"\x1b" not in talk.output
    assert b"\r" not in talk.output.replace(b"\r\n", b"")


@pytest.mark.parametrize("term", TERMS)
def test_ctrl_c_stops_the_step_and_keeps_even_the_unfinished_line(
    terminal: Open, workspace: Workspace, term: str
) -> None:
    talk = terminal(term)
    begin_to_write(talk)
    talk.wait(lambda: bool(workspace.drafts.all()))
    talk.type_on(b"And half a li")
    talk.send(b"\x03")
    talk.wait_for("Stopped.")
    assert draft_in(workspace).endswith("Never lose this.\nAnd half a li\n")
    talk.say("drafts", "1. Never lose this.")
    talk.wait(talk.is_reading)
    talk.send(b"\x03")
    talk.wait_for("To leave, say quit.")
    talk.wait(talk.is_reading)
    talk.send(b"\x04")
    assert talk.ended() == 0


@pytest.mark.parametrize("term", TERMS)
def test_ctrl_c_right_after_a_line_still_keeps_the_line(terminal: Open, workspace: Workspace, term: str) -> None:
    talk = terminal(term)
    talk.say("write", "Two or three plain facts")
    talk.wait(talk.is_reading)
    talk.send(b"Never lose this.\r")
    talk.wait_for("Never lose this.")
    talk.send(b"\x03")
    talk.wait_for("Stopped.")
    assert "Never lose this." in draft_in(workspace)


@pytest.mark.parametrize("term", TERMS)
def test_a_hang_up_keeps_what_was_typed(terminal: Open, workspace: Workspace, term: str) -> None:
    talk = terminal(term)
    begin_to_write(talk)
    talk.wait(lambda: bool(workspace.drafts.all()))
    talk.hang_up()
    talk.ended()
    assert "Never lose this." in draft_in(workspace)


def test_being_told_to_end_keeps_the_unfinished_line(terminal: Open, workspace: Workspace) -> None:
    talk = terminal()
    begin_to_write(talk)
    talk.wait(lambda: bool(workspace.drafts.all()))
    talk.type_on(b"Nor this")
    talk.process.send_signal(signal.SIGTERM)
    assert talk.ended() == 128 + signal.SIGTERM
    assert draft_in(workspace).endswith("Never lose this.\nNor this\n")


def test_a_kill_loses_at_most_the_line_being_typed(terminal: Open, workspace: Workspace) -> None:
    talk = terminal()
    begin_to_write(talk)
    talk.wait(lambda: bool(workspace.drafts.all()))
    talk.process.kill()
    talk.ended()
    assert "Never lose this." in draft_in(workspace)


def test_arrow_keys_of_a_simple_terminal_are_no_text(terminal: Open, workspace: Workspace) -> None:
    talk = terminal("dumb")
    talk.say("write", "Two or three plain facts")
    talk.say("A\x1b[Dword", "Keys that are no text")
    talk.wait(lambda: bool(workspace.drafts.all()))
    assert "Aword\n" in draft_in(workspace)


def test_a_section_can_be_written_in_an_editor(
    terminal: Open, workspace: Workspace, tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sh -c 'echo From the editor. >> $0'")
    talk = terminal()
    begin_to_write(talk)
    talk.say(":editor", "Back from the editor: 6 words.")
    talk.say(":later", "Kept as draft")
    assert "Never lose this.\nFrom the editor." in draft_in(workspace)


def test_deleting_an_agenda_with_records_asks(terminal: Open, workspace: Workspace) -> None:
    talk = terminal()
    talk.say("new agenda What makes families answer?", "Saved and in history")
    talk.say("agenda", "1. What makes families answer?")
    talk.say("agenda 1", "How open it is")
    talk.say("finding Robocalls made it worse.", "Saved and in history")
    talk.say("agenda", "1. What makes families answer?")
    talk.say("delete 1", "Delete it?")
    talk.send(b"n\r")
    talk.wait_for("Nothing was deleted.")
    workspace.refresh()
    assert {row.kind for row in workspace.rows()} == {"agenda", "finding"}
