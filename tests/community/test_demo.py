"""The sample community: three peers over a local place, with what the sample leader shared and has not read."""

from __future__ import annotations

from hashlib import sha256

import pytest

from reflect.community.repository import REMOTE
from reflect.demo import open_demo
from reflect.records.query import Filters
from reflect.store.objects import files_at, read_blobs
from reflect.workspace import Workspace


@pytest.fixture
def demo(context, tmp_path):
    """The desk of the sample leader."""
    demo_context, root = open_demo(tmp_path / "demo", False, context)
    workspace = Workspace.open(demo_context, root)
    workspace.refresh()
    return workspace


def test_the_sample_leader_has_peers_who_wrote_and_answered(demo):
    feed = demo.reading.feed()
    names = {writer.name for writer in feed.writers}
    assert names == {"Cora Lindgren", "Imani Brooks", "Marisol Vega", "Tobias Reyes"}
    assert len(demo.reading.unread().answers) == 3
    assert 0 < len(demo.reading.unread().others) < 6
    assert (feed.conflicts, [row.title for row in feed.unsent]) == ([], ["May we read this to our principals?"])
    assert demo.reading.in_others_names(demo.catalog.rows(Filters(is_shared=True))) == {}
    assert [row.problem for row in demo.rows() if row.problem] == []
    (digest,) = demo.reading.digest(since="2026-11-01", community="rivertown")
    assert (len(digest.withdrawn), bool(digest.edited)) == (1, True)
    agenda = demo.agenda("what-makes-families-answer")
    assert dict(agenda.openness.parts())["shared"].met
    assert {row.place for row in agenda.rows} == {"", "rivertown"}


def test_all_that_it_says_was_shared_is_in_its_place_and_nothing_private_is(demo):
    community = demo.communities.get("rivertown")
    repository = community.repository
    assert repository.git.run("fsck", "--strict", "--no-dangling") == b""
    assert (repository.ahead(), (demo.context.places.default_vault.parent / "places/rivertown.git/HEAD").exists()) == (
        1,
        True,
    )
    entries = files_at(repository.git, REMOTE)
    texts = read_blobs(repository.git, [entry.blob for entry in entries.values()])
    hashes = {sha256(text).hexdigest() for text in texts.values()}
    assert len(demo.copies().all) == 7
    assert {share.hash for share in demo.copies().all} <= hashes
    everything = b"\n".join(texts.values())
    for person in demo.rows(Filters(kinds=("person",))):
        for name in [person.title, *person.title.split()]:
            assert name.encode() not in everything, name
    own = {row.id for row in demo.rows(Filters(places=("",))) if row.id}
    assert not [record_id for record_id in own if record_id.encode() in everything]
