"""Opening the terminal app, where there is a terminal for it."""

from __future__ import annotations

from pathlib import Path

from reflect.cli.session import Session, is_plain_terminal
from reflect.context import Context
from reflect.errors import NoVault, ReflectError


def open_app(session: Session) -> int:
    """Open the app on the vault that is meant and return its exit code; without one, it shows its welcome."""
    if is_plain_terminal(session.context.environment):
        begin = "" if session.has_vault else "To begin a journal: reflect init. "
        raise ReflectError(
            "The app needs a terminal that it can draw on.",
            f"{begin}To write and read without it: reflect write TEXT, reflect list; see reflect --help.",
        )
    root = session.context.vault_root(session.vault or None)
    if session.vault and not session.has_vault:
        raise NoVault(f"There is no journal in {root}.", f"To begin one there, run: reflect init '{root}'")
    return run_app(session.context, root if session.has_vault else None)


def run_app(context: Context, root: Path | None) -> int:
    """Run the app and return its exit code; it is by far the largest import of the program."""
    from reflect.tui.app import run

    return run(context, root)
