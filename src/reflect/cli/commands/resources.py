"""`reflect resources`: the library of things to watch, read and act out, and what is done of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Unpack

import click

from reflect.cli.group import Command, OpenGroup
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.cli.writing import NewCommand, NewOptions, new_options, write_new
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.insights.library import Shelf, Shelved

SEARCH = click.option("--search", default="", metavar="WORDS", help="Only items in which all these words stand.")


@click.group("resources", cls=OpenGroup, invoke_without_command=True, subcommand_metavar="[SET] | COMMAND …")
@SEARCH
@pass_session
@click.pass_context
def command(ctx: click.Context, session: Session, search: str) -> None:
    """Look through the library: what to watch, read and act out.

    SET is a number, a name or a title. What you tick off is known on this computer only. Your own
    sets go into .reflect/resources in your journal; those of your communities are listed too.

    \b
    Examples:
      reflect resources
      reflect resources 3
      reflect resources --search "driver diagram"
      reflect resources done 3 1
      reflect resources note 3 1 "I leaned on telling. Next time I ask first." --agenda families
    """
    if ctx.invoked_subcommand is None:
        library, problems = session.workspace.practice.library()
        _show(session, library.shelves(search.split()), is_all=not search)
        for problem in problems:
            session.say(problem)


@command.command("show", cls=Command, hidden=True)
@click.argument("name", metavar="SET")
@SEARCH
@pass_session
def show(session: Session, name: str, search: str) -> None:
    """Show one set."""
    library, _ = session.workspace.practice.library()
    shelf = library.shelf(name)
    found = [each for each in library.shelves(search.split()) if (each.origin, each.name) == (shelf.origin, shelf.name)]
    _show(session, found, is_all=False)


@command.command("done", cls=Command)
@click.argument("name", metavar="SET")
@click.argument("item", metavar="ITEM")
@pass_session
def done(session: Session, name: str, item: str) -> None:
    """Tick an item off, on this computer; ITEM is its number, or words of its title.

    \b
    Example:
      reflect resources done 3 1
    """
    _tick(session, name, item, is_done=True)


@command.command("undo", cls=Command)
@click.argument("name", metavar="SET")
@click.argument("item", metavar="ITEM")
@pass_session
def undo(session: Session, name: str, item: str) -> None:
    """Take a tick back.

    \b
    Example:
      reflect resources undo 3 1
    """
    _tick(session, name, item, is_done=False)


@command.command("note", cls=NewCommand, kind="resource-note")
@click.argument("name", metavar="SET")
@click.argument("item", metavar="ITEM")
@new_options
@pass_session
def note(session: Session, name: str, item: str, text: tuple[str, ...], **options: Unpack[NewOptions]) -> None:
    """Write a note on an item: what stayed with you, and what you will try.

    \b
    Example:
      reflect resources note 2 1 "Curiosity is a practice, not a mood."
    """
    shelf, found = _item(session, name, item)
    today = session.workspace.context.now().date().isoformat()
    fields = (f"resource={shelf.named(found)}", f"done_on={found.done or today}")
    _write(session, "resource-note", fields, found, text, options)


@command.command("act", cls=NewCommand, kind="activity")
@click.argument("name", metavar="SET")
@click.argument("item", metavar="ITEM")
@new_options
@pass_session
def act(session: Session, name: str, item: str, text: tuple[str, ...], **options: Unpack[NewOptions]) -> None:
    """Make an activity of an item: something to do in order to learn.

    \b
    Example:
      reflect resources act 1 2 --agenda families --edit
    """
    _, found = _item(session, name, item)
    _write(session, "activity", ("status=planned",), found, text, options)


def _write(
    session: Session, kind: str, fields: Sequence[str], found: Shelved, text: tuple[str, ...], options: NewOptions
) -> None:
    # What a person sets comes later, so that it holds.
    title = options["title"] or one_line(found.item.title)
    write_new(session, kind, text, {**options, "title": title, "assignments": (*fields, *options["assignments"])})


def _item(session: Session, name: str, item: str) -> tuple[Shelf, Shelved]:
    return session.workspace.practice.library()[0].item(name, item)


def _tick(session: Session, name: str, item: str, is_done: bool) -> None:
    from reflect.cli.practice_shapes import shelf_shapes

    library, _ = session.workspace.practice.library()
    shelf, found = library.item(name, item)
    library.tick(shelf, found.item, is_done)
    what = f"“{found.item.title}” is {'ticked off' if is_done else 'open again'}."
    offer = ""
    if is_done:
        sort = "act" if found.item.type == "act" else "note"
        offer = f" To write on it: reflect resources {sort} {shelf.set.set} {found.number}"

    def as_json() -> Any:
        now = next(each for each in library.shelves() if (each.origin, each.name) == (shelf.origin, shelf.name))
        return shelf_shapes([now])[0]

    session.answer(as_json, lambda: session.line(cleaned(f"{what}{offer}")))


def _show(session: Session, shelves: Sequence[Shelf], is_all: bool) -> None:
    from reflect.cli.practice_shapes import shelf_shapes
    from reflect.cli.text import print_lines, wrapped

    columns = terminal_width()

    def as_text() -> None:
        for number, shelf in enumerate(shelves):
            found = shelf.set
            from_where = f"  (from {shelf.origin})" if shelf.origin else ""
            session.line(("\n" if number else "") + one_line(f"{found.set}  {found.title}{from_where}"), bold=True)
            if not is_all:
                print_lines(session, [line for each in _about(shelf) for line in wrapped(each, columns, "   ")])
            for each in shelf.items:
                print_lines(session, _item_lines(each, columns))
            if not is_all and found.source:
                print_lines(session, wrapped(one_line(found.source), columns, "   "))
        if is_all and shelves:
            print_lines(session, ["", *wrapped(one_line(shelves[0].set.source), columns)])

    session.answer(lambda: shelf_shapes(shelves), as_text)
    if not shelves and not session.as_json:
        session.say("No item of the library has these words.")


def _about(shelf: Shelf) -> list[str]:
    found = shelf.set
    event = f"{found.event}: " if found.event else ""
    presenters = f"Presented by {'; '.join(found.presenters)}." if found.presenters else ""
    session = f"{event}{found.session}" if found.session else ""
    return [one_line(each) for each in (session, presenters, found.note) if each]


def _item_lines(each: Shelved, columns: int) -> list[str]:
    from reflect.cli.text import wrapped

    mark = "✓" if each.done else " "
    range_ = f" · {each.item.range}" if each.item.range else ""
    day = f" · done {each.done}" if each.done else ""
    lines = wrapped(one_line(f"{each.item.title}{range_}{day}"), max(columns - 14, 30))
    first = f" {mark} {each.number:>2}  {one_line(each.item.type):<5}  {lines[0] if lines else ''}"
    notes = [f"              {line}" for line in wrapped(one_line(each.item.note), max(columns - 14, 30))]
    return [first, *(f"              {line}" for line in lines[1:]), *notes]
