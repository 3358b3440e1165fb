"""Files that changed without us: another editor, a sync folder, or a kill between save and commit."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field

from reflect.store.scan import MAX_ATTACHMENT, is_attachment
from reflect.vault.vault import Vault


@dataclass(frozen=True)
class Outside:
    """What git sees as not committed: records and what goes with them, and what is left alone."""

    ours: list[str] = field(default_factory=list)
    left_alone: list[str] = field(default_factory=list)


def uncommitted(vault: Vault, is_record: Callable[[str], bool], paths: list[str] | None = None) -> Outside:
    """Return what differs from history, among these paths or in the whole vault."""
    if paths is not None and not paths:
        return Outside()
    asked = paths if paths is not None and len(paths) <= 200 else []
    output = vault.git.run(
        "--literal-pathspecs",
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "-uall",
        "--ignore-submodules",
        "--",
        *asked,
    )
    found = Outside()
    for entry in output.split(b"\0"):
        if not entry:
            continue
        path = os.fsdecode(entry[3:])
        (found.ours if _is_ours(vault, path, is_record) else found.left_alone).append(path)
    return found


def _is_ours(vault: Vault, path: str, is_record: Callable[[str], bool]) -> bool:
    full = vault.root / path
    if path.startswith(".reflect/"):
        return path.endswith(".toml")
    if any(part.startswith(".") for part in path.split("/")) or full.is_symlink():
        return False
    if path.endswith(".md"):
        return is_record(path)
    if is_attachment(path) and "/" in path and is_record(path):
        return not full.exists() or full.stat().st_size <= MAX_ATTACHMENT
    return False
