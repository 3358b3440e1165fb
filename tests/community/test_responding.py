"""Answering, trying too, and carrying on: what goes along, who is named, and what the origin hears."""

from __future__ import annotations

import re

import pytest

from reflect.community.membership import Membership, write_membership
from reflect.community.repository import Repository
from reflect.community.responding import tried_too
from reflect.errors import ReflectError
from reflect.records.compose import Content
from reflect.store.git import Identity
from tests.community.conftest import PEER, record_text
from tests.community.test_feed import AGENDA, FOLDER, ONE, with_line
from tests.conftest import NOW


@pytest.fixture
def lakeside(workspace):
    """A second community that one is in, empty; returns it."""
    membership = Membership("lakeside", "/nowhere/lakeside.git", "A. V.", "otheroth@reflect.invalid", "2026-11-02")
    write_membership(workspace.vault.root, membership)
    found = workspace.communities.get("lakeside")
    found.repository.make()
    return found


@pytest.fixture
def letters(workspace, community, peer_writes):
    """A peer's finding in an agenda of rivertown; returns its record."""
    body = "## What we saw\n\n12 of 31 answered. See [[Who decides?]].\n"
    text = with_line(record_text(ONE, "Letters", body=body), f"agenda: {AGENDA}\nvalence: mixed\ntags: [mail]")
    agenda = record_text(AGENDA, "What makes families answer?", "agenda")
    peer_writes({f"{FOLDER}/agenda.md": agenda, f"{FOLDER}/findings/2026-11-20-letters-xyv1.md": text})
    workspace.refresh()
    return workspace.get(ONE)


def test_an_answer_stands_below_the_record_in_its_agenda(run_cli, workspace, letters):
    ran = run_cli("respond", ONE, "We see this too.", "--set", "kind_of=we see this too", "--json")
    shape = ran.json
    assert (shape["community"], shape["author"], shape["agenda"]) == ("rivertown", "Ana", AGENDA)
    assert re.fullmatch(rf"{FOLDER}/responses/[-0-9]{{10}}-we-see-this-too-\w{{4}}.md", shape["path"])
    assert (shape["fields"]["to"], shape["sections"]) == (ONE, [{"title": "Response", "text": "We see this too."}])
    assert [each["id"] for each in run_cli("show", ONE, "--json").json["responses"]] == [shape["id"]]
    private = workspace.new("finding", Content(title="Mine")).record.id
    assert "in your journal only" in run_cli("respond", private, "To myself.").err
    assert run_cli("respond", ONE).code == 2


def test_i_tried_this_too_is_a_finding_of_ones_own_that_links(run_cli, workspace, letters):
    begun = tried_too(letters)
    assert begun == Content(agenda=AGENDA, links=(ONE,))
    saved = workspace.shared_writing.new("rivertown", "finding", begun)
    assert saved.record.links == (ONE,)
    shape = run_cli("new", "finding", "Ours did not.", "--in", "rivertown", "--set", f"links={ONE[-6:]}", "--json").json
    assert workspace.get(shape["id"]).links == (ONE,)
    assert "Ours did not." in run_cli("show", ONE).out


