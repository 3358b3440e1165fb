"""Open loops that were let rest, with the reason: `.reflect/rests/<id>.toml`, one file a record."""

from __future__ import annotations

import tomllib
from pathlib import Path

from reflect.paths import RESTS
from reflect.records.toml_text import quoted
from reflect.store.files import write_durably


def rested(root: Path) -> list[str]:
    """Return `id/loop` of each loop of a vault that rests; a file that cannot be read lets none rest."""
    folder = root / RESTS
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return [f"{path.stem}/{loop}" for path in paths for loop in _read(path)]


def let_rest(root: Path, record_id: str, loop: str, reason: str, day: str) -> str:
    """Write down that a loop rests from this day on, and return the path of the file."""
    name = f"{RESTS}/{record_id}.toml"
    kept = _read(root / name) | {loop: {"on": day, "reason": reason}}
    tables = [
        f"[{each}]\n" + "".join(f"{key} = {quoted(str(value))}\n" for key, value in said.items())
        for each, said in kept.items()
    ]
    write_durably(root / name, "\n".join(tables).encode())
    return name


def _read(path: Path) -> dict[str, dict[str, object]]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    return {loop: said for loop, said in raw.items() if isinstance(said, dict)}
