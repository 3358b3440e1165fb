"""From a key to a screen: each is imported when it is first opened, so that start-up pays for one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.screen import Screen

from reflect.context import Context
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    import datetime as dt

    from reflect.community.inviting import Invitation
    from reflect.insights.loops import OpenLoop
    from reflect.insights.progressions import Progressions
    from reflect.records.compose import Content
    from reflect.records.record import Record
    from reflect.settings import Settings
    from reflect.store.catalog import Row
    from reflect.store.drafts import Draft
    from reflect.tui.app import ReflectApp
    from reflect.tui.dialogs.rest import Aside
    from reflect.vault.saving import Saved


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


def journey(path: str, slug: str = "") -> Screen[None]:
    """Return the journey of an agenda, open at a stage."""
    from reflect.tui.screens.journey import JourneyScreen

    return JourneyScreen(path, slug)


def choose_journey(titles: Sequence[str]) -> Screen[str | None]:
    """Return the question which journey an agenda is to follow; the answer is the number of its line."""
    from reflect.tui.dialogs.ask import AskDialog

    says = "A path of stages. What is done is read from the records that exist; nothing is asked for by a day."
    return AskDialog("Which journey?", says, [(str(number), title) for number, title in enumerate(titles, 1)])


def chain(path: str) -> Screen[None]:
    """Return what a record came from, and what came of it."""
    from reflect.tui.screens.chain import ChainScreen

    return ChainScreen(path)


def drawn(path: str, kind: str) -> Screen[None]:
    """Return a record as more than its text: a run chart, a tree of drivers, a map by levels, the turns of a pilot."""
    if kind == "progression":
        return progressions(path=path)
    if kind == "measure":
        from reflect.tui.screens.measure import MeasureScreen

        return MeasureScreen(path)
    if kind == "driver-diagram":
        from reflect.tui.screens.driver_diagram import DriverDiagramScreen

        return DriverDiagramScreen(path)
    if kind == "conditions-map":
        from reflect.tui.screens.conditions import ConditionsScreen

        return ConditionsScreen(path)
    from reflect.tui.screens.pilot import PilotScreen

    return PilotScreen(path)


def view(name: str, path: str = "") -> Screen[None]:
    """Return a drawing of the system around the records, or of what one record is part of."""
    from reflect.tui.screens.view import ViewScreen

    return ViewScreen(name, path)


def choose_drawing(titles: Sequence[str]) -> Screen[str | None]:
    """Return the question what is to be drawn; the answer is the number of its line."""
    from reflect.tui.dialogs.ask import AskDialog

    answers = [(str(number), f"{title[:1].upper()}{title[1:]}") for number, title in enumerate(titles, 1)]
    return AskDialog("What would you like to see?", "", answers)


def progressions(rubric: str = "", path: str = "") -> Screen[None]:
    """Return a rubric with its areas as they were rated."""
    from reflect.tui.screens.progressions import ProgressionsScreen

    return ProgressionsScreen(rubric, path)


def rating(found: Progressions, area: str = "", agenda_id: str = "") -> Screen[None]:
    """Return the walk through the areas of a rubric, from one of them on."""
    from reflect.tui.screens.rating import RatingScreen

    return RatingScreen(found, area, agenda_id)


def choose_rubric(titles: Sequence[str]) -> Screen[str | None]:
    """Return the question which rubric is to be looked at; the answer is the number of its line."""
    from reflect.tui.dialogs.ask import AskDialog

    says = "Areas in which people look at themselves over time. Nothing is averaged or ranked."
    return AskDialog("Which rubric?", says, [(str(number), title) for number, title in enumerate(titles, 1)])


def library(agenda_id: str = "") -> Screen[None]:
    """Return what there is to watch, read and act out; what is begun there belongs to the agenda."""
    from reflect.tui.screens.library import LibraryScreen

    return LibraryScreen(agenda_id)


def community() -> Screen[None]:
    """Return what peers wrote."""
    from reflect.tui.screens.community import CommunityScreen

    return CommunityScreen()


def entering(is_new: bool = False, address: str = "") -> Screen[None]:
    """Return the way into a community, at an address if it is known, or to one of one's own."""
    from reflect.tui.screens.entering import EnteringScreen

    return EnteringScreen(is_new, address)


