"""`reflect demo`: a sample leader's journal, to try things out."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.app import is_plain_terminal, run_app
from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.records.textforms import cleaned


@click.command("demo", cls=Command)
@click.argument("folder", metavar="[DIR]", default="")
@click.option("--fresh", is_flag=True, help="Make it anew; what was tried out in it is thrown away.")
@click.option("--plain", is_flag=True, help="Open it in lines of text, with prompts, in place of the app.")
@click.option("--no-open", is_flag=True, help="Make it, and do not open the app.")
@pass_session
def command(session: Session, folder: str, fresh: bool, plain: bool, no_open: bool) -> int:
    """Open a sample leader's journal to try things out.

    It has a home of its own, so nothing of it mixes with your journal. One that is there is opened
    again.

    \b
    Examples:
      reflect demo
      reflect demo --plain
      reflect demo --fresh --no-open
      reflect demo /tmp/demo --no-open && REFLECT_HOME=/tmp/demo reflect list
    """
    from reflect.demo import open_demo

    home = Path(folder).expanduser().absolute() if folder else session.context.places.data / "demo"
    context, root = open_demo(home, fresh, session.context)
    if (plain or session.plain) and not (no_open or session.as_json):
        from reflect.plain.conversation import converse

        return converse(context, folder=root)
    if no_open or session.as_json or is_plain_terminal(session.context.environment):
        session.answer(
            lambda: {"home": str(home), "vault": str(root)},
            lambda: session.line(cleaned(f"The demo is in {home}. To look: REFLECT_HOME='{home}' reflect list")),
        )
        return 0

    return run_app(context, root)
