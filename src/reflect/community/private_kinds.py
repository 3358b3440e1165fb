"""Does a history hold what never belongs in a community: a journal, or records of a private kind?

Someone's journal that was sent to a shared place by mistake stays in its history, for all who fetch it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reflect.paths import MARKER
from reflect.records.document import MAX_RECORD
from reflect.records.record import read_record
from reflect.store.git import Git
from reflect.store.kind_files import Kinds
from reflect.store.objects import AT_ONCE, read_blobs, sizes_of

# `kind` stands in front matter, which ends long before this.
HEAD = 64 * 1024
SHOWN = 5


def holds_journal(git: Git, tip: str, known: str = "") -> bool:
    """Say whether a history, beyond that of `known`, ever held what marks a private journal; raises GitFailed."""
    return any(path == MARKER or path.endswith(f"/{MARKER}") for _, path in _files(git, tip, known))


def private_paths(git: Git, tip: str, kinds: Kinds, known: str = "") -> list[str]:
    """Return the paths of a few records of private kinds in a history beyond that of `known`, none if it has none.

    `kinds` are those of the person's journal. Raises GitFailed.
    """
    private = {kind.name for kind in kinds.all() if not kind.may_be_in_a_community}
    folders = {folder for folder, name in kinds.folders.items() if name in private}
    says_so = re.compile(rb"^kind:\s*[\"']?(%s)\b" % b"|".join(re.escape(each.encode()) for each in private), re.M)
    paths = {blob: path for blob, path in _files(git, tip, known) if path.endswith(".md")}
    found: list[str] = []
    blobs = list(paths)
    for start in range(0, len(blobs), AT_ONCE):
        chunk = sizes_of(git, blobs[start : start + AT_ONCE])
        for blob, data in read_blobs(git, [blob for blob, size in chunk.items() if size <= MAX_RECORD]).items():
            path = paths[blob]
            if not (says_so.search(data[:HEAD]) or folders & set(path.split("/")[:-1])):
                continue
            if read_record(data, path, kinds.folders).kind in private:
                found.append(path)
        if len(found) >= SHOWN:
            break
    return sorted(found)[:SHOWN]


def _files(git: Git, tip: str, known: str) -> Iterator[tuple[str, str]]:
    """Yield the blob and a path of everything that a history holds."""
    beyond = [f"^{known}"] if known else []
    output = git.run("rev-list", "--objects", "--end-of-options", tip, *beyond)
    for line in output.decode("utf-8", "surrogateescape").splitlines():
        blob, _, path = line.partition(" ")
        if path:
            yield blob, path
