"""Sharing: what leaves is what was shown, nothing while a flag stands, and proof of it afterwards."""

from __future__ import annotations

import hashlib
import random
import subprocess

import pytest

from reflect.errors import ReflectError
from reflect.records.compose import Content
from reflect.records.review.substitution import Settled
from tests.community.conftest import record_text


def finding(workspace, body="Ruth Okafor and Devin Park saw it.", **fields):
    workspace.new("person", Content(title="Ruth Okafor", fields={"role": "teacher"}))
    saved = workspace.new("finding", Content(title="Families answer", body=body, fields={"valence": "mixed", **fields}))
    workspace.refresh()
    return saved.record


def test_a_preview_shows_the_exact_text_and_nothing_is_shared_while_a_flag_stands(workspace, community):
    record = finding(workspace)
    review = workspace.sharing.review(record.id, "rivertown")
    assert [each.text for each in review.open_flags] == ["Devin Park"]
    assert ("Ruth Okafor", "a teacher") in review.replaced
    with pytest.raises(ReflectError, match="Devin Park"):
        workspace.sharing.send(review)
    assert community.repository.tip() == ""


def test_what_is_sent_is_what_was_shown_byte_for_byte_with_proof(workspace, community):
    record = finding(workspace)
    review = workspace.sharing.review(record.id, "rivertown", settled=Settled({"Devin Park": "a student"}))
    sent = workspace.sharing.send(review).record
    there = community.repository.text_at(sent.path)
    assert there.decode() == review.content
    assert "A teacher and a student saw it." in review.content
    (left,) = workspace.proofs.all(workspace.get(record.id))
    assert left.content == there
    assert left.share.hash == hashlib.sha256(there).hexdigest()
    assert (left.is_sent, left.is_there) == (False, True)
    assert workspace.get(sent.ref).author == "Ana"


def test_sharing_again_changes_the_copy_and_keeps_what_a_peer_changed_in_it(workspace, community, peer_writes):
    record = finding(workspace, "One.\n\nTwo.\n\nThree.")
    sent = workspace.sharing.send(workspace.sharing.review(record.id, "rivertown")).record
    text = community.repository.text_at(sent.path).replace(b"Three.", b"Three, said better.")
    peer_writes({sent.path: text})
    workspace.refresh()
    workspace.save_change(workspace.get(record.path), workspace.get(record.path).text.replace("One.", "One, anew."))
    workspace.refresh()
    review = workspace.sharing.review(record.id, "rivertown")
    assert review.before.endswith("Three, said better.\n")
    again = workspace.sharing.send(review).record
    assert (again.path, again.id) == (sent.path, sent.id)
    assert "One, anew.\n\nTwo.\n\nThree, said better." in again.text


def test_a_record_that_changed_since_it_was_shown_is_not_sent(workspace, community):
    record = finding(workspace, "One.")
    review = workspace.sharing.review(record.id, "rivertown")
    workspace.save_change(workspace.get(record.path), record.text.replace("One.", "Another."))
    workspace.refresh()
    with pytest.raises(ReflectError, match="changed since"):
        workspace.sharing.send(review)


def test_withdrawing_takes_it_out_and_the_proof_stays(workspace, community):
    record = finding(workspace, "One.")
    sent = workspace.sharing.send(workspace.sharing.review(record.id, "rivertown")).record
    workspace.sharing.withdraw(record.id)
    assert [row.id for row in workspace.rows(workspace.filters(places=["rivertown"]))] == []
    (left,) = workspace.proofs.all()
    assert (left.is_there, left.share.withdrawn, left.content) == (False, "2026-11-23", sent.text.encode())
    again = workspace.sharing.send(workspace.sharing.review(record.id, "rivertown")).record
    assert again.id != sent.id


def test_a_peers_record_is_not_ours_to_withdraw(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text("01JDA6C4T3W5E9K2M8Q7RZXYV1", "Theirs")})
    workspace.refresh()
    with pytest.raises(ReflectError, match="added by Ben"):
        workspace.sharing.withdraw("rivertown:findings/a.md")


def test_a_call_in_is_never_shared_and_can_be_distilled(run_cli, workspace, community):
    call_in = workspace.new("call-in", Content(title="With the principal", body="He interrupted."))
    refused = run_cli("share", call_in.record.id, "--to", "rivertown", "--preview")
    assert (refused.code, "never shared" in refused.err, "distill" in refused.err) == (1, True, True)
    made = run_cli("distill", call_in.record.id, "--kind", "wondering", "Who is heard first?", "--json").json
    assert made["kind"] == "wondering"
    assert "interrupted" not in made["body"]
    preview = run_cli("share", made["id"], "--to", "rivertown", "--preview", "--json").json
    assert call_in.record.id not in preview["content"]


