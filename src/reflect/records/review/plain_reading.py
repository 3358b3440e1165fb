"""A text as names are looked for in it: small plain letters, without what only dresses them, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

# What stands within a name and is not read: emphasis, tags, a hyphen at the end of a line, marks that are not seen.
DRESSING = re.compile(
    r"</?[A-Za-z]{1,8}/?>|-\n[ \t>]{0,4}|[*~`\\\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f]"
    r"|\ufeff|&(?:nbsp|shy|zwnj|zwj);|%20|[^\x00-\x7f]",
    re.IGNORECASE,
)
# Letters of other alphabets that look like ours.
ALIKE = str.maketrans(
    "асеіјорѕухһԁԛԝвкмнтгпиαβγειοκνρτυχϲϳ",
    "aceijopsyxhdqwbkmhtrnuabyeiokvptuxcj",
)
OPEN_TAG = re.compile(r"<(\w{1,8})>\Z")
BLANKS = {"&nbsp;": " ", "%20": " "}


@dataclass(frozen=True)
class Reading:
    """A text as it is read; `places` holds, for each of its characters, where it stands in the original."""

    original: str
    text: str
    places: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch of the original that is read as this one, with what dresses it."""
        first, last = self.places[start], self.places[end - 1] + 1
        while last < len(self.original) and unicodedata.combining(self.original[last]):
            last += 1
        # Emphasis that begins or ends within the name ends or begins beside it.
        for mark in "*_~`":
            if mark in self.original[first:last]:
                after = last
                while last < len(self.original) and self.original[last] == mark:
                    last += 1
                while last == after and first and self.original[first - 1] == mark:
                    first -= 1
        opened = OPEN_TAG.search(self.original[max(0, first - 12) : first])
        if opened and f"</{opened[1]}>" in self.original[first:last]:
            first -= len(opened[0])
        return first, last


def read(text: str) -> Reading:
    """Return a text as it is read."""
    if DRESSING.search(text) is None:
        return Reading(text, text.lower(), list(range(len(text))))
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for match in DRESSING.finditer(text):
        parts.append(text[end : match.start()].lower())
        places += range(end, match.start())
        read_as = _plain(match[0]) if len(match[0]) == 1 else BLANKS.get(match[0].lower(), "")
        parts.append(read_as)
        places += [match.start()] * len(read_as)
        end = match.end()
    parts.append(text[end:].lower())
    places += range(end, len(text))
    return Reading(text, "".join(parts), places)


@cache
def _plain(char: str) -> str:
    if char.isascii() or unicodedata.category(char) in ("Cf", "Mn"):
        return ""
    if char in "’ʼ‘":
        return "'"
    plain = "".join(each for each in unicodedata.normalize("NFKD", char) if not unicodedata.combining(each))
    return plain.casefold().translate(ALIKE)
