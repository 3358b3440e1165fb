"""Twenty people who send at the same moment: all arrives, nothing twice, and nobody tries for ever."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from reflect.community.syncing import TRIES
from reflect.store.commits import MAIN
from tests.community.conftest import record_text
from tests.community.crowd import all_at_once
from tests.community.peers import Peer, git, make_place

# As many as you like, each with as many records, by hand: REFLECT_CROWD=50.
PEOPLE = int(os.environ.get("REFLECT_CROWD", "20"))
RECORDS = 20


def test_twenty_people_send_twenty_records_each_at_the_same_moment(tmp_path: Path):
    place = make_place(tmp_path / "place.git")
    # A place that would refuse to lose anything, should someone try.
    git(place, "config", "receive.denyNonFastForwards", "true")
    peers = [Peer(tmp_path, place, f"P{number:02}") for number in range(PEOPLE)]
    peers[0].write("Begin", first=record_text(peers[0].new_id(), "First"))
    ids = {}
    for peer in peers:
        assert peer.sync().error == ""
        for number in range(RECORDS):
            ids[f"{peer.name.lower()}-{number}"] = peer.new_id()
        mine = {name: record_text(ids[name], f"Of {name}") for name in ids if name.startswith(peer.name.lower())}
        peer.write(f"Of {peer.name}", **mine)
    arrived = all_at_once(peers)
    # Who was overtaken each time is told so, has lost nothing, and comes through when the others are done.
    late = [each for each in arrived if each.error]
    assert len(late) <= PEOPLE // 10
    assert all("Others are writing" in each.error for each in late)
    names = {each.name for each in late}
    for peer in [*(each for each in peers if each.name in names), peers[0]]:
        assert peer.sync().error == ""
    assert {(each.error or each.sent) for each in arrived if each not in late} == {RECORDS}
    assert max(each.tries for each in arrived) <= TRIES + 1
    assert peers[0].names == sorted(["first", *ids])
    written = Counter(text.split("id: ")[1][:26] for text in peers[0].files.values())
    assert set(written.values()) == {1}
    assert set(ids.values()) <= set(written)
    # Each wrote one state, and each is in the history once.
    words = git(place, "log", "--no-merges", "--format=%s", MAIN).splitlines()
    assert sorted(words) == sorted(["Begin", *(f"Of {peer.name}" for peer in peers)])
    assert git(place, "fsck", "--no-dangling") == ""
