"""`.reflect/vault.toml`: what says that a folder is a vault, and whose it is."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from reflect.errors import NoVault, ReflectError
from reflect.paths import MARKER
from reflect.records.toml_text import quoted
from reflect.records.ulid import is_ulid

FORMAT = 1
ADDRESS_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Marker:
    """What a vault says of itself; `address` is the e-mail of its commits, made up for it."""

    id: str
    name: str
    address: str
    lang: str = "en"


def read_marker(root: Path) -> Marker:
    """Return what a folder's marker says; raises NoVault, or ReflectError when it cannot be used."""
    path = root / MARKER
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise NoVault(f"There is no journal in {root}.", f"To begin one there, run: reflect init '{root}'") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ReflectError(f"{path} cannot be read: {error}.", "Mend that file, or take it from history.") from None
    except OSError as error:
        raise ReflectError(f"{path} cannot be read: {error.strerror}.", "Check who owns it.") from None
    found = raw.get("format")
    if isinstance(found, int) and found > FORMAT:
        raise ReflectError(
            f"This journal was made by a newer reflect (format {found}; this one knows {FORMAT}).",
            "Update reflect on this computer, then open it again.",
        )
    marker_id, name = raw.get("id"), raw.get("name")
    if found != FORMAT or not isinstance(marker_id, str) or not is_ulid(marker_id):
        raise ReflectError(f"{path} is damaged: `format` or `id` is missing.", "Take it from history: git checkout.")
    address = raw.get("address")
    return Marker(
        id=marker_id,
        name=name if isinstance(name, str) and name.strip() else "me",
        address=address if isinstance(address, str) and address else f"{marker_id[-8:].lower()}@reflect.invalid",
        lang=raw["lang"] if isinstance(raw.get("lang"), str) else "en",
    )


def marker_id(text: str) -> str:
    """Return the id of the vault that a marker's text speaks of, `""` where it says none."""
    try:
        found = tomllib.loads(text).get("id")
    except tomllib.TOMLDecodeError:
        return ""
    return found if isinstance(found, str) and is_ulid(found) else ""


def marker_text(marker: Marker) -> str:
    """Return the text of a marker file."""
    lines = [
        "# This folder is a journal kept with reflect. Keep this file.",
        f"format = {FORMAT}",
        *(f"{key} = {quoted(getattr(marker, key))}" for key in ("id", "name", "address", "lang")),
    ]
    return "\n".join(lines) + "\n"


def made_up_address(randomness: bytes) -> str:
    """Return an address that leads nowhere, from eight bytes of randomness."""
    letters = "".join(ADDRESS_LETTERS[byte % len(ADDRESS_LETTERS)] for byte in randomness[:8])
    return f"{letters}@reflect.invalid"
