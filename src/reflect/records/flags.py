"""What in a text may name someone: names, addresses, numbers, quotations. Found, never judged: a person decides."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

NAME, KNOWN, MAIL, PHONE, ADDRESS = "likely name", "a name you know", "e-mail", "phone number", "address"
NUMBER, LINK, QUOTE, FILE, HIDDEN = "long number", "link", "quotation", "file", "hidden text"
FEW = "fewer than ten people"
LONGEST_QUOTE = 25
NEAR = 400

WORD = re.compile(r"[^\W\d_]+(?:['’ʼ\-‐][^\W\d_]+)*")
# Between two parts of one name.
_PARTICLES = "de del la las los da das do dos di van von der den bin ibn al el y e"
PARTICLES = frozenset(_PARTICLES.split())
_TITLES = (
    "mr mrs ms miss mx dr prof professor coach principal superintendent sr sra srta don doña señor "
    "señora señorita profe maestro maestra director directora teacher mentor sister brother father rev "
    "pastor uncle aunt auntie"
)
TITLES = frozenset(_TITLES.split())
_MONTHS_AND_DAYS = (
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec "
    "mon tue tues wed thu thur thurs fri sat sun enero febrero marzo abril mayo junio julio agosto "
    "septiembre octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo"
)
MONTHS_AND_DAYS = frozenset(_MONTHS_AND_DAYS.split())
# They begin sentences and are never a part of a name.
_SMALL_WORDS = (
    "a an and as at but by for from he her here his how i if in is it its my no not of on or our she so "
    "that the their then there these they this those to we what when where which who why with yes you "
    "your el la los las un una y o que en con por para como cuando donde quien porque si no nos nosotros "
    "ellos ella él yo su sus mi mis"
)
SMALL_WORDS = frozenset(_SMALL_WORDS.split())
MAILS = re.compile(r"[^\s@<>()\[\],;:\"“”]{1,64}@[^\s@<>()\[\],;\"“”]{1,190}\.[^\W_]{2,24}")
DIGITS = re.compile(r"(?<![\w.])(?:[A-Za-z]{1,3}-?)?\+?\(?\d(?:[ \t().\-‐/]{0,2}\d){5,24}(?!\w)")
IDS = re.compile(r"\b(?:ID|Id|id|student|Student|case|Case)\s?(?:no\.?|number|#|:)?\s?#?\s?(\d[\d\-]{3,20})")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:19|20)\d\d\s?[-–]\s?(?:19|20)?\d\d")
STREETS = re.compile(
    r"\b\d{1,6}\s+(?:[^\W\d_][\w.'’\-]{0,30}\s+){1,4}?"
    r"(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Way|Place|Pl|Terrace|Circle|Parkway)\b\.?"
    r"|\b(?:Calle|Avenida|Av\.|Camino)\s+[^\W\d_][\w.'’\- ]{1,40}?\s\d{1,6}\b|\bP\.?\s?O\.?\s+Box\s+\d+"
)
LINKS = re.compile(r"\[\[([^\[\]\n]{1,300})\]\]")
FILES = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{1,500}\)|\b[\w\-]{1,60}\.(?:jpe?g|png|heic|pdf|docx?|xlsx?)\b")
QUOTES = re.compile(r"[“\"«]([^“”\"«»]{40,20000})[”\"»]")
QUOTED_BLOCK = re.compile(r"(?:^[ \t]{0,3}>[^\n]*\n?)+", re.MULTILINE)
SENTENCE_END = re.compile(r"[.!?:…]['\"”’)\]]*\s+$|[\"“‘(«¿¡]\s*$")
LINE_START = re.compile(r"^[\s>#*+\-\d.)\[\]_|xX]*$")


@dataclass(frozen=True)
class Flag:
    """Something to settle: `what` it looks like, the `text`, and the `line` it first stands on, from 1.

    `how` says in which way it was settled; `suggestion` is a role that could stand for it.
    """

    what: str
    text: str
    line: int
    resolved: bool = False
    how: str = ""
    suggestion: str = ""


@dataclass(frozen=True)
class Found:
    """A flag in a text before its line is known."""

    what: str
    start: int
    text: str
    suggestion: str = ""

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class _Spans:
    """Parts of a text, each from a place up to another, to be asked fast whether one holds something."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        # The farthest end of all spans up to each one.
        self._ends = list(accumulate((end for _, end in ordered), max))

    def hold(self, start: int, end: int) -> bool:
        """Say whether one of the spans holds all from `start` to `end`."""
        before = bisect_right(self._starts, start)
        return before > 0 and self._ends[before - 1] >= end


