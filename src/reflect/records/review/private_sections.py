"""Sections that never leave, under whatever looks like their heading: of any level, in bold, in a list, in code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from reflect.records import markdown
from reflect.records.textforms import folded

FENCE = re.compile(r"[ \t>]{0,8}(?:```|~~~)")
HEADING = re.compile(r"[ \t>]{0,8}(#{1,6})(?:[ \t]|$)|[ \t>]{0,8}<h([1-6])[ >]", re.IGNORECASE)
UNDERLINE = re.compile(r"[ \t]{0,3}(=+|-{2,})[ \t]*$")
TAG = re.compile(r"<[^<>\n]{1,80}>")
# Before a title: the mark of a heading, a quotation, a list, a number, a picture.
BEFORE = re.compile(r"^(?:&\w{1,8};|[\W\d_])+")
# A title that is only announced: with a text behind it, or a remark.
AFTER = re.compile(r"[\s#*_~`|>\"”»')\]]*(?:[:.–—\-(|!?].*)?$")
OTHER_LEVEL = 2


@dataclass(frozen=True)
class Part:
    """A part of a body that never leaves: its lines from `start` up to `end`, from 0, and its title."""

    start: int
    end: int
    title: str


def private_parts_of(body: str, private: Iterable[str], others: Iterable[str] = ()) -> list[Part]:
    """Return the parts of a body under the folded titles `private`, in their order.

    A part ends at the next heading of its level, or at one of the titles `others` in any form.
    """
    titles = {_plain(each): each for each in private if _plain(each)}
    if not titles:
        return []
    open_titles = {_plain(each) for each in others} - titles.keys()
    lines = markdown.lines_of(body)
    levels = _levels(lines)
    parts: list[Part] = []
    start, level, title = -1, 0, ""
    for number, line in enumerate(lines):
        named = next((each for each in titles if _is_title(line, each)), "")
        ends = levels[number] and levels[number] <= level
        if start >= 0 and (named or ends or any(_is_title(line, each, alone=True) for each in open_titles)):
            parts.append(Part(start, number, titles[title]))
            start = -1
        if named and start < 0:
            start, level, title = number, levels[number] or OTHER_LEVEL, named
    if start >= 0:
        parts.append(Part(start, len(lines), titles[title]))
    return parts


def without_parts(body: str, parts: Iterable[Part]) -> str:
    """Return a body without these parts."""
    lines = markdown.lines_of(body)
    for part in sorted(parts, key=lambda each: each.start, reverse=True):
        del lines[part.start : part.end]
    return "".join(lines)


def _levels(lines: list[str]) -> list[int]:
    """Return the level of the heading in each line, 0 where there is none."""
    levels, in_code = [0] * len(lines), ""
    for number, line in enumerate(lines):
        fence = FENCE.match(line)
        if fence:
            mark = fence[0].strip(" \t>")
            in_code = "" if in_code == mark else in_code or mark
            continue
        if in_code:
            continue
        heading, underline = HEADING.match(line), UNDERLINE.match(line)
        if heading:
            levels[number] = len(heading[1]) if heading[1] else int(heading[2])
        elif underline and number and lines[number - 1].strip() and not levels[number - 1]:
            levels[number - 1] = 1 if "=" in underline[1] else 2
    return levels


def _is_title(line: str, title: str, alone: bool = False) -> bool:
    plain = _plain(TAG.sub("", line))
    if not plain.startswith(title):
        return False
    rest = plain[len(title) :]
    return AFTER.match(rest) is not None and not (alone and rest.strip(" :#*_~`|"))


def _plain(text: str) -> str:
    """Return a title as it is compared: no accents, no emphasis, one blank between its words."""
    letters = unicodedata.normalize("NFKD", folded(BEFORE.sub("", text)))
    letters = "".join(
        char for char in letters if not unicodedata.combining(char) and unicodedata.category(char) != "Cf"
    )
    return " ".join(re.sub(r"[*_~`\\,;'\"“”]", "", letters.replace("’", "'")).split())
