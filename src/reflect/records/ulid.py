"""ULIDs: 26 characters that sort by the millisecond they were made in (github.com/ulid/spec)."""

from __future__ import annotations

import datetime as dt
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
ULID = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def make_ulid(milliseconds: int, randomness: bytes) -> str:
    """Return the ULID of a time since 1970 in milliseconds and ten bytes of randomness."""
    if len(randomness) != 10:
        raise ValueError("a ULID takes ten bytes of randomness")
    # A clock before 1970 or far beyond still has to give a well-formed name.
    clamped = min(max(milliseconds, 0), 2**48 - 1)
    number = clamped << 80 | int.from_bytes(randomness, "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))


def made_at(ulid: str) -> dt.datetime:
    """Return when a ULID was made, in universal time; one beyond all calendars was made at their end."""
    milliseconds = 0
    for letter in ulid[:10]:
        milliseconds = milliseconds << 5 | ALPHABET.index(letter)
    try:
        return dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(milliseconds=milliseconds)
    except OverflowError:
        return dt.datetime.max.replace(tzinfo=dt.UTC)


def is_ulid(text: str) -> bool:
    """Say whether the text is one well-formed ULID, in capitals."""
    return ULID.fullmatch(text) is not None
