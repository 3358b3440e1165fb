"""Texts of one's own that someone else withdrew: found before they go, so that they can be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from reflect.store.git import Git
from reflect.store.objects import Entry

# A longer list could be too long for a command line.
AT_ONCE = 100


def taken_from_me(git: Git, gone: Mapping[str, Entry], before: str, after: str, address: str) -> list[str]:
    """Return those of the paths that are gone which I, by my commit address, changed last and another removed.

    `before` is the state that had them, `after` one without.
    """
    if not gone:
        return []
    mine = [path for path, who in _last(git, gone, before) if who == address]
    removers = dict(_last(git, mine, f"{before}..{after}", "--diff-filter=D")) if mine else {}
    return [path for path in mine if removers.get(path, address) != address]


def _last(git: Git, paths: Iterable[str], revs: str, *options: str) -> Iterator[tuple[str, str]]:
    """Yield each path with the address of the newest commit that changed it."""
    asked = list(paths)
    for start in range(0, len(asked), AT_ONCE):
        chunk = asked[start : start + AT_ONCE]
        output = git.run(
            "log", "--no-renames", "--name-only", "-z", "--format=%x1e%ae", *options, "--end-of-options", revs,
            "--", *(f":(literal){path}" for path in chunk),
        )  # fmt: skip
        found: set[str] = set()
        for block in output.decode("utf-8", "surrogateescape").split("\x1e")[1:]:
            who, *names = block.split("\0")
            for name in names:
                path = name.lstrip("\n")
                if path in chunk and path not in found:
                    found.add(path)
                    yield path, who.strip()
