"""Building a history anew without some of its files: every other file, author, date and message stays as it was.

Commits before the first one that changes keep their names. Nothing refers to what is built until `retargeted`
is carried out, so a kill at any moment leaves the history as it was.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from reflect.errors import ReflectError
from reflect.store.commits import quoted_path
from reflect.store.git import Git
from reflect.store.indexing import Progress

# fast-import wants a reference to build on; it is nobody's, and forced from one use to the next.
SCRATCH = "refs/reflect/rewriting"
# So many commits at once: often enough for a bar that moves.
AT_ONCE = 2_000
PATIENCE = 900.0

# Says of a path and a blob whether they must not be in the new history.
Dropped = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Change:
    """One file that a commit changed; `blob` is `""` for a removal, `before` is what stood there."""

    path: str
    mode: str
    blob: str
    before: str


@dataclass(frozen=True, slots=True)
class Step:
    """One commit of the history; `changes` are against its first parent."""

    commit: str
    parents: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Move:
    """A reference that is to name another object; `new` is `""` where it is to be removed."""

    ref: str
    new: str
    old: str


def steps_of(git: Git, more: Iterable[str] = (), progress: Progress | None = None) -> list[Step]:
    """Return every commit that a reference, or one of `more`, leads to; parents come before their children."""
    asked = "".join(f"{commit}\n" for commit in more).encode()
    listed = git.run("rev-list", "--topo-order", "--reverse", "--parents", "--all", "--stdin", input=asked)
    commits = [line.split() for line in listed.decode().splitlines()]
    steps: list[Step] = []
    for start in range(0, len(commits), AT_ONCE):
        part = commits[start : start + AT_ONCE]
        # A merge is compared with its first parent only: with what it stands on.
        lines = "".join(f"{' '.join(each[:2])}\n" for each in part)
        changes = _changes(git, lines)
        steps += [Step(each[0], tuple(each[1:]), changes.get(each[0], ())) for each in part]
        if progress:
            progress(len(steps), len(commits))
    return steps


def rewrite(
    git: Git, steps: Sequence[Step], drops: Dropped, folder: Path, progress: Progress | None = None
) -> dict[str, str]:
    """Build the commits anew whose files, or whose past, change; returns the new name of each by its old one.

    `folder` takes a file meanwhile. Raises GitFailed, and ReflectError when what was built is not what it should be.
    """
    affected: list[Step] = []
    names: set[str] = set()
    for step in steps:
        if names.intersection(step.parents) or any(drops(each.path, each.blob) for each in step.changes):
            affected.append(step)
            names.add(step.commit)
    renamed: dict[str, str] = {}
    for start in range(0, len(affected), AT_ONCE):
        part = affected[start : start + AT_ONCE]
        renamed |= _build(git, part, drops, renamed, folder)
        if progress:
            progress(len(renamed), len(affected))
    _check(git, renamed, drops)
    return renamed


def retargeted(git: Git, renamed: Mapping[str, str], removed: Callable[[str], bool]) -> list[Move]:
    """Return how every reference has to move; `removed` says which are to go. New tags are made, unsigned."""
    output = git.run("for-each-ref", "--format=%(objectname) %(objecttype) %(symref)%00%(refname)")
    moves = []
    for line in output.decode("utf-8", "surrogateescape").splitlines():
        described, _, ref = line.partition("\0")
        name, kind, symbolic = described.split(" ", 2)
        if symbolic:
            continue
        new = "" if removed(ref) or ref == SCRATCH else _renamed(git, name, kind, renamed)
        if new != name:
            moves.append(Move(ref, new, name))
    return moves


def carry_out(git: Git, moves: Sequence[Move]) -> None:
    """Let all references move, or none; raises GitFailed when one no longer names what it did."""
    if not moves:
        return
    lines = [b"start\0"]
    for move in moves:
        ref = os.fsencode(move.ref)
        if move.new:
            lines.append(b"update %s\0%s\0%s\0" % (ref, move.new.encode(), move.old.encode()))
        else:
            lines.append(b"delete %s\0%s\0" % (ref, move.old.encode()))
    git.run("update-ref", "--no-deref", "--stdin", "-z", input=b"".join([*lines, b"prepare\0commit\0"]))


def forget_scratch(git: Git) -> None:
    """Remove the reference that building needs."""
    git.run("update-ref", "--no-deref", "-d", SCRATCH)


def _changes(git: Git, commits: str) -> dict[str, tuple[Change, ...]]:
    output = git.run(
        *("diff-tree", "--stdin", "-r", "-z", "--root", "--always", "--no-renames", "--ignore-submodules=none"),
        input=commits.encode(),
        timeout=PATIENCE,
    )
    found: dict[str, list[Change]] = {}
    present: list[Change] = []
    parts = iter(output.split(b"\0"))
    for part in parts:
        if part.startswith(b":"):
            _, mode, before, blob, _ = part[1:].decode().split(" ")
            is_gone = not blob.strip("0")
            path = os.fsdecode(next(parts))
            present.append(Change(path, mode, "" if is_gone else blob, before if before.strip("0") else ""))
        elif part:
            present = found.setdefault(part.split()[0].decode(), [])
    return {commit: tuple(changes) for commit, changes in found.items()}


def _build(git: Git, steps: Sequence[Step], drops: Dropped, known: Mapping[str, str], folder: Path) -> dict[str, str]:
    """Return the new names of these commits, whose parents are among them, are `known` or have not changed."""
    raw = _read(git, [step.commit for step in steps])
    marks = {step.commit: number for number, step in enumerate(steps, 1)}
    stream: list[bytes] = []
    for step in steps:
        stream.append(b"reset %s\n" % SCRATCH.encode() if not step.parents else b"")
        stream.append(b"commit %s\nmark :%d\n" % (SCRATCH.encode(), marks[step.commit]))
        stream.append(_said(raw[step.commit]))
        for number, parent in enumerate(step.parents):
            name = f":{marks[parent]}" if parent in marks else known.get(parent, parent)
            stream.append(b"%s %s\n" % (b"merge" if number else b"from", name.encode()))
        stream += _filed(step.changes, drops)
    exported = folder / "rewriting.marks"
    options = ("--quiet", "--force", "--done", "--date-format=raw-permissive", f"--export-marks={exported}")
    try:
        git.run("fast-import", *options, input=b"".join([*stream, b"done\n"]), timeout=PATIENCE)
        by_mark = dict(line.split() for line in exported.read_text("ascii").splitlines())
    finally:
        exported.unlink(missing_ok=True)
    return {commit: by_mark[f":{number}"] for commit, number in marks.items()}


def _filed(changes: Iterable[Change], drops: Dropped) -> Iterator[bytes]:
    kept = []
    # Removals first: a file may stand where a folder was, and the other way about.
    for each in changes:
        if not each.blob or drops(each.path, each.blob):
            yield b"D %s\n" % quoted_path(each.path)
        else:
            kept.append(each)
    for each in kept:
        # Very old repositories have modes that git no longer writes.
        mode = re.sub("^100(.)..$", lambda bits: "100755" if int(bits[1]) & 1 else "100644", each.mode)
        yield b"M %s %s %s\n" % (mode.encode(), each.blob.encode(), quoted_path(each.path))


def _said(raw: bytes) -> bytes:
    """Return what a commit says of itself, for fast-import; a signature would no longer be true, and is left out."""
    head, _, message = raw.partition(b"\n\n")
    lines = [line for line in head.split(b"\n") if line.startswith((b"author ", b"committer ", b"encoding "))]
    return b"\n".join([*lines, b"data %d" % len(message)]) + b"\n" + message + b"\n"


def _read(git: Git, names: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of these commits or tags."""
    asked = list(dict.fromkeys(names))
    output = git.run("cat-file", "--batch", "--buffer", input="".join(f"{name}\n" for name in asked).encode())
    found: dict[str, bytes] = {}
    start = 0
    for name in asked:
        end = output.index(b"\n", start)
        size = int(output[start:end].split()[2])
        found[name] = output[end + 1 : end + 1 + size]
        start = end + size + 2
    return found


