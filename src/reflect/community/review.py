"""What a person sees before something leaves: the exact text, where it goes, and each flag."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from reflect.records.kinds import Kind
from reflect.records.record import Record, encoded
from reflect.records.review.flag import Flag
from reflect.store.drafts import Draft


class Flagged:
    """A text that leaves once every flag in it is settled; who can read it there is known only in part."""

    destination: str
    readers: str
    content: str
    before: str
    flags: Sequence[Flag]

    @property
    def open_flags(self) -> list[Flag]:
        """What still has to be settled."""
        return [each for each in self.flags if not each.resolved]

    @property
    def settled_flags(self) -> list[Flag]:
        """What was settled, and how."""
        return [each for each in self.flags if each.resolved]


@dataclass(frozen=True)
class Change(Flagged):
    """What a draft would write into a community: `content` is all of the text, as it would stand there.

    `before` is the text that it changes, `""` for a new record.
    """

    draft: Draft
    kind: Kind
    destination: str
    readers: str
    content: str
    before: str
    flags: Sequence[Flag]


@dataclass(frozen=True)
class Review(Flagged):
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
    def hash(self) -> str:
        """The SHA-256 of what leaves."""
        return hash_of(encoded(self.content))


def readers_of(count: int) -> str:
    """Return who can read in a community, as far as it is known: how many have written, and that others may."""
    if count == 0:
        return "nobody has written there yet; whoever can open the place can read it"
    return f"{count} {'person has' if count == 1 else 'people have'} written there; whoever can open it can read it"


def hash_of(data: bytes) -> str:
    """Return the SHA-256 by which it is proved what left."""
    return hashlib.sha256(data).hexdigest()
