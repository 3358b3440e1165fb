"""The main flows by mouse."""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot

from reflect.tui.app import ReflectApp
from reflect.tui.screens.agenda import AgendaScreen
from reflect.tui.screens.agendas import AgendasScreen
from reflect.tui.screens.journal import JournalScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, files_of, settle, shown, write


async def click(pilot: Pilot[Any], words: str, times: int = 1) -> None:
    """Click on words that stand on the screen."""
    lines = shown(pilot).splitlines()
    y = next(number for number, line in enumerate(lines) if words in line)
    await pilot.click(offset=(lines[y].index(words) + 1, y), times=times)
    await settle(pilot)


async def test_places_records_and_links(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await click(pilot, "2 Journal")
        assert isinstance(app.screen, JournalScreen)
        await click(pilot, "Half an hour", times=2)
        assert isinstance(app.screen, ReaderScreen)
        await click(pilot, "Families answer")
        assert "± Families answer" in shown(pilot)
        await click(pilot, "3 Agendas")
        assert isinstance(app.screen, AgendasScreen)
        await click(pilot, "What makes families")
        assert isinstance(app.screen, AgendaScreen)
        await click(pilot, "Stop robocalls")
        assert isinstance(app.screen, ReaderScreen)


async def test_writing_by_mouse(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await click(pilot, "n new")
        await click(pilot, "Call-in")
        assert isinstance(app.screen, WritingScreen)
        await write(pilot, "Once more.")
        await click(pilot, "[ ] a silence")
        assert "[x] a silence" in shown(pilot)
        await click(pilot, "ctrl+s save")
        [path] = files_of(workspace.vault.root, "call-ins")
        assert "about: [a silence]" in path.read_text()
        await click(pilot, "esc done")
        assert not isinstance(app.screen, WritingScreen)
