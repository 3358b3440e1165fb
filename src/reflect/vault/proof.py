"""Reading every object of a repository, to show that nothing of a record is in any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field

from reflect.records.telling import telling_lines
from reflect.store.git import Git
from reflect.store.indexing import Progress

PATIENCE = 900.0
# Bytes in memory at once.
AT_ONCE = 16 * 1024 * 1024
# git itself takes a file for no text that has a zero byte so early.
LOOKED_AT = 8_000


@dataclass(frozen=True)
class Object:
    """One object of a repository; `kind` is git's: blob, tree, commit, tag."""

    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class Sought:
    """What must not be in any object: these blobs, files of these names, these lines.

    Lines are kept as digests under a key that is made for one search, so that a plan on disk holds no text.
    """

    blobs: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    key: bytes = b""
    lines: frozenset[str] = frozenset()

    @classmethod
    def of(cls, blobs: Iterable[str], names: Iterable[str], key: bytes, lines: Iterable[bytes]) -> Sought:
        """Return what is to be looked for."""
        return cls(frozenset(blobs), frozenset(names), key, frozenset(_digest(key, line) for line in lines))

    def with_also(self, blobs: Iterable[str], names: Iterable[str], lines: Iterable[bytes]) -> Sought:
        """Return this and more."""
        more = Sought.of(blobs, names, self.key, lines)
        return Sought(self.blobs | more.blobs, self.names | more.names, self.key, self.lines | more.lines)

    def stands_in(self, data: bytes) -> bool:
        """Say whether one of the lines stands in a text."""
        if not self.lines or b"\0" in data[:LOOKED_AT]:
            return False
        return any(_digest(self.key, line) in self.lines for line in telling_lines(data))


@dataclass
class Proof:
    """How many objects were read, and which of them hold something of the record."""

    checked: int = 0
    holding: list[Object] = field(default_factory=list)


def prove(git: Git, sought: Sought, progress: Progress | None = None) -> Proof:
    """Read every object there is, reachable or not, in packs or loose."""
    names = [b" %s\0" % name.encode("utf-8", "surrogateescape") for name in sought.names]
    tests: dict[str, Callable[[bytes], bool]] = {
        "tree": lambda data: any(name in data for name in names),
        "blob": sought.stands_in,
        "commit": lambda data: sought.stands_in(data.partition(b"\n\n")[2]),
        "tag": lambda data: sought.stands_in(data.partition(b"\n\n")[2]),
    }
    found = Proof()
    objects = all_objects(git)
    for each, data in read_in_parts(git, objects):
        found.checked += 1
        if each.name in sought.blobs or tests[each.kind](data):
            found.holding.append(each)
        if progress and found.checked % 1_000 == 0:
            progress(found.checked, len(objects))
    return found


def all_objects(git: Git) -> list[Object]:
    """Return every object of a repository, in the order in which they are read fastest."""
    output = git.run("cat-file", "--batch-all-objects", "--unordered", _check(), timeout=PATIENCE)
    return [_described(line) for line in output.decode().splitlines()]


def objects_named(git: Git, names: Collection[str]) -> list[Object]:
    """Return those of these objects that are there."""
    asked = "".join(f"{name}\n" for name in dict.fromkeys(names)).encode()
    output = git.run("cat-file", _check(), "--buffer", input=asked).decode() if names else ""
    return [_described(line) for line in output.splitlines() if not line.endswith(" missing")]


def read_in_parts(git: Git, objects: Iterable[Object]) -> Iterator[tuple[Object, bytes]]:
    """Yield each object with its bytes; so many are read at once as memory has room for."""
    part: list[Object] = []
    size = 0
    for each in objects:
        if part and size + each.size > AT_ONCE:
            yield from _read(git, part)
            part, size = [], 0
        part.append(each)
        size += each.size
    if part:
        yield from _read(git, part)


def _read(git: Git, objects: list[Object]) -> Iterator[tuple[Object, bytes]]:
    asked = "".join(f"{each.name}\n" for each in objects).encode()
    output = git.run("cat-file", "--batch", "--buffer", input=asked, timeout=PATIENCE)
    start = 0
    for each in objects:
        start = output.index(b"\n", start) + 1
        yield each, output[start : start + each.size]
        start += each.size + 1


def _check() -> str:
    return "--batch-check=%(objectname) %(objecttype) %(objectsize)"


def _described(line: str) -> Object:
    name, kind, size = line.split()
    return Object(name, kind, int(size))


def _digest(key: bytes, line: bytes) -> str:
    return hashlib.blake2b(line, digest_size=16, key=key).hexdigest()
