"""A year of one leader in one community, from an empty journal through the whole practice: the sample journal."""

from __future__ import annotations

import random

import pytest

from reflect.demo import SEED, open_demo
from reflect.demo_sample import Sample, sample_records
from reflect.insights.channels import channels
from reflect.insights.circles import versions
from reflect.insights.driver_diagram import driver_diagram
from reflect.insights.measure import measure_of, plain_number
from reflect.insights.voices import percent, voices
from reflect.records.query import Filters
from reflect.records.tally import read_tally
from reflect.store.kind_files import Kinds
from reflect.store.shipped import DATA
from reflect.vault.vault import make_vault
from reflect.workspace import Workspace
from tests.conftest import NOW

AGENDA = "what-makes-families-answer"
# Up to how many days ago the story is told, the stage that is now, and how many are done.
WAY = [
    (237, "dossier", 0),
    (201, "conditions-map", 1),
    (190, "equity-coaching", 2),
    (117, "theory-of-action", 3),
    (112, "design-studios", 4),
    (104, "pilot-definition", 5),
    # The pilot grows out of cycles that came before it, so it is under way as soon as it is defined.
    (92, "pilot-learnings", 7),
    (43, "final-design", 8),
    # A third cycle begins and nothing is decided on it yet: the stage before opens again.
    (20, "pilot-learnings", 7),
]
SAYS = {
    "call-ins": "8 prepared · 5 held · 4 followed up · 1 let pass",
    "direction": "1 to more power, 3 to peers and 2 to less power; called in myself: 1.",
    "recurring": "“a rule or process” in 4 call-ins and “decided before asked” in 3 call-ins.",
    "never-abandoned": "5 cycles decided; 1 of them abandoned.",
    "predictions": "1 of 6 as predicted, 3 of 6 better, 1 of 6 worse and 1 of 6 other than predicted.",
    "missing-measure": "1 running pilot, with outcome, process and balancing measures.",
    "surface-only": "8 of 9 activities and pilots touch relationships, power or mental models.",
    "deciders": "1 of 9 decisions made without any of the voices that the agenda needs.",
    "told-back": "6 of 7 meetings older than three weeks told back.",
    "carried": "1 carried out, 1 carried in and 7 answered.",
    "reading-and-doing": "3 of 5 notes led to something.",
}
# Of each measure: the middle, useful points, the verdict, whether the middle is that of the baseline, shifts.
CHARTS = {
    "Questions from families that were answered to the end": ("38.5", 24, "better", True, 1),
    "Cards with a name and a day on them": ("13.5", 14, "no signal", False, 0),
    "Minutes a day at the counter": ("39", 8, "too few points", False, 0),
    "Families who answered the weekly message": ("40", 16, "better", False, 2),
}
# Of each group at the four meetings: invited to, came to, spoke in, share of those invited and of those who spoke:
# families 366 of 423 and 21 of 41, leaders 17 of 423 and 10 of 41.
VOICES = {"families": (4, 4, 2, "87 %", "51 %"), "leaders": (4, 4, 3, "4 %", "24 %")}


@pytest.fixture
def year(context, tmp_path):
    """The desk of the sample leader at the end of the year."""
    demo_context, root = open_demo(tmp_path / "demo", False, context)
    workspace = Workspace.open(demo_context, root)
    workspace.refresh()
    return workspace


def one(workspace, title):
    """The record of a title in the leader's journal."""
    (row,) = [row for row in workspace.rows(Filters(places=("",))) if row.title == title]
    return row


def sections(workspace, row, *titles):
    workspace.desk().read_bodies([row])
    return [workspace.practice.sections([row], title)[row.rowid] for title in titles]


def test_an_agenda_goes_its_way_stage_by_stage_as_its_records_are_written(context):
    vault = make_vault(context.places.default_vault, "Marisol Vega", "en", NOW, random.Random(SEED).randbytes(18))
    workspace = Workspace.open(context, vault.root)
    sample = Sample(NOW, random.Random(SEED), Kinds(), sample_records(DATA / "demo"))
    waiting = sorted(sample.records, key=sample.moment)
    for days_ago, now, done in WAY:
        while waiting and waiting[0]["days_ago"] >= days_ago:
            one = sample.written(waiting.pop(0))
            path = vault.root / one.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(one.text)
        workspace.refresh()
        journey = workspace.practice.journey_of(workspace.agenda(AGENDA))
        states = [stage.state for stage in journey.stages]
        assert (journey.now.stage.slug, states.count("done")) == (now, done), days_ago


