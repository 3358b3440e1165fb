"""Copies of records in a folder of a person's choice: the same bytes, under the same names."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reflect.errors import ReflectError


@dataclass(frozen=True)
class Exported:
    """What was copied where; `refused` are paths with the reason, `left` is how many were not come to."""

    folder: Path
    count: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    left: int = 0


def copy_files(root: Path, paths: Sequence[str], folder: Path, going: Callable[[int, int], bool]) -> Exported:
    """Copy files of a vault into a new or empty folder; raises ReflectError for one that is not.

    `going` is told how many are done of how many, and says whether to go on.
    """
    folder = folder.expanduser().absolute()
    _refuse_unfit(root, folder)
    _make(folder)
    count = 0
    refused: list[tuple[str, str]] = []
    for number, path in enumerate(paths):
        if not going(number, len(paths)):
            return Exported(folder, count, refused, len(paths) - number)
        try:
            data = (root / path).read_bytes()
        except OSError as error:
            refused.append((path, error.strerror or "it cannot be read"))
            continue
        try:
            _write_new(folder / path, data)
        except OSError as error:
            raise ReflectError(
                f"{count:,} of {len(paths):,} records were copied to {folder}; then: {error.strerror}.",
                "Free some space or choose another folder, and export again.",
            ) from None
        count += 1
    going(len(paths), len(paths))
    return Exported(folder, count, refused)


def _refuse_unfit(root: Path, folder: Path) -> None:
    real = folder.resolve()
    if real == root.resolve() or root.resolve() in real.parents:
        raise ReflectError(
            f"{folder} lies inside your journal, where copies would count as records.", "Name a folder outside of it."
        )
    if folder.exists() and not folder.is_dir():
        raise ReflectError(f"{folder} is a file.", "Name a new folder.")
    try:
        is_taken = folder.is_dir() and any(folder.iterdir())
    except OSError as error:
        raise _unusable(folder, error) from None
    if is_taken:
        raise ReflectError(f"There is something in {folder} already.", "Name a new folder, or an empty one.")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(folder, error) from None


def _unusable(folder: Path, error: OSError) -> ReflectError:
    return ReflectError(f"{folder} cannot be used: {error.strerror}.", "Name another folder.")


def _write_new(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
