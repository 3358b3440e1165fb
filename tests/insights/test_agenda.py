"""Open loops and openness: what an agenda still waits for, and how open it is."""

import datetime as dt

import pytest

from reflect.insights.loops import Surroundings, open_loops
from reflect.insights.openness import openness
from reflect.insights.today import same_day_earlier
from reflect.records.compose import Content
from reflect.records.school import EVERY_WEEK
from reflect.store.catalog import Row
from reflect.store.kind_files import Kinds

TODAY = dt.date(2026, 11, 23)
KINDS = Kinds()


def row(kind, day="2026-11-01", record_id="", place="", **fields):
    record_id = record_id or f"{kind}-{day}"
    return Row(1, place, f"{kind}.md", record_id, kind, kind, day, day, "", "", (), (), fields, "", 0, 0, 0)


def loops_of(record, linking=(), sections=()):
    around = Surroundings(lambda _: list(linking), lambda _, title: title in sections, EVERY_WEEK.weeks_after)
    return [loop.loop for loop in open_loops([record], lambda each: KINDS.find(each.kind), around, TODAY)]


@pytest.mark.parametrize(
    ("record", "linking", "sections", "expected"),
    [
        (row("finding", valence="negative"), (), (), ["finding-without-decision"]),
        (row("finding", valence="negative"), (row("decision"),), (), []),
        (row("finding", valence="too early"), (), (), []),
        (row("finding", valence="negative", strength="a hunch"), (), (), []),
        (row("finding", valence="negative", needs_decision="no"), (), (), []),
        (row("finding", "2026-11-10", valence="negative"), (), (), []),
        (row("finding"), (), (), []),
        (row("decision", "2026-11-20"), (), (), ["decision-not-explained"]),
        (row("decision", "2026-11-20"), (), ("Why",), []),
        (row("decision", "2026-11-01"), (), ("Why",), ["decision-not-explained"]),
        (row("decision", "2026-11-01", explained_to=["families"]), (), ("Why",), []),
        (
            row("decision", "2026-11-01", explained_to=["staff"], review_on="2026-11-22"),
            (),
            ("Why",),
            ["decision-review-due"],
        ),
        (row("question", "2026-10-01"), (), (), ["question-untried"]),
        (row("question", "2026-10-01"), (row("activity"),), (), []),
        (row("question", "2026-10-01", status="set aside"), (), (), []),
        (row("wondering", "2026-09-01"), (), (), ["wondering-quiet"]),
        (row("wondering", "2026-09-01"), (row("response", "2026-11-01"),), (), []),
        (row("wondering", "2026-09-01", status="at rest"), (), (), []),
        (row("activity", "2026-09-01", status="done"), (), (), ["activity-without-finding"]),
        (row("activity", "2026-09-01", status="dropped", ends="2026-09-10"), (), (), []),
        (row("call-in", "2026-11-10", status="preparing", follow_up="2026-11-22"), (), (), ["call-in-due"]),
        (row("call-in", status="held", follow_up="2026-11-24"), (), (), []),
        (row("call-in", status="let pass", follow_up="2026-11-01"), (), (), []),
        (row("call-in", "2026-10-01", status="preparing"), (), (), ["call-in-waiting"]),
        (row("call-in", status="held", held_on="2026-10-01"), (), ("What I own",), ["repair-open"]),
        (row("call-in", status="held", held_on="2026-10-01"), (), ("What I own", "What changed, and repair"), []),
        (row("reflection", next_on="2026-11-22"), (), (), ["next-step-due"]),
        (row("agenda", "2026-09-01", status="open"), (), (), ["agenda-quiet"]),
        (row("agenda", "2026-09-01", status="open"), (row("finding", "2026-11-01"),), (), []),
        (row("finding", "9999-12-01", valence="mixed"), (), (), []),
        (row("finding", "0001-01-01", valence="mixed"), (), (), ["finding-without-decision"]),
    ],
)
def test_a_loop_is_open_exactly_when_its_kind_says_so(record, linking, sections, expected):
    assert loops_of(record, linking, sections) == expected


AGENDA = row("agenda", "2026-09-01", voices_needed=["Families", "Students"])
EXPLAINED = {"explained_to": ["families"]}


