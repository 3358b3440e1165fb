"""Where the command line begins and ends: the one place where an error becomes a line and an exit code."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import click

from reflect.cli.group import root
from reflect.cli.session import Session
from reflect.errors import GitFailed, ReflectError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 refused or failed, 2 wrong usage."""
    from reflect.store.git import forget_inherited_settings

    # A command is over before collecting could free anything worth the time.
    gc.set_threshold(100_000)
    given = list(sys.argv[1:] if arguments is None else arguments)
    forget_inherited_settings()
    _speak_utf8()
    session = Session.from_environment(os.environ)
    try:
        code = _run(given, session)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough; that is no failure of ours.
        _let_go_of_output()
        return 0
    return code


def _run(arguments: list[str], session: Session) -> int:
    # Not click's own main: it would end the process itself where output has no reader.
    try:
        with root.make_context("reflect", arguments, obj=session) as ctx:
            result = root.invoke(ctx)
        code = result if isinstance(result, int) else 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except BrokenPipeError:
        raise
    except KeyboardInterrupt:
        code = _report(click.Abort(), arguments, session)
    except Exception as error:  # noqa: BLE001 - the border where every failure becomes a sentence
        code = _report(error, arguments, session)
    session.say_notices()
    return code


def _report(error: Exception, arguments: list[str], session: Session) -> int:
    """Say what went wrong, in the form that was asked for, and return the exit code."""
    before_text = arguments[: arguments.index("--")] if "--" in arguments else arguments
    # A command line that could not be understood has not set these.
    session.as_json = session.as_json or "--json" in before_text
    session.debug = session.debug or "--debug" in before_text
    message, hint, code = words_of(error)
    session.fail(message, hint)
    if isinstance(error, GitFailed) and error.detail and session.verbose:
        session.say(error.detail)
    if session.debug:
        import traceback

        session.say("".join(traceback.format_exception(error)))
    return code


def words_of(error: Exception) -> tuple[str, str, int]:
    """Return what happened, what to do next, and the exit code."""
    if isinstance(error, ReflectError):
        return error.message, error.hint, error.exit_code
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "reflect"
        return error.format_message(), f"See: {command} --help", 2
    if isinstance(error, click.Abort):
        return "Stopped; nothing more was done.", "", 1
    if isinstance(error, click.ClickException):
        return error.format_message(), "", 1
    if isinstance(error, UnicodeError):
        return "A word of the command is not UTF-8 text.", "Type it again.", 1
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror}.", "Check the file or folder and who owns it.", 1
    kind = type(error).__name__
    return f"reflect made a mistake of its own ({kind}: {error}).", "To see where, add --debug; to check: doctor.", 1


def _speak_utf8() -> None:
    """Write UTF-8 to pipes and files; a terminal keeps its own encoding, with a mark for what it lacks."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="replace")


def _let_go_of_output() -> None:
    # Python writes what is left at its end, and would complain a second time.
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
