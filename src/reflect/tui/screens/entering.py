"""Joining a community, or beginning one: what is asked, whom one meets, the key or token that is missing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from reflect.community.inviting import read_invitation
from reflect.records.wording import counted
from reflect.tui.clipboard import copy
from reflect.tui.dialogs.ask import AskDialog
from reflect.tui.entering import Entry, Step, keep_token, next_step, reach_with, usual_name
from reflect.tui.keys import bindings
from reflect.tui.messages import Done
from reflect.tui.screens.desk_screen import DeskScreen
from reflect.tui.widgets.line import Line
from reflect.tui.words import plain

WHAT_JOINING_IS = (
    "Everything in it is fetched to this computer, so that you can read it without a connection. What you write stays "
    "private until you share it, and you see exactly what leaves."
)
WHAT_BEGINNING_IS = (
    "A community is a shared place and nothing else: an empty repository at a host, made there without a readme, or a "
    "folder that all can open, where nothing is yet. It is told there what the community is called, and who keeps it."
)
NAME_LABEL = "The name to go by: all members see it, with all that you share"
JOIN_FIELDS = (
    ("address", "The line that you were sent, or an address", "git@host:team/rivertown.git"),
    ("author", NAME_LABEL, ""),
    ("name", "What to call it here", "as the address says"),
)
BEGIN_FIELDS = (
    ("name", "What it is called", "rivertown"),
    ("address", "Where: an address, or the path of a folder", "git@host:team/rivertown.git"),
    ("author", NAME_LABEL, ""),
    ("role", "Who looks after it: a role, all members read it", "coordinator"),
    ("contact", "How to reach them", "coordinator@example.org"),
)


class EnteringScreen(DeskScreen):
    """Fields, then one step after another; escape stops what is at work, then leaves."""

    CSS_PATH = "entering.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("entering")
    place = "entering"
    shows_places = False

    class Known(Message):
        """The name that the journal is kept under is here."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class Moved(Message):
        """Something is fetched or sent, so far."""

        def __init__(self, done: int, total: int, word: str) -> None:
            super().__init__()
            self.bar = (word, done, total)

    class Came(Message):
        """One came this far."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    def __init__(self, is_new: bool = False, address: str = "") -> None:
        super().__init__()
        self._is_new = is_new
        self._address = address
        self._step = Step()
        self._is_at_work = False

    def body(self) -> Iterable[Widget]:
        """Return the page."""
        fields: list[Widget] = []
        for name, label, placeholder in BEGIN_FIELDS if self._is_new else JOIN_FIELDS:
            value = self._address if name == "address" else ""
            fields += [Static(label, classes="label", markup=False), Line(value, placeholder=placeholder, id=name)]
        token = Line(placeholder="The token; it is not shown", id="token")
        token.password = True
        page = VerticalScroll(
            Static(WHAT_BEGINNING_IS if self._is_new else WHAT_JOINING_IS, classes="text", markup=False),
            Vertical(*fields, id="fields"),
            Static("", id="trouble", markup=False),
            Static("", id="steps", markup=False),
            Vertical(Line(placeholder="Your sign-in name there", id="user"), token, id="sign-in"),
            Static("", id="next", markup=False),
            id="page",
        )
        page.can_focus = False
        yield Horizontal(page, id="middle")

    def arrive(self) -> None:
        """Begin with the first field."""
        self.title_line.where = Content("Begin a community" if self._is_new else "Join a community")
        self.title_line.note = Content("")
        self.query_one("#next", Static).update("enter goes on")
        self.query(Line).first().focus()

    def load(self) -> None:
        """Find out the name that the journal is kept under."""
        if not self.query_one("#author", Line).value:
            self._find_name()

    @work(thread=True, exclusive=True, exit_on_error=False, group="name")
    def _find_name(self) -> None:
        self.post_message(self.Known(usual_name(self.workspace)))

    @on(Known)
    def offer_name(self, event: Known) -> None:
        """Offer the name, to be changed."""
        author = self.query_one("#author", Line)
        author.value = author.value or event.name

    @on(Input.Blurred, "#address")
    def take_invitation(self) -> None:
        """Take a pasted line apart, once it is whole: the address, and what the community is called."""
        line, called = self.query_one("#address", Line), self.query_one("#name", Line)
        address, name = read_invitation(line.value)
        if address:
            line.value = address
            called.value = called.value or name

    @on(Input.Submitted)
    def go_on(self, event: Input.Submitted) -> None:
        """Go to the next field that is empty, or on with what was typed."""
        event.stop()
        if self._is_at_work:
            return
        self.take_invitation()
        empty = self._next_empty(event.input)
        if empty is not None:
            empty.focus()
        elif self._needs_token:
            user, token = (self.query_one(name, Line) for name in ("#user", "#token"))
            self._begin("Signing in …")
            self._sign_in(user.value, token.value)
            token.value = ""
        else:
            self._begin("Reaching it …")
            self._enter()

    def _next_empty(self, here: Input) -> Line | None:
        """Return the field to go to: what is left out further down when one begins, then what is needed."""
        fields = list(self.query_one("#fields").query(Line))
        after = fields[fields.index(here) + 1 :] if self._is_new and here in fields else []
        return next((each for each in [*after, *self._needed()] if not each.value.strip()), None)

    def _needed(self) -> list[Line]:
        names = ["name", "address", "author"] if self._is_new else ["address", "author"]
        names += ["user", "token"] if self._needs_token else []
        return [self.query_one(f"#{name}", Line) for name in names]

    @property
    def _needs_token(self) -> bool:
        step = self._step
        return bool(step.says) and step.key is None and step.meeting is None

    def _entry(self) -> Entry:
        values = {each.id or "": each.value.strip() for each in self.query_one("#fields").query(Line)}
        return Entry(is_new=self._is_new, **values)

    def _begin(self, says: str) -> None:
        self._is_at_work = True
        self.query_one("#trouble", Static).update("")
        self.query_one("#next", Static).update(f"{says} esc stops")

    @work(thread=True, exclusive=True, exit_on_error=False, group="enter")
    def _enter(self) -> None:
        self._walk()

    @work(thread=True, exclusive=True, exit_on_error=False, group="enter")
    def _sign_in(self, user: str, token: str) -> None:
        if self._step.address is not None:
            keep_token(self._step.address, user, token)
        self._walk()

    def _walk(self) -> None:
        worker = get_current_worker()

        def moved(done: int, total: int, word: str) -> None:
            self.post_message(self.Moved(done, total, word))

        entry = self.app.call_from_thread(self._entry)
        step = next_step(self.workspace, entry, reach_with(moved, lambda: not worker.is_cancelled))
        if step.joined is not None or not worker.is_cancelled:
            self.post_message(self.Came(step))

    @on(Moved)
    def show_progress(self, event: Moved) -> None:
        """Show how far it is."""
        self.title_line.progress = event.bar if self._is_at_work else None

    @on(Came)
    def show_step(self, event: Came) -> None:
        """Show what is to be done next, or that one is in."""
        step = event.step
        self._stopped()
        if step.trouble:
            self.query_one("#trouble", Static).update(plain(step.trouble))
            return
        before, self._step = self._step, step
        if step.joined is not None:
            self._arrived(step)
            return
        self.set_class(bool(step.says), "-step")
        self.set_class(self._needs_token, "-token")
        self.query_one("#steps", Static).update(plain("\n".join(step.says)))
        says = "enter goes on"
        if step.key is not None:
            says = (
                f"{self.desk.key_of('entering.copy')} copies the line   enter tries again when it is added   esc leaves"
            )
        if step.says and step.says == before.says:
            says = f"Not yet: it does not let you in so.   {says}"
        self.query_one("#next", Static).update(plain(says))
        if step.meeting is not None:
            self._introduce(step)
        elif self._needs_token:
            self.query_one("#user", Line).focus()
        self.refresh_bindings()
        self.call_after_refresh(self.query_one("#page").scroll_end, animate=False)

    def _introduce(self, step: Step) -> None:
        """Ask whether the host is the one that is meant, before it is believed."""
        meeting = step.meeting
        if meeting is None:
            return

        def answered(key: str | None) -> None:
            self._step = Step()
            if key == "c":
                self._begin("Reaching it …")
                self._remember(step)

        shown = "\n".join(meeting.fingerprints)
        sentence = (
            f"This computer has not met {meeting.host} yet. It shows this key:\n\n{shown}\n\nCompare it with the "
            "one on the host's own pages, or ask its keeper. Another key is refused from then on."
        )
        answers = (("escape", "Stop; nothing is kept of it"), ("c", "It is the same: go on"))
        self.app.push_screen(AskDialog(f"First meeting with {meeting.host}", sentence, answers), answered)

    @work(thread=True, exclusive=True, exit_on_error=False, group="enter")
    def _remember(self, step: Step) -> None:
        if step.meeting is not None:
            self.workspace.belonging.keys.remember(step.meeting)
        self._walk()

    def _arrived(self, step: Step) -> None:
        joined = step.joined
        if joined is None:
            return
        name, author = joined.community.name, joined.community.membership.author
        says = [f"You are in “{name}” as {author}."]
        if joined.not_shown:
            files = counted(joined.not_shown, "file")
            says.append(f"{files} of it {'is' if joined.not_shown == 1 else 'are'} not shown: names, size or sort.")
        says += [f"Enter on {name} leads to its page, and to inviting others."]
        if self.is_current:
            self.app.pop_screen()
        self.desk.post_message(Done(" ".join(says)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to copy the key when there is one."""
        if action == "copy_key":
            return self._step.key is not None
        return super().check_action(action, parameters)

    def action_copy_key(self) -> None:
        """Copy the public half of the key, to be sent on or added at the host."""
        if self._step.key is not None:
            copy(self.desk, self._step.key.public, "The line")

    def action_back(self) -> None:
        """Stop what is at work; else leave."""
        if self._is_at_work:
            self.workers.cancel_group(self, "enter")
            self._stopped()
            self.query_one("#trouble", Static).update("Stopped. Nothing was joined.")
        else:
            super().action_back()

    def failed(self, group: str, sentence: str) -> None:
        """Say here what did not work; what was typed stays."""
        self._stopped()
        self.query_one("#trouble", Static).update(plain(sentence))

    def _stopped(self) -> None:
        self._is_at_work = False
        self.title_line.progress = None
        self.query_one("#next", Static).update("enter goes on")
