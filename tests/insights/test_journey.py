"""Where an agenda stands on its journey: what is done, now and next, and what opens a stage again."""

from __future__ import annotations

import pytest

from reflect.exports.figures.journey_lines import journey_lines, path_line
from reflect.insights.journey import journey_now
from reflect.insights.openness import Part
from reflect.records.journeys import parse_journey
from reflect.store.data_check import journey_of_file
from reflect.store.data_files import read_data_files, shipped
from tests.insights.practice_rows import known, row

JOURNEYS = {each.name: each.thing for each in read_data_files([shipped("journeys")], journey_of_file)[0]}
AGENDA = row("agenda", "agenda", "2026-09-01", voices_needed=["Families", "Students"])
PROBLEM = row("problem-of-practice", "problem", for_whom=["students learning English"], status="agreed")
DOSSIER = row("dossier", "dossier", problem="problem")
MAP = row("conditions-map", "map", problem="problem")
USE_CASE = row("equity-use-case", "case", problem="problem", for_whom=["students"], asked_them="partly")
THEORY = row("theory-of-action", "theory", problem="problem", use_case="case", status="in use")
STUDIO = row("design-studio", "studio", theory="theory", held_on="2026-10-02", voices="families: came 7, spoke 3")
PILOT = row("pilot", "pilot", theory="theory", studio="studio", measures=["m"], status="running")
CYCLE = row("cycle", "cycle", "2026-10-20", pilot="pilot", ends="2026-11-01", next="adopt")
FINDING = row("finding", "finding", **{"from": ["cycle"]})
DECISION = row("decision", "decision", findings=["finding"], explained_to=["families"], choice="abandon")
ALL = [PROBLEM, DOSSIER, MAP, USE_CASE, THEORY, STUDIO, PILOT, CYCLE, FINDING, DECISION]
SECTIONS = {
    "map": ["Policies", "Power dynamics", "Mental models"],
    "theory": ["Barriers", "Shifts in the system", "Actions", "What will be different for learners"],
    "pilot": ["What we predict", "What could get worse"],
    "cycle": ["Do"],
    "decision": ["Why"],
}


def other(of, **fields):
    """The same record, said otherwise."""
    return row(of.kind, of.id, of.day, **{**of.fields, **fields})


def states(name, rows, sections=SECTIONS, agenda=AGENDA, **more):
    return [each.state for each in journey_now(JOURNEYS[name], known(agenda, rows, sections, **more)).stages]


def test_all_nine_stages_are_done_by_the_records_that_exist():
    assert states("equitable-systems", ALL) == ["done"] * 9
    assert states("equitable-systems", []) == ["now", "next", *["open"] * 7]


@pytest.mark.parametrize(
    ("stage", "rows", "sections", "missing"),
    [
        (1, [PROBLEM], {}, "no dossier yet"),
        (1, [other(PROBLEM, status="reframed"), DOSSIER], {}, "“problem”: status is reframed"),
        (1, [other(PROBLEM, for_whom=""), DOSSIER], {}, "“problem”: for whom is empty"),
        (1, [PROBLEM, other(DOSSIER, problem="")], {}, "“dossier”: problem of practice is empty"),
        (2, ALL, {**SECTIONS, "map": ["Policies", "Practices", "Mental models"]}, "Relationships and connections is"),
        (2, ALL, {**SECTIONS, "map": []}, "Policies and Relationships and connections and Mental models are empty"),
        (3, [*ALL[:3], other(USE_CASE, asked_them="not yet"), *ALL[4:]], SECTIONS, "asked them is not yet"),
        (4, [each for each in ALL if each is not THEORY], SECTIONS, "no theory of action yet"),
        (4, ALL, {**SECTIONS, "theory": ["Barriers"]}, "Shifts in the system and Actions and What will be"),
        (4, [*ALL[:4], other(THEORY, status="replaced"), *ALL[5:]], SECTIONS, "status is replaced"),
        (5, [*ALL[:5], other(STUDIO, voices="leaders: came 4, spoke 4"), *ALL[6:]], SECTIONS, "nobody of Families, St"),
        (5, [*ALL[:5], other(STUDIO, voices="families: came 4, spoke 0"), *ALL[6:]], SECTIONS, "nobody of Families"),
        (6, [*ALL[:6], other(PILOT, measures=[]), *ALL[7:]], SECTIONS, "measures is empty"),
        (6, ALL, {**SECTIONS, "pilot": ["What we predict"]}, "What could get worse is empty"),
        (7, [*ALL[:6], other(PILOT, status="planned"), *ALL[7:]], SECTIONS, "status is not running or ended"),
        (7, ALL, {**SECTIONS, "cycle": []}, "“cycle”: Do is empty"),
        (8, [*ALL[:7], other(CYCLE, next=""), *ALL[8:]], SECTIONS, "“cycle”: next is empty"),
        (8, [*ALL[:8], other(FINDING, **{"from": ["elsewhere"]}), DECISION], SECTIONS, "finding from a pilot or cycle"),
        (9, [*ALL[:9], other(DECISION, explained_to="")], SECTIONS, "not shared, and explained to is empty"),
        (9, ALL, {**SECTIONS, "decision": []}, "Why is empty"),
        (9, [*ALL[:9], other(DECISION, findings=["another"])], SECTIONS, "no decision on these findings yet"),
    ],
)
def test_a_stage_is_open_while_a_clause_does_not_hold_and_says_which(stage, rows, sections, missing):
    found = journey_now(JOURNEYS["equitable-systems"], known(AGENDA, rows, sections)).stages[stage - 1]
    assert found.state in ("now", "open", "next")
    assert any(missing in each.text for each in found.missing), [each.text for each in found.missing]


