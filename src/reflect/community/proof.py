"""Proof of what left: the bytes as the community's history has them, with the hash that was written down before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reflect.community.repository import REMOTE, Repository
from reflect.community.review import hash_of
from reflect.community.shares import Copies, Share
from reflect.records.record import Record, read_record
from reflect.store.commits import MAIN
from reflect.store.objects import small_blobs, small_blobs_in_parts
from reflect.store.states import leads_to

if TYPE_CHECKING:
    from reflect.community.communities import Communities
    from reflect.community.within import Within


@dataclass(frozen=True)
class Left:
    """What was shared once: `content` are its exact bytes, None where no history holds them (any more).

    `at` is when it was put there, `is_sent` whether a sync has sent it, `is_there` whether a copy still stands.
    """

    share: Share
    title: str
    path: str = ""
    content: bytes | None = None
    at: str = ""
    is_sent: bool = False
    is_there: bool = False


class Proofs:
    """Looks up in the communities what the vault says was shared."""

    def __init__(self, communities: Communities, within: Within, copies: Callable[[], Copies]) -> None:
        self._communities = communities
        self._within = within
        self._copies = copies

    def all(self, record: Record | None = None) -> list[Left]:
        """Return what left, the latest first, of one record or of all; of a copy as well as of the original."""
        copies = self._copies()
        source = copies.source_of(record.id) if record else ""
        here = {each.name: each.repository for each in self._communities.here()}
        wanted = [each for each in copies.all if not record or each.source == source]
        return [self._of(each, here.get(each.community)) for each in wanted]

    def _of(self, share: Share, repository: Repository | None) -> Left:
        if repository is None:
            return Left(share, f"{share.community} is not on this computer")
        rows = self._within.rows(share.community, share.id)
        path = rows[0].path if rows else path_with_id(repository, share.id)
        found = version_that_left(repository, path, share.hash) if path else None
        if found is None:
            return Left(share, rows[0].title if rows else "", path, is_there=bool(rows))
        commit, at, data = found
        record = read_record(data, path, {}, share.community)
        return Left(share, record.title, path, data, at, _is_sent(repository, commit), bool(rows))


def text_that_left(repository: Repository, path: str, digest: str) -> bytes | None:
    """Return the bytes at a path that have this hash, None where history has none."""
    found = version_that_left(repository, path, digest)
    return found[2] if found else None


def version_that_left(repository: Repository, path: str, digest: str) -> tuple[str, str, bytes] | None:
    """Return (commit, time, bytes) of the text at a path that has this hash."""
    versions = repository.versions(path)
    for texts in small_blobs_in_parts(repository.git, [blob for _, _, blob in versions]):
        for commit, at, blob in versions:
            if blob in texts and hash_of(texts[blob]) == digest:
                return commit, at, texts[blob]
    return None


def path_with_id(repository: Repository, record_id: str) -> str:
    """Return the path that a withdrawn record had: its name ends as its id does; `""` where there is none."""
    ending = f"-{record_id[-4:].lower()}.md"
    output = repository.git.look_through(
        "log",
        "--no-renames",
        "--diff-filter=D",
        "--name-only",
        "-z",
        "--format=",
        MAIN,
        "--",
        f"*{ending}",
        ":(glob)agendas/*/agenda.md",
    )
    for path in output.decode("utf-8", "surrogateescape").split("\0"):
        for _, _, blob in repository.versions(path.strip("\n")) if path.strip("\n") else ():
            if record_id.encode() in small_blobs(repository.git, [blob]).get(blob, b""):
                return path.strip("\n")
    return ""


def _is_sent(repository: Repository, commit: str) -> bool:
    return leads_to(repository.git, commit, repository.tip(REMOTE))
