"""A sync that is killed at any moment: the next one completes, and nothing is lost, damaged or sent twice."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

from tests.community.conftest import record_text
from tests.community.peers import Peer, git, make_place, paragraphs, sync_until_quiet

# 200 by hand: REFLECT_KILLS=200.
KILLS = int(os.environ.get("REFLECT_KILLS", "25"))
PARTS = 6
PATIENCE = 10.0


def test_a_sync_that_is_killed_at_any_moment_is_taken_up_by_the_next(tmp_path: Path):
    place = make_place(tmp_path / "place.git")
    ana, ben = peers = [Peer(tmp_path, place, name) for name in ("Ana", "Ben")]
    chance = random.Random(11)
    said = ["At first."] * PARTS
    ana.write(both=paragraphs(*said))
    sync_until_quiet(peers)
    longest, killed, texts = 0.3, 0, set(said[:1])
    for number in range(1, KILLS + 1):
        write_something(chance, number, ana, ben, texts)
        assert ben.sync().error == ""
        began = time.monotonic()
        if sync_and_kill(ana, chance.uniform(0, longest)):
            killed += 1
        else:
            longest = 0.7 * longest + 0.5 * (time.monotonic() - began)
        outcome = synced_once_free(ana)
        assert (outcome.error, outcome.question) == ("", None)
        assert git(ana.repository.path, "fsck", "--no-dangling", "--no-reflogs") == ""
        ben.sync()
        assert ana.tip == ben.tip == git(place, "rev-parse", "refs/heads/main").strip()
        everything = "\n".join([*ana.files.values(), *ana.drafts])
        assert all(text in everything for text in texts)
    assert killed >= KILLS // 3
    assert git(place, "fsck", "--no-dangling") == ""
    words = git(place, "log", "--format=%s", "--no-merges", "refs/heads/main").splitlines()
    assert sorted(words) == sorted(set(words))
    assert [name for name in ana.names if "conflict" in name] == []
    assert len(ana.drafts) == sum(text.startswith("Edited") for text in texts)


def synced_once_free(peer: Peer):
    """Sync; a git that outlives the process that was killed keeps the place to itself until it is done."""
    end = time.monotonic() + PATIENCE
    while (outcome := peer.sync()).error and time.monotonic() < end:
        time.sleep(0.1)
    return outcome


def write_something(chance: random.Random, number: int, ana: Peer, ben: Peer, texts: set[str]) -> None:
    """Let each write a record of their own, and a paragraph of the same record; at times one withdraws the other's."""
    for peer, which in ((ana, 1), (ben, PARTS - 2)):
        text = f"{peer.name}, {number}."
        texts.add(text)
        body = peer.text("both").split("---\n\n")[1].strip().split("\n\n")
        texts.discard(body[which])
        body[which] = text
        new = f"{peer.name.lower()}{number}"
        record = record_text(peer.new_id(), f"Own {new}", body=f"Of {new}.")
        texts.add(f"Of {new}.")
        peer.write(f"{peer.name} {number}", both=paragraphs(*body), **{new: record})
    if number % 4 == 0:
        # Known to both since the last round.
        text = f"Edited by Ana, {number}."
        texts.discard(f"Of ben{number - 1}.")
        texts.add(text)
        name = f"ben{number - 1}"
        edited = ana.text(name).replace(f"Of {name}.", text).encode()
        ana.write(f"Ana edits {number}", **{name: edited})
        ben.write(f"Ben withdraws {number}", **{name: None})


def sync_and_kill(peer: Peer, after: float) -> bool:
    """Sync in a process that is killed after some seconds; says whether that was before its end."""
    child = os.fork()
    if not child:
        try:
            peer.sync()
        finally:
            os._exit(0)
    until = time.monotonic() + after
    while time.monotonic() < until:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.001)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
