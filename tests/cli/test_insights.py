"""`reflect insights`: every pattern in a sentence, one with its figure, and both as JSON."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reflect.context import Context
from tests.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def fixed_day(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands run on the day of the tests."""
    monkeypatch.setattr(Context, "from_environment", lambda environment: context)


@pytest.fixture
def journal(run_cli: Run, vault: object) -> str:
    """Five call-ins, three of the same pattern, and an agenda with a finding; returns the agenda's id."""
    for number in range(5):
        pattern = ["--set", "pattern=who is asked"] if number < 3 else []
        run_cli("call-in", f"Call-in {number}", "--set", "direction=peer", "--set", "status=held", *pattern)
    agenda = run_cli("new", "agenda", "--title", "What makes families answer?", "--json").json["id"]
    run_cli("finding", "It rang.", "--agenda", agenda, "--set", "valence=negative", "--at", "2026-09-01")
    return str(agenda)


def test_all_patterns_are_listed_with_what_they_ask_and_those_that_wait_with_their_number(
    run_cli: Run, journal: str
) -> None:
    text = run_cli("insights").out
    assert "Call-ins, followed through (call-ins)\n  5 prepared · 5 held · 0 followed up · 0 let pass" in text
    assert "→ What would it take to have one upward? Who calls you in?" in text
    assert "practice-balance" in text.partition("Not shown yet, for want of records:")[2]


def test_one_pattern_has_a_figure_in_numbers_a_command_to_begin_and_what_it_counts(run_cli: Run, journal: str) -> None:
    text = run_cli("insights", "direction").out
    assert "to peers         ████████████████████████  5" in text
    assert "reflect new call-in --set 'direction=to someone with more power'" in text
    assert "What is counted: My call-ins that are being prepared or were held" in text


def test_the_command_to_begin_works_as_it_stands(run_cli: Run, journal: str) -> None:
    offer = run_cli("insights", "direction", "--json").json["offers"][0]
    assert offer["command"].startswith("reflect new call-in --set")
    ran = run_cli("new", offer["kind"], "A word", "--set", f"direction={offer['fields']['direction']}", "--json")
    assert ran.json["fields"]["direction"] == "to someone with more power"


def test_a_pattern_as_json_has_its_figure_with_the_ids_behind_each_part(run_cli: Run, journal: str) -> None:
    found = run_cli("insights", "recurring", "--json").json
    assert (found["name"], found["from"], found["records"], found["shown"]) == ("recurring", 3, 5, True)
    assert found["question"] == "Is this still about people, or about a rule?"
    assert [offer["kind"] for offer in found["offers"]] == ["policy", "question"]
    part = found["figure"]["parts"][0]
    assert (part["label"], part["count"], len(part["ids"])) == ("who is asked", 3, 3)
    assert found["period"] == {"spans": "period", "since": "2025-11-23", "until": "2026-11-23"}


def test_a_pattern_with_too_few_records_shows_nothing_of_them(run_cli: Run, journal: str) -> None:
    found = {each["name"]: each for each in run_cli("insights", "--json").json}
    assert found["practice-balance"]["shown"] is False
    assert found["practice-balance"]["figure"] is None
    assert found["practice-balance"]["question"] is None
    assert found["direction"]["shown"] is True


def test_days_and_an_agenda_narrow_it(run_cli: Run, journal: str) -> None:
    assert run_cli("insights", "call-ins", "--until", "2025-01-01", "--json").json["records"] == 0
    assert run_cli("insights", "call-ins", "--since", "2026-11-23", "--json").json["records"] == 5
    loops = run_cli("insights", "open-loops", "--for", "what-makes-families-answer", "--json").json
    assert [part["label"] for part in loops["figure"]["parts"]] == ["It rang."]
    assert run_cli("insights", "call-ins", "--for", journal, "--json").json["records"] == 0


def test_what_cannot_be_asked_is_refused_with_what_can(run_cli: Run, journal: str) -> None:
    unknown = run_cli("insights", "directions")
    assert (unknown.code, "Did you mean direction" in unknown.err) == (2, True)
    assert run_cli("insights", "--since", "2026-11-01", "--until", "2026-10-01").code == 2
    assert run_cli("insights", "openness", "--for", "nothing-of-this-name").code == 1
