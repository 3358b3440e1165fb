"""What was erased from a vault: `.reflect/erased/<id>.toml`, one file a record, with no word of it.

Another device that meets a history which was built anew learns from these files that this was meant.
"""

from __future__ import annotations

from pathlib import Path

from reflect.records.toml_text import quoted
from reflect.records.ulid import is_ulid

FOLDER = ".reflect/erased"
SHORTEST = 4


def path_of(record_id: str) -> str:
    """Return the path in the vault of the file that says that a record was erased."""
    return f"{FOLDER}/{record_id}.toml"


def text_of(record_id: str, day: str) -> bytes:
    """Return what such a file says: which record, and on which day."""
    return f"id = {quoted(record_id)}\non = {quoted(day)}\n".encode()


def erased_ids(root: Path) -> set[str]:
    """Return the ids of the records that were erased from a vault."""
    folder = root / FOLDER
    return {path.stem for path in folder.glob("*.toml") if is_ulid(path.stem)} if folder.is_dir() else set()


def is_erased(root: Path, reference: str) -> bool:
    """Say whether what a person typed names a record that was erased, by its id or the end of it."""
    return len(reference) >= SHORTEST and any(each.endswith(reference.upper()) for each in erased_ids(root))
