"""The welcome, asked in lines: a name, a folder, what stays private."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import ReflectError
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.context import Context
    from reflect.plain.terminal import Terminal

# The words of the app's welcome.
WHAT = "A private place to look at your own leadership, to prepare hard conversations, and to keep learning agendas."
NAME = "Your name, as it stands beside what you write"
FOLDER = "The folder of your journal"
PRIVATE = (
    "Everything you write is a plain text file in this folder, on this computer. Nothing leaves it unless you share "
    "it, after a review that shows exactly what goes. Whoever can open this computer can open the files: turn on "
    "the encryption of its disk."
)


def begin(context: Context, terminal: Terminal, root: Path) -> Path:
    """Ask what a journal needs, make it, and return its folder; raises EndOfInput, Stopped."""
    terminal.say("Welcome to reflect.")
    terminal.say(WHAT)
    terminal.say(PRIVATE)
    while True:
        terminal.say(f"{NAME}. Enter leaves it out.")
        name = terminal.ask("Name: ").strip()
        terminal.say(f"{FOLDER}. Enter takes {cleaned(str(root))}")
        typed = terminal.ask("Folder: ").strip()
        folder = Path(typed).expanduser().absolute() if typed else root
        if _is_meant(terminal, folder):
            try:
                return _make(context, terminal, folder, name, folder != root)
            except ReflectError as error:
                terminal.say(one_line(str(error)))
            except OSError as error:
                terminal.say(f"{cleaned(str(folder))} cannot be used: {error.strerror}.")


def _is_meant(terminal: Terminal, folder: Path) -> bool:
    """Say what keeping a journal in a folder that is copied elsewhere means, and ask."""
    from reflect.vault.synced import advice, synced_folder

    service = synced_folder(folder)
    if not service:
        return True
    terminal.say(advice(service))
    return terminal.ask("Begin there all the same? yes or no: ").strip().casefold() in ("y", "yes", "s", "sí", "si")


def _make(context: Context, terminal: Terminal, folder: Path, name: str, is_chosen: bool) -> Path:
    from reflect.settings import write_setting
    from reflect.vault.vault import make_vault

    make_vault(folder, name, "en", context.now(), context.randomness(18))
    if is_chosen and folder != context.vault_root():
        write_setting(context.places.settings, "vault", str(folder))
    terminal.say(f"Your journal is in {cleaned(str(folder))}")
    return folder
