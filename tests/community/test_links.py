"""Links of communities: they mean what stands in the same community, and never lead into the journal."""

from __future__ import annotations

import pytest

from reflect.records.compose import Content
from reflect.store.catalog import Row
from tests.community.conftest import record_text

ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"
TWO = "01JDA6C4T3W5E9K2M8Q7RZXYV2"


@pytest.fixture
def letters(workspace, community, peer_writes) -> tuple[Row, Row]:
    """One's own private finding and a peer's, both called Letters, which a peer's record links to."""
    own = workspace.new("finding", Content(title="Letters", body="Private words."))
    workspace.new("reflection", Content(title="My evening", body="See [[Letters]]."))
    body = f"See [[Letters]], [[My evening]] and [[{own.record.id}]]."
    peer_writes({"findings/a.md": record_text(ONE, "Letters"), "findings/b.md": record_text(TWO, "Calls", body=body)})
    workspace.refresh()
    rows = {row.ref: row for row in workspace.rows()}
    return rows[own.record.ref], rows["rivertown:findings/a.md"]


def test_a_link_means_what_is_called_so_in_its_own_place(workspace, letters):
    own, peers = letters
    assert [row.rowid for row in workspace.catalog.named("letters", "")] == [own.rowid]
    assert [row.rowid for row in workspace.catalog.named("letters", "rivertown")] == [peers.rowid]
    assert workspace.catalog.named("my evening", "rivertown") == []
    assert workspace.catalog.named(own.id, "rivertown") == []
    assert [row.title for row in workspace.catalog.linking_to(own)] == ["My evening"]
    assert {row.title for row in workspace.catalog.linking_to(peers)} == {"Calls", "My evening"}


def test_no_private_title_stands_in_what_a_stranger_linked(workspace, letters):
    from reflect.tui.reading import read
    from reflect.tui.shared_page import read_shared
    from tests.conftest import NOW

    (calls,) = [row for row in workspace.rows() if row.title == "Calls"]
    reading = read_shared(workspace, calls)
    assert {name: row.ref for name, row in reading.targets.items()} == {"letters": "rivertown:findings/a.md"}
    assert "My evening" not in str(reading.page.names.titles)
    assert read(workspace, calls.ref, NOW.date()).targets == {"letters": "rivertown:findings/a.md"}


def test_a_strangers_record_does_not_close_what_is_open_here(workspace, community, peer_writes):
    own = workspace.new("finding", Content(title="Letters", fields={"valence": "negative"}), "2026-10-01").record
    decision = record_text(ONE, "Stop them", "decision", body="After [[Letters]].")
    peer_writes({"decisions/a.md": decision})
    workspace.refresh()
    assert [loop.loop for loop in workspace.open_loops() if loop.row.id == own.id] == ["finding-without-decision"]


def test_doctor_leaves_what_strangers_wrote_alone(workspace, community, peer_writes):
    twin = record_text(ONE, "Twin", body="[[Nowhere]]")
    peer_writes({"findings/a.md": twin, "findings/b.md": twin, "findings/c.md": b"---\nbroken: [\n---\n"})
    workspace.refresh()
    checks = workspace.doctor(fix=True)
    advice = ("community rivertown", "copies")
    assert [check.name for check in checks if not check.ok and check.name not in advice] == []
    assert not (workspace.vault.root / "findings").exists()
    assert len(workspace.rows()) == 3
