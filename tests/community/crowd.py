"""Many people who sync with one place at the same moment, each in a process of their own."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tests.community.peers import Peer


@dataclass(frozen=True)
class Arrived:
    """What became of one person's sync: how many records went, why it failed, how often they had to try."""

    name: str
    sent: int
    error: str
    tries: int
    seconds: float


def all_at_once(peers: Sequence[Peer]) -> list[Arrived]:
    """Let everyone sync at the same moment, and return what became of each."""
    waiting, start = os.pipe()
    answers = [(peer, *_child(peer, waiting)) for peer in peers]
    os.close(waiting)
    # All wait for the other end of one pipe to close.
    os.close(start)
    return [_answer(peer, child, said) for peer, child, said in answers]


def _child(peer: Peer, waiting: int) -> tuple[int, int]:
    said, say = os.pipe()
    child = os.fork()
    if child:
        os.close(say)
        return child, said
    try:
        for handle in range(3, 1024):
            if handle not in (waiting, say):
                _close(handle)
        os.read(waiting, 1)
        began = time.monotonic()
        peer.pauses.clear()
        outcome = peer.sync(pause=time.sleep)
        told = (outcome.sent, outcome.error, len(peer.pauses) + 1, time.monotonic() - began)
        os.write(say, json.dumps(told).encode())
    finally:
        os._exit(0)


def _close(handle: int) -> None:
    try:
        os.close(handle)
    except OSError:
        return


def _answer(peer: Peer, child: int, said: int) -> Arrived:
    with os.fdopen(said, "rb") as answer:
        told = answer.read()
    os.waitpid(child, 0)
    if not told:
        return Arrived(peer.name, 0, "it ended without a word", 0, 0.0)
    return Arrived(peer.name, *json.loads(told))
