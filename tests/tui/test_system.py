"""The circles, channels, versions, lineages and travels of findings in the app."""

from __future__ import annotations

import dataclasses

import pytest

from reflect.tui.app import ReflectApp
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.records_behind import RecordsBehindScreen
from reflect.tui.screens.view import ViewScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.item_list import ItemList
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, MakeRecord, press, settle, shown, write

BAD = "[/oops][@click=app.quit]x[/]\x1b]52;c;x\x07"


@pytest.fixture
def core(journal: Journal, make_record: MakeRecord) -> str:
    """A core, a rule against it, and call-ins; returns the id of the rule."""
    make_record("instructional-core", "What we believe", "2026-10-01")
    make_record("call-in", "Said in confidence", "2026-10-02")
    fields = {"circle": "behaviors and mindsets", "fit": "cannot tell yet"}
    make_record("reflection", BAD, "2026-10-04", fields=fields)
    return make_record("policy", "The tardy rule", "2026-10-03", fields={"fit": "against it"}).id


def lines_of(app: ReflectApp) -> str:
    lines = app.screen.query_one("#view", ItemList)
    return "\n".join(lines.row_line(index, 0, 100).plain for index in range(lines.count))


async def to_line(pilot: object, words: str) -> None:
    lines = pilot.app.screen.query_one("#view", ItemList)  # type: ignore[attr-defined]
    lines.cursor = next(index for index, item in enumerate(lines._items) if words in item.left.plain)
    await settle(pilot)  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_circles_stand_one_inside_the_other_and_what_follows_is_begun(
    app: ReflectApp, workspace: Workspace, core: str, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "5", "v", "1")
        assert isinstance(app.screen, ViewScreen)
        page = lines_of(app)
        assert "│ ✗ The tardy rule" in page
        assert "│ │ ? [/oops][@click=app.quit]x[/]" in page
        assert "2 call-ins" in page
        assert "confidence" not in page
        await to_line(pilot, "call-ins")
        await press(pilot, "enter")
        assert isinstance(app.screen, RecordsBehindScreen)
        await press(pilot, "escape")
        await to_line(pilot, "✗ The tardy rule")
        await press(pilot, "w", "3")
        assert isinstance(app.screen, WritingScreen)
        await write(pilot, "A grace period of ten minutes.")
        await press(pilot, "ctrl+s", "escape")
        assert "The tardy rule → policy" in lines_of(app)
        [written] = [row for row in workspace.rows() if row.kind == "policy" and row.title != "The tardy rule"]
        assert workspace.catalog.links_of(written) == [core.lower()]


async def test_in_reader_mode_nothing_is_drawn_and_each_line_is_said(
    app: ReflectApp, core: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.context = dataclasses.replace(app.context, environment={**app.context.environment, "REFLECT_READER": "1"})
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        from reflect.tui.spoken import READER

        monkeypatch.setattr(READER, "is_on", True)
        await press(pilot, "5", "v", "1")
        page = lines_of(app)
        assert "The tardy rule" in page
        assert not set(page) & set("│╭╰─╮╯")


async def test_a_new_version_begins_with_the_old_text_and_the_old_stays(
    app: ReflectApp, workspace: Workspace, journal: Journal, make_record: MakeRecord
) -> None:
    sections = {"Learners": "They arrive whole.", "Learning": "By doing."}
    old = make_record("instructional-core", "What we believe", "2026-11-30", sections=sections)
    before = (workspace.vault.root / old.path).read_bytes()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "a", "home", "enter")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "N")
        assert isinstance(app.screen, WritingScreen)
        assert app.screen.title_box.value == "What we believe"
        await press(pilot, "escape")
        assert isinstance(app.screen, ReaderScreen)
        assert workspace.drafts.all() == []
        await press(pilot, "N")
        await write(pilot, "And: ")
        await press(pilot, "ctrl+s", "escape")
        [new] = [row for row in workspace.rows() if row.kind == "instructional-core" and row.id != old.id]
        assert new.text_of("replaces") == old.id
        assert "They arrive whole." in workspace.get(new.ref).body
        assert (workspace.vault.root / old.path).read_bytes() == before
        await press(pilot, "v")
        assert "Instructional core: 2 versions" in shown(pilot)


async def test_an_example_leads_to_what_was_made_of_it_and_to_what_is_sent_back(
    app: ReflectApp, journal: Journal, make_record: MakeRecord
) -> None:
    ours = make_record("story", "Morning meeting", "2026-11-30", fields={"consent": "asked and given"})
    make_record("approximation", "Circle time", "2026-10-01", fields={"example": ours.id, "status": "settled"})
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "a", "home", "enter", "v")
        page = lines_of(app)
        assert "└─ Circle time (your journal · settled)" in page
        assert "not yet ours" in page
        await press(pilot, "w")
        assert isinstance(app.screen, WritingScreen)
        assert "To those we learned from." in shown(pilot)


async def test_a_pair_without_a_path_begins_a_channel_one_way_or_the_other(
    app: ReflectApp, workspace: Workspace, journal: Journal, make_record: MakeRecord
) -> None:
    make_record("agenda", "Who answers?", fields={"voices_needed": ["families", "students"]})
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "5", "v", "2")
        await to_line(pilot, "families")
        await press(pilot, "enter", "2")
        assert isinstance(app.screen, WritingScreen)
        await write(pilot, "Needs.")
        await press(pilot, "ctrl+s")
        [channel] = [row for row in workspace.rows() if row.kind == "channel"]
        assert (channel.list_of("from"), channel.list_of("to")) == (["students"], ["families"])


async def test_a_finding_that_is_an_example_too_is_drawn_as_either(
    app: ReflectApp, journal: Journal, make_record: MakeRecord
) -> None:
    finding = make_record("finding", "Texts work", "2026-11-30", fields={"valence": "mixed"})
    make_record("approximation", "Our texts", "2026-10-01", fields={"example": finding.id})
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "a", "home", "enter", "v")
        assert "What would you like to see?" in shown(pilot)
        await press(pilot, "2")
        assert "Who further up should hear this?" in lines_of(app)
        await press(pilot, "w")
        assert isinstance(app.screen, ReaderScreen)
