"""Can anyone read a place? Asked as nobody, before a journal goes there: a host's page may have been set to public."""

from __future__ import annotations

from dataclasses import replace

from reflect.community.hosts import host_of
from reflect.errors import ReflectError
from reflect.records.addresses import Address, parse_address
from reflect.store.reach import Reach
from reflect.store.transfer import look

# Seconds: nobody waits long for an answer that is mostly no.
PATIENCE = 10.0


def refuse_public(address: Address, reach: Reach) -> None:
    """Raise ReflectError for a place that opens for someone who does not sign in; says nothing where it is unknown."""
    if is_public(address, reach):
        raise ReflectError(
            f"Anyone can read {address.shown} without signing in, so no copy of your journal is kept there.",
            "Make that place private on its host's page, then say the same again.",
        )


def is_public(address: Address, reach: Reach) -> bool:
    """Say whether a place is known to open for someone who does not sign in."""
    web = _web_address(address)
    if web is None:
        return False
    try:
        look(web, replace(reach, is_nobody=True, patience=PATIENCE, seconds=PATIENCE))
    except ReflectError:
        return False
    return True


def _web_address(address: Address) -> Address | None:
    """Return where a place is read on the web, None where it is not known to be."""
    if address.kind in ("https", "http"):
        return address
    if address.kind == "ssh" and host_of(address.host) is not None:
        return parse_address(f"https://{address.host}/{address.path.strip('/')}")
    return None