def test_the_agenda_of_a_record_has_to_be_there_first(run_cli, workspace, community):
    agenda = workspace.new("agenda", Content(title="What makes families answer?")).record
    record = workspace.new("finding", Content(title="Texts", body="One.", agenda=agenda.id)).record
    refused = run_cli("share", record.id, "--to", "rivertown", "--yes")
    assert (refused.code, "no shared copy" in refused.err) == (1, True)
    shared = run_cli("share", agenda.id, "--to", "rivertown", "--yes", "--json").json
    there = run_cli("share", record.id, "--to", "rivertown", "--yes", "--json").json
    assert there["agenda"] == shared["id"]
    assert there["path"].startswith(shared["path"].removesuffix("agenda.md"))


def test_the_command_settles_flags_and_answers_in_the_promised_shape(run_cli, workspace, community):
    record = finding(workspace)
    preview = run_cli("share", record.id, "--to", "rivertown", "--preview", "--json").json
    assert {"community", "path", "content", "flags", "replaced", "dropped"} <= preview.keys()
    assert preview["flags"] == [{"what": "likely name", "text": "Devin Park", "line": 10, "resolved": False}]
    refused = run_cli("share", record.id, "--to", "rivertown", "--yes")
    assert (refused.code, refused.out) == (1, "")
    done = run_cli("share", record.id, "--to", "rivertown", "--remove", "Devin Park", "--yes", "--json").json
    assert done["community"] == "rivertown"
    proof = run_cli("shared", record.id, "--json").json
    assert (proof[0]["id"], proof[0]["sent"]) == (done["id"], False)
    assert run_cli("withdraw", done["id"], "--yes", "--json").json["id"] == done["id"]


def test_straight_writing_passes_the_same_flags_and_keeps_the_text(run_cli, workspace, community):
    refused = run_cli("new", "finding", "Then Xochitl Ruiz came.", "--in", "rivertown")
    assert (refused.code, "Xochitl Ruiz" in refused.err, "draft" in refused.err) == (1, True, True)
    done = run_cli(
        "new", "finding", "Then Xochitl Ruiz came.", "--in", "rivertown", "--replace", "Xochitl Ruiz=a parent", "--json"
    )
    assert "Then a parent came." in done.json["body"]


def test_no_planted_secret_leaves(workspace, community):
    """Two hundred names, addresses, numbers, private fields, drafts and removed texts: none is in any object."""
    chance = random.Random(5)
    secrets = [f"Zor{chance.randrange(10**6):06}ka" for _ in range(200)]
    letters = str.maketrans("0123456789", "abcdefghij")
    names = [each.translate(letters).capitalize() for each in secrets]
    plan = iter(names)
    for _ in range(20):
        workspace.new("person", Content(title=f"{next(plan)} {next(plan)}", fields={"role": "teacher"}))
    workspace.refresh()
    people = [row.title for row in workspace.rows(workspace.filters(kinds=["person"]))]
    for number in range(16):
        call_in = workspace.new("call-in", Content(title=next(plan), body=f"{next(plan)} said it."))
        workspace.new_draft("reflection", f"About {next(plan)}")
        gone = workspace.new("reflection", Content(title=next(plan), body=next(plan)))
        workspace.delete(gone.record.path)
        person, stranger, mail, private = (
            people[number],
            f"{next(plan)} {next(plan)}",
            f"{next(plan)}@x.org",
            next(plan),
        )
        body = f"Then {person} met {stranger}, wrote to {mail}, see [[{call_in.record.id}]]. <!-- {private} -->"
        fields = {"from": [call_in.record.id], "valence": "mixed"}
        record = workspace.new("finding", Content(title=f"What {person} saw", body=body, fields=fields)).record
        workspace.refresh()
        review = workspace.sharing.review(record.id, "rivertown")
        while review.open_flags:
            flag = review.open_flags[0]
            review = workspace.sharing.settle(record.id, "rivertown", remove=[flag.text])
        workspace.sharing.send(review)
    git = ["git", f"--git-dir={community.repository.path}"]
    objects = subprocess.run(
        [*git, "cat-file", "--batch-all-objects", "--batch"], capture_output=True, check=True, timeout=60
    ).stdout.lower()
    assert objects.count(b"kind: finding") == 16
    assert [name for name in names if name.lower().encode() in objects] == []
