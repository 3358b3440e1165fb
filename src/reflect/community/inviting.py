"""An invitation: one line to send, and what whoever gets it needs. It holds no secret."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from reflect.community.communities import Community
from reflect.community.hosts import host_of
from reflect.records.addresses import Address, parse_address, without_secrets
from reflect.records.textforms import one_line

# How the line of an invitation begins.
JOIN = ["reflect", "community", "join"]


@dataclass(frozen=True)
class Invitation:
    """The line to send, and sentences on what is needed."""

    name: str
    url: str
    line: str
    needs: tuple[str, ...]


def invitation(community: Community) -> Invitation:
    """Return the invitation to a community; raises ReflectError where its address is not one that can be used."""
    address = parse_address(community.membership.url, is_typed=True)
    shown = without_secrets(address.shown)
    line = f"{' '.join(JOIN)} {shlex.quote(shown)} --name {community.name}"
    return Invitation(community.name, shown, line, (_access(address, _keeper(community)), _first_time(address)))


def read_invitation(text: str) -> tuple[str, str]:
    """Return (address, name) that a pasted text says: a whole line of an invitation, or an address alone."""
    words = one_line(text).lstrip("$> ")
    try:
        parts = shlex.split(words)
    except ValueError:
        return words, ""
    if parts[: len(JOIN)] != JOIN:
        return words, ""
    said, name = parts[len(JOIN) :], ""
    if "--name" in said[:-1]:
        at = said.index("--name")
        name = said[at + 1]
        del said[at : at + 2]
    return next((each for each in said if not each.startswith("-")), ""), name


def _keeper(community: Community) -> str:
    found = [each for each in community.about.stewards if each.reach]
    return f"{found[0].role} ({found[0].reach})" if found else "you"


def _access(address: Address, keeper: str) -> str:
    if address.is_local:
        return "This place is a folder of this computer: only people who can open that folder can join."
    host = host_of(address.host)
    if host and (host.key_page or host.token_page):
        return (
            f"They need reflect, and an account at {host.name} that {keeper} let into this place: {host.members_page}."
        )
    return f"They need reflect, and a way in at {address.host}, which {keeper} give{'s' * (keeper != 'you')} them."


def _first_time(address: Address) -> str:
    if address.kind == "ssh":
        return (
            "The first time, the line shows them a key to send back or to add there; it is no secret, as is this line."
        )
    if address.kind == "https":
        return "The first time, the line tells them how to sign in there; nothing in it is secret."
    return "Nothing in the line is secret."
