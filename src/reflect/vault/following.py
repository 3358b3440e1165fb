"""The files of a vault follow a new state of its history, step by step, so that a kill leaves no half of it.

What is to be done is on disk before the first file changes: each file is replaced only while it is as we left it,
then git's index follows, then the branch, and the plan goes last. A start that finds one goes on with it. What a
person wrote meanwhile is put into history, and whoever made the new state makes it again.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import stat
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from reflect.errors import GitFailed, ReflectError
from reflect.paths import private_folder
from reflect.store.files import remove_durably, remove_empty_folders, write_durably
from reflect.store.git import Git
from reflect.store.objects import Entry, blob_of, differences, files_at, read_blobs
from reflect.store.states import move, tip_of
from reflect.vault.commits import commit_files, current_branch
from reflect.vault.vault import Vault

# So many texts are in memory at once.
AT_ONCE = 200
THREADS = 16
# What may stand at a path in place of ours.
FOLDER, ANOTHERS = "a folder", "another's"
Differences = Mapping[str, tuple[Entry | None, Entry | None]]


class WroteMeanwhile(ReflectError):
    """Something was written while files followed: it is in history now, and the new state has to be made anew."""

    def __init__(self) -> None:
        super().__init__("Something was written while your journal was brought in step.", "Sync again.")


@dataclass(frozen=True)
class Plan:
    """From which state of a branch to which one the vault goes, and the files by which the two differ."""

    branch: str
    old: str
    new: str
    paths: list[str]


@dataclass(frozen=True)
class Follower:
    """Lets the files of a vault follow; `plan_path` is where the plan is while that goes on."""

    vault: Vault
    plan_path: Path
    now: Callable[[], dt.datetime]

    def follow(self, new: str, old: str) -> None:
        """Show another state of the history, in the files too; `old` is `""` where there is none yet.

        Raises WroteMeanwhile where the vault no longer shows `old`, HistoryWaits, and ReflectError, with the plan
        left to be finished later.
        """
        git = self.vault.git
        with self.vault.lock.held():
            branch = current_branch(git)
            if tip_of(git, branch) != old:
                raise WroteMeanwhile
            changes = _between(git, old, new)
            plan = Plan(branch, old, new, sorted(changes))
            _write_plan(self.plan_path, plan)
            self._carry_out(plan, changes)

    def finish(self) -> bool:
        """Finish what was cut off; says whether there was something. Raises ReflectError where it has to wait."""
        if not self.plan_path.exists():
            return False
        with self.vault.lock.held():
            plan = _read_plan(self.plan_path)
            if plan is not None:
                # Where someone wrote, all that is in the files is in history now; the next sync joins it anew.
                with contextlib.suppress(WroteMeanwhile):
                    self._carry_out(plan, _between(self.vault.git, plan.old, plan.new))
            return plan is not None

    def _carry_out(self, plan: Plan, changes: Differences) -> None:
        git = self.vault.git
        tip = tip_of(git, plan.branch)
        if tip != plan.new:
            if current_branch(git) != plan.branch or tip != plan.old:
                self._give_way(plan)
            self._replace_files(plan, changes)
            _update_index(git, {path: after for path, (_, after) in changes.items()}, len(plan.new))
            try:
                move(git, plan.branch, plan.new, plan.old)
            except GitFailed:
                if tip_of(git, plan.branch) == plan.old:
                    raise
                self._give_way(plan)
        remove_durably(self.plan_path)

    def _replace_files(self, plan: Plan, changes: Differences) -> None:
        # Removals first: a file may stand where a folder was, and the other way about.
        going = [path for path, (_, after) in changes.items() if after is None or not after.is_file]
        coming = [(path, after) for path, (_, after) in changes.items() if after is not None and after.is_file]
        for path in going:
            if not self._remove(path, *changes[path]):
                self._give_way(plan)
        with ThreadPoolExecutor(THREADS) as threads:
            for start in range(0, len(coming), AT_ONCE):
                self._write_files(plan, changes, coming[start : start + AT_ONCE], threads)

    def _write_files(
        self, plan: Plan, changes: Differences, part: Sequence[tuple[str, Entry]], threads: ThreadPoolExecutor
    ) -> None:
        # Several at once: the disk takes most of the time, and a save waits until all is done.
        texts = read_blobs(self.vault.git, [entry.blob for _, entry in part])

        def write(each: tuple[str, Entry]) -> str:
            path, entry = each
            return self._write(path, changes[path][0], entry, texts[entry.blob])

        stops = [why for why in threads.map(write, part) if why]
        if stops:
            self._give_way(plan, next((why for why in stops if why != ANOTHERS), ""))

    def _remove(self, path: str, before: Entry | None, after: Entry | None) -> bool:
        """Remove a file of ours; what is no regular file is left alone, whoever has it. Says False for another's."""
        # What lies behind a link is not ours, even where it says the same.
        if before is None or not before.is_file or self._obstacle(path):
            return True
        there = self._there(path, before.blob)
        if there == before.blob:
            remove_durably(self.vault.root / path)
            remove_empty_folders(self.vault.root, (self.vault.root / path).parent)
        return there in ("", FOLDER, before.blob) or after is not None

    def _write(self, path: str, before: Entry | None, after: Entry, text: bytes) -> str:
        """Put a file in the place of ours; returns ANOTHERS where a person's stands there, or what is in the way."""
        # Before anything is read there: what lies behind a link would count as a person's, each time anew.
        if why := self._obstacle(path):
            return why
        there = self._there(path, after.blob)
        file = self.vault.root / path
        if there == FOLDER:
            remove_empty_folders(self.vault.root, file)
            if file.exists():
                return f"A folder stands where the file {path} belongs."
            there = ""
        if there not in (after.blob, before.blob if before else ""):
            return ANOTHERS
        if there != after.blob:
            write_durably(file, text)
        mode = file.stat().st_mode & 0o777
        wanted = mode | stat.S_IXUSR if after.mode == "100755" else mode & ~0o111
        if mode != wanted:
            file.chmod(wanted)
        return ""

    def _there(self, path: str, like: str) -> str:
        """Return the name that git gives to what stands at a path; `""` for nothing, FOLDER for a folder."""
        file = self.vault.root / path
        try:
            data = os.fsencode(file.readlink()) if file.is_symlink() else file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except IsADirectoryError:
            return FOLDER
        return blob_of(data, len(like))

    def _obstacle(self, path: str) -> str:
        """Return why a path is never written to, `""` where it may be."""
        parts = path.split("/")
        if any(part in ("", ".", "..") or part.lower() == ".git" for part in parts):
            return f"The name of {path} leads elsewhere."
        folders = [self.vault.root.joinpath(*parts[:number]) for number in range(1, len(parts))]
        for folder in folders:
            if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
                return f"{folder} is no folder, and {path} belongs into it."
        return ""

    def _may_be_committed(self, path: str) -> bool:
        file = self.vault.root / path
        return not file.is_symlink() and not file.is_dir() and not self._obstacle(path)

    def _give_way(self, plan: Plan, why: str = "") -> None:
        """Put into history what stands in the files, and let go of the plan; raises WroteMeanwhile.

        With `why` it would end so each time, which is said instead.
        """
        git, root = self.vault.git, self.vault.root
        if current_branch(git) == plan.branch:
            # What followed already is the same as theirs, so that joining again changes nothing in it.
            paths = [path for path in plan.paths if self._may_be_committed(path)]
            commit_files(git, root, paths, "Take up what was written meanwhile", self.now())
        remove_durably(self.plan_path)
        if why:
            raise ReflectError(why, "Move that away, then sync again.")
        raise WroteMeanwhile


