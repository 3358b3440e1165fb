"""Today, the journal, search, reader, history, agendas and the welcome: each flow by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reflect.context import Context
from reflect.paths import MARKER
from reflect.tui.app import ReflectApp
from reflect.tui.screens.agenda import AgendaScreen
from reflect.tui.screens.journal import JournalScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.search import SearchScreen
from reflect.tui.screens.today import TodayScreen
from reflect.tui.screens.welcome import WelcomeScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.item_list import ItemList
from reflect.tui.widgets.record_list import RecordList
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, files_of, press, said, settle, shown, text_of, write


async def test_the_welcome_makes_a_journal(context: Context, tmp_path: Path) -> None:
    root = tmp_path / "OneDrive - District" / "mine"
    app = ReflectApp(context, context.places.default_vault)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert isinstance(app.screen, WelcomeScreen)
        await press(pilot, "1", "n")
        await write(pilot, "Ana")
        await press(pilot, "tab", "end", "ctrl+u")
        await write(pilot, str(root))
        assert "OneDrive" in text_of(pilot, "#advice")
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert 'name = "1nAna"' in (root / MARKER).read_text()
        assert context.vault_root() == root
        assert "Three things to try first" in shown(pilot)


async def test_the_welcome_says_what_is_wrong_with_a_folder(context: Context, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    app = ReflectApp(context, tmp_path / "file")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, WelcomeScreen)
        assert "is a file" in text_of(pilot, "#trouble")


async def test_today_shows_what_is_due_and_leads_there(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        screen = shown(pilot)
        assert "○ Thu           Hanging up at the pause" in screen
        assert "a year ago" in screen
        assert "twelve weeks" in screen
        await press(pilot, "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert "Hanging up at the pause" in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_another_prompt_is_what_one_writes_from(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        first = text_of(pilot, "#prompt")
        await press(pilot, "full_stop")
        second = text_of(pilot, "#prompt")
        assert first != second
        await press(pilot, "w")
        assert text_of(pilot, "#prompt") == second


async def test_the_journal_shows_its_own_kinds_or_all(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "reflections and call-ins · 3 records" in shown(pilot)
        await press(pilot, "a")
        assert "all kinds · 10 records" in shown(pilot)
        assert "± Families answer" in shown(pilot)
        await press(pilot, "f")
        await write(pilot, "tag:front-office since:2026-01-01")
        await press(pilot, "enter")
        assert "tag:front-office × · since:2026-01-01 × · 1 record" in shown(pilot)
        await press(pilot, "escape")
        assert "all kinds · 10 records" in shown(pilot)
        await press(pilot, "f")
        await write(pilot, "agenda:nowhere")
        await press(pilot, "enter")
        assert "nowhere" in said(pilot)[-1]
        assert "all kinds · 10 records" in shown(pilot)


async def test_back_returns_to_the_same_line(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "down", "enter", "escape")
        assert isinstance(app.screen, JournalScreen)
        assert app.screen.query_one(RecordList).cursor == 2
        await press(pilot, "1", "2")
        assert app.screen.query_one(RecordList).cursor == 2


async def test_wide_shows_the_record_beside_the_list(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "private: stays on this computer until you share it" in shown(pilot)
        await press(pilot, "down")
        assert "Twice the phone was answered" in shown(pilot)
        assert "private: never leaves this computer" in shown(pilot)


async def test_search_finds_while_one_types(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "slash")
        assert isinstance(app.screen, SearchScreen)
        await write(pilot, "kind:finding answ")
        assert "1 record" in shown(pilot)
        assert "31 of 44 families answered" in shown(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "kind:find")
        assert "There is no kind of record" in shown(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "zebra")
        assert "Nothing has these words" in shown(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, "robocalls")
        await press(pilot, "down", "down", "enter")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "escape")
        assert app.screen.query_one(RecordList).cursor == 1
        await press(pilot, "up", "up")
        assert app.screen.query_one("#box").has_focus
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_links_are_walked_both_ways(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter")
        assert "See Families answer when the text is in" in shown(pilot)
        await press(pilot, "tab", "enter")
        assert "± Families answer" in shown(pilot)
        await press(pilot, "end")
        assert "Records that lead here" in shown(pilot)
        await press(pilot, "shift+tab", "shift+tab", "enter")
        assert "Half an hour behind the counter" in shown(pilot)
        await press(pilot, "escape", "escape", "escape")
        assert isinstance(app.screen, JournalScreen)


async def test_a_deleted_record_can_be_brought_back(app: ReflectApp, journal: Journal, workspace: Workspace) -> None:
    path = workspace.vault.root / journal.reflection.path
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "d")
        assert isinstance(app.screen, JournalScreen)
        assert not path.exists()
        assert "· 2 records" in shown(pilot)
        assert "is deleted. U undoes it" in said(pilot)[-1]
        await press(pilot, "u")
        assert path.read_text() == journal.reflection.text
        assert "· 3 records" in shown(pilot)


async def test_an_earlier_state_is_restored_after_a_look(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    workspace.change(journal.reflection.reference, {}, {"What it shows me": "Something else."})
    workspace.refresh(full=True)
    path = workspace.vault.root / journal.reflection.path
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "h")
        assert "{+Something else.+}" in shown(pilot)
        await press(pilot, "down", "r")
        assert "Go back to this state?" in shown(pilot)
        assert "{+On hold with us: eleven minutes.+}" in shown(pilot)
        await press(pilot, "escape")
        assert "Something else." in path.read_text()
        await press(pilot, "r", "r")
        assert path.read_text() == journal.reflection.text
        await press(pilot, "escape")
        assert "On hold with us" in shown(pilot)


async def test_a_finding_is_added_where_the_cursor_stands(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert "What makes families answer?" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, AgendaScreen)
        screen = shown(pilot)
        assert "▾ How do we ask?" in screen
        assert "◇ Texts in three home languages" in screen
        assert "− Robocalls made it worse" in screen
        assert "✗ changes explained" in screen
        assert "Open loops" in screen
        await press(pilot, "f")
        assert isinstance(app.screen, WritingScreen)
        await write(pilot, "Nobody reads on Friday.")
        await press(pilot, "escape")
        assert "Nobody reads on Friday." in shown(pilot)
        [path] = [each for each in files_of(workspace.vault.root, "agendas") if "friday" in each.name]
        assert f"agenda: {journal.agenda.id}" in path.read_text()
        assert f"question: {journal.question.id}" in path.read_text()
        await press(pilot, "left")
        assert "▸ How do we ask?" in shown(pilot)
        assert "Texts in three home languages" not in shown(pilot).split("Open loops")[0]


async def test_new_offers_what_fits_and_all_one_step_further(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "n")
        assert "Question" in shown(pilot)
        await press(pilot, "end", "enter")
        assert "Look at my own leadership" in shown(pilot)
        assert "Design studio" in shown(pilot)
        await press(pilot, "escape", "n", "enter")
        assert isinstance(app.screen, WritingScreen)
        assert "Question · What makes families answer?" in shown(pilot)
        assert app.screen.query_one(Editor).text.startswith("## What we know already")


async def test_keys_of_a_place_and_the_palette(app: ReflectApp) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "question_mark")
        assert "Another prompt" in shown(pilot)
        await press(pilot, "escape", "ctrl+p")
        await pilot.press(*"journal")
        await settle(pilot)
        await pilot.pause(0.3)
        await press(pilot, "enter")
        await settle(pilot)
        assert app.current_mode == "journal"


async def test_what_cannot_be_read_is_listed_and_shown_raw(app: ReflectApp, workspace: Workspace) -> None:
    path = workspace.vault.root / "journal" / "2026-11-01-odd.md"
    path.parent.mkdir()
    path.write_text("---\ntitle: [never\nclosed\n\nBut these words count.\n")
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        assert "! unreadable: line" in shown(pilot)
        await press(pilot, "enter")
        assert "But these words count." in shown(pilot)
        await press(pilot, "e")
        assert isinstance(app.screen, ReaderScreen)
        assert "o opens it in an editor" in said(pilot)[-1]


async def test_an_editor_of_ones_own(context: Context, journal: Journal, workspace: Workspace, tmp_path: Path) -> None:
    script = tmp_path / "editor"
    script.write_text("#!/bin/sh\nsed -i 's/eleven/twelve/' \"$1\"\n")
    script.chmod(0o755)
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text(f'editor = "{script}"\n')
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "o")
        # A pilot's terminal cannot be stepped aside from, and that is said.
        assert "cannot step aside" in said(pilot)[-1]


async def test_a_record_removed_while_shown_is_a_sentence(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter")
        (workspace.vault.root / journal.reflection.path).unlink()
        await press(pilot, "e")
        assert any("no longer there" in each or "There is no record" in each for each in said(pilot))
        assert isinstance(app.screen, JournalScreen)
        assert "· 2 records" in shown(pilot)


async def test_what_another_program_wrote_appears(
    app: ReflectApp, journal: Journal, workspace: Workspace, git: Callable[..., str]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2")
        (workspace.vault.root / "journal" / "2026" / "11" / "2026-11-21-mine.md").write_text("# By hand\n")
        app.refresher.look_again()
        await settle(pilot)
        assert "By hand" in shown(pilot)
        assert git("status", "--porcelain") == ""


async def test_a_journal_that_cannot_be_opened_says_why(context: Context, workspace: Workspace) -> None:
    marker = workspace.vault.root / MARKER
    marker.write_text(marker.read_text().replace("format = 1", "format = 99"))
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Your journal cannot be opened" in shown(pilot)
        assert "made by a newer reflect" in shown(pilot)
        await press(pilot, "q")
    assert app.return_value == 1


async def test_not_today_puts_the_prompt_away_until_it_is_asked_for(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        first = text_of(pilot, "#prompt")
        await press(pilot, "t")
        assert first not in shown(pilot)
        assert "No prompt today. . brings it back." in shown(pilot)
        await press(pilot, "w")
        await write(pilot, "Of my own accord.")
        await press(pilot, "escape")
        [path] = files_of(workspace.vault.root, "journal")
        assert "prompt:" not in path.read_text()
        await press(pilot, "full_stop")
        assert text_of(pilot, "#prompt") == first


async def test_a_day_of_the_calendar_leads_to_what_was_written(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "tab")
        assert "Monday 23 November: nothing written" in shown(pilot)
        await press(pilot, "left", "left", "left")
        assert "Friday 20 November: 1 record" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, SearchScreen)
        assert "Half an hour behind the counter" in shown(pilot)
        await press(pilot, "escape")
        assert "Friday 20 November: 1 record" in shown(pilot)


async def test_today_offers_only_what_fits_the_line(app: ReflectApp, journal: Journal, workspace: Workspace) -> None:
    workspace.new_draft("reflection", "An evening alone.\n")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        assert "e edit" in shown(pilot)
        assert "x discard" not in shown(pilot)
        await press(pilot, *["down"] * 20)
        await press(pilot, *["up"] * 20)
        await press(pilot, "e")
        assert isinstance(app.screen, WritingScreen)
        await press(pilot, "escape")
        while "x discard" not in shown(pilot):
            await press(pilot, "down")
        await press(pilot, "x", "x")
        assert workspace.drafts.all() == []
        await press(pilot, "U")
        assert [draft.title for draft in workspace.drafts.all()] == ["An evening alone."]


async def test_the_palette_writes_a_record_of_any_kind(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "3", "enter", "ctrl+p")
        await pilot.press(*"write wond")
        await pilot.pause(0.3)
        await press(pilot, "enter")
        assert "Wondering · What makes families answer?" in shown(pilot)


async def test_a_long_reading_can_be_stopped_and_goes_on(app: ReflectApp, workspace: Workspace) -> None:
    folder = workspace.vault.root / "journal"
    folder.mkdir()
    for number in range(6000):
        (folder / f"2026-01-01-note-{number}.md").write_text(f"Note {number}.\n")
    async with app.run_test(size=SMALL) as pilot:
        while app.reading is None:
            await pilot.pause(0)
        assert "esc stops" in shown(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert "The reading was stopped" in said(pilot)[-1]
        assert workspace.catalog.count() < 6000
        await press(pilot, "f5", "2")
        assert "6,000 records" in shown(pilot)


async def test_what_is_open_leads_from_today_to_the_doing_or_is_put_off(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        while "Who is waiting to hear why?" not in cursor_line(app):
            await press(pilot, "down")
        await press(pilot, "enter")
        assert isinstance(app.screen, WritingScreen)
        assert app.screen.editor.heading_above() == "Why"
        await press(pilot, "escape", "r")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "escape", "z", "enter")
        assert "Who is waiting to hear why?" not in shown(pilot)
        assert "comes back" in said(pilot)[-1]
        await press(pilot, "U")
        assert "Who is waiting to hear why?" in shown(pilot)


def cursor_line(app: ReflectApp) -> str:
    waiting = app.screen.query_one(ItemList)
    return waiting.row_line(waiting.cursor, 0, 200).plain
