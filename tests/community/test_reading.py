"""What peers wrote, in lists, searches and the reader: from objects, never from files."""

from __future__ import annotations

import pytest

from reflect.errors import NotFound, ReflectError
from reflect.records.query import Filters
from reflect.store.git import Identity
from tests.community.conftest import record_text

ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"
TWO = "01JDA6C4T3W5E9K2M8Q7RZXYV2"


def test_a_peers_record_is_listed_found_and_read(workspace, community, peer_writes):
    peer_writes({"findings/2026/11/one.md": record_text(ONE, "Families answer in their language")})
    workspace.refresh()
    (row,) = workspace.rows()
    assert (row.place, row.title, row.owner_name, row.unread) == (
        "rivertown", "Families answer in their language", "Ben", 1,
    )  # fmt: skip
    assert [hit.row.id for hit in workspace.search("language")] == [ONE]
    assert workspace.get(row.ref).body.strip() == "What we saw."
    assert workspace.get("ZXYV1").place == "rivertown"


def test_only_what_differs_is_read_again(workspace, community, peer_writes, monkeypatch):
    peer_writes({f"findings/2026/11/{n}.md": record_text(f"{ONE[:-2]}{n:02}", f"Number {n}") for n in range(20)})
    workspace.refresh()
    peer_writes({"findings/2026/11/3.md": record_text(f"{ONE[:-2]}03", "Changed"), "findings/2026/11/4.md": None})
    changes = workspace.communities.refresh()["rivertown"]
    assert (changes.changed, changes.removed, changes.added) == (
        ["findings/2026/11/3.md"], ["findings/2026/11/4.md"], [],
    )  # fmt: skip
    assert {row.title for row in workspace.rows()} >= {"Changed", "Number 5"}
    assert len(workspace.rows()) == 19


def test_a_record_is_unread_until_its_present_text_was_met(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "First")})
    own = community.membership.identity
    peer_writes({"findings/b.md": record_text(TWO, "Mine", author="Ana")}, own)
    workspace.refresh()
    unread = Filters(is_unread=True)
    assert [row.id for row in workspace.rows(unread)] == [ONE]
    workspace.communities.mark_read(workspace.rows(unread))
    assert workspace.rows(unread) == []
    peer_writes({"findings/a.md": record_text(ONE, "First, said better")})
    workspace.refresh()
    assert [row.title for row in workspace.rows(unread)] == ["First, said better"]


def test_who_added_a_record_stays_its_owner_when_others_edit_and_move_it(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "First")})
    workspace.refresh()
    other = Identity("Cleo", "cleocleo@reflect.invalid")
    peer_writes({"findings/a.md": None, "findings/moved.md": record_text(ONE, "First, moved")}, other)
    workspace.refresh()
    assert [(row.path, row.owner_name) for row in workspace.rows()] == [("findings/moved.md", "Ben")]


def test_a_stranger_cannot_stand_in_front_of_a_private_record(workspace, community, peer_writes):
    saved = workspace.new("reflection", content_of("A quiet evening"))
    path, record_id = saved.record.path, saved.record.id
    peer_writes({path: record_text(record_id, "Not yours", "reflection")})
    workspace.refresh()
    for reference in (path, record_id, record_id[-6:]):
        assert workspace.get(reference).title == "A quiet evening"
    with pytest.raises(ReflectError, match="withdrawn, not deleted"):
        workspace.delete(f"rivertown:{path}")


def test_a_community_that_was_left_is_no_longer_listed(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "First")})
    workspace.refresh()
    community.repository.remove()
    workspace.refresh()
    assert workspace.rows() == []
    with pytest.raises(NotFound):
        workspace.get(ONE)


def test_lists_take_the_name_of_a_community(run_cli, workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "First")})
    assert [each["community"] for each in run_cli("list", "--in", "rivertown", "--json").json] == ["rivertown"]
    assert run_cli("list", "--in", "vault", "--json").json == []
    assert [each["id"] for each in run_cli("list", "--unread", "--json").json] == [ONE]
    assert "rivertown" in run_cli("list", "--in", "nowhere").err


def content_of(title: str):
    from reflect.records.compose import Content

    return Content(title=title, body="It was quiet.")


def test_what_peers_wrote_is_not_ones_own_work_for_today(workspace, community, peer_writes):
    text = (
        b"---\nid: %s\nkind: call-in\ntitle: Theirs\ncreated: 2026-11-01\nfollow_up: 2026-11-10\n---\n" % ONE.encode()
    )
    peer_writes({"call-ins/2026/11/theirs.md": text, "people/x.md": record_text(TWO, "Somebody", "person")})
    workspace.refresh()
    today = workspace.today()
    assert (list(today.due), today.counts) == ([], {})
