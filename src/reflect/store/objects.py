"""What history holds, read as objects: which files a state has, what they say, how two states differ."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from reflect.records.document import MAX_RECORD
from reflect.store.git import Git

# A longer list could be too long for a command line; then the whole tree is read.
MOST_ASKED = 200
# So many texts are in memory at once while a whole place is read.
AT_ONCE = 2_000
# And so many bytes of them, as far as strangers may have written them.
BYTES_AT_ONCE = 64 << 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a state; `mode` is git's, such as `100644`."""

    mode: str
    blob: str

    @property
    def is_file(self) -> bool:
        """Whether it is a regular file: no link, no folder of another repository."""
        return self.mode in ("100644", "100755")


def blobs_at(git: Git, paths: Sequence[str], rev: str = "HEAD") -> dict[str, str] | None:
    """Return the blob of each path at a state, None when there is no such state yet."""
    asked = paths if len(paths) <= MOST_ASKED else []
    recursive = [] if asked else ["-r"]
    code, output = git.call("ls-tree", "-z", "--full-tree", *recursive, rev, "--", *asked, allowed=(0, 128))
    if code:
        return None
    return {path: entry.blob for path, entry in _entries(output)}


def files_at(git: Git, rev: str) -> dict[str, Entry]:
    """Return every file of a state; raises GitFailed when there is none."""
    return dict(_entries(git.run("ls-tree", "-r", "-z", "--full-tree", rev)))


def sized_files(git: Git, rev: str, paths: Sequence[str]) -> dict[str, tuple[Entry, int]]:
    """Return the files at these paths of a state, each with its size in bytes; `a/` names all that stand in `a`."""
    output = git.run("ls-tree", "-l", "-z", "--full-tree", rev, "--", *paths)
    found: dict[str, tuple[Entry, int]] = {}
    for line in output.split(b"\0"):
        described, _, name = line.partition(b"\t")
        mode, _, blob, size = described.decode().split() if line else ("", "", "", "-")
        if size.isdigit():
            found[os.fsdecode(name)] = Entry(mode, blob), int(size)
    return found


def entry_at(git: Git, path: str, rev: str) -> Entry | None:
    """Return the file at a path of a state, None where none is."""
    return dict(_entries(git.run("ls-tree", "-z", "--full-tree", rev, "--", path))).get(path)


def changes_between(git: Git, old: str, new: str) -> dict[str, Entry | None]:
    """Return the files by which a state differs from an older one, None for those that are gone."""
    return {path: after for path, (_, after) in differences(git, old, new).items()}


def differences(git: Git, old: str, new: str) -> dict[str, tuple[Entry | None, Entry | None]]:
    """Return the files by which a state differs from an older one, each as it was and as it is."""
    output = git.run("diff-tree", "-r", "-z", "--no-renames", old, new)
    parts = iter(output.split(b"\0"))
    found: dict[str, tuple[Entry | None, Entry | None]] = {}
    for described in parts:
        if described:
            mode_before, mode, blob_before, blob, status = described.removeprefix(b":").decode().split(" ")
            before = None if status == "A" else Entry(mode_before, blob_before)
            found[os.fsdecode(next(parts))] = before, None if status == "D" else Entry(mode, blob)
    return found


def agrees(data: bytes | None, blob: str | None) -> bool:
    """Say whether a file's bytes, None where there is no file, are those of a blob."""
    if data is None or blob is None:
        return data is None and blob is None
    return blob_of(data, len(blob)) == blob


def blob_of(data: bytes, length: int = 40) -> str:
    """Return the name that git gives to these bytes; `length` is that of the names in the repository."""
    # 4 ms to import, and a new record has nothing to be compared with.
    import hashlib

    algorithm = hashlib.sha1 if length == 40 else hashlib.sha256
    return algorithm(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def read_blobs(git: Git, blobs: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of these blobs."""
    asked = list(dict.fromkeys(blobs))
    if not asked:
        return {}
    output = git.run("cat-file", "--batch", "--buffer", input="".join(f"{blob}\n" for blob in asked).encode())
    found: dict[str, bytes] = {}
    start = 0
    for _ in asked:
        end = output.index(b"\n", start)
        name, _, size = output[start:end].decode().partition(" blob ")
        if size:
            found[name] = output[end + 1 : end + 1 + int(size)]
            end += int(size) + 1
        start = end + 1
    return found


def small_blobs(git: Git, blobs: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of those of these blobs that a record may have; a larger one of a stranger's is never read."""
    return read_blobs(git, [blob for blob, size in sizes_of(git, blobs).items() if size <= MAX_RECORD])


def small_blobs_in_parts(git: Git, blobs: Iterable[str]) -> Iterator[dict[str, bytes]]:
    """Yield the same, in their order, so many at a time as may be in memory at once."""
    sizes = {blob: size for blob, size in sizes_of(git, blobs).items() if size <= MAX_RECORD}
    for part in in_parts(list(sizes), sizes.__getitem__):
        yield read_blobs(git, part)


def in_parts(names: Sequence[str], size_of: Callable[[str], int]) -> Iterator[list[str]]:
    """Yield these names in lists of so many as may be in memory at once; `size_of` gives the bytes behind one."""
    part: list[str] = []
    total = 0
    for name in names:
        size = size_of(name)
        if part and (len(part) == AT_ONCE or total + size > BYTES_AT_ONCE):
            yield part
            part, total = [], 0
        part.append(name)
        total += size
    if part:
        yield part


def sizes_of(git: Git, blobs: Iterable[str]) -> dict[str, int]:
    """Return the size of each of these blobs in bytes, without reading them."""
    asked = list(dict.fromkeys(blobs))
    if not asked:
        return {}
    text = "".join(f"{blob}\n" for blob in asked).encode()
    output = git.run("cat-file", "--batch-check=%(objectname) %(objecttype) %(objectsize)", "--buffer", input=text)
    found: dict[str, int] = {}
    for line in output.decode().splitlines():
        name, _, rest = line.partition(" ")
        kind, _, size = rest.partition(" ")
        if kind == "blob":
            found[name] = int(size)
    return found


def _entries(output: bytes) -> Iterator[tuple[str, Entry]]:
    for line in output.split(b"\0"):
        if line:
            described, _, name = line.partition(b"\t")
            mode, _, blob = described.split()
            yield os.fsdecode(name), Entry(mode.decode(), blob.decode())