def folded_word(word: str) -> str:
    """Return a word as names are compared: no accents, small letters, no possessive."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char))
    plain = plain.replace("’", "'").casefold()
    return plain.removesuffix("'s").removesuffix("'").removesuffix("'")


class Finder:
    """Finds what may name someone.

    `given` are common given names and `own_words` words that name nobody here (of the program, the
    community, the agenda's title), `known` the single words of known people's names with their
    roles, all folded; `leads_there` says whether a `[[link]]` leads to a record of the community.
    """

    def __init__(
        self,
        given: frozenset[str],
        own_words: frozenset[str],
        known: dict[str, str],
        leads_there: Callable[[str], bool],
    ) -> None:
        self._given = given
        self._own = own_words | MONTHS_AND_DAYS
        self._no_start = SMALL_WORDS | self._own
        self._known = known
        self._leads_there = leads_there

    def find(self, text: str) -> list[Found]:
        """Return everything in a text that has to be settled, in its order, each text once."""
        found = list(self._patterns(text))
        covered = _Spans((each.start, each.end) for each in found if each.what not in (QUOTE, HIDDEN))
        names = [each for each in self._names(text) if not covered.hold(each.start, each.end)]
        seen: dict[tuple[str, str], Found] = {}
        for each in sorted([*found, *names], key=lambda each: each.start):
            seen.setdefault((each.what, each.text), each)
        return list(seen.values())

    def _patterns(self, text: str) -> Iterator[Found]:
        yield from _comments(text)
        for what, pattern in ((MAIL, MAILS), (ADDRESS, STREETS), (FILE, FILES)):
            yield from (Found(what, match.start(), match[0].strip()) for match in pattern.finditer(text))
        for match in LINKS.finditer(text):
            if not self._leads_there(match[1]):
                yield Found(LINK, match.start(), match[0])
        dates = _Spans(match.span() for match in DATE.finditer(text))
        for match in DIGITS.finditer(text):
            if not dates.hold(*match.span()):
                yield Found(_sort_of_number(match[0]), match.start(), match[0].strip())
        for match in IDS.finditer(text):
            yield Found(NUMBER, match.start(1), match[1])
        for match in QUOTES.finditer(text):
            if len(match[1].split()) > LONGEST_QUOTE:
                yield Found(QUOTE, match.start(), match[0])
        for match in QUOTED_BLOCK.finditer(text):
            if len(match[0].replace(">", " ").split()) > LONGEST_QUOTE:
                yield Found(QUOTE, match.start(), match[0].strip("\n"))

    def _names(self, text: str) -> Iterator[Found]:
        run: list[re.Match[str]] = []
        for match in [*WORD.finditer(text), None]:
            if match is not None and run and self._goes_on(text, run[-1], match):
                run.append(match)
                continue
            yield from self._in_run(text, run)
            run = [match] if match is not None and self._may_begin(match[0]) else []

    def _goes_on(self, text: str, before: re.Match[str], word: re.Match[str]) -> bool:
        between = text[before.end() : word.start()]
        is_title = folded_word(before[0]) in TITLES
        joined = between.strip(" \t") in (("", ".") if is_title or len(before[0]) == 1 else ("",)) and bool(between)
        joined = joined or (between.count("\n") == 1 and not between.strip())
        return joined and (self._may_begin(word[0]) or folded_word(word[0]) in PARTICLES)

    @staticmethod
    def _may_begin(word: str) -> bool:
        return word[0].isupper() and not (len(word) > 1 and word.isupper())

    def _in_run(self, text: str, run: list[re.Match[str]]) -> Iterator[Found]:
        """Return the flag of some capitalized words in a row, if they are one."""
        while run and folded_word(run[-1][0]) in PARTICLES and not run[-1][0][0].isupper():
            run.pop()
        begins = bool(run) and _begins_sentence(text, run[0].start())
        first = 0
        while first < len(run) and folded_word(run[first][0]) in self._no_start:
            first += 1
        run, begins = run[first:], begins and not first
        while run and folded_word(run[-1][0]) in self._own:
            run.pop()
        if not run:
            return
        words = [folded_word(each[0]) for each in run]
        suggestion = next((self._known[each] for each in words if each in self._known), "")
        whole = _without_possessive(text[run[0].start() : run[-1].end()])
        if len(run) == 1:
            is_name = words[0] in self._given or words[0] in self._known
            if not is_name and (begins or words[0] in TITLES or len(words[0]) == 1):
                return
        what = KNOWN if len(run) == 1 and words[0] in self._known else NAME
        yield Found(what, run[0].start(), whole, suggestion)


def _comments(text: str) -> Iterator[Found]:
    """Yield what Markdown does not show; a comment without an end hides all that follows."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start)
        end = len(text) if end < 0 else end + 3
        yield Found(HIDDEN, start, text[start:end].strip())
        start = text.find("<!--", end)


def line_of(text: str, start: int) -> int:
    """Return the line of a place in a text, from 1."""
    return text.count("\n", 0, start) + 1


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of some texts as names are compared."""
    return frozenset(folded_word(word) for text in texts for word in WORD.findall(text))


def _sort_of_number(text: str) -> str:
    digits = sum(char.isdigit() for char in text)
    is_spaced = any(char in text for char in "()+") or re.search(r"\d[ .\-]\d{3,4}$", text) is not None
    return PHONE if 7 <= digits <= 15 and is_spaced and not text[0].isalpha() else NUMBER


def _begins_sentence(text: str, start: int) -> bool:
    # However long a line is, so much before the word tells.
    nearest = max(0, start - NEAR)
    line = text[max(text.rfind("\n", nearest, start) + 1, nearest) : start]
    if LINE_START.match(line):
        # A line that was only broken goes on with the sentence.
        above = text[nearest : max(nearest, start - len(line))].rstrip(" \t")
        return bool(line.strip()) or not above.strip() or above.endswith("\n\n") or _ends_sentence(above)
    return SENTENCE_END.search(line[-8:]) is not None and not _ends_with_title(line)


def _ends_sentence(text: str) -> bool:
    return SENTENCE_END.search(text[-6:].rstrip() + " ") is not None


def _ends_with_title(line: str) -> bool:
    words = WORD.findall(line[-24:])
    return bool(words) and folded_word(words[-1]) in TITLES


def _without_possessive(text: str) -> str:
    return re.sub(r"['’]s$|['’]$", "", text)
