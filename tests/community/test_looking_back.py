"""The past of a community's record: its states, what each changed, and the way back to one."""

from __future__ import annotations

import pytest

from tests.community.conftest import record_text

ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"
PATH = "findings/2026-11-20-letters-xyv1.md"


@pytest.fixture
def states(community, peer_writes, workspace):
    """A finding with three states, the first of which names someone; returns their revs, the newest first."""
    for body in ("We met Devin Park, and 12 answered.", "We met a student, and 12 answered.", "Nobody answered."):
        peer_writes({PATH: record_text(ONE, "Letters", body=body)})
    workspace.refresh()
    return [each.rev for each in workspace.history(ONE)]


def test_a_record_of_a_community_goes_back_to_an_earlier_state(run_cli, states, community):
    listed = run_cli("history", ONE, "--json").json
    assert [(each["rev"], each["author"]) for each in listed] == [(rev, "Ben") for rev in states]
    assert "-We met a student, and 12 answered.\n+Nobody answered." in run_cli("diff", ONE, states[1]).out
    done = run_cli("restore", ONE, "--at", states[1], "--json")
    assert (done.code, done.json["community"], done.json["author"]) == (0, "rivertown", "Ben")
    assert b"We met a student, and 12 answered." in community.repository.text_at(PATH)
    assert community.repository.ahead() == 4
    # It is a change by the one who went back, and the state that was left stays.
    newest = run_cli("history", ONE, "--json").json[0]
    assert (newest["author"], newest["message"]) == ("Ana", f"Restore finding {ONE[-8:].lower()}")
    assert run_cli("restore", ONE, "--at", states[0]).code == 0
    assert b"Nobody answered." in community.repository.text_at(PATH)


def test_a_state_that_names_someone_comes_back_only_when_that_is_settled(run_cli, states, community):
    refused = run_cli("restore", ONE, "--at", states[2])
    assert refused.code == 1
    assert "Devin Park" in refused.err
    assert "--replace" in refused.err
    assert b"Nobody answered." in community.repository.text_at(PATH)
    assert run_cli("restore", ONE, "--at", states[2], "--replace", "Devin Park=a student").code == 0
    assert b"We met a student, and 12 answered." in community.repository.text_at(PATH)


def test_a_state_that_there_is_not_is_said(run_cli, states):
    refused = run_cli("restore", ONE, "--at", "0" * 40)
    assert (refused.code, "no state" in refused.err) == (1, True)
