"""What an import says when it is done."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Skipped:
    """Something that did not come in.

    `where` is `file:line`, or a folder with how many of its files are meant in `why`.
    """

    where: str
    why: str


@dataclass(frozen=True)
class Noted(Skipped):
    """Something that came in otherwise than it stood there, and should be looked at."""


@dataclass(frozen=True)
class ImportReport:
    """How many records came in, how many were in already, and the titles of the new ones.

    `skipped` did not come in; `noted` did, otherwise than it stood there.
    """

    added: int
    unchanged: int
    skipped: list[Skipped] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
