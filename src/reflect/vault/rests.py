"""Open loops that were let rest, with the reason: `.reflect/rests/<id>.toml`, one file a record."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

from reflect.paths import RESTS
from reflect.records.toml_text import quoted
from reflect.store.files import remove_durably, write_durably


def rested(root: Path) -> list[str]:
    """Return `id/loop` of each loop of a vault that rests; a file that cannot be read lets none rest."""
    folder = root / RESTS
    paths = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    return [f"{path.stem}/{loop}" for path in paths for loop in _read(path)]


def let_rest(root: Path, record_id: str, loop: str, reason: str, day: str) -> str:
    """Write down that a loop rests from this day on, and return the path of the file."""
    name = f"{RESTS}/{record_id}.toml"
    _write(root / name, _read(root / name) | {loop: {"on": day, "reason": reason}})
    return name


def end_rest(root: Path, record_id: str, loop: str) -> str:
    """Take back that a loop rests, and return the path of the file; `""` when it did not rest."""
    name = f"{RESTS}/{record_id}.toml"
    kept = _read(root / name)
    if loop not in kept:
        return ""
    others = {each: said for each, said in kept.items() if each != loop}
    if others:
        _write(root / name, others)
    else:
        remove_durably(root / name)
    return name


def _write(path: Path, kept: Mapping[str, Mapping[str, object]]) -> None:
    tables = [
        f"[{each}]\n" + "".join(f"{key} = {quoted(str(value))}\n" for key, value in said.items())
        for each, said in kept.items()
    ]
    write_durably(path, "\n".join(tables).encode())


def _read(path: Path) -> dict[str, dict[str, object]]:
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return {}
    return {loop: said for loop, said in raw.items() if isinstance(said, dict)}
