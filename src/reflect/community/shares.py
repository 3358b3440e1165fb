"""What was shared from the vault: `.reflect/shared/<id>.toml`, one file a shared record, named by its id there."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reflect.records.toml_text import quoted
from reflect.records.ulid import is_ulid
from reflect.store.files import write_durably

FOLDER = ".reflect/shared"
KEYS = ("from", "to", "community", "day", "hash")


@dataclass(frozen=True)
class Share:
    """One record as it was last shared: `source` is its id in the vault, `id` that of its copy in `community`.

    `day` is the day of sharing, `hash` the SHA-256 of the bytes that left. `withdrawn` is the day on which
    the copy was taken out again, `""` while it stands there.
    """

    id: str
    source: str
    community: str
    day: str
    hash: str
    withdrawn: str = ""

    @property
    def path(self) -> str:
        """The file in the vault."""
        return path_of(self.id)


def path_of(shared_id: str) -> str:
    """Return the path in the vault of the file about a shared record."""
    return f"{FOLDER}/{shared_id}.toml"


def shares(root: Path) -> list[Share]:
    """Return what was shared from a vault, the latest first; a file that cannot be used counts as none."""
    folder = root / FOLDER
    paths = sorted(folder.glob("*.toml"), reverse=True) if folder.is_dir() else []
    found = [share for path in paths if (share := _read(path)) is not None]
    return sorted(found, key=lambda share: share.day, reverse=True)


def stamp(root: Path) -> int:
    """Return what changes when anything was written down here or forgotten: each file is replaced, never changed."""
    try:
        return (root / FOLDER).stat().st_mtime_ns
    except OSError:
        return 0


def write_share(root: Path, share: Share) -> str:
    """Write down what was shared and return the path of the file, which is to be committed."""
    values = {"from": share.source, "to": share.id, "community": share.community, "day": share.day, "hash": share.hash}
    values |= {"withdrawn": share.withdrawn} if share.withdrawn else {}
    write_durably(root / share.path, "".join(f"{key} = {quoted(value)}\n" for key, value in values.items()).encode())
    return share.path


class Copies:
    """Which records are one: each of the vault with its copies in communities."""

    def __init__(self, found: Iterable[Share]) -> None:
        self.all = list(found)
        self._sources: dict[str, str] = {}
        self._copies: dict[str, list[Share]] = {}
        # The latest first, so that a copy that was shared again after a withdrawal comes before the one withdrawn.
        for share in self.all:
            self._sources[share.id] = share.source
            self._copies.setdefault(share.source, []).append(share)

    def __bool__(self) -> bool:
        return bool(self._sources)

    def source_of(self, record_id: str) -> str:
        """Return the id in the vault of what a record is a copy of, its own where it is none."""
        return self._sources.get(record_id, record_id)

    def of(self, record_id: str) -> Sequence[Share]:
        """Return the copies of a record of the vault."""
        return self._copies.get(record_id, ())

    def one_with(self, record_id: str) -> list[str]:
        """Return the ids that mean the same record: the one asked for, that of the vault, those of the copies."""
        source = self.source_of(record_id)
        return list(dict.fromkeys([record_id, source, *(share.id for share in self.of(source))]))

    def ids_in(self, record_id: str, community: str) -> list[str]:
        """Return the ids of a record's copies in a community, the latest first."""
        return [share.id for share in self.of(self.source_of(record_id)) if share.community == community]


NO_COPIES = Copies(())


def _read(path: Path) -> Share | None:
    try:
        raw: Mapping[str, object] = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return None
    values = [raw.get(key) for key in KEYS]
    if not all(isinstance(each, str) and each for each in values):
        return None
    source, shared_id, community, day, digest = map(str, values)
    if not is_ulid(shared_id) or shared_id != path.stem:
        return None
    withdrawn = raw.get("withdrawn", "")
    return Share(shared_id, source, community, day, digest, withdrawn if isinstance(withdrawn, str) else "")
