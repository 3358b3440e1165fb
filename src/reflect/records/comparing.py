"""How two states of a record differ: its fields by name, its text by words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reflect.errors import Unreadable
from reflect.records.document import Document
from reflect.records.word_diff import ADDED, REMOVED, Piece, word_counts, word_diff
from reflect.records.yaml_block import Value


@dataclass(frozen=True)
class FieldChange:
    """A field that differs; None where it is not there."""

    name: str
    before: Value | None
    after: Value | None


@dataclass(frozen=True)
class Comparison:
    """What differs between two states of a record."""

    fields: Sequence[FieldChange]
    pieces: Sequence[Piece]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.fields and all(piece.sign not in (ADDED, REMOVED) for piece in self.pieces)

    @property
    def words(self) -> tuple[int, int]:
        """How many words came, and how many went."""
        return word_counts(self.pieces)


def compared(before: str, after: str) -> Comparison:
    """Return how a record's text differs from another; one that cannot be parsed is compared as a whole."""
    try:
        old, new = Document.parse(before), Document.parse(after)
    except Unreadable:
        return Comparison((), word_diff(before, after))
    names = dict.fromkeys([*old.values, *new.values])
    changes = [FieldChange(name, old.values.get(name), new.values.get(name)) for name in names]
    fields = [change for change in changes if change.before != change.after]
    if not fields and old.block != new.block and old.body == new.body:
        # Only the way in which the front matter is written differs.
        return Comparison((), word_diff(before, after))
    return Comparison(fields, word_diff(old.body, new.body))
