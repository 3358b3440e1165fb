"""Tallies and measures in a community: whoever is few is not told of, and the review says so."""

from __future__ import annotations

import pytest

from reflect.errors import ReflectError
from reflect.records.compose import Content

ABOUT = b"""[privacy]
group = 5
measure = 20

[[line]]
name = "role"
groups = ["families", "students", "teachers", "leaders", "board", "staff"]
in_office = ["board", "leaders"]
"""
TALLY = """families: invited 12, came 7, spoke 3
students: invited 6, came 4, spoke 1
staff: invited 2, came 2, spoke 2
teachers: invited 10, came 9, spoke 8
leaders: invited 4, came 4, spoke 4
Mrs. Alvarez asked for a bus"""


@pytest.fixture
def gathering(workspace, community, peer_writes):
    """Make a gathering or another kind with a tally, near a community that has named its groups."""
    peer_writes({"community.toml": ABOUT})

    def make(tally=TALLY, kind="gathering"):
        record = workspace.new(kind, Content(title="An evening", fields={"voices": tally})).record
        workspace.refresh()
        return record

    return make


@pytest.mark.parametrize("kind", ["gathering", "coalition", "design-studio"])
def test_small_groups_leave_as_one_and_the_review_says_so(workspace, gathering, kind):
    review = workspace.sharing.review(gathering(kind=kind).id, "rivertown")
    shown = review.content
    assert "role / other groups: invited 8, came 6, spoke 3" in shown
    assert "role / leaders: invited 4, came 4, spoke 4" in shown
    assert "role / families: invited 12, came 7, spoke 3" in shown
    assert not any(word in shown for word in ("students", "staff", "Alvarez"))
    assert "Voices, of groups of fewer than 5: as “other groups”" in review.dropped
    assert "Voices, of lines that are no count" in review.dropped
    assert workspace.sharing.send(review).record.text == shown


def test_one_small_group_alone_takes_the_next_smallest_with_it(workspace, gathering):
    tally = "families: came 12\nteachers: came 9\nstudents: came 3\nstaff: came 10"
    shown = workspace.sharing.review(gathering(tally).id, "rivertown").content
    assert "role / other groups: came 12" in shown
    assert "teachers" not in shown


def test_a_line_of_which_too_little_would_be_left_is_not_told_at_all(workspace, gathering):
    review = workspace.sharing.review(gathering("families: came 12\nstudents: came 3").id, "rivertown")
    assert "voices" not in review.content
    assert "Voices, of groups of fewer than 5: not at all" in review.dropped


def test_large_groups_leave_as_they_were_written(workspace, gathering):
    tally = "families: came 12\nstudents: came 6\nteachers: came 9"
    review = workspace.sharing.review(gathering(tally).id, "rivertown")
    assert (tally.splitlines()[1] in review.content, review.dropped) == (True, [])


def test_what_is_written_straight_into_a_community_is_folded_too_and_only_once(workspace, gathering, run_cli):
    made = run_cli(
        "new", "gathering", "--in", "rivertown", "--title", "An evening", "--set", f"voices={TALLY}", "--json"
    )  # fmt: skip
    assert made.code == 0, made.err
    told = made.json["fields"]["voices"]
    assert told.splitlines()[-1] == "role / other groups: invited 8, came 6, spoke 3"
    workspace.refresh()
    again = run_cli("edit", made.json["id"], "--set", "lasted=90", "--json").json
    assert again["fields"]["voices"] == told


@pytest.mark.parametrize(("smallest", "is_open"), [("", True), ("12", True), ("20", False), ("31", False), ("x", True)])
def test_a_measure_with_few_people_behind_it_is_asked_about_by_the_number_of_the_community(
    workspace, gathering, smallest, is_open
):
    gathering()
    fields = {"values": {"2026-09-04": "12"}, **({"smallest": smallest} if smallest else {})}
    record = workspace.new("measure", Content(title="Answers", fields=fields)).record
    workspace.refresh()
    review = workspace.sharing.review(record.id, "rivertown")
    expected = [("fewer than 20 people", f"smallest: {smallest or 'not said'}")] if is_open else []
    assert [(each.what, each.text) for each in review.open_flags] == expected
    if is_open:
        with pytest.raises(ReflectError, match="smallest"):
            workspace.sharing.send(review)
        kept = workspace.sharing.settle(record.id, "rivertown", keep=[review.open_flags[0].text])
        assert kept.open_flags == []
