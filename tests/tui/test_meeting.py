"""The meeting view: whatever is pressed, nothing private is on the screen until it is left."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from reflect.community.communities import Community
from reflect.community.membership import Membership, write_membership
from reflect.community.repository import Repository
from reflect.context import Context
from reflect.records.compose import Content
from reflect.store.indexing import Indexer
from reflect.tui.app import ReflectApp
from reflect.tui.screens.journal import JournalScreen
from reflect.tui.screens.meeting import MeetingScreen
from reflect.tui.screens.today import TodayScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.workspace import Workspace
from tests.conftest import NOW
from tests.tui.conftest import BEN, LARGE, SMALL, Journal, press, said, settle, shown, write

SHARED_ID = "01JDA6C4T3W5E9K2M8Q7RZXYVB"
SHARED = f"""---
id: {SHARED_ID}
kind: finding
title: Texts work better than letters
created: 2026-11-10
author: Ben
valence: positive
---

## What we saw

12 of 31 answered. See [[Who translates at night?]].
"""
PRIVATE = (
    "Half an hour",
    "Hanging up",
    "behind the counter",
    "eleven minutes",
    "fast English",
    "What makes families answer",
    "Robocalls",
    "front-office",
    "An evening alone",
)


@pytest.fixture
def community(journal: Journal, workspace: Workspace, tmp_path: Path) -> None:
    """A finding of a community beside the private journal, and a draft."""
    folder = tmp_path / "rivertown" / "findings"
    folder.mkdir(parents=True)
    (folder / "2026-11-10-texts-work-xyvb.md").write_text(SHARED)
    database = workspace._database
    Indexer(database, tmp_path / "rivertown", lambda: workspace.kinds.folders, "rivertown").refresh_all()
    workspace.new_draft("reflection", "An evening alone.\n")


@pytest.fixture
def joined(journal: Journal, workspace: Workspace) -> Community:
    """The same finding in a community that one is in."""
    membership = Membership("rivertown", "/nowhere/rivertown.git", "Ana", "anaanana@reflect.invalid", "2026-11-01")
    write_membership(workspace.vault.root, membership)
    workspace.take_up()
    found = workspace.communities.get("rivertown")
    found.repository.make()
    text = SHARED.replace(" See [[Who translates at night?]].", "").encode()
    Repository(found.repository.path, BEN).commit({"findings/2026/11/texts.md": text}, "Write", NOW)
    workspace.refresh()
    return found


def private_words(screen: str) -> list[str]:
    return [word for word in PRIVATE if word in screen]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_no_key_brings_anything_private_to_the_screen(
    app: ReflectApp, community: None, size: tuple[int, int]
) -> None:
    keys = [*string.ascii_letters, *string.digits, "slash", "question_mark", "full_stop", "tab", "down", "up", "left"]
    keys += ["ctrl+o", "ctrl+p", "ctrl+r", "ctrl+s", "f1", "f2", "f4", "f5", "enter", "space", "delete", "backspace"]
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "2", "m")
        assert isinstance(app.screen, MeetingScreen)
        assert "Texts work better than letters" in shown(pilot)
        for key in keys:
            if key in ("q", "ctrl+q"):
                continue
            await press(pilot, key)
            assert private_words(shown(pilot)) == [], key
            assert app.current_mode == "meeting"
            while len(app.screen_stack) > 1:
                await press(pilot, "escape")
                assert private_words(shown(pilot)) == [], key
            if not isinstance(app.screen, MeetingScreen) or app.screen.query_one("#find").has_focus:
                await press(pilot, "escape")


async def test_it_is_left_by_a_key_and_a_question(app: ReflectApp, community: None) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "m", "escape")
        assert "Leave the meeting view?" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, MeetingScreen)
        await press(pilot, "escape", "l")
        assert isinstance(app.screen, JournalScreen)
        assert "Hanging up at the pause" in shown(pilot)


async def test_news_and_questions_of_ones_own_wait_until_it_is_left(app: ReflectApp, community: None) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await write(pilot, "An evening alone again")
        app.action_meeting()
        await settle(pilot)
        app.tell("“Half an hour behind the counter” is back.")
        await settle(pilot)
        assert private_words(shown(pilot)) == []
        assert said(pilot) == []
        screen = app._screen_stacks["today"][-1]
        assert isinstance(screen, WritingScreen)
        screen._ask_how_to_leave("The file 2026-11-20-half-an-hour.md cannot be written.")
        await settle(pilot)
        assert isinstance(app.screen, MeetingScreen)
        await press(pilot, "m", "l")
        assert "Not saved" in shown(pilot)
        assert any("is back" in each for each in said(pilot))


async def test_a_shared_record_is_read_and_found(app: ReflectApp, community: None) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "m", "enter")
        assert "rivertown · Finding · Ben · 2026-11-10" in shown(pilot)
        assert "12 of 31 answered" in shown(pilot)
        # A link to what is private leads nowhere from here.
        await press(pilot, "tab", "enter")
        assert private_words(shown(pilot)) == []
        await press(pilot, "escape", "slash")
        await write(pilot, "answered")
        assert "Texts work" in shown(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "eleven minutes")
        assert "Nothing that is shared has these words." in shown(pilot)


async def test_it_can_be_opened_on_and_says_when_there_is_no_community(
    context: Context, journal: Journal, workspace: Workspace
) -> None:
    app = ReflectApp(context, workspace.vault.root, in_meeting=True)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, MeetingScreen)
        assert "You are in no community yet" in shown(pilot)
        assert private_words(shown(pilot)) == []
        await press(pilot, "escape", "l")
        assert isinstance(app.screen, TodayScreen)


async def test_one_writes_there_for_a_community_only_and_nothing_private_is_offered(
    context: Context, journal: Journal, workspace: Workspace, joined: Community
) -> None:
    workspace.new("person", Content(title="Ruth Alvarez", fields={"role": "a principal"}))
    workspace.new("finding", Content(title="Half an hour too", links=(SHARED_ID,), tags=("front-office",)))
    workspace.refresh()
    app = ReflectApp(context, workspace.vault.root, in_meeting=True)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "enter", "r")
        assert "Answer to “Texts work better than letters”" in shown(pilot)
        assert private_words(shown(pilot)) == []
        await write(pilot, "We asked Ruth.")
        await press(pilot, "ctrl+s")
        # That one knows her, and as whom, is private.
        assert "“Ruth”  likely name" in shown(pilot)
        await press(pilot, "r")
        assert "a principal" not in shown(pilot)
        await write(pilot, "one who was there")
        await press(pilot, "enter", "S", "escape")
        assert app.current_mode == "meeting"
        assert "is in rivertown, not sent yet" in said(pilot)[-1]
        await press(pilot, "escape", "n")
        assert "Write something new for rivertown" in shown(pilot)
        assert "In my journal instead" not in shown(pilot)
        await press(pilot, "enter")
        for typed, private in (("@Ru", "Ruth Alvarez"), ("[[Half", "Half an hour"), ("#fr", "front-office")):
            await write(pilot, f" {typed[:-1]}")
            await press(pilot, typed[-1])
            assert private not in shown(pilot)
        for key in ("f2", "f4", "f8", "ctrl+p"):
            await press(pilot, key)
            assert private_words(shown(pilot)) == [], key
            assert "Ruth" not in shown(pilot)
        while "This is not in rivertown yet" not in shown(pilot):
            await press(pilot, "escape")
        await press(pilot, "d")
        assert isinstance(app.screen, MeetingScreen)
        assert private_words(shown(pilot)) == []
    (answer,) = [row for row in workspace.rows() if row.kind == "response"]
    assert (answer.place, answer.title) == ("rivertown", "We asked one who was there.")
