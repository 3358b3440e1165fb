"""Journeys, chains, conditions maps and the library on the command line."""

from __future__ import annotations

import pytest


@pytest.fixture
def made(run_cli, family_agenda):
    """Write a record in the agenda and return its id."""

    def make(kind, title, *options):
        ran = run_cli("new", kind, "--title", title, "--agenda", family_agenda, *options, "--json")
        assert ran.code == 0, ran.err
        return ran.json["id"]

    return make


def test_journeys_are_listed_with_their_stages_and_source(run_cli, vault):
    listed = run_cli("journeys", "--json").json
    names = ["equitable-systems", "inclusive-co-creation", "plan-do-reflect", "two-year-cohort"]
    assert [each["name"] for each in listed] == names
    assert [len(each["stages"]) for each in listed] == [9, 5, 4, 8]
    assert listed[0]["source"] == "After “Equitable Systems Transformation”, Digital Promise."
    stage = listed[0]["stages"][4]
    assert (stage["slug"], stage["title"]) == ("design-studios", "Design studios with the community")
    assert stage["exit"] == [{"kind": "design-studio", "least": 1, "spoke": "voices"}]
    shown = run_cli("journeys", "equitable systems, in nine stages").out
    assert "What would those who live it design?" in shown
    assert "There are: equitable-systems" in run_cli("journeys", "nope").err


def test_an_agenda_has_its_journey_in_json_and_in_words(run_cli, family_agenda, made):
    assert run_cli("agenda", family_agenda, "--json").json["journey"] == []
    assert "follows no journey yet" in run_cli("journeys", "--for", family_agenda).err
    run_cli("edit", family_agenda, "--set", "journey=equitable-systems")
    problem = made("problem-of-practice", "Families hear late", "--set", "for_whom=students learning English")
    stages = run_cli("agenda", family_agenda, "--json").json["journey"]
    assert [each["state"] for each in stages] == ["now", "next", *["open"] * 7]
    assert stages[0]["missing"] == ["no dossier yet"]
    assert stages[0]["half"] is True
    made("dossier", "Who we are", "--set", f"problem={problem}")
    shown = run_cli("journeys", "--for", family_agenda).out
    assert "●─◎─○" in shown
    assert f"--set problem={problem[-6:].lower()} --edit" in shown
    run_cli("delete", problem)
    assert run_cli("agenda", family_agenda, "--json").json["journey"][0]["state"] == "now"


def test_evidence_may_hang_on_the_problem_without_naming_the_agenda(run_cli, family_agenda, made):
    run_cli("edit", family_agenda, "--set", "journey=equitable-systems")
    problem = made("problem-of-practice", "Families hear late", "--set", "for_whom=students")
    made("dossier", "Who we are", "--set", f"problem={problem}")
    written = [f"--section={title}=Something." for title in ("Policies", "Power dynamics", "Mental models")]
    apart = run_cli("new", "conditions-map", "--title", "Apart", "--set", f"problem={problem}", *written, "--json").json
    stages = run_cli("journeys", "--for", family_agenda, "--json").json["stages"]
    assert [each["state"] for each in stages][:3] == ["done", "done", "now"]
    assert stages[1]["evidence"] == [apart["id"]]


def test_a_journey_that_does_not_exist_is_said_and_breaks_nothing(run_cli, family_agenda):
    run_cli("edit", family_agenda, "--set", "journey=our-own", "--set", "stages_skipped=walk")
    assert run_cli("agenda", family_agenda, "--json").json["journey"] == []
    assert "no journey called “our-own”" in run_cli("agenda", family_agenda).out
    assert run_cli("journeys", "plan-do-reflect", "--for", family_agenda, "--json").json["stages"][0]["state"] == "now"


def test_a_journey_of_ones_own_replaces_and_a_broken_one_does_not(run_cli, vault):
    folder = vault.root / ".reflect" / "journeys"
    folder.mkdir(parents=True)
    text = 'name="plan-do-reflect"\ntitle="Ours"\nsource="Ours."\n[[stage]]\nslug="a"\ntitle="A"\nask="A?"\n'
    own = folder / "plan-do-reflect.toml"
    own.write_text(text + '[[stage.exit]]\nkind="activity"\n')
    (folder / "two-year-cohort.toml").write_text("broken")
    ran = run_cli("journeys", "--json")
    by_name = {each["name"]: each for each in ran.json}
    assert (by_name["plan-do-reflect"]["title"], by_name["plan-do-reflect"]["origin"]) == ("Ours", "vault")
    assert len(by_name["two-year-cohort"]["stages"]) == 8
    assert "two-year-cohort.toml: not TOML" in ran.err
    assert "well formed: journey, 1 stages" in run_cli("kinds", "--check", str(own)).out
    own.write_text(text + '[[stage.exit]]\nkind="activity"\nfields=["colour"]\n')
    refused = run_cli("kinds", "--check", str(own))
    assert refused.code == 1
    assert "plan-do-reflect.toml, line 10: in [[stage]] a, [[exit]] 1, `fields` is 'colour'; allowed: qu" in refused.err


