"""Voices: who was invited to gatherings, who came, who spoke, and whose word moved things. In numbers, never names.

What is counted and said is ours, after the stewardship of a learning community in the C!E Practice Areas.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from reflect.records.community_file import GROUP, Line
from reflect.records.tally import OTHERS, Count, Tally, added
from reflect.records.textforms import folded
from reflect.records.wording import counted

FEW_SPOKEN = 10
GAP_POINTS = 10
GAP_GATHERINGS = 2
MANY_CAME = 5
FEW_SPOKE = Fraction(1, 3)
SPOKE_ENOUGH = 3
NOT_COUNTED_AT = 2
FEWEST_ROWS = 3
QUESTION = "Who has not been heard yet, and what would make it easier?"


@dataclass(frozen=True)
class Voice:
    """One group over the gatherings of a period. Shares are of one, None where they were not counted."""

    group: str
    gatherings: int
    invited_to: int
    came_to: int
    spoke_in: int
    came: int
    spoke: int
    moved_on: int | None
    spoke_where_shaped: int
    invited_share: Fraction | None
    room_share: Fraction | None
    voice_share: Fraction | None
    minutes_share: Fraction | None
    shaped_share: Fraction | None
    compared_over: int

    @property
    def gap(self) -> int | None:
        """Share of voice less share of those invited, in whole percentage points."""
        if self.voice_share is None or self.invited_share is None:
            return None
        return rounded((self.voice_share - self.invited_share) * 100)


@dataclass(frozen=True)
class LineOfVoices:
    """The groups of one line of difference, and what is to be said of them, a sentence each."""

    line: str
    voices: tuple[Voice, ...]
    says: tuple[str, ...]


@dataclass(frozen=True)
class Voices:
    """All lines of difference over the gatherings of a period; `uncounted` gatherings have no tally."""

    gatherings: int
    uncounted: int
    lines: tuple[LineOfVoices, ...]

    @property
    def says(self) -> list[str]:
        """Everything that is to be said, a sentence each."""
        said = [sentence for line in self.lines for sentence in line.says]
        if self.uncounted >= NOT_COUNTED_AT:
            said.append(f"Nobody counted voices at {self.uncounted} gatherings. Who could hold the tally next time?")
        return said


def voices(tallies: Sequence[Tally], lines: Sequence[Line] = ()) -> Voices:
    """Return the voices of gatherings from their tallies, one line of difference at a time."""
    counted = [tally for tally in tallies if tally.counts]
    names = list(dict.fromkeys(folded(count.line) for tally in counted for count in tally.counts))
    found = [_line_of(name, [_of_line(tally, name) for tally in counted], lines) for name in names]
    return Voices(len(tallies), len(tallies) - len(counted), tuple(found))


def without_small_groups(tallies: Sequence[Tally], lines: Sequence[Line] = (), smallest: int = GROUP) -> list[Tally]:
    """Return tallies as they may be shared: groups too small to be nobody in particular are folded into one.

    A group that never had `smallest` present at one of the gatherings is folded; if that is one only, the next smallest
    goes with it, so that totals give nothing away. Groups in office stay: how power speaks is no private matter. A line
    with fewer than three rows left goes.
    """
    names = dict.fromkeys(folded(count.line) for tally in tallies for count in tally.counts)
    kept: list[list[Count]] = [[] for _ in tallies]
    for name in names:
        of_line = [_of_line(tally, name) for tally in tallies]
        small = _small_groups(of_line, _in_office(name, lines), smallest)
        if len(small) == 1:
            # Alone among those in office it would be named by what the others are not.
            continue
        folded_counts = [_folded_into_one(counts, small) for counts in of_line]
        rows = {folded(count.group) for counts in folded_counts for count in counts}
        if len(rows) >= FEWEST_ROWS:
            for at, counts in enumerate(folded_counts):
                kept[at] += counts
    return [Tally(tuple(counts)) for counts in kept]


def rounded(number: Fraction) -> int:
    """Return a whole number, halves away from zero."""
    whole = int(abs(number) + Fraction(1, 2))
    return whole if number >= 0 else -whole


def percent(share: Fraction | None) -> str:
    """Return a share as it is printed; what was not counted is said to be so, never 0 %."""
    return "not counted" if share is None else f"{rounded(share * 100)} %"


def _of_line(tally: Tally, name: str) -> list[Count]:
    return [count for count in tally.counts if folded(count.line) == name]


def _in_office(name: str, lines: Sequence[Line]) -> set[str]:
    return {folded(group) for line in lines if folded(line.name) == name for group in line.in_office}


def _line_of(name: str, gatherings: Sequence[Sequence[Count]], lines: Sequence[Line]) -> LineOfVoices:
    gatherings = [counts for counts in gatherings if counts]
    groups = {folded(count.group): count.group for counts in gatherings for count in counts}
    found = tuple(_voice(group, gatherings) for group in groups.values())
    shown = next(count.line for counts in gatherings for count in counts)
    spoken = sum(count.spoke or 0 for counts in gatherings for count in counts)
    shaped = sum(count.shaped or 0 for counts in gatherings for count in counts)
    in_office = _in_office(name, lines)
    said = [sentence for voice in found for sentence in _said(voice, spoken, shaped, folded(voice.group) in in_office)]
    return LineOfVoices(shown, found, tuple(said))


def _voice(group: str, gatherings: Sequence[Sequence[Count]]) -> Voice:
    own = [count for counts in gatherings for count in counts if folded(count.group) == folded(group)]
    compared = _where_counted(gatherings, "invited", "spoke")
    shaped = [count.shaped for count in own if count.shaped is not None]
    return Voice(
        group=group,
        gatherings=len(gatherings),
        invited_to=sum(1 for count in own if count.invited),
        came_to=sum(1 for count in own if count.came),
        spoke_in=sum(1 for count in own if count.spoke),
        came=sum(count.came or 0 for count in own if count.spoke is not None),
        spoke=sum(count.spoke or 0 for count in own if count.came is not None),
        moved_on=sum(shaped) if shaped else None,
        spoke_where_shaped=sum(count.spoke or 0 for count in own if count.shaped is not None),
        invited_share=_share(group, "invited", compared),
        room_share=_share(group, "came", _where_counted(gatherings, "came")),
        voice_share=_share(group, "spoke", compared),
        minutes_share=_share(group, "minutes", _where_counted(gatherings, "minutes")),
        shaped_share=_share(group, "shaped", _where_counted(gatherings, "shaped")),
        compared_over=len(compared),
    )


def _where_counted(gatherings: Iterable[Sequence[Count]], *words: str) -> list[Sequence[Count]]:
    """Return the gatherings at which these were counted of every group: of some only, shares would lean."""
    return [
        counts for counts in gatherings if all(getattr(count, word) is not None for count in counts for word in words)
    ]


def _share(group: str, word: str, gatherings: Sequence[Sequence[Count]]) -> Fraction | None:
    numbers = [(folded(count.group), getattr(count, word) or 0) for counts in gatherings for count in counts]
    total = sum(number for _, number in numbers)
    return Fraction(sum(number for name, number in numbers if name == folded(group)), total) if total else None


def _said(voice: Voice, spoken: int, shaped: int, is_in_office: bool) -> list[str]:
    name = voice.group[:1].upper() + voice.group[1:]
    said = [
        f"{name} were invited to {voice.invited_to} of {counted(voice.gatherings, 'gathering')}, "
        f"came to {voice.came_to}, spoke in {voice.spoke_in}."
    ]
    if voice.voice_share is not None and voice.invited_share is not None and spoken >= FEW_SPOKEN:
        if is_in_office:
            tens = [rounded(share * 10) for share in (voice.voice_share, voice.invited_share)]
            said.append(f"Of every ten who spoke, {tens[0]} were {voice.group}; of every ten invited, {tens[1]} were.")
        if abs(voice.gap or 0) >= GAP_POINTS and voice.compared_over >= GAP_GATHERINGS:
            shares = f"{percent(voice.invited_share)} of those invited and {percent(voice.voice_share)}"
            said.append(f"{name} made up {shares} of those who spoke. What made it so?")
    if voice.came >= MANY_CAME and Fraction(voice.spoke, voice.came) < FEW_SPOKE:
        few = f"({voice.spoke} of {voice.came})"
        said.append(f"Many from {voice.group} came and few spoke {few}. What would have made it easier?")
    if voice.moved_on == 0 and voice.spoke_where_shaped >= SPOKE_ENOUGH and shaped >= SPOKE_ENOUGH:
        said.append(f"{name} spoke, and nothing of it moved on.")
    return said


def _small_groups(gatherings: Sequence[Sequence[Count]], in_office: set[str], smallest: int) -> set[str]:
    most: dict[str, int] = {}
    for count in (count for counts in gatherings for count in counts):
        name = folded(count.group)
        if name not in in_office and name != OTHERS:
            most[name] = max(most.get(name, 0), count.came or 0)
    small = {name for name, present in most.items() if present < smallest}
    # What was folded before, such as in a text that is shared already, takes in more and is folded with it.
    is_folded = any(folded(count.group) == OTHERS for counts in gatherings for count in counts)
    if small and is_folded:
        small.add(OTHERS)
    if len(small) == 1 and len(most) > 1:
        small.add(min((name for name in most if name not in small), key=lambda name: (most[name], name)))
    return small


def _folded_into_one(counts: Sequence[Count], small: set[str]) -> list[Count]:
    others = [count for count in counts if folded(count.group) in small]
    kept = [count for count in counts if folded(count.group) not in small]
    return [*kept, added(others, OTHERS)] if others else kept
