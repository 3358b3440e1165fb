"""How two texts differ, by paragraphs first and then by words, as pieces that can be read in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reflect.records.matching import matches

SAME, REMOVED, ADDED = " ", "-", "+"
# A paragraph with the blank lines after it.
PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*\n?)+(?:[^\S\n]*\n)*|\s+")
WORD = re.compile(r"\w+(?:['’\-]\w+)*|\s+|[^\w\s]")
# Below this share of common words, two texts are told as one that went and one that came.
ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that both have, or only one of them: `sign` is SAME, REMOVED or ADDED."""

    sign: str
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """Return the pieces by which one text becomes the other.

    Without the added ones they join to `before`, without the removed ones to `after`.
    """
    found: list[Piece] = []
    old, new = PARAGRAPH.findall(before), PARAGRAPH.findall(after)
    # Blank lines that came or went after a paragraph leave it the same paragraph.
    for run in matches([each.strip() for each in old], [each.strip() for each in new]):
        if run.is_same:
            for left, right in zip(run.of(old), run.of_new(new), strict=True):
                found += _with_its_ends(left, right)
        else:
            found += _by_words("".join(run.of(old)), "".join(run.of_new(new)))
    return _joined(found)


def word_counts(pieces: Sequence[Piece]) -> tuple[int, int]:
    """Return how many words came and how many went."""
    counts = {SAME: 0, REMOVED: 0, ADDED: 0}
    for piece in pieces:
        counts[piece.sign] += len(piece.text.split())
    return counts[ADDED], counts[REMOVED]


def marked_lines(pieces: Sequence[Piece]) -> list[str]:
    """Return the text as it runs, with `[-…-]` around what went and `{+…+}` around what came."""
    marks = {SAME: ("", ""), REMOVED: ("[-", "-]"), ADDED: ("{+", "+}")}
    return [
        "".join(f"{marks[each.sign][0]}{each.text}{marks[each.sign][1]}" for each in line)
        for line in paragraphs(pieces)
    ]


def paragraphs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Yield the pieces line by line, without the line ends; a line end that came or went is a `¶` of its own."""
    line: list[Piece] = []
    for piece in pieces:
        parts = piece.text.split("\n")
        is_mark = piece.sign != SAME and len(parts) > 1 and not piece.text.strip()
        for number, part in enumerate(parts):
            if number:
                yield line
                line = []
            shown = "¶" if is_mark and not number else part
            if shown:
                line.append(Piece(piece.sign, shown))
    if line:
        yield line


def _with_its_ends(left: str, right: str) -> list[Piece]:
    """Return the pieces of a paragraph that differs in blanks only, if at all."""
    if left == right:
        return [Piece(SAME, left)]
    core = left.strip()
    (first, last), (first_new, last_new) = (
        (each[: each.index(core)], each[each.index(core) + len(core) :]) for each in (left, right)
    )
    pieces = [Piece(REMOVED, first), Piece(ADDED, first_new)] if first != first_new else [Piece(SAME, first)]
    shared = next(
        last[:size] for size in range(min(len(last), len(last_new)), -1, -1) if last[:size] == last_new[:size]
    )
    ends = [Piece(REMOVED, last[len(shared) :]), Piece(ADDED, last_new[len(shared) :])]
    return [*pieces, Piece(SAME, core + shared), *ends]


def _by_words(before: str, after: str) -> list[Piece]:
    old, new = WORD.findall(before), WORD.findall(after)
    pieces: list[Piece] = []
    for run in matches(old, new):
        gone, came = "".join(run.of(old)), "".join(run.of_new(new))
        pieces += [Piece(SAME, gone)] if run.is_same else [Piece(REMOVED, gone), Piece(ADDED, came)]
    kept = sum(_words_in(piece.text) for piece in pieces if piece.sign == SAME)
    if kept < ALIKE * min(_words_in(before), _words_in(after)):
        return [Piece(REMOVED, before), Piece(ADDED, after)]
    return pieces


def _words_in(text: str) -> int:
    return sum(word[0].isalnum() for word in WORD.findall(text))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces with one removal and one addition between two stretches that both have.

    What both have counts as changed where it is too little to hold on to: a blank, or a short word between long
    changes.
    """
    kept: list[Piece] = []
    gone, came = "", ""
    merged = _alike_joined(pieces)
    for number, piece in enumerate(merged):
        if piece.sign == REMOVED:
            gone += piece.text
        elif piece.sign == ADDED:
            came += piece.text
        elif (gone or came) and _is_slight(piece, max(len(gone), len(came)), _length_of_next(merged, number)):
            gone, came = gone + piece.text, came + piece.text
        else:
            kept += [Piece(REMOVED, gone), Piece(ADDED, came), piece]
            gone, came = "", ""
    kept += [Piece(REMOVED, gone), Piece(ADDED, came)]
    return [piece for piece in kept if piece.text]


def _alike_joined(pieces: Sequence[Piece]) -> list[Piece]:
    found: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if found and piece.sign == SAME == found[-1].sign:
            found[-1] = Piece(SAME, found[-1].text + piece.text)
        else:
            found.append(piece)
    return found


def _length_of_next(pieces: Sequence[Piece], number: int) -> int:
    following = []
    for piece in pieces[number + 1 : number + 3]:
        if piece.sign == SAME:
            break
        following.append(len(piece.text))
    return max(following, default=0)


def _is_slight(piece: Piece, before: int, after: int) -> bool:
    if not after or "\n" in piece.text:
        return False
    return not piece.text.strip() or len(piece.text.strip()) * 2 <= min(before, after)
