"""Reading: texts of any size, the way one came, finding, copying, and a page as on paper."""

from __future__ import annotations

import asyncio

from textual.content import Content

from reflect.tui.app import ReflectApp
from reflect.tui.screens.paper import PaperScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.trail import trail
from reflect.tui.widgets.lines_found import found_in
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.workspace import Workspace
from tests.tui.conftest import SMALL, Journal, MakeRecord, press, said, settle, shown, write

BAD = "[/oops][@click=app.quit]x[/]\x1b]52;c;x\x07"


async def test_the_way_here_is_said_and_links_are_counted(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter")
        assert "‹ Journal › Reflection" in shown(pilot)
        assert "1 link" in shown(pilot)
        await press(pilot, "tab", "enter")
        assert "‹ Journal › Half an hour behind the… › Finding" in shown(pilot)
        assert "2 links · 2 lead here" in shown(pilot)


def test_a_long_way_begins_with_what_is_near() -> None:
    assert trail(["Today", "A", "B"], "Finding", 40).plain == "‹ Today › A › B › Finding"
    assert trail(["Today", "A" * 30, "B"], "Finding", 22).plain == "‹ … › B › Finding"


async def test_back_returns_to_the_same_line_also_when_the_record_changed(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    body = "\n\n".join(f"Line {number}." for number in range(200))
    record = make_record("reflection", "Long", body=f"{body}\n\n[[Other]]")
    make_record("reflection", "Other", "2026-11-19", body="Short.")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "end")
        place = app.screen.query_one(MarkdownView).scroll_y
        assert "Line 199." in shown(pilot)
        await press(pilot, "tab", "enter")
        assert "Short." in shown(pilot)
        path = workspace.vault.root / record.path
        path.write_text(path.read_text().replace("Line 199.", "Line the last."))
        workspace.indexer.refresh_files([record.path])
        app.changed()
        await press(pilot, "escape")
        assert "Line the last." in shown(pilot)
        assert app.screen.query_one(MarkdownView).scroll_y == place


async def test_a_link_to_no_record_is_marked(app: ReflectApp, make_record: MakeRecord) -> None:
    make_record("reflection", "Here", body="See [[Nowhere]] and [[Here]].")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter")
        assert "See Nowhere (no record) and Here." in shown(pilot)


async def test_words_are_found_in_the_page(app: ReflectApp, make_record: MakeRecord) -> None:
    body = "\n\n".join(f"{'Needle here.' if number % 50 == 0 else 'Hay.'} {number}" for number in range(1, 201))
    make_record("reflection", "Hay", body=body)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "ctrl+f")
        await write(pilot, "needle HERE")
        assert "1 of 4" in shown(pilot)
        assert "Needle here. 50" in shown(pilot)
        await press(pilot, "enter", "down")
        assert "3 of 4" in shown(pilot)
        assert "Needle here. 150" in shown(pilot)
        await press(pilot, "up")
        assert "2 of 4" in shown(pilot)
        await write(pilot, "x")
        assert "nowhere" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, ReaderScreen)
        assert "Find in this record" not in shown(pilot)


def test_words_are_found_where_a_line_ends_between_them() -> None:
    lines = [Content("one two"), Content("three"), Content("TWO three")]
    assert found_in(lines, "two  three") == [[(0, 4, 7), (1, 0, 5)], [(2, 0, 9)]]
    assert found_in(lines, " ") == []


async def test_the_end_of_a_long_text_is_reached_while_it_is_laid_out(app: ReflectApp, make_record: MakeRecord) -> None:
    body = "\n\n".join(f"Some *words* of paragraph {number}." for number in range(20_000))
    make_record("reflection", "Long", body=body)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        # A pilot's key would wait until all is laid out.
        app.simulate_key("enter")
        view: MarkdownView | None = None
        while view is None or view.max_scroll_y == 0:
            await asyncio.sleep(0.005)
            view = next(iter(app.screen.query(MarkdownView)), None) if isinstance(app.screen, ReaderScreen) else None
        app.simulate_key("end")
        while "% laid out" not in shown(pilot):
            await asyncio.sleep(0.005)
        await settle(pilot)
        assert "paragraph 19999." in shown(pilot)
        await press(pilot, "home")
        assert "paragraph 1." in shown(pilot)
        assert "laid out" not in shown(pilot)


async def test_a_file_over_the_limit_is_shown_raw_with_a_sentence(app: ReflectApp, workspace: Workspace) -> None:
    path = workspace.vault.root / "journal" / "2026-11-01-large.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: Large\n---\n\n**These** words count.\n" + "word\n" * 900_000)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        await pilot.press("enter")
        while "**These** words count." not in shown(pilot):
            await pilot.pause(0.02)
        assert "This file has 4.3 MiB" in shown(pilot)
        app.workers.cancel_all()


async def test_copying_says_what_and_what_it_means(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "c")
        assert app.clipboard.startswith("# Half an hour behind the counter\n\n## What happened")
        assert "is on the clipboard. It is private: a copy leaves this program's care." in said(pilot)[-1]
        await press(pilot, "C")
        assert app.clipboard == journal.reflection.text
        await press(pilot, "l")
        assert app.clipboard == f"[[{journal.reflection.id}]]"
        await press(pilot, "tab", "l")
        assert app.clipboard == f"[[{journal.finding.id}]]"


async def test_paper_has_the_text_and_where_its_links_lead(app: ReflectApp, make_record: MakeRecord) -> None:
    make_record("finding", "Texts work", "2026-11-19")
    make_record("reflection", BAD, body=f"{BAD}\n\n[[Texts work]], [site](https://example.org/a), [[Texts work]].")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "p")
        assert isinstance(app.screen, PaperScreen)
        screen = shown(pilot)
        assert "Texts work [1], site [2], Texts work [1]." in screen
        assert "[1] Texts work (finding, 2026-11-19;" in screen
        assert "[2] https://example.org/a" in screen
        assert "Reflection · Friday 20 November 2026" in screen
        assert "[/oops][@click=app.quit]x[/]" in screen
        assert "\x1b" not in screen
        assert "Today" not in screen
        await press(pilot, "c")
        assert "\x1b" not in said(pilot)[-1]
        await press(pilot, "escape")
        assert isinstance(app.screen, ReaderScreen)
