"""A bare repository written byte by byte, past every check that git has."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

FILE, LINK, FOLDER, REPOSITORY = "100644", "120000", "40000", "160000"
# A blob of zeros is written in pieces of this size.
PIECE = b"\0" * (1 << 20)
AUTHOR = "Mallory <mallorym@reflect.invalid>"
WHEN = 1_795_000_000


class Item(NamedTuple):
    """One line of a tree: a mode, a name that may be any bytes, and the object that it names."""

    mode: str
    name: bytes
    oid: str


class Raw:
    """A bare repository, made where there is none; what it holds is in it at once, the branch after `commit`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.exists():
            return
        for folder in ("objects/pack", "objects/info", "refs/heads"):
            (path / folder).mkdir(parents=True)
        (path / "HEAD").write_text("ref: refs/heads/main\n")
        (path / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")

    def blob(self, data: bytes) -> str:
        """Write a text and return its name."""
        return self._write("blob", len(data), [data])

    def zeros(self, pieces: int) -> str:
        """Write a blob of so many MiB of zeros."""
        return self._write("blob", pieces << 20, (PIECE for _ in range(pieces)))

    def tree(self, items: Iterable[Item]) -> str:
        """Write a tree of these lines, in this order."""
        data = b"".join(b"%s %s\0%s" % (each.mode.encode(), each.name, bytes.fromhex(each.oid)) for each in items)
        return self._write("tree", len(data), [data])

    def sorted_tree(self, items: Iterable[Item]) -> str:
        """Write a tree in git's own order."""
        return self.tree(sorted(items, key=lambda each: each.name + b"/" * (each.mode == FOLDER)))

    def files(self, texts: Mapping[str, bytes], others: Iterable[Item] = ()) -> str:
        """Write files by their paths, and other lines beside them at the top; return the tree."""
        found = [Item(FILE, name.encode(), self.blob(text)) for name, text in texts.items() if "/" not in name]
        folders: dict[str, dict[str, bytes]] = {}
        for name, text in texts.items():
            folder, slash, rest = name.partition("/")
            if slash:
                folders.setdefault(folder, {})[rest] = text
        found += [Item(FOLDER, name.encode(), self.files(inside)) for name, inside in folders.items()]
        return self.sorted_tree([*found, *others])

    def commit(self, tree: str, author: str = AUTHOR, message: str = "Write", extra: bytes = b"") -> str:
        """Write a commit on top of the branch, move the branch to it, and return it."""
        ref = self.path / "refs/heads/main"
        parent = f"parent {ref.read_text()}" if ref.exists() else ""
        by = f"author {author} {WHEN} +0000\ncommitter {author} {WHEN} +0000\n"
        data = f"tree {tree}\n{parent}{by}".encode() + extra + f"\n{message}\n".encode()
        oid = self._write("commit", len(data), [data])
        ref.write_text(f"{oid}\n")
        return oid

    def _write(self, kind: str, size: int, pieces: Iterable[bytes]) -> str:
        name, packed, squeezed = hashlib.sha1(), zlib.compressobj(1), []
        for piece in (b"%s %d\0" % (kind.encode(), size), *pieces):
            name.update(piece)
            squeezed.append(packed.compress(piece))
        oid = name.hexdigest()
        target = self.path / "objects" / oid[:2] / oid[2:]
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(b"".join([*squeezed, packed.flush()]))
        return oid


def record(number: int, title: str, body: str = "What we saw.", kind: str = "finding", more: str = "") -> bytes:
    """Return a sound record of Mallory's; `number` makes its id, `more` are lines of its front matter."""
    head = f"id: {record_id(number)}\nkind: {kind}\ntitle: {title}\ncreated: 2026-11-20\nauthor: Mallory\n"
    return f"---\n{head}{more}---\n\n{body}\n".encode()


def record_id(number: int) -> str:
    """Return the id of a record by its number."""
    return f"01JDA6C4T3W5E9K2M8Q7RZ{number:04d}"
