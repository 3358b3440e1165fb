"""Everything that jrnl leaves behind: a journal file, a folder of days, an export; and which of them it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

from reflect.errors import ReflectError
from reflect.imports.entry import Entry
from reflect.imports.jrnl import read_jrnl
from reflect.imports.jrnl_json import read_jrnl_json
from reflect.imports.report import Skipped
from reflect.imports.sources import Found, NoText, counted, list_folder, read_text

DAY_FILE = re.compile(r"(?:.*/)?([0-9]{4})/([01][0-9])/([0-3][0-9])\.txt")
JOURNAL_FILE = re.compile(r"[^/]*\.(?:txt|json|jrnl)", re.IGNORECASE)


def read_journals(path: Path) -> Iterator[Entry | Skipped]:
    """Yield the entries of a journal file, of an export, or of a folder of either; raises ReflectError."""
    if path.is_dir():
        yield from _read_folder(path)
    else:
        yield from _read_file(path, path.name, None)


def _read_file(path: Path, name: str, day: dt.date | None) -> Iterator[Entry | Skipped]:
    text, remarks = read_text(path, name)
    yield from remarks
    if day is None and (path.suffix.lower() == ".json" or text.lstrip()[:1] == "{"):
        yield from read_jrnl_json(text, name)
    else:
        yield from read_jrnl(text, name, day)


def _read_folder(folder: Path) -> Iterator[Entry | Skipped]:
    listing = list_folder(folder)
    journals = [file for file in listing.files if _day_of(file) or JOURNAL_FILE.fullmatch(file.path)]
    if not journals:
        days_of_day_one = any(file.path.endswith(".doentry") for file in listing.files)
        what = "a Day One journal, which jrnl can export" if days_of_day_one else "no journal of jrnl"
        raise ReflectError(f"{folder} holds {what}.", "Give a journal file, a folder of days, or a JSON export.")
    yield from listing.skipped
    for file in journals:
        try:
            yield from _read_file(folder / file.path, file.path, _day_of(file))
        except NoText as error:
            yield Skipped(f"{file.path}:1", str(error))
    others = [file for file in listing.files if file not in journals]
    yield from counted(others, "file that is no journal of jrnl", "files that are no journals of jrnl")


def _day_of(file: Found) -> dt.date | None:
    """Return the day that a file of a folder journal is for, None when its path tells none."""
    match = DAY_FILE.fullmatch(file.path)
    try:
        return dt.date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