def test_a_carried_record_keeps_its_text_and_tells_its_origin(run_cli, workspace, lakeside, letters):
    refused = run_cli("carry", ONE, "--to", "lakeside", "--why", "We ask the same.")
    assert "[[Who decides?]]" in refused.err
    (draft,) = run_cli("drafts", "--json").json
    assert run_cli("list", "--in", "lakeside", "--json").json == run_cli("show", ONE, "--json").json["responses"] == []
    keep = ("--keep", "[[Who decides?]]")
    ran = run_cli("drafts", "open", draft["id"], *keep, "--json", env={"EDITOR": "true"})
    copy = workspace.get(ran.json["id"])
    assert copy.id != ONE
    assert copy.body.strip() == f"## Why it matters here\n\nWe ask the same.\n\n{letters.body.strip()}"
    assert copy.fields == {"valence": "mixed", "carried_from": "rivertown · a peer · 2026-11-20", "carried_id": ONE}
    assert (copy.title, copy.author, copy.tags, copy.agenda) == ("Letters", "A. V.", ("mail",), "")
    assert re.fullmatch(r"findings/\d{4}/\d\d/[-0-9]{10}-letters-\w{4}.md", copy.path)
    (offer,) = run_cli("show", ONE, "--json").json["responses"]
    assert (offer["fields"]["kind_of"], offer["title"], offer["agenda"]) == ("an offer", "Carried to lakeside.", AGENDA)
    assert "Say why" in run_cli("carry", ONE, "--to", "lakeside").err
    assert "stands in rivertown already" in run_cli("carry", ONE, "--to", "rivertown", "--why", "So.").err


def test_a_community_is_called_as_it_calls_itself(workspace, community, lakeside, letters, peer_writes):
    Repository(lakeside.repository.path, PEER).commit(
        {"community.toml": b'name = "Lake [[Side]] *Schools*"\n'}, "W", NOW
    )
    text = workspace.responding.copied(letters, "lakeside", "So.").replace("See [[Who decides?]].", "")
    carried = workspace.responding.carry(letters, "lakeside", text)
    assert carried.offer.record.body.strip() == "## Response\n\nCarried to Lake Side Schools."


def test_an_author_is_named_only_by_their_own_word(workspace, lakeside, letters, peer_writes):
    named = with_line(record_text(ONE, "Letters"), "credit: by name\nquestion: 01JDA6C4T3W5E9K2M8Q7RZQQQQ")
    peer_writes({f"{FOLDER}/findings/2026-11-20-letters-xyv1.md": named})
    workspace.refresh()
    text = workspace.responding.copied(workspace.get(ONE), "lakeside", "We ask.")
    copy = workspace.responding.carry(workspace.get(ONE), "lakeside", text).copy.record
    assert copy.fields == {"carried_from": "rivertown · Ben · 2026-11-20", "carried_id": ONE}
    assert workspace.responding.origin(copy) == "lakeside · a peer · 2026-11-23 ← rivertown · Ben · 2026-11-20"
    story = record_text(f"{ONE[:-1]}5", "A story", "story")
    for consent, may_be in (("not asked yet", False), ("asked and given", True)):
        peer_writes({"stories/a.md": with_line(story, f"consent: {consent}")})
        workspace.refresh()
        record = workspace.get(f"{ONE[:-1]}5")
        if may_be:
            workspace.responding.copied(record, "lakeside", "We ask.")
        else:
            with pytest.raises(ReflectError, match="waits for those it tells of"):
                workspace.responding.copied(record, "lakeside", "We ask.")


def test_a_copy_says_when_its_original_was_withdrawn(run_cli, workspace, lakeside, letters, peer_writes):
    copy = run_cli("carry", ONE, "--to", "lakeside", "--why", "So.", "--keep", "[[Who decides?]]", "--json").json["id"]
    assert run_cli("show", copy, "--json").json["withdrawn_at_origin"] is False
    peer_writes({f"{FOLDER}/findings/2026-11-20-letters-xyv1.md": None})
    assert run_cli("show", copy, "--json").json["withdrawn_at_origin"] is True
    assert "withdrawn at its origin" in run_cli("show", copy).out
    # One who was never where it came from cannot know.
    Repository(lakeside.repository.path, Identity("Dia", "diadiadi@reflect.invalid")).commit(
        {"findings/x.md": with_line(record_text(f"{ONE[:-1]}8", "From elsewhere"), f"carried_id: {ONE[:-1]}9")},
        "W",
        NOW,
    )
    assert run_cli("show", f"{ONE[:-1]}8", "--json").json["withdrawn_at_origin"] is False
    assert PEER.name == "Ben"
