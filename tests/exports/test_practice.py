"""Journeys, chains, maps and pilots as pictures: they say what they show to who cannot see them, and hold any text."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from reflect.exports.figures.chain_svg import chain_svg
from reflect.exports.figures.conditions_svg import conditions_svg
from reflect.exports.figures.journey_svg import journey_svg
from reflect.exports.figures.tracking_svg import tracking_svg
from reflect.insights.chain import chain
from reflect.insights.conditions import beside, conditions_map
from reflect.insights.journey import journey_now
from reflect.insights.tracking import tracking
from reflect.store.data_check import journey_of_file
from reflect.store.data_files import read_data_files, shipped
from tests.insights.practice_rows import known, row

SVG = "{http://www.w3.org/2000/svg}"
ODD = 'A & B <script>"x"</script> ]]> \x1b[2J \x00 ñ 家'
JOURNEYS = {each.name: each.thing for each in read_data_files([shipped("journeys")], journey_of_file)[0]}
PROBLEM = row("problem-of-practice", "problem", title=ODD, for_whom=["students"])
PILOT = row("pilot", "pilot", title=ODD, theory="nowhere")
CYCLES = [
    row("cycle", "c1", title=ODD, pilot="pilot", number="1", result="better", next="adapt"),
    row("cycle", "c2", title="Second", before="c1", number="2"),
]


def maps():
    older = conditions_map(row("conditions-map", title=ODD, as_of="2026-09-01"), lambda _, title: f"holds it: {title}")
    newer = conditions_map(row("conditions-map", title="Now", as_of="2026-11-01"), lambda *_: f"we want: {ODD}")
    return beside(newer, older)


PICTURES = {
    "journey": lambda: journey_svg(
        journey_now(JOURNEYS["equitable-systems"], known(row("agenda", title=ODD), [PROBLEM]))
    ),
    "calendar": lambda: journey_svg(journey_now(JOURNEYS["two-year-cohort"], known(row("agenda"), []))),
    "chain": lambda: chain_svg(chain(PILOT, [PILOT, *CYCLES]), str),
    "conditions": lambda: conditions_svg(maps()),
    "tracking": lambda: tracking_svg(tracking(PILOT, [PILOT, *CYCLES], lambda *_: f"We predict {ODD}")),
    "empty": lambda: tracking_svg(tracking(PILOT, [PILOT], lambda *_: "")),
}
SAYS = {
    "journey": "1. District dossier with problem of practice: now, half; 2. Conditions map: next",
    "calendar": "8. Summative report: open, Jul to Sep 2028",
    "chain": "design-studio: missing here; then name it in",
    "conditions": "Changed since 2026-09-01: policies",
    "tracking": "1 better, adapt → 2 no result yet, open",
    "empty": "No cycle yet.",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_well_formed_and_says_what_it_shows(name):
    root = ElementTree.fromstring(PICTURES[name]())
    assert root.find(f"{SVG}title").text
    assert SAYS[name] in root.find(f"{SVG}desc").text
    width, height = float(root.get("width")), float(root.get("height"))
    for text in root.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x")) <= width
        assert 0 <= float(text.get("y")) <= height


def test_a_path_shows_done_now_and_next_without_color():
    root = ElementTree.fromstring(PICTURES["journey"]())
    assert len(root.findall(f"{SVG}circle")) == 9
    assert len(root.findall(f"{SVG}path")) == 1
    colors = {element.get(name) for element in root.iter() for name in ("fill", "stroke")} - {None}
    assert colors <= {"none", "currentColor"}
