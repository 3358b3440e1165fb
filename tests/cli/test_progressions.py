"""Rating the areas of a rubric on the command line, and looking at how they moved."""

from __future__ import annotations

import pytest

from tests.insights.test_progressions import RUBRIC


def areas(run_cli, *options):
    found = run_cli("progressions", "partnership", *options, "--json").json["areas"]
    return {each["slug"]: each for each in found}


def test_each_area_that_is_rated_is_one_progression_with_dates_levels_and_evidence(run_cli, vault, family_agenda):
    first = run_cli(
        "progressions", "rate", "partnership", "time-to-learn=2,3", "leaders-engaged=taking shape",
        "--on", "2026-03-02", "--note", "time-to-learn=One team has a slot.",
        "--agenda", family_agenda, "--by", "Teachers", "--json",
    )  # fmt: skip
    assert first.code == 0, first.err
    assert [each["fields"]["ratings"] for each in first.json] == [
        [["2026-03-02", 2], ["2026-03-02", 3]],
        [["2026-03-02", 2]],
    ]
    again = run_cli(
        "progressions", "rate", "partnership", "Time to learn=1",
        "--on", "2026-11-23", "--note", "Time to learn=It was cut.",
        "--agenda", family_agenda, "--by", "Families", "--json",
    ).json  # fmt: skip
    assert [each["id"] for each in again] == [first.json[0]["id"]]
    record = again[0]
    assert record["fields"]["rated_by"] == ["Teachers", "Families"]
    assert record["sections"][0]["text"].strip() == "- 2026-03-02: One team has a slot.\n- 2026-11-23: It was cut."
    found = areas(run_cli)
    assert found["time-to-learn"]["movement"] == "down"
    assert found["time-to-learn"]["ratings"] == [["2026-03-02", 2], ["2026-03-02", 3], ["2026-11-23", 1]]
    assert found["who-is-prepared"]["ratings"] == []
    shown = run_cli("progressions", "partnership").out
    assert "2 Mar 2026: 2 and 3 → 23 Nov 2026: 1\n    What was learned here?" in shown
    assert "9 areas, 2 rated" in run_cli("progressions").out
    assert areas(run_cli, "--for", family_agenda)["leaders-engaged"]["movement"] == "same"


def test_the_same_area_without_the_agenda_is_a_progression_of_its_own(run_cli, vault, family_agenda):
    run_cli("progressions", "rate", "partnership", "time-to-learn=2", "--agenda", family_agenda)
    run_cli("progressions", "rate", "partnership", "time-to-learn=4")
    assert len(areas(run_cli)["time-to-learn"]["ids"]) == 2
    assert len(areas(run_cli, "--for", family_agenda)["time-to-learn"]["ids"]) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["partnership", "time-to-learn=5"], "“5” is no level. There are: 1 Beginning"),
        (["partnership", "time-to-learn="], "“nothing” is no level."),
        (["partnership", "time-to-learn"], "is not AREA=LEVEL"),
        (["partnership", "trust=2"], "has no area “trust”"),
        (["partnership"], "No area was rated."),
        (["nope", "a=1"], "There is no rubric called “nope” here. There are: partnership."),
        (["partnership", "time-to-learn=2", "--note", "leaders-engaged=Yes."], "leaders-engaged has a note"),
    ],
)  # fmt: skip
def test_what_cannot_be_rated_is_refused_and_nothing_is_written(run_cli, vault, arguments, says):
    ran = run_cli("progressions", "rate", *arguments)
    assert ran.code in (1, 2)
    assert says in ran.err
    assert run_cli("list", "--kind", "progression", "--json").json == []


def test_an_own_rubric_is_taken_up_and_one_with_a_mistake_lets_the_others_work(run_cli, vault):
    folder = vault.root / ".reflect" / "rubrics"
    folder.mkdir()
    (folder / "ours.toml").write_text(RUBRIC)
    (folder / "partnership.toml").write_text(RUBRIC.replace("Two.", "Two").replace('"Often"]', '"Often", "x"]'))
    ran = run_cli("progressions", "--json")
    assert [(each["name"], each["origin"]) for each in ran.json] == [("ours", "vault"), ("partnership", None)]
    assert "partnership.toml" in ran.err
    assert run_cli("kinds", "--check", str(folder / "ours.toml")).out.endswith("is well formed: rubric, 1 areas.\n")
    assert "partnership.toml, line" in run_cli("kinds", "--check", str(folder / "partnership.toml")).err
    assert run_cli("progressions", "rate", "ours", "first=often", "--on", "2026-11-23", "--json").json[0]["fields"][
        "ratings"
    ] == [["2026-11-23", 2]]