def _check(git: Git, renamed: Mapping[str, str], drops: Dropped) -> None:
    """Compare each new commit with its old one: only what was to go may be missing, and what is said is the same."""
    pairs = list(renamed.items())
    for start in range(0, len(pairs), AT_ONCE):
        part = pairs[start : start + AT_ONCE]
        differing = _changes(git, "".join(f"{new} {old}\n" for old, new in part))
        raw = _read(git, [name for pair in part for name in pair])
        for old, new in part:
            is_right = all(not each.blob and drops(each.path, each.before) for each in differing[new])
            if not is_right or _said(raw[old]) != _said(raw[new]):
                raise ReflectError(
                    "The history could not be built anew as it has to be, so it stays as it was.",
                    "Check it with: reflect doctor",
                )


def _renamed(git: Git, name: str, kind: str, renamed: Mapping[str, str]) -> str:
    """Return what a reference has to name in place of an object: a tag of a new commit is a new tag."""
    if kind != "tag":
        return renamed.get(name, name)
    raw = _read(git, [name])[name]
    head, _, message = raw.partition(b"\n\n")
    target, kind_line = head.split(b"\n")[:2]
    old = target.removeprefix(b"object ").decode()
    new = _renamed(git, old, kind_line.removeprefix(b"type ").decode(), renamed)
    if new == old:
        return name
    message = re.sub(rb"-----BEGIN (?:PGP|SSH) SIGNATURE-----\n.*", b"", message, flags=re.DOTALL)
    text = head.replace(target, b"object " + new.encode(), 1) + b"\n\n" + message
    return git.run("hash-object", "-t", "tag", "-w", "--stdin", input=text).decode().strip()
