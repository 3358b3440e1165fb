"""From a key to a screen: each is imported when it is first opened, so that start-up pays for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from reflect.context import Context

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


def colors() -> Screen[str | None]:
    """Return the themes to choose from."""
    from reflect.tui.dialogs.colors import ColorsDialog

    return ColorsDialog()


def said(sentences: Sequence[str]) -> Screen[None]:
    """Return what was said of late."""
    from reflect.tui.dialogs.said import SaidDialog

    return SaidDialog(sentences)


def settings(context: Context) -> Settings:
    """Return the settings in force."""
    from reflect.settings import Settings, read_settings

    return read_settings(context.places.settings) if context.places.settings.exists() else Settings()


MODES: dict[str, str | Callable[[], Screen[None]]] = {
    "today": today,
    "journal": journal,
    "agendas": agendas,
    "welcome": welcome,
}
