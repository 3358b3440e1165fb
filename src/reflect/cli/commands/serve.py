"""`reflect serve`: the app in a browser on this computer."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.errors import ReflectError

if TYPE_CHECKING:
    from reflect.serve.gate import Gate


@click.command("serve", cls=Command)
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="Use this port, not a free one.")
@click.option("--no-open", is_flag=True, help="Print the address, and do not open the browser.")
@pass_session
def command(session: Session, port: int | None, no_open: bool) -> int:
    """Open the app in a browser on this computer.

    Prints an address that lets one browser in, once. No other computer can open it. It ends with
    ctrl+c; text that was not saved is then among your drafts.

    \b
    Examples:
      reflect serve
      reflect serve --port 8123 --no-open
      reflect serve --json
    """
    import asyncio

    root = session.workspace.vault.root
    try:
        from reflect.serve.server import bound_socket, serve
    except ModuleNotFoundError as error:
        raise ReflectError(
            f"To show itself in a browser, reflect needs a package that is not installed ({error.name}).",
            "To add it: pip install 'reflect-tui[web]'",
        ) from None
    environment = {**session.context.environment, "REFLECT_VAULT": os.fspath(root)}

    def ready(gate: Gate) -> None:
        _announce(session, gate)
        if not (no_open or session.as_json):
            _open_browser(gate.address)

    asyncio.run(serve(bound_socket(port or 0), environment, ready, session.say))
    # Where the terminal was closed, nobody reads it.
    with contextlib.suppress(OSError):
        session.say("reflect serve has ended. Text that was not saved is among your drafts.")
    return 0


def _announce(session: Session, gate: Gate) -> None:
    def as_text() -> None:
        session.line("Open this address in a browser on this computer; it works once:")
        session.line(f"{gate.address}\n")
        session.line("Only this computer can open it; whoever uses your account on it can, too.")
        session.line("The page is drawn like a picture: for a screen reader, use reflect --plain.")
        session.line("ctrl+c here ends it.")

    session.answer(lambda: {"url": gate.address, "port": gate.port}, as_text)
    sys.stdout.flush()


def _open_browser(address: str) -> None:
    """Open the browser of the desktop, where there is one; it is not waited for."""
    import threading
    import webbrowser

    has_desktop = sys.platform in ("darwin", "win32") or any(
        os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    )
    # Without a desktop, a browser made of text would take this very terminal.
    if has_desktop:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
