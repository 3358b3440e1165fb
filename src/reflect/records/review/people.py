"""People that a journal knows: their names give way to their roles, however they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from reflect.records.review.name_words import PARTICLES, TITLES, NameWords, folded_word, words_in
from reflect.records.review.plain_reading import read
from reflect.records.review.sentences import Place, place_of

NOBODY_KNOWS = "a colleague"
SHORTEST_PART = 3
# So long, a name is known with its words written together, and within a longer word.
JOINED_LENGTH, EMBEDDED_LENGTH = 6, 10
LONGEST_WORD = 200
VOWELS = tuple("aeiou")
ARTICLES = ("a ", "an ", "the ", "our ", "my ", "one ", "un ", "una ", "el ", "la ", "nuestro ", "nuestra ")
WORDS = re.compile(r"[^\W\d_]+")
# After a family name.
GENERATIONS = frozenset(("jr", "ii", "iii", "iv"))
BETWEEN = r"[\s._\-‐-―…/+'\"()\[\]&:|>]"
GAP = BETWEEN + "{1,6}"
INITIAL = re.compile(r"(?<![\w.])[A-ZÀ-Þ]\.?(?:[ \t]?[A-ZÀ-Þ]\.?){1,3}(?![\w.])")
# Letters that stand for something in every school, whoever has them as initials.
SHORT_FORMS = words_in(
    "AP PD IT HR PE EL ML SE UK US AM PM OK TV ID DC CA NY LA AI PR VP GT IB SS LD CC QA PS RN MS MA BA TA PO"
)
TITLE_BEFORE = re.compile(r"(?<![^\W_])([^\W\d_]{1,15})\.?[ \t\u00a0\n]{1,2}\Z")
# Within a name it may be left out: O'Neil, ONeil.
APOSTROPHE = re.compile(r"(?<=\w)['’ʼ‘](?=\w)")
JOINED_BEFORE = re.compile(r"[^\W\d_][-‐‑]\Z")
JOINED_AFTER = re.compile(r"[-‐‑]([^\W\d_])")
CAPITAL_AFTER = re.compile(r"[*_]{0,2}[ \t]([^\W\d_]+)")


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


class Known(NamedTuple):
    """A known name in a text: its place, the role for it, and whether it is surely this name."""

    start: int
    end: int
    role: str
    is_sure: bool


class People:
    """The known people of a journal, for finding their names in texts."""

    def __init__(self, people: Iterable[Person], words: NameWords) -> None:
        self._words = words
        self._roles: dict[tuple[str, ...], str] = {}
        self._by_last: dict[str, list[tuple[str, ...]]] = {}
        self._joined: dict[str, list[tuple[str, ...]]] = {}
        self._embedded: dict[str, tuple[str, ...]] = {}
        self._initials: dict[str, str] = {}
        # The single words of their names, each with the role that could stand for it.
        self.parts: dict[str, str] = {}
        for person in people:
            for name in person.names:
                for spelled in dict.fromkeys((name, APOSTROPHE.sub("", name))):
                    self._add(spelled, person.stands_for)
        # A role that names someone would only put one name in place of another.
        naming = {role for role in set(self._roles.values()) if next(self.find(role), None) is not None}
        self._roles = {tokens: NOBODY_KNOWS if role in naming else role for tokens, role in self._roles.items()}
        self.parts = {part: NOBODY_KNOWS if role in naming else role for part, role in self.parts.items()}

    def _add(self, name: str, role: str) -> None:
        tokens = tuple(WORDS.findall(read(name).text))
        while len(tokens) > 1 and tokens[-1] in GENERATIONS:
            tokens = tokens[:-1]
        if not tokens or all(token in TITLES for token in tokens):
            return
        # Where two people bear one name, nothing says whose role it is.
        known = self._roles.get(tokens, role)
        self._roles[tokens] = role if known == role else NOBODY_KNOWS
        self._by_last.setdefault(tokens[-1], []).append(tokens)
        for part in tokens:
            if len(part) >= SHORTEST_PART and part not in TITLES and part not in PARTICLES:
                self.parts[part] = role if self.parts.get(part, role) == role else NOBODY_KNOWS
        if len(tokens) > 1 and tokens[0] not in TITLES:
            letters = "".join(token[0] for token in tokens if token not in PARTICLES)
            self._initials.setdefault(letters.upper(), NOBODY_KNOWS)
            for each in ("".join(tokens), tokens[-1] + tokens[0], tokens[0][0] + tokens[-1]):
                if len(each) >= JOINED_LENGTH:
                    self._joined.setdefault(each, []).append(tokens)
                if len(each) >= EMBEDDED_LENGTH and each[1:] != tokens[-1]:
                    self._embedded[each] = tokens

    def find(self, text: str) -> Iterator[Known]:
        """Yield the known names in a text, in their order and none over another, however they are written."""
        if not self._roles:
            return
        reading = read(text)
        pattern, named = self._pattern(reading.text)
        if pattern is not None:
            for match in pattern.finditer(reading.text):
                tokens = next(each for number, each in enumerate(named) if match[f"n{number}"])
                known = self._judged(text, tokens, *reading.span(*match.span()))
                if known is not None:
                    yield known
        yield from self._by_initials(text)

    def replaced(self, text: str, but: frozenset[str] = frozenset()) -> tuple[str, list[tuple[str, str]]]:
        """Return a text with roles in place of names, and each (name as it stood, role); those of `but` stay."""
        found: list[tuple[str, str]] = []
        parts, end = [], 0
        for each in self.find(text):
            name = text[each.start : each.end]
            if not each.is_sure or name in but:
                continue
            found.append((name, each.role))
            parts += [text[end : each.start], as_begun(text, each.start, each.role)]
            end = each.end
        return "".join([*parts, text[end:]]), list(dict.fromkeys(found))

    def _judged(self, text: str, tokens: tuple[str, ...], start: int, end: int) -> Known | None:
        role, written = self._roles[tokens], text[start:end]
        # The name goes on, or a word is made of it: al-Rashid is not Al.
        goes_on = JOINED_AFTER.match(text, end)
        is_sure = JOINED_BEFORE.search(text[max(0, start - 2) : start]) is None
        is_sure = is_sure and (goes_on is None or (len(tokens) > 1 and goes_on[1].islower()))
        if len(tokens) == 1 and is_sure:
            is_word = len(tokens[0]) < SHORTEST_PART or self._words.is_everyday(tokens[0])
            if is_word and not written[0].isupper():
                return None
            is_plain = not is_word or (written[1:].islower() and place_of(text, start) is Place.INSIDE)
            is_sure = is_plain and not self._has_another_name(text, end)
        begins = self._with_title(text, start) if is_sure else start
        return Known(begins, end, role, is_sure)

    def _has_another_name(self, text: str, end: int) -> bool:
        after = CAPITAL_AFTER.match(text, end)
        if after is None or not after[1][0].isupper() or after[1].isupper():
            return False
        word = folded_word(after[1])
        return not self._words.is_everyday(word) or word in self.parts

    @staticmethod
    def _with_title(text: str, start: int) -> int:
        """Return where a name begins with the title before it, if there is one."""
        before = TITLE_BEFORE.search(text[max(0, start - 24) : start])
        if before is None or folded_word(before[1]) not in TITLES or not before[1][0].isupper():
            return start
        return start - len(before[0])

    def _pattern(self, text: str) -> tuple[re.Pattern[str] | None, list[tuple[str, ...]]]:
        # Most names stand nowhere in a text; only the others become part of a pattern.
        words = set(WORDS.findall(text))
        present = {tokens for last in words & self._by_last.keys() for tokens in self._by_last[last]}
        present |= {tokens for joined in words & self._joined.keys() for tokens in self._joined[joined]}
        long_words = " ".join(
            word for word in words if EMBEDDED_LENGTH < len(word) <= LONGEST_WORD and not self._words.is_everyday(word)
        )
        if long_words:
            present |= {tokens for each, tokens in self._embedded.items() if each in long_words}
        if not present:
            return None, []
        named = sorted(present, key=lambda tokens: (-len(tokens), -len("".join(tokens)), tokens))
        spelled = "|".join(f"(?P<n{number}>{_forms(tokens)})" for number, tokens in enumerate(named))
        return re.compile(spelled), named

    def _by_initials(self, text: str) -> Iterator[Known]:
        for match in INITIAL.finditer(text):
            letters = "".join(filter(str.isalpha, match[0]))
            if letters in self._initials and match[0] not in SHORT_FORMS and len(match[0].split()) <= len(letters):
                if " " in match[0] and "." not in match[0]:
                    continue
                yield Known(match.start(), match.end(), self._initials[letters], False)


def _forms(tokens: tuple[str, ...]) -> str:
    """Return the ways to write one name, as a pattern over a text as it is read."""
    first, middle, last = tokens[0], tokens[1:-1], tokens[-1]
    edge, no_edge = r"(?<![^\W\d_])", r"(?![^\W\d_])"
    if len(tokens) == 1:
        return f"{edge}{first}{no_edge}"
    inner = "".join(f"(?:{each}{GAP})?" for each in middle)
    initials = rf"(?:[^\W\d_]\.?{GAP}){{0,2}}"
    after = GAP.join(middle) if middle else r"[^\W\d_]\.?"
    forms = [
        f"{edge}{first}{GAP}{inner}{initials}{last}{no_edge}",
        rf"{edge}{last},?\s{{1,3}}{first}{no_edge}(?:\s{after}{no_edge})?",
    ]
    if first not in TITLES:
        forms.append(rf"{edge}{first[0]}(?:\.{BETWEEN}{{0,2}}|{BETWEEN}{{1,2}})(?:[^\W\d_]\.\s?){{0,2}}{last}{no_edge}")
        if len(first[0] + last) >= JOINED_LENGTH:
            forms.append(f"{edge}{first[0]}{last}{no_edge}")
    joined, swapped = "".join(tokens), last + first
    if len(joined) >= EMBEDDED_LENGTH:
        forms += [joined, swapped]
    elif len(joined) >= JOINED_LENGTH:
        forms += [f"{edge}{joined}{no_edge}", f"{edge}{swapped}{no_edge}"]
    return "|".join(forms)


def as_begun(text: str, start: int, role: str) -> str:
    """Return a role as it is written at a place of a text: with a capital letter where a sentence begins."""
    before = text[:start].rstrip(" \t") if start < 200 else text[start - 200 : start].rstrip(" \t")
    begins = not before or before[-1] in ".!?\n" or text[max(0, start - 2) : start].strip(" ") in ("-", "*", "#")
    return role[0].upper() + role[1:] if begins else role
