"""Writing into a community from a command line: what cannot be written yet is kept as a draft for that place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from reflect.cli.settling import settled
from reflect.cli.writing import NewOptions, add_draft_hint, draft_text, given_by, say_how_merged, say_remarks
from reflect.errors import ReflectError, UsageError
from reflect.records.compose import Content
from reflect.records.textforms import cleaned

if TYPE_CHECKING:
    from reflect.cli.inputs import Typed
    from reflect.cli.session import Session
    from reflect.records.kinds import Kind
    from reflect.records.record import Record
    from reflect.records.review.substitution import Settled
    from reflect.vault.saving import Saved


def write_into(session: Session, kind_name: str, words: tuple[str, ...], options: NewOptions) -> None:
    """Make a record in a community and answer with it."""
    from reflect.cli.inputs import refuse_other_bytes, typed_text

    desk, place, how = session.desk, options["place"], settled(options)
    kind = desk.shared_writing.kind(place, kind_name)
    given, created = given_by(session, kind, options)
    typed = typed_text(words, not (options["sections"] or options["edit"]))
    content = replace(given, body=typed.text)
    refuse_other_bytes(content.body, "The text")
    if options["edit"] or (session.may_ask and content == Content()):
        saved = _in_editor(session, place, kind, content, created, how)
    elif content == Content():
        raise UsageError("There is no text to write.", f"Say: reflect new {kind.name} --in {place} TEXT")
    else:
        with kept_when_piped(session, place, kind.name, typed, lambda: draft_text(kind, content, created)):
            text = desk.shared_writing.compose(place, kind, content, created, desk.lang_written)
        with kept_for(session, place, kind.name, lambda: text):
            saved = desk.shared_writing.write(place, kind.name, text, how)
    answer(session, saved)


@contextmanager
def kept_for(
    session: Session, place: str, kind: str, text: Callable[[], str], record: Record | None = None
) -> Iterator[None]:
    """Keep a text as a draft for a community when the block fails, and name the draft in the error."""
    try:
        yield
    except ReflectError as error:
        add_draft_hint(error, lambda: session.workspace.new_draft(kind, text(), record, place))
        raise


@contextmanager
def kept_when_piped(session: Session, place: str, kind: str, typed: Typed, text: Callable[[], str]) -> Iterator[None]:
    """Keep a text that came by a pipe as a draft when the block fails: it stands nowhere else."""
    if not typed.was_piped:
        yield
        return
    with kept_for(session, place, kind, text):
        yield


def answer(session: Session, saved: Saved, verb: str = "Saved") -> None:
    """Answer with what was written into a community, which still has to be sent."""
    from reflect.cli.shapes import Shapes

    record = saved.record
    session.answer(
        lambda: Shapes(session.workspace).record(record),
        lambda: session.line(cleaned(f"{verb} {record.kind} {record.reference} in {record.place}, not sent yet.")),
    )
    say_how_merged(session, saved)
    say_remarks(session, saved)
    if verb == "Saved":
        session.say(f"To send it: reflect sync {record.place}")


def _in_editor(session: Session, place: str, kind: Kind, content: Content, created: str, how: Settled) -> Saved:
    from reflect.cli import finishing
    from reflect.cli.editor import edit_text

    desk = session.desk
    writing, lang = desk.shared_writing, desk.lang_written
    text = writing.compose(place, kind, content, created, lang)
    before = finishing.template(text, kind, content, desk.lang)
    after = edit_text(session, before, f"{kind.name}-{text.partition('id: ')[2][:26].lower()}")
    if after.text == before and not content.body.strip() and not content.sections:
        raise ReflectError("You wrote nothing in the editor, so nothing was saved.")
    with kept_for(session, place, kind.name, lambda: after.text):
        if after.code:
            raise ReflectError(f"The editor ended with code {after.code}, so nothing was saved.")
        return writing.write(place, kind.name, finished(session, place, kind, after.text), how)


def finished(session: Session, place: str, kind: Kind, text: str) -> str:
    """Return a text that was written in an editor as a new record's of a community; raises ReflectError."""
    from reflect.cli import finishing

    desk = session.desk

    def compose(kind: Kind, content: Content, created: str = "") -> str:
        return desk.shared_writing.compose(place, kind, content, created, desk.lang_written)

    return finishing.finished(desk, kind, text, compose)
