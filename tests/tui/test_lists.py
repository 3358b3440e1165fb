"""The journal as a list: months, order, columns, marks and what is done with them, filters, panes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

import pytest

from reflect.tui.app import ReflectApp
from reflect.tui.screens.history import HistoryScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.widgets.record_list import RecordList
from reflect.vault.saving import Saved, Saver
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, MakeRecord, files_of, press, said, settle, shown, write
from tests.tui.test_mouse import click


@pytest.fixture
def months(make_record: MakeRecord, workspace: Workspace) -> list[str]:
    """Sixty reflections: twenty in each of three months."""
    for month in ("07", "08", "09"):
        for day in range(1, 21):
            make_record("reflection", f"Of {month}, number {day}", f"2026-{month}-{day:02}", body="word " * day)
    workspace.refresh(full=True)
    workspace.take_up()
    return [row.path for row in workspace.rows()]


def title_under_cursor(app: ReflectApp) -> str:
    row = app.screen.query_one("#records", RecordList).row
    assert row is not None
    return row.title


async def test_months_stand_between_the_rows_and_stay_visible(app: ReflectApp, months: list[str]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        lines = shown(pilot).splitlines()
        top = next(number for number, line in enumerate(lines) if line == " September 2026 · 20")
        assert "Of 09, number 20" in lines[top + 1]
        await press(pilot, "end")
        assert shown(pilot).splitlines()[top].startswith(" July 2026 · 20")
        await press(pilot, *["up"] * 18)
        assert title_under_cursor(app) == "Of 07, number 19"
        # The row under the cursor is never under the heading.
        assert "Of 07, number 19" in shown(pilot)


async def test_one_goes_from_month_to_month_and_to_a_day(app: ReflectApp, months: list[str]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "right_square_bracket")
        assert title_under_cursor(app) == "Of 08, number 20"
        await press(pilot, "down", "left_square_bracket")
        assert title_under_cursor(app) == "Of 08, number 20"
        await press(pilot, "left_square_bracket")
        assert title_under_cursor(app) == "Of 09, number 20"
        await press(pilot, "g")
        await write(pilot, "2026-08-29")
        await press(pilot, "enter")
        assert title_under_cursor(app) == "Of 09, number 1"
        await press(pilot, "g")
        await write(pilot, "soonish")
        await press(pilot, "enter")
        assert "“soonish” is no date" in shown(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "2026-07-05")
        await press(pilot, "enter")
        assert title_under_cursor(app) == "Of 07, number 5"


async def test_the_order_is_said_and_a_day_is_found_in_each(app: ReflectApp, months: list[str]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "o")
        assert "oldest first" in shown(pilot)
        assert title_under_cursor(app) == "Of 07, number 1"
        await press(pilot, "g")
        await write(pilot, "2026-08-03")
        await press(pilot, "enter")
        assert title_under_cursor(app) == "Of 08, number 3"
        await press(pilot, "o")
        assert "by title" in shown(pilot)
        assert "July 2026" not in shown(pilot)
        await press(pilot, "o", "o")
        assert "longest first" in shown(pilot)
        assert title_under_cursor(app).endswith("number 20")
        await press(pilot, "g")
        await write(pilot, "2026-08-03")
        await press(pilot, "enter")
        assert "newest first" in shown(pilot)
        assert title_under_cursor(app) == "Of 08, number 3"


async def test_one_kind_shows_its_columns(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "f")
        await write(pilot, "kind:finding")
        await press(pilot, "enter")
        heads = next(line for line in shown(pilot).splitlines() if "Title" in line)
        assert heads.split() == ["Title", "Valence", "Agenda"]
        row = next(line for line in shown(pilot).splitlines() if "Robocalls made it" in line)
        assert row.index("negative") == heads.index("Valence")
        assert "What makes families" in row
        await pilot.resize_terminal(62, 24)
        await settle(pilot)
        assert "Valence" in shown(pilot)
        assert "Agenda " not in shown(pilot)
        await press(pilot, "x")
        assert "Valence" not in shown(pilot)


async def test_what_cannot_be_read_stays_marked_among_columns(
    app: ReflectApp, months: list[str], workspace: Workspace
) -> None:
    (workspace.vault.root / "journal" / "2026-11-01-odd.md").write_text("---\ntitle: [never\nclosed\n")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "! unreadable: line" in shown(pilot)


async def test_marked_records_are_tagged_and_it_can_be_undone(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    paths = [workspace.vault.root / each.path for each in (journal.reflection, journal.call_in)]
    before = [path.read_text() for path in paths]
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "v", "v")
        assert "* 2 marked" in shown(pilot)
        assert "*Fri 20 Nov" in shown(pilot)
        await press(pilot, "t")
        await write(pilot, "+office -fro")
        assert "front-office" in shown(pilot)
        await press(pilot, "tab", "enter")
        assert "tags: [office]" in paths[0].read_text()
        assert "tags: [office]" in paths[1].read_text()
        assert "2 records are tagged. U undoes it." in said(pilot)[-1]
        assert "marked" not in shown(pilot)
        await press(pilot, "u")
        assert [path.read_text() for path in paths] == before


async def test_a_tag_that_is_none_is_asked_for_again(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "v", "t")
        await write(pilot, "+")
        await press(pilot, "enter")
        assert "No tag stands there." in shown(pilot)


async def test_all_that_match_are_marked_and_deleted_after_a_question(
    app: ReflectApp, months: list[str], workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "f")
        await write(pilot, "until:2026-08-31")
        await press(pilot, "enter", "asterisk")
        assert "* 40 marked" in shown(pilot)
        await press(pilot, "d")
        assert "Delete 40 records?" in shown(pilot)
        assert "and 35 more" in shown(pilot)
        await press(pilot, "escape")
        assert len(files_of(workspace.vault.root, "journal")) == 60
        await press(pilot, "d", "d")
        assert len(files_of(workspace.vault.root, "journal")) == 20
        assert "40 records are deleted." in said(pilot)[-1]
        await press(pilot, "u")
        assert len(files_of(workspace.vault.root, "journal")) == 60
        assert "* " not in shown(pilot)


async def test_marks_are_extended_and_let_go(app: ReflectApp, months: list[str]) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "shift+down", "shift+down")
        assert "* 3 marked" in shown(pilot)
        await press(pilot, "end", "V")
        assert "* 60 marked" in shown(pilot)
        await press(pilot, "home", "v")
        assert "* 59 marked" in shown(pilot)
        await press(pilot, "escape")
        assert "marked" not in shown(pilot)
        await press(pilot, "v", "a")
        assert "marked" not in shown(pilot)


async def test_marked_records_are_copied_to_a_folder(
    app: ReflectApp, journal: Journal, workspace: Workspace, tmp_path: Path
) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine").write_text("mine")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "v", "x")
        assert "~/reflect-export-2026-11-23" in shown(pilot)
        await press(pilot, "end", "ctrl+u")
        await write(pilot, str(tmp_path / "taken"))
        await press(pilot, "enter")
        assert "something in" in shown(pilot)
        await write(pilot, "-not")
        await press(pilot, "enter")
        copy = tmp_path / "taken-not" / journal.reflection.path
        assert copy.read_bytes() == (workspace.vault.root / journal.reflection.path).read_bytes()
        assert "no longer keeps them private" in said(pilot)[-1]


async def test_marking_and_tagging_by_mouse(app: ReflectApp, journal: Journal, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        y = next(y for y, line in enumerate(shown(pilot).splitlines()) if "Hanging up" in line)
        await pilot.click(offset=(0, y))
        await settle(pilot)
        assert "* 1 marked" in shown(pilot)
        await click(pilot, "t tag")
        await write(pilot, "phone")
        await press(pilot, "enter")
        assert "tags: [phone]" in (workspace.vault.root / journal.call_in.path).read_text()


async def test_filters_are_completed_and_each_can_be_taken_away(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "f")
        await write(pilot, "age")
        await press(pilot, "tab")
        assert "What makes families answer?" in shown(pilot)
        await press(pilot, "down", "enter", "enter")
        assert "agenda:what-makes-families-answer ×" in shown(pilot)
        await press(pilot, "a", "f")
        await write(pilot, "kind:fi")
        await press(pilot, "escape")
        assert app.screen.query_one("#filter").has_focus
        await write(pilot, "nding")
        await press(pilot, "enter")
        assert "· 2 records" in shown(pilot)
        await click(pilot, "agenda:what")
        assert "kind:finding × · 2 records" in shown(pilot)
        await press(pilot, "backspace")
        assert "all kinds · 10 records" in shown(pilot)


async def test_a_filter_that_finds_nothing_is_left_with_escape(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "f")
        await write(pilot, "tag:nobody")
        await press(pilot, "enter")
        assert "Nothing here matches the filter" in shown(pilot)
        await press(pilot, "escape")
        assert "· 3 records" in shown(pilot)
        await press(pilot, "down")
        assert title_under_cursor(app) == "Hanging up at the pause"


async def test_words_narrow_a_list_as_filters_do(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "f")
        await write(pilot, "secretaries")
        await press(pilot, "enter")
        assert "secretaries × · 1 record" in shown(pilot)


async def test_panes_follow_the_width(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "Leads to · 1" in shown(pilot)
        assert "Last states" in shown(pilot)
        await press(pilot, "tab", "tab")
        assert app.screen.query_one("#context").has_focus
        await press(pilot, "enter")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "escape", "end", "enter")
        assert isinstance(app.screen, HistoryScreen)
        await press(pilot, "escape", "escape")
        assert app.screen.query_one("#records").has_focus
        await pilot.resize_terminal(120, 30)
        await settle(pilot)
        assert "Last states" not in shown(pilot)
        assert "On hold with us" in shown(pilot)
        await pilot.resize_terminal(90, 30)
        await settle(pilot)
        assert "On hold with us" not in shown(pilot)
        await press(pilot, "tab")
        assert app.screen.query_one("#records").has_focus


async def test_long_work_shows_how_far_it_is_and_escape_stops_it(
    app: ReflectApp, months: list[str], workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, goes_on = Event(), Event()
    save = Saver.save
    saved: list[str] = []

    def slow_save(self: Saver, path: str, text: str, base: str | None) -> Saved:
        saved.append(path)
        if len(saved) == 35:
            reached.set()
            goes_on.wait(10)
        return save(self, path, text, base)

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "asterisk", "t")
        await write(pilot, "late")
        monkeypatch.setattr(Saver, "save", slow_save)
        await pilot.press("enter")
        await asyncio.to_thread(reached.wait, 10)
        await pilot.pause()
        assert "tagging ━━━━━━" in shown(pilot)
        assert "30 of 60" in shown(pilot)
        await pilot.press("escape")
        goes_on.set()
        await settle(pilot)
        assert "35 records are tagged. Stopped; 25 records not reached. U undoes it." in said(pilot)[-1]
        assert "tagging" not in shown(pilot)
    assert len(workspace.rows(workspace.filters(tags=["late"]))) == 35
