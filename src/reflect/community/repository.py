"""One community on this computer: a bare repository, read as objects and written by one commit at a time.

It never has files of its own on disk, so that no hook, filter, link or attribute of a stranger can act.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from reflect.errors import GitFailed, NotFound
from reflect.paths import private_folder
from reflect.records.document import MAX_RECORD
from reflect.store.commits import MAIN, Commit, commit_stream
from reflect.store.git import Git, Identity
from reflect.store.lock import FolderLock
from reflect.store.objects import Entry, blobs_at, small_blobs
from reflect.store.quarantine import make_bare
from reflect.store.states import move, tip_of

# What the remote had when it was last met.
REMOTE = "refs/reflect/remote"
TRIES = 4


# Gives the text of a commit with a signature in it, or as it is where the person has no key to sign with.
Sign = Callable[[bytes], bytes]


class Repository:
    """A community's bare repository; `identity` is who the person is there, `sign` signs what they write."""

    def __init__(self, path: Path, identity: Identity, sign: Sign | None = None) -> None:
        self.path = path
        self._sign = sign
        self.lock = FolderLock(path)
        self.git = Git(path, None, identity, self.lock)

    @property
    def exists(self) -> bool:
        """Whether it has been fetched to this computer."""
        return (self.path / "HEAD").is_file()

    def make(self) -> None:
        """Make it, empty; one that exists is left as it is."""
        if self.exists:
            return
        # Beside its place first: a kill leaves no half repository under its name.
        private_folder(self.path.parent)
        unfinished = self.path.with_name(f".making-{self.path.name}")
        shutil.rmtree(unfinished, ignore_errors=True)
        make_bare(unfinished)
        with (unfinished / "config").open("a") as config:
            # An old tip stays findable after a reference has moved.
            config.write("\tlogAllRefUpdates = always\n")
        unfinished.chmod(0o700)
        unfinished.rename(self.path)

    def remove(self) -> None:
        """Remove it from this computer; what was not sent is gone with it."""
        shutil.rmtree(self.path, ignore_errors=True)

    def put_aside(self) -> Repository:
        """Give it a name that is no community's, in one step, and return it there, to be removed."""
        aside = self.path.with_name(f".reflect-{os.urandom(4).hex()}.tmp")
        self.path.rename(aside)
        return Repository(aside, self.git.identity or Identity("", ""))

    def tip(self, ref: str = MAIN) -> str:
        """Return the commit that a reference names, `""` when it does not exist."""
        return tip_of(self.git, ref)

    def text_at(self, path: str, rev: str = MAIN) -> bytes:
        """Return the bytes of a file at a state; raises NotFound."""
        blob = (blobs_at(self.git, [path], rev) or {}).get(path, "")
        found = small_blobs(self.git, [blob]) if blob else {}
        if blob and blob not in found:
            most = f"{MAX_RECORD >> 20} MiB"
            raise NotFound(f"{path} has more than {most} in that state, so it is not read.", "See: reflect history ID")
        if blob not in found:
            raise NotFound(f"There is no {path} in this community.", "It may have been withdrawn; see: reflect list")
        return found[blob]

    def versions(self, path: str) -> list[tuple[str, str, str]]:
        """Return (commit, time, blob) of each text that a path has had, the newest first."""
        output = self.git.run(
            "log", "--no-renames", "--diff-filter=AM", "--raw", "--no-abbrev", "--format=%x1e%H%x1f%cI",
            "--end-of-options", MAIN, "--", f":(literal){path}",
        )  # fmt: skip
        found = []
        for block in output.decode("utf-8", "surrogateescape").split("\x1e")[1:]:
            head, _, raw = block.partition("\n")
            commit, _, at = head.partition("\x1f")
            if raw.strip():
                found.append((commit, at, raw.split()[3]))
        return found

    def commit(self, changes: Mapping[str, bytes | Entry | None], message: str, now: dt.datetime) -> str:
        """Commit changes of files (None removes one) on top of what we show, and return the new tip.

        Nothing is sent. Raises GitFailed.
        """
        if self.git.identity is None:
            raise ValueError("commits need an identity")
        with self.lock.held():
            tip = self.tip()
            commit = Commit(message, self.git.identity, now, [f"{MAIN}^0"] if tip else [])
            self._import(commit_stream(MAIN, commit, changes))
            made = self.tip()
            # A kill before this line leaves a commit that is not signed, and whole.
            signed = self._signed(made)
            if signed != made:
                self.move(signed, made)
            return signed

    def clear_locks(self) -> None:
        """Remove locks that a stopped git left; nobody else writes here, and our own lock is held."""
        for path in [*self.path.glob("*.lock"), *(self.path / "refs").rglob("*.lock")]:
            path.unlink(missing_ok=True)

    def move(self, new: str, old: str, ref: str = MAIN) -> None:
        """Let a reference name another commit if it still names `old` (`""`: does not exist); raises GitFailed."""
        move(self.git, ref, new, old)

    def ahead(self) -> int:
        """Return how many commits were not sent yet."""
        return self._count(f"{REMOTE}..{MAIN}") if self.tip(REMOTE) else self._count(MAIN)

    def behind(self) -> int:
        """Return how many commits of others were received and are not shown yet."""
        return self._count(f"{MAIN}..{REMOTE}") if self.tip(REMOTE) else 0

    def _signed(self, commit: str) -> str:
        """Return the same commit with the person's signature, itself where there is none to give."""
        if self._sign is None:
            return commit
        text = self.git.run("cat-file", "commit", commit)
        signed = self._sign(text)
        if signed == text:
            return commit
        return self.git.run("hash-object", "-t", "commit", "-w", "--stdin", input=signed).decode().strip()

    def _count(self, revs: str) -> int:
        code, output = self.git.call("rev-list", "--count", "--end-of-options", revs, allowed=(0, 128))
        return int(output) if code == 0 else 0

    def _import(self, stream: bytes) -> None:
        for attempt in range(TRIES):
            try:
                self.git.run("fast-import", "--quiet", "--done", "--date-format=raw", input=stream)
                return
            except GitFailed:
                # A reference that another process moved meanwhile: the same changes go on top of it.
                if attempt == TRIES - 1:
                    raise
