"""Where a record's file stands: made once, for people to read; the id is the identity."""

from __future__ import annotations

from reflect.records.kinds import Kind
from reflect.records.record import AGENDA_FOLDER, reference_of
from reflect.records.textforms import slug

# What peers show of a file name, in bytes.
LONGEST_NAME = 120


def record_path(kind: Kind, day: str, title: str, record_id: str, agenda_folder: str = "") -> str:
    """Return the path of a new record; `agenda_folder` is that of its agenda, or `""`.

    `day` is its date as written, `YYYY-MM-DD`.
    """
    name = f"{day}-{slug(title, kind.name)}-{record_id[-4:].lower()}.md"
    if agenda_folder:
        return f"{agenda_folder}/{kind.folder}/{name}"
    return f"{kind.folder}/{day[:4]}/{day[5:7]}/{name}"


def agenda_path(title: str, record_id: str, taken: set[str]) -> str:
    """Return the path of a new agenda; `taken` are the names of agenda folders that exist."""
    name = slug(title, "agenda")
    if name in taken:
        name = f"{name}-{record_id[-4:].lower()}"
    return f"{AGENDA_FOLDER}/{name}/agenda.md"


def agenda_folder_of(path: str) -> str:
    """Return the agenda's folder that a path lies in, `""` where it lies in none."""
    parts = path.split("/")
    return "/".join(parts[:2]) if len(parts) > 2 and parts[0] == AGENDA_FOLDER else ""


def agenda_folder_named(place: str, path: str) -> str:
    """Return the agenda's folder that a path lies in, named by its place as records are, `""` for none."""
    folder = agenda_folder_of(path)
    return reference_of(place, folder) if folder else ""


def conflict_path(path: str, record_id: str) -> str:
    """Return the path of the second version of a record, beside the first; `record_id` is that of the second."""
    return _beside(path, f"-conflict-{record_id[-4:].lower()}")


def aside_path(path: str, record_id: str) -> str:
    """Return the path to which a record moves whose place another one has."""
    return _beside(path, f"-{record_id[-4:].lower()}")


def _beside(path: str, suffix: str) -> str:
    folder, slash, name = path.rpartition("/")
    stem, dot, ending = name.rpartition(".")
    if not stem:
        stem, dot, ending = name, "", ""
    # A longer name would not be shown to peers.
    while stem[1:] and len(f"{stem}{suffix}{dot}{ending}".encode("utf-8", "surrogateescape")) > LONGEST_NAME:
        stem = stem[:-1].rstrip(" .") or stem[0]
    return f"{folder}{slash}{stem}{suffix}{dot}{ending}"
