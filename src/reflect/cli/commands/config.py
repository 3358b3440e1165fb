"""`reflect config`: settings, and the copies of the journal elsewhere."""

from __future__ import annotations

import click

from reflect.cli.commands.config_remote import remote
from reflect.cli.group import Command, OpenGroup
from reflect.cli.session import Session, pass_session, terminal_width
from reflect.records.textforms import cleaned
from reflect.settings import SETTINGS, find_setting, read_settings, write_setting

VALUES = "values"


class Settings(OpenGroup):
    """Settings by their names; what is no command of the group is such a name."""

    otherwise = VALUES

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands that have a name."""
        return [name for name in super().list_commands(ctx) if name != VALUES]


@click.group("config", cls=Settings, invoke_without_command=True, subcommand_metavar="[KEY [VALUE]] | remote …")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Show or change settings, and keep copies of your journal elsewhere.

    Without KEY, all of them; with KEY, its value; with VALUE, it is set; "" brings its default back.

    \b
    Examples:
      reflect config
      reflect config editor "code --wait"
      reflect config vault ~/Documents/journal
      reflect config remote add /media/disk/journal.git
      reflect config terms "Fall 2026-08-31 to 2026-12-18, Spring 2027-01-11 to 2027-06-04"
      reflect config breaks "Thanksgiving 2026-11-23 to 2026-11-27"
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(values, key="", value=None)


@command.command(VALUES, cls=Command, hidden=True)
@click.argument("key", metavar="[KEY]")
@click.argument("value", required=False, metavar="[VALUE]")
@pass_session
def values(session: Session, key: str, value: str | None) -> None:
    """Show or change a setting, or show all."""
    path = session.context.places.settings
    if value is not None:
        write_setting(path, key, value)
    settings = read_settings(path)
    for problem in settings.problems:
        session.say(problem)
    if key:
        name = find_setting(key).name
        shown = settings.text_of(name)
        session.answer(lambda: {name: shown}, lambda: session.line(cleaned(shown) or "(not set)"))
        return

    def as_text() -> None:
        from reflect.cli.text import entries, print_lines

        widest = max(len(each.name) for each in SETTINGS)
        for each in SETTINGS:
            print_lines(
                session,
                entries([(f"{each.name:{widest}}", cleaned(settings.text_of(each.name)) or "(not set)")], 10**6),
            )
            print_lines(
                session,
                entries(
                    [(" " * widest, f"{each.help} {each.allowed[:1].upper()}{each.allowed[1:]}.")], terminal_width()
                ),
            )
        session.line(cleaned(f"\nThey are kept in {path}"))

    session.answer(lambda: {each.name: settings.text_of(each.name) for each in SETTINGS}, as_text)


command.add_command(remote)
