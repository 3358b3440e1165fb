"""A private agenda and its shared copy are one, wherever records of an agenda are shown."""

from __future__ import annotations

import pytest

from reflect.community.shares import Share, write_share
from reflect.records.compose import Content
from tests.community.conftest import record_text

AGENDA = "01JDA6C4T3W5E9K2M8Q7RZAGE1"
SENT = "01JDA6C4T3W5E9K2M8Q7RZSENT"
PEERS = "01JDA6C4T3W5E9K2M8Q7RZPEER"
FOLDER = "agendas/what-makes-families-answer"


@pytest.fixture
def one_agenda(workspace, community, peer_writes):
    """An agenda that was shared with one of its two findings; a peer has added one. Returns the ids here."""
    own = workspace.new("agenda", Content(title="What makes families answer?")).record.id
    waiting = workspace.new("finding", Content(title="Letters", agenda=own, fields={"valence": "negative"})).record.id
    shared = workspace.new("finding", Content(title="Texts", agenda=own, fields={"valence": "positive"})).record.id
    peer_writes(
        {
            f"{FOLDER}/agenda.md": record_text(AGENDA, "What makes families answer?", "agenda", "Ana"),
            f"{FOLDER}/findings/texts.md": record_text(SENT, "Texts", author="Ana").replace(
                b"kind: finding", f"kind: finding\nagenda: {AGENDA}\nvalence: positive".encode()
            ),
            f"{FOLDER}/findings/calls.md": record_text(PEERS, "Calls"),
        }
    )
    write_share(workspace.vault.root, Share(AGENDA, own, "rivertown", "2026-11-20", "0" * 40))
    write_share(workspace.vault.root, Share(SENT, shared, "rivertown", "2026-11-20", "0" * 40))
    workspace.refresh()
    return own, waiting, shared


def test_one_agenda_has_the_records_of_both_places(run_cli, one_agenda):
    own, waiting, shared = one_agenda
    for reference in ("what-makes-families-answer", own, AGENDA):
        shape = run_cli("agenda", reference, "--json").json
        assert {each["id"] for each in shape["findings"]} == {waiting, shared, SENT, PEERS}
        assert [each["id"] for each in shape["tree"]].count(SENT) == 0
        assert {each["id"] for each in run_cli("list", "--agenda", reference, "--kind", "finding", "--json").json} == {
            waiting, shared, SENT, PEERS,
        }  # fmt: skip
    assert [each["id"] for each in run_cli("agenda", "--json").json] == [own]
    only_there = run_cli("list", "--agenda", own, "--in", "rivertown", "--kind", "finding", "--json").json
    assert {each["id"] for each in only_there} == {SENT, PEERS}


def test_what_was_shared_counts_as_shared(workspace, one_agenda):
    agenda = workspace.agenda(one_agenda[0])
    parts = dict(agenda.openness.parts())
    assert parts["known"].met
    assert parts["shared"].why == "Good news is out; 1 other findings wait."
    assert [row.title for row in agenda.rows].count("Texts") == 1


def test_a_peers_answer_hangs_on_the_record_that_was_shared(workspace, community, peer_writes, one_agenda):
    answer = "01JDA6C4T3W5E9K2M8Q7RZANSW"
    text = record_text(answer, "We see this too", "response").replace(
        b"kind: response", f"kind: response\nto: {SENT}".encode()
    )
    peer_writes({f"{FOLDER}/responses/answer.md": text})
    workspace.refresh()
    tree = workspace.agenda(one_agenda[0]).tree()
    (texts,) = [branch for branch in tree.branches if branch.row.title == "Texts"]
    assert [branch.row.id for branch in texts.branches] == [answer]


def test_a_folder_of_the_same_name_elsewhere_is_another_agenda(workspace, community, peer_writes):
    own = workspace.new("agenda", Content(title="What makes families answer?")).record
    peer_writes({f"{FOLDER}/findings/calls.md": record_text(PEERS, "Calls")})
    workspace.refresh()
    assert own.path == f"{FOLDER}/agenda.md"
    assert [row.id for row in workspace.agenda(own.id).rows] == []
    assert [row.id for row in workspace.rows(workspace.filters(agendas=[own.id]))] == [own.id]


def test_a_private_record_of_a_shared_agenda_lies_in_ones_own_folder(workspace, community, peer_writes):
    own = workspace.new("agenda", Content(title="Answers")).record
    peer_writes({f"{FOLDER}/agenda.md": record_text(AGENDA, "What makes families answer?", "agenda", "Ana")})
    write_share(workspace.vault.root, Share(AGENDA, own.id, "rivertown", "2026-11-20", "0" * 40))
    workspace.refresh()
    record = workspace.new("finding", Content(title="Letters", agenda=AGENDA)).record
    assert (record.agenda, record.path.partition("/findings/")[0]) == (AGENDA, "agendas/answers")
    workspace.refresh()
    assert "Letters" in [row.title for row in workspace.agenda(own.id).rows]
