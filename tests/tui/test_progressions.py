"""A rubric in the app: rated area by area, and how it moved."""

from __future__ import annotations

import pytest

from reflect.tui.app import ReflectApp
from reflect.tui.screens.progressions import ProgressionsScreen
from reflect.tui.screens.rating import RatingScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, MakeRecord, press, said, settle, shown, write

BAD = "[/oops][@click=app.quit]x[/]\x1b]52;c;x\x07"


def rated(workspace: Workspace) -> dict[str, object]:
    rows = [row for row in workspace.rows() if row.kind == "progression"]
    return {row.text_of("area"): row.fields.get("ratings") for row in rows}


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_session_walks_the_areas_and_writes_a_progression_for_each_that_was_rated(
    app: ReflectApp, journal: Journal, workspace: Workspace, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "5")
        app.action_progressions()
        await settle(pilot)
        assert "not rated yet" in shown(pilot)
        await press(pilot, "r")
        assert isinstance(app.screen, RatingScreen)
        assert "1 of 9" in shown(pilot)
        await press(pilot, "down", "a", "down", "a")
        assert shown(pilot).count("chosen") == 2
        await press(pilot, "w")
        await write(pilot, "Courses were planned together.")
        await press(pilot, "enter", "right")
        assert "2 of 9" in shown(pilot)
        await press(pilot, "right", "enter")
        assert "4 of 9" in shown(pilot)
        await press(pilot, "enter", "left")
        assert "4 of 9" in shown(pilot)
        await press(pilot, "escape")
        assert "3 areas rated today." in said(pilot)[-1]
        assert isinstance(app.screen, ProgressionsScreen)
        assert "23 Nov 2026: 2 and 3" in shown(pilot)
    found = rated(workspace)
    assert found == {
        "teaching-near-schools": {"2026-11-23": ["2", "3"]},
        "inquiry-on-real-inequity": {"2026-11-23": "1"},
        "leaders-engaged": {"2026-11-23": "1"},
    }
    record = next(row for row in workspace.rows() if row.text_of("area") == "teaching-near-schools")
    assert "- 2026-11-23: Courses were planned together." in workspace.get(record.path).body


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_going_down_is_drawn_like_going_up_and_asks_what_was_learned(
    app: ReflectApp, journal: Journal, make_record: MakeRecord, size: tuple[int, int]
) -> None:
    for area, levels in (("time-to-learn", "31"), ("leaders-engaged", "13")):
        ratings = {"2026-03-02": levels[0], "2026-11-02": levels[1]}
        fields = {"rubric": "partnership", "area": area, "ratings": ratings}
        record = make_record("progression", f"{area} {BAD}", "2026-11-20", fields=fields)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(record.path))
        await settle(pilot)
        await press(pilot, "v")
        screen = shown(pilot)
        assert "2 Mar 2026: 3 → 2 Nov 2026: 1" in screen
        assert "2 Mar 2026: 1 → 2 Nov 2026: 3" in screen
        await press(pilot, "end")
        assert "Time to learn: What was learned here?" in shown(pilot)
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)


async def test_evidence_without_a_level_is_kept(app: ReflectApp, journal: Journal, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.push_screen(ProgressionsScreen())
        await settle(pilot)
        await press(pilot, "w", "w")
        await write(pilot, "Nobody asked yet.")
        await press(pilot, "enter", "escape")
    assert rated(workspace) == {"teaching-near-schools": None}
