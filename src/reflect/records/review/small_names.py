"""Names in small letters: behind a title, as a label, parts of names that are known, common given names, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set

from reflect.records.review.flag import KNOWN, NAME, Found
from reflect.records.review.name_words import (
    LETTER,
    SHORT_TITLES,
    SMALL_WORDS,
    SPANISH_ENDING,
    TITLES,
    WORD,
    WORDS_ELSEWHERE,
    NameWords,
    folded_word,
    without_possessive,
)

_TITLE = "|".join(sorted(TITLES, key=len, reverse=True))
_PARTICLE = r"(?:(?:de la|de los|de|del|van der|van den|van|von|al|el|bin|ibn|da|dos|di|st\.?) )?"
IN_SMALL = re.compile(
    rf"(?=[^\W\d_])(?<!\w)(?P<title>{_TITLE})(?P<point>\.?)[ \t\u00a0]{{0,2}}\n?[ \t>]{{0,3}}(?<=[\s.>])"
    rf"(?P<name>(?!(?:{_TITLE})(?!\w)){_PARTICLE}(?:[^\W\d_]\.\s?)?(?P<word>{LETTER}{{2,}}+(?:['’\-]{LETTER}+)*+))",
    re.IGNORECASE,
)
LABELS = re.compile(r"^[ \t>*_\-+\"]{0,8}(?P<word>[^\W\d_A-Z]{3,30}):(?=[\s*_\"])", re.MULTILINE)
SAID_NAMES = re.compile(
    r"(?<!\w)(?i:name|nombre|student|alumn[oa]|teacher|parent|mother|father|principal|by|from|to|cc|attn|dear)[\"']?\s?:\s{0,4}"
    r"[\"']?(?P<word>[^\W\d_A-Z]{3,30})(?![\w:])"
)


class SmallNames:
    """Finds names without a capital; `own_words` name nobody here, `known` are parts of known names with a role."""

    def __init__(self, words: NameWords, own_words: Set[str], known: Mapping[str, str]) -> None:
        self._words = words
        self._own = own_words
        self._known = known

    def find(self, text: str, evidence: Set[str], is_spanish: bool) -> Iterator[Found]:
        """Yield the names in small letters; `evidence` are words that were names elsewhere."""
        self._is_spanish = is_spanish
        yield from self._after_titles(text)
        yield from self._after_labels(text)
        rare = {word for word in evidence if not self._words.is_everyday(word) and word not in self._own}
        for match in WORD.finditer(text):
            written = match[0]
            if written[0].islower() and len(written) > 2:
                word = folded_word(written)
                if word in self._known or word[:-1] in self._known:
                    part = word if word in self._known else word[:-1]
                    if not self._words.is_everyday(part) and word not in self._own:
                        yield Found(KNOWN, match.start(), without_possessive(written), self._known[part])
                elif word in rare or self._is_small_given(word) or self._is_rare_after_apostrophe(word):
                    yield Found(NAME, match.start(), without_possessive(written))

    def find_in_tag(self, tag: str) -> Iterator[Found]:
        """Yield the whole of a tag where a word of it may name someone: it has no capitals and no sentence."""
        words = [folded_word(each[0]) for each in WORD.finditer(tag.replace("-", " ").replace("_", " "))]
        for word in words:
            is_rare = len(word) > 5 and not self._words.is_everyday(word)
            if word not in self._own and (word in self._known or word in self._words.given or is_rare):
                yield Found(KNOWN if word in self._known else NAME, 0, tag, self._known.get(word, ""))
                return

    def _after_titles(self, text: str) -> Iterator[Found]:
        for match in IN_SMALL.finditer(text):
            word, title = folded_word(match["word"]), folded_word(match["title"])
            if match["word"][0].isupper() or word in SMALL_WORDS:
                continue
            is_short = title in SHORT_TITLES and match["point"]
            is_spanish_word = self._is_spanish and SPANISH_ENDING.search(word)
            if is_short or not (self._words.is_everyday(word) or word in self._own or is_spanish_word):
                role = self._known.get(word, "")
                yield Found(NAME, match.start(), without_possessive(match[0]), role)

    def _after_labels(self, text: str) -> Iterator[Found]:
        """Yield names in small letters that are labels, or stand behind one that says so."""
        for match in (*LABELS.finditer(text), *SAID_NAMES.finditer(text)):
            word = folded_word(match["word"])
            is_spanish_word = self._is_spanish and SPANISH_ENDING.search(word)
            if len(word) > 3 and not (self._words.is_everyday(word) or word in self._own or is_spanish_word):
                yield Found(NAME, match.start("word"), match["word"], self._known.get(word, ""))

    def _is_small_given(self, word: str) -> bool:
        is_given = len(word) > 3 and word in self._words.given
        return is_given and word not in WORDS_ELSEWHERE and word not in self._own and not self._words.is_everyday(word)

    def _is_rare_after_apostrophe(self, word: str) -> bool:
        """Say whether a word is a name such as o'neill or d'angelo."""
        return word[:2] in ("o'", "d'") and len(word) > 4 and not self._words.is_everyday(word[2:])
