"""Which ssh key opens a place: one that is there already, or one that is made for it and shown, to be sent on."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from reflect.community.hosts import Host, host_of
from reflect.errors import ReflectError, TransferFailed
from reflect.paths import private_folder
from reflect.records.addresses import Address
from reflect.store import ssh
from reflect.store.files import write_durably
from reflect.store.key_files import choose_key, chosen_key
from reflect.store.reach import Reach
from reflect.store.transfer import look

Found = TypeVar("Found")
# What a host says to a key that it does not know, or that may not do this: another key may do better.
ANOTHER_MAY = ("denied", "no-key", "key-open", "not-found", "forbidden", "read-only")
NOT_KNOWN = ("denied", "no-key", "key-open")
# A host ends the talk after about six.
MOST_TRIED = 4
USUAL = Reach()
# These are tried by ssh itself.
DEFAULT_NAMES = ("id_rsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "id_dsa")


@dataclass(frozen=True)
class Key:
    """A private key on this computer, and its public half as one line."""

    path: Path
    public: str


@dataclass(frozen=True)
class FirstMeeting:
    """What a host that was never met shows of itself: its fingerprints, and the lines by which it is known again."""

    host: str
    fingerprints: tuple[str, ...]
    lines: bytes


class KeyNeeded(ReflectError):
    """A place knows no key of this computer; `key` is the one to add there."""

    def __init__(self, key: Key, address: Address) -> None:
        self.key = key
        self.address = address
        self.host: Host | None = host_of(address.host)
        super().__init__(
            f"{address.host} does not know this computer yet: it needs the public half of a key, which is no secret.",
            f"It is in {ssh.public_path(key.path)}. Have it added there, then say the same again.",
        )

    def steps(self) -> list[str]:
        """Return what to do, in sentences, with the public half on a line of its own."""
        place = self.host.name if self.host else self.address.host
        lines = [
            f"{self.address.host} does not know this computer yet. It needs this line, the public half of a key:",
            "",
            self.key.public,
            "",
            "It is no secret: it lets others know you, and nobody become you. The other half stays on this computer.",
        ]
        if self.host and self.host.key_page:
            lines.append(f"If you have an account at {place}, add it there: {self.host.key_page}.")
            lines.append("If you have none, send it to the person who invited you.")
        else:
            lines.append(f"Send it to the person who invited you, or to whoever runs {place}.")
        return lines


class Keys:
    """The keys of one journal's places; `known_hosts` is our file of hosts, `tell` takes a sentence for the person."""

    def __init__(self, folder: Path, known_hosts: Path, home: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._known_hosts = known_hosts
        self._home = home
        self._tell = tell

    def reach(self, place: str, reach: Reach = USUAL) -> Reach:
        """Return how git reaches a place: as `reach` says, with the key that opened it before."""
        private_folder(self._known_hosts.parent)
        return replace(reach, identity_file=chosen_key(self._folder, place), known_hosts=self._known_hosts)

    def open(self, place: str, address: Address, attempt: Callable[[Reach], Found], reach: Reach = USUAL) -> Found:
        """Return what `attempt` gives with the first key that the place takes, and use that key from now on.

        Raises KeyNeeded where it takes none, and whatever else `attempt` raises.
        """
        if address.kind != "ssh":
            return attempt(self.reach(place, reach))
        failed: TransferFailed | None = None
        met = set(ssh.known_fingerprints(self._known_hosts))
        try:
            for key in self._ways(place):
                try:
                    found = attempt(replace(self.reach(place, reach), identity_file=key))
                except TransferFailed as error:
                    if error.kind not in ANOTHER_MAY:
                        raise
                    # One that the place knows, but which may not do this, tells more than one that it does not know.
                    failed = error if failed is None or failed.kind in NOT_KNOWN else failed
                else:
                    choose_key(self._folder, place, key)
                    return found
        finally:
            self._tell_of_new(address, set(ssh.known_fingerprints(self._known_hosts)) - met)
        if failed is not None and failed.kind not in NOT_KNOWN:
            raise failed
        raise KeyNeeded(self.made(place) or self.make(place, address), address) from failed

    def meet(self, address: Address, reach: Reach = USUAL) -> FirstMeeting | None:
        """Return what a host shows that was never met, None for one that is known; nothing of it is kept yet.

        Raises TransferFailed where it is not reached.
        """
        if address.kind != "ssh":
            return None
        known = self._known_hosts.read_bytes() if self._known_hosts.is_file() else b""
        with tempfile.TemporaryDirectory(prefix="reflect-") as folder:
            hosts = Path(folder) / "hosts"
            hosts.write_bytes(known)
            before = ssh.known_fingerprints(hosts)
            try:
                look(address, replace(reach, known_hosts=hosts))
            except TransferFailed as error:
                # Whom it lets in is another matter: it has shown who it is.
                if error.kind not in ANOTHER_MAY:
                    raise
            lines = hosts.read_bytes().removeprefix(known)
            shown = tuple(each for each in ssh.known_fingerprints(hosts) if each not in before)
        return FirstMeeting(address.host, shown, lines) if lines.strip() else None

    def remember(self, meeting: FirstMeeting) -> None:
        """Know a host from now on, because the person has compared what it shows; another key is refused then."""
        private_folder(self._known_hosts.parent)
        known = self._known_hosts.read_bytes() if self._known_hosts.is_file() else b""
        gap = b"" if not known or known.endswith(b"\n") else b"\n"
        write_durably(self._known_hosts, known + gap + meeting.lines)

    def made(self, place: str) -> Key | None:
        """Return the key that was made for a place, None where none was."""
        path = self._folder / place
        return Key(path, ssh.public_half(path)) if path.is_file() else None

    def of(self, place: str) -> Key | None:
        """Return the key that opens a place, None where ssh finds its own way."""
        path = chosen_key(self._folder, place)
        return Key(path, ssh.public_half(path)) if path else None

    def _ways(self, place: str) -> Iterator[Path | None]:
        """Yield the keys to try, None for those that ssh takes by itself; each once."""
        tried: list[Path | None] = []
        made = self.made(place)
        for key in (chosen_key(self._folder, place), made.path if made else None, None):
            if key not in tried:
                tried.append(key)
                yield key
        yield from self._others()

    def _others(self) -> list[Path]:
        """Return keys that the person has under names of their own, and that open without a question."""
        ours = [path for path in self._folder.glob("*") if path.suffix not in (".pub", ".use") and path.is_file()]
        theirs = [path.with_suffix("") for path in sorted((self._home / ".ssh").glob("*.pub"))]
        named = [path for path in theirs if path.name not in DEFAULT_NAMES and path.is_file()]
        return [path for path in [*ours, *named] if ssh.opens_unasked(path)][:MOST_TRIED]

    def make(self, place: str, address: Address) -> Key:
        """Make a key for a place, of a kind that its host takes; raises ReflectError."""
        host = host_of(address.host)
        path = self._folder / place
        ssh.make_key(path, f"reflect-{place}", host.key_type if host else "ed25519")
        return Key(path, ssh.public_half(path))

    def _tell_of_new(self, address: Address, fingerprints: set[str]) -> None:
        for each in sorted(fingerprints):
            self._tell(
                f"First meeting with {address.host}: its key is {each}. It is remembered, and another one will be "
                "refused. Compare it with the one that the host shows on its pages, or that its keeper tells you."
            )
