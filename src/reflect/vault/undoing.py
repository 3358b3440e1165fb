"""Taking back the last change of a vault: as a new change, so that it can be taken back too."""

from __future__ import annotations

import datetime as dt

from reflect.errors import ReflectError
from reflect.store.files import remove_durably, write_durably
from reflect.vault.erased import FOLDER as ERASED
from reflect.vault.history import History
from reflect.vault.vault import Vault


def undo(vault: Vault, history: History, now: dt.datetime) -> list[str]:
    """Put the files of the newest commit back to what they were before it; returns their paths.

    Raises NotFound when there is nothing to undo, ReflectError when a file has changed since.
    """
    with vault.lock.held():
        message, changes = history.last_change()
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
        words = message.split("\n", 1)[0]
        vault.commit(paths, words.removeprefix("Undo: ") if words.startswith("Undo: ") else f"Undo: {words}", now)
        return paths


def _present(vault: Vault, path: str) -> bytes | None:
    try:
        return (vault.root / path).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
