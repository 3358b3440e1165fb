"""Looking back: the states a record has had, and how they differ."""

from __future__ import annotations

import datetime as dt
import difflib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from reflect.errors import NotFound
from reflect.store.git import check_version, environment
from reflect.vault.vault import Vault

if TYPE_CHECKING:
    import git


@dataclass(frozen=True)
class Version:
    """One state of a record; `rev` names the commit, `at` is RFC 3339."""

    rev: str
    at: str
    author: str
    message: str


class History:
    """The past of a vault's files, read through GitPython."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        # GitPython reads all objects through one process, which answers one question at a time.
        self._turn = threading.RLock()

    @cached_property
    def _repository(self) -> git.Repo:
        # 70 to 114 ms to import, and only those who look back need it.
        # It fails on import where git is missing, in words for engineers.
        check_version()
        import git

        repository = git.Repo(self._vault.root)
        repository.git.update_environment(**environment(self._vault.git.identity))
        return repository

    def forget(self) -> None:
        """Let go of what was read, because history was built anew."""
        with self._turn:
            repository: git.Repo | None = self.__dict__.pop("_repository", None)
            if repository is not None:
                repository.close()

    def versions(self, path: str) -> list[Version]:
        """Return the states of a file, newest first, also from before it was moved."""
        if not self._vault.tip():
            return []
        return self._versions(path, "--follow")

    def last_versions(self, path: str, number: int) -> list[Version]:
        """Return the newest states of a file under its present name: to look for another can take seconds."""
        return self._versions(path, f"--max-count={number}") if self._vault.tip() else []

    def _versions(self, path: str, option: str) -> list[Version]:
        text = self._repository.git.log(
            option, "-z", "--format=%H%x1f%aI%x1f%an%x1f%s", "--end-of-options", "HEAD", "--", f":(literal){path}"
        )
        return [Version(*line.split("\x1f", 3)) for line in text.split("\0") if line.strip()]

    def text_at(self, path: str, rev: str) -> bytes:
        """Return the bytes of a file at a commit (also before it was moved); raises NotFound."""
        with self._turn:
            commit = self._commit(rev)
            for name in self._names(path):
                try:
                    blob = commit.tree / name
                except KeyError:
                    continue
                data: bytes = blob.data_stream.read()
                return data
        raise NotFound(f"There is no {path} at {rev}.", f"See its states: reflect history {path}")

    def deleted(self) -> list[tuple[str, str, str]]:
        """Return (path, rev of the last state, day deleted) of files that are gone, latest first."""
        if not self._vault.tip():
            return []
        text = self._repository.git.log(
            "--no-renames", "--diff-filter=D", "--name-only", "-z", "--format=%x1e%H%x1f%aI", "HEAD", "--", "*.md"
        )
        found: dict[str, tuple[str, str, str]] = {}
        for block in text.split("\x1e"):
            head, *names = block.replace("\n", "").split("\0")
            if "\x1f" not in head:
                continue
            rev, at = head.split("\x1f")
            for name in filter(None, names):
                if name not in found and not (self._vault.root / name).exists():
                    found[name] = (name, f"{rev}^", at[:10])
        return list(found.values())

    def last_change(self) -> tuple[str, list[tuple[str, bytes | None, bytes | None]]]:
        """Return the newest commit's message, and (path, before, after) of each file it changed."""
        with self._turn:
            commit = self._commit("HEAD")
            if not commit.parents:
                raise NotFound("There is nothing to undo.", "Your journal has just begun.")
            parent = commit.parents[0]
            changed = []
            for diff in parent.diff(commit, no_renames=True):
                path = diff.b_path or diff.a_path or ""
                before = diff.a_blob.data_stream.read() if diff.a_blob else None
                after = diff.b_blob.data_stream.read() if diff.b_blob else None
                changed.append((path, before, after))
            return str(commit.message).strip(), changed

    def _commit(self, rev: str) -> git.Commit:
        repository = self._repository
        from git.exc import GitError
        from gitdb.exc import ODBError

        try:
            return repository.commit(rev)
        except (ValueError, IndexError, KeyError, GitError, ODBError) as error:
            raise NotFound(f"There is no state “{rev}” in history.", "See: reflect history ID") from error

    def _names(self, path: str) -> Iterator[str]:
        """Yield a path, and those it had before; git is only asked for them where it is needed."""
        yield path
        yield from self._former_paths(path)

    def _former_paths(self, path: str) -> list[str]:
        text = self._repository.git.log("--follow", "-z", "--name-only", "--format=", "HEAD", "--", f":(literal){path}")
        return [name for name in dict.fromkeys(text.replace("\n", "").split("\0")) if name and name != path]


def difference(before: str, after: str, name: str) -> list[str]:
    """Return the lines by which two texts differ, as a unified diff without its two title lines."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), name, name, lineterm="", n=2)
    return list(lines)[2:]


def shown_time(moment: str) -> str:
    """Return a time of history as people read it: the day and the minute."""
    try:
        return dt.datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        # A stranger's clock may name a year that there is not.
        return moment[:16]
