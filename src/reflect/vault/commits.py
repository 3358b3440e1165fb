"""Putting saved files into history: one `git fast-import` commit, then the index in step.

`git add` and `git commit` read the whole index and take ten times as long at 10,000 records.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from reflect.errors import GitFailed, ReflectError
from reflect.store.commits import Commit, commit_stream
from reflect.store.git import Git
from reflect.store.objects import agrees, blobs_at

TRIES = 4
IN_THE_MIDDLE = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "rebase-merge", "rebase-apply", "BISECT_LOG")


class HistoryWaits(ReflectError):
    """The repository is in the middle of something of the person's own; files are saved, commits wait."""


def current_branch(git: Git) -> str:
    """Return the full name of the branch that commits go to; raises HistoryWaits."""
    for name in IN_THE_MIDDLE:
        if (git.git_dir / name).exists():
            raise HistoryWaits(
                "Saved. History waits, because another git program is in the middle of a merge here.",
                "Finish it with that program; what you wrote is then added to history.",
            )
    branch = _head(git)
    if not branch:
        raise HistoryWaits(
            "Saved. History waits, because this folder shows an older state (a detached HEAD).",
            "Go back to your branch (git switch main); what you wrote is then added to history.",
        )
    return branch


def _head(git: Git) -> str:
    """Return the branch that HEAD names, `""` when it names a commit."""
    try:
        # A file of one line (gitrepository-layout(5)); asking git takes 3 ms of every save.
        text = (git.git_dir / "HEAD").read_bytes()
    except OSError:
        # A linked work tree keeps it elsewhere.
        code, output = git.call("symbolic-ref", "-q", "HEAD", allowed=(0, 1))
        text = b"ref: " + output if code == 0 else b""
    return os.fsdecode(text.removeprefix(b"ref: ").strip()) if text.startswith(b"ref: ") else ""


def commit_files(git: Git, root: Path, paths: Iterable[str], message: str, now: dt.datetime) -> str:
    """Commit the present state of these files on the current branch; a missing file is a removal.

    Returns the branch, `""` when history already agrees. Raises GitFailed, HistoryWaits.
    """
    if git.identity is None:
        raise ValueError("commits need an identity")
    branch = current_branch(git)
    contents = {path: _bytes_of(root / path) for path in dict.fromkeys(paths)}
    for attempt in range(TRIES):
        known = blobs_at(git, list(contents))
        exists = known is not None
        differing = {path: data for path, data in contents.items() if not agrees(data, (known or {}).get(path))}
        if not differing:
            update_index(git, contents)
            return ""
        commit = Commit(message, git.identity, now, [f"{branch}^0"] if exists else [])
        stream = commit_stream(branch, commit, differing)
        try:
            # Of all that was asked for: a process that was killed after its commit has left the index behind.
            with _beside(lambda: update_index(git, contents)):
                git.run("fast-import", "--quiet", "--done", "--date-format=raw", input=stream)
            break
        except GitFailed:
            # Another git moved the branch meanwhile, so this commit was refused: build it anew on top.
            if attempt == TRIES - 1:
                raise
    return branch


@contextmanager
def _beside(work: Callable[[], None]) -> Iterator[None]:
    """Do some work in a thread while the block runs; what it raises is raised after the block."""
    failures: list[ReflectError] = []

    def run() -> None:
        try:
            work()
        except ReflectError as error:
            failures.append(error)

    thread = Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        thread.join()
    if failures:
        raise failures[0]


def update_index(git: Git, paths: Iterable[str]) -> None:
    """Make git's index agree with these files, so that plain git shows nothing to do."""
    names = b"".join(os.fsencode(path) + b"\0" for path in paths)
    # Where a file stood that is a folder now, or the other way about, its line goes.
    git.run("update-index", "--add", "--remove", "--replace", "-z", "--stdin", input=names)


def _bytes_of(path: Path) -> bytes | None:
    if path.is_symlink():
        return None
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
