"""Three versions of one record into one: field by field, section by section, paragraph by paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reflect.errors import Unreadable
from reflect.records.document import MAX_RECORD, Document
from reflect.records.merge_body import merge_body
from reflect.records.merge_fields import merge_fields

# What is longer is not merged but kept twice, so that nobody waits: some hundred pages.
MOST_LINES = 6_000


@dataclass(frozen=True)
class Merged:
    """The text that holds both changes; where both touched one place it has theirs, and says so."""

    text: str
    is_clean: bool


def merge_record(base: str, mine: str, theirs: str) -> Merged:
    """Merge two changes of one record, `base` being `""` where both added it.

    A clean result has every line that either side added. In another one, theirs stands wherever both changed the
    same field or paragraph, so that my whole text has to be kept beside it. It can be parsed whenever theirs can.
    """
    if mine in (theirs, base):
        return Merged(theirs, True)
    if theirs == base:
        return Merged(mine, True)
    if any(text.count("\n") > MOST_LINES or len(text) > MAX_RECORD for text in (base, mine, theirs)):
        return Merged(theirs, False)
    try:
        return _merged([Document.parse(text) for text in (base, mine, theirs)])
    except Unreadable:
        return Merged(theirs, False)


def _merged(three: Sequence[Document]) -> Merged:
    newlines = [document.newline for document in three]
    newline = newlines[1] if newlines[2] == newlines[0] else newlines[2]
    if len(set(newlines)) > 1:
        # One side has other line ends everywhere, which must not count as a change of every line.
        three = [Document.parse(document.text.replace("\r\n", "\n")) for document in three]
    base, mine, theirs = three
    fields, is_clean = merge_fields(base, mine, theirs)
    body, is_whole = merge_body(base.body, mine.body, theirs.body, theirs.newline)
    closing = fields.closing
    if closing and body and not closing.endswith("\n"):
        closing += theirs.newline
    text = replace(fields, closing=closing, body=body).text
    # What was joined from parts that could be read has to be read as the same parts.
    read = Document.parse(text)
    if (read.body, read.values) != (body, fields.values):
        raise Unreadable(1, "the parts read otherwise when joined")
    if len(set(newlines)) > 1 and newline == "\r\n":
        text = text.replace("\n", newline)
    return Merged(text, is_clean and is_whole)
