"""Two texts of one record that were kept: seen beside each other, chosen from, written anew, and had back."""

from __future__ import annotations

import pytest

from reflect.community.communities import Community
from reflect.community.repository import Repository
from reflect.records.record import Record
from reflect.tui.app import ReflectApp
from reflect.tui.screens.community import CommunityScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.two_versions import TwoVersionsScreen
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.conftest import NOW
from tests.tui.conftest import BEN, LARGE, ONE, SMALL, Journal, press, said, settle, shown, write

THEIRS = "Texts reach most families.\n\nNobody asked why."
MINE = "Texts reach some families.\n\nNobody asked why.\n\nWe called the rest."


@pytest.fixture
def conflict(community: Community, workspace: Workspace) -> Community:
    """The peer's finding and my version of it, as a sync has kept them."""
    theirs = {"findings/2026/11/texts.md": record_text(ONE, "Texts work better", body=THEIRS)}
    Repository(community.repository.path, BEN).commit(theirs, "Edit", NOW)
    mine = record_text(ONE[:-1] + "9", "Texts work better", body=MINE, author="Ana")
    mine = mine.replace(b"kind:", b"conflict_of: " + ONE.encode() + b"\nkind:")
    community.repository.commit({"findings/2026/11/texts-conflict-xyv9.md": mine}, "Write", NOW)
    workspace.refresh()
    return community


@pytest.fixture
def own_conflict(journal: Journal, workspace: Workspace) -> Record:
    """A reflection that was open while another program changed the same paragraph."""
    record = workspace.get(journal.reflection.path)
    workspace.save_change(record, record.text.replace("eleven minutes", "ten minutes"))
    saved = workspace.save(record.path, record.text.replace("eleven minutes", "twelve minutes"), record.text)
    assert saved.second is not None
    workspace.record_in_history(saved, "Edit reflection")
    workspace.refresh(full=True)
    return saved.record


def body_of(workspace: Workspace, reference: str = ONE) -> str:
    return workspace.get(reference).body.strip()


def versions(workspace: Workspace) -> int:
    workspace.refresh()
    return len(workspace.catalog.second_versions())


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_both_are_shown_with_what_only_one_says_marked(
    app: ReflectApp, conflict: Community, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert "To settle" in shown(app)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, TwoVersionsScreen)
        page = shown(app)
        assert "Yours" in page
        assert "Theirs: Ben" in page
        assert "{+some+}" in page
        assert "{+most+}" in page
        assert "Nobody asked why" not in page
        await press(pilot, "w")
        assert "Nobody asked why" in shown(app)
        if size == LARGE:
            assert any("{+some+}" in line and "{+most+}" in line for line in page.splitlines())


@pytest.mark.parametrize(
    ("key", "has", "lacks"),
    [
        ("m", ["some families", "We called the rest."], ["most families"]),
        ("t", ["most families"], ["some families"]),
        ("b", ["most families", "some families", "We called the rest."], []),
    ],
)
async def test_a_key_chooses_and_undo_lets_both_stand_again(
    app: ReflectApp, workspace: Workspace, conflict: Community, key: str, has: list[str], lacks: list[str]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(f"rivertown:{workspace.get(ONE).path}"))
        await settle(pilot)
        await press(pilot, "V", key)
        assert isinstance(app.screen, ReaderScreen)
        assert all(text in body_of(workspace) for text in has)
        assert not any(text in body_of(workspace) for text in lacks)
        assert versions(workspace) == 0
        await press(pilot, "u")
        assert body_of(workspace) == THEIRS
        assert body_of(workspace, ONE[:-1] + "9") == MINE
        assert versions(workspace) == 1


async def test_a_text_written_from_both_is_the_one_that_stays(
    app: ReflectApp, workspace: Workspace, conflict: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(TwoVersionsScreen(ONE))
        await settle(pilot)
        await press(pilot, "e")
        await write(pilot, "It depends on the hour.\n\n")
        await press(pilot, "ctrl+s", "escape")
        assert not isinstance(app.screen, TwoVersionsScreen)
    text = body_of(workspace)
    assert "It depends on the hour." in text
    assert "most families" in text
    assert "some families" in text
    assert versions(workspace) == 0


async def test_leaving_the_text_from_both_unsaved_changes_nothing_but_keeps_a_draft(
    app: ReflectApp, workspace: Workspace, conflict: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(TwoVersionsScreen(ONE))
        await settle(pilot)
        await press(pilot, "e", "escape")
        assert isinstance(app.screen, TwoVersionsScreen)
    assert body_of(workspace) == THEIRS
    assert versions(workspace) == 1
    assert [draft.place for draft in workspace.drafts.all()] == ["rivertown"]


async def test_what_changed_meanwhile_is_not_chosen_over(
    app: ReflectApp, workspace: Workspace, conflict: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(TwoVersionsScreen(ONE))
        await settle(pilot)
        later = record_text(ONE, "Texts work better", body="Ben wrote on.")
        conflict.repository.commit({workspace.get(ONE).path: later}, "Edit", NOW)
        await press(pilot, "m")
        assert any("changed meanwhile" in each for each in said(app))
        assert isinstance(app.screen, TwoVersionsScreen)
    assert body_of(workspace) == "Ben wrote on."


async def test_two_texts_of_the_journal_are_on_today_and_settled_in_the_same_way(
    app: ReflectApp, workspace: Workspace, own_conflict: Record
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "To settle" in shown(app)
        await press(pilot, "home", "enter")
        assert isinstance(app.screen, TwoVersionsScreen)
        assert "{+ten+}" in shown(app)
        await press(pilot, "m")
        assert "twelve minutes" in body_of(workspace, own_conflict.path)
        assert workspace.catalog.second_versions("") == []
        await press(pilot, "u")
        assert "ten minutes" in body_of(workspace, own_conflict.path)
        assert len(workspace.catalog.second_versions("")) == 1


async def test_with_no_second_version_the_key_is_not_offered(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(f"rivertown:{workspace.get(ONE).path}"))
        await settle(pilot)
        await press(pilot, "V")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "4")
        assert isinstance(app.screen, CommunityScreen)
        assert "To settle" not in shown(app)