def test_patterns_say_what_the_year_was(year):
    said = {seen.pattern.name: seen.says for seen in year.patterns()}
    assert {name: said[name] for name in SAYS} == SAYS
    assert [name for name, says in said.items() if says.startswith("Shown from")] == ["agendas-quiet"]
    assert year.school().term_week(NOW.date()).words == "week 13 of term 2"


def test_every_loop_of_the_year_is_one_that_its_story_left_open(year):
    own = {loop.row.title: loop.loop for loop in year.open_loops()}
    assert own["Three languages, and a basket"] == "cycle-without-next"
    assert own["At the market hall, before closing"] == "not-told-back"
    assert own["Two people who should meet"] == "consent-open"
    assert own["Numbers that arrive in time"] == "rating-due"
    assert own["Carrying a promise through the offices"] == "review-due"
    assert own["The learning community of the four districts"] == "check-in-due"
    assert own["A basket for the busy half hour"] == "decision-not-explained"


def test_from_the_problem_one_can_walk_to_what_was_decided(year):
    problem = one(year, "We ask families to speak, and lose what they say")
    found = {(step.kind, step.row.title) for step in year.practice.chain(problem).steps if step.row}
    kinds = [kind for kind, _ in found]
    assert [kinds.count(kind) for kind in ("dossier", "conditions-map", "cycle", "finding", "decision")] == [
        1,
        2,
        3,
        2,
        1,
    ]
    turns = year.practice.tracking(one(year, "A card with two halves at two front offices"))
    assert [[(turn.number, turn.result, turn.next) for turn in ramp] for ramp in turns.ramps] == [
        [("1", "as predicted", "adapt"), ("2", "worse", "adapt"), ("3", "better", "")]
    ]
    assert all(turn.prediction for turn in turns.turns)
    maps = year.practice.maps(one(year, "What holds it in place, a season later"))
    changed = ["policies", "practices", "power-dynamics", "mental-models"]
    assert list(maps.changed) == changed


def test_run_charts_show_a_shift_no_signal_and_too_few_points(year):
    for title, (median, useful, verdict, is_frozen, shifts) in CHARTS.items():
        row = one(year, title)
        measure = measure_of(row, *sections(year, row, "What changed when"))
        chart = measure.chart
        found = (plain_number(chart.median), chart.useful, chart.verdict, chart.is_frozen, len(chart.shifts))
        assert found == (median, useful, verdict, is_frozen, shifts), title
        assert len(measure.events) == {"Questions": 3, "Families": 1}.get(title.split()[0], 0)


def test_ideas_that_nobody_tried_are_seen_in_the_driver_diagram(year):
    row = one(year, "Six in ten questions answered to the end")
    diagram = driver_diagram(row, *sections(year, row, "Aim", "Drivers"))
    assert (len(diagram.root.items), len(diagram.ideas())) == (3, 8)
    assert [item.text for item in diagram.untried()] == [
        "One number that takes questions only",
        "Families call back a neighbor, who is paid",
        "The board at the door on Fridays",
        "The oldest open card is read aloud at the cabinet",
    ]


def test_families_were_silent_at_two_meetings_and_spoke_at_the_next_two(year):
    lines = year.communities.get("rivertown").about.lines
    meetings = year.rows(Filters(kinds=("gathering",), places=("",)), order="oldest")
    tallies = [read_tally(row.text_of("voices"), lines) for row in meetings]
    spoke = [count.spoke for tally in tallies for count in tally.counts if count.group == "families"]
    assert (spoke, [tally.problems for tally in tallies]) == ([0, 0, 8, 13], [()] * 4)
    (line,) = voices(tallies, lines).lines
    groups = {voice.group: voice for voice in line.voices}
    for group, expected in VOICES.items():
        voice = groups[group]
        shares = [percent(share) for share in (voice.invited_share, voice.voice_share)]
        assert (voice.invited_to, voice.came_to, voice.spoke_in, *shares) == expected


