"""What this person has read of a community, on this computer: the text of each record that was met.

One file a community, one line a record, added to at its end: a thousand records are marked read as
fast as one, and a kill leaves all lines but the last.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from reflect.paths import private_folder


class ReadMarks:
    """For each record, by its id (else its path), the blob that was read last."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def stamp(self) -> str:
        """What changes when anything was marked, also by another process."""
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return ""
        return f"{status.st_size} {status.st_mtime_ns}"

    def all(self) -> dict[str, str]:
        """Return all marks; a line that was cut off counts as none."""
        try:
            text = self._path.read_text("utf-8", "surrogateescape")
        except FileNotFoundError:
            return {}
        marks: dict[str, str] = {}
        for line in text.split("\n")[:-1]:
            blob, _, key = line.partition(" ")
            marks[key] = blob
        return marks

    def add(self, marks: Mapping[str, str]) -> None:
        """Mark records as read in these texts; an empty blob takes a mark away."""
        if not marks:
            return
        private_folder(self._path.parent)
        lines = "".join(f"{blob} {key}\n" for key, blob in marks.items() if "\n" not in key)
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            # After a line that a kill cut off, a new one has to begin.
            end = os.lseek(handle, 0, os.SEEK_END)
            whole = end == 0 or self._path.read_bytes()[-1:] == b"\n"
            os.write(handle, ("" if whole else "\n").encode() + lines.encode("utf-8", "surrogateescape"))
            os.fsync(handle)
        finally:
            os.close(handle)