@pytest.mark.parametrize(
    ("part", "agenda", "rows", "met", "why"),
    [
        ("known", AGENDA, [], False, "Known only to you"),
        ("known", row("agenda", made_known=["staff"], made_known_on="2026-09-02"), [], True, "since 2026-09-02"),
        ("known", row("agenda", made_known=["staff"], made_known_on="2026-12-02"), [], False, "Known only"),
        ("known", row("agenda", "2026-09-02", place="rivertown"), [], True, "since 2026-09-02, rivertown"),
        ("engaged", row("agenda"), [], False, "Say first whose voices"),
        ("engaged", AGENDA, [row("finding", heard=["staff"])], False, "Not yet heard: Families, Students."),
        ("engaged", AGENDA, [row("finding", heard=["families "])], False, "So far one group speaks"),
        ("engaged", AGENDA, [row("finding", heard=["families", "staff"])], True, "2 groups heard"),
        (
            "engaged",
            AGENDA,
            [row("gathering", voices="families: came 7, spoke 3\nstaff: came 2, spoke 1\nstudents: came 4, spoke 0")],
            True,
            "2 groups heard",
        ),
        ("engaged", AGENDA, [row("finding", "2024-01-01", heard=["families", "staff"])], False, "Not yet heard"),
        ("shared", AGENDA, [row("finding", valence="negative")], False, "No finding shared yet."),
        ("shared", AGENDA, [row("finding", place="r", valence="positive")], False, "Nothing has gone against us"),
        (
            "shared",
            AGENDA,
            [row("finding", place="r", valence="positive"), row("finding", valence="negative")],
            False,
            "Good news is out; 1 other",
        ),
        ("shared", AGENDA, [row("finding", place="r", valence="mixed")], True, "1 of 1 findings"),
        ("explained", AGENDA, [], False, "No decision yet"),
        ("explained", AGENDA, [row("decision", **EXPLAINED)], True, "1 of 1 decisions"),
        ("explained", AGENDA, [row("decision", "2026-11-01")], False, "1 decision waits for its reason."),
        (
            "explained",
            AGENDA,
            [row("decision", **EXPLAINED), row("finding", "2026-07-01", valence="negative")],
            False,
            "1 finding is older than a season",
        ),
        (
            "explained",
            AGENDA,
            [row("decision", findings=["f"], **EXPLAINED), row("finding", "2026-07-01", "f", valence="negative")],
            True,
            "1 of 1",
        ),
    ],
)
def test_each_part_of_openness_is_met_exactly_when_the_rule_says(part, agenda, rows, met, why):
    found = dict(openness(agenda, rows, lambda _: True, TODAY).parts())[part]
    assert (found.met, why in found.why) == (met, True), found.why


def test_an_agenda_is_a_tree_of_questions_and_what_grew_from_them(workspace):
    workspace.new("agenda", Content(title="Texts", fields={"status": "open"}))
    workspace.refresh()

    def add(kind, title, **fields):
        saved = workspace.new(kind, Content(title=title, agenda="texts", fields=fields))
        workspace.refresh()
        return saved.record.id

    question = add("question", "How?")
    activity = add("activity", "Try", question=question)
    finding = add("finding", "Saw", valence="mixed", **{"from": [activity]})
    add("decision", "Go on", findings=[finding], choice="adopt")
    add("wondering", "Loose")
    tree = [(depth, row.title) for depth, row in workspace.agenda("texts").tree().walk()]
    assert tree == [(0, "Texts"), (1, "How?"), (2, "Try"), (3, "Saw"), (4, "Go on"), (1, "Loose")]


def test_records_that_point_at_each_other_in_a_circle_are_all_shown(workspace):
    workspace.new("agenda", Content(title="Texts"))
    workspace.refresh()
    ids = [workspace.new("question", Content(title=name, agenda="texts")).record.id for name in "ab"]
    workspace.refresh()
    workspace.change(ids[0], {"parent": ids[1]}, {})
    workspace.change(ids[1], {"parent": ids[0]}, {})
    workspace.refresh(full=True)
    assert {row.title for _, row in workspace.agenda("texts").tree().walk()} == {"Texts", "a", "b"}


def test_the_29th_of_february_has_fewer_anniversaries():
    assert same_day_earlier(dt.date(2028, 2, 29), 8) == ["2024-02-29", "2020-02-29"]
    assert same_day_earlier(TODAY, 2) == ["2025-11-23", "2024-11-23"]
