"""What is said of a tally and of an outline while they are written, and kept all the same."""

from __future__ import annotations

import pytest

from reflect.records.community_file import Line
from reflect.records.record import read_record
from reflect.records.remarks import remarks_on
from reflect.records.tally import EXAMPLE
from reflect.store.kind_files import Kinds

KINDS = Kinds()
LINES = [Line("role", ("families", "teachers"))]


def remarks(kind, text):
    record = read_record(f"---\nkind: {kind}\n{text}".encode(), "a.md", KINDS.folders)
    assert not record.problem
    return remarks_on(KINDS.get(kind), record, LINES)


@pytest.mark.parametrize(
    ("tally", "said"),
    [
        ("families: invited 12, came 7, spoke 3", []),
        ("families: spoke 8, came 7", ["Line 1: 8 of families spoke, and 7 came."]),
        ("parents: came 7", ["Line 1: “parents” is no group of role yet: families, teachers."]),
        ("town / families: came 7", ["Line 1: “town” is none of your lines: role."]),
        ("families: came some", ["Line 1: “came some” is not counted. It takes a whole number."]),
        ("families: came 7\n  Mrs. X spoke", [f"Line 2: “Mrs. X spoke” is not counted. Write: {EXAMPLE}"]),
        ("families: came 7\n  Families: came 8", ["Line 2: Families stands there twice; the first one counts."]),
    ],
)  # fmt: skip
def test_what_in_a_tally_is_not_counted_or_not_known_is_said_with_its_line(tally, said):
    assert remarks("gathering", f"voices: |\n  {tally}\n---\n") == [f"Voices: {each}" for each in said]


def test_what_of_an_outline_is_drawn_elsewhere_is_said():
    outline = "Words aside\n\n- a\n  - b\n    - c\n      - d\n        - e\n"
    assert remarks("driver-diagram", f"---\n## Drivers\n\n{outline}") == [
        "Drivers: “d” with 1 more stands deeper than three levels, and is drawn on the third.",
        "Drivers: “Words aside” stands in no list, and is not drawn.",
    ]
