"""Run charts by the published rules, on the worked examples of the practice."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.insights.run_chart import RunChart, run_chart
from reflect.insights.run_limits import exact_limits, run_limits
from reflect.records.series import read_series

A = "41 44 39 43 40 45 42 38 44 41 40 43 46 49 52 51 54 53 55 52 56 54 57 55"
B = "20 22 21 25 21 26 27 24 21 23 25 18 17 19 21 16 21 18"
C = "12 15 11 14 13 16 12 15 14 11 16 13 12 15"
D = "30 50 31 49 32 48 33 47 34 46 35 45"
E = "10 11 11 12 13 14 9 10 8 12 9 11"
F = "62 60 63 61 64 62 12 63 60 61 64 62"


def weekly(values: str) -> dict[str, str]:
    start = dt.date(2026, 1, 5)
    return {(start + dt.timedelta(weeks=week)).isoformat(): value for week, value in enumerate(values.split())}


def charted(values: str, better: str = "", frozen_at: int = 0) -> RunChart:
    held = weekly(values)
    return run_chart(read_series(held), better, list(held)[frozen_at - 1] if frozen_at else "")


def numbers(stretches) -> list[tuple[list[int], int]]:
    return [([number + 1 for number in each.points], each.side) for each in stretches]


@pytest.mark.parametrize(
    ("chart", "median", "useful", "runs", "limits", "longest", "verdict"),
    [
        (charted(A, "up"), "45.5", 24, 2, (8, 18), 12, "better"),
        (charted(A, "up", frozen_at=12), "41.5", 24, 10, (3, 11), 13, "better"),
        (charted(B, "down"), "21", 13, 3, (4, 11), 7, "signal"),
        (charted(C), "13.5", 14, 12, (4, 12), 2, "no signal"),
        (charted(D), "40", 12, 12, (3, 11), 1, "signal"),
        (charted(E), "11", 9, None, None, 3, "too few points"),
        (charted(F), "62", 9, None, None, None, "too few points"),
    ],
    ids=["A", "A frozen", "B", "C", "D", "E", "F"],
)
def test_the_worked_examples(chart, median, useful, runs, limits, longest, verdict):
    assert chart.median == Decimal(median)
    assert chart.useful == useful
    assert runs in (None, chart.runs.count)
    assert chart.runs.limits == limits
    assert longest in (None, chart.longest)
    assert chart.verdict == verdict


def test_the_signals_name_their_points():
    a, frozen, b, e = charted(A), charted(A, frozen_at=12), charted(B), charted(E)
    assert numbers(a.shifts) == [([*range(1, 13)], -1), ([*range(13, 25)], 1)]
    assert numbers(a.trends) == [([11, 12, 13, 14, 15], 1)]
    assert numbers(frozen.shifts) == [([*range(12, 25)], 1)]
    assert numbers(b.shifts) == [([2, 4, 6, 7, 8, 10, 11], 1)]
    assert b.trends == ()
    assert numbers(e.trends) == [([1, 2, 4, 5, 6], 1)]
    assert [number + 1 for number in charted(F).striking] == [7]


def test_few_and_many_runs_are_told_apart():
    assert (charted(A).runs.too_few, charted(A).runs.too_many) == (True, False)
    assert (charted(D).runs.too_few, charted(D).runs.too_many) == (False, True)
    assert not charted(A, frozen_at=12).runs.too_few


def test_a_baseline_that_does_not_hold_says_why():
    assert charted(A, frozen_at=9).thawed == "9 points up to 2026-03-02; a baseline wants 10"
    assert "changed before" in charted(A, frozen_at=20).thawed
    assert not charted(A, frozen_at=20).is_frozen


@pytest.mark.parametrize(
    ("better", "values", "verdict"),
    [
        ("up", "1 2 1 2 1 2 1 2 1 2 3 4 5 6 7 8", "better"),
        ("down", "1 2 1 2 1 2 1 2 1 2 3 4 5 6 7 8", "worse"),
        ("neither", "1 2 1 2 1 2 1 2 1 2 3 4 5 6 7 8", "changed"),
        ("up", "1 9 1 9 1 9 1 9 1 9 1 2 4 6 7 7", "better"),
    ],
    ids=["up", "down", "neither", "a trend that ends in equal points"],
)
def test_the_verdict_depends_on_which_way_is_better(better, values, verdict):
    assert charted(values, better).verdict == verdict


def test_limits_are_those_of_the_table_and_of_the_distribution_beyond():
    differing = [useful for useful in range(10, 61, 2) if run_limits(useful) != exact_limits(useful)]
    assert differing == [12, 20, 22, 32]
    for useful in range(10, 61):
        assert all(abs(a - b) <= 1 for a, b in zip(run_limits(useful), exact_limits(useful), strict=True))
    assert run_limits(9) is None
    assert run_limits(61) == exact_limits(61)


def test_bad_and_crowded_days_are_said_and_the_rest_is_drawn():
    series = read_series({"2026-02-02": "3", "soon": "4", "2026-01-05": ["2", "many", "1.50"], "2026-03-02": "x"})
    assert [(each.day, str(each.value)) for each in series.points] == [
        ("2026-01-05", "2"), ("2026-01-05", "1.50"), ("2026-02-02", "3"),
    ]  # fmt: skip
    assert series.unread == ("soon=4", "2026-01-05=many", "2026-03-02=x")
    assert series.crowded_days == ["2026-01-05"]
    assert read_series("a text").unread == ("a text",)


@pytest.mark.parametrize("values", ["", "7", "7 7 7 7 7 7 7 7 7 7 7 7"])
def test_charts_of_almost_nothing(values):
    chart = charted(values)
    assert chart.useful == 0
    assert chart.verdict == "too few points"


@given(st.lists(st.integers(-50, 50), max_size=80))
def test_turning_a_chart_upside_down_turns_its_signals_only(values):
    up = charted(" ".join(map(str, values)), "up")
    down = charted(" ".join(str(-each) for each in values), "down")
    assert up.verdict == down.verdict
    assert (up.runs, up.longest, up.striking) == (down.runs, down.longest, down.striking)
    assert numbers(up.trends) == [(points, -side) for points, side in numbers(down.trends)]


def test_ten_thousand_points_are_read():
    values = " ".join(str(number * 7919 % 101) for number in range(10_000))
    chart = charted(values)
    assert chart.useful > 9_000
    assert chart.runs.limits == exact_limits(chart.useful)
