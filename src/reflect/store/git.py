"""The one place that runs git: with our own environment, and never with a prompt.

git reaches nothing outside its repository, except in `Git.transfer`, to the one address that it is given.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import GitFailed, ReflectError
from reflect.records.textforms import cleaned
from reflect.store.git_settings import FRUGAL, SETTINGS, hardened
from reflect.store.lock import FolderLock

if TYPE_CHECKING:
    from reflect.records.addresses import Address
    from reflect.store.reach import Reach
    from reflect.store.watched import Ended

MINIMUM = (2, 34)
TIMEOUT = 120.0
# Bytes: 200,000 differing paths take 60 MB of git, those of a tree that unfolds without end all that there is.
MEMORY = 512 << 20
MOST_LOOKED_THROUGH = 256 << 20


@dataclass(frozen=True)
class Identity:
    """Who a commit is by; never taken from git's own settings."""

    name: str
    address: str


def environment(identity: Identity | None = None) -> dict[str, str]:
    """Return the environment that every git of ours runs in."""
    ours = hardened(SETTINGS)
    if identity:
        for role in ("AUTHOR", "COMMITTER"):
            ours[f"GIT_{role}_NAME"] = identity.name
            ours[f"GIT_{role}_EMAIL"] = identity.address
    return ours


def forget_inherited_settings() -> None:
    """Drop every `GIT_*` variable that the program was started with.

    A variable such as GIT_DIR or GIT_INDEX_FILE, left by a hook or a shell, would send a private
    file into another repository; GitPython passes all of them on.
    """
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        del os.environ[name]


class Git:
    """git on one repository, named by its git folder; `work_tree` is None for a bare one."""

    def __init__(
        self, git_dir: Path, work_tree: Path | None, identity: Identity | None = None, lock: FolderLock | None = None
    ) -> None:
        self.git_dir = git_dir
        self.work_tree = work_tree
        self.identity = identity
        self._lock = lock
        self._environment: dict[str, str] | None = None

    def run(
        self,
        *arguments: str,
        input: bytes = b"",
        timeout: float = TIMEOUT,
        allowed: Iterable[int] = (0,),
        keeps_lock: bool = True,
    ) -> bytes:
        """Run git and return what it printed; raises GitFailed for an exit code that is not allowed."""
        return self.call(*arguments, input=input, timeout=timeout, allowed=allowed, keeps_lock=keeps_lock)[1]

    def call(
        self,
        *arguments: str,
        input: bytes = b"",
        timeout: float = TIMEOUT,
        allowed: Iterable[int] = (0,),
        keeps_lock: bool = True,
    ) -> tuple[int, bytes]:
        """Run git and return its exit code and what it printed; raises GitFailed.

        Where the vault's lock is held, git holds it too: one that outlives us, because we were
        killed, keeps it until it is done. Upkeep, which takes long and needs no lock, does not.
        """
        if self._environment is None:
            self._environment = environment(self.identity)
        command = ["git", f"--git-dir={self.git_dir}"]
        if self.work_tree is not None:
            command.append(f"--work-tree={self.work_tree}")
        handle = self._lock.handle if self._lock and keeps_lock else None
        handles = () if handle is None else (handle,)
        return _run([*command, *arguments], self._environment, input, timeout, allowed, handles)

    def look_through(self, *arguments: str) -> bytes:
        """Return what git prints of a history that strangers wrote, each part of it with its NUL.

        A state among theirs may unfold to more paths than there is memory for: raises GitFailed where it is too much.
        """
        from reflect.store.watched import TooMuch

        found, size = [], 0
        try:
            with self.parts(*arguments) as parts:
                for part in parts:
                    found.append(part)
                    size += len(part)
                    if size > MOST_LOOKED_THROUGH:
                        raise TooMuch
        except TooMuch:
            raise GitFailed("The history of this place is too large to look through.") from None
        return b"".join(part + b"\0" for part in found)

    @contextmanager
    def parts(self, *arguments: str, seconds: float = TIMEOUT) -> Iterator[Iterator[bytes]]:
        """Run git while the block takes what it prints, part by part up to each NUL; git ends with the block.

        For output without a known end: raises TooMuch after so many seconds, in a part over 64 KiB or where git
        wants more than 512 MiB of memory; GitFailed.
        """
        from reflect.store.watched import reading

        command = ["git", f"--git-dir={self.git_dir}", *arguments]
        try:
            with reading(command, hardened(SETTINGS | FRUGAL), seconds, MEMORY, b"\0") as found:
                yield found
        except subprocess.CalledProcessError as error:
            raise _failed(command, error.returncode, error.stderr) from None

    def transfer(self, *arguments: str, address: Address, reach: Reach, grows: Path | None = None) -> Ended:
        """Run git with the way open to one address, within limits, and return how it ended, whatever the code.

        `grows` is the folder that fills meanwhile. Raises GitFailed where there is no git.
        """
        # 5 ms, which those who stay at home do not need.
        from reflect.store.watched import run_watched

        check_version()
        command = ["git", f"--git-dir={self.git_dir}", *arguments]
        return run_watched(command, reach.environment(address), reach.watch(grows))


def run_git(*arguments: str, input: bytes = b"", timeout: float = TIMEOUT, allowed: Iterable[int] = (0,)) -> bytes:
    """Run git outside any repository that we know of, and return what it printed; raises GitFailed."""
    return _run(["git", *arguments], environment(), input, timeout, allowed)[1]


@cache
def check_version() -> tuple[int, ...]:
    """Return git's version; raises ReflectError when it is missing or older than 2.34."""
    text = run_git("--version").decode("utf-8", "replace")
    found = re.search(r"(\d+)\.(\d+)", text)
    version = tuple(int(part) for part in found.groups()) if found else (0, 0)
    if version < MINIMUM:
        raise ReflectError(
            f"git {'.'.join(map(str, version))} is too old: reflect needs 2.34 or later.",
            "Install a newer git from git-scm.com or your system's packages.",
        )
    return version


def _run(
    command: list[str],
    env: dict[str, str],
    input: bytes,
    timeout: float,
    allowed: Iterable[int],
    handles: tuple[int, ...] = (),
) -> tuple[int, bytes]:
    try:
        process = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
            pass_fds=handles,
        )
    except FileNotFoundError:
        raise GitFailed(
            "git is not installed, and reflect keeps your history with it.",
            "Install git from git-scm.com or your system's packages, then try again.",
        ) from None
    try:
        output, errors = process.communicate(input, timeout)
    except subprocess.TimeoutExpired:
        from reflect.store.watched import end_group

        end_group(process)
        raise GitFailed(f"git took longer than {timeout:.0f} seconds and was stopped.") from None
    if process.returncode not in tuple(allowed):
        raise _failed(command, process.returncode, errors)
    return process.returncode, output


def _failed(command: list[str], code: int, errors: bytes) -> GitFailed:
    detail = cleaned(errors.decode("utf-8", "replace")).strip()
    verb = next((word for word in command[1:] if not word.startswith("-")), "git")
    if "No space left" in detail:
        return GitFailed("The disk is full, so history could not be written.", "Free some space.", detail)
    if ".lock" in detail and "exists" in detail:
        hint = "If no other git program is at work, run: reflect doctor --fix"
        return GitFailed("Another git program is at work in this folder, or one was stopped.", hint, detail)
    if "Permission denied" in detail or "Read-only file system" in detail or "insufficient permission" in detail:
        return GitFailed("History could not be written: the folder is not writable.", "Check its owner.", detail)
    return GitFailed(f"git could not do its part ({verb}, exit {code}).", "See: reflect doctor", detail)
