"""What every reader of a format arrives at: a file to write, under an id that the same text always gets."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256

from reflect.records.ulid import make_ulid

EPOCH = dt.datetime(1970, 1, 1)
# What follows the time in a ULID; it is made from the text alone, so it tells whether a text is in already.
DIGEST_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record about to be written to `path`, or to the next free name beside it.

    `is_kept` says that it is a record of ours, byte for byte. It has an id of its own, or none: then
    the file that stands at `path` tells whether it is in.
    """

    id: str
    path: str
    title: str
    data: bytes
    where: str
    is_kept: bool = False

    @property
    def digest(self) -> str:
        """The part of its id that comes from its text."""
        return self.id[-DIGEST_LENGTH:]


@dataclass
class Ids:
    """Gives ids that depend on a text and not on the day, the machine or the time zone of the import."""

    _seen: Counter[bytes] = field(default_factory=Counter)

    def make(self, when: dt.datetime, *parts: str) -> str:
        """Return the id of a text; the same parts a second time are another record, with another id."""
        joined = "\0".join(parts).encode("utf-8", "surrogatepass")
        number = self._seen[joined]
        self._seen[joined] += 1
        # The wall clock read as UTC: a journey between two imports must not change the id.
        milliseconds = (when.replace(tzinfo=None) - EPOCH) // dt.timedelta(milliseconds=1)
        return make_ulid(milliseconds, sha256(joined + b"\0%d" % number).digest()[:10])
