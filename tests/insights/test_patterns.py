"""Each pattern counts exactly what its definition says, and is shown from its number of records on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reflect.errors import UsageError
from reflect.insights.patterns.figures import Seen
from reflect.insights.patterns.period import ALL, between, period
from reflect.insights.patterns.registry import find_pattern, patterns
from reflect.insights.patterns.words import changed, counted_words
from reflect.records.school import EVERY_WEEK
from reflect.settings import write_setting
from reflect.workspace import Workspace
from tests.insights.conftest import Add

TODAY = dt.date(2026, 11, 23)


def look(workspace: Workspace, name: str, **options: Any) -> Seen:
    return workspace.patterns([find_pattern(name)], **options)[0]


def counts(seen: Seen) -> dict[str, int | None]:
    return {part.name: part.count for part in seen.found.figure.parts}


def labels(seen: Seen) -> list[str]:
    return [part.label for part in seen.found.figure.parts]


def test_every_pattern_has_a_name_of_its_own_says_what_it_counts_and_is_empty_over_nothing(
    workspace: Workspace,
) -> None:
    names = [pattern.name for pattern in patterns()]
    assert len(set(names)) == len(names)
    assert all(pattern.counts.endswith(".") and pattern.title for pattern in patterns())
    for seen in workspace.patterns():
        assert not seen.is_shown
        assert (seen.found.question, seen.found.figure.parts) == ("", ())
        assert "Shown from" in seen.says


def test_a_name_that_is_none_is_refused_with_those_like_it() -> None:
    with pytest.raises(UsageError, match="no pattern") as caught:
        find_pattern("practise-balance")
    assert "practice-balance" in caught.value.hint


BY_KIND = [
    ("call-in", {}, "call-in"),
    ("coalition", {}, "share-leadership"),
    ("design-studio", {}, "share-leadership"),
    ("partner", {}, "boundary-spanners"),
    ("channel", {}, "channels-of-learning"),
    ("story", {}, "stories-and-networks"),
    ("approximation", {}, "approximation"),
    ("gathering", {}, "facilitate-learning-communities"),
    ("policy", {}, "drive-policy-change"),
    ("policy", {"invites": ["planning"]}, "policy-room-for-innovation"),
    ("reflection", {"lenses": ["agency"]}, None),
    ("reflection", {"lenses": ["inclusive-new-work"]}, "inclusive-new-work"),
    ("call-in", {"lenses": ["call-in"]}, "call-in"),
    ("finding", {}, None),
    ("finding", {"place": "rivertown", "owner": "somebody else"}, None),
    ("decision", {"explained_to": ["families"]}, None),
    ("decision", {"sections": {"Why": "Because."}}, None),
    ("decision", {"explained_to": ["families"], "sections": {"Why": "Because."}}, "open-learning-agendas"),
]


@pytest.mark.parametrize(("kind", "parts", "lens"), BY_KIND)
def test_a_record_counts_for_a_strategy_by_its_lens_or_by_what_it_is_once_each(
    workspace: Workspace, add: Add, kind: str, parts: dict[str, Any], lens: str | None
) -> None:
    add("reflection", times=10, lenses=["model-and-reinforce"])
    add(kind, **parts)
    found = counts(look(workspace, "practice-balance"))
    assert len(found) == 12
    assert found.pop("model-and-reinforce") == 10
    assert {name: count for name, count in found.items() if count} == ({lens: 1} if lens else {})


def test_a_finding_counts_for_open_agendas_when_it_was_sent_and_not_withdrawn(
    workspace: Workspace, add: Add, send: Add
) -> None:
    add("reflection", times=9, lenses=["approximation"])
    send("finding")
    send("finding", withdrawn="2026-11-02")
    assert counts(look(workspace, "practice-balance"))["open-learning-agendas"] == 1


def test_practice_balance_asks_for_the_least_used_and_of_these_for_the_one_longest_ago(
    workspace: Workspace, add: Add
) -> None:
    twelve = [lens.slug for each in workspace.frameworks for lens in each.lenses if lens.group in ("mindset", "flow")]
    add("reflection", day="2026-10-01", lenses=["policy-room-for-innovation"])
    add("reflection", day="2026-09-01", lenses=["drive-policy-change"])
    add("reflection", day="2026-10-02", times=2, lenses=twelve)
    assert not look(workspace, "practice-balance").is_shown
    add("reflection", times=7, lenses=["approximation"])
    found = look(workspace, "practice-balance").found
    assert found.question == "What would one week with drive policy change look like?"
    assert (found.offers[0].kind, found.offers[0].lens) == ("reflection", "drive-policy-change")


def test_behaviors_are_counted_by_lenses_alone(workspace: Workspace, add: Add) -> None:
    add("reflection", times=9, lenses=["agency", "history-and-self"])
    add("call-in", lenses=["call-in"])
    assert not look(workspace, "behaviors-seen").is_shown
    add("finding", lenses=["agency"])
    seen = look(workspace, "behaviors-seen")
    assert counts(seen) == {
        "history-and-self": 9,
        "relationships-across-difference": 0,
        "academic-and-essential-skills": 0,
        "identity-and-belonging": 0,
        "agency": 10,
    }


def test_only_the_period_counts_and_it_can_be_chosen(workspace: Workspace, add: Add) -> None:
    add("reflection", day="2025-11-22", times=5, lenses=["agency"])
    add("reflection", day="2025-11-23", times=10, lenses=["agency"])
    add("reflection", day="2026-11-24", lenses=["agency"])
    assert counts(look(workspace, "behaviors-seen"))["agency"] == 10
    assert counts(look(workspace, "behaviors-seen", period=period(ALL, TODAY, EVERY_WEEK)))["agency"] == 16
    chosen = between("2025-11-01", "2025-11-22", TODAY)
    assert look(workspace, "behaviors-seen", period=chosen).found.records == 5


def test_the_calendar_has_three_terms_with_a_number_for_each_school_week_and_none_for_a_break(
    workspace: Workspace, add: Add
) -> None:
    path = workspace.context.places.settings
    write_setting(path, "terms", "1 2026-01-12 to 2026-06-05, 2 2026-08-31 to 2026-12-18")
    write_setting(path, "breaks", "harvest 2026-10-12 to 2026-10-16")
    add("reflection", day="2026-10-07", times=2)
    add("call-in", day="2026-10-19")
    add("reflection", day="2026-10-14")
    add("finding", day="2026-10-20", place="rivertown")
    seen = look(workspace, "calendar")
    weeks = {part.name: (part.label, part.count) for part in seen.found.figure.parts}
    assert weeks["2026-10-05"] == ("week 6", 2)
    assert weeks["2026-10-12"] == ("harvest", None)
    assert weeks["2026-10-19"] == ("week 7", 1)
    assert max(weeks) == "2026-11-23"
    assert min(weeks) == "2026-01-12"
    assert "2026-07-06" not in weeks
    assert "most in week 6 of term 2, with 2" in seen.says


def test_without_terms_the_calendar_shows_each_week_once(workspace: Workspace, add: Add) -> None:
    add("reflection", day="2026-10-30", times=2)
    parts = look(workspace, "calendar").found.figure.parts
    assert len({part.name for part in parts}) == len(parts)
    assert [part.group for part in parts if part.count] == ["Nov–Jan"]


def test_call_ins_are_counted_by_how_far_they_went(workspace: Workspace, add: Add) -> None:
    add("call-in", status="preparing")
    add("call-in", times=2, status="held")
    add("call-in", status="followed up")
    add("call-in", status="let pass")
    due = add("call-in", "The tardy policy", day="2026-09-01", status="held", follow_up="2026-10-01")
    seen = look(workspace, "call-ins")
    assert seen.says == "6 prepared · 4 held · 1 followed up · 1 let pass"
    assert seen.found.offers[0].loop == "call-in-due"
    assert seen.found.offers[0].ref == workspace.catalog.with_ids([due])[0].ref


UP, PEER, DOWN = "to someone with more power", "peer", "to someone with less power"


@pytest.mark.parametrize(
    ("ways", "question"),
    [
        ([PEER] * 5, "What would it take to have one upward? Who calls you in?"),
        ([UP, *[PEER] * 4], "Who calls you in?"),
        ([PEER] * 5 + ["called in"], "What would it take to have one upward?"),
        ([UP, *[PEER] * 4, "called in"], "Which of these was hardest to begin, and what carried you?"),
    ],
)
def test_direction_counts_my_call_ins_and_asks_for_what_is_missing(
    workspace: Workspace, add: Add, ways: list[str], question: str
) -> None:
    for way in ways:
        side = {"side": "I was called in", "direction": UP} if way == "called in" else {"direction": way}
        add("call-in", status="held", **side)
    add("call-in", status="let pass", direction=UP)
    seen = look(workspace, "direction")
    assert counts(seen)[PEER] == ways.count(PEER)
    assert counts(seen)[UP] == ways.count(UP)
    assert counts(seen)["I was called in"] == ways.count("called in")
    assert seen.found.question == question


def test_direction_is_shown_from_five_of_my_own_on(workspace: Workspace, add: Add) -> None:
    add("call-in", times=4, direction=DOWN)
    add("call-in", side="I was called in")
    assert not look(workspace, "direction").is_shown
    add("call-in", times=1)
    assert counts(look(workspace, "direction")) == {UP: 0, PEER: 0, DOWN: 4, "not said": 1, "I was called in": 1}


def test_what_comes_back_is_a_pattern_in_three_call_ins_or_a_rule_in_three(workspace: Workspace, add: Add) -> None:
    for words in ("Who is asked", "who is asked", "WHO IS ASKED ", "someone else"):
        add("call-in", pattern=words)
    add("call-in", times=2, about=["a rule or process", "words"])
    seen = look(workspace, "recurring")
    assert [(part.label.lower(), part.count) for part in seen.found.figure.parts] == [("who is asked", 3)]
    add("call-in", about=["a rule or process"])
    assert counts(look(workspace, "recurring"))["a rule or process"] == 3
    assert [offer.kind for offer in seen.found.offers] == ["policy", "question"]


def test_when_nothing_comes_back_that_is_said_without_a_question(workspace: Workspace, add: Add) -> None:
    add("call-in", times=3)
    seen = look(workspace, "recurring")
    assert (seen.found.question, seen.says) == ("", "Nothing has come up 3 times in 3 call-ins.")


def test_open_loops_stand_by_agenda_the_longest_open_first(workspace: Workspace, add: Add) -> None:
    agenda = add("agenda", "What makes families answer?", day="2026-11-20", status="open")
    add("finding", "Robocalls", day="2026-09-01", valence="negative", agenda=agenda)
    add("call-in", "The tardy policy", day="2026-08-01", follow_up="2026-10-01")
    add("finding", "Texts", day="2026-08-15", valence="mixed", agenda=agenda)
    seen = look(workspace, "open-loops")
    shown = [(part.group, part.label, part.name) for part in seen.found.figure.parts]
    assert shown == [
        ("What makes families answer?", "Texts", "finding-without-decision"),
        ("What makes families answer?", "Robocalls", "finding-without-decision"),
        ("of no agenda", "The tardy policy", "call-in-due"),
    ]
    assert seen.found.question == "What follows from this, even if nothing changes?"
    assert seen.found.offers[0].loop == "finding-without-decision"


def test_commitments_due_are_the_loops_that_a_date_has_opened(workspace: Workspace, add: Add) -> None:
    add("finding", day="2026-09-01", valence="negative")
    add("call-in", "The tardy policy", follow_up="2026-10-01")
    add("measure", every="day", values={"2026-01-01": "3"})
    assert labels(look(workspace, "commitments-due")) == ["The tardy policy"]


def test_an_agenda_is_quiet_when_nothing_has_come_to_it_for_six_weeks(
    workspace: Workspace, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.insights.conftest.NOW", dt.datetime(2026, 9, 1, tzinfo=dt.UTC))
    add("agenda", "Nothing came", day="2026-09-01", status="open")
    busy = add("agenda", "Something came", day="2026-09-01", status="open")
    add("agenda", "It rests", day="2026-09-01", status="resting")
    add("finding", day="2026-11-01", agenda=busy)
    assert labels(look(workspace, "agendas-quiet")) == ["Nothing came"]


def test_openness_asks_the_first_part_that_is_not_met(workspace: Workspace, add: Add) -> None:
    add("agenda", "Closed", status="closed")
    add("agenda", "Open", status="open", made_known=["staff"], made_known_on="2026-11-01")
    seen = look(workspace, "openness")
    assert [(part.name, part.is_met) for part in seen.found.figure.parts] == [
        ("known", True),
        ("engaged", False),
        ("shared", False),
        ("explained", False),
    ]
    assert seen.found.question == "Say first whose voices this needs."
    assert seen.found.offers[0].part == "engaged"


def test_only_good_news_asks_when_of_three_that_were_sent_none_went_against_us(
    workspace: Workspace, add: Add, send: Add
) -> None:
    send("finding", valence="positive")
    send("finding", valence="too early")
    add("finding", valence="negative")
    assert not look(workspace, "only-good-news").is_shown
    send("finding", valence="positive")
    assert look(workspace, "only-good-news").found.question == "What did not work that others could be spared?"
    send("finding", valence="no difference")
    seen = look(workspace, "only-good-news")
    assert (seen.found.question, counts(seen)["positive"], counts(seen)["no difference"]) == ("", 2, 1)


def test_never_abandoned_asks_when_of_five_decided_cycles_none_was(workspace: Workspace, add: Add) -> None:
    add("cycle", times=2, next="adopt")
    add("cycle", times=2, next="adapt")
    add("cycle", times=3)
    assert not look(workspace, "never-abandoned").is_shown
    add("cycle", next="adapt")
    assert look(workspace, "never-abandoned").found.question == "Which idea do we keep out of politeness?"
    add("cycle", next="abandon")
    assert look(workspace, "never-abandoned").found.question == ""


def test_predictions_are_counted_by_result_and_an_empty_plan_is_none(workspace: Workspace, add: Add) -> None:
    plan = {"sections": {"Plan": "By May, 30 of 44."}}
    add("cycle", times=2, result="as predicted", **plan)
    add("cycle", result="worse", **plan)
    add("cycle", result="better")
    add("cycle", **plan)
    assert not look(workspace, "predictions").is_shown
    add("cycle", sections={"Study": "We saw more than we thought."})
    seen = look(workspace, "predictions")
    assert {name: count for name, count in counts(seen).items() if count} == {
        "as predicted": 2,
        "worse": 1,
        "not predicted": 2,
    }
    assert seen.says == "2 of 5 as predicted, 1 of 5 worse and 2 of 5 not predicted."


def test_a_running_pilot_misses_a_measure_of_a_sort(workspace: Workspace, add: Add) -> None:
    outcome, process, balancing = (add("measure", family=name) for name in ("outcome", "process", "balancing"))
    add("pilot", "Whole", status="running", measures=[outcome, process, balancing])
    add("pilot", "Planned", status="planned")
    add("pilot", "Bare", day="2020-01-01", status="running")
    add("pilot", "One-sided", status="running", measures=[outcome, process])
    parts = look(workspace, "missing-measure").found.figure.parts
    assert {part.label: part.note for part in parts} == {
        "One-sided": "no balancing measure",
        "Bare": "no outcome, no process and no balancing measure",
    }
    assert parts[0].offers[0].fields == {"family": "balancing"}


def test_the_surface_is_asked_about_when_nothing_lies_below_it(workspace: Workspace, add: Add) -> None:
    add("activity", times=2, conditions=["policies", "practices"])
    add("pilot", conditions=["resource-flows"])
    add("activity")
    assert not look(workspace, "surface-only").is_shown
    add("activity", conditions=["practices"])
    seen = look(workspace, "surface-only")
    assert (counts(seen)["practices"], counts(seen)["power-dynamics"]) == (3, 0)
    assert seen.found.question == "What would we try on relationships, power or beliefs?"
    add("activity", conditions=["mental-models"])
    assert look(workspace, "surface-only").found.question == ""


def test_deciders_are_held_beside_the_voices_that_the_agenda_needs(workspace: Workspace, add: Add) -> None:
    agenda = add("agenda", voices_needed=["Families", "Students"])
    other = add("agenda")
    add("decision", agenda=agenda, decided_by=["board"])
    add("decision", agenda=agenda, decided_by=["families ", "board"])
    add("decision", agenda=other, decided_by=["board"])
    assert not look(workspace, "deciders").is_shown
    add("decision", agenda=agenda)
    seen = look(workspace, "deciders")
    assert counts(seen) == {"without": 1, "with": 1, "not said": 1}
    assert seen.found.question == "Who could decide the next one with us?"


def test_told_back_looks_at_meetings_older_than_three_weeks(workspace: Workspace, add: Add) -> None:
    add("gathering", "Told", day="2026-09-01", held_on="2026-09-01", told_back_on="2026-09-10")
    add("gathering", "Too new", held_on="2026-11-03")
    add("gathering", "No date")
    assert not look(workspace, "told-back").is_shown
    add("design-studio", "Waiting", day="2026-10-01", held_on="2026-11-02")
    seen = look(workspace, "told-back")
    assert seen.says == "1 of 2 meetings older than three weeks told back."
    assert labels(seen) == ["told back", "Waiting"]
    assert seen.found.offers[0].at == "told_back_on"


def test_findings_are_carried_out_and_in_and_answered(workspace: Workspace, add: Add, send: Add) -> None:
    assert not look(workspace, "carried").is_shown
    origin = add("finding", place="lakeside")
    answered = send("finding")
    copy = workspace.copies().of(answered)[0].id
    add("finding", place="rivertown", carried_from="Lakeside · a peer · 2026-10-01", carried_id=origin)
    add("response", to=copy, place="rivertown", kind_of="thanks")
    add("response", "Carried to Hilltop.", to=copy, place="rivertown", kind_of="an offer")
    assert counts(look(workspace, "carried")) == {"out": 2, "in": 1, "answered": 1}


def test_a_note_that_is_linked_to_has_led_to_something(workspace: Workspace, add: Add) -> None:
    notes = [add("resource-note", f"note {number}", resource="Set 1") for number in range(3)]
    add("activity", links=[notes[0]])
    add("activity", body="See [[note 1]].")
    assert not look(workspace, "reading-and-doing").is_shown
    add("resource-note", "note 3", resource="Set 2")
    seen = look(workspace, "reading-and-doing")
    assert seen.says == "2 of 4 notes led to something."
    assert sorted(labels(seen)[1:]) == ["note 2", "note 3"]


def test_mentions_are_those_in_fields_for_people_and_three_have_most(workspace: Workspace, add: Add) -> None:
    ana = add("person", "Ana Ruiz")
    add("reflection", times=8, people=[ana, "Ben"])
    add("call-in", times=2, **{"with": ["ana ruiz"]})
    assert not look(workspace, "few-voices-around-me").is_shown
    add("reflection", people=["Cy", "Dee", "Eva"])
    seen = look(workspace, "few-voices-around-me")
    assert {part.label: part.count for part in seen.found.figure.parts} == {
        "Ana Ruiz": 10,
        "Ben": 8,
        "Cy": 1,
        "2 others": 2,
    }
    assert seen.says == "19 of 21 mentions are of the same 3 people."


def test_words_are_those_three_times_as_frequent_or_as_rare_as_in_the_two_terms_before(
    workspace: Workspace, add: Add
) -> None:
    add("reflection", day="2026-06-01", times=5, body="Compliance again, and one family.\n\n## Family\n\nBelonging.")
    add("reflection", day="2026-09-01", times=5, body="Compliance; family – family.")
    assert not look(workspace, "words").is_shown
    add("reflection", day="2026-11-10", times=10, body="Listening, family! See [[Belonging]] https://belonging.example")
    seen = look(workspace, "words")
    assert {part.label: (part.group, part.count) for part in seen.found.figure.parts} == {
        "listening": ("more often", 10),
        "compliance": ("more rarely", 0),
    }


@pytest.mark.parametrize(
    ("now", "before", "more", "less"),
    [
        ("trust " * 8 + "x" * 3 + " abc" * 7, "abc " * 15, ["trust"], []),
        ("trust " * 7 + "abc " * 8, "abc " * 15, [], []),
        ("trust " * 9 + "abc " * 6, "trust " * 3 + "abc " * 12, ["trust"], []),
        ("trust " * 8 + "abc " * 7, "trust " * 3 + "abc " * 12, [], []),
        ("abc " * 15, "confianza " * 8 + "abc " * 7, [], ["confianza"]),
        ("", "trust " * 20, [], []),
    ],
)
def test_a_word_has_come_or_gone_by_its_share_of_all_words(
    now: str, before: str, more: list[str], less: list[str]
) -> None:
    assert changed(counted_words([now]), counted_words([before])) == (more, less)


def test_words_are_folded_and_common_ones_of_two_languages_left_out() -> None:
    text = "The Niños’ families, and los PADRES don’t—«confían» it’s 3rd-grade [[01JDA6C4T3W5E9K2M8Q7RZXYV1]]"
    assert counted_words([text]) == {"niños": 1, "families": 1, "padres": 1, "confían": 1, "grade": 1}


def test_the_records_of_one_agenda_can_be_looked_at_alone(workspace: Workspace, add: Add) -> None:
    agenda = add("agenda", "One", voices_needed=["families"])
    add("decision", agenda=agenda, times=3, decided_by=["board"])
    add("decision", agenda=add("agenda", "Other", voices_needed=["families"]), times=4, decided_by=["board"])
    add("finding", day="2026-09-01", valence="mixed")
    assert counts(look(workspace, "deciders"))["without"] == 7
    about = workspace.agenda_row(agenda)
    assert counts(look(workspace, "deciders", about=about))["without"] == 3
    assert not [part for part in look(workspace, "open-loops", about=about).found.figure.parts if part.group != "One"]
