"""A run of a command inside the conversation: it answers in lines to be heard, and asks in place of an editor."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from reflect.cli.session import ProgressLine, Session
from reflect.errors import Unreadable
from reflect.plain.call_in import CallInGuide
from reflect.plain.guide import Guide
from reflect.plain.paper import Paper
from reflect.plain.rows import Item, Line, as_sentence
from reflect.plain.spoken import Answer, Speaker
from reflect.plain.words import as_said_here
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.plain.terminal import Terminal
    from reflect.records.compose import Content
    from reflect.records.kinds import Kind
    from reflect.records.record import Record
    from reflect.store.drafts import Draft
    from reflect.store.indexing import Progress
    from reflect.workspace import Workspace

SAVING = ("write", "call-in", "finding", "new", "restore")
SECONDS_BETWEEN = 5.0


class PlainSession(Session):
    """One command of the conversation. `answered` is what it found, `goes_on` whether there is more of it."""

    def __init__(self, workspace: Workspace, vault: str, terminal: Terminal) -> None:
        super().__init__(workspace.context, vault)
        # The journal stays open from one command to the next.
        self.__dict__["workspace"] = workspace
        self._terminal = terminal
        self.answered: Answer | None = None
        self.record: Item | None = None
        self.goes_on = False

    @property
    def is_on_terminal(self) -> bool:
        """A person reads the answer: lists stop after a while, and text is cleaned."""
        return True

    @property
    def shows_color(self) -> bool:
        """Color is for eyes."""
        return False

    def answer(self, as_json: Callable[[], Any], as_text: Callable[[], None]) -> None:
        """Answer in lines to be heard; a command that has its own words for people uses them."""
        context = click.get_current_context()
        path = context.command_path.partition(" ")[2]
        word = Speaker(self).for_command(path)
        if self.as_json or (word is None and path not in SAVING):
            super().answer(as_json, as_text)
            return
        shape = as_json()
        if path in SAVING:
            self._say_saved(shape["id"], shape["path"], shape["title"], shape["kind"])
        elif word is not None:
            answer = word(shape)
            if path == "history":
                answer = _with_reference(answer, str(context.params["reference"]))
            self.answered = answer
            self.record = answer.record

    def line(self, text: str = "", **style: Any) -> None:
        """Say a line of a command's own words."""
        self._terminal.say(as_said_here(text))

    def say(self, message: str) -> None:
        """Say something beside the answer."""
        self._terminal.say(as_said_here(cleaned(message).rstrip("\n")))

    def say_more(self, how: str) -> None:
        """Note that a list goes on: here the word *next* leads there."""
        self.goes_on = True

    def fail(self, message: str, hint: str) -> None:
        """Say what went wrong."""
        self.say(f"{one_line(message)} {one_line(hint)}".strip())

    def say_notices(self) -> None:
        """Say once what happened beside the work."""
        super().say_notices()
        self.workspace.notices.clear()

    def progress(self, label: str) -> ProgressLine:
        """Return progress in whole lines, now and then."""
        return SpokenProgress(label, self.say)

    # Asking in place of an editor

    def asks_for_new(self, kind: Kind, content: Content, created: str) -> bool:
        """Ask for the parts of a new record."""
        return self._guide(Paper.of_new(self.desk, kind, content, created))

    def asks_for_changes(self, record: Record) -> bool:
        """Ask which parts of a record change; where a draft of that was left open, go on with it."""
        left = next((each for each in self.workspace.drafts.all() if each.ref == record.ref), None)
        if left is not None:
            return self.asks_for_rest(left)
        return self._guide(Paper.of_record(self.desk, record))

    def asks_for_rest(self, draft: Draft) -> bool:
        """Go on with a draft; one that cannot be taken apart is for the editor."""
        try:
            paper = Paper.of_draft(self.desk, draft)
        except Unreadable:
            return False
        return self._guide(paper, is_continued=True)

    def _guide(self, paper: Paper, is_continued: bool = False) -> bool:
        from reflect.cli.writing import say_how_merged

        guide = CallInGuide if paper.kind.name == "call-in" else Guide
        with self._terminal.guarded():
            saved = guide(self, self._terminal, paper).run(is_continued)
        if saved is not None:
            record = saved.record
            self._say_saved(record.id, record.ref, record.title, record.kind)
            say_how_merged(self, saved)
        return True

    def _say_saved(self, record_id: str | None, path: str, title: str, kind_name: str) -> None:
        kind = self.workspace.kinds.find(kind_name)
        label = one_line(kind.shown_label(self.workspace.lang) if kind else kind_name)
        name = record_id[-6:].lower() if record_id and len(record_id) == 26 else one_line(path)
        # A notice says why history has to wait.
        how = "Saved" if self.workspace.notices else "Saved and in history"
        self.say(f"{how}: {as_sentence(title)} {label}, id {name}. undo takes it back.")
        self.record = Item("record", record_id or path, title=one_line(title))


class SpokenProgress(ProgressLine):
    """Says how far long work is, in a whole line now and then."""

    def __init__(self, label: str, say: Callable[[str], None]) -> None:
        super().__init__(label, is_shown=False)
        self._words = label
        self._say = say
        self._said_at = time.monotonic()

    def __enter__(self) -> Progress | None:
        return self._tell

    def _tell(self, done: int, total: int) -> None:
        if time.monotonic() - self._said_at >= SECONDS_BETWEEN:
            self._said_at = time.monotonic()
            self._say(f"{self._words}: {done:,} of {total:,}.")


def _with_reference(answer: Answer, reference: str) -> Answer:
    lines = [
        Line(line.text, replace(line.item, ref=reference)) if line.item is not None else line for line in answer.lines
    ]
    return replace(answer, lines=lines)
