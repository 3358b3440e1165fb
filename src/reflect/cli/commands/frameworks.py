"""`reflect frameworks`: the frameworks and their lenses."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import one_line


@click.command("frameworks", cls=Command)
@pass_session
def command(session: Session) -> None:
    """List the frameworks and their lenses.

    The first word of a line is what --lens takes.

    \b
    Examples:
      reflect frameworks
      reflect frameworks --json
    """
    from reflect.cli.text import entries, print_lines, wrapped

    found = session.frameworks

    def as_text() -> None:
        columns = terminal_width()
        for number, framework in enumerate(found):
            session.line(("\n" if number else "") + one_line(framework.title), bold=True)
            pairs = [(lens.slug, one_line(lens.plain or lens.title)) for lens in framework.lenses]
            print_lines(session, entries(pairs, columns))
            print_lines(session, wrapped(one_line(framework.source), columns, "  "))

    session.answer(
        lambda: [
            {
                "name": each.name,
                "title": each.title,
                "source": each.source,
                "lenses": [
                    {"slug": lens.slug, "title": lens.title, "group": lens.group, "plain": lens.plain}
                    for lens in each.lenses
                ],
            }
            for each in found
        ],
        as_text,
    )
