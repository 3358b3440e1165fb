"""Rows for tests of what is read from many records: each with an id that says what it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from itertools import count

from reflect.insights.clauses import Known
from reflect.insights.openness import Openness, Part
from reflect.store.catalog import Row
from reflect.store.kind_files import Kinds

TODAY = dt.date(2026, 11, 23)
KINDS = Kinds()
NUMBERS = count(1)
NOT_MET = Part(False, "No decision yet.")


def row(
    kind: str, record_id: str = "", day: str = "2026-10-01", place: str = "", title: str = "", **fields: object
) -> Row:
    number = next(NUMBERS)
    record_id = record_id or f"{kind}-{number}"
    title = title or record_id
    return Row(number, place, f"{record_id}.md", record_id, kind, title, day, day, "", "", (), (), fields, "", 0, 0, 0)  # type: ignore[arg-type]


def known(
    agenda: Row,
    rows: Sequence[Row],
    sections: Mapping[str, Sequence[str]] | None = None,
    sent: Sequence[str] = (),
    explained: Part = NOT_MET,
) -> Known:
    """What is known of an agenda; `sections` are the titles that have text, by the id of a record."""
    written = sections or {}
    return Known(
        agenda=agenda,
        rows=[agenda, *rows],
        kind_of=KINDS.find,
        has_section=lambda each, title: title in written.get(each.id, ()),
        is_sent=lambda each: each.id in sent,
        openness=Openness(NOT_MET, NOT_MET, NOT_MET, explained),
        today=TODAY,
    )
