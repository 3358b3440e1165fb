"""One record again of two texts that were kept side by side."""

from __future__ import annotations

import pytest

from reflect.errors import NotFound
from tests.community.conftest import record_text

ONE, TWO = "01JDA6C4T3W5E9K2M8Q7RZXYV1", "01JDA6C4T3W5E9K2M8Q7RZXYV2"


@pytest.fixture
def two_versions(workspace, community, peer_writes):
    """A record of the peer with a second version by me beside it."""
    peer_writes({"findings/a.md": record_text(ONE, "First", body="One.\n\n## What we saw\n\nTheirs.")})
    mine = record_text(TWO, "First", author="Ana", body="One.\n\n## What we saw\n\nMine.")
    mine = mine.replace(b"kind:", b"conflict_of: " + ONE.encode() + b"\nkind:")
    peer_writes({"findings/a-conflict-yv2.md": mine}, community.membership.identity)
    workspace.refresh()
    return workspace


@pytest.mark.parametrize(
    ("keep", "has", "lacks"),
    [("mine", ["Mine."], ["Theirs."]), ("theirs", ["Theirs."], ["Mine."]), ("both", ["Theirs.\n\nMine."], [])],
)
@pytest.mark.parametrize("name", [ONE, TWO])
def test_one_keeps_mine_theirs_or_both(run_cli, two_versions, keep, has, lacks, name):
    done = run_cli("resolve", name, "--keep", keep, "--json").json
    assert done["id"] == ONE
    assert all(text in done["body"] for text in has)
    assert not any(text in done["body"] for text in lacks)
    assert "conflict_of" not in done["fields"]
    two_versions.refresh()
    assert [row.id for row in two_versions.rows()] == [ONE]


def test_without_a_choice_the_difference_is_shown_and_nothing_changes(run_cli, two_versions):
    found = run_cli("resolve", ONE, "--json").json
    assert {"part": "what we saw", "theirs": "Theirs.", "mine": "Mine."} in found
    assert len(two_versions.rows()) == 2


def test_a_record_with_one_text_has_nothing_to_resolve(workspace, community, peer_writes):
    peer_writes({"findings/a.md": record_text(ONE, "First")})
    workspace.refresh()
    with pytest.raises(NotFound, match="no second version"):
        workspace.resolving.resolve(ONE, "mine")
