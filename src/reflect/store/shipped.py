"""Where the files are that come with the program; the first frame asks, so nothing is loaded for it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
DATA = PACKAGE / "data"


def shipped_folder(name: str) -> Path:
    """Return a top-level folder that ships with the program: `agendas` or `themes`.

    A wheel holds it in `data/`; in a checkout it stands at the top.
    """
    in_wheel = DATA / name
    return in_wheel if in_wheel.is_dir() else PACKAGE.parent.parent / name
