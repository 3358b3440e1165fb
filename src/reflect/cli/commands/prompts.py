"""`reflect prompts`: the questions to start from."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.cli.shapes import prompt_shape
from reflect.records.lenses import prompts
from reflect.records.textforms import one_line


@click.command("prompts", cls=Command)
@pass_session
def command(session: Session) -> None:
    """List the questions to start from.

    Each belongs to a lens of a framework; the one of the day is in `reflect today`.

    \b
    Examples:
      reflect prompts
      reflect prompts --json
    """
    from reflect.cli.text import print_lines, wrapped

    found = prompts(session.frameworks)

    def as_text() -> None:
        before = ""
        for prompt in found:
            if prompt.lens.slug != before:
                session.line(("\n" if before else "") + prompt.lens.slug, bold=True)
                before = prompt.lens.slug
            print_lines(session, wrapped(one_line(prompt.text), terminal_width(), "  "))

    session.answer(lambda: [prompt_shape(each) for each in found], as_text)
