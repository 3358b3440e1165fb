"""Letting go of what a repository keeps of its past beside its history: reflogs, backups, packs, loose objects."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from reflect.errors import ReflectError
from reflect.store.git import Git

PATIENCE = 1800.0
STASH = "refs/stash"
BACKUPS = "refs/reflect/backup/"
# Files in which git leaves names of commits, and words of them, for whoever wants to go back.
LEFT_BY_GIT = ("ORIG_HEAD", "FETCH_HEAD", "AUTO_MERGE", "COMMIT_EDITMSG", "SQUASH_MSG", "gitk.cache")

# The commits of a stash with what git says of each, the newest first.
Stashed = Sequence[tuple[str, str]]


def refuse_unfit(git: Git) -> None:
    """Raise ReflectError for a repository that is not alone: parts of its past are elsewhere."""
    folder = git.git_dir
    linked = folder / "worktrees"
    reasons = [
        (not folder.is_dir(), "its history is kept in another folder"),
        (linked.is_dir() and any(linked.iterdir()), "other folders share its history (git worktree)"),
        ((folder / "objects/info/alternates").exists(), "it borrows a part of its history from another folder"),
        ((folder / "shallow").exists(), "only a part of its history is here (a shallow clone)"),
        (any((folder / "objects/pack").glob("*.promisor")), "only a part of its history is here (a partial clone)"),
    ]
    for is_so, why in reasons:
        if is_so:
            raise ReflectError(
                f"Nothing can be erased from this journal, because {why}.",
                "Make a whole copy of it with git clone, and erase the record there.",
            )


def stashed(git: Git) -> Stashed:
    """Return what plain git has set aside."""
    output = git.run("log", "-g", "-z", "--format=%H%x1f%gs", STASH, "--", allowed=(0, 128))
    found = [line.split("\x1f", 1) for line in output.decode("utf-8", "surrogateescape").split("\0") if line]
    if found:
        return [(commit, words) for commit, words in found]
    # Kept without a reflog, there is one at most.
    code, name = git.call("rev-parse", "-q", "--verify", STASH, allowed=(0, 1))
    return [(name.decode().strip(), "stash")] if code == 0 else []


def clean(git: Git, kept: Stashed) -> None:
    """Remove all objects that no reference needs, and what else leads back to them; the stash is `kept`.

    Raises GitFailed; it can be done again at any time.
    """
    git.run("reflog", "expire", "--expire=now", "--expire-unreachable=now", "--all")
    _stash_anew(git, kept)
    for name in LEFT_BY_GIT:
        (git.git_dir / name).unlink(missing_ok=True)
    shutil.rmtree(git.git_dir / "rr-cache", ignore_errors=True)
    objects = git.git_dir / "objects"
    # They speak of commits that are going; upkeep makes them anew.
    (objects / "info/commit-graph").unlink(missing_ok=True)
    shutil.rmtree(objects / "info/commit-graphs", ignore_errors=True)
    # A pack that is to be kept as it is would keep what is in it.
    for path in (objects / "pack").glob("*.keep"):
        path.unlink(missing_ok=True)
    git.run("repack", "-a", "-d", "-q", timeout=PATIENCE)
    git.run("prune", "--expire=now", timeout=PATIENCE)


def _stash_anew(git: Git, kept: Stashed) -> None:
    if not kept and not stashed(git):
        return
    git.run("update-ref", "--no-deref", "-d", STASH)
    for commit, words in reversed(kept):
        git.run("update-ref", "--create-reflog", "-m", words or "stash", STASH, commit)