def _between(git: Git, old: str, new: str) -> Differences:
    return differences(git, old, new) if old else {path: (None, entry) for path, entry in files_at(git, new).items()}


def _update_index(git: Git, entries: Mapping[str, Entry | None], length: int) -> None:
    """Make git's index agree with a state in these paths; `length` is that of the names of objects."""
    ordered = sorted(entries.items(), key=lambda each: each[1] is not None)
    lines = [_index_line(path, entry, length) for path, entry in ordered]
    git.run("update-index", "-z", "--index-info", input=b"".join(lines))
    # Links and folders of other repositories are in history, and never among the files.
    left = [path for path, entry in entries.items() if entry is not None and not entry.is_file]
    if left:
        git.run("update-index", "--skip-worktree", "-z", "--stdin", input=_names(left))
    git.run("update-index", "-q", "--refresh", allowed=(0, 1))


def _index_line(path: str, entry: Entry | None, length: int) -> bytes:
    # Mode 0 removes, whatever object is named with it.
    described = f"{entry.mode} {entry.blob}" if entry else f"0 {'0' * length}"
    return described.encode() + b"\t" + os.fsencode(path) + b"\0"


def _names(paths: Iterable[str]) -> bytes:
    return b"".join(os.fsencode(path) + b"\0" for path in paths)


def _read_plan(path: Path) -> Plan | None:
    """Return the plan that waits, None where there is none; raises ReflectError for a damaged one."""
    try:
        return Plan(**json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (ValueError, TypeError) as error:
        raise ReflectError(
            f"A sync was cut off, and what it had to do cannot be read any more ({path}).",
            "Move that file away; what stands in your journal is kept, and the next sync goes on from there.",
        ) from error


def _write_plan(path: Path, plan: Plan) -> None:
    private_folder(path.parent)
    write_durably(path, json.dumps(asdict(plan), ensure_ascii=True).encode())
