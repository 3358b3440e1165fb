"""What a merge did beyond taking what only one side had changed: told to the person, and to who keeps drafts."""

from __future__ import annotations

from dataclasses import dataclass, field

from reflect.store.objects import Entry


@dataclass(frozen=True)
class Conflict:
    """A file where both changed one place: it has theirs there, and my whole text stands beside it.

    `id` and `sibling` are ids, `""` where a file has none.
    """

    id: str
    path: str
    sibling: str
    sibling_path: str
    title: str


@dataclass(frozen=True)
class Named:
    """A file that the report tells of.

    `old_path` is where it stood, if elsewhere; `text` and `entry` are what it was that is not in the result.
    """

    id: str
    path: str
    title: str
    old_path: str = ""
    text: str = ""
    entry: Entry | None = None


@dataclass(frozen=True)
class Report:
    """Lists of what happened; all are empty when the two sides never met.

    merged: records that both changed, joined with nothing left over.
    moved: records that I changed and that they had moved.
    renamed: files that made room because another one has their path.
    kept_edits: files that one side removed and the other had edited; they stay, edited.
    withdrawn_edits: my edits of what they withdrew; `text` is mine, to be kept as a private draft.
    overruled_edits: their edits of what I withdrew; `text` is theirs and stays in history.
    replaced: files that are no records and that both changed; theirs stands, `entry` is mine.
    """

    merged: list[Named] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    moved: list[Named] = field(default_factory=list)
    renamed: list[Named] = field(default_factory=list)
    kept_edits: list[Named] = field(default_factory=list)
    withdrawn_edits: list[Named] = field(default_factory=list)
    overruled_edits: list[Named] = field(default_factory=list)
    replaced: list[Named] = field(default_factory=list)
