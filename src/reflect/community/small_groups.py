"""Tallies as they may stand in a community: groups too small to be nobody in particular are folded into one."""

from __future__ import annotations

from collections.abc import Mapping

from reflect.insights.voices import without_small_groups
from reflect.records.community_file import About
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.record import as_list
from reflect.records.tally import OTHERS, read_tally
from reflect.records.yaml_block import Value

TALLY = "tally"


def folded_fields(kind: Kind, fields: Mapping[str, Value], about: About) -> tuple[dict[str, Value], list[str]]:
    """Return the tallies among some fields as they may be shared, where that is not as they are, and what was done.

    What cannot be read as a count stays behind: nobody can say whom it is about.
    """
    changed: dict[str, Value] = {}
    said: list[str] = []
    for field in kind.fields:
        written = "\n".join(as_list(fields.get(field.name, ""))) if field.check == TALLY else ""
        if not written.strip():
            continue
        tally = read_tally(written, about.lines)
        [shown] = without_small_groups([tally], about.lines, about.group)
        if shown.counts == tally.counts and not tally.unread:
            continue
        changed[field.name] = "\n".join(map(str, shown.counts))
        if shown.counts != tally.counts:
            how = f"as “{OTHERS}”" if any(each.group == OTHERS for each in shown.counts) else "not at all"
            said.append(f"{field.shown_label()}, of groups of fewer than {about.group}: {how}")
        if tally.unread:
            said.append(f"{field.shown_label()}, of lines that are no count")
    return changed, said


def with_folded_tallies(kind: Kind, before: str, after: str, about: About) -> str:
    """Return a text of a community with the tallies as they may be shared that a change brings into it."""
    if not any(field.check == TALLY for field in kind.fields):
        return after
    document = Document.parse(after)
    old = Document.parse(before).values if before else {}
    new = {name: value for name, value in document.values.items() if value != old.get(name)}
    for name, value in folded_fields(kind, new, about)[0].items():
        document = document.with_value(name, value or None)
    return document.text
