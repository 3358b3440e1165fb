"""`reflect init`: make a journal in a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.errors import UsageError
from reflect.records.textforms import cleaned

if TYPE_CHECKING:
    from reflect.vault.vault import Vault

LANGUAGES = ("en", "es")


@click.command("init", cls=Command)
@click.argument("folder", metavar="[DIR]", default="")
@click.option("--name", default="", metavar="PERSON", help="Your name, for your journal's history. [me]")
@click.option("--lang", default="en", metavar="L", help="The language you write in: en or es. [en]")
@click.option("--from", "url", default="", metavar="URL", help="Bring your journal here from a copy of it.")
@pass_session
def command(session: Session, folder: str, name: str, lang: str, url: str) -> None:
    """Make a journal in a folder.

    Without DIR it is the folder `reflect` in your home. A folder that has files or a history of
    its own is taken as it is. Doing it twice does no harm. With --from, on another device, it is
    the journal that you keep at that address, whole; `reflect sync` then keeps both in step.

    \b
    Examples:
      reflect init
      reflect init ~/Documents/journal --name "Ana Ruiz"
      reflect init --lang es
      reflect init ~/reflect --from git@host.org:ana/journal.git
    """
    from reflect.vault.synced import advice, synced_folder
    from reflect.vault.vault import make_vault

    if lang not in LANGUAGES:
        raise UsageError(f"There is no language “{lang}” here.", f"There are: {', '.join(LANGUAGES)}.")
    context = session.context
    is_first = not session.has_vault
    root = Path(folder).expanduser().absolute() if folder else context.vault_root(session.vault or None)
    if url:
        vault, begin = _bring(session, root, url), "To bring your communities here, too: reflect sync"
    else:
        vault = make_vault(root, name, lang, context.now(), context.randomness(18))
        begin = "Begin with: reflect write TEXT, or just: reflect"
    marker = vault.marker
    session.answer(
        lambda: {"vault": str(root), "id": marker.id, "name": marker.name, "lang": marker.lang},
        lambda: session.line(cleaned(f"Your journal is in {root}. {begin}")),
    )
    if folder and is_first and not session.vault and root != context.vault_root():
        _use_from_now_on(session, root)
    if service := synced_folder(root):
        session.say(advice(service))


def _bring(session: Session, root: Path, url: str) -> Vault:
    """Bring the journal at an address to this computer; raises ReflectError."""
    from reflect.cli.joining import let_in, typed
    from reflect.community.new_device import NewDevice

    place = typed(url)
    device = NewDevice(session.context, root, session.say)
    return let_in(session, place.address(), lambda reach: device.begin(place, reach)[0])


def _use_from_now_on(session: Session, root: Path) -> None:
    """Make the first journal the one that is opened, where nothing else says which."""
    from reflect.settings import read_settings, write_setting

    settings = session.context.places.settings
    if "REFLECT_VAULT" in session.context.environment or read_settings(settings).vault:
        return
    write_setting(settings, "vault", str(root))
    session.say("From now on, reflect opens this journal; to change that: reflect config vault DIR")
