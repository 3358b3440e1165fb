"""Looking at a folder of records: names, sizes and times, and nothing of what is inside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

ATTACHMENTS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".pdf")
MAX_ATTACHMENT = 10 * 1024 * 1024


class FileSeen(NamedTuple):
    """A Markdown file as the folder shows it; `path` is relative to the root, with `/` between.

    A named tuple, because a hundred thousand are made at each start.
    """

    path: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class FolderSeen:
    """One folder: its time before it was read, its Markdown files, its folders, and what is left alone in it.

    That are links, and names that are no text.

    `stamp` changes with the size or time of any file in it; with the folder's own time, which
    changes with every name, it tells whether anything did.
    """

    path: str
    mtime: int
    stamp: str
    files: list[FileSeen]
    folders: list[str]
    links: list[str]
    misnamed: list[str]


def look(root: Path, folder: str) -> FolderSeen | None:
    """Return what one folder holds, None when it is gone or may not be read."""
    files: list[FileSeen] = []
    folders: list[str] = []
    links: list[str] = []
    misnamed: list[str] = []
    prefix = f"{folder}/" if folder else ""
    stamp = 0
    try:
        # Before reading: what is added meanwhile must make the folder look changed next time.
        mtime = os.stat(os.path.join(root, folder)).st_mtime_ns
        with os.scandir(os.path.join(root, folder)) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                if not (name.isascii() or is_text(name)):
                    misnamed.append(prefix + name)
                    continue
                if name[-3:] == ".md" and entry.is_file(follow_symlinks=False):
                    status = entry.stat(follow_symlinks=False)
                    files.append(FileSeen(prefix + name, status.st_size, status.st_mtime_ns))
                    stamp += hash((status.st_size, status.st_mtime_ns))
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(prefix + name)
                elif entry.is_symlink():
                    links.append(prefix + name)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return None
    return FolderSeen(folder, mtime, str(stamp), files, folders, links, misnamed)


def walk(root: Path, folder: str = "") -> Iterator[FolderSeen]:
    """Yield a folder and all below it; links are never followed."""
    waiting = [folder]
    while waiting:
        seen = look(root, waiting.pop())
        if seen is not None:
            yield seen
            waiting.extend(seen.folders)


def file_seen(root: Path, path: str) -> FileSeen | None:
    """Return one file as it is now, None when it is no longer a regular file."""
    full = os.path.join(root, path)
    try:
        status = os.lstat(full)
    except (FileNotFoundError, NotADirectoryError):
        return None
    if not os.path.isfile(full) or os.path.islink(full):
        return None
    return FileSeen(path, status.st_size, status.st_mtime_ns)


def is_text(path: str) -> bool:
    """Say whether a path is UTF-8 text; another program may give a file any bytes for a name."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def is_attachment(path: str) -> bool:
    """Say whether a file name is of a picture or document that is kept beside a record."""
    return path.lower().endswith(ATTACHMENTS)
