"""Opening the terminal app, where there is a terminal for it.

Nothing here loads what only commands with words need: `reflect` alone comes straight to it.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from reflect.context import Context
from reflect.errors import NoVault, ReflectError
from reflect.paths import MARKER
from reflect.records.textforms import one_line


def open_alone(environment: Mapping[str, str]) -> int:
    """Run `reflect` without a word after it, and return its exit code."""
    from reflect.store.git import forget_inherited_settings

    forget_inherited_settings()
    try:
        return open_app(Context.from_environment(environment))
    except ReflectError as error:
        print(f"reflect: {one_line(str(error))}", file=sys.stderr)
        return error.exit_code


def open_app(context: Context, vault: str = "", in_meeting: bool = False) -> int:
    """Open the app on the vault that is meant and return its exit code; without one, it shows its welcome."""
    root = context.vault_root(vault or None)
    has_vault = (root / MARKER).exists()
    if is_plain_terminal(context.environment):
        begin = "" if has_vault else "To begin a journal: reflect init. "
        raise ReflectError(
            "The app needs a terminal that it can draw on.",
            f"{begin}The same in lines of text: reflect --plain. One command at a time: reflect write TEXT, "
            "reflect list; see reflect --help.",
        )
    if vault and not has_vault:
        raise NoVault(f"There is no journal in {root}.", f"To begin one there, run: reflect init '{root}'")
    if in_meeting and not has_vault:
        raise NoVault("There is no journal yet, so there is no community to show.", "To begin one, run: reflect")
    return run_app(context, root if has_vault else None, in_meeting)


def run_app(context: Context, root: Path | None, in_meeting: bool = False) -> int:
    """Run the app and return its exit code; it is by far the largest import of the program."""
    from reflect.tui.terminal import asking

    with asking(context.environment) as terminal:
        from reflect.tui.app import run

        return run(context, root, terminal, in_meeting)


def is_plain_terminal(environment: Mapping[str, str]) -> bool:
    """Say whether the app could not be drawn here."""
    return not (sys.stdin.isatty() and sys.stdout.isatty()) or environment.get("TERM", "dumb") in ("", "dumb")
