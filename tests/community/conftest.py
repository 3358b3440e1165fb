"""A community that is on this computer, with a peer who writes into it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from reflect.community.communities import Community
from reflect.community.membership import Membership, write_membership
from reflect.community.repository import Repository
from reflect.store.git import Identity
from reflect.workspace import Workspace
from tests.conftest import NOW

PEER = Identity("Ben", "benbenbe@reflect.invalid")


def record_text(
    record_id: str, title: str, kind: str = "finding", author: str = "Ben", body: str = "What we saw."
) -> bytes:
    """Return the text of a shared record."""
    head = f"id: {record_id}\nkind: {kind}\ntitle: {title}\ncreated: 2026-11-20\nauthor: {author}\n"
    return f"---\n{head}---\n\n{body}\n".encode()


@pytest.fixture
def community(workspace: Workspace) -> Community:
    """A community called rivertown, joined as Ana, empty, with no remote."""
    membership = Membership("rivertown", "/nowhere/rivertown.git", "Ana", "anaanana@reflect.invalid", "2026-11-01")
    write_membership(workspace.vault.root, membership)
    found = workspace.communities.get("rivertown")
    found.repository.make()
    return found


@pytest.fixture
def peer_writes(community: Community) -> Callable[..., str]:
    """Let the peer write files into the community, as if they had been fetched; returns the new tip."""

    def write(changes: dict[str, bytes | None], identity: Identity = PEER) -> str:
        repository = Repository(community.repository.path, identity)
        return repository.commit(changes, "Write", NOW)

    return write
