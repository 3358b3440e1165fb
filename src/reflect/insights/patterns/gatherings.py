"""Gatherings: who was invited, who came, who spoke, one line of difference at a time. In numbers, never names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from reflect.insights.patterns.figures import BARS, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.insights.voices import QUESTION, LineOfVoices, Voice, Voices, rounded, voices
from reflect.records.moments import day_of, is_day
from reflect.records.tally import read_tally
from reflect.records.wording import counted
from reflect.store.catalog import Row

KIND = "gathering"
SHARES = (("invited", "invited_share"), ("spoke", "voice_share"))


def whose_voices(material: Material) -> Found:
    """Return the shares of those invited and of those who spoke, and the sentences that are to be said of them."""
    rows = [row for row in material.rows(material.all(KIND)) if _is_in(material, row)]
    lines_in = {place: material.lines_of(place) for place in {row.place for row in rows}}
    tallies = [read_tally(row.text_of("voices"), lines_in[row.place]) for row in rows]
    lines = list(dict.fromkeys(line for each in lines_in.values() for line in each))
    found = voices(tallies, lines)
    parts = tuple(part for line in found.lines for part in _parts(line, found, [row.rowid for row in rows]))
    offers = (Offer("write down a gathering", KIND),)
    says = f"{counted(len(rows), 'gathering')}; voices were counted at {found.gatherings - found.uncounted or 'none'}."
    facts = _facts(found)
    return Found(len(rows), says, Figure(BARS, parts), QUESTION, offers, facts, tuple(found.says))


def _is_in(material: Material, row: Row) -> bool:
    """Say whether a gathering was held within the days that are looked at; one to come was not held yet."""
    held = day_of(row.text_of("held_on"))
    day = held if is_day(held) else row.day
    until = material.period.until or material.today.isoformat()
    return material.period.since <= day <= min(until, material.today.isoformat())


def _parts(line: LineOfVoices, found: Voices, rowids: Sequence[int]) -> list[Part]:
    group = line.line or ("" if len(found.lines) == 1 else "groups")
    parts = []
    for voice in line.voices:
        for words, name in SHARES:
            share = _percent(getattr(voice, name))
            says = f"{voice.group}, {words}" + ": not counted" * (share is None)
            parts.append(Part(f"{voice.group}-{words}", says, share, group=group, rowids=rowids, unit=" %"))
    return parts


def _facts(found: Voices) -> Mapping[str, object]:
    return {
        "gatherings": found.gatherings,
        "uncounted": found.uncounted,
        "by_line": [
            {"line": line.line or None, "groups": [_voice(voice) for voice in line.voices], "sentences": [*line.says]}
            for line in found.lines
        ],
        "sentences": found.says,
    }


def _voice(voice: Voice) -> Mapping[str, object]:
    shares = ("invited_share", "room_share", "voice_share", "minutes_share", "shaped_share")
    return {
        "group": voice.group,
        "gatherings": voice.gatherings,
        "invited_to": voice.invited_to,
        "came_to": voice.came_to,
        "spoke_in": voice.spoke_in,
        "came": voice.came,
        "spoke": voice.spoke,
        **{name: _percent(getattr(voice, name)) for name in shares},
        "gap_points": voice.gap,
    }


def _percent(share: Fraction | None) -> int | None:
    return None if share is None else rounded(share * 100)


PATTERNS = (
    Pattern(
        "voices",
        "Voices",
        "Tallies of gatherings held in these days, one line of difference at a time: the share of a group among those "
        "invited and among those who spoke to all, over gatherings where both were counted. What was not counted is "
        "not taken for none.",
        1,
        "gathering",
        whose_voices,
    ),
)
