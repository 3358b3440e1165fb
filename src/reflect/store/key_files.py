"""Which key opens a place on this computer: a line in a file beside the keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reflect.paths import private_folder
from reflect.store.files import write_durably

ENDING = ".use"
# What ssh tries by itself, of the kinds that sign without a touch.
USUAL = ("id_ed25519", "id_ecdsa", "id_rsa")


def chosen_key(folder: Path, place: str) -> Path | None:
    """Return the private key that opened a place last, None where ssh finds its own way."""
    try:
        path = Path((folder / f"{place}{ENDING}").read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return None
    return path if path.is_file() else None


def choose_key(folder: Path, place: str, key: Path | None) -> None:
    """Use this key for a place from now on, or let ssh find its own way; raises SaveFailed."""
    if key == chosen_key(folder, place):
        return
    private_folder(folder)
    if key is None:
        (folder / f"{place}{ENDING}").unlink(missing_ok=True)
    else:
        write_durably(folder / f"{place}{ENDING}", f"{key}\n".encode())


def key_files(folder: Path, place: str) -> Iterator[Path]:
    """Yield the private keys that a person may be known by at a place: chosen for it, made for it, ssh's own."""
    for path in (chosen_key(folder, place), folder / place, *(Path.home() / ".ssh" / name for name in USUAL)):
        if path is not None and path.is_file():
            yield path
