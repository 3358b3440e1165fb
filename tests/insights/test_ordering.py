"""The order of sub-questions: as a person put it, with as few records changed as it takes."""

import pytest

from reflect.insights.agenda import Agenda, questions_beside
from reflect.insights.openness import openness
from reflect.insights.ordering import moved, position_of
from tests.insights.test_agenda import AGENDA, TODAY, row


def questions(*positions):
    return [
        row("question", f"2026-10-{number:02}", f"q{number}", **({"position": each} if each else {}))
        for number, each in enumerate(positions, 1)
    ]


def with_paths(rows):
    import dataclasses

    return [dataclasses.replace(each, path=f"{each.id}.md") for each in rows]


@pytest.mark.parametrize(
    ("positions", "which", "step", "written"),
    [
        (("", "", ""), 0, 1, {"q2.md": "1", "q1.md": "2", "q3.md": "3"}),
        (("1", "2", "3"), 0, 1, {"q1.md": "2.5"}),
        (("1", "2", "3"), 2, -1, {"q3.md": "1.5"}),
        (("1", "2", "3"), 1, 1, {"q2.md": "4"}),
        (("1", "2", "3"), 1, -1, {"q2.md": "0"}),
        (("1", "2", "3"), 2, 1, {}),
        (("1", "2", "3"), 0, -1, {}),
        (("1", "1", "1"), 0, 1, {"q1.md": "2", "q3.md": "3"}),
        (("1", "1.0000001", "2"), 2, -1, {"q2.md": "3"}),
        (("1", "", "nonsense"), 2, -1, {"q3.md": "2", "q2.md": "3"}),
    ],
)
def test_a_move_writes_no_more_than_it_needs(positions, which, step, written):
    beside = with_paths(questions(*positions))
    assert moved(beside, beside[which], step) == written


@pytest.mark.parametrize("text", ["", "nan", "inf", "1e999", "first", "1,5"])
def test_what_is_no_place_counts_as_none(text):
    assert position_of(row("question", position=text)) is None


def test_questions_with_a_place_come_first_and_the_others_by_date():
    [first, second, third, fourth] = with_paths(questions("", "2", "1", ""))
    finding = row("finding", "2026-09-01", "f1", position="0")
    part = row("question", "2026-10-09", "q9", parent="q1")
    rows = [first, second, third, fourth, finding, part]
    tree = Agenda(AGENDA, rows, openness(AGENDA, rows, lambda _: False, TODAY), []).tree()
    assert [branch.row.id for branch in tree.branches] == ["q3", "q2", "q1", "q4", "f1"]
    assert [each.id for each in questions_beside(tree, first)] == ["q3", "q2", "q1", "q4"]
    assert [each.id for each in questions_beside(tree, part)] == ["q9"]