def test_a_chain_is_shown_from_any_of_its_records(run_cli, made):
    problem = made("problem-of-practice", "Families hear late")
    theory = made("theory-of-action", "If families hear early", "--set", f"problem={problem}")
    pilot = made("pilot", "Six weeks of messages", "--set", f"theory={theory}", "--set", "status=running")
    plan = "--section=Plan=We predict that 8 of 20 answer."
    cycle = made("cycle", "One class", "--set", f"pilot={pilot}", "--set", "number=1", plan, "--set", "next=abandon")
    steps = run_cli("chain", cycle, "--json").json
    assert [(each["kind"], each["state"]) for each in steps["steps"]] == [
        ("problem-of-practice", "record"),
        ("equity-use-case", "missing"),
        ("theory-of-action", "record"),
        ("design-studio", "missing"),
        ("pilot", "record"),
        ("cycle", "record"),
        ("finding", "missing"),
        ("dossier", "missing"),
        ("conditions-map", "missing"),
    ]
    assert steps["steps"][1]["start"] == {"kind": "equity-use-case", "fields": {"problem": problem}}
    assert steps["steps"][1]["then_name_it_in"] == {"id": theory, "field": "use_case"}
    [[turn]] = steps["tracking"]["ramps"]
    assert (turn["prediction"], turn["next"]) == ("We predict that 8 of 20 answer.", "abandon")
    shown = run_cli("chain", pilot).out
    assert "missing here" in shown
    assert f"reflect new equity-use-case --set problem={problem[-6:].lower()} --edit" in shown
    assert "Implementation and iteration tracking" in shown
    assert run_cli("chain", problem, "--json").json["steps"][0]["id"] == problem


def test_two_maps_of_one_problem_stand_beside_each_other(run_cli, vault, made):
    assert "no conditions map yet" in run_cli("conditions").err
    problem = made("problem-of-practice", "Families hear late")
    old = made(
        "conditions-map", "In fall", "--set", f"problem={problem}", "--set", "as_of=2026-09-01",
        "--section=Policies=holds it: letters in May", "--section=Mental models=Families are busy.",
    )  # fmt: skip
    new = made(
        "conditions-map", "In spring", "--set", f"problem={problem}", "--set", "as_of=2026-11-01",
        "--section=Policies=holds it: letters in May", "--section=Mental models=Families are not asked.",
    )  # fmt: skip
    made("conditions-map", "Of another problem", "--set", "as_of=2026-10-01")
    found = run_cli("conditions", new, "--json").json
    assert (found["map"]["id"], found["before"]["id"], found["changed"]) == (new, old, ["mental-models"])
    assert found["map"]["conditions"][0]["holds_it"] == "letters in May"
    assert "Changed since 2026-09-01: Mental models." in run_cli("conditions", new).out
    assert run_cli("conditions", old, "--json").json["before"] is None
    assert "is no conditions map" in run_cli("conditions", problem).err


def test_the_library_is_searched_and_ticked_off(run_cli, vault):
    listed = run_cli("resources", "--json").json
    assert [each["set"] for each in listed] == [1, 2, 3, 4, 5, 6, 7]
    assert listed[2]["items"][0] == {
        "number": 1,
        "type": "watch",
        "title": "Who is a Change Agent? An Introduction to the Framework",
        "range": "3:00–8:44",
        "note": None,
        "done": False,
        "done_on": None,
    }
    found = run_cli("resources", "--search", "driver diagram", "--json").json
    assert [(each["set"], len(each["items"])) for each in found] == [(6, 1), (7, 1)]
    assert run_cli("resources", "--search", "gonzales", "--json").json[0]["set"] == 4
    assert "No item" in run_cli("resources", "--search", "zebra").err
    assert run_cli("resources", "done", "3", "1", "--json").json["items"][0]["done"] is True
    assert run_cli("resources", "done", "hub-leadership", "key areas").code == 0
    assert "✓  1  watch  Who is a Change Agent?" in run_cli("resources", "3").out
    run_cli("resources", "undo", "3", "1")
    assert run_cli("resources", "empowering change agents", "--json").json[0]["items"][0]["done"] is False
    for arguments, says in ((("done", "9", "1"), "no set"), (("done", "3", "9"), "no item"), (("nope",), "no set")):
        ran = run_cli("resources", *arguments)
        assert ran.code == 1
        assert says in ran.err
    assert "names 2 items" in run_cli("resources", "done", "3", "framework").err


def test_a_note_and_an_activity_are_made_from_an_item(run_cli, family_agenda):
    note = run_cli("resources", "note", "3", "1", "I told more than I asked.", "--agenda", family_agenda, "--json").json
    assert note["kind"] == "resource-note"
    assert note["fields"]["resource"] == (
        "Empowering Change Agents: Who is a Change Agent? An Introduction to the Framework"
    )
    act = run_cli("resources", "act", "1", "2", "We begin with names.", "--agenda", family_agenda, "--json").json
    assert (act["kind"], act["agenda"], act["fields"]["status"]) == ("activity", family_agenda, "planned")
    assert act["title"] == "Practicing Inclusion: Icebreakers and team builders for diversity"


def test_what_is_incomplete_stands_under_left_open_with_what_is_missing(run_cli, family_agenda):
    finding = run_cli("new", "finding", "--title", "Texts work", "--json").json["id"]
    left = {each["id"]: each["missing"] for each in run_cli("today", "--json").json["left_open"]}
    assert left == {finding: ["Valence"], family_agenda: ["Voices needed"]}
    shown = run_cli("today").out
    assert "Left open" in shown
    assert "Texts work · still empty: Valence" in shown
    run_cli("edit", finding, "--set", "valence=mixed")
    assert finding not in [each["id"] for each in run_cli("today", "--json").json["left_open"]]
