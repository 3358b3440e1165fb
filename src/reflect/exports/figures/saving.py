"""Putting a picture into a file where a person wants it; what stands there is kept unless they say otherwise."""

from __future__ import annotations

from pathlib import Path

from reflect.errors import ReflectError
from reflect.store.files import write_durably

ENDING = ".svg"


def save_picture(path: Path, svg: str, replaces: bool = False) -> Path:
    """Write a picture and return where it is; raises ReflectError where it cannot be, or something is there."""
    path = path.expanduser()
    if path.suffix.lower() != ENDING:
        raise ReflectError(f"{path} does not end in {ENDING}.", f"A picture is drawn as SVG: name it NAME{ENDING}.")
    if path.is_dir():
        raise ReflectError(f"{path} is a folder.", "Name a file.")
    if path.exists() and not replaces:
        raise ReflectError(f"{path} is there already, and stays as it is.", "Name another file, or add --force.")
    write_durably(path, svg.encode("utf-8", "replace"))
    return path
