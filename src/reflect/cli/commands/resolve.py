"""`reflect resolve`: make one record of two texts that were kept side by side."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.records.textforms import cleaned


@click.command("resolve", cls=Command)
@click.argument("reference", metavar="ID")
@click.option("--keep", type=click.Choice(["mine", "theirs", "both"]), help="Which text it is to have.")
@pass_session
def command(session: Session, reference: str, keep: str | None) -> None:
    """Make one record again of two texts that were kept side by side.

    ID names the record or its second version. Without --keep, where the two differ is shown and
    nothing changes. `both` is theirs, with the paragraphs that only yours has added to each section.

    \b
    Examples:
      reflect resolve x6sq7a
      reflect resolve x6sq7a --keep both
    """
    from reflect.cli.shapes import Shapes
    from reflect.records.choosing import differing

    desk = session.desk
    resolving = desk.resolving
    if keep is None:
        first, second = resolving.pair(reference)
        pairs = differing(desk.get(first.ref).text, desk.get(second.ref).text)
        is_second = resolving.mine_is_second(second)
        found = [
            {"part": part, "theirs": one if is_second else two, "mine": two if is_second else one}
            for part, one, two in pairs
        ]
        session.answer(lambda: found, lambda: _show(session, found))
        return
    record = resolving.resolve(reference, keep)
    session.answer(
        lambda: Shapes(desk).record(record),
        lambda: session.line(cleaned(f"Resolved {record.kind} {record.reference}: it has {_words(keep)}.")),
    )
    if record.place:
        session.say(f"To send it: reflect sync {record.place}")


def _words(keep: str) -> str:
    return {"mine": "your text", "theirs": "their text", "both": "both texts"}[keep]


def _show(session: Session, found: list[dict[str, str]]) -> None:
    for each in found:
        session.line(cleaned(each["part"] or "Above the first heading"), bold=True)
        for whose in ("theirs", "mine"):
            session.line(cleaned(f"  {whose}: {each[whose]}"))
    session.say("To choose: --keep mine, --keep theirs, or --keep both.")
