"""Which records of a list are marked, by the names of their files: their numbers change when they are saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Marks:
    """The marked records, and the line from which marks are extended."""

    def __init__(self) -> None:
        self._paths: dict[str, None] = {}
        self.anchor: int | None = None

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, path: object) -> bool:
        return path in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def toggle(self, path: str) -> None:
        """Mark a record, or take its mark away."""
        if path in self._paths:
            del self._paths[path]
        else:
            self._paths[path] = None

    def add(self, paths: Iterable[str]) -> None:
        """Mark records, in this order after those that are."""
        self._paths.update(dict.fromkeys(paths))

    def clear(self) -> None:
        """Take all marks away."""
        self._paths.clear()
        self.anchor = None