def test_a_decision_that_was_sent_is_explained_without_a_note_of_it():
    silent = [*ALL[:9], other(DECISION, explained_to="")]
    assert states("equitable-systems", silent, sent=["decision"])[8] == "done"


def test_a_cycle_that_goes_on_waits_for_no_decision_yet():
    going = row("cycle", "going", pilot="pilot", ends="2026-12-20")
    assert states("equitable-systems", [*ALL, going], {**SECTIONS, "going": ["Do"]}) == ["done"] * 9


def test_a_group_is_heard_in_any_line_of_difference_and_spelling():
    studio = other(STUDIO, voices="home language / english speakers: spoke 2\nrole / STUDENTS: spoke 1, came 9")
    assert states("equitable-systems", [*ALL[:5], studio, *ALL[6:]]) == ["done"] * 9


def test_later_stages_may_be_done_first_and_what_is_open_is_said():
    rows = [PROBLEM, DOSSIER, USE_CASE, THEORY]
    found = journey_now(JOURNEYS["equitable-systems"], known(AGENDA, rows, SECTIONS))
    assert [each.state for each in found.stages][:5] == ["done", "now", "done", "done", "next"]
    assert found.says == ("stage 2 is still open",)
    assert path_line(found) == "●─◎─●─●─○─○─○─○─○"
    assert "Stage 2 is still open." in journey_lines(found)
    assert not any("%" in line for line in journey_lines(found))


def test_now_is_half_full_when_some_of_it_is_there():
    found = journey_now(JOURNEYS["equitable-systems"], known(AGENDA, [PROBLEM], SECTIONS))
    assert path_line(found).startswith("◐─○")
    assert found.now.is_half
    # That no ended cycle waits is no beginning of stage 8.
    assert not found.stages[7].is_half


def test_a_skipped_stage_is_passed_over_and_a_name_that_is_none_is_said():
    agenda = row("agenda", "agenda", "2026-09-01", stages_skipped=["dossier", "old-name"])
    found = journey_now(JOURNEYS["equitable-systems"], known(agenda, []))
    assert [each.state for each in found.stages][:3] == ["skipped", "now", "next"]
    assert found.says == ("stages_skipped names old-name, which this journey does not have",)


def test_what_is_missing_begins_hung_on_what_is_there():
    found = journey_now(JOURNEYS["equitable-systems"], known(AGENDA, [PROBLEM, DOSSIER, MAP], SECTIONS))
    assert (found.now.missing[0].kind, dict(found.now.missing[0].fields)) == ("equity-use-case", {"problem": "problem"})
    rows = ALL[:8]
    learned = journey_now(JOURNEYS["equitable-systems"], known(AGENDA, rows, SECTIONS)).now
    assert (learned.missing[0].kind, dict(learned.missing[0].fields)) == ("finding", {"from": ["cycle"]})


def test_the_two_years_count_from_the_beginning_of_the_agenda():
    agenda = row("agenda", "agenda", "2026-11-23")
    found = journey_now(JOURNEYS["two-year-cohort"], known(agenda, []))
    assert [each.months for each in found.stages] == [
        ("2026-11", "2027-03"),
        ("2027-01", "2027-06"),
        ("2027-04", "2027-08"),
        ("2027-09", "2027-10"),
        ("2027-11", "2028-01"),
        ("2027-11", "2028-07"),
        ("2028-05", "2028-09"),
        ("2028-08", "2028-10"),
    ]
    assert any("Nov 2026 to Mar 2027" in line for line in journey_lines(found))
    assert any("Apr to Aug 2027" in line for line in journey_lines(found))


