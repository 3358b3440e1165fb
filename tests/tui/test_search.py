"""Search: filters completed in the box, titles with what was found, recent and kept searches."""

from __future__ import annotations

from reflect.context import Context
from reflect.tui.app import ReflectApp
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.today import TodayScreen
from reflect.workspace import Workspace
from tests.tui.conftest import SMALL, Journal, press, settle, shown, write


async def test_filters_are_completed_in_the_box(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await write(pilot, "office tag:")
        assert "front-office" in shown(pilot)
        await press(pilot, "tab")
        assert "office tag:front-office" in shown(pilot)
        assert "1 record" in shown(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "since:")
        await press(pilot, "down", "down", "up", "enter")
        assert "since:today" in shown(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "lens:relat")
        await press(pilot, "escape")
        assert not isinstance(app.screen, TodayScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_what_was_found_stands_out_in_the_title_too(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await write(pilot, "robocalls")
        row = next(iter(app.screen.query_one("#hits")._rows.values()))  # type: ignore[attr-defined]
        assert "\x02" in row.found_title
        assert "Stop robocalls" in shown(pilot)


async def test_one_letter_is_no_search_yet(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "slash", "r")
        assert "One letter more" in shown(pilot)
        await press(pilot, "o")
        assert "2 records" in shown(pilot)


async def test_a_search_that_led_somewhere_is_offered_again(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await write(pilot, "secretaries")
        await press(pilot, "enter")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "escape", "escape", "slash")
        assert "Recent" in shown(pilot)
        await press(pilot, "down", "enter")
        assert app.screen.query_one("#box").has_focus
        assert "Half an hour behind the counter" in shown(pilot)
        await press(pilot, "ctrl+u", "down", "x")
        assert "secretaries" not in shown(pilot)
        assert app.screen.query_one("#box").has_focus


async def test_a_search_is_kept_under_a_name_on_this_computer_only(
    app: ReflectApp, journal: Journal, context: Context, workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        await write(pilot, "kind:finding robocalls")
        await press(pilot, "ctrl+s", "end", "ctrl+u")
        await write(pilot, "The calls")
        await press(pilot, "enter", "ctrl+u")
        assert "The calls" in shown(pilot)
        await press(pilot, "down", "enter")
        assert "kind:finding robocalls" in shown(pilot)
        assert workspace.searches.saved() == {"The calls": "kind:finding robocalls"}
        assert not [
            path for path in workspace.vault.root.rglob("*") if path.is_file() and b"The calls" in path.read_bytes()
        ]
        await press(pilot, "ctrl+u", "down", "d")
        assert workspace.searches.saved() == {}


def test_only_the_last_twenty_searches_are_remembered(workspace: Workspace) -> None:
    for number in range(25):
        workspace.searches.add_recent(f"search {number}")
    workspace.searches.add_recent("search 20")
    assert workspace.searches.recent()[:3] == ["search 20", "search 24", "search 23"]
    assert len(workspace.searches.recent()) == 20
