"""Run charts and driver diagrams on the command line."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ElementTree

import pytest

A = [41, 44, 39, 43, 40, 45, 42, 38, 44, 41, 40, 43, 46, 49, 52, 51, 54, 53, 55, 52, 56, 54, 57, 55]
KEYS = "points median useful runs longest_run shift trend too_few_runs too_many_runs astronomical verdict"


def series(values):
    return ", ".join(f"2026-{month:02}-{day:02}={value}" for (month, day), value in zip(days(), values, strict=False))


def days():
    return ((month, day) for month in range(1, 11) for day in (2, 9, 16))


@pytest.fixture
def measured(run_cli, family_agenda):
    """Write a measure and return its id."""

    def make(values, *options):
        ran = run_cli("new", "measure", "--title", "Answers", "--set", f"values={values}", *options, "--json")
        assert ran.code == 0, ran.err
        return ran.json["id"]

    return make


def test_a_run_chart_has_the_keys_of_the_contract_with_numbers_as_numbers(run_cli, measured):
    found = run_cli("insights", "run-chart", "--for", measured(series(A), "--set", "better=up"), "--json").json
    assert set(KEYS.split()) <= set(found)
    assert found["points"][0] == ["2026-01-02", 41]
    shown = [found[key] for key in KEYS.split()[1:]]
    assert shown == [45.5, 24, 2, 12, True, True, True, False, [], "better"]


@pytest.mark.parametrize(
    ("values", "points", "verdict", "astronomical"),
    [
        ("2026-09-04=12", 1, "too few points", []),
        ("2026-09-04=12, 2026-09-04=14", 2, "too few points", []),
        (series([62, 60, 63, 61, 64, 62, 12, 63, 60, 61, 64, 62]), 12, "too few points", [["2026-03-02", 12]]),
    ],
)  # fmt: skip
def test_few_points_and_several_on_a_day_are_drawn_and_said(run_cli, measured, values, points, verdict, astronomical):
    measure = measured(values)
    found = run_cli("insights", "run-chart", "--for", measure, "--json").json
    assert (len(found["points"]), found["verdict"], found["astronomical"]) == (points, verdict, astronomical)
    shown = run_cli("insights", "run-chart", "--for", measure).out
    assert "the rules want 10." in shown
    assert ("More than one value on 4 Sep 2026" in shown) == (points == 2)


def test_a_measure_without_values_or_with_text_in_its_series_is_told_of(run_cli, vault, family_agenda):
    empty = run_cli("new", "measure", "--title", "Nothing yet", "--json").json["id"]
    found = run_cli("insights", "run-chart", "--for", empty, "--json").json
    assert (found["points"], found["median"], found["verdict"]) == ([], None, "too few points")
    bad = vault.root / "measures" / "bad.md"
    bad.write_text(
        "---\nid: 01JDA6C4T3W5E9K2M8Q7RZXYV3\nkind: measure\ntitle: Bad\ncreated: 2026-09-01\n"
        "values:\n  2026-09-04: 12\n  2026-09-11: a lot\n  someday: 3\n---\n"
    )
    found = run_cli("insights", "run-chart", "--for", "7rzxyv3", "--json").json
    assert (found["points"], found["not_drawn"]) == ([["2026-09-04", 12]], ["2026-09-11=a lot", "someday=3"])
    assert "it is no date with a number: 2026-09-11=a lot" in run_cli("insights", "run-chart", "--for", "7rzxyv3").out


def test_a_picture_is_written_once_and_replaced_only_when_that_is_said(run_cli, measured, tmp_path):
    measure, file = measured(series(A)), tmp_path / "chart.svg"
    drawn = run_cli("insights", "run-chart", "--for", measure, "-o", str(file))
    assert (drawn.code, f"Drawn: {file}" in drawn.err) == (0, True)
    title = ElementTree.parse(file).getroot().find("{http://www.w3.org/2000/svg}title")
    assert title.text == "Answers"
    file.write_text("mine")
    again = run_cli("insights", "run-chart", "--for", measure, "-o", str(file))
    assert (again.code, file.read_text()) == (1, "mine")
    assert run_cli("insights", "run-chart", "--for", measure, "-o", str(file), "--force").code == 0
    assert file.read_text() != "mine"
    assert run_cli("insights", "words", "-o", str(tmp_path / "words.svg")).code == 2
    assert "does not end in .svg" in run_cli("insights", "run-chart", "--for", measure, "-o", "chart.png").err


def test_all_measures_are_told_in_short_and_what_the_rules_say_leads_to_a_finding(run_cli, measured):
    quiet, moved = (
        measured("2026-09-04=12"),
        measured(series(A), "--set", "better=up", "--set", "unit=families"),
    )
    found = run_cli("insights", "run-chart", "--json").json
    assert found["says"] == "2 measures with values; the rules say something of 1."
    assert [part["note"] for part in found["figure"]["parts"]] == ["55 families: better", "12: too few points"]
    assert [offer["fields"] for offer in found["offers"]] == [{"from": [moved]}]
    assert found["question"] == "What changed around then?"
    assert run_cli("insights", "run-chart", "--for", quiet, "--json").json["points"] == [["2026-09-04", 12]]


DRIVERS = """Drivers=- Messages they can read
  - Home language
    - Texts in Spanish
    - Call by a parent [[abc]]
      - deeper
