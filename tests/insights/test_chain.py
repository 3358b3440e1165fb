"""The chain from a problem to what became of it, the turns of a pilot, and two maps of conditions side by side."""

from __future__ import annotations

import pytest

from reflect.exports.figures.chain_lines import chain_lines
from reflect.exports.figures.conditions_lines import conditions_lines
from reflect.exports.figures.tracking_lines import ramp_line, tracking_lines
from reflect.insights.chain import chain
from reflect.insights.conditions import beside, conditions_map
from reflect.insights.tracking import prediction_in, tracking
from tests.insights.practice_rows import row

PROBLEM = row("problem-of-practice", "problem")
DOSSIER = row("dossier", "dossier", problem="problem")
MAP = row("conditions-map", "map", problem="problem")
USE_CASE = row("equity-use-case", "case", problem="problem")
THEORY = row("theory-of-action", "theory", problem="problem", use_case="case")
STUDIO = row("design-studio", "studio", theory="theory")
PILOT = row("pilot", "pilot", theory="theory", studio="studio")
CYCLE = row("cycle", "cycle", pilot="pilot")
SECOND = row("cycle", "second", pilot="pilot", before="cycle")
FINDING = row("finding", "finding", **{"from": ["second"]})
DECISION = row("decision", "decision", findings=["finding"])
RESPONSE = row("response", "response", to=["decision"])
ALL = [PROBLEM, DOSSIER, MAP, USE_CASE, THEORY, STUDIO, PILOT, CYCLE, SECOND, FINDING, DECISION, RESPONSE]
WHOLE = [
    "problem-of-practice: problem",
    "← dossier: dossier",
    "← conditions-map: map",
    "← equity-use-case: case",
    "← theory-of-action: theory",
    "← design-studio: studio",
    "← pilot: pilot",
    "← cycle: cycle",
    "← cycle: second",
    "← finding: finding",
    "← decision: decision",
    "← response: response",
]


def lines(asked, rows):
    return [line[2:].strip() for line in chain_lines(chain(asked, rows), str)]


@pytest.mark.parametrize("asked", ALL, ids=lambda each: each.kind)
def test_the_whole_chain_is_there_from_whichever_of_its_records(asked):
    found = chain(asked, ALL)
    assert lines(asked, ALL) == WHOLE
    assert [step.row for step in found.steps if step.is_asked] == [asked]
    assert found.says == ()


@pytest.mark.parametrize(
    ("gone", "missing"),
    [
        ("dossier", ("dossier", {"problem": "problem"}, "")),
        ("map", ("conditions-map", {"problem": "problem"}, "")),
        ("case", ("equity-use-case", {"problem": "problem"}, "theory.use_case")),
        ("studio", ("design-studio", {"theory": "theory"}, "pilot.studio")),
        ("pilot", ("pilot", {"studio": "studio", "theory": "theory"}, "")),
        ("finding", ("finding", {"from": ["cycle"]}, "")),
        ("decision", ("decision", {"findings": ["finding"]}, "")),
        ("response", ("response", {"to": "decision"}, "")),
    ],
)
def test_what_is_missing_is_named_with_what_it_would_begin_with(gone, missing):
    studio = row("design-studio", "studio", theory="theory")
    rows = [each for each in ALL if each.id != gone and each.id != "studio"]
    rows += [studio] if gone != "studio" else []
    found = [step for step in chain(PROBLEM, rows).steps if step.state == "missing"]
    under = f"{found[0].under[0].id}.{found[0].under[1]}" if found[0].under else ""
    fields = {key: value for key, value in found[0].fields.items() if gone != "pilot" or key in missing[1]}
    if gone == "pilot":
        fields.setdefault("theory", "theory")
    assert (found[0].kind, fields, under) == missing


def test_what_hangs_in_the_air_asks_for_what_it_would_hang_on():
    found = chain(CYCLE, [CYCLE])
    first = found.steps[0]
    assert (first.state, first.kind, first.under) == ("missing", "pilot", (CYCLE, "pilot"))
    assert lines(CYCLE, [CYCLE])[0] == "pilot: missing here; then name it in “cycle”"


def test_a_finding_of_an_activity_is_in_no_chain_above():
    finding = row("finding", "f", **{"from": ["some-activity"]})
    assert lines(finding, [finding]) == ["finding: f", "← decision: missing here"]


def test_to_adapt_asks_for_the_next_cycle():
    last = row("cycle", "last", pilot="pilot", next="adapt")
    missing = [step for step in chain(PILOT, [PILOT, last]).steps if step.state == "missing"]
    assert ("cycle", {"before": "last", "pilot": "pilot"}) in [(step.kind, dict(step.fields)) for step in missing]


def test_a_circle_is_cut_at_the_first_repeat_and_said():
    one, two = row("cycle", "one", before="two"), row("cycle", "two", before="one")
    found = chain(one, [one, two])
    assert [step.state for step in found.steps if step.row] == ["record", "record", "circle"]
    assert found.says == ("“one” leads back to itself; the circle is cut there.",)
    own = row("cycle", "own", before="own")
    assert [step.state for step in chain(own, [own]).steps if step.row] == ["record", "circle"]


def test_what_is_reached_twice_stands_in_full_once():
    finding = row("finding", "both", **{"from": ["cycle", "second"]})
    states = [(step.row.id, step.state) for step in chain(PILOT, [PILOT, CYCLE, SECOND, finding]).steps if step.row]
    assert states.count(("both", "record")) == 1
    assert states.count(("both", "again")) == 1


