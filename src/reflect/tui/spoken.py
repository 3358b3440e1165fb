"""Reader mode: rows as sentences, the message first and the date last, and nothing drawn.

For screen readers and Braille displays, which go through a line from its left and read every sign aloud.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

# What stands for itself in a list, in words. A row that says the word anyway does not say it twice.
WORDS = {
    "•": "reflection",
    "↔": "call-in",
    "▣": "agenda",
    "▸": "question",
    "▾": "question",
    "◇": "activity",
    "∗": "finding",
    "?": "wondering",
    "◆": "decision",
    "@": "person",
    "+": "positive",
    "−": "negative",
    "±": "mixed",
    "○": "",
    "·": "",
    "●": "due",
    "◌": "",
    "✎": "draft",
    "✓": "met",
    "✗": "not met",
    # What is amiss is said in words beside it.
    "!": "",
    "[x]": "chosen",
    "[ ]": "not chosen",
}
KINDS = "•↔▣▸▾◇∗?◆@"
MARK = re.compile(r"(\[[x ]\]|[•↔▣▸▾◇∗?◆@+−±○·●◌✎✓✗!]) (?! )")
COLUMNS = re.compile(r" {2,}")
# Drawn lines, blocks and arrows say nothing when they are read aloud; these say it in one cell.
DRAWN = dict.fromkeys((*range(9472, 9632), 9650, 9660, 8249, 8943), " ") | {
    ord(sign): word for sign, word in {"•": "-", "·": ",", "›": ",", "−": "-"}.items()
}


class Reader:
    """Whether reader mode is on, for whoever puts words on the screen."""

    is_on = False


READER = Reader()


def mark(sign: str) -> str:
    """Return a sign as it stands before its words: in reader mode as a word with a colon.

    What kind a record is of is said beside it, so its sign has no word there.
    """
    if not READER.is_on:
        return f"{sign} "
    return f"{WORDS[sign]}: " if WORDS.get(sign) and sign not in KINDS else ""


def spoken(left: str, right: str = "", level: int = 0) -> Content:
    """Return a row as a sentence: what it says, then what stood at its right, then the day or key before it."""
    text = left.strip()
    found = MARK.match(text)
    if found:
        text = text[found.end() :]
    *before, message = (part for part in COLUMNS.split(text) if part != "…")
    after = [part for part in right.strip().split(" · ") if part]
    word = WORDS[found[1]] if found else ""
    said = " ".join(after).lower()
    depth = [f"level {level}"] if level > 1 else []
    return Content(", ".join([message, *depth, *([word] if word and word not in said else []), *after, *before]))


class NoDrawing(LineFilter):
    """Takes lines, blocks and arrows off the screen, cell by cell, so that widths stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with letters and blanks only."""
        return list(_undrawn(segments))


def _undrawn(segments: Iterable[Segment]) -> Iterable[Segment]:
    for text, style, control in segments:
        yield Segment(text if text.isascii() else text.replace(" · ", ",  ").translate(DRAWN), style, control)