def community_page(name: str) -> Screen[None]:
    """Return the page of one community: what it says of itself, who writes there, and what can be done with it."""
    from reflect.tui.screens.community_page import CommunityPageScreen

    return CommunityPageScreen(name)


def invitation(found: Invitation) -> Screen[None]:
    """Return the line that invites someone to a community."""
    from reflect.tui.dialogs.invitation import InvitationDialog

    return InvitationDialog(found)


def last_sync(names: Sequence[str]) -> Screen[None]:
    """Return what stands on the screen while what waits is sent before the end."""
    from reflect.tui.dialogs.last_sync import LastSyncDialog

    return LastSyncDialog(names)


def sync_report() -> Screen[None]:
    """Return what the last sync did."""
    from reflect.tui.screens.sync_report import SyncReportScreen

    return SyncReportScreen()


def two_versions(reference: str) -> Screen[None]:
    """Return the two versions of a record beside each other, named by either of them."""
    from reflect.tui.screens.two_versions import TwoVersionsScreen

    return TwoVersionsScreen(reference)


def patterns() -> Screen[None]:
    """Return the patterns in one's own records."""
    from reflect.tui.screens.patterns import PatternsScreen

    return PatternsScreen()


def records_behind(title: str, rowids: Sequence[int]) -> Screen[None]:
    """Return the list of the records behind a line of a figure."""
    from reflect.tui.screens.records_behind import RecordsBehindScreen

    return RecordsBehindScreen(title, rowids)


def choose_offer(offers: Sequence[str]) -> Screen[str | None]:
    """Return the question what to begin, where a pattern offers several; the answer is the number of its line."""
    from reflect.tui.dialogs.ask import AskDialog

    answers = [(str(number), says) for number, says in enumerate(offers, 1)]
    return AskDialog("What would you like to begin?", "", answers)


def share(ref: str, name: str) -> Screen[None]:
    """Return the review before a record leaves for a community."""
    from reflect.tui.screens.share import ShareScreen

    return ShareScreen(ref, name)


def settle(draft: Draft, answer: Callable[[Sequence[Saved]], None], for_meetings: bool = False) -> Screen[None]:
    """Return the review of a draft before it is written into its community; `answer` hears what was written."""
    from reflect.tui.screens.share import SettleScreen

    return SettleScreen(draft, answer, for_meetings)


def choose_community(names: Sequence[str]) -> Screen[str | None]:
    """Return the question with which community a record is shared; the answer is the number of its line."""
    from reflect.tui.dialogs.ask import AskDialog

    answers = [(str(number), name) for number, name in enumerate(names, 1)]
    return AskDialog("Share with whom?", "You see exactly what would leave, before anything does.", answers)


def choose_other_community(names: Sequence[str]) -> Screen[str | None]:
    """Return the question to which community a record is carried; the answer is the number of its line."""
    from reflect.tui.dialogs.ask import AskDialog

    answers = [(str(number), name) for number, name in enumerate(names, 1)]
    return AskDialog("Carry it on to whom?", "You see exactly what would stand there, before it does.", answers)


def carry(record: Record, community: str, why: str = "", trouble: str = "") -> Screen[tuple[str, str] | None]:
    """Return the question why a record matters in another community; the answer is why, and an agenda there."""
    from reflect.tui.dialogs.carry import CarryDialog

    return CarryDialog(record.title, record.place, community, why, trouble)


def copy(desk: ReflectApp, draft: Draft, origin: Record) -> Screen[None]:
    """Return the review of a copy for another community, which is a draft until it is written."""
    from reflect.tui.carrying import copy_review

    return copy_review(desk, draft, origin)


