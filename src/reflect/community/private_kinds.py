"""Does a history hold what never belongs in a community: a journal, or records of a private kind?

Someone's journal that was sent to a shared place by mistake stays in its history, for all who fetch it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from reflect.paths import MARKER
from reflect.records.record import read_record
from reflect.store.git import Git
from reflect.store.kind_files import Kinds
from reflect.store.objects import AT_ONCE, files_at, small_blobs_in_parts
from reflect.store.transfer import Fetched

# `kind` stands in front matter, which ends long before this.
HEAD = 64 * 1024
SHOWN = 5


@dataclass(frozen=True)
class Private:
    """What a history holds that is private: a whole journal, or the `paths` of a few records of private kinds."""

    is_journal: bool = False
    paths: Sequence[str] = ()

    def __bool__(self) -> bool:
        return self.is_journal or bool(self.paths)


def private_in(fetched: Fetched, kinds: Kinds) -> Private:
    """Return what is private of all that came; `kinds` are those of the person's journal. Raises GitFailed."""
    git, tip, files = fetched.git, fetched.tip, fetched.came()
    if any(path == MARKER or path.endswith(f"/{MARKER}") for _, path in files):
        return Private(is_journal=True)
    return Private(paths=_private_paths(git, tip, kinds, {blob: path for blob, path in files if path.endswith(".md")}))


def _private_paths(git: Git, tip: str, kinds: Kinds, paths: Mapping[str, str]) -> list[str]:
    private = {kind.name for kind in kinds.all() if not kind.may_be_in_a_community}
    folders = {folder for folder, name in kinds.folders.items() if name in private}
    asked = list(paths)
    if len(asked) > AT_ONCE:
        # git looks through what is shown now in a third of the time that it takes to hand it over.
        now = {entry.blob for path, entry in files_at(git, tip).items() if path.endswith(".md")}
        asked = [blob for blob, path in paths.items() if blob not in now or folders & set(path.split("/")[:-1])]
        asked += _saying(git, tip, private)
    found: list[str] = []
    for texts in small_blobs_in_parts(git, asked):
        for blob, data in texts.items():
            path = paths.get(blob, "")
            if (
                path
                and _may_be(data, path, private, folders)
                and read_record(data, path, kinds.folders).kind in private
            ):
                found.append(path)
        if len(found) >= SHOWN:
            break
    return sorted(set(found))[:SHOWN]


def _saying(git: Git, tip: str, private: Set[str]) -> list[str]:
    """Return the blobs of a state that say, on any line, that they are of a private kind."""
    pattern = f"kind[\"']?[[:space:]]*:[[:space:]]*[\"']?({'|'.join(sorted(private))})"
    words = ("grep", "-l", "-z", "-a", "--no-textconv", "-E", "-e", pattern, tip, "--", "*.md")
    output = git.run(*words, allowed=(0, 1))
    found = [os.fsdecode(name).partition(":")[2] for name in output.split(b"\0") if name]
    entries = files_at(git, tip) if found else {}
    return [entries[path].blob for path in found if path in entries]


def _may_be(data: bytes, path: str, private: Set[str], folders: Set[str]) -> bool:
    """Say whether it is worth parsing a text to learn its kind."""
    says_so = re.compile(rb"kind[\"']?\s*:\s*[\"']?(%s)\b" % b"|".join(re.escape(each.encode()) for each in private))
    return bool(folders & set(path.split("/")[:-1]) or says_so.search(data[:HEAD]))
