"""What the usual hosts of shared places call their pages: for a key, for a token, for who may send."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from reflect.store.shipped import DATA


@dataclass(frozen=True)
class Host:
    """One host, or one sort of host, and the words on its pages; `""` where it has no such page."""

    name: str
    key_page: str
    token_page: str
    token_needs: str
    token_user: str
    members_page: str
    deploy_page: str = ""
    key_type: str = "ed25519"
    domains: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    def is_at(self, domain: str) -> bool:
        """Say whether a name of a computer is this host's; a host of one's own is known by its first word."""
        is_own = any(domain == each or domain.endswith(f".{each}") for each in self.domains)
        return is_own or domain.split(".", 1)[0].startswith(self.prefixes or ("\0",))


@cache
def hosts() -> tuple[Host, ...]:
    """Return the hosts that are known."""
    found = []
    for table in tomllib.loads((DATA / "hosts.toml").read_text("utf-8"))["host"]:
        values: dict[str, Any] = {
            key: tuple(value) if isinstance(value, list) else value for key, value in table.items()
        }
        found.append(Host(**values))
    return tuple(found)


def host_of(domain: str) -> Host | None:
    """Return what is known of the host with this name, None where nothing is."""
    return next((each for each in hosts() if each.is_at(domain.lower())), None)
