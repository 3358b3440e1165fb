"""Reading what is to be imported: folders without following links, and bytes that should be text."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from reflect.errors import ReflectError
from reflect.imports.places import Lines
from reflect.imports.report import Noted, Skipped

ENCRYPTED = (b"JRNLv3", b"gAAAAA")
NOT_UTF8 = re.compile("[\udc80-\udcff]+")
# A text has few bytes that are not UTF-8; an encrypted file or a picture has them everywhere.
FEW, MANY = 16, 0.1


class NoText(ReflectError):
    """A file holds no text that could be read."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file below the folder that is imported; `path` is relative to it, with `/` between."""

    path: str
    size: int
    mtime: float


@dataclass
class Listing:
    """What a folder holds: its files in order, and what was left out."""

    files: list[Found] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)


def list_folder(root: Path, shut: Path | None = None) -> Listing:
    """Return the files below a folder; dot files are left out, links too, but said. `shut` is not entered."""
    listing = Listing()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            entries = sorted(os.scandir(os.path.join(root, folder)), key=lambda entry: entry.name)
        except OSError as error:
            listing.skipped.append(Skipped(folder or ".", f"this folder could not be read: {error.strerror}"))
            continue
        folders = []
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                listing.skipped.append(Skipped(path, "a link; what it points to was not read"))
            elif entry.is_dir(follow_symlinks=False):
                if shut is not None and os.path.realpath(entry.path) == str(shut):
                    listing.skipped.append(Skipped(path, "this is the journal itself"))
                else:
                    folders.append(path)
            elif entry.is_file(follow_symlinks=False):
                status = entry.stat(follow_symlinks=False)
                listing.files.append(Found(path, status.st_size, status.st_mtime))
        waiting.extend(reversed(folders))
    return listing


def counted(files: list[Found], one: str, many: str) -> Iterator[Skipped]:
    """Yield one line for each folder with how many of these files lie in it."""
    folders: dict[str, int] = {}
    for file in files:
        folder = file.path.rpartition("/")[0] or "."
        folders[folder] = folders.get(folder, 0) + 1
    for folder, number in folders.items():
        yield Skipped(folder, f"{number:,} {many}" if number > 1 else f"1 {one}")


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file; raises NoText when it may not be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or "the system said no"
        raise NoText(f"{path.name} could not be read: {why}.", "Check who owns it.") from None


def read_text(path: Path, name: str) -> tuple[str, list[Skipped]]:
    """Return the text of a file with its line ends as `\\n`, and what there is to say of its bytes."""
    data = read_bytes(path)
    if data.startswith(ENCRYPTED):
        raise NoText(f"{name} is an encrypted journal.", "Decrypt it first: jrnl --decrypt, then import it again.")
    text, remarks = decoded(data, name)
    return text.replace("\r\n", "\n").replace("\r", "\n"), remarks


def decoded(data: bytes, name: str) -> tuple[str, list[Skipped]]:
    """Return bytes as text without a BOM; what is not UTF-8 is read as Windows-1252, which is said.

    Every byte stays a character of its own, so nothing is dropped, and the record can be read.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), []
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogateescape")
    bad = list(NOT_UTF8.finditer(text))
    if not bad:
        return text, []
    if sum(match.end() - match.start() for match in bad) > max(FEW, MANY * len(text)):
        hint = "Save it as UTF-8; if it is an encrypted journal, first run: jrnl --decrypt"
        raise NoText(f"{name} is not a text in UTF-8.", hint)
    lines = Lines(text, name)
    places = list(dict.fromkeys(lines.where(match.start()) for match in bad))
    others = f", also on {len(places) - 1:,} more lines" if len(places) > 1 else ""
    remark = Noted(places[0], f"bytes that are not UTF-8, read as Windows-1252{others}")
    return NOT_UTF8.sub(_windows, text), [remark]


def _windows(match: re.Match[str]) -> str:
    data = match[0].encode("utf-8", "surrogateescape")
    # Five bytes mean nothing in Windows-1252; they stay control characters.
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
