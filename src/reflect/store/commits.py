"""A commit as `git fast-import` takes it: without an index, without a work tree."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reflect.store.git import Identity
from reflect.store.objects import Entry

MAIN = "refs/heads/main"


@dataclass(frozen=True)
class Commit:
    """What a commit says; its tree is that of the first parent, changed; `message` holds no text of a record."""

    message: str
    identity: Identity
    now: dt.datetime
    parents: Sequence[str] = ()


def commit_stream(ref: str, commit: Commit, changes: Mapping[str, bytes | Entry | None]) -> bytes:
    """Return the input of `git fast-import` for one commit on a reference.

    A change is a file's new bytes, an entry that history already has, or None for a removal.
    """
    seconds = max(int(commit.now.timestamp()), 0)
    name, address = _plain(commit.identity.name), _plain(commit.identity.address)
    who = f"{name} <{address}> {seconds} {commit.now.strftime('%z') or '+0000'}"
    text = commit.message.encode()
    branch = ref.encode("utf-8", "surrogateescape")
    parts = [b"commit %s\ncommitter %s\ndata %d\n%s\n" % (branch, who.encode(), len(text), text)]
    for number, parent in enumerate(commit.parents):
        parts.append(b"%s %s\n" % (b"merge" if number else b"from", parent.encode("utf-8", "surrogateescape")))
    # Removals first: a file may stand where a folder was, and the other way about.
    for path, change in sorted(changes.items(), key=lambda each: each[1] is not None):
        quoted = quoted_path(path)
        if change is None:
            parts.append(b"D %s\n" % quoted)
        elif isinstance(change, Entry):
            parts.append(b"M %s %s %s\n" % (change.mode.encode(), change.blob.encode(), quoted))
        else:
            parts.append(b"M 100644 inline %s\ndata %d\n%s\n" % (quoted, len(change), change))
    return b"".join(parts) + b"\ndone\n"


def _plain(name: str) -> str:
    return "".join(char for char in name if char not in "<>\n\r\0").strip() or "me"


def quoted_path(path: str) -> bytes:
    """Return a path as `git fast-import` takes every one."""
    escaped = os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n")
    return b'"' + escaped + b'"'
