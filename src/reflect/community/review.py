"""What a person sees before something leaves: the exact text, where it goes, and each flag."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from reflect.records.flags import Flag
from reflect.records.kinds import Kind
from reflect.records.record import Record, encoded


@dataclass(frozen=True)
class Review:
    """One private record as it would stand in a community.

    `destination` is the address it goes to, `readers` who can read it there, as far as that is known.
    `before` is the text it has there now, `""` where it is new, and `base` the one that `content`
    changes; `path` and `content` are exactly what leaves. `agenda_trouble` says that its agenda has no
    copy there, which has to be decided first.
    """

    source: Record
    place: str
    kind: Kind
    destination: str
    readers: str
    path: str
    content: str
    shared_id: str
    before: str
    flags: Sequence[Flag]
    replaced: Sequence[tuple[str, str]]
    dropped: Sequence[str]
    base: str = ""
    agenda_trouble: str = ""

    @property
    def open_flags(self) -> list[Flag]:
        """What still has to be settled."""
        return [each for each in self.flags if not each.resolved]

    @property
    def settled_flags(self) -> list[Flag]:
        """What was settled, and how."""
        return [each for each in self.flags if each.resolved]

    @property
    def hash(self) -> str:
        """The SHA-256 of what leaves."""
        return hash_of(encoded(self.content))


def hash_of(data: bytes) -> str:
    """Return the SHA-256 by which it is proved what left."""
    return hashlib.sha256(data).hexdigest()
