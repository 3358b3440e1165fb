"""Whose voices: over the gatherings of a period, in numbers, one line of difference at a time."""

from __future__ import annotations

from typing import Any

import pytest

from reflect.insights.patterns.figures import Seen
from reflect.insights.patterns.period import between
from reflect.insights.patterns.registry import find_pattern
from reflect.workspace import Workspace
from tests.conftest import NOW
from tests.insights.conftest import Add

EVENING = """families: invited 12, came 7, spoke 3
students: invited 6, came 4, spoke 1
teachers: invited 10, came 9, spoke 8
leaders: invited 4, came 4, spoke 4"""


def look(workspace: Workspace, **options: Any) -> Seen:
    return workspace.patterns([find_pattern("voices")], **options)[0]


def test_shares_of_invited_and_of_spoke_are_drawn_and_the_sentences_stand_below(workspace: Workspace, add: Add) -> None:
    add("gathering", held_on="2026-10-01", voices=EVENING, times=2)
    found = look(workspace).found
    shown = {part.label: (part.count, part.unit) for part in found.figure.parts}
    assert (shown["families, invited"], shown["families, spoke"]) == ((38, " %"), (19, " %"))
    assert found.sentences[0] == "Families were invited to 2 of 2 gatherings, came to 2, spoke in 2."
    assert "Families made up 38 % of those invited and 19 % of those who spoke. What made it so?" in found.sentences
    assert found.facts["by_line"][0]["groups"][0]["gap_points"] == -19  # type: ignore[index]
    assert (found.offers[0].kind, found.question.endswith("?")) == ("gathering", True)


def test_gatherings_without_a_tally_are_counted_as_that_and_lines_stay_apart(workspace: Workspace, add: Add) -> None:
    add("gathering", held_on="2026-10-01", voices="role / families: came 7\nlanguage / Spanish: came 5")
    add("gathering", held_on="2026-10-08", times=2)
    found = look(workspace).found
    assert found.says == "3 gatherings; voices were counted at 1."
    assert {part.group for part in found.figure.parts} == {"role", "language"}
    assert [part.count for part in found.figure.parts] == [None] * 4
    assert found.sentences[-1] == "Nobody counted voices at 2 gatherings. Who could hold the tally next time?"


@pytest.mark.parametrize(
    ("held_on", "records"),
    [("2026-10-01", 1), ("2026-12-01", 0), ("2025-10-01", 0), ("", 1)],
)
def test_the_day_on_which_it_was_held_counts_and_none_to_come(
    workspace: Workspace, add: Add, held_on: str, records: int
) -> None:
    add("gathering", day="2026-11-20", voices=EVENING, **({"held_on": held_on} if held_on else {}))
    assert look(workspace).found.records == records
    whole = between("2020-01-01", "", NOW.date())
    assert look(workspace, period=whole).found.records == (0 if held_on == "2026-12-01" else 1)
