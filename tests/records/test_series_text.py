"""Values of a measure as they are typed, pasted from a spreadsheet or a CSV file."""

from __future__ import annotations

import pytest

from reflect.records.outline import read_outline, with_link
from reflect.records.series import NoPoint, points_in, read_series, with_points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("2026-09-04=12", [("2026-09-04", "12")]),
        ("2026-09-04 = 12, 2026-09-11=15.50", [("2026-09-04", "12"), ("2026-09-11", "15.50")]),
        ("2026-09-04=12\n2026-09-11=15\n", [("2026-09-04", "12"), ("2026-09-11", "15")]),
        ("day,families\n2026-09-04,12\n\n2026-09-11, -3\n", [("2026-09-04", "12"), ("2026-09-11", "-3")]),
        ("date;value\r\n2026-09-04;12\r\n", [("2026-09-04", "12")]),
        ("2026-09-04\t12\n2026-09-04\t13", [("2026-09-04", "12"), ("2026-09-04", "13")]),
        ("", []),
    ],
)
def test_points_are_read_as_they_were_typed(text, points):
    assert [(each.day, str(each.value)) for each in points_in(text)] == points


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("12", 1),
        ("2026-09-04=a lot", 1),
        ("2026-13-04=12", 1),
        ("day,n\n2026-09-04,12\nsoon,13", 3),
        ("2026-09-04=12, someday=3", 2),
        ("2026-09-04=1e9", 1),
        ("4,5\n2026-09-04,12", 1),
    ],
)
def test_what_is_no_point_is_named_and_nothing_is_taken(text, line):
    with pytest.raises(NoPoint, match=f"Line {line}:"):
        points_in(text)


def test_values_of_one_day_are_all_kept_in_order():
    value = with_points({"2026-09-04": "12", "2026-09-01": ["1", "2"]}, points_in("2026-09-04=10, 2026-09-01=3"))
    assert value == {"2026-09-04": ["12", "10"], "2026-09-01": ["1", "2", "3"]}
    series = read_series(with_points(value, points_in("2026-08-31=0.10")))
    assert [str(each.value) for each in series.points] == ["0.10", "1", "2", "3", "12", "10"]


def test_a_link_is_put_after_the_words_of_a_point():
    text = "Words before\n\n- Trust\n  1. Greet   by name\n     and more\n  2. Greet by name\n"
    item = read_outline(text).items[0].items[0]
    assert with_link(text, item, "ABC").splitlines()[3] == "  1. Greet   by name [[ABC]]"
    other = read_outline("- elsewhere").items[0]
    assert with_link(text, other, "ABC") == text
