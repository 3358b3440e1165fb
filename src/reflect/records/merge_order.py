"""Two orders of things that have names into one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def merged_order(base: Sequence[Name], mine: Sequence[Name], theirs: Sequence[Name]) -> list[Name]:
    """Return all names of both sides, each once, in the order of the side that changed it, else of theirs.

    A name that one side added follows its neighbor; at one place mine come after theirs.
    """
    in_base, in_theirs = set(base), set(theirs)
    is_theirs = [each for each in base if each in in_theirs] != [each for each in theirs if each in in_base]
    first, second = (theirs, mine) if is_theirs else (mine, theirs)
    followers = _followers(first, second)
    of_mine = set(mine)
    order: list[Name] = []
    waiting = followers.get(None, []) if is_theirs else []
    if not is_theirs:
        order += followers.get(None, [])
    for name in dict.fromkeys(first):
        if is_theirs and name not in of_mine:
            # Theirs that stand at the same place come first.
            order.append(name)
            continue
        order += [*waiting, name]
        waiting = followers.get(name, [])
        if not is_theirs:
            order += waiting
            waiting = []
    return order + waiting


def _followers(first: Sequence[Name], second: Sequence[Name]) -> dict[Name | None, list[Name]]:
    """Return what only the second has, by the name before it that the first has too."""
    known = set(first)
    found: dict[Name | None, list[Name]] = {}
    before: Name | None = None
    for name in dict.fromkeys(second):
        if name in known:
            before = name
        else:
            found.setdefault(before, []).append(name)
    return found
