"""Making a record from a command line: `new`, and `write`, `call-in` and `finding`, which are short for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from reflect.cli import finishing
from reflect.cli.editor import edit_text
from reflect.cli.group import Command
from reflect.cli.inputs import Typed, given_content, refuse_other_bytes, typed_text
from reflect.cli.session import Session
from reflect.cli.settling import SettlingOptions, settling_options
from reflect.errors import ReflectError, SaveFailed
from reflect.records.compose import Content, compose
from reflect.records.document import MAX_RECORD
from reflect.records.kinds import Kind
from reflect.records.record import encoded
from reflect.records.textforms import cleaned
from reflect.vault.saving import Saved

if TYPE_CHECKING:
    from reflect.store.drafts import Draft
    from reflect.workspace import Workspace


class NewOptions(SettlingOptions):
    """What stands behind the options of `new`."""

    title: str
    agenda: str
    lens: tuple[str, ...]
    tag: tuple[str, ...]
    assignments: tuple[str, ...]
    sections: tuple[str, ...]
    at: str
    place: str
    edit: bool


def new_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of `new` to a command."""
    options = [
        click.argument("text", nargs=-1, metavar="[TEXT…|-]"),
        click.option("--title", default="", metavar="T", help="The title. [the first sentence of TEXT]"),
        click.option("--agenda", "-a", default="", metavar="A", help="The agenda it belongs to: id, folder or title."),
        click.option("--lens", multiple=True, metavar="LENS", help="A lens to see it through; may be repeated."),
        click.option("--tag", "-t", multiple=True, metavar="TAG", help="A tag; may be repeated."),
        click.option(
            "--set",
            "assignments",
            multiple=True,
            metavar="FIELD=VALUE",
            help="Fill a field; may be repeated. Lists take commas; a series takes DATE=NUMBER, … or @FILE.csv.",
        ),
        click.option(
            "--section", "sections", multiple=True, metavar="TITLE=TEXT", help="Write a section; may be repeated."
        ),
        click.option(
            "--at", default="", metavar="WHEN", help="When it was: 2026-11-23, 2026-11-23T15:00, last friday."
        ),
        click.option("--in", "place", default="", metavar="COMMUNITY", help="Write it straight into a community."),
        click.option("--edit", "-e", is_flag=True, help="Write on in your editor."),
    ]
    function = settling_options(function)
    for option in reversed(options):
        function = option(function)
    return function


class NewCommand(Command):
    """A command that makes records; its help shows the fields and sections of the kind."""

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kind = kind
        self._arguments: list[str] = []

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words, so that `--help` knows the kind also where it stands after it."""
        self._arguments = list(args)
        return super().parse_args(ctx, args)

    def format_details(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the kind's fields and sections."""
        kinds = ctx.ensure_object(Session).kinds
        words = [self._kind] if self._kind else [each for each in self._arguments if not each.startswith("-")]
        kind = next((found for word in words[:1] if (found := kinds.find(word)) is not None), None)
        if kind is not None:
            from reflect.cli.kind_help import format_kind

            format_kind(kind, formatter)
        else:
            with formatter.section("Kinds (reflect new KIND --help shows the fields of one)"):
                formatter.write_text(", ".join(each.name for each in kinds.all()))


def write_new(session: Session, kind_name: str, words: tuple[str, ...], options: NewOptions) -> None:
    """Make a record and answer with it; text that cannot be saved is kept as a draft."""
    if options["place"] not in ("", "vault"):
        from reflect.cli.shared_writing import write_into

        write_into(session, kind_name, words, options)
        return
    kind = session.workspace.kinds.get(kind_name)
    given, created = given_by(session, kind, options)
    has_text = words or options["sections"] or options["edit"]
    if not has_text and session.asks_for_new(kind, given, created):
        return
    may_read = not (options["sections"] or options["edit"])
    typed = typed_text(words, may_read)
    content = replace(given, body=typed.text)
    if options["edit"] or (session.may_ask and content == Content()):
        saved = _write_in_editor(session, kind, content, created)
    else:
        with kept_on_failure(session, kind, content, created, typed):
            saved = _save(session, kind, content, created)
    answer(session, saved, kind)
    if typed.was_piped and content == Content():
        session.say("There was no text, so the record is empty.")


def given_by(session: Session, kind: Kind, options: NewOptions) -> tuple[Content, str]:
    """Return what the options give for a new record but its body, and its date; raises UsageError."""
    given, created = given_content(
        session,
        kind,
        options["title"],
        options["agenda"],
        options["lens"],
        options["tag"],
        options["assignments"],
        options["sections"],
    )
    return given, session.moment(options["at"]) or created


def _save(session: Session, kind: Kind, content: Content, created: str) -> Saved:
    refuse_other_bytes(content.body, "The text")
    for text in (content.title, *content.tags, *content.sections.values(), *map(str, content.fields.values())):
        refuse_other_bytes(text, f"“{cleaned(text)[:40]}”")
    workspace = _workspace_for(session, kind, content)
    text = workspace.compose(kind, content, created)
    return save_text(workspace, kind, text)


