"""What is looked at before a stranger's state is taken: its size, its names, and what it would take away.

The paths are read as a stream that ends at a limit, because a tree of a few kilobytes can unfold to ten
thousand million paths, or to folders without end that hold no file at all.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reflect.errors import TransferFailed
from reflect.records.document import MAX_RECORD
from reflect.records.shared_paths import KINDS, NO_FILE, is_shown, twins, why_not_shown
from reflect.store.git import Git
from reflect.store.objects import MOST_ASKED, Entry, sizes_of
from reflect.store.watched import TooMuch

MOST_PATHS = 200_000
# Bytes of what is shown: a pack holds a thousand times more than its own size, where that says little.
MOST_BYTES = 2 << 30
# Deeper than any person files things; names below DEEPEST of shared_paths are merely not shown.
DEEPEST_TREE = 64
SECONDS = 60.0
FOLDER = "040000"
# A removal of more than a tenth of the records, and of at least so many, is asked about.
MANY = 10
# With so many more files than before, it is counted whether the whole is still within the limit.
MANY_MORE = 1_000

# git knows these two without having them, by the length of the names in a repository.
EMPTY_TREE = {
    40: "4b825dc642cb6eb9a060e54bf8d69288fbee4904",
    64: "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321",
}
EMPTY_BLOBS = (
    "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
    "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
)


@dataclass(frozen=True)
class Question:
    """What a person has to decide before the state is taken.

    `kind` is rewritten, rolled-back, emptied, unrelated or mass-deletion; `sentence` says what happened there.
    """

    kind: str
    sentence: str


@dataclass(frozen=True)
class Inspected:
    """What a new state brings: (path, why) of files that are not shown, records that would be gone, a question."""

    not_shown: tuple[tuple[str, str], ...] = ()
    deletions: int = 0
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class _Change:
    path: str
    old: Entry | None
    new: Entry | None

    @property
    def is_added(self) -> bool:
        return self.old is None and self.new is not None


def inspect(git: Git, old: str, new: str, mine: str = "", is_own: bool = False) -> Inspected:
    """Look at the state that a place has now, before it is taken; `git` has the objects of both.

    `old` is the state last taken from that place, `""` at first; `new` what it has, `""` for nothing; `mine` the
    state that is shown here. In a place of one's own (`is_own`) files may have any name. Raises TransferFailed where
    the new state is larger than is ever taken.
    """
    if not new:
        emptied = Question("emptied", "The shared place is empty now: all that was in it is gone there.")
        return Inspected(question=emptied if old else None)
    changes = _changes(git, old, new)
    _check_number(git, old, new, changes)
    not_shown = _no_files(changes) if is_own else _not_shown(git, changes)
    if not is_own:
        added = [each.path for each in changes if each.is_added and each.path not in not_shown]
        not_shown |= _hidden_twins(git, new, added)
    gone = _gone(changes, not_shown)
    question = _descent(git, old, new, mine) or (_removal(git, old, new, gone) if gone else None)
    return Inspected(tuple(sorted(not_shown.items())), gone, question)


def _changes(git: Git, old: str, new: str) -> list[_Change]:
    """Return the files by which the states differ; raises TransferFailed beyond the limits."""
    changes: list[_Change] = []
    folders = 0
    # -t: folders count as well, or a tree of folders without files could be read for ever.
    words = ("diff-tree", "-r", "-t", "-z", "--no-renames", old or EMPTY_TREE[len(new)], new)
    parts = _parts(git, *words)
    for described, name in zip(parts, parts, strict=False):
        mode_before, mode, blob_before, blob, status = described.removeprefix(b":").decode().split(" ")
        path = os.fsdecode(name)
        if path.count("/") >= DEEPEST_TREE:
            raise _too_large(f"folders that lie more than {DEEPEST_TREE} deep in each other")
        is_folder = FOLDER in (mode, mode_before)
        folders += is_folder
        if not is_folder or (mode != FOLDER and status != "D") or (mode_before != FOLDER and status != "A"):
            before = None if status == "A" or mode_before == FOLDER else Entry(mode_before, blob_before)
            changes.append(_Change(path, before, None if status == "D" or mode == FOLDER else Entry(mode, blob)))
        if max(len(changes), folders) > MOST_PATHS:
            raise _too_large(f"more than {MOST_PATHS:,} files or folders")
    return changes


def _check_number(git: Git, old: str, new: str, changes: list[_Change]) -> None:
    """Many small steps may not lead beyond the limit either."""
    more = sum(each.is_added for each in changes) - sum(each.new is None for each in changes)
    if old and more > MANY_MORE:
        for number, _ in enumerate(_names(git, new)):
            if number >= MOST_PATHS:
                raise _too_large(f"more than {MOST_PATHS:,} files")


def _no_files(changes: list[_Change]) -> dict[str, str]:
    """Return what is no regular file, which no work tree of ours gets either."""
    return {each.path: KINDS.get(each.new.mode, NO_FILE) for each in changes if each.new and not each.new.is_file}


def _not_shown(git: Git, changes: list[_Change]) -> dict[str, str]:
    files = {each.path: each.new for each in changes if each.new}
    found = {path: why for path, entry in files.items() if (why := why_not_shown(path, entry.mode))}
    fine = {path: entry.blob for path, entry in files.items() if path not in found}
    sizes = sizes_of(git, fine.values())
    if sum(size for blob in fine.values() if (size := sizes.get(blob, 0)) <= MAX_RECORD) > MOST_BYTES:
        raise _too_large(f"more than {MOST_BYTES >> 30} GiB of text")
    for path, blob in fine.items():
        # What has no size is no file, whatever its mode says.
        why = why_not_shown(path, size=sizes[blob]) if blob in sizes else NO_FILE
        if why:
            found[path] = why
    return found


def _hidden_twins(git: Git, new: str, added: list[str]) -> dict[str, str]:
    """Return the paths that have a twin, looking only into the folders where something was added."""
    if not added:
        return {}
    parents = {parent for path in added for parent in _parents(path)}
    beside: list[str] = []
    if len(parents) <= MOST_ASKED:
        found = [git.run("ls-tree", "-z", new)]
        if parents:
            found.append(git.run("ls-tree", "-z", new, "--", *(f"{parent}/" for parent in sorted(parents))))
        entries = [each.partition(b"\t") for each in b"".join(found).split(b"\0") if each]
        folders = [os.fsdecode(name) for described, _, name in entries if described.startswith(FOLDER.encode())]
        beside = [os.fsdecode(name) for _, _, name in entries]
        is_seen = not twins(folders)
    if len(parents) > MOST_ASKED or not is_seen:
        beside = list(_names(git, new))
    hidden = twins({*beside, *added})
    return {path: f"only capitals tell it from {shown}" for path, shown in hidden.items()}


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _gone(changes: list[_Change], not_shown: Mapping[str, str]) -> int:
    """Return how many records would be gone: removed, emptied, or made into what is not shown, but not moved."""
    moved = Counter(each.new.blob for each in changes if each.is_added and each.new and each.path not in not_shown)
    gone = 0
    for each in changes:
        if each.old is None or not _is_record(each.path, each.old.mode) or each.old.blob in EMPTY_BLOBS:
            continue
        if each.new is not None and each.path not in not_shown and each.new.blob not in EMPTY_BLOBS:
            continue
        if moved[each.old.blob]:
            moved[each.old.blob] -= 1
        else:
            gone += 1
    return gone


def _removal(git: Git, old: str, new: str, gone: int) -> Question | None:
    if not any(_is_record(path) for path in _names(git, new)):
        return Question("emptied", f"All records are gone from the shared place: {gone} since the last sync.")
    if gone < MANY:
        return None
    before = sum(_is_record(path) for path in _names(git, old))
    if gone * 10 <= before:
        return None
    return Question("mass-deletion", f"{gone} of {before} records were removed from the shared place in one go.")


def _descent(git: Git, old: str, new: str, mine: str) -> Question | None:
    """Does the new state go on from the one that we had?"""
    known = old or mine
    if not known or _leads_to(git, known, new):
        return None
    code, _ = git.call("merge-base", known, new, allowed=(0, 1))
    if code:
        sentence = "The shared place holds something else than before: the two have no beginning in common."
        return Question("unrelated", sentence if old else sentence.replace("than before", "than what is here"))
    if not old:
        return None
    lost = int(git.run("rev-list", "--count", old, f"^{new}"))
    missing = f"{lost} saved step{'s' if lost > 1 else ''} that you had received {'are' if lost > 1 else 'is'} missing"
    if _leads_to(git, new, old):
        return Question("rolled-back", f"The shared place has gone back to an older state: {missing} there now.")
    return Question("rewritten", f"The history of the shared place was replaced by another: {missing} there now.")


def _leads_to(git: Git, old: str, new: str) -> bool:
    return git.call("merge-base", "--is-ancestor", old, new, allowed=(0, 1))[0] == 0


def _is_record(path: str, mode: str = "100644") -> bool:
    return path.endswith(".md") and is_shown(path, mode)


def _names(git: Git, rev: str) -> Iterator[str]:
    return map(os.fsdecode, _parts(git, "ls-tree", "-r", "-z", "--name-only", "--full-tree", rev))


def _parts(git: Git, *words: str) -> Iterator[bytes]:
    """Yield what git prints up to each NUL; raises TransferFailed where that does not end."""
    try:
        with git.parts(*words, seconds=SECONDS) as parts:
            yield from parts
    except TooMuch:
        raise _too_large("names without end") from None


def _too_large(what: str) -> TransferFailed:
    return TransferFailed(
        "too-large",
        f"The shared place has {what}, so nothing of it was taken.",
        "Ask the person who keeps this place; until it is put right there, nothing new can be received.",
    )
