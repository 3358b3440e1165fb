"""Who writes in a community, as its history and its own file tell; who may send is known to its host alone."""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass

from reflect.community.communities import Community
from reflect.community.hosts import host_of
from reflect.records.addresses import Address
from reflect.records.community_file import About
from reflect.records.textforms import as_seen, folded, one_line


@dataclass(frozen=True)
class Member:
    """A person there is a commit address. `names` are those they used, the latest first; days as they wrote them.

    `is_doubtful`: another address uses one of these names. `keys` are fingerprints of the keys that the community
    lists for them.
    """

    address: str
    names: tuple[str, ...]
    first: str
    last: str
    records: int = 0
    keys: tuple[str, ...] = ()
    is_self: bool = False
    is_doubtful: bool = False

    @property
    def short_address(self) -> str:
        """The part of the address by which a person is told apart."""
        return self.address.partition("@")[0][:12]


def members(community: Community, records: Mapping[str, int]) -> list[Member]:
    """Return who wrote in a community, the latest first; `records` are the numbers of records by owner's address."""
    used: dict[str, list[tuple[str, str]]] = {}
    if community.is_here and community.repository.tip():
        output = community.repository.git.run("log", "--no-merges", "--format=%ae%x1f%an%x1f%as", "refs/heads/main")
        for line in output.decode("utf-8", "replace").removesuffix("\n").split("\n"):
            address, name, day = ([*line.split("\x1f"), "", ""])[:3]
            used.setdefault(one_line(address), []).append((one_line(name), day))
    claims: dict[str, set[str]] = {}
    for address, seen in used.items():
        for name, _ in seen:
            claims.setdefault(as_seen(name), set()).add(address)
    found = []
    for address, seen in used.items():
        names, days = tuple(dict.fromkeys(name for name, _ in seen)), sorted(day for _, day in seen)
        found.append(
            Member(
                address,
                names,
                days[0],
                days[-1],
                records.get(address, 0),
                _keys(community.about, address, names),
                address == community.membership.address,
                any(len(claims[as_seen(name)]) > 1 for name in names),
            )
        )
    return sorted(found, key=lambda each: (each.last, each.records), reverse=True)


def who_can_send(address: Address) -> str:
    """Return in a sentence or two who may send to a place, as far as can be known from here."""
    if address.is_local:
        return "Everyone who may write in that folder of this computer, or of the drive that it is on, can send."
    host = host_of(address.host)
    if host is None:
        return f"Everyone whose key or sign-in {address.host} takes can send. Whoever runs it has the list."
    return f"Everyone whom {host.name} lets in can send. The list is there: {host.members_page}."


def how_to_take_away(address: Address) -> str:
    """Return how a steward takes away what lets a person send."""
    if address.is_local:
        return "To take that away, change who may write in the folder."
    host = host_of(address.host)
    if host is None:
        return (
            f"To take a key away, remove its line from the file authorized_keys on {address.host}, or ask its keeper."
        )
    deploy = f" Keys of the place itself: {host.deploy_page}." if host.deploy_page else ""
    return f"To take someone's access away, remove them there.{deploy}"


def fingerprint(key: str) -> str:
    """Return the fingerprint of a public key, as ssh shows it; `""` where it has none."""
    try:
        data = b64decode(key.split()[1], validate=True)
    except (ValueError, IndexError):
        return ""
    return "SHA256:" + b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")


def _keys(about: About, address: str, names: tuple[str, ...]) -> tuple[str, ...]:
    wanted = {folded(address), *map(folded, names)}
    return tuple(filter(None, (fingerprint(key.ssh) for key in about.keys if folded(key.author) in wanted)))
