"""`reflect erase`: remove a record for good, also from history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.errors import ReflectError
from reflect.records.textforms import cleaned, folded, one_line

if TYPE_CHECKING:
    from reflect.vault.erasing import Erased
    from reflect.vault.erasure import Erasure


@click.command("erase", cls=Command)
@click.argument("reference", metavar="ID")
@pass_session
def command(session: Session, reference: str) -> None:
    """Erase a private record for good, from your history too.

    It goes out of every state of your history, drafts and the search index, and then all of your
    history is read to show that nothing of it is left. Nothing can bring it back. You are told what
    goes and what stays elsewhere, and asked to type its title. To be able to undo, use: reflect delete

    \b
    Examples:
      reflect erase x6sq7a
      reflect erase x6sq7a --yes
    """
    from reflect.vault.erasure_words import what_was_done

    eraser = session.desk.eraser
    with session.progress("Looking for it in your history") as progress:
        erasure = eraser.look(reference, progress)
    _ask(session, erasure)
    with session.progress("Erasing") as progress:
        erased = eraser.erase(erasure, progress)
    name = erasure.record.reference

    def as_text() -> None:
        session.line(cleaned(f"Erased {erasure.record.kind or 'record'} {name}."))
        _print(session, what_was_done(erased))

    session.answer(lambda: _shape(erasure, erased), as_text)


def _ask(session: Session, erasure: Erasure) -> None:
    """Say what goes and what stays, and have the title typed; raises ReflectError for another answer."""
    from reflect.vault.erasure_words import what_goes, what_stays

    record = erasure.record
    if session.yes:
        return
    if not session.may_ask:
        raise ReflectError(
            f"Erasing “{one_line(record.title)}” cannot be taken back, so its title has to be typed.",
            "To erase it without being asked, add --yes.",
        )
    for sentence in [*what_goes(erasure), *what_stays(erasure)]:
        session.say(sentence)
    typed = click.prompt("To erase it, type its title", default="", show_default=False, err=True)
    if folded(one_line(typed)) != folded(one_line(record.title)):
        raise ReflectError("That is not its title, so nothing was erased.")


def _print(session: Session, sentences: list[str]) -> None:
    from reflect.cli.text import print_lines, wrapped

    for sentence in sentences:
        print_lines(session, wrapped(cleaned(sentence), terminal_width()))


def _shape(erasure: Erasure, erased: Erased) -> dict[str, Any]:
    return {
        "id": erasure.record.id or None,
        "path": erasure.record.path,
        "checked": erased.checked,
        "holding": erased.holding,
        "messages": erased.messages,
        "states": erased.states,
        "drafts": erased.drafts,
        "also_in": [{"path": each.path, "title": each.title, "sentences": each.sentences} for each in erased.also],
        "left": erased.left,
        "to_replace": erased.to_replace,
    }
