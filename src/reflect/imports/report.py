"""What an import says when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Skipped:
    """Something a person should know of: what did not come in, or came in otherwise than it stood there.

    `where` is `file:line`, or a folder with how many of its files are meant in `why`.
    """

    where: str
    why: str


@dataclass(frozen=True)
class ImportReport:
    """How many records came in, how many were in already, what was skipped, and the titles of the new ones."""

    added: int
    unchanged: int
    skipped: list[Skipped] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
