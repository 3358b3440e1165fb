"""Files that are either the old text or the new one, whatever happens in between."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from reflect.errors import SaveFailed

TEMPORARY_PREFIX = ".reflect-"
TEMPORARY_SUFFIX = ".tmp"


def write_durably(path: Path, data: bytes) -> None:
    """Replace a file, or make it, so that after return it survives a power cut.

    A new file is for this person only; one that exists keeps its mode. Raises SaveFailed.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o600
        temporary = _write_temporary(path.parent, data, mode)
        try:
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_path(path.parent)
    except OSError as error:
        raise save_failed(path, error) from error


def remove_durably(path: Path) -> None:
    """Remove a file so that it stays removed; it is no error when it is gone. Raises SaveFailed."""
    try:
        path.unlink(missing_ok=True)
        sync_path(path.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise save_failed(path, error) from error


def remove_empty_folders(root: Path, folder: Path) -> None:
    """Remove a folder below the root of a vault where nothing is in it, and so those above it."""
    while folder not in (root, root / ".reflect") and folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def sync_path(path: Path) -> None:
    """Make what is in a file, or the names in a folder, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_temporary(name: str) -> bool:
    """Say whether a file name is one of ours that was never finished."""
    return name.startswith(TEMPORARY_PREFIX) and name.endswith(TEMPORARY_SUFFIX)


def save_failed(path: Path, error: OSError) -> SaveFailed:
    """Return the sentence for a file that could not be written."""
    reasons = {
        errno.ENOSPC: ("the disk is full", "Free some space, then save again."),
        errno.EDQUOT: ("your share of the disk is full", "Free some space, then save again."),
        errno.EROFS: ("the disk is read-only", "Open a journal in a folder that you can write to."),
        errno.EACCES: ("the folder is not writable", "Check who owns the folder and its permissions."),
        errno.EPERM: ("the system does not permit it", "Check who owns the folder and its permissions."),
    }
    why, hint = reasons.get(error.errno or 0, (error.strerror or "the system said no", "Try again."))
    return SaveFailed(f"Not saved: {path.name}, because {why}.", hint)


def _write_temporary(folder: Path, data: bytes, mode: int) -> Path:
    # Not tempfile: its imports take 5 ms, and the name is all that it would give.
    name = folder / f"{TEMPORARY_PREFIX}{os.urandom(8).hex()}{TEMPORARY_SUFFIX}"
    handle = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):
            name.unlink()
        raise
    return name
