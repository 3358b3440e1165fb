"""People that a journal knows: their names give way to their roles, however they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from reflect.records.flags import WORD, folded_word

NOBODY_KNOWS = "a colleague"
SHORTEST_PART = 3
VOWELS = tuple("aeiou")
ARTICLES = ("a ", "an ", "the ", "our ", "my ", "one ", "un ", "una ", "el ", "la ", "nuestro ", "nuestra ")


@dataclass(frozen=True)
class Person:
    """Someone with the names that they go by and their role, `""` where none is written down."""

    names: tuple[str, ...]
    role: str = ""

    @property
    def stands_for(self) -> str:
        """What is written in place of the name: the role with an article."""
        role = " ".join(self.role.split())
        if not role:
            return NOBODY_KNOWS
        if role.lower().startswith(ARTICLES):
            return role
        return f"{'an' if role[0].lower() in VOWELS else 'a'} {role}"


class People:
    """The known people of a journal, for finding their names in texts."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._roles: dict[tuple[str, ...], str] = {}
        self._by_parts: dict[tuple[str, ...], str] = {}
        # The single words of their names, each with the role that could stand for it.
        self.parts: dict[str, str] = {}
        for person in people:
            for name in person.names:
                words = tuple(folded_word(each) for each in WORD.findall(name))
                if words:
                    self._roles.setdefault(words, person.stands_for)
                    self._by_parts.setdefault(_parts_of(" ".join(words)), person.stands_for)
                for word in words:
                    if len(word) >= SHORTEST_PART:
                        self.parts.setdefault(word, person.stands_for)
        longest_first = sorted(self._roles, key=len, reverse=True)
        self._pattern = _pattern(longest_first)

    def replaced(self, text: str, but: frozenset[str] = frozenset()) -> tuple[str, list[tuple[str, str]]]:
        """Return a text with roles in place of names, and each (name as it stood, role); those of `but` stay."""
        if self._pattern is None:
            return text, []
        flat = _flat(text)
        found: list[tuple[str, str]] = []
        parts, end = [], 0
        for match in self._pattern.finditer(flat):
            role = self._by_parts[_parts_of(match["name"])]
            name = text[match.start("name") : match.end("name")]
            if name in but:
                continue
            found.append((name, role))
            parts += [text[end : match.start()], as_begun(text, match.start(), role), "’s" if match["own"] else ""]
            end = match.end()
        return "".join([*parts, text[end:]]), list(dict.fromkeys(found))


def _parts_of(name: str) -> tuple[str, ...]:
    """Return a name in its smallest parts, however they are joined: by a blank, a dot or a hyphen."""
    return tuple(filter(None, re.split(r"[\s.\-‐]+", name)))


def _pattern(names: list[tuple[str, ...]]) -> re.Pattern[str] | None:
    if not names:
        return None
    spelled = (r"[\s.\-]{1,4}".join(re.escape(word) for word in words) for words in names)
    return re.compile(rf"(?<!\w)(?P<name>{'|'.join(spelled)})(?P<own>'s|')?(?!\w)")


def _flat(text: str) -> str:
    """Return a text of the same length in small letters without accents, so that places in both agree."""
    return "".join(map(_flat_char, text))


def _flat_char(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char in "’ʼ":
        return "'"
    plain = unicodedata.normalize("NFKD", char)[0].casefold()
    return plain if len(plain) == 1 else char


def as_begun(text: str, start: int, role: str) -> str:
    """Return a role as it is written at a place of a text: with a capital letter where a sentence begins."""
    before = text[:start].rstrip(" \t")
    begins = not before or before[-1] in ".!?\n" or text[max(0, start - 2) : start].strip(" ") in ("-", "*", "#")
    return role[0].upper() + role[1:] if begins else role