COHORT = [
    PROBLEM,
    MAP,
    row("resource-note"),
    row("approximation", status="drafting"),
    STUDIO,
    PILOT,
    row("finding", valence="mixed"),
    row("gathering", told_back_on="2026-11-01"),
    row("story", form="introduction"),
    CYCLE,
    row("cycle"),
    THEORY,
    row("policy"),
]


@pytest.mark.parametrize(
    ("without", "stage"),
    [
        ("conditions-map", 1),
        ("resource-note", 2),
        ("design-studio", 3),
        ("gathering", 4),
        ("finding", 4),
        ("story", 5),
        ("cycle", 6),
        ("policy", 7),
    ],
)
def test_each_part_of_the_two_years_asks_for_its_records(without, stage):
    met = Part(True, "1 of 1 decisions")
    assert states("two-year-cohort", COHORT, explained=met) == ["done"] * 8
    rest = [each for each in COHORT if each.kind != without]
    assert states("two-year-cohort", rest, explained=met)[stage - 1] == "now"


def test_the_last_report_is_done_when_changes_are_explained():
    found = journey_now(JOURNEYS["two-year-cohort"], known(AGENDA, COHORT, SECTIONS))
    assert (found.now.number, found.now.missing[0].text) == (8, "changes explained: No decision yet.")


@pytest.mark.parametrize(
    ("name", "rows", "sections", "now"),
    [
        ("plan-do-reflect", [row("activity", "a")], {}, "plan"),
        ("plan-do-reflect", [row("activity", "a")], {"a": ["What we expect to see"]}, "do"),
        ("plan-do-reflect", [row("activity", "a", status="done")], {"a": ["What we expect to see"]}, "reflect"),
        (
            "plan-do-reflect",
            [row("activity", "a", status="done"), row("finding", "f")],
            {"a": ["What we expect to see"]},
            "raise",
        ),
        (
            "plan-do-reflect",
            [row("activity", "a", status="done"), row("finding", "f"), row("response", to=["f"], kind_of="an offer")],
            {"a": ["What we expect to see"]},
            None,
        ),
        ("inclusive-co-creation", [row("coalition", decides_now=["b"], is_asked_now=["c"])], {}, "coalition"),
        (
            "inclusive-co-creation",
            [row("coalition", "c", decides_now=["b"], is_asked_now=["c"], is_far_now=["d"])],
            {"c": ["The system now, as each of us sees it", "What we need to learn to get there"]},
            "future-state",
        ),
    ],
)
def test_the_small_journeys(name, rows, sections, now):
    found = journey_now(JOURNEYS[name], known(AGENDA, rows, sections)).now
    assert (found.stage.slug if found else None) == now


@pytest.mark.parametrize(
    ("counted", "is_done"),
    [
        (row("measure", day="2024-01-01", values={"2026-10-01": "4"}), True),
        (row("measure", day="2024-01-01", values={"2025-10-01": "4"}), False),
        (row("gathering", day="2024-01-01", held_on="2025-12-01"), True),
        (row("gathering", day="2025-11-22"), False),
    ],
)
def test_a_coalition_keeps_going_while_it_counted_or_met_within_a_year(counted, is_done):
    coalition = row("coalition", "c")
    written = {"c": ["How we know, and keep going"]}
    state = states("inclusive-co-creation", [coalition, counted], written)[4]
    assert (state == "done") is is_done


def test_a_community_that_renames_a_stage_or_drops_one_breaks_nothing():
    text = """
name = "equitable-systems"
title = "Our path"
source = "Ours."
[[stage]]
slug = "who-we-are"
title = "Who we are"
ask = "Who are we?"
[[stage.exit]]
kind = "dossier"
complete = true
[[stage]]
slug = "walk"
title = "A walk"
ask = "What did we see?"
[[stage.exit]]
kind = "classroom-walk"
fields = ["grade"]
"""
    journey = parse_journey(text, "equitable-systems.toml")
    agenda = row("agenda", "agenda", stages_skipped=["dossier"])
    found = journey_now(journey, known(agenda, ALL, SECTIONS))
    assert [each.state for each in found.stages] == ["done", "now"]
    assert found.now.missing[0].text == "no classroom-walk yet"
    assert "stages_skipped names dossier" in found.says[0]
