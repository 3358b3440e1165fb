"""What has come into a community since a day or a state: new records, edits, withdrawals, from its history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reflect.community.communities import Community
from reflect.community.feed import Group
from reflect.errors import GitFailed
from reflect.records.record import Record, read_record
from reflect.store.catalog import Catalog, Row
from reflect.store.commits import MAIN
from reflect.store.git import Git
from reflect.store.objects import small_blobs

# Of more than so many withdrawals the newest are named.
MOST_NAMED = 200
LOG = ("--topo-order", "--no-merges", "--no-renames", "--raw", "--no-abbrev", "-z", "--format=%x1e%aI%x1f%an")
ESCAPED = "surrogateescape"
# Commits that are named in one call.
AT_ONCE = 500


@dataclass(frozen=True)
class Edited:
    """A record that stood there before and was changed: by whom, and when, as its last change says."""

    row: Row
    by: str
    at: str


@dataclass(frozen=True)
class Withdrawn:
    """A record that is no longer there, as it was."""

    path: str
    title: str
    kind: str
    by: str
    at: str


@dataclass(frozen=True)
class CommunityDigest:
    """What is new in one community since a day, answers to one's own records first."""

    place: str
    since: str
    answers: Sequence[Row]
    groups: Sequence[Group]
    edited: Sequence[Edited]
    withdrawn: Sequence[Withdrawn]

    def __bool__(self) -> bool:
        return bool(self.answers or self.groups or self.edited or self.withdrawn)


@dataclass(frozen=True)
class Touched:
    """What became of one path: how it was first touched and last (`A`, `M` or `D`).

    Of the last change: the blob that was there before, who made it and when.
    """

    path: str
    first: str
    last: str
    before: str
    by: str
    at: str


@dataclass(frozen=True)
class News:
    """What a range of history brought, as records."""

    new: Sequence[Row]
    edited: Sequence[Edited]
    withdrawn: Sequence[Withdrawn]


def touched(git: Git, since: dt.datetime, tip: str = "") -> list[Touched]:
    """Return the records' paths that changed after a state, or from a moment on where there is none.

    Each commit says its own time, and strangers' clocks may be wrong, so that a state is better.
    """
    if tip:
        try:
            said = git.look_through("log", *LOG, "--end-of-options", f"{tip}..{MAIN}", "--")
            return _paths(said.decode("utf-8", ESCAPED))
        except GitFailed:
            # That state is no longer known: the community was fetched anew.
            pass
    # git itself would stop at the first commit that is older, behind which a clock may have been right.
    times = git.run("rev-list", "--topo-order", "--no-merges", "--timestamp", "--end-of-options", MAIN, "--").decode()
    revs = [rev for line in times.splitlines() for time, rev in [line.split()] if int(time) >= since.timestamp()]
    chunks = (revs[start : start + AT_ONCE] for start in range(0, len(revs), AT_ONCE))
    return _paths(b"".join(_said(git, chunk) for chunk in chunks).decode("utf-8", ESCAPED))


def news(community: Community, catalog: Catalog, found: Sequence[Touched], folders: Mapping[str, str]) -> News:
    """Return what these changes amount to: a record that only moved is neither new nor gone."""
    rows = {row.path: row for row in catalog.at_paths(community.name, [each.path for each in found])}
    gone = [each for each in found if each.last == "D" and each.first != "A"][:MOST_NAMED]
    lost = _as_they_were(community, gone, folders)
    still = {row.id for row in catalog.with_ids(each.id for _, each in lost if each.id) if row.place == community.name}
    new, edited = [], []
    moved = {each.id for _, each in lost if each.id in still}
    for each in found:
        row = rows.get(each.path)
        if row is None:
            continue
        if each.first == "A" and row.id not in moved:
            new.append(row)
        else:
            edited.append(Edited(row, each.by, each.at))
    withdrawn = [
        Withdrawn(each.path, was.title, was.kind, each.by, each.at) for each, was in lost if was.id not in still
    ]
    return News(new, edited, withdrawn)


def _said(git: Git, revs: Sequence[str]) -> bytes:
    """Return what these commits changed; one that a stranger made too large to look through changed nothing."""
    try:
        return git.look_through("log", *LOG, "--no-walk=unsorted", *revs, "--")
    except GitFailed:
        half = len(revs) // 2
        return _said(git, revs[:half]) + _said(git, revs[half:]) if half else b""


def _paths(log: str) -> list[Touched]:
    """Return what became of each path, the last touched first; the log has the newest commit first."""
    found: dict[str, Touched] = {}
    for block in log.split("\x1e")[1:]:
        head, *rest = block.split("\0")
        at, _, by = head.strip("\n").partition("\x1f")
        parts = [part.lstrip("\n") for part in rest if part.strip("\n")]
        for described, path in zip(parts[::2], parts[1::2], strict=False):
            _, _, before, _, status = described.split(" ")
            if path.endswith(".md"):
                last = found.get(path) or Touched(path, status, status, before, by, at)
                found[path] = replace(last, first=status)
    return list(found.values())


def _as_they_were(
    community: Community, gone: Sequence[Touched], folders: Mapping[str, str]
) -> list[tuple[Touched, Record]]:
    texts = small_blobs(community.repository.git, [each.before for each in gone])
    read = [(each, read_record(texts.get(each.before, b""), each.path, folders, community.name)) for each in gone]
    return [(each, record) for each, record in read if record.kind]
