"""Why a place does not let one in, as a check of `reflect doctor`: what it is, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from reflect.community.hosts import host_of
from reflect.community.keys import NOT_KNOWN, Keys
from reflect.errors import TransferFailed
from reflect.records.addresses import Address, parse_address
from reflect.store.ssh import public_path
from reflect.vault.checkup import Check

# Not reached now, which is nothing to mend here.
ELSEWHERE = ("offline", "no-such-host", "silent", "late", "stopped", "server-error", "interrupted")
# One may be there to read only, and a place that asks for more is known when something was sent.
ONLY_READS = ("read-only", "protected", "hook", "checked-out")


@dataclass(frozen=True)
class Doors:
    """Explains why places stay closed; with `fix`, a key is made where one is missing."""

    keys: Keys
    fix: bool

    def not_reached(self, title: str, place: str, url: str, error: TransferFailed) -> Check:
        """Return the check, called `title`, of a place that was not reached."""
        if error.kind in ELSEWHERE:
            return Check(title, False, error.message, error.hint, is_damage=False)
        address = parse_address(url, is_typed=True)
        fix = error.hint
        if address.kind == "ssh" and error.kind in NOT_KNOWN:
            fix = self._with_key(place, address)
        elif error.kind in ("sign-in", "forbidden"):
            host = host_of(address.host)
            fix = f"{fix} A token is made there: {host.token_page}." if host else fix
        return Check(title, False, error.message, fix, error.kind not in ONLY_READS)

    def _with_key(self, place: str, address: Address) -> str:
        """Return where the public half of the key for a place stands and goes."""
        key = self.keys.of(place) or self.keys.made(place)
        if key is None and not self.fix:
            return "reflect doctor --fix makes a key for it, which is then added there."
        key = key or self.keys.make(place, address)
        host = host_of(address.host)
        where = f"at {host.name}: {host.key_page}" if host else f"by whoever keeps {address.host}"
        return f"Have the line in {public_path(key.path)} added {where}."
