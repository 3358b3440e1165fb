"""`reflect config`: settings."""

from __future__ import annotations

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import cleaned
from reflect.settings import SETTINGS, find_setting, read_settings, write_setting


@click.command("config", cls=Command)
@click.argument("key", default="", metavar="[KEY]")
@click.argument("value", required=False, metavar="[VALUE]")
@pass_session
def command(session: Session, key: str, value: str | None) -> None:
    """Show or change settings.

    Without KEY, all of them; with KEY, its value; with VALUE, it is set; "" brings its default back.

    \b
    Examples:
      reflect config
      reflect config editor "code --wait"
      reflect config vault ~/Documents/journal
    """
    path = session.context.places.settings
    if value is not None:
        write_setting(path, key, value)
    settings = read_settings(path)
    for problem in settings.problems:
        session.say(problem)
    if key:
        name = find_setting(key).name
        shown = getattr(settings, name)
        session.answer(lambda: {name: shown}, lambda: session.line(cleaned(shown) or "(not set)"))
        return

    def as_text() -> None:
        from reflect.cli.text import entries, print_lines

        for each in SETTINGS:
            print_lines(
                session, entries([(f"{each.name:8}", cleaned(getattr(settings, each.name)) or "(not set)")], 10**6)
            )
            print_lines(session, entries([(" " * 8, f"{each.help} {each.allowed.capitalize()}.")], terminal_width()))
        session.line(cleaned(f"\nThey are kept in {path}"))

    session.answer(lambda: {each.name: getattr(settings, each.name) for each in SETTINGS}, as_text)