- Trust"""


def test_a_driver_diagram_is_drawn_and_asks_for_the_ideas_nobody_tried(run_cli, family_agenda, tmp_path):
    diagram = run_cli(
        "new", "driver-diagram", "--title", "On a page", "--section", "Aim=All answer", "--section", DRIVERS, "--json"
    ).json["id"]  # fmt: skip
    found = run_cli("insights", "driver-diagram", "--for", diagram, "--json").json
    assert (found["aim"], found["untried"]) == ("All answer", ["Texts in Spanish", "deeper"])
    assert found["drivers"][0]["items"][0]["items"][1]["links"] == ["abc"]
    shown = run_cli("insights", "driver-diagram", "--for", diagram).out
    assert "─── Home language" in shown
    assert f"reflect new cycle --set links={diagram}" in shown
    assert run_cli("insights", "driver-diagram", "--for", diagram, "-o", str(tmp_path / "d.svg")).code == 0
    assert "is a measure" in run_cli(
        "insights", "driver-diagram", "--for", run_cli("new", "measure", "x", "--json").json["id"]
    ).err  # fmt: skip


def test_ten_thousand_values_from_a_file_are_kept_and_drawn(run_cli, vault, tmp_path):
    file = tmp_path / "many.csv"
    first = dt.date(1990, 1, 1)
    lines = [f"{first + dt.timedelta(days=number)},{number * 7919 % 101}" for number in range(10_000)]
    file.write_text("\n".join(["date,value", *lines]))
    measure = run_cli("new", "measure", "--title", "Many", "--set", f"values=@{file}", "--json").json["id"]
    assert len(run_cli("insights", "run-chart", "--for", measure, "--json").json["points"]) == 10_000
    shown = run_cli("insights", "run-chart", "--for", measure).out
    assert "1 Jan 1990" in shown
    assert "●" not in shown


def test_a_tally_is_kept_as_it_was_typed_and_what_is_not_counted_is_said(run_cli, vault):
    tally = "families: invited 12, came 7, spoke 9\nsomebody spoke"
    made = run_cli("new", "gathering", "--title", "An evening", "--set", f"voices={tally}", "--json")
    assert (made.code, made.json["fields"]["voices"]) == (0, tally)
    assert "Voices: Line 1: 9 of families spoke, and 7 came." in made.err
    assert "Voices: Line 2: “somebody spoke” is not counted." in made.err
    again = run_cli("edit", made.json["id"], "--set", "voices=families: invited 12, came 7, spoke 3")
    assert (again.code, "Line" in again.err) == (0, False)
