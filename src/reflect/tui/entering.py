"""The way into a community, step by step: whom one meets, which key or token is missing, until one is in."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import ReflectError, TransferFailed
from reflect.records.textforms import one_line
from reflect.store.reach import Reach

if TYPE_CHECKING:
    from reflect.community.joining import Joined, Typed
    from reflect.community.keys import FirstMeeting, Key
    from reflect.records.addresses import Address
    from reflect.workspace import Workspace

# A journal whose owner gave no name is called so.
NO_NAME = "me"
SIGN_IN = ("sign-in", "forbidden")


@dataclass(frozen=True)
class Entry:
    """What a person typed to join a community, or to begin one (`is_new`); `name` is what it is called here."""

    address: str
    author: str = ""
    name: str = ""
    is_new: bool = False
    role: str = ""
    contact: str = ""


@dataclass(frozen=True)
class Step:
    """How far one came: a host to be compared, a key to be sent on, a token to be made, or `joined`.

    `says` are the sentences of a step; `trouble` says why it did not work, and then there is nothing else.
    """

    meeting: FirstMeeting | None = None
    key: Key | None = None
    address: Address | None = None
    says: list[str] = field(default_factory=list)
    joined: Joined | None = None
    trouble: str = ""


def next_step(workspace: Workspace, entry: Entry, reach: Reach) -> Step:
    """Go as far into a community as one comes; raises nothing that a person could mend in what was typed."""
    try:
        return _next_step(workspace, entry, reach)
    except ReflectError as error:
        return Step(trouble=sentence_for_entry(error))


def keep_token(address: Address, name: str, token: str) -> None:
    """Give a token to git's password store; raises GitFailed."""
    from reflect.community import tokens

    if not tokens.helper(address):
        tokens.set_up_helper(address)
    tokens.store(address, one_line(name), one_line(token))


def sentence_for_entry(error: ReflectError) -> str:
    """Return what a person reads of a failure here; what they would type on a command line is no help."""
    is_command = "reflect " in error.hint or "--" in error.hint
    return error.message if is_command else f"{error.message} {error.hint}".strip()


def _next_step(workspace: Workspace, entry: Entry, reach: Reach) -> Step:
    from reflect.community.keys import KeyNeeded
    from reflect.community.membership import name_from

    typed = _typed(entry.address)
    # What a person would call it, as a name can be: small letters, digits and dashes.
    entry = replace(entry, name=name_from(entry.name) or entry.name)
    address = typed.address()
    if not entry.is_new:
        # Nothing is reached for what could be said at once.
        entry = replace(entry, author=_author(workspace, entry, address))
    meeting = workspace.belonging.keys.meet(address, reach)
    if meeting is not None:
        return Step(meeting=meeting, address=address)
    try:
        joined = _attempt(workspace, entry, typed, reach)
    except KeyNeeded as needed:
        return Step(key=needed.key, says=needed.steps(), address=address)
    except TransferFailed as failed:
        if failed.kind not in SIGN_IN or address.kind == "ssh":
            raise
        return Step(says=_token_steps(address), address=address)
    workspace.refresh()
    return Step(joined=joined)


def _attempt(workspace: Workspace, entry: Entry, typed: Typed, reach: Reach) -> Joined:
    from reflect.records.community_file import Steward

    joining = workspace.belonging.joining
    if not entry.is_new:
        return joining.join(typed, entry.name, entry.author, reach)
    role, contact = one_line(entry.role), one_line(entry.contact)
    keeper = Steward(role, contact) if role else None
    return joining.create(entry.name, typed, entry.author, keeper, reach)


def _author(workspace: Workspace, entry: Entry, address: Address) -> str:
    """Return the name to go by: one that was there before stays, unless another one was typed; raises ReflectError."""
    own = usual_name(workspace)
    former = workspace.belonging.joining.former(address)
    if former is not None and entry.author in ("", own):
        return former.author
    if not entry.author:
        raise ReflectError("Others have to know you by a name. Say which.")
    return entry.author


def usual_name(workspace: Workspace) -> str:
    """Return the name that the journal is kept under, `""` for none."""
    name = workspace.vault.marker.name
    return "" if name == NO_NAME else name


def _token_steps(address: Address) -> list[str]:
    from reflect.community import tokens

    kept = tokens.helper(address) or tokens.usual_helper()
    where = "in a file of your home that only you can open" if kept == "store" else "in your system's password store"
    return [*tokens.steps(address), f"With enter, git keeps it {where}, and it goes nowhere else."]


def _typed(text: str) -> Typed:
    from reflect.community.joining import Typed

    # The folder as the shell names it.
    return Typed(text, os.getcwd(), str(Path.home()))  # noqa: PTH109


def reach_with(progress: Callable[[int, int, str], None], going: Callable[[], bool]) -> Reach:
    """Return how a place is reached from here: told how far it is, and stopped when one is to stop."""
    return replace(Reach(), progress=progress, going=going)
