"""Taking back the last change of a vault: as a new change, so that it can be taken back too.

What a sync brought is one change, of however many steps of other devices.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from reflect.errors import NotFound, ReflectError
from reflect.store.files import remove_durably, write_durably
from reflect.store.git import Git
from reflect.store.objects import Entry, differences, read_blobs
from reflect.vault.erased import FOLDER as ERASED
from reflect.vault.history import History
from reflect.vault.vault import Vault

if TYPE_CHECKING:
    from reflect.store.state import LocalState


# A group of what is remembered on this computer: the states before and after what a sync brought.
BROUGHT = "brought"
BRING_IN = "Bring in what other devices wrote"
Changes = list[tuple[str, bytes | None, bytes | None]]


def note_brought(state: LocalState, before: str, after: str) -> None:
    """Remember that what lies between these states came with a sync; `""` for nothing that could be taken back."""
    state.put(BROUGHT, "states", f"{before} {after}".strip())


def undo(vault: Vault, history: History, state: LocalState, now: dt.datetime) -> list[str]:
    """Put the files of the newest commit, or of all that a sync brought, back; returns their paths.

    Raises NotFound when there is nothing to undo, ReflectError when a file has changed since.
    """
    with vault.lock.held():
        brought = _brought(state)
        if brought is not None and brought[1] == vault.tip():
            return undo_sync(vault, state, now)
        message, changes = history.last_change()
        return _take_back(vault, message.split("\n", 1)[0], changes, now)


def undo_sync(vault: Vault, state: LocalState, now: dt.datetime) -> list[str]:
    """Put the files that the last sync brought back to what they were before it; returns their paths.

    Raises NotFound when it brought nothing, ReflectError when a file has changed since.
    """
    with vault.lock.held():
        brought = _brought(state)
        if brought is None:
            raise NotFound("There is nothing of a sync to take back.", "The states of a record: reflect history ID")
        paths = _take_back(vault, BRING_IN, _between(vault.git, *brought), now)
        note_brought(state, "", "")
        return paths


def _brought(state: LocalState) -> tuple[str, str] | None:
    before, _, after = state.get(BROUGHT, "states").partition(" ")
    return (before, after) if after else None


def _take_back(vault: Vault, words: str, changes: Changes, now: dt.datetime) -> list[str]:
    if any(path.startswith(f"{ERASED}/") for path, _, _ in changes):
        raise ReflectError("What was erased cannot be brought back.", "The states of a record: reflect history ID")
    for path, _, after in changes:
        if _present(vault, path) != after:
            raise ReflectError(
                f"{path} has changed since, so the last change cannot be taken back by itself.",
                f"To go back to one of its states, see: reflect history {path}",
            )
    for path, before, _ in changes:
        if before is None:
            remove_durably(vault.root / path)
        else:
            write_durably(vault.root / path, before)
    paths = [path for path, _, _ in changes]
    vault.commit(paths, words.removeprefix("Undo: ") if words.startswith("Undo: ") else f"Undo: {words}", now)
    return paths


def _between(git: Git, before: str, after: str) -> Changes:
    found = differences(git, before, after)
    blobs = read_blobs(git, [each.blob for sides in found.values() for each in sides if each and each.is_file])

    def text(entry: Entry | None) -> bytes | None:
        return blobs[entry.blob] if entry and entry.is_file else None

    is_link = {path for path, sides in found.items() if any(each and not each.is_file for each in sides)}
    return [(path, text(old), text(new)) for path, (old, new) in found.items() if path not in is_link]


def _present(vault: Vault, path: str) -> bytes | None:
    try:
        return (vault.root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
