"""Rubrics, and how their areas were rated over time: side by side, down drawn like up."""

from __future__ import annotations

import pytest

from reflect.errors import NotFound
from reflect.exports.figures.progression_lines import movement_line
from reflect.insights.progressions import progressions
from reflect.records.kind_tables import KindMistake
from reflect.records.rubrics import parse_rubric
from reflect.store.data_check import rubric_of_file
from reflect.store.data_files import read_data_files, shipped
from tests.insights.practice_rows import row

RUBRIC = """name = "ours"
title = "Ours"
levels = ["Not yet", "Often"]

[[group]]
title = "the room"

[[area]]
slug = "first"
group = "the room"
title = "Who speaks first"
text = ["One.", "Two."]
"""


STEP = "What would one step look like?"
THREE = parse_rubric(RUBRIC.replace('"Often"', '"Often", "Always"').replace('"Two."', '"Two.", "Three."'), "ours.toml")


def rated(**ratings):
    """Return the one area with these ratings, a day each."""
    days = {day.replace("_", "-").lstrip("d"): value for day, value in ratings.items()}
    return progressions(THREE, [row("progression", rubric="ours", area="first", ratings=days)]).areas[0]


def test_the_starter_has_the_nine_areas_and_four_levels_and_is_called_our_own():
    [found], problems = read_data_files([shipped("rubrics")], rubric_of_file)
    assert problems == []
    rubric = found.thing
    assert rubric.levels == ("Beginning", "Taking shape", "At work", "Lasting")
    assert [len([area for area in rubric.areas if area.group == group.title]) for group in rubric.groups] == [3, 3, 3]
    assert all(len(area.text) == 4 and area.title_es for area in rubric.areas)
    assert "of our own" in rubric.source
    assert "24 areas of the iLEAD network are theirs" in rubric.source
    with pytest.raises(NotFound, match="no area “trust”") as caught:
        rubric.area("trust")
    assert "shared-purpose-and-trust" in caught.value.hint


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ('levels = ["Not yet", "Often"]', 'levels = ["Only"]', "line 3.*`levels`.*2 to 9 names"),
        ('text = ["One.", "Two."]', 'text = ["One."]', "line 12.*first.*`text`.*2 lines, one for each level"),
        ('group = "the room"', 'group = "a hall"', "line 10.*`group` is 'a hall'; allowed: the room"),
        ('title = "Who speaks first"', "", "`title` is missing"),
        ("[[area]]", "[[zone]]", "`zone` is not known"),
        ('slug = "first"', 'slug = 3', "it takes a text"),
        ('levels = ["Not yet", "Often"]', 'levels = "x', "ours.toml"),
    ],
)  # fmt: skip
def test_a_mistake_names_file_line_and_what_is_allowed(was, now, says):
    with pytest.raises(KindMistake, match=says):
        parse_rubric(RUBRIC.replace(was, now), "ours.toml")


@pytest.mark.parametrize(
    ("ratings", "line", "movement", "question"),
    [
        ({}, "not rated yet", "", "What do we see today?"),
        ({"d2026_03_02": "2"}, "2 Mar 2026: 2", "same", STEP),
        ({"d2026_03_02": "1", "d2026_09_01": "3"}, "2 Mar 2026: 1 → 1 Sep 2026: 3", "up", "What made it move?"),
        ({"d2026_03_02": "3", "d2026_09_01": "1"}, "2 Mar 2026: 3 → 1 Sep 2026: 1", "down", "What was learned here?"),
        ({"d2026_03_02": ["1", "3"]}, "2 Mar 2026: 1 and 3", "apart", "What does each of them see?"),
        ({"d2026_03_02": ["1", "3"], "d2026_09_01": "2"}, "2 Mar 2026: 1 and 3 → 1 Sep 2026: 2", "same", STEP),
        ({"d2026_09_01": "2", "d2026_03_02": "2"}, "2 Mar 2026: 2 → 1 Sep 2026: 2", "same", STEP),
    ],
)  # fmt: skip
def test_dated_levels_stand_in_a_line_and_two_raters_are_never_averaged(ratings, line, movement, question):
    found = rated(**ratings)
    assert (movement_line(found, 200), found.movement, found.question) == (line, movement, question)


def test_what_is_no_level_is_told_and_not_drawn_and_a_long_line_keeps_the_newest():
    found = rated(d2026_03_02=["9", "2.5", "2"], d2026_04_01="0", someday="2")
    assert (movement_line(found, 200), found.unread) == (
        "2 Mar 2026: 2",
        ("someday=2", "2026-03-02=9", "2026-03-02=2.5", "2026-04-01=0"),
    )
    long = rated(**{f"d2026_{month:02}_01": "2" for month in range(1, 13)})
    assert movement_line(long, 40) == "… 1 Nov 2026: 2 → 1 Dec 2026: 2"
