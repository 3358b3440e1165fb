"""From a key to a screen: each is imported when it is first opened, so that start-up pays for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual.screen import Screen

from reflect.context import Context
from reflect.tui.themes import PLAIN

if TYPE_CHECKING:
    from reflect.records.compose import Content
    from reflect.settings import Settings


def today() -> Screen[None]:
    """Return the screen of today."""
    from reflect.tui.screens.today import TodayScreen

    return TodayScreen()


def journal() -> Screen[None]:
    """Return the journal."""
    from reflect.tui.screens.journal import JournalScreen

    return JournalScreen()


def agendas() -> Screen[None]:
    """Return the list of agendas."""
    from reflect.tui.screens.agendas import AgendasScreen

    return AgendasScreen()


def agenda(path: str) -> Screen[None]:
    """Return the screen of one agenda."""
    from reflect.tui.screens.agenda import AgendaScreen

    return AgendaScreen(path)


def welcome() -> Screen[None]:
    """Return what stands before the first journal."""
    from reflect.tui.screens.welcome import WelcomeScreen

    return WelcomeScreen()


def search() -> Screen[None]:
    """Return the search."""
    from reflect.tui.screens.search import SearchScreen

    return SearchScreen()


def reader(path: str) -> Screen[None]:
    """Return the screen on which a record is read."""
    from reflect.tui.screens.reader import ReaderScreen

    return ReaderScreen(path)


def history(path: str, title: str) -> Screen[None]:
    """Return the states of a record."""
    from reflect.tui.screens.history import HistoryScreen

    return HistoryScreen(path, title)


def writing(kind: str = "", content: Content | None = None, path: str = "", draft_id: str = "") -> Screen[None]:
    """Return the screen on which a new record, one that exists or a draft is written."""
    from reflect.records.compose import Content as Empty
    from reflect.tui.pen import Task
    from reflect.tui.screens.writing import WritingScreen

    return WritingScreen(Task(kind, content or Empty(), path, draft_id))


def keys(screen: Screen[object]) -> Screen[None]:
    """Return the list of the keys that work on a screen."""
    from reflect.tui.dialogs.keys import KeysDialog

    return KeysDialog(screen)


def new(place: str, agenda_id: str) -> Screen[None]:
    """Return the question what to write."""
    from reflect.tui.dialogs.new import NewDialog

    return NewDialog(place, agenda_id)


def cannot_open(sentence: str) -> Screen[str | None]:
    """Return what says that a journal cannot be opened."""
    from reflect.tui.dialogs.ask import AskDialog

    return AskDialog("Your journal cannot be opened", sentence, (("q", "Leave; nothing was changed"),))


def discard_draft(title: str) -> Screen[str | None]:
    """Return the question whether a draft may go; nothing brings it back."""
    from reflect.tui.dialogs.ask import AskDialog

    answers = (("x", "Discard it; it cannot be brought back"), ("k", "Keep it"))
    return AskDialog("Discard this draft?", title, answers)


def delete_many(count: str, titles: Sequence[str], number: int) -> Screen[str | None]:
    """Return the question whether many records may be deleted; the first of them are named."""
    from reflect.tui.dialogs.ask import AskDialog

    named = [f"· {title}" for title in titles] + ([f"· and {number - len(titles):,} more"] * (number > len(titles)))
    sentence = "\n".join([*named, "", "What they say stays in history, and undo brings all of them back."])
    return AskDialog(f"Delete {count}?", sentence, (("d", "Delete them"), ("k", "Keep them")))


def ask_line(
    heading: str, sentence: str, value: str = "", trouble: str = "", completes_tags: bool = False
) -> Screen[str | None]:
    """Return a question for one line; `trouble` is what was wrong with the value that is offered again."""
    from reflect.tui.dialogs.ask_line import LineDialog

    return LineDialog(heading, sentence, value, trouble, completes_tags)


def settings(context: Context) -> Settings:
    """Return the settings in force."""
    from reflect.settings import Settings, read_settings

    return read_settings(context.places.settings) if context.places.settings.exists() else Settings()


def wanted_theme(context: Context, settings: Settings) -> str:
    """Return the theme that was asked for, `""` for none: without colors it is the terminal's own."""
    return PLAIN if context.environment.get("NO_COLOR") else settings.theme


def theme_folders(context: Context) -> list[Path]:
    """Return where themes lie: those that ship, then a person's own."""
    from reflect.store.kind_files import shipped_folder

    return [shipped_folder("themes"), context.places.config / "themes"]


MODES: dict[str, str | Callable[[], Screen[None]]] = {
    "today": today,
    "journal": journal,
    "agendas": agendas,
    "welcome": welcome,
}
