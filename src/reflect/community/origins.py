"""Whether the record that a copy was carried from is still there."""

from __future__ import annotations

from collections.abc import Mapping

from reflect.community.communities import Community
from reflect.records.record import read_record
from reflect.store.commits import MAIN
from reflect.store.objects import small_blobs


def was_withdrawn(community: Community, record_id: str, folders: Mapping[str, str]) -> bool:
    """Say whether a record stood in a community once, by what its history took out.

    The name of a file ends as its id does, so only those are read. The caller knows that it is not there now.
    """
    repository = community.repository
    if not repository.tip():
        return False
    output = repository.git.look_through(
        "log", "--no-merges", "--no-renames", "--diff-filter=D", "--raw", "--no-abbrev", "-z", "--format=",
        "--end-of-options", MAIN, "--", f":(glob)**/*-{record_id[-4:].lower()}.md",
    )  # fmt: skip
    removed = [part.split(b" ")[2].decode() for part in output.split(b"\0") if part.lstrip(b"\n").startswith(b":")]
    texts = small_blobs(repository.git, removed).values()
    return any(read_record(text, "", folders, community.name).id == record_id for text in texts)
