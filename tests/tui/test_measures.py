"""Run charts and driver diagrams in the app."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import Static, TextArea

from reflect.tui import places
from reflect.tui.app import ReflectApp
from reflect.tui.screens.driver_diagram import DriverDiagramScreen
from reflect.tui.screens.measure import MeasureScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.field_row import FieldRow
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, MakeRecord, press, said, settle, shown, write

A = [41, 44, 39, 43, 40, 45, 42, 38, 44, 41, 40, 43, 46, 49, 52, 51, 54, 53, 55, 52, 56, 54, 57, 55]
VALUES = {f"2026-{number // 4 + 1:02}-{number % 4 * 7 + 1:02}": str(value) for number, value in enumerate(A)}
BAD = "[/oops][@click=app.quit]x[/]\x1b]52;c;x\x07"


@pytest.fixture
def measure(journal: Journal, make_record: MakeRecord) -> str:
    """A measure whose values moved; returns its path."""
    fields = {"values": VALUES, "better": "up", "unit": "families"}
    return make_record("measure", f"Families who answered {BAD}", "2026-11-20", fields=fields).path


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_measure_is_drawn_says_what_the_rules_find_and_begins_a_finding_from_it(
    app: ReflectApp, measure: str, workspace: Workspace, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.push_screen(MeasureScreen(measure))
        await settle(pilot)
        screen = shown(pilot)
        assert "45.5 ┤" in screen
        assert "What changed around then?" in screen
        assert "\x1b" not in screen
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)
        await write(pilot, "Something moved.")
        await press(pilot, "ctrl+s")
        await press(pilot, "escape")
        finding = next(row for row in workspace.rows() if workspace.get(measure).id in row.list_of("from"))
        assert finding.list_of("from") == [workspace.get(measure).id]


async def test_values_are_typed_and_pasted_and_taken_back(app: ReflectApp, measure: str, workspace: Workspace) -> None:
    def values() -> object:
        return workspace.get(measure).fields["values"]

    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.push_screen(MeasureScreen(measure))
        await settle(pilot)
        await press(pilot, "a", "x", "enter")
        assert "is not a date and a number" in shown(pilot)
        await press(pilot, "backspace", "6", "0", "enter")
        assert values() == {**VALUES, "2026-11-23": "60"}
        assert "60 is there for 23 Nov 2026." in said(pilot)[-1]
        await press(pilot, "U")
        assert values() == VALUES
        app.screen.query_one("#figure").post_message(
            Paste("day,families\n2026-12-01,58\n2026-12-08,59\n2026-01-01,41\n")
        )
        await settle(pilot)
        assert values() == {**VALUES, "2026-12-01": "58", "2026-12-08": "59"}
        assert "2 values are there; 1 were there already." in said(pilot)[-1]
        app.screen.query_one("#figure").post_message(Paste("day,families\nsoon,58\n"))
        await settle(pilot)
        assert "Line 2: “soon,58” is not a date and a number." in said(pilot)[-1]
        await press(pilot, "e")
        assert isinstance(app.screen, WritingScreen)


async def test_a_chart_is_kept_as_a_picture_and_a_file_that_is_there_stays(
    app: ReflectApp, measure: str, tmp_path: Path
) -> None:
    file = tmp_path / "chart.svg"
    file.write_text("mine")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.push_screen(MeasureScreen(measure))
        await settle(pilot)
        await press(pilot, "x")
        line = app.screen.query_one("#answer")
        assert line.value.endswith(".svg")  # type: ignore[attr-defined]
        line.value = str(file)  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "is there already" in shown(pilot)
        app.screen.query_one("#answer").value = str(tmp_path / "other.svg")  # type: ignore[attr-defined]
        await press(pilot, "enter")
        assert "Drawn:" in said(pilot)[-1]
    assert file.read_text() == "mine"
    assert (tmp_path / "other.svg").read_text().startswith("<svg")


async def test_measures_have_their_last_value_and_verdict_in_their_columns(app: ReflectApp, measure: str) -> None:
    async with app.run_test(size=(99, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "2", "f")
        await write(pilot, "kind:measure")
        await press(pilot, "enter")
        screen = shown(pilot)
        assert "Last value" in screen
        assert "better" in screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_idea_that_nobody_tried_becomes_a_cycle_to_which_it_leads(
    app: ReflectApp, journal: Journal, make_record: MakeRecord, workspace: Workspace, size: tuple[int, int]
) -> None:
    drivers = (
        "- Messages they can read\n  - Home language\n    - Texts in Spanish\n    - Call by a parent [[abc]]\n- Trust"
    )
    diagram = make_record(
        "driver-diagram", "On a page", "2026-11-20", body=f"## Aim\n\nAll answer\n\n## Drivers\n\n{drivers}\n"
    )
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.push_screen(DriverDiagramScreen(diagram.path))
        await settle(pilot)
        screen = shown(pilot)
        assert "Not tried yet" in screen
        assert "1 of 2 change ideas has no link to a trial yet." in screen
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)
        cycle = next(row for row in workspace.rows() if row.kind == "cycle")
        assert (cycle.title, workspace.get(cycle.path).links) == ("Texts in Spanish", (diagram.id,))
        assert f"    - Texts in Spanish [[{cycle.id}]]\n    - Call" in workspace.get(diagram.path).body
        await press(pilot, "escape")
        assert "None of 2 change ideas have no link" in shown(pilot)


async def test_a_tally_is_looked_at_while_it_is_typed_and_kept_as_it_is(
    app: ReflectApp, journal: Journal, make_record: MakeRecord, workspace: Workspace
) -> None:
    tally = "families: invited 12, came 7, spoke 3"
    gathering = make_record("gathering", "An evening", "2026-11-20", fields={"voices": tally})
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.push_screen(places.writing(path=gathering.path, at="voices"))
        await settle(pilot)
        area = app.screen.query_one("FieldRow TextArea", TextArea)

        def trouble() -> str:
            row = next(each for each in app.screen.query(FieldRow) if each.spec.name == "voices")
            return str(row.query_one(".trouble", Static).render())

        area.focus()
        area.text = f"{tally}\nMrs. X spoke"
        await settle(pilot)
        assert "Line 2: “Mrs. X spoke” is not counted." in trouble()
        await press(pilot, "ctrl+s")
        assert workspace.get(gathering.path).fields["voices"] == f"{tally}\nMrs. X spoke"
        area.text = tally
        await settle(pilot)
        assert trouble() == ""


async def test_what_of_an_outline_is_drawn_elsewhere_is_said_when_it_is_saved(
    app: ReflectApp, journal: Journal, make_record: MakeRecord
) -> None:
    diagram = make_record("driver-diagram", "On a page", "2026-11-20", body="## Drivers\n\n- Trust\n")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.push_screen(places.writing(path=diagram.path, at="Drivers"))
        await settle(pilot)
        await write(pilot, "Words in no list\n\n")
        await press(pilot, "ctrl+s")
        assert any("Words in no list” stands in no list, and is not drawn." in each for each in said(pilot))
