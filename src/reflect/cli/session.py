"""One run of the command line: what all commands share, and how they answer."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import click

from reflect.context import Context
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.records.compose import Content
    from reflect.records.kinds import Kind
    from reflect.records.lenses import Framework
    from reflect.records.record import Record
    from reflect.store.drafts import Draft
    from reflect.store.indexing import Progress
    from reflect.store.kind_files import Kinds
    from reflect.workspace import Workspace


@dataclass
class Session:
    """The context of the run and the options that every command takes."""

    context: Context
    vault: str = ""
    as_json: bool = False
    verbose: bool = False
    debug: bool = False
    yes: bool = False
    plain: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Session:
        """Return the session of a real run."""
        return cls(Context.from_environment(environment))

    @cached_property
    def workspace(self) -> Workspace:
        """The vault that is meant; raises NoVault."""
        from reflect.workspace import Workspace

        return Workspace.open(self.context, self.context.vault_root(self.vault or None))

    @cached_property
    def desk(self) -> Workspace:
        """The vault with its catalog in step with the folders, for all that finds records."""
        with self.progress("Reading your journal") as progress:
            self.workspace.refresh(progress=progress)
        return self.workspace

    @property
    def has_vault(self) -> bool:
        """Whether there is a vault where one is looked for."""
        from reflect.paths import MARKER

        return (self.context.vault_root(self.vault or None) / MARKER).exists()

    @property
    def kinds(self) -> Kinds:
        """The kinds of the vault, or those that come with the program where there is no vault."""
        from reflect.store.kind_files import Kinds

        return self.workspace.kinds if self.has_vault else Kinds()

    @property
    def frameworks(self) -> list[Framework]:
        """The frameworks of the vault, or those that come with the program."""
        from reflect.store.kind_files import frameworks

        return self.workspace.frameworks if self.has_vault else frameworks()[0]

    # Answering

    @property
    def is_on_terminal(self) -> bool:
        """Whether a person reads the answer."""
        return sys.stdout.isatty()

    @property
    def may_ask(self) -> bool:
        """Whether a person is there to answer a question."""
        return sys.stdin.isatty() and sys.stderr.isatty() and not self.as_json

    @property
    def shows_color(self) -> bool:
        """Whether color is wanted, and there is a terminal that shows it."""
        environment = self.context.environment
        return self.is_on_terminal and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"

    def answer(self, as_json: Callable[[], Any], as_text: Callable[[], None]) -> None:
        """Answer in the form that was asked for."""
        if self.as_json:
            from reflect.cli.shapes import json_text

            click.echo(json_text(as_json(), self.is_on_terminal))
        else:
            as_text()

    def line(self, text: str = "", **style: Any) -> None:
        """Print a line for people; text of records in it has to be clean already."""
        click.echo(click.style(text, **style) if style and self.shows_color else text, color=self.shows_color)

    def say(self, message: str) -> None:
        """Say something beside the answer, on standard error."""
        click.echo(cleaned(message).rstrip("\n"), err=True)

    def say_more(self, how: str) -> None:
        """Say on a terminal that a list goes on, and how to see the rest."""
        if self.is_on_terminal and not self.as_json:
            self.say(how)

    def fail(self, message: str, hint: str) -> None:
        """Say what went wrong: one line, or one JSON value."""
        message, hint = one_line(message), one_line(hint)
        if self.as_json:
            import json

            self.say(json.dumps({"error": {"message": message, "hint": hint}}, ensure_ascii=False))
        else:
            self.say(f"reflect: {message} {hint}".rstrip())

    def say_notices(self) -> None:
        """Say what happened beside the work, such as history that has to wait."""
        workspace: Workspace | None = self.__dict__.get("workspace")
        for notice in workspace.notices if workspace else ():
            self.say(notice)
        if workspace and self.verbose:
            for words in workspace.git_words:
                self.say(words)

    def day(self, text: str) -> str:
        """Return the day that a date or words mean; a guess is said."""
        return self.moment(text)[:10]

    def moment(self, text: str, is_ahead: bool = False) -> str:
        """Return the date, or date and time, that is meant, a day to come where one looks ahead; a guess is said.

        Raises UsageError.
        """
        if not text:
            return ""
        when = self.workspace.when(text, is_ahead)
        if when.was_guessed:
            self.say(f"“{text}” is read as {when.text}.")
        return when.text

    def progress(self, label: str) -> ProgressLine:
        """Return a progress line for long work; it shows on a terminal only."""
        return ProgressLine(label, sys.stderr.isatty() and not self.as_json)

    # Writing without an editor: a session that asks part by part takes these over and says so.

    def asks_for_new(self, kind: Kind, content: Content, created: str) -> bool:
        """Ask for the parts of a new record, in place of the editor."""
        return False

    def asks_for_changes(self, record: Record) -> bool:
        """Ask which parts of a record change, in place of the editor."""
        return False

    def asks_for_rest(self, draft: Draft) -> bool:
        """Go on asking where a draft was left, in place of the editor."""
        return False


class ProgressLine:
    """A line on standard error that counts, and is gone at the end."""

    def __init__(self, label: str, is_shown: bool) -> None:
        self._label = label
        self._is_shown = is_shown
        self._has_shown = False

    @property
    def is_shown(self) -> bool:
        """Whether there is a terminal for it."""
        return self._is_shown

    def __enter__(self) -> Progress | None:
        return self._show if self._is_shown else None

    def __exit__(self, *_: object) -> None:
        if self._has_shown:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _show(self, done: int, total: int) -> None:
        # A few files are read faster than a line can be read.
        if total >= 200:
            self._has_shown = True
            click.echo(f"\r{self._label}: {done:,} of {total:,}", nl=False, err=True)


pass_session = click.make_pass_decorator(Session)


def terminal_width() -> int:
    """Return how many characters a line may have: the terminal's width, 80 where there is none."""
    import shutil

    return max(shutil.get_terminal_size((80, 24)).columns, 40)
