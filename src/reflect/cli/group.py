"""The root command: commands by name, loaded when they run, and options that stand anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from reflect.cli.session import Session, pass_session
from reflect.errors import UsageError

# Name, module and one line for the list of commands, so that the list loads no command.
COMMANDS = {
    "Begin": {
        "init": "Make a journal in a folder.",
        "demo": "Open a sample leader's journal to try things out.",
        "import": "Bring in what you wrote elsewhere.",
    },
    "Write": {
        "write": "Write a reflection.",
        "call-in": "Write down a call-in: a conversation to prepare or look back on.",
        "finding": "Write down a finding: what you learned, good or bad.",
        "new": "Make a record of any kind.",
        "drafts": "List, open or discard text that was not saved.",
    },
    "Find": {
        "today": "Show today's prompt and what waits for you.",
        "list": "List records, newest first.",
        "search": "Search all text.",
        "show": "Show one record.",
        "agenda": "List learning agendas, or show one as a tree.",
        "chain": "Show what a record came from, and what came of it.",
        "conditions": "Show what holds a problem in place, and what changed.",
        "insights": "Show patterns in what you wrote, and what they ask.",
    },
    "Together": {
        "community": "Begin, join and leave communities, and say of what you want to hear.",
        "respond": "Answer what a peer wrote.",
        "carry": "Carry a peer's record on into another community.",
        "read": "Mark what peers wrote as read.",
        "sync": "Exchange with communities and copies of your journal what is new.",
        "share": "Share a record with a community, after you have seen exactly what leaves.",
        "shared": "Show what you have shared: what left, when, and to whom.",
        "withdraw": "Take a shared record out of a community; your own stays in your journal.",
        "distill": "Begin a finding, a wondering or a policy from what a call-in taught, without a word of it.",
        "resolve": "Make one record again of two texts that were kept side by side.",
    },
    "Change": {
        "edit": "Change a record, in your editor or by options.",
        "delete": "Delete a record; undo brings it back.",
        "undo": "Take back the last change.",
        "erase": "Erase a private record for good, from your history too.",
        "restore": "Bring back a deleted record, or an earlier state of one.",
        "history": "List the states a record has had.",
        "diff": "Show how a record differs from an earlier state.",
        "loop": "Let an open loop rest, or hide it for a while.",
    },
    "What there is": {
        "kinds": "List the kinds of record.",
        "frameworks": "List the frameworks and their lenses.",
        "prompts": "List the questions to start from.",
        "journeys": "List the journeys, or show where an agenda stands on its own.",
        "progressions": "Show how the areas of a rubric were rated over time, or rate them.",
        "resources": "Look through the library: what to watch, read and act out.",
        "themes": "List the colors of the app.",
    },
    "Upkeep": {
        "serve": "Open the app in a browser on this computer.",
        "doctor": "Check that everything is there and readable.",
        "reindex": "Build the search index anew.",
        "config": "Show or change settings, and keep copies of your journal elsewhere.",
    },
}


def _remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value:
        setattr(ctx.ensure_object(Session), str(param.name), value)


def _option(*names: str, **settings: Any) -> click.Option:
    return click.Option(names, expose_value=False, callback=_remember, **settings)


GLOBAL_OPTIONS: list[click.Parameter] = [
    _option("--json", "as_json", is_flag=True, help="Answer with one JSON value."),
    _option("--vault", metavar="DIR", help="Use the journal in this folder."),
    _option("--yes", is_flag=True, help="Answer yes to every question."),
    _option("--verbose", is_flag=True, help="Show git's own words too."),
    _option("--debug", is_flag=True, help="Show where in the program an error arose."),
]


class Anywhere(click.Command):
    """A command that takes the options of all commands, too, and lists them last in its help."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return its own parameters and those of all commands."""
        own = super().get_params(ctx)
        return [*own[:-1], *GLOBAL_OPTIONS, *own[-1:]] if self.add_help_option else [*own, *GLOBAL_OPTIONS]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of this command, then what else it has to say, then the options of all."""
        shared = [*GLOBAL_OPTIONS, self.get_help_option(ctx)]
        own = [param for param in self.get_params(ctx) if param not in shared and isinstance(param, click.Option)]
        _write_options(ctx, formatter, "Options", own)
        self.format_details(ctx, formatter)
        _write_options(ctx, formatter, "Options of every command", [param for param in shared if param])

    def format_details(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what a command takes beyond its options."""


def _write_options(
    ctx: click.Context, formatter: click.HelpFormatter, title: str, params: Sequence[click.Parameter]
) -> None:
    lines = [line for param in params if (line := param.get_help_record(ctx)) is not None]
    if lines:
        with formatter.section(title):
            formatter.write_dl(lines)


class Command(Anywhere):
    """One command. In its help text, write a paragraph that begins with a `\\b` line as it stands."""


class Group(click.Group, Anywhere):
    """A command with commands of its own, such as `drafts open`."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write its commands, then the options."""
        self.format_commands(ctx, formatter)
        Anywhere.format_options(self, ctx, formatter)


class OpenGroup(Group):
    """A group in which any word that is no command of it is an argument of one: `config editor`, `resources 3`.

    `otherwise` is the name of that command, which the help does not list.
    """

    otherwise = "show"

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant, and what is left for it."""
        if args[0] in self.list_commands(ctx) or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        return self.otherwise, self.commands[self.otherwise], args


class LazyGroup(Group):
    """The root: a command's module is imported when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all names, in the order of the help."""
        return [name for commands in COMMANDS.values() for name in commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, None when there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = cmd_name.replace("-", "_") + ("_" if cmd_name == "import" else "")
        command: click.Command = import_module(f"reflect.cli.commands.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant; one that does not exist is refused with its neighbors."""
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            raise click.UsageError(f"There is no command “{name}”.{neighbors(name, self.list_commands(ctx))}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by what one wants to do."""
        for title, commands in COMMANDS.items():
            with formatter.section(title):
                formatter.write_dl(list(commands.items()))


def neighbors(name: str, names: Sequence[str]) -> str:
    """Return a sentence with the names that are like this one, `""` where none is."""
    from difflib import get_close_matches

    near = get_close_matches(name, names, 3, 0.6)
    return f" Did you mean {' or '.join(near)}?" if near else ""


PLAIN = _option("--plain", is_flag=True, help="Talk in lines of text, with prompts, in place of the app.")


@click.command(
    cls=LazyGroup, params=[PLAIN], invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="reflect-tui", message="reflect %(version)s")
@click.option("--meeting", is_flag=True, help="Open the app with communities only, and nothing private on the screen.")
@pass_session
@click.pass_context
def root(ctx: click.Context, session: Session, meeting: bool) -> int:
    """Keep a private journal, call-ins and learning agendas, as plain text with a history.

    Without a command, the app opens. With --plain it is lines of text with prompts: for screen
    readers, Braille displays, slow links and terminals that cannot be drawn on.

    \b
    Examples:
      reflect init
      reflect write "Tonight I talked too much. Next time, less."
      reflect search families
      reflect --plain
    """
    if session.plain and ctx.invoked_subcommand is None:
        from reflect.plain.conversation import converse

        return converse(session.context, session.vault)
    if session.plain and ctx.invoked_subcommand != "demo":
        raise UsageError("--plain is a conversation of its own and takes no command.", "Say: reflect --plain")
    if ctx.invoked_subcommand is None:
        from reflect.cli.app import open_app

        return open_app(session.context, session.vault, meeting)
    if meeting:
        raise click.UsageError("--meeting opens the app; it stands alone.", ctx)
    return 0
