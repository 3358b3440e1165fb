"""A tally: who was invited, who came and who spoke at a gathering, one group a line, in numbers only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reflect.records.community_file import Line
from reflect.records.textforms import folded, one_line

WORDS = ("invited", "came", "spoke", "minutes", "shaped")
ALWAYS_KNOWN = ("not said",)
OTHERS = "other groups"
MOST = 1_000_000
COUNT = re.compile(r"([a-z]+)\s*[:=]?\s*(\S+)", re.IGNORECASE)
NOT_COUNTED = "is not counted"
EXAMPLE = "families: invited 12, came 7, spoke 3"


@dataclass(frozen=True)
class Count:
    """What was counted of one group; None is not counted, which is not none."""

    line: str
    group: str
    invited: int | None = None
    came: int | None = None
    spoke: int | None = None
    minutes: int | None = None
    shaped: int | None = None

    def __str__(self) -> str:
        """The line as it stands in a record."""
        counted = [f"{word} {getattr(self, word)}" for word in WORDS if getattr(self, word) is not None]
        return f"{f'{self.line} / ' if self.line else ''}{self.group}: {', '.join(counted)}"


@dataclass(frozen=True)
class Tally:
    """The counts of one gathering, in the order of the lines, and what is wrong or unknown in them.

    `unread` are the numbers of the lines of which something is not counted.
    """

    counts: tuple[Count, ...] = ()
    problems: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()


def read_tally(text: str, lines: Sequence[Line] = ()) -> Tally:
    """Return what a tally says; `lines` are the community's lines of difference, the first of which needs no name.

    A line or a group that the community has not named is kept and said, what cannot be read is said.
    """
    counts: list[Count] = []
    problems: list[str] = []
    unread: list[int] = []
    for number, written in enumerate(text.splitlines(), 1):
        if not written.strip(" \t-*+"):
            continue
        count, wrong = _read_line(one_line(written.strip(" \t-*+")), lines)
        problems += [f"Line {number}: {each}" for each in wrong]
        if any(NOT_COUNTED in each for each in wrong):
            unread.append(number)
        if count is None:
            continue
        if any(_same(count, other) for other in counts):
            problems.append(f"Line {number}: {count.group} stands there twice; the first one counts.")
            unread.append(number)
        else:
            counts.append(count)
    return Tally(tuple(counts), tuple(problems), tuple(unread))


def added(counts: Sequence[Count], group: str) -> Count:
    """Return several groups as one; what was not counted of all of them is not counted of the one."""
    sums: dict[str, int | None] = {}
    for word in WORDS:
        values = [getattr(each, word) for each in counts]
        sums[word] = None if None in values else sum(values)
    return Count(counts[0].line, group, *sums.values())


def _read_line(written: str, lines: Sequence[Line]) -> tuple[Count | None, list[str]]:
    names, colon, counted = written.partition(":")
    line, slash, group = names.rpartition("/")
    if not colon or not group.strip():
        return None, [f"“{written}” {NOT_COUNTED}. Write: {EXAMPLE}"]
    known = (
        next((each for each in lines if folded(each.name) == folded(line)), None) if slash else (lines or (None,))[0]
    )
    shown_line, shown_group = known.name if known else line.strip(), group.strip()
    wrong = _unknown(shown_line, shown_group, known, lines)
    numbers: dict[str, int] = {}
    for part in filter(None, (each.strip() for each in counted.split(","))):
        given = COUNT.fullmatch(part)
        word = given[1].lower() if given else ""
        if given is None or word not in WORDS:
            wrong.append(f"“{part}” {NOT_COUNTED}. It takes {', '.join(WORDS)}, each with a number.")
        elif not (given[2].isascii() and given[2].isdigit() and int(given[2]) <= MOST):
            wrong.append(f"“{part}” {NOT_COUNTED}. It takes a whole number.")
        else:
            numbers[word] = int(given[2])
    if "came" in numbers and numbers.get("spoke", 0) > numbers["came"]:
        wrong.append(f"{numbers['spoke']} of {shown_group} spoke, and {numbers['came']} came.")
    return Count(shown_line, shown_group, *(numbers.get(word) for word in WORDS)), wrong


def _unknown(line: str, group: str, known: Line | None, lines: Sequence[Line]) -> list[str]:
    if not lines:
        return []
    if known is None:
        return [f"“{line}” is none of your lines: {', '.join(each.name for each in lines)}."]
    names = {folded(each) for each in (*known.groups, *known.in_office, *ALWAYS_KNOWN, OTHERS)}
    if known.groups and folded(group) not in names:
        return [f"“{group}” is no group of {known.name} yet: {', '.join(known.groups)}."]
    return []


def _same(count: Count, other: Count) -> bool:
    return (folded(count.line), folded(count.group)) == (folded(other.line), folded(other.group))
