"""Writing: draft, saved, in history; nothing that was typed is lost."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest
from textual.events import Key

from reflect.context import Context
from reflect.errors import SaveFailed
from reflect.records.compose import Content
from reflect.store.drafts import Drafts
from reflect.tui.app import ReflectApp
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.today import TodayScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.form import Form
from reflect.tui.widgets.markdown_view import MarkdownView
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
        screen = app.screen
        assert isinstance(screen, WritingScreen)
        screen.keeper.due()
        await settle(pilot)
        # A draft is no save: what went wrong is said until one works.
        assert state(app).startswith("not saved: The disk is full.")
        assert "not saved: The disk is full." in shown(pilot).splitlines()[0]
        assert "draft 21:05" in state(app)
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


# What one reads beside the text


async def test_words_are_counted_at_once(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "three words here")
        assert "3 words" in shown(pilot)
        await press(pilot, "ctrl+w")
        assert "2 words" in shown(pilot)
        await press(pilot, "ctrl+z")
        assert "3 words" in shown(pilot)


async def test_calm_shows_the_state_and_nothing_else(app: ReflectApp) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "w", "ctrl+o")
        await write(pilot, "quiet")
        lines = shown(pilot).splitlines()
        assert lines[0].strip() == "draft …"
        assert [line.strip() for line in lines if line.strip()] == [
            "draft …",
            "## What happened",
            "quiet",
            "## What it shows me",
            "## What I practice next",
        ]
        await press(pilot, "ctrl+o")
        assert shown(pilot).startswith(" Reflection")


async def test_the_panel_can_be_put_away_and_stays_away(app: ReflectApp) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        assert "Two or three plain facts" in shown(pilot)
        assert "Circle" in shown(pilot)
        await press(pilot, "f9")
        assert "Circle" not in shown(pilot)
        # The hint moves to the line above the keys.
        assert "Two or three plain facts" in shown(pilot).splitlines()[-2]
        await press(pilot, "escape", "w")
        assert "Circle" not in shown(pilot)
        await press(pilot, "f2")
        assert "Circle" in shown(pilot)
        assert app.screen.query_one(Form).has_focus_within
        await press(pilot, "f2")
        assert "Circle" not in shown(pilot)
        assert app.screen.query_one(Editor).has_focus
        await press(pilot, "f9")
        assert "Circle" in shown(pilot)


async def test_the_measure_decides_the_width_of_the_text(context: Context, workspace: Workspace) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text("measure = 50\n")
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        assert app.screen.query_one(Editor).wrap_width == 50


# Typing


async def test_a_list_goes_on_until_an_empty_item(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "- one")
        await press(
            pilot, "enter", *"two", "enter", "enter", *"9.", "space", *"nine", "enter", *"ten", "enter", "enter"
        )
        await press(pilot, *"end", "left", "left", "enter")
        assert "- one\n- two\n\n9. nine\n10. ten\n\ne\nnd" in app.screen.query_one(Editor).text
        await press(pilot, "ctrl+z")
        assert "10. ten\n\nend" in app.screen.query_one(Editor).text


async def test_undo_reaches_back_over_saves(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        editor = app.screen.query_one(Editor)
        await write(pilot, "first")
        await press(pilot, "ctrl+s")
        await write(pilot, " second")
        await press(pilot, "ctrl+s")
        assert state(app) == "in history"
        await press(pilot, "ctrl+z")
        assert "first\n" in editor.text
        # What stands there is not what was saved.
        assert state(app) == "draft …"
        await press(pilot, "ctrl+z")
        assert "first" not in editor.text
        await press(pilot, "ctrl+y", "ctrl+s")
        [path] = files_of(workspace.vault.root, "journal")
        assert path.read_text().endswith("first\n")


async def test_undo_leads_back_over_a_merge(app: ReflectApp, journal: Journal, workspace: Workspace) -> None:
    path = workspace.vault.root / journal.reflection.path
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        editor = app.screen.query_one(Editor)
        path.write_text(path.read_text().replace("eleven minutes", "twelve minutes"))
        await press(pilot, "down", "down", "home")
        await write(pilot, "Today ")
        before, cursor = editor.text, editor.cursor_location
        await press(pilot, "ctrl+s")
        assert "twelve minutes" in editor.text
        # One stays at one's words, and one step leads back.
        assert editor.cursor_location == cursor
        await press(pilot, "ctrl+z")
        assert editor.text == before


async def test_an_own_editor_is_one_step_of_undo(app: ReflectApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "reflect.tui.screens.writing.edit_text", lambda app, folder, text: text.replace("one", "1").replace("two", "2")
    )
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "one and two")
        await press(pilot, "f4")
        editor = app.screen.query_one(Editor)
        assert "1 and 2" in editor.text
        await press(pilot, "ctrl+z")
        assert "one and two" in editor.text


async def test_the_app_can_be_set_aside_from_the_text_too(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        active = app.screen.active_bindings
        assert active["ctrl+z"].binding.action == "undo"
        assert active["f12"].binding.action == "suspend_process"


# Large and odd texts


async def test_a_paste_of_many_pages_is_there_and_saved(app: ReflectApp, workspace: Workspace) -> None:
    pages = "\n".join(f"{number} what families said, at some length and with **care**" for number in range(4_000))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, pages)
        assert f"{4_000 * 10:,} words" in shown(pilot)
        assert "3999 what families said" in shown(pilot)
        await press(pilot, "x", "ctrl+s")
        [path] = files_of(workspace.vault.root, "journal")
        assert pages + "x\n" in path.read_text()


async def test_a_line_of_many_kilobytes_is_drawn_row_by_row(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "word " * 10_000 + "\tthe end")
        await press(pilot, "home", *"ab", "end", *"cd")
        assert "the endcd" in shown(pilot)
        await press(pilot, "shift+left", "shift+left", "backspace")
        assert "the endcd" not in shown(pilot)
        assert "the end" in shown(pilot)
        assert app.screen.query_one(Editor).text.count("abword") == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("家庭と学校 ｆｕｌｌ width", id="wide"),
        pytest.param("cafe\u0301 n\u0303 q\u0307\u0323", id="combining"),
        pytest.param("שלום to مرحبا بكم", id="right to left"),
        pytest.param("👩🏽‍🏫 🏳️‍🌈 ❤️ 👨‍👩‍👧", id="emoji"),
        pytest.param("\u200b\ufeffzero\u00adwidth\u2060", id="without width"),
    ],
)
async def test_text_of_any_script_is_saved_as_it_was_typed(app: ReflectApp, workspace: Workspace, text: str) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, text * 12 + "\nZwei")
        await press(pilot, "up", "home", "right", "left", "down", "end", "exclamation_mark")
        await pilot.resize_terminal(61, 15)
        await press(pilot, "ctrl+s")
        [path] = files_of(workspace.vault.root, "journal")
        assert text * 12 + "\nZwei!\n" in path.read_text()


async def test_one_can_type_on_while_the_window_is_too_small(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await write(pilot, "before ")
        await pilot.resize_terminal(40, 10)
        await settle(pilot)
        assert "Your text is kept" in shown(pilot)
        await press(pilot, *"after")
        screen = app.screen
        assert isinstance(screen, WritingScreen)
        screen.keeper.due()
        await settle(pilot)
        [draft] = workspace.drafts.all()
        assert "before after" in draft.text
        await pilot.resize_terminal(*LARGE)
        await settle(pilot)
        assert "before after" in shown(pilot)


# When it does not work


async def test_a_draft_that_finds_no_room_is_said_and_tried_again(
    app: ReflectApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SaveFailed("The disk is full.", "Make room, then save again.")

    monkeypatch.setattr("reflect.tui.keeper.AGAIN", 0.05)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        monkeypatch.setattr(Drafts, "keep", full)
        await write(pilot, "Precious")
        screen = app.screen
        assert isinstance(screen, WritingScreen)
        screen.keeper.due()
        await settle(pilot)
        assert state(app).startswith("not saved: The disk is full.")
        await press(pilot, "x")
        assert state(app).startswith("not saved: The disk is full.")
        monkeypatch.undo()
        for _ in range(100):
            if state(app) == "draft 21:05":
                break
            await asyncio.sleep(0.05)
            await settle(pilot)
        assert state(app) == "draft 21:05"
        [draft] = workspace.drafts.all()
        assert "Preciousx" in draft.text


async def test_what_is_in_its_file_is_never_called_unsaved(
    app: ReflectApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await write(pilot, "Precious")
        monkeypatch.setattr(Workspace, "record_in_history", broken)
        await press(pilot, "ctrl+s")
        assert len(files_of(workspace.vault.root, "journal")) == 1
        assert state(app).startswith("saved. ")
        assert "No space left on device" in state(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_what_is_typed_while_a_save_runs_is_not_called_saved(
    app: ReflectApp, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()
    save = Saver.save

    def slow(self: Saver, *arguments: Any) -> Any:
        begun.set()
        assert may_end.wait(20)
        return save(self, *arguments)

    monkeypatch.setattr(Saver, "save", slow)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        await write(pilot, "first")
        await pilot.press("ctrl+s")
        await asyncio.to_thread(begun.wait, 20)
        await pilot.press("x")
        assert state(app) == "draft …"
        may_end.set()
        await settle(pilot)
        assert state(app) == "draft 21:05"
        [path] = files_of(workspace.vault.root, "journal")
        assert "firstx" not in path.read_text()
        [draft] = workspace.drafts.all()
        assert "firstx" in draft.text
        await press(pilot, "escape")
        assert "firstx" in path.read_text()


async def test_a_text_takes_the_colors_of_another_theme_at_once(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "under a heading")
        editor = app.screen.query_one(Editor)

        def colors() -> list[object]:
            """Return the colors of the heading, which the cursor is not in."""
            return [segment.style and segment.style.color for segment in editor.render_line(0) if segment.text.strip()]

        before = colors()
        app.looks.wanted = "paper"
        app.looks.wear()
        await settle(pilot)
        assert colors() != before


async def test_a_save_right_behind_the_last_letter_saves_it_too(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w")
        # As a terminal sends them: all at once.
        for key in (*"late", "ctrl+s"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        [path] = files_of(workspace.vault.root, "journal")
        assert "late" in path.read_text()
        assert workspace.drafts.all() == []


async def test_the_measure_of_the_settings_holds_where_one_writes_and_reads(
    context: Context, journal: Journal, workspace: Workspace
) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text("measure = 50\n")
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter")
        assert max(len(line.plain) for line in app.screen.query_one("#text", MarkdownView)._lines) <= 50
        await press(pilot, "e")
        assert app.screen.query_one(Editor).size.width <= 54