def test_what_they_stand_on_has_two_versions_and_something_pulls_against_it(year):
    circles = year.system().circles()
    assert circles.core.title == "What we believe, written again with families and students"
    rows = year.rows(Filters(kinds=("instructional-core", "definition-of-leadership"), places=("",)))
    assert len(versions(rows, circles.core)) == 2
    assert len(versions(rows, one(year, "Leadership, after the blank page"))) == 2
    signs = {
        (belief, circle): [placed.sign for placed in circles.cell(belief, circle)]
        for belief in ("learners", "learning", "readiness")
        for circle in ("policy", "behaviors and mindsets", "instructional core")
    }
    assert signs["readiness", "policy"] == ["✗"]
    assert signs["readiness", "instructional core"] == ["✓"]
    assert signs["learning", "instructional core"] == ["?", "✓"]
    followed = {placed.row.title: [row.kind for row in placed.followed_by] for placed in circles.placed}
    assert followed["The form for the award"] == ["call-in"]
    assert followed["Ninety-six of one hundred and forty"] == ["policy"]
    assert followed["I talked for forty of the sixty minutes"] == ["question"]
    assert "Ready, says the cut score" in [placed.row.title for placed in circles.still_open()]


def test_an_example_has_three_versions_and_one_of_them_is_not_yet_ours(year):
    (row,) = [row for row in year.rows(Filters(kinds=("approximation",))) if row.title.startswith("Letters")]
    tree = [(depth, version.row.title, version.is_ours) for depth, version in year.system().lineage(row).walk()]
    assert tree == [
        (0, "The liaison who does her visits among dryers", True),
        (1, "Letters and coffee at the bus garage", True),
        (1, "A folding table at the market hall", True),
        (2, "A table in the study hall", False),
    ]


def test_one_channel_is_stuck_and_some_who_share_an_agenda_have_none(year):
    found = channels(year.rows(Filters(places=("",))))
    assert [(path.sign, path.start, path.end) for path in found.paths] == [
        ("✗", "families who speak Dari", "leaders"),
        ("~", "front office staff", "leaders"),
        ("✓", "families who speak Spanish", "family liaisons"),
    ]
    assert ("families who speak K’iche’", "teachers") in found.no_path_yet
    assert ("families who speak Spanish", "family liaisons") not in found.no_path_yet


def test_a_finding_was_raised_to_a_wider_agenda_and_something_came_of_it(year):
    (copy,) = [row for row in year.rows(Filters(kinds=("finding",))) if row.text_of("carried_id")]
    (origin,) = year.catalog.with_ids([copy.text_of("carried_id")])
    assert (origin.place, copy.place, copy.title) == ("rivertown", "state-table", origin.title)
    (agenda,) = year.catalog.with_ids([copy.agenda])
    assert agenda.text_of("level") == "state"
    assert sorted(row.kind for row in year.catalog.linking_to(copy)) == ["decision", "response"]


def test_two_raters_stand_side_by_side_in_two_areas_at_two_times(year):
    ratings = {
        row.text_of("area"): {day: list(values) for day, values in row.fields["ratings"].items()}
        for row in year.rows(Filters(kinds=("progression",)))
    }
    assert {area: list(found.values()) for area, found in ratings.items()} == {
        "families-and-students": [["1", "2"], ["2", "3"]],
        "shared-data-and-learning": [["2", "2"], ["1", "3"]],
    }


def test_what_was_noted_is_ticked_off_in_the_library(year):
    shelves = year.practice.library()[0].shelves()
    ticked = {shelf.named(item) for shelf in shelves for item in shelf.items if item.done}
    assert ticked == {row.text_of("resource") for row in year.rows(Filters(kinds=("resource-note",)))}
    assert len(ticked) == 5


def test_partners_come_in_every_form(year):
    forms = {row.text_of("form") for row in year.rows(Filters(kinds=("partner",)))}
    assert forms == set(Kinds().get("partner").field("form").choices)