def test_a_link_to_a_shared_copy_means_what_it_is_a_copy_of():
    theirs = row("decision", "theirs", place="rivertown", findings=["copy"])
    found = chain(FINDING, [FINDING, theirs], {"copy": "finding"})
    assert [step.row.id for step in found.steps if step.row] == ["finding", "theirs"]


TEXTS = {
    ("c1", "Plan"): "Which words work? We predict that 8 of 20 answer.\nA teacher sends them.",
    ("c1", "Do"): "It went.",
    ("c1", "Study"): "9 did.",
    ("c2", "Plan"): "Two classes, the same words.",
    ("c2", "Do"): "It went.",
}
C1 = row("cycle", "c1", pilot="pilot", number="1", result="better", next="adapt")
C2 = row("cycle", "c2", before="c1", number="2", result="as predicted")
C3 = row("cycle", "c3", pilot="pilot", number="3", result="worse", next="abandon")
F1 = row("finding", "f1", **{"from": ["c1"]})
D1 = row("decision", "d1", findings=["f1"], choice="adapt")
TURNS = [PILOT, C1, C2, C3, F1, D1]


def section(each, title):
    return TEXTS.get((each.id, title), "")


def test_a_pilot_is_followed_turn_by_turn_in_ramps():
    found = tracking(PILOT, TURNS, section)
    assert [[turn.row.id for turn in ramp] for ramp in found.ramps] == [["c1", "c2"], ["c3"]]
    first = found.turns[0]
    assert (first.prediction, first.result, first.next) == ("We predict that 8 of 20 answer.", "better", "adapt")
    assert [each.id for each in first.decisions] == ["d1"]
    assert ramp_line(found.ramps[0]) == "1 better, adapt → 2 as predicted, open"
    assert found.says == ("Twice as predicted or better: a wider test would now teach something new.",)
    assert (found.asks, found.asks_of.id, found.asks_at) == ("What did you predict?", "c2", "Study")
    assert any("nothing, or not in so many words" in line for line in tracking_lines(found))


def test_cycles_in_a_circle_are_cut_and_said():
    one, two = row("cycle", "one", pilot="pilot", before="two"), row("cycle", "two", pilot="pilot", before="one")
    found = tracking(PILOT, [PILOT, one, two], section)
    assert [turn.row.id for turn in found.turns] == ["one", "two"]
    assert found.says[0] == "“one” comes after itself; the circle is cut there."


@pytest.mark.parametrize(
    ("rows", "asks"),
    [
        ([PILOT], "What did the first week show?"),
        ([PILOT, row("cycle", "c1", pilot="pilot")], "Adopt, adapt or abandon?"),
        ([PILOT, row("cycle", "x", pilot="pilot", next="adapt")], "You wanted to adapt it: what is the next"),
    ],
)
def test_a_pilot_asks_for_what_its_last_turn_left_open(rows, asks):
    assert tracking(PILOT, rows, section).asks.startswith(asks)


@pytest.mark.parametrize(
    ("plan", "prediction"),
    [
        ("We try it. I expect five answers. Then we look.", "I expect five answers."),
        ("- Prediction: 8 of 20", "Prediction: 8 of 20"),
        ("Esperamos que contesten ocho.", "Esperamos que contesten ocho."),
        ("Two classes on Tuesday.", ""),
        ("", ""),
    ],
)
def test_a_prediction_is_the_sentence_that_makes_one(plan, prediction):
    assert prediction_in(plan) == prediction


HOLDS = (
    "- **Holds it**: letters in May\n  in English only\n- We want: one call in October\n\nFrom the listening session."
)


def drawn(texts, **fields):
    return conditions_map(row("conditions-map", **fields), lambda _, title: texts.get(title, ""))


def test_a_map_reads_what_holds_it_what_is_wanted_and_what_else_stands_there():
    found = drawn(
        {"Policies": HOLDS, "Mental models": "Families are busy."}, strongest=["policies"], as_of="2026-09-01"
    )
    first = found.conditions[0]
    assert (first.holds, first.want) == ("letters in May in English only", "one call in October")
    assert first.other == "From the listening session."
    assert first.is_strongest
    assert found.conditions[5].other == "Families are busy."
    assert found.empty_levels == ["relational"]
    spanish = drawn({"Policies": "Lo sostiene: cartas\nQueremos: una llamada"}).conditions[0]
    assert (spanish.holds, spanish.want) == ("cartas", "una llamada")


def test_two_maps_side_by_side_say_what_changed():
    older = drawn({"Policies": HOLDS, "Power dynamics": "The office decides."}, as_of="2026-09-01")
    newer = drawn({"Policies": f"{HOLDS} ", "Power dynamics": "Parents choose the day."}, as_of="2026-11-01")
    found = beside(newer, older)
    assert found.changed == ("power-dynamics",)
    assert found.asks == "Nothing stands there yet on the transformative level. What is it?"
    assert found.asks_at == "Mental models"
    wide = conditions_lines(found, 100)
    assert any("The office decides." in line and "Parents choose the day." in line for line in wide)
    assert wide[-1] == "Changed since 2026-09-01: power-dynamics."
    narrow = conditions_lines(found, 60)
    assert not any("The office decides." in line and "Parents choose the day." in line for line in narrow)
    assert all(len(line) <= 60 for line in narrow)


def test_a_map_that_works_on_rules_alone_is_asked_for_the_rest():
    texts = {"Policies": "a", "Power dynamics": "b", "Mental models": "c"}
    assert beside(drawn(texts, working_on=["policies"]), None).asks.startswith("What would we try on relationships")
    deep = drawn(texts, working_on=["mental-models"])
    assert beside(deep, deep).asks.startswith("Nothing in the map changed")
