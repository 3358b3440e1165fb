"""A draft for a community: looked through, settled flag by flag, and written exactly as it was shown."""

from __future__ import annotations

import dataclasses

import pytest

from reflect.community.writing import FlagsOpen
from reflect.errors import ReflectError
from reflect.records.compose import Content
from reflect.store.drafts import Draft
from reflect.workspace import Workspace
from tests.community.conftest import record_text

ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"


def draft_of(workspace: Workspace, content: Content, kind: str = "finding") -> Draft:
    writing = workspace.shared_writing
    return workspace.new_draft(
        kind, writing.compose("rivertown", writing.kind("rivertown", kind), content), None, "rivertown"
    )


def test_what_was_settled_is_kept_and_what_was_shown_is_what_is_written(workspace, community):
    draft = draft_of(workspace, Content(body="We asked Devin Park and Xochitl.", tags=("Devin Park",)))
    change = workspace.settling.look(draft)
    assert [each.text for each in change.open_flags] == ["Devin Park", "Xochitl"]
    assert (change.destination, change.before) == ("/nowhere/rivertown.git", "")
    with pytest.raises(FlagsOpen):
        workspace.settling.write(draft)
    assert community.repository.tip() == ""
    workspace.settling.settle(draft, {"Devin Park": "a father"})
    # Another start of the program: what was settled is kept on this computer.
    settling = Workspace.open(workspace.context, workspace.vault.root).settling
    change = settling.settle(draft, keep=["Xochitl"])
    assert (change.open_flags, len(change.settled_flags)) == ([], 2)
    assert [each.text for each in settling.settle(draft, open_again=["Xochitl"]).open_flags] == ["Xochitl"]
    change = settling.settle(draft, remove=["Xochitl"])
    (saved,) = settling.write(draft)
    assert saved.record.text == change.content
    assert (saved.record.tags, "Xochitl" in saved.record.text) == (("A father",), False)


def test_only_what_a_change_adds_is_to_be_settled(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "Families answer", body="Ruth read it.")})
    workspace.refresh()
    record = workspace.get(ONE)
    draft = workspace.new_draft(record.kind, record.text + "\nXochitl asked why.\n", record)
    assert [each.text for each in workspace.settling.look(draft).open_flags] == ["Xochitl"]
    workspace.settling.settle(draft, {"Xochitl": "a mother"})
    assert "Ruth read it.\n\nA mother asked why." in workspace.settling.write(draft)[0].record.body


def test_what_may_never_stand_there_is_said_before_any_flag_is_settled(workspace, community):
    private = workspace.new("reflection", Content(title="A quiet evening", body="It was quiet.")).record
    workspace.refresh()
    draft = draft_of(workspace, Content(body="Devin Park came."))
    named = dataclasses.replace(draft, text=draft.text.replace("kind:", f"links: [{private.id}]\nkind:"))
    with pytest.raises(ReflectError, match="“A quiet evening”, which is not in rivertown"):
        workspace.settling.look(named)
