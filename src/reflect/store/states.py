"""Whole states of a repository: how two lie to each other, what names them, a new one written, an old one kept.

Each of these moves one reference at most, so that a kill leaves the one state or the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from reflect.store.commits import Commit, commit_stream
from reflect.store.git import Git
from reflect.store.objects import Entry

# Names of our own, for the time of one sync: what came, and what it was joined to.
ARRIVED = "refs/reflect/during/arrived"
JOINED = "refs/reflect/during/joined"
# A state that was shown before something was joined to it is kept below this, by its time.
BACKUP = "refs/reflect/backup"
STAMP = "%Y%m%dT%H%M%SZ"
MOST_BACKUPS = 20
BACKUP_DAYS = 31


def tip_of(git: Git, ref: str) -> str:
    """Return the commit that a reference names, `""` when it does not exist."""
    # A file of one line, or a line of one file (gitrepository-layout(5)): asking git takes 3 ms for each.
    found: str | None
    try:
        found = (git.git_dir / ref).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        found = _packed(git, ref)
    if found is not None and len(found) in (0, 40, 64):
        return found
    code, output = git.call("rev-parse", "-q", "--verify", "--end-of-options", ref, allowed=(0, 1, 128))
    return output.decode().strip() if code == 0 else ""


def move(git: Git, ref: str, new: str, old: str) -> None:
    """Let a reference name another commit if it still names `old`; `""` stands for none. Raises GitFailed."""
    if new:
        git.run("update-ref", ref, new, old or "0" * len(new))
    elif old:
        git.run("update-ref", "-d", ref, old)


def leads_to(git: Git, old: str, new: str) -> bool:
    """Say whether the newer state holds all that the older one has; nothing leads to everything."""
    return not old or old == new or (bool(new) and _is_ancestor(git, old, new))


def common_state(git: Git, one: str, other: str) -> str:
    """Return the newest state that both come from, `""` where there is none."""
    code, output = git.call("merge-base", one, other, allowed=(0, 1))
    return output.decode().split()[0] if code == 0 else ""


def write_state(git: Git, commit: Commit, changes: Mapping[str, bytes | Entry | None]) -> str:
    """Write a commit that nothing shows yet, and return it. Raises GitFailed."""
    stream = commit_stream(JOINED, commit, changes)
    # What the name stood for before has nothing to do with this.
    git.run("fast-import", "--quiet", "--done", "--force", "--date-format=raw", input=stream)
    return tip_of(git, JOINED)


def forget_work(git: Git) -> None:
    """Let go of what was only named for the time of a sync."""
    names = [ref for ref in (ARRIVED, JOINED) if tip_of(git, ref)]
    if names:
        git.run("update-ref", "--stdin", input="".join(f"delete {ref}\n" for ref in names).encode())


def back_up(git: Git, tip: str, now: dt.datetime) -> None:
    """Keep a name for a state that is about to be joined to another."""
    if tip:
        git.run("update-ref", f"{BACKUP}/{now.astimezone(dt.UTC).strftime(STAMP)}-{tip[:8]}", tip)


def prune_backups(git: Git, now: dt.datetime) -> None:
    """Let go of the names of states from before the last month, and of all but the newest of many."""
    listed = git.run("for-each-ref", "--format=%(refname)", "--sort=-refname", f"{BACKUP}/").decode().split()
    oldest = f"{BACKUP}/{(now.astimezone(dt.UTC) - dt.timedelta(days=BACKUP_DAYS)).strftime(STAMP)}"
    gone = [ref for number, ref in enumerate(listed) if number >= MOST_BACKUPS or ref < oldest]
    if gone:
        git.run("update-ref", "--stdin", input="".join(f"delete {ref}\n" for ref in gone).encode())


def _is_ancestor(git: Git, old: str, new: str) -> bool:
    return git.call("merge-base", "--is-ancestor", old, new, allowed=(0, 1))[0] == 0


def _packed(git: Git, ref: str) -> str | None:
    """Return what a reference without a file of its own names, `""` for nothing, None where only git knows."""
    if not (git.git_dir / "refs").is_dir():
        return None
    try:
        lines = (git.git_dir / "packed-refs").read_bytes().split(b"\n")
    except FileNotFoundError:
        return ""
    except OSError:
        return None
    ending = b" " + ref.encode("utf-8", "surrogateescape")
    return next((line.removesuffix(ending).decode("ascii") for line in lines if line.endswith(ending)), "")
