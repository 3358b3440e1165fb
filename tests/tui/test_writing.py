"""Writing: draft, saved, in history; nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.events import Key

from reflect.errors import SaveFailed
from reflect.records.compose import Content
from reflect.tui.app import ReflectApp
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.today import TodayScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.form import Form
from reflect.vault.saving import Saver
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, files_of, press, said, settle, shown, write


def state(app: ReflectApp) -> str:
    screen = app.screen
    assert isinstance(screen, WritingScreen)
    return screen.title_line.note.plain


async def test_what_is_written_is_saved_in_history_and_found(
    app: ReflectApp, workspace: Workspace, git: Callable[..., str]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await pilot.press(*"Zwei", "space")
        await write(pilot, "waited. I talked")
        assert state(app) == "draft …"
        await press(pilot, "ctrl+s")
        assert state(app) == "in history"
        [path] = files_of(workspace.vault.root, "journal")
        text = path.read_text()
        assert "title: Zwei waited." in text
        assert text.endswith("\n---\n\n## What happened\n\nZwei waited. I talked\n")
        assert "prompt: " in text
        assert "lenses: [" in text
        assert git("status", "--porcelain") == ""
        assert workspace.drafts.all() == []
        await press(pilot, "escape", "slash")
        await write(pilot, "zwei tal")
        assert "1 record" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert "Zwei waited. I talked" in shown(pilot)


async def test_a_pause_makes_a_draft(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "half a thought")
        screen = app.screen
        assert isinstance(screen, WritingScreen)
        screen.keeper.due()
        await settle(pilot)
        assert state(app) == "draft 21:05"
        [draft] = workspace.drafts.all()
        assert draft.title == "half a thought"
        assert files_of(workspace.vault.root, "journal") == []


async def test_a_draft_left_open_is_continued_from_today(app: ReflectApp, workspace: Workspace) -> None:
    kind = workspace.kinds.get("reflection")
    workspace.new_draft("reflection", workspace.compose(kind, Content(body="An evening alone.")))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Left open" in shown(pilot)
        await press(pilot, "enter")
        assert "An evening alone." in app.screen.query_one(Editor).text
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)
        assert workspace.drafts.all() == []
        assert len(files_of(workspace.vault.root, "journal")) == 1


async def test_leaving_saves_and_nothing_typed_leaves_no_trace(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w", "escape")
        assert isinstance(app.screen, TodayScreen)
        assert files_of(workspace.vault.root, "journal") == []
        assert workspace.drafts.all() == []
        await press(pilot, "w")
        await write(pilot, "One line")
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)
        assert len(files_of(workspace.vault.root, "journal")) == 1


async def test_an_edit_changes_only_what_was_changed(app: ReflectApp, journal: Journal, workspace: Workspace) -> None:
    path = workspace.vault.root / journal.call_in.path
    before = path.read_text().replace("kind: call-in\n", "kind: call-in   # mine\nodd key: {a: b}\n")
    path.write_text(before)
    workspace.refresh(full=True)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "e")
        editor = app.screen.query_one(Editor)
        # Every heading of the kind is there to write under, and the empty ones are not saved.
        assert "## Whom it touches, and how" in editor.text
        await press(pilot, "up", "up", "up", "up", "end")
        await write(pilot, " Thrice")
        await press(pilot, "ctrl+s")
        assert path.read_text() == before.replace("fast English.", "fast English. Thrice")
        form = app.screen.query_one(Form)
        status = form.row("status")
        assert status is not None
        await press(pilot, "f2", "enter", "down", "enter", "ctrl+s")
        assert "status: held" in path.read_text()
        assert "# mine" in path.read_text()


async def test_an_edit_without_a_change_writes_nothing(
    app: ReflectApp, journal: Journal, workspace: Workspace, git: Callable[..., str]
) -> None:
    tip = git("rev-parse", "HEAD")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e", "escape")
        assert git("rev-parse", "HEAD") == tip
        assert workspace.drafts.all() == []


async def test_a_field_says_what_it_takes_and_words_become_days(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "e")
        row = app.screen.query_one(Form).row("follow_up")
        assert row is not None
        row.children[1].focus()
        await press(pilot, "end", "ctrl+u")
        await write(pilot, "xyzzy")
        assert row.has_class("-wrong")
        await press(pilot, "ctrl+u")
        await write(pilot, "tomorrow")
        assert not row.has_class("-wrong")
        assert "= 2026-11-24" in shown(pilot)
        await press(pilot, "ctrl+s")
        assert "follow_up: 2026-11-24" in (workspace.vault.root / journal.call_in.path).read_text()


async def test_what_cannot_be_saved_stays_on_the_screen(
    app: ReflectApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SaveFailed("The disk is full.", "Make room, then save again.")

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await write(pilot, "Precious")
        monkeypatch.setattr(Saver, "save", full)
        await press(pilot, "ctrl+s")
        assert state(app).startswith("not saved: The disk is full.")
        await press(pilot, "escape")
        assert "Keep it as a draft and leave" in shown(pilot)
        await press(pilot, "d")
        assert isinstance(app.screen, TodayScreen)
        assert [draft.title for draft in workspace.drafts.all()] == ["Precious"]
        monkeypatch.undo()


async def test_a_save_onto_something_newer_keeps_both(app: ReflectApp, journal: Journal, workspace: Workspace) -> None:
    path = workspace.vault.root / journal.reflection.path
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        path.write_text(path.read_text().replace("eleven minutes", "twelve minutes"))
        await press(pilot, "down", "down", "home")
        await write(pilot, "Today ")
        await press(pilot, "ctrl+s")
        text = path.read_text()
        assert "twelve minutes" in text
        assert "Today I sat" in text
        assert "twelve minutes" in app.screen.query_one(Editor).text
        assert any("Both changes are in it now" in each for each in said(pilot))


async def test_calm_shows_only_the_text(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w", "ctrl+o")
        await write(pilot, "quiet")
        assert "esc done" not in shown(pilot)
        assert "quiet" in shown(pilot)
        await press(pilot, "ctrl+o")
        assert "esc done" in shown(pilot)


async def test_a_small_terminal_says_what_it_needs_and_keeps_the_text(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await write(pilot, "kept")
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        assert "needs 60 × 15" in shown(pilot)
        await pilot.resize_terminal(*SMALL)
        await settle(pilot)
        assert "kept" in shown(pilot)


async def test_paste_of_control_characters_is_taken_as_text(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await write(pilot, "a\x0bb\u2028c\r\nd\x1b]52;c;x\x07")
        assert "\x1b" not in shown(pilot)
        await press(pilot, "ctrl+s")
        [path] = files_of(workspace.vault.root, "journal")
        assert "a\x0bb\u2028c\nd" in path.read_bytes().decode()


async def test_what_is_typed_too_early_is_not_lost(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        # As a terminal sends them: all at once, with no screen waited for.
        for key in ("n", "enter", *"dare"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert "dare" in app.screen.query_one(Editor).text
        await press(pilot, "escape")
        assert len(files_of(workspace.vault.root, "journal")) == 1


async def test_a_draft_is_discarded_from_today_only_after_a_question(app: ReflectApp, workspace: Workspace) -> None:
    kind = workspace.kinds.get("reflection")
    workspace.new_draft("reflection", workspace.compose(kind, Content(body="An evening alone.")))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "x", "k")
        assert len(workspace.drafts.all()) == 1
        await press(pilot, "x", "x")
        await settle(pilot)
        assert workspace.drafts.all() == []
        assert "An evening alone." not in shown(pilot)
