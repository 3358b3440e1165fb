"""Where words occur in a text: capitals and accents do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# An accent may be a sign of its own behind its letter.
ACCENTS = "[\u0300-\u036f]*"
MOST = 5_000


class _Base(dict[int, int | str]):
    """From each sign to the plain small letter in it, worked out once; never to more than one sign."""

    def __missing__(self, code: int) -> int | str:
        sign = unicodedata.normalize("NFD", chr(code))[0].lower()
        self[code] = sign if len(sign) == 1 else code
        return self[code]


_BASE = _Base()


def plain_letters(text: str) -> str:
    """Return a text of the same length without capitals and accents, but for accents that stand alone."""
    return text.lower() if text.isascii() else text.translate(_BASE)


def places_of(words: str, lines: Iterable[str]) -> list[tuple[int, int, int]]:
    """Return where words occur as (line, start, end), the first 5,000 of them."""
    letters = [each for each in plain_letters(unicodedata.normalize("NFC", words)) if not unicodedata.combining(each)]
    if not letters:
        return []
    plain = "".join(letters)
    pattern = re.compile(ACCENTS.join(re.escape(each) for each in letters) + ACCENTS)
    found: list[tuple[int, int, int]] = []
    for number, line in enumerate(lines):
        text = plain_letters(line)
        # Most lines hold nothing, and are told by the quickest test there is.
        if plain in text or not text.isascii():
            found += [(number, *match.span()) for match in pattern.finditer(text)]
        if len(found) >= MOST:
            break
    return found[:MOST]
