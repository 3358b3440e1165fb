"""The journey of an agenda, chains, pilots, maps and the library in the app."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from reflect.records.record import Record
from reflect.tui.app import ReflectApp
from reflect.tui.screens.agenda import AgendaScreen
from reflect.tui.screens.chain import ChainScreen
from reflect.tui.screens.conditions import ConditionsScreen
from reflect.tui.screens.journey import JourneyScreen
from reflect.tui.screens.library import LibraryScreen
from reflect.tui.screens.pilot import PilotScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.item_list import ItemList
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, MakeRecord, files_of, press, said, settle, shown, write

BAD = "[/oops][@click=app.quit]x[/]\x1b]52;c;x\x07"


async def to_line(pilot: Pilot[int], words: str) -> None:
    """Go down to the first line with these words that can be chosen."""
    for _ in range(60):
        lines = pilot.app.screen.query_one("#figure, #library", ItemList)
        item = lines._items[lines.cursor]
        if words in item.left.plain:
            return
        await press(pilot, "down")
    raise AssertionError(words)


@pytest.fixture
def problem(journal: Journal, make_record: MakeRecord, workspace: Workspace) -> Record:
    """A problem of practice in the agenda, which follows the nine stages."""
    workspace.change(journal.agenda.path, {"journey": "equitable-systems", "voices_needed": ["Families"]}, {})
    return make_record(
        "problem-of-practice", "Families hear late", "2026-10-01", agenda=journal.agenda.id,
        fields={"for_whom": ["students learning English"], "status": "agreed"},
    )  # fmt: skip


async def test_a_journey_is_chosen_for_an_agenda_and_taken_back(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter")
        assert "none chosen; g chooses one" in shown(pilot)
        await press(pilot, "g")
        assert "Equitable systems, in nine stages: 9 stages" in shown(pilot)
        await press(pilot, "1")
        assert "follows this journey now" in said(pilot)[-1]
        assert "now: District dossier" in shown(pilot)
        await press(pilot, "U")
        assert "none chosen; g chooses one" in shown(pilot)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_path_says_what_is_now_and_begins_what_is_missing(
    app: ReflectApp, journal: Journal, problem: Record, workspace: Workspace, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "g")
        assert isinstance(app.screen, JourneyScreen)
        screen = shown(pilot)
        assert "◐─────○─────○" in screen
        assert "Who are we, and what will we face?" in screen
        assert "missing: no dossier yet" in screen
        assert "Families hear late" in screen
        assert "%" not in screen
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)
        assert "Dossier · What makes families answer?" in shown(pilot)
        await write(pilot, "Nine schools.")
        await press(pilot, "ctrl+s")
        [dossier] = (workspace.vault.root / journal.agenda.path).parent.glob("dossiers/*.md")
        assert f"problem: {problem.id}" in dossier.read_text()


async def test_enter_opens_a_stage_and_closes_it(app: ReflectApp, journal: Journal, problem: Record) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "g", "end", "enter")
        assert "What stays, what stops, who is told?" in shown(pilot)
        assert "missing: no decision yet" in shown(pilot)
        await press(pilot, "enter")
        assert "What stays, what stops, who is told?" not in shown(pilot)


async def test_a_stage_is_left_out_and_taken_in_again(
    app: ReflectApp, journal: Journal, problem: Record, workspace: Workspace
) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "g", "x")
        assert "The stage is left out." in said(pilot)[-1]
        assert "◌─────◎" in shown(pilot)
        assert "stages_skipped: [dossier]" in (workspace.vault.root / journal.agenda.path).read_text()
        await press(pilot, "x")
        assert "◐─────○" in shown(pilot)


async def test_deleting_the_evidence_opens_its_stage_again(
    app: ReflectApp, journal: Journal, problem: Record, make_record: MakeRecord, workspace: Workspace
) -> None:
    dossier = make_record(
        "dossier", "Who we are", "2026-10-02", agenda=journal.agenda.id, fields={"problem": problem.id}
    )
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "g")
        assert "●─────◎" in shown(pilot)
        workspace.delete(dossier.path)
        app.changed()
        await settle(pilot)
        assert "◐─────○" in shown(pilot)


async def test_a_chain_is_walked_from_the_reader_and_begins_what_is_missing(
    app: ReflectApp, journal: Journal, problem: Record, make_record: MakeRecord
) -> None:
    theory = make_record(
        "theory-of-action", f"If families {BAD}", "2026-10-05", agenda=journal.agenda.id, fields={"problem": problem.id}
    )
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(theory.path))
        await settle(pilot)
        await press(pilot, "b")
        assert isinstance(app.screen, ChainScreen)
        screen = shown(pilot)
        assert "problem of practice: Families hear late" in screen
        assert "[/oops][@click=app.quit]x[/]" in screen
        assert "\x1b" not in screen
        await to_line(pilot, "conditions map: missing here")
        await press(pilot, "enter")
        assert isinstance(app.screen, WritingScreen)
        await write(pilot, "Letters in May.")
        await press(pilot, "ctrl+s", "escape", "home")
        await to_line(pilot, "conditions map: Letters in May.")


async def test_the_turns_of_a_pilot_end_in_a_question_that_is_answered(
    app: ReflectApp, journal: Journal, make_record: MakeRecord, workspace: Workspace
) -> None:
    pilot_record = make_record("pilot", "Six weeks of messages", "2026-10-05", agenda=journal.agenda.id)
    cycle = make_record(
        "cycle", "One class", "2026-10-06", agenda=journal.agenda.id,
        fields={"pilot": pilot_record.id, "number": "1", "result": "better"},
        sections={"Plan": "We predict that 8 of 20 answer.", "Do": "It went.", "Study": "9 did."},
    )  # fmt: skip
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(cycle.path))
        await settle(pilot)
        await press(pilot, "v")
        assert isinstance(app.screen, PilotScreen)
        screen = shown(pilot)
        assert "We predict that 8 of 20 answer." in screen
        assert "1 better, open" in screen
        assert "Adopt, adapt or abandon?" in screen
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)
        row = app.screen.form.row("next")
        assert row is not None
        assert row.has_focus_within


@pytest.mark.parametrize(("size", "is_beside"), [(SMALL, True), ((70, 30), False)])
async def test_two_maps_stand_side_by_side_and_lead_to_the_writing(
    app: ReflectApp,
    journal: Journal,
    problem: Record,
    make_record: MakeRecord,
    size: tuple[int, int],
    is_beside: bool,
) -> None:
    of = {"agenda": journal.agenda.id}
    make_record(
        "conditions-map", "In fall", "2026-09-01", fields={"problem": problem.id, "as_of": "2026-09-01"},
        sections={"Policies": f"holds it: letters {BAD}"}, **of,
    )  # fmt: skip
    newer = make_record(
        "conditions-map", "In winter", "2026-11-01", fields={"problem": problem.id, "as_of": "2026-11-01"},
        sections={"Policies": "holds it: calls\nwe want: a choice"}, **of,
    )  # fmt: skip
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(newer.path))
        await settle(pilot)
        await press(pilot, "v")
        assert isinstance(app.screen, ConditionsScreen)
        lines = shown(pilot).split("\n")
        assert any("holds it: letters" in line and "holds it: calls" in line for line in lines) is is_beside
        await press(pilot, "end")
        assert "Changed since 2026-09-01: Policies." in shown(pilot)
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)
        assert app.screen.query_one(Editor).heading_above() == "Relationships and connections"


async def test_the_library_is_reached_searched_and_ticked_off(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "l")
        assert isinstance(app.screen, LibraryScreen)
        await to_line(pilot, "Practicing Inclusion")
        await press(pilot, "x")
        assert "ticked off, on this computer" in said(pilot)[-1]
        assert "✓ ◇ Practicing Inclusion" in shown(pilot)
        await press(pilot, "U")
        assert "✓" not in shown(pilot)
        await press(pilot, "f")
        await write(pilot, "hub")
        await press(pilot, "enter")
        assert "Hub Leadership" in shown(pilot)
        assert "Practicing Inclusion" not in shown(pilot)
        await to_line(pilot, "Key Areas of Focus")
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)
        await write(pilot, "We ask too much of members.")
        await press(pilot, "ctrl+s", "escape")
        [note] = files_of(workspace.vault.root, "resource-notes")
        assert 'resource: "Hub Leadership: Key Areas of Focus for Hub Leadership"' in note.read_text()


async def test_what_is_begun_in_the_library_of_an_agenda_belongs_to_it(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "l")
        await to_line(pilot, "Practicing Inclusion")
        await press(pilot, "a")
        assert isinstance(app.screen, WritingScreen)
        assert "Activity · What makes families answer?" in shown(pilot)
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, AgendaScreen)


async def test_today_lists_what_is_incomplete(app: ReflectApp, journal: Journal, make_record: MakeRecord) -> None:
    make_record("finding", "Texts work", "2026-11-20")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        screen = shown(pilot)
        assert "Left open" in screen
        assert "◌ Texts work" in screen
        assert "finding, still empty: valence" in screen
