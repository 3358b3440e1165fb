"""Words that are likely the names of people: by their capitals and their place, a title before them, or a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from reflect.records.review.flag import KNOWN, NAME, UNREADABLE, Found
from reflect.records.review.name_words import (
    FAMILY_NAMES,
    GIVEN_EVERYDAY,
    JOINED_PARTICLES,
    MONTHS_AND_DAYS,
    PARTICLES,
    SMALL_WORDS,
    SPANISH_ENDING,
    TITLES,
    WORD,
    NameWords,
    folded_word,
    is_spanish,
    without_possessive,
    words_in,
)
from reflect.records.review.sentences import Place, place_of
from reflect.records.review.small_names import SmallNames

Words = Sequence[re.Match[str]]

INITIALS = re.compile(r"(?<![\w.])(?:[A-ZÀ-Þ]\.[ \t]?){2,4}(?=[^\w]|\Z)")
SHORTENED = words_in(
    "U.S. U.K. P.E. P.D. D.C. I.D. P.S. L.A. N.Y. Q.A. U.N. A.M. P.M. B.A. M.A. A.P. H.R. I.T. E.L. C.P."
)
# Scripts without capitals: every word in them may be a name.
_CASELESS = (
    r"\u0590-\u08ff\u0900-\u109f\u0e00-\u0eff\u1100-\u11ff\u1200-\u137f\u1780-\u17ff"
    r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
)
CASELESS = re.compile(f"[{_CASELESS}]+(?:[ \u200c·・][{_CASELESS}]+){{0,3}}")
OTHER_ALPHABET = re.compile(r"[\u0370-\u058f\u1c80-\u1c8f]")
MIXED = re.compile(r"(?<!\w)\w{0,40}?(?:[A-Za-z][\u0370-\u052f]|[\u0370-\u052f][A-Za-z])\w{0,40}")
BEFORE_A_MONTH = re.compile(
    r"(?:\b(?:in|on|by|of|from|to|through|since|until|till|before|after|during|last|next|this|each|every|early|mid|late|and"
    r"|en|de|desde|hasta)|\d(?:st|nd|rd|th)?),?\s\Z",
    re.IGNORECASE,
)
LISTED = re.compile(r",?[ \t](?:and|or|y|&)[ \t]|,[ \t]|/")
# So many words are one name at most.
MOST_WORDS = 12
# Those that are no words of English or Spanish.
PARTICLES_BEFORE = re.compile(r"(?<!\w)(?:van (?:de[rn]? )?|von (?:der )?|bin |ibn |bint |der |ter |abu )\Z")
HEADING = re.compile(r"(?:\A|\n)[ \t>]{0,8}#{1,6}[ \t][^\n]{0,200}\Z")


class LikelyNames:
    """Finds likely names. `own_words` name nobody here; `known` are parts of known names, each with a role."""

    def __init__(self, words: NameWords, own_words: Set[str], known: Mapping[str, str]) -> None:
        self._words = words
        self._own = own_words | MONTHS_AND_DAYS
        self._no_start = SMALL_WORDS | self._own
        self._known = known
        self._small = SmallNames(words, self._own, known)

    def find(self, text: str, said: Set[str] = frozenset(), is_title: bool = False) -> Iterator[Found]:
        """Yield the likely names in a text.

        `said` are folded words of names that were settled: alone at the start of a sentence they are names, too.
        A title may have a capital at each of its words.
        """
        self._is_title, self._is_spanish = is_title, is_spanish(text)
        waiting: list[Found] = []
        ends: dict[int, int] = {}
        evidence = {word for word in said if len(word) > 2}
        for run in self._runs(text):
            for found, is_sure in self._in_run(text, run):
                if is_sure:
                    yield found
                    ends[found.start] = found.end
                    evidence |= self._evidence(found.text)
                else:
                    waiting.append(found)
        for each in waiting:
            if folded_word(each.text) in evidence or _is_listed(text, each.end, ends):
                yield each
        yield from self._small.find(text, evidence, self._is_spanish)
        yield from self._capitals(text)
        for match in INITIALS.finditer(text):
            if "".join(match[0].split()) not in SHORTENED and not re.match(r"[ \t]?[A-ZÀ-Þ]", text[match.end() :][:2]):
                yield Found(NAME, match.start(), match[0].strip())
        if not text.isascii():
            yield from _other_scripts(text)

    def _evidence(self, name: str) -> set[str]:
        words = [folded_word(each) for each in WORD.findall(name)]
        return {each for each in words if len(each) > 2 and each not in self._no_start and each not in TITLES}

    def _runs(self, text: str) -> Iterator[Words]:
        """Yield capitalized words that stand together."""
        run: list[re.Match[str]] = []
        for match in WORD.finditer(text):
            if not run:
                run = [match] if self._may_begin(match[0]) else []
                continue
            if len(run) < MOST_WORDS and self._goes_on(text, run[-1], match):
                run.append(match)
                continue
            yield run
            run = [match] if self._may_begin(match[0]) else []
        if run:
            yield run

    def _goes_on(self, text: str, before: re.Match[str], word: re.Match[str]) -> bool:
        between = text[before.end() : word.start()]
        if not between or len(between) > 6:
            return False
        is_point_fine = len(before[0]) == 1 or folded_word(before[0]) in TITLES
        bare = between.replace("*", "").replace("_", "").strip(" \t\u00a0")
        if bare not in (("", ".") if is_point_fine else ("",)) and (
            between.count("\n") != 1 or between.strip(" \t\n>")
        ):
            return False
        written = word[0]
        if written.isupper() and len(written) > 1:
            return len(written) > 2 and folded_word(before[0]) in self._words.given
        return self._may_begin(written) or folded_word(written) in PARTICLES

    @staticmethod
    def _may_begin(word: str) -> bool:
        if word[0].isupper():
            return not (len(word) > 1 and word.isupper())
        return _is_joined_name(word)

    def _in_run(self, text: str, run: Words) -> Iterator[tuple[Found, bool]]:
        """Yield what of some capitalized words in a row is a name, and whether that is sure."""
        run = list(run)
        while run and (run[-1][0] == "I" or (folded_word(run[-1][0]) in PARTICLES and not run[-1][0][0].isupper())):
            run.pop()
        if not run:
            return
        place = place_of(text, run[0].start())
        run, place = self._without_first(text, run, place)
        while run and folded_word(run[-1][0]) in self._own and not self._is_surname_of_given(run):
            run.pop()
        if not run:
            return
        words = [folded_word(each[0]) for each in run]
        start = _with_particles(text, run[0].start())
        name = without_possessive(text[start : run[-1].end()])
        suggestion = next((self._known[each] for each in words if each in self._known), "")
        if len(run) > 1:
            if not self._is_headline(text, run, words):
                yield Found(NAME, start, name, suggestion), True
            return
        word = words[0]
        if word in self._known:
            yield Found(KNOWN, start, name, suggestion), True
        elif self._words.is_given(word):
            yield Found(NAME, start, name), True
        elif word not in TITLES and len(word) > 1 and not self._is_of_own(word):
            yield Found(NAME, start, name), self._is_sure(run[0][0], word, place)

    def _is_sure(self, written: str, word: str, place: Place) -> bool:
        if place is Place.INSIDE:
            return not self._is_title or not self._words.is_everyday(word)
        if self._words.is_everyday(word) or word in self._own:
            return False
        if place is Place.LABEL:
            return True
        if OTHER_ALPHABET.match(written):
            return False
        return not (self._is_spanish and SPANISH_ENDING.search(word)) or word in FAMILY_NAMES

    def _without_first(self, text: str, run: list[re.Match[str]], place: Place) -> tuple[list[re.Match[str]], Place]:
        """Return the words without those that only begin the sentence, and where the others stand."""
        while run:
            word = folded_word(run[0][0])
            is_month = word in GIVEN_EVERYDAY and len(run) > 1 and word in MONTHS_AND_DAYS
            if is_month and not BEFORE_A_MONTH.search(text[max(0, run[0].start() - 12) : run[0].start()]):
                break
            is_opener = (
                place is not Place.INSIDE
                and len(run) > 1
                and self._is_word(word)
                and (len(run) > 2 or self._words.is_given(folded_word(run[1][0])) or folded_word(run[1][0]) in TITLES)
            )
            if word not in self._no_start and not is_opener:
                break
            run, place = run[1:], Place.INSIDE
        return run, place

    def _is_word(self, word: str) -> bool:
        """Say whether a word is everyday language and no name besides."""
        no_name = word not in TITLES and word not in GIVEN_EVERYDAY and word not in self._known
        return no_name and self._words.is_everyday(word) and not self._words.is_given(word)

    def _is_of_own(self, word: str) -> bool:
        """Say whether a word is made of one that names nobody here: English-speaking."""
        parts = word.split("-")
        return any(each in self._own for each in parts) and all(
            each in self._own or self._words.is_everyday(each) for each in parts
        )

    def _is_surname_of_given(self, run: list[re.Match[str]]) -> bool:
        is_both = folded_word(run[-1][0]) in GIVEN_EVERYDAY
        return is_both and len(run) > 1 and self._words.is_given(folded_word(run[-2][0]))

    def _is_headline(self, text: str, run: Words, words: Sequence[str]) -> bool:
        """Say whether these are the words of a heading, each with its capital."""
        if not all(self._is_word(each) or each in self._own for each in words):
            return False
        if all(each in self._own for each in words):
            return True
        return self._is_title or HEADING.search(text[max(0, run[0].start() - 210) : run[0].start()]) is not None

    def _capitals(self, text: str) -> Iterator[Found]:
        """Yield names among words in capitals only, which are else short forms and cries."""
        before: re.Match[str] | None = None
        for match in WORD.finditer(text):
            written = match[0]
            if len(written) < 2 or not written.isupper():
                before = None
                continue
            word = folded_word(written)
            after_name = before is not None and text[before.end() : match.start()].strip(" \t") == ""
            is_name = word in self._known or (len(word) > 3 and word in self._words.given)
            is_rare = not self._words.is_everyday(word) and word not in self._own
            if is_name or (len(word) > 5 and is_rare) or (after_name and len(word) > 2 and is_rare):
                what = KNOWN if word in self._known else NAME
                yield Found(what, match.start(), without_possessive(written), self._known.get(word, ""))
                before = match
            else:
                before = match if len(word) > 2 and word in self._words.given else None


def _is_joined_name(word: str) -> bool:
    """Say whether a word begins small and holds a name: al-Rashid, d’Angelo, deShawn."""
    if word.islower() or word[0].isupper():
        return False
    first, *others = re.split("['’ʼ‐‑-]", word)
    if others:
        return folded_word(first) in JOINED_PARTICLES and others[0][:1].isupper()
    return len(word) > 4 and word[0] not in "ie" and word[1:3].lower() == word[1:3] and not word[1:].isupper()


def _is_listed(text: str, end: int, ends: Mapping[int, int]) -> bool:
    """Say whether a word that ends here is the first of several names: Brown, Young and Park."""
    link = LISTED.match(text, end)
    if link is None or link.end() not in ends:
        return False
    return link[0].strip() != "," or LISTED.match(text, ends[link.end()]) is not None


def _with_particles(text: str, start: int) -> int:
    """Return where a name begins with the small words before it, such as van der Berg."""
    before = PARTICLES_BEFORE.search(text[max(0, start - 12) : start])
    return start - len(before[0]) if before else start


def _other_scripts(text: str) -> Iterator[Found]:
    for match in MIXED.finditer(text):
        yield Found(NAME, match.start(), match[0])
    found = list(CASELESS.finditer(text))
    if not found:
        return
    letters = sum(char.isalpha() for char in text)
    if sum(len(each[0]) for each in found) * 2 > letters:
        # A whole text in such a script: nothing tells a name in it, and that is said once.
        yield Found(UNREADABLE, found[0].start(), found[0][0])
        return
    yield from (Found(NAME, each.start(), each[0]) for each in found)
