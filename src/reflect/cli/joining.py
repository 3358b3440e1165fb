"""What a person is asked and shown on the way into a community: a name, a key, a token, how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from reflect.cli.session import ProgressLine, Session, terminal_width
from reflect.errors import ReflectError, TransferFailed
from reflect.records.community_file import is_public_key
from reflect.records.textforms import cleaned

if TYPE_CHECKING:
    from reflect.community.joining import Typed
    from reflect.records.addresses import Address
    from reflect.store.reach import Reach

Found = TypeVar("Found")
LABELS = {"preparing": "Preparing", "receiving": "Receiving", "checking": "Checking", "sending": "Sending"}
# A journal whose owner gave no name is called so.
NO_NAME = "me"


class TransferLine(ProgressLine):
    """A line on standard error that says how far a transfer is, and is gone at the end."""

    def moved(self, done: int, total: int, word: str) -> None:
        """Show how much is done of a step; `total` 0 is not known."""
        if self._is_shown:
            self._has_shown = True
            of = f" of {total:,}" if total else ""
            click.echo(f"\r\x1b[K{LABELS.get(word, word)}: {done:,}{of}", nl=False, err=True)


def typed(text: str) -> Typed:
    """Return an address as it was typed here."""
    from reflect.community.joining import Typed

    return Typed(text, os.getcwd(), str(Path.home()))  # noqa: PTH109 - the folder as the shell names it


def asked_name(session: Session, given: str, former: str) -> str:
    """Return the name that others will see; `former` is the one that the person had there. Raises ReflectError."""
    if given or former:
        return given or former
    own = session.workspace.vault.marker.name
    usual = "" if own == NO_NAME else own
    if session.may_ask and not session.yes:
        session.say("By which name will the others know you there? All members see it, with all that you share.")
        return str(click.prompt("Name", default=usual or None, err=True))
    if not usual:
        raise ReflectError("Others have to know you by a name, and your journal has none.", "Give one: --as NAME")
    return usual


def let_in(session: Session, address: Address, attempt: Callable[[Reach], Found]) -> Found:
    """Return what an attempt to reach a place gives; on a terminal, once more when a key or a token is in place.

    Raises what the attempt raises, after the steps to take were shown.
    """
    from reflect.community.keys import KeyNeeded
    from reflect.store.reach import Reach

    while True:
        line = TransferLine("", session.progress("").is_shown)
        try:
            with line:
                return attempt(replace(Reach(), progress=line.moved))
        except KeyNeeded as needed:
            _say(session, needed.steps())
            if not _again(session, "When it is added, press enter to try again"):
                raise
        except TransferFailed as failed:
            if (
                failed.kind not in ("sign-in", "forbidden")
                or address.kind == "ssh"
                or not _has_signed_in(session, address)
            ):
                raise


def _has_signed_in(session: Session, address: Address) -> bool:
    """Show how to come by a token, and take one on a terminal; says whether there is one to try."""
    from reflect.community import tokens

    _say(session, tokens.steps(address))
    if not session.may_ask or session.yes:
        _say(session, tokens.how_to_store(address))
        return False
    if not tokens.helper(address):
        where = tokens.usual_helper()
        kept = (
            "in a file of your home that only you can open" if where == "store" else "in your system's password store"
        )
        if not click.confirm(f"May git keep it {kept} (credential.helper {where})?", default=True, err=True):
            return False
        tokens.set_up_helper(address)
    name = click.prompt("Sign-in name", err=True)
    token = click.prompt("Token (it is not shown)", hide_input=True, err=True)
    tokens.store(address, name, token)
    return True


def _again(session: Session, question: str) -> bool:
    return session.may_ask and not session.yes and click.confirm(question, default=True, err=True)


def _say(session: Session, lines: list[str]) -> None:
    from reflect.cli.text import wrapped

    if not session.as_json:
        for line in lines:
            # A key is one line, however long, or it cannot be copied.
            whole = not line or is_public_key(line) or line.startswith("  ")
            for each in [line] if whole else wrapped(cleaned(line), terminal_width()):
                session.say(each)
