"""What is to be said of what was written, beyond what a field can hold: it is kept, and a person may look again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reflect.records import markdown
from reflect.records.community_file import Line
from reflect.records.kinds import Kind
from reflect.records.outline import read_outline
from reflect.records.record import Record, as_list
from reflect.records.tally import read_tally
from reflect.records.textforms import cut_at_word, folded
from reflect.records.yaml_block import Value

TALLY, OUTLINE = "tally", "outline"
# The levels of an outline that are drawn.
DRAWN_LEVELS = 3
LONGEST = 40


def remarks_on(kind: Kind, record: Record, lines: Sequence[Line] = ()) -> list[str]:
    """Return what is to be said of a record, a sentence each; `lines` are the lines of difference that are known."""
    said = [
        f"{field.shown_label()}: {each}"
        for field in kind.fields
        for each in of_field(kind, field.name, record.fields, lines)
    ]
    return said + of_sections(kind, record)


def of_sections(kind: Kind, record: Record) -> list[str]:
    """Return what is to be said of the outlines in a record, a sentence each."""
    said: list[str] = []
    for section in kind.sections:
        if section.check == OUTLINE:
            texts = [each.text for each in markdown.sections(record.body) if folded(each.title) in section.aliases]
            said += [f"{section.title}: {each}" for text in texts for each in of_outline(text)]
    return said


def of_field(kind: Kind, name: str, values: Mapping[str, Value], lines: Sequence[Line] = ()) -> list[str]:
    """Return what is to be said of one field, a sentence each."""
    field = kind.field(name)
    if field is None or field.check != TALLY:
        return []
    return list(read_tally("\n".join(as_list(values.get(name, ""))), lines).problems)


def of_outline(text: str) -> list[str]:
    """Return what of an outline is drawn elsewhere than it stands, or not at all."""
    outline = read_outline(text)
    deeper = [item.words for each in outline.items for depth, item in each.walk(1) if depth > DRAWN_LEVELS]
    said = []
    if deeper:
        said.append(f"{_few(deeper)} stands deeper than three levels, and is drawn on the third.")
    if outline.aside:
        said.append(f"{_few(outline.aside)} stands in no list, and is not drawn.")
    return said


def _few(texts: Sequence[str]) -> str:
    first = f"“{cut_at_word(texts[0], LONGEST)}”"
    return f"{first} with {len(texts) - 1} more" if len(texts) > 1 else first
