"""Keeping the history small: every save leaves a few loose objects, and git packs them when asked."""

from __future__ import annotations

from reflect.store.git import Git

LOOSE_LIMIT = 2000
PACK_LIMIT = 20


def pack_history(git: Git) -> bool:
    """Pack the repository when it holds many loose objects or packs; says whether it did.

    git keeps objects younger than two weeks, so saves may go on meanwhile. Raises GitFailed.
    """
    counts = {}
    for line in git.run("count-objects", "-v").decode().splitlines():
        name, _, number = line.partition(": ")
        counts[name] = int(number) if number.isdigit() else 0
    if counts.get("count", 0) < LOOSE_LIMIT and counts.get("packs", 0) < PACK_LIMIT:
        return False
    # 128: another git is packing it already.
    code, _ = git.call("gc", "--quiet", timeout=1800, allowed=(0, 128), keeps_lock=False)
    return code == 0