def responding(place: str = "", ref: str = "", draft_id: str = "", for_meetings: bool = False) -> Screen[None]:
    """Return the screen on which a record of a community is answered, or an answer that was left open."""
    from reflect.tui.pen import Task
    from reflect.tui.screens.responding import RespondingScreen

    return RespondingScreen(Task("response", draft_id=draft_id, place=place, answered=ref), for_meetings)


def withdraw(title: str) -> Screen[str | None]:
    """Return the question whether a record is to be taken out of its community; the answer is `w` for yes."""
    from reflect.tui.dialogs.ask import AskDialog

    sentence = (
        f"“{one_line(title)}”\n\nAfter the next sync it is no longer shown there. What the history there holds, and "
        "what peers have fetched, remains: what was read cannot be made unread. If it was shared from your journal, "
        "your own stays in it."
    )
    return AskDialog("Withdraw this?", sentence, (("w", "Withdraw it"), ("k", "Leave it there")))


def distill() -> Screen[str | None]:
    """Return the question what is to be begun from a private record; the answer is a kind."""
    from reflect.tui.dialogs.distill import DistillDialog

    return DistillDialog()


def meeting() -> Screen[None]:
    """Return what communities hold, for all eyes."""
    from reflect.tui.screens.meeting import MeetingScreen

    return MeetingScreen()


def shared_reader(row: Row) -> Screen[None]:
    """Return the screen on which a shared record is read."""
    from reflect.tui.screens.meeting import SharedReaderScreen

    return SharedReaderScreen(row)


def leave_meeting() -> Screen[str | None]:
    """Return the question whether the meeting view is to be left."""
    from reflect.tui.dialogs.ask import AskDialog

    sentence = "Your own journal will be on the screen again, for all who look at it."
    return AskDialog("Leave the meeting view?", sentence, (("escape", "Stay"), ("l", "Leave it")), for_meetings=True)


def welcome() -> Screen[None]:
    """Return what stands before the first journal."""
    from reflect.tui.screens.welcome import WelcomeScreen

    return WelcomeScreen()


def search(text: str = "") -> Screen[None]:
    """Return the search, with a text in its box."""
    from reflect.tui.screens.search import SearchScreen

    return SearchScreen(text)


def reader(path: str) -> Screen[None]:
    """Return the screen on which a record is read."""
    from reflect.tui.screens.reader import ReaderScreen

    return ReaderScreen(path)


def paper(path: str) -> Screen[None]:
    """Return the screen on which a record stands as on paper."""
    from reflect.tui.screens.paper import PaperScreen

    return PaperScreen(path)


def history(path: str, title: str) -> Screen[None]:
    """Return the states of a record."""
    from reflect.tui.screens.history import HistoryScreen

    return HistoryScreen(path, title)


def writing(
    kind: str = "",
    content: Content | None = None,
    path: str = "",
    draft_id: str = "",
    at: str = "",
    place: str = "",
    for_meetings: bool = False,
) -> Screen[None]:
    """Return the screen on which a new record, one that exists or a draft is written, from a section or field on.

    `place` is the community that a new one is for.
    """
    from reflect.records.compose import Content as Empty
    from reflect.tui.pen import Task
    from reflect.tui.screens.call_in import CallInScreen

    # Which kind a path or a draft has is known once it is read; without moments it is a plain sheet.
    return CallInScreen(Task(kind, content or Empty(), path, draft_id, at, place), for_meetings)


def beginning(kind: str, agenda_id: str, place: str = "", for_meetings: bool = False) -> Screen[None]:
    """Return the screen on which a new record is written, in an agenda if it is of a kind that belongs to one."""
    from reflect.records.compose import Content as Beginning

    content = Beginning(agenda="" if kind in WITHOUT_AGENDA else agenda_id)
    return writing(kind, content, place=place, for_meetings=for_meetings)


def starters() -> Screen[str | None]:
    """Return the list of example agendas; the answer is the path of the one that was begun."""
    from reflect.tui.dialogs.starters import StartersDialog

    return StartersDialog()


