"""The bytes that history holds: which of them a state has, and what they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from reflect.store.git import Git

# A longer list could be too long for a command line; then the whole tree is read.
MOST_ASKED = 200


def blobs_at(git: Git, paths: Sequence[str], rev: str = "HEAD") -> dict[str, str] | None:
    """Return the blob of each path at a state, None when there is no such state yet."""
    asked = paths if len(paths) <= MOST_ASKED else []
    recursive = [] if asked else ["-r"]
    code, output = git.call("ls-tree", "-z", "--full-tree", *recursive, rev, "--", *asked, allowed=(0, 128))
    if code:
        return None
    blobs: dict[str, str] = {}
    for line in output.split(b"\0"):
        if line:
            described, _, name = line.partition(b"\t")
            blobs[os.fsdecode(name)] = described.split()[2].decode()
    return blobs


def agrees(data: bytes | None, blob: str | None) -> bool:
    """Say whether a file's bytes, None where there is no file, are those of a blob."""
    if data is None or blob is None:
        return data is None and blob is None
    # 4 ms to import, and a new record has nothing to be compared with.
    import hashlib

    algorithm = hashlib.sha1 if len(blob) == 40 else hashlib.sha256
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest() == blob


def read_blobs(git: Git, blobs: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of these blobs."""
    asked = list(dict.fromkeys(blobs))
    output = git.run("cat-file", "--batch", input="".join(f"{blob}\n" for blob in asked).encode())
    found: dict[str, bytes] = {}
    start = 0
    for _ in asked:
        end = output.index(b"\n", start)
        name, _, size = output[start:end].decode().partition(" blob ")
        if size:
            found[name] = output[end + 1 : end + 1 + int(size)]
            end += int(size) + 1
        start = end + 1
    return found
