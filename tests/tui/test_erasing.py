"""Erasing from the app: only with the title typed, and with the proof told."""

from __future__ import annotations

from reflect.tui.app import ReflectApp
from reflect.tui.dialogs.erase import EraseDialog
from reflect.workspace import Workspace
from tests.tui.conftest import SMALL, MakeRecord, press, said, settle, shown, write


async def test_a_record_goes_when_its_title_is_typed(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    record = make_record("reflection", "A night [/oops] to forget", body="Quixotina said something.")
    workspace.commit([record.path], "Write")
    file = workspace.vault.root / record.path
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "E")
        assert "goes for good" in shown(pilot)
        await write(pilot, "another title")
        await press(pilot, "enter")
        assert "That is not its title" in shown(pilot)
        await press(pilot, "escape")
        assert file.exists()
        await press(pilot, "E")
        await write(pilot, "a night [/oops] to forget")
        await press(pilot, "enter")
        assert "none holds a line of it" in " ".join(said(pilot))
        assert "Quixotina" not in shown(pilot)
        assert not file.exists()
        await press(pilot, "u")
        assert not file.exists()


async def test_the_question_is_never_on_a_screen_that_others_see(app: ReflectApp, make_record: MakeRecord) -> None:
    make_record("reflection", "A night to forget")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "m", "E")
        assert not isinstance(app.screen, EraseDialog)
        assert not app.meeting.allows("erase")
        assert "forget" not in shown(pilot)
