"""The Patterns place: a list, a figure, a question, and the ways from there to records and to writing."""

from __future__ import annotations

import pytest

from reflect.settings import read_settings
from reflect.tui.app import ReflectApp
from reflect.tui.screens.meeting import MeetingScreen
from reflect.tui.screens.patterns import PatternsScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.records_behind import RecordsBehindScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.item_list import ItemList
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, MakeRecord, press, said, settle, shown, write


@pytest.fixture
def practice(make_record: MakeRecord, journal: Journal) -> None:
    """Ten records with a lens, and call-ins to peers."""
    for number in range(8):
        make_record("reflection", f"On agency {number}", f"2026-10-{number + 1:02}", lenses=("agency",))
    for number in range(8):
        fields = {"status": "held", "direction": "peer"}
        make_record("call-in", f"Call-in {number}", f"2026-10-{number + 1:02}", fields=fields)
    make_record("partner", "The library", "2026-10-02")


async def go_to(app: ReflectApp, pilot: object, name: str) -> None:
    """Open the place and go to a pattern."""
    await press(pilot, "5")  # type: ignore[arg-type]
    names = app.screen.query_one("#patterns", ItemList)
    names.cursor = next(index for index in range(names.count) if names.key_of_line(index) == (name,))
    await settle(pilot)  # type: ignore[arg-type]


async def test_an_empty_journal_says_what_patterns_are(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        assert isinstance(app.screen, PatternsScreen)
        page = shown(pilot)
        assert "for you alone" in page
        assert "5 Patterns" in page
        await press(pilot, "n")
        assert not isinstance(app.screen, PatternsScreen)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_pattern_stands_with_its_figure_its_question_and_what_is_counted(
    app: ReflectApp, practice: None, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await go_to(app, pilot, "call-ins")
        page = shown(pilot)
        assert "9 prepared · 8 held · 0 followed up · 0 let pass" in page
        assert "prepared     █" in page
        assert "What helps you go back a second time?" in page
        figure = app.screen.query_one("#figure", ItemList)
        assert any("Counted: My call-ins" in figure.row_line(index, 0, 80).plain for index in range(figure.count))


async def test_w_begins_a_record_with_the_lens_that_the_pattern_asks_for(
    app: ReflectApp, workspace: Workspace, practice: None
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await go_to(app, pilot, "practice-balance")
        assert "What would one week with model and reinforce look like?" in shown(pilot) + "".join(
            app.screen.query_one("#figure", ItemList).row_line(index, 0, 90).plain
            for index in range(app.screen.query_one("#figure", ItemList).count)
        )
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)
        await press(pilot, "tab")
        await write(pilot, "I asked before I told.")
        await press(pilot, "ctrl+s")
        lenses = [row.lenses for row in workspace.rows(workspace.filters(kinds=["reflection"]), limit=1)]
        assert lenses == [("model-and-reinforce",)]


async def test_where_a_pattern_offers_several_one_chooses(app: ReflectApp, practice: None) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await go_to(app, pilot, "direction")
        await press(pilot, "w")
        page = shown(pilot)
        assert "1  prepare a call-in to someone with more power" in page
        assert "2  write down a person who could" in page
        await press(pilot, "1")
        assert isinstance(app.screen, WritingScreen)


async def test_enter_leads_to_the_records_behind_a_line_and_back(app: ReflectApp, practice: None) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await go_to(app, pilot, "direction")
        await press(pilot, "enter", "down", "enter")
        assert isinstance(app.screen, RecordsBehindScreen)
        page = shown(pilot)
        assert "to peers · 9 records" in page
        assert "Call-in 7" in page
        await press(pilot, "enter")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, PatternsScreen)
        await press(pilot, "escape")
        assert app.screen.query_one("#patterns").has_focus


async def test_an_open_loop_is_read_with_enter_and_gone_on_with_w(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await go_to(app, pilot, "open-loops")
        await press(pilot, "tab", "enter")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "escape", "w")
        assert isinstance(app.screen, WritingScreen)


async def test_the_period_can_be_changed(app: ReflectApp, practice: None) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        assert "last 12 months" in shown(pilot)
        await press(pilot, "p")
        assert "this term" in shown(pilot)
        await press(pilot, "p", "p")
        assert "all years" in shown(pilot)
        await press(pilot, "p")
        assert "last 12 months" in shown(pilot)


async def test_a_pattern_without_records_enough_says_from_how_many_on(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await go_to(app, pilot, "predictions")
        assert "Shown from 5 cycles with a result on; there are none." in shown(pilot)
        await press(pilot, "w")
        assert said(pilot)[-1].startswith("This pattern asks nothing now.")


async def test_the_meeting_view_has_no_patterns(app: ReflectApp, practice: None) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "m", "5")
        assert isinstance(app.screen, MeetingScreen)
        assert "Patterns" not in shown(pilot)


async def test_titles_of_records_are_never_read_as_markup(app: ReflectApp, make_record: MakeRecord) -> None:
    hostile = "[/oops][@click=app.quit]x[/]"
    make_record("finding", hostile, "2026-06-01", fields={"valence": "negative"})
    for _ in range(5):
        make_record("call-in", fields={"pattern": hostile, "direction": "peer"})
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await go_to(app, pilot, "open-loops")
        assert hostile in shown(pilot)
        await go_to(app, pilot, "recurring")
        assert hostile in shown(pilot)
        await press(pilot, "enter", "enter")
        assert hostile in shown(pilot)


async def test_the_school_calendar_is_asked_for_in_the_palette_and_undone(
    app: ReflectApp, workspace: Workspace, journal: Journal
) -> None:
    path = workspace.context.places.settings
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await pilot.app.run_action("school")
        await settle(pilot)
        await write(pilot, "Fall 2026")
        await press(pilot, "enter")
        assert "That is not understood" in shown(pilot)
        app.screen.query_one("#answer").value = "term 1 2026-08-31 to 2026-12-18"  # type: ignore[attr-defined]
        await press(pilot, "enter", "escape")
        assert read_settings(path).text_of("terms") == "term 1 2026-08-31 to 2026-12-18"
        await press(pilot, "1")
        assert "week 13 of term 1" in shown(pilot)
        await press(pilot, "u")
        assert read_settings(path).terms == ()


async def test_in_a_break_today_is_quiet(app: ReflectApp, workspace: Workspace, make_record: MakeRecord) -> None:
    from reflect.settings import write_setting

    write_setting(workspace.context.places.settings, "breaks", "Thanksgiving 2026-11-23 to 2026-11-27")
    make_record("finding", "Robocalls made it worse", "2026-06-01", fields={"valence": "negative"})
    make_record("call-in", "The tardy policy", "2026-11-10", fields={"follow_up": "2026-11-25"})
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        page = shown(pilot)
        assert "It is break (Thanksgiving) until Sunday 29 November" in page
        assert "The tardy policy" in page
        assert "in the break" in page
        assert "Robocalls" not in page