def rest(loop: OpenLoop, today: dt.date) -> Screen[Aside | None]:
    """Return the question what is to become of an open loop that is not for now."""
    from reflect.tui.dialogs.rest import RestDialog

    return RestDialog(loop, today)


def keys(screen: Screen[object]) -> Screen[None]:
    """Return the list of the keys that work on a screen."""
    from reflect.tui.dialogs.keys import KeysDialog

    return KeysDialog(screen)


def new(place: str, agenda_id: str, community: str = "", for_meetings: bool = False) -> Screen[None]:
    """Return the question what to write, in one's journal or into a community."""
    from reflect.tui.dialogs.new import NewDialog

    return NewDialog(place, agenda_id, community, for_meetings)


def cannot_open(sentence: str) -> Screen[str | None]:
    """Return what says that a journal cannot be opened."""
    from reflect.tui.dialogs.ask import AskDialog

    return AskDialog(
        "Your journal cannot be opened", sentence, (("q", "Leave; nothing was changed"),), for_meetings=True
    )


def discard_draft(title: str) -> Screen[str | None]:
    """Return the question whether a draft may go; nothing brings it back."""
    from reflect.tui.dialogs.ask import AskDialog

    answers = (("x", "Discard it; it cannot be brought back"), ("k", "Keep it"))
    return AskDialog("Discard this draft?", title, answers)


def keep_copy(sentence: str) -> Screen[str | None]:
    """Return the question whether a copy of the journal is to be kept where it was said; nothing is sent before."""
    from reflect.tui.dialogs.ask import AskDialog

    answers = (("c", "Keep a copy there"), ("n", "Send nothing"))
    return AskDialog("Keep a copy of your journal there?", sentence, answers)


def erase(title: str, sentences: Sequence[str]) -> Screen[bool | None]:
    """Return the question whether a record is to go for good, answered with its title."""
    from reflect.tui.dialogs.erase import EraseDialog

    return EraseDialog(title, sentences)


def colors() -> Screen[str | None]:
    """Return the themes to choose from."""
    from reflect.tui.dialogs.colors import ColorsDialog

    return ColorsDialog()


def said(sentences: Sequence[str]) -> Screen[None]:
    """Return what was said of late."""
    from reflect.tui.dialogs.said import SaidDialog

    return SaidDialog(sentences)


def delete_many(count: str, titles: Sequence[str], number: int) -> Screen[str | None]:
    """Return the question whether many records may be deleted; the first of them are named."""
    from reflect.tui.dialogs.ask import AskDialog

    named = [f"· {title}" for title in titles] + ([f"· and {number - len(titles):,} more"] * (number > len(titles)))
    sentence = "\n".join([*named, "", "What they say stays in history, and undo brings all of them back."])
    return AskDialog(f"Delete {count}?", sentence, (("d", "Delete them"), ("k", "Keep them")))


def ask_line(
    heading: str,
    sentence: str,
    value: str = "",
    trouble: str = "",
    completes_tags: bool = False,
    for_meetings: bool = False,
) -> Screen[str | None]:
    """Return a question for one line; `trouble` is what was wrong with the value that is offered again."""
    from reflect.tui.dialogs.ask_line import LineDialog

    dialog = LineDialog(heading, sentence, value, trouble, completes_tags)
    dialog.for_meetings = for_meetings
    return dialog


def settings(context: Context) -> Settings:
    """Return the settings in force."""
    from reflect.settings import Settings, read_settings

    return read_settings(context.places.settings) if context.places.settings.exists() else Settings()


# Kinds of which there is more to see than their text.
DRAWN = ("conditions-map", "pilot", "cycle", "measure", "driver-diagram", "progression")
# These are of one's own desk, wherever they are begun.
WITHOUT_AGENDA = ("agenda", "person", "reflection", "call-in")
MODES: dict[str, str | Callable[[], Screen[None]]] = {
    "today": today,
    "journal": journal,
    "agendas": agendas,
    "community": community,
    "patterns": patterns,
    "meeting": meeting,
    "welcome": welcome,
}
