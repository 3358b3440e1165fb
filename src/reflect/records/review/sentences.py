"""Where in a sentence a word stands: a capital says less where a sentence, a label or a quotation begins."""

from __future__ import annotations

import re
from enum import Enum

from reflect.records.review.name_words import TITLES, WORD, folded_word, words_in

REACH = 64
OPENERS = "*_~`“„\"«»‹›‘'(\\[{¿¡—–-"
MARKS = r"(?:[>+•·|*-]|\d{1,9}[.)]|#{1,6}|\[[ xX]\]|<[^<>\n]{1,20}>|:?-{2,}:?)"
LINE_START = re.compile(rf"(?:\A|\n)[ \t]*((?:{MARKS}[ \t]*)*)[{OPENERS}]*\Z")
CLOSERS = '"”’»›)]*_~`'
ENDS = ".!?…"
LABEL_ENDS = ":;—–|/&"
QUOTES = '“„"«»‹›‘([{¿¡'
# Shortened words after which a sentence goes on.
SHORTENED = words_in("vs cf ca approx incl no nr num p pp ed eds dept mt ft fig ej ud uds e.g i.e p.ej")


class Place(Enum):
    """How much a capital says at a place: everything inside, little at the start of a sentence."""

    INSIDE = 0
    LABEL = 1
    START = 2


def place_of(text: str, start: int) -> Place:
    """Return where in its sentence the word that starts here stands."""
    # However long a line is, so much before the word tells.
    before = "x" + text[start - REACH : start] if start > REACH else text[:start]
    line = LINE_START.search(before)
    if line:
        return _at_line_start(before, line)
    bare = before.rstrip(OPENERS)
    ended = _after_sentence(bare) if bare[-1:].isspace() else None
    if ended is not None:
        return ended
    opened = before[len(bare) :]
    is_label = bare.rstrip()[-1:] in LABEL_ENDS or any(mark in QUOTES for mark in opened.strip("*_~`"))
    # A dash between blanks, an apostrophe at the outside of a word.
    is_label = is_label or (bare[-1:].isspace() and opened.strip("*_~`") in ("-", "- ", "'", "—", "–"))
    return Place.LABEL if is_label or bare.endswith((" - ", " -")) else Place.INSIDE


def _at_line_start(before: str, line: re.Match[str]) -> Place:
    if line[1].strip("> \t"):
        return Place.LABEL if "|" in line[1] else Place.START
    above = before[: line.start()].rstrip(" \t>*_")
    if not above or above.endswith("\n"):
        return Place.START
    # A line that was only broken goes on with the sentence, and in a list without marks each line is a label.
    ended = _after_sentence(above)
    if ended is not None:
        return ended
    return Place.LABEL if above[-1] in ':;—–|”"»' else Place.INSIDE


def _after_sentence(before: str) -> Place | None:
    """Return the place behind the end of a sentence, and None where no sentence ends."""
    bare = before.rstrip().rstrip(CLOSERS)
    if bare[-1:] not in ENDS or not bare:
        return None
    words = bare[:-1].split()
    return Place.INSIDE if bare[-1] == "." and words and _is_shortened(words[-1]) else Place.START


def _is_shortened(word: str) -> bool:
    plain = folded_word(word.lstrip("(“\"'«‘[*_~`"))
    if plain in SHORTENED or plain in TITLES:
        return True
    words = WORD.findall(plain)
    # An initial: the J of J. Whitfield.
    return len(words) == 1 and len(words[0]) == 1 and words[0] not in ("i", "a")
