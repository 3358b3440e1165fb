"""A run chart drawn for a terminal and as a picture."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from reflect.exports.figures.run_chart_lines import ASKED, POINT, run_chart_lines
from reflect.exports.figures.run_chart_svg import run_chart_svg
from reflect.insights.measure import Measure, events_in, measure_of
from reflect.store.catalog import Row
from tests.insights.test_run_chart import A, C, F, weekly

SVG = "{http://www.w3.org/2000/svg}"


def row_with(values: object, **fields: object) -> Row:
    given = {"values": values, **fields}
    return Row(
        rowid=1, place="", path="measures/m.md", id="01M", kind="measure", title="Families who answer", created="",
        sort="", author="", agenda="", lenses=(), tags=(), fields=given, problem="", words=0, size=0, mtime=0,
    )  # fmt: skip


def measure(values: str, what_changed: str = "", **fields: str) -> Measure:
    return measure_of(row_with(weekly(values), **fields), what_changed)


def test_each_point_the_middle_and_the_days_are_drawn():
    lines = run_chart_lines(measure(A), columns=76, rows=12)
    drawn = "\n".join(lines)
    assert drawn.count(POINT) == 24
    assert all(len(line) <= 76 for line in lines)
    assert "45.5 ┤" in drawn
    assert lines[-1].strip().startswith("5 Jan 2026 ")
    assert lines[-1].endswith("15 Jun 2026")


def test_a_strikingly_different_point_is_drawn_as_a_question():
    assert "\n".join(run_chart_lines(measure(F))).count(ASKED) == 1


def test_events_are_marked_and_told():
    told = measure(
        A, "- 2026-03-24: form in two languages\nnothing dated\n2026-05-05 the bus strike\n2026-02-31 no day"
    )
    assert [event.text for event in told.events] == ["form in two languages", "the bus strike"]
    lines = run_chart_lines(told)
    assert lines[-2:] == ["1  24 Mar 2026  form in two languages", "2  5 May 2026  the bus strike"]


@pytest.mark.parametrize("values", ["", "7", "7 7", "1000000 0.001"])
def test_charts_of_almost_nothing_are_drawn(values):
    shown = measure(values, "2020-01-01 before all")
    assert bool(run_chart_lines(shown, columns=30, rows=4)) == bool(values)
    assert ElementTree.fromstring(run_chart_svg(shown)).tag == f"{SVG}svg"


def test_the_picture_says_in_words_what_it_shows_and_holds_any_text():
    picture = run_chart_svg(measure_of(row_with(weekly(A)), "2026-03-24 a <b>bold</b> & \x07 odd word"))
    root = ElementTree.fromstring(picture)
    assert root.find(f"{SVG}title").text == "Families who answer"
    assert root.find(f"{SVG}desc").text.startswith("24 points from 5 Jan 2026 (41) to 15 Jun 2026 (55)")
    assert len(root.findall(f"{SVG}circle")) == 24
    assert any("<b>bold</b> & \ufffd odd word" in (each.text or "") for each in root.findall(f"{SVG}text"))


@pytest.mark.parametrize(
    ("values", "fields", "says"),
    [
        (A, {}, "something changed around 30 Mar 2026. What was it?"),
        (C, {}, "No signal: this is its usual up and down."),
        (F, {}, "9 useful points so far; the rules want 10."),
        (A, {"baseline_until": "2026-02-01"}, "4 points up to 2026-02-01; a baseline wants 10"),
        ("", {}, "No points yet."),
    ],
)
def test_what_a_chart_says(values, fields, says):
    assert any(says in sentence for sentence in measure(values, **fields).says)


def test_an_event_without_points_breaks_nothing():
    assert events_in("2026-01-01") == ()
    assert run_chart_lines(measure("", "2026-01-01 began")) == []
