"""Long quotations: what someone said or wrote, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.records.review.flag import QUOTE, Found

LONGEST_QUOTE = 25
# A quotation that is not closed is not followed further than this many characters.
REACH = 20_000
WORDS = re.compile(r"(?<!\S)[^\w\s]*+\w")
BREAK = re.compile(r"\n[ \t>]*\n[ \t>]*")
MARKS = re.compile(r"[“”„‟\"«»‹›‘’‚'「」『』＂]|(?:\n[ \t>]*){2,}")
MARK_OF = {
    "&ldquo;": "“",
    "&rdquo;": "”",
    "&laquo;": "«",
    "&raquo;": "»",
    "&quot;": '"',
    "&lsquo;": "‘",
    "&rsquo;": "’",
}
ENTITIES = re.compile("|".join(MARK_OF))
# Which marks may end what one of them begins.
CLOSING = {
    "“": "”“\"", "”": "”", "„": "“”", "‟": "”", '"': '"”', "«": "»", "»": "«»", "‹": "›", "›": "‹›", "‘": "’",
    "‚": "‘’", "'": "'’", "’": "’", "「": "」", "『": "』", "＂": "＂",
}  # fmt: skip
SINGLE = "‘’'‚"
QUOTED_LINES = re.compile(
    r"^[ \t]{0,8}(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?>[^\n]*\n?"
    r"(?:[ \t]{0,8}>[^\n]*\n?|[ \t]*[^\s#>`|*+\-][^\n]*\n?|[ \t]*\n(?=[ \t]{0,3}>))*+",
    re.MULTILINE,
)
TAGGED = re.compile(r"<(blockquote|q)(?:\s[^<>]{0,200})?>(?:(?!</\1).){1,20000}", re.IGNORECASE | re.DOTALL)
SPOKEN_LINES = re.compile(r"^[ \t>]*[—―–](?=[^\W\d_¿¡]|[¿¡])[^\n]+", re.MULTILINE)


def quotations(text: str) -> Iterator[Found]:
    """Yield every quotation of more than 25 words, with its marks."""
    seen: set[tuple[int, int]] = set()
    marked = ENTITIES.sub(lambda match: MARK_OF[match[0]].ljust(len(match[0])), text) if "&" in text else text
    for start, end in (
        *_marked(marked),
        *_lines(QUOTED_LINES, text, ">"),
        *_lines(SPOKEN_LINES, text, "—―–"),
        *_lines(TAGGED, text, "<"),
    ):
        if (start, end) not in seen and _is_long(text[start:end]):
            seen.add((start, end))
            yield Found(QUOTE, start, text[start:end])


def _is_long(text: str) -> bool:
    # So many words need so many characters; most quotations are shorter.
    return len(text) > 2 * LONGEST_QUOTE and sum(1 for _ in WORDS.finditer(text)) > LONGEST_QUOTE


def _lines(pattern: re.Pattern[str], text: str, signs: str) -> Iterator[tuple[int, int]]:
    if any(sign in text for sign in signs):
        for match in pattern.finditer(text):
            yield match.start(), match.start() + len(match[0].rstrip())


def _marked(text: str) -> Iterator[tuple[int, int]]:
    """Yield the outermost stretches between marks; single marks and the others are followed apart."""
    if any(mark in text for mark in CLOSING):
        for singles in (False, True):
            yield from _between(text, singles)


def _between(text: str, singles: bool) -> Iterator[tuple[int, int]]:
    start = paragraph_end = -1
    sign = ""
    after_break = -1
    for match in MARKS.finditer(text):
        mark, at = match[0], match.start()
        if start >= 0 and at - start > REACH:
            yield start, paragraph_end if paragraph_end > 0 else at
            start = -1
        if mark[0] == "\n":
            after_break = match.end()
            if sign == "'":
                # An apostrophe looks the same, so it is followed in its paragraph only.
                start = -1
            if start >= 0 and paragraph_end < 0:
                paragraph_end = at
            continue
        if (mark in SINGLE) != singles:
            continue
        if start >= 0 and mark in CLOSING[sign] and _may_close(text, at):
            yield start, at + 1
            start = -1
        elif _may_open(text, at, mark):
            if start >= 0 and at == after_break and mark == sign:
                # Each paragraph of a long quotation begins with the mark, and only the last one ends with it.
                paragraph_end = -1
            elif start < 0 or paragraph_end >= 0:
                if start >= 0:
                    yield start, paragraph_end
                start, sign, paragraph_end = at, mark, -1
    if start >= 0 and sign != "'":
        yield start, paragraph_end if paragraph_end >= 0 else min(len(text), start + REACH)


def _may_open(text: str, at: int, mark: str) -> bool:
    """Say whether a mark stands at the outside of a word's beginning."""
    before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
    if mark == "’":
        return False
    # French has a blank within its marks.
    if mark in "“„‚「『‟" or (mark in "«‹" and not before.isalnum()):
        return True
    return not before.isalnum() and not after.isspace() and before not in ".,!?…"


def _may_close(text: str, at: int) -> bool:
    before, after = text[at - 1] if at else " ", text[at + 1] if at + 1 < len(text) else " "
    if text[at] in SINGLE:
        return not before.isspace() and not after.isalnum()
    return not (before.isspace() and after.isalnum())