def save_text(workspace: Workspace, kind: Kind, text: str) -> Saved:
    """Save the text of a new record and put it into history."""
    size = len(encoded(text))
    if size > MAX_RECORD:
        raise SaveFailed(
            f"Not saved: the text has {size / 1024 / 1024:.0f} MiB, and a record holds {MAX_RECORD // 1024 // 1024}.",
            "Divide it into several records.",
        )
    saved = workspace.save_new(kind, text)
    workspace.record_in_history(saved, f"Write {kind.name}")
    return saved


def _workspace_for(session: Session, kind: Kind, content: Content) -> Workspace:
    """Return the workspace, in step with the folders only where the record names another."""
    names = {field.name for field in kind.fields if field.type in ("record", "records")}
    return session.desk if content.agenda or names & set(content.fields) else session.workspace


@contextmanager
def kept_on_failure(session: Session, kind: Kind, content: Content, created: str, typed: Typed) -> Iterator[None]:
    """Keep what was typed as a draft when the block fails, and name the draft in the error.

    Words of the command line stand in the shell's history, so a mistake in an option keeps nothing.
    """
    try:
        yield
    except ReflectError as error:
        is_worth_it = typed.text.strip() or content.sections
        if is_worth_it and (typed.was_piped or isinstance(error, SaveFailed)):
            keep_draft(session, kind, draft_text(kind, content, created), error)
        raise


def draft_text(kind: Kind, content: Content, created: str) -> str:
    """Return everything that was given as the text of a record without an id."""
    try:
        content.body.encode("utf-8")
        return compose(kind, "", created, replace(content, fields=dict(content.fields)))
    except UnicodeEncodeError:
        # The front matter would make bytes of another encoding harder to mend.
        return content.body


def keep_draft(session: Session, kind: Kind, text: str, error: ReflectError) -> None:
    """Keep the text of a new record as a draft and say so in the error."""
    add_draft_hint(error, lambda: session.workspace.new_draft(kind.name, text))


def add_draft_hint(error: ReflectError, keep: Callable[[], Draft]) -> None:
    """Keep a draft and say in the error what it is called."""
    try:
        draft = keep()
    except ReflectError as second:
        error.hint = f"{error.hint} It could not be kept as a draft either: {second.message}".strip()
        return
    name = draft.id[-6:].lower()
    error.hint = (
        f"{error.hint} What you wrote is kept as draft {name}; to go on with it: reflect drafts open {name}".strip()
    )


def _write_in_editor(session: Session, kind: Kind, content: Content, created: str) -> Saved:
    workspace = _workspace_for(session, kind, content)
    lang = workspace.lang
    text = workspace.compose(kind, content, created)
    before = finishing.template(text, kind, content, lang)
    after = edit_text(session, before, f"{kind.name}-{text.partition('id: ')[2][:26].lower()}")
    try:
        if after.code:
            raise ReflectError(f"The editor ended with code {after.code}, so nothing was saved.")
        if after.text == before:
            raise ReflectError("You wrote nothing in the editor, so nothing was saved.")
        finished = finishing.finished(workspace, kind, after.text)
        return save_text(workspace, kind, finished)
    except ReflectError as error:
        typed = after.text != before or content.body.strip() or content.sections
        if typed:
            keep_draft(session, kind, after.text, error)
        raise


def answer(session: Session, saved: Saved, kind: Kind | None = None, verb: str = "Saved") -> None:
    """Answer with the record that was written: what, short id, where."""
    from reflect.cli.shapes import Shapes

    record = saved.record
    name = record.id[-6:].lower() if record.has_id else record.path

    def as_text() -> None:
        folder = record.path.rpartition("/")[0]
        session.line(cleaned(f"{verb} {record.kind or 'record'} {name} in {folder}"))

    session.answer(lambda: Shapes(session.workspace).record(record), as_text)
    say_how_merged(session, saved)
    say_remarks(session, saved)


def say_remarks(session: Session, saved: Saved) -> None:
    """Say what in a record may want a second look, such as a line of a tally that is not counted."""
    kind = session.workspace.kinds_of(saved.record.place).find(saved.record.kind)
    if kind is not None and kind.is_checked:
        from reflect.records.remarks import remarks_on

        for remark in remarks_on(kind, saved.record, session.workspace.lines_of(saved.record.place)):
            session.say(cleaned(remark))


def say_how_merged(session: Session, saved: Saved) -> None:
    """Say what became of a record that someone else changed meanwhile."""
    if saved.second is not None:
        session.say(f"Someone changed the same place meanwhile; both texts are kept, yours in {saved.second.path}.")
    elif saved.was_merged:
        session.say("The record had changed meanwhile; both changes are in it.")
