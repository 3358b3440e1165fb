"""One lock a folder, so that the app and a command can write to one vault in turn."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reflect.errors import SaveFailed
from reflect.paths import private_folder

PATIENCE = 30.0
# In the repository: whoever holds this folder is the one who syncs it.
TURN = "reflect-turn"


def claim(folder: Path) -> int | None:
    """Return a handle that locks a folder until it is closed, None where another holds it. Raises OSError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


class FolderLock:
    """A lock on a folder, held by one thread of one process at a time; it may be taken again by its holder.

    The folder itself is locked, so no file is left behind and none is synced by anyone. The system
    frees it when the process ends, however it ends.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._threads = threading.RLock()
        self._depth = 0
        self._handle = -1

    @property
    def handle(self) -> int | None:
        """The open folder while the lock is held; a child that inherits it holds the lock as well."""
        return self._handle if self._depth else None

    @contextmanager
    def held(self, patience: float = PATIENCE) -> Iterator[None]:
        """Hold the lock for the time of a block; raises SaveFailed after `patience` seconds."""
        if not self._threads.acquire(timeout=patience):
            raise self._busy()
        try:
            if self._depth == 0:
                self._take(patience)
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0:
                    os.close(self._handle)
        finally:
            self._threads.release()

    def _take(self, patience: float) -> None:
        self._handle = os.open(self._folder, os.O_RDONLY)
        until = time.monotonic() + patience
        while True:
            try:
                fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                if time.monotonic() > until:
                    os.close(self._handle)
                    raise self._busy() from None
                time.sleep(0.005)

    @staticmethod
    def _busy() -> SaveFailed:
        return SaveFailed(
            "Not saved: another reflect is busy with this journal.",
            "Wait for it to finish, or close it, then try again.",
        )


def turn_of(git_dir: Path) -> FolderLock:
    """Return the lock that the one sync of a repository holds, its upkeep, and whoever builds its history anew."""
    return FolderLock(private_folder(git_dir / TURN))
