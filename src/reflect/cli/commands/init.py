"""`reflect init`: make a journal in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.errors import UsageError
from reflect.records.textforms import cleaned

LANGUAGES = ("en", "es")


@click.command("init", cls=Command)
@click.argument("folder", metavar="[DIR]", default="")
@click.option("--name", default="", metavar="PERSON", help="Your name, for your journal's history. [me]")
@click.option("--lang", default="en", metavar="L", help="The language you write in: en or es. [en]")
@pass_session
def command(session: Session, folder: str, name: str, lang: str) -> None:
    """Make a journal in a folder.

    Without DIR it is the folder `reflect` in your home. A folder that has files or a history of
    its own is taken as it is. Doing it twice does no harm.

    \b
    Examples:
      reflect init
      reflect init ~/Documents/journal --name "Ana Ruiz"
      reflect init --lang es
    """
    from reflect.vault.synced import advice, synced_folder
    from reflect.vault.vault import make_vault

    if lang not in LANGUAGES:
        raise UsageError(f"There is no language “{lang}” here.", f"There are: {', '.join(LANGUAGES)}.")
    context = session.context
    is_first = not session.has_vault
    root = Path(folder).expanduser().absolute() if folder else context.vault_root(session.vault or None)
    vault = make_vault(root, name, lang, context.now(), context.randomness(18))
    marker = vault.marker
    session.answer(
        lambda: {"vault": str(root), "id": marker.id, "name": marker.name, "lang": marker.lang},
        lambda: session.line(cleaned(f"Your journal is in {root}. Begin with: reflect write TEXT, or just: reflect")),
    )
    if folder and is_first and not session.vault and root != context.vault_root():
        _use_from_now_on(session, root)
    if service := synced_folder(root):
        session.say(advice(service))


def _use_from_now_on(session: Session, root: Path) -> None:
    """Make the first journal the one that is opened, where nothing else says which."""
    from reflect.settings import read_settings, write_setting

    settings = session.context.places.settings
    if "REFLECT_VAULT" in session.context.environment or read_settings(settings).vault:
        return
    write_setting(settings, "vault", str(root))
    session.say("From now on, reflect opens this journal; to change that: reflect config vault DIR")
