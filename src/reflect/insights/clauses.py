"""One clause of a journey against what there is: does it hold, by which records, and what is missing in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from reflect.insights.chain import PARENTS
from reflect.insights.openness import Openness
from reflect.records.journeys import Clause, alternatives
from reflect.records.kinds import Kind
from reflect.records.moments import day_of
from reflect.records.tally import read_tally
from reflect.records.textforms import folded
from reflect.records.yaml_block import Value
from reflect.store.catalog import Row

MOST_EVIDENCE = 20
OPENNESS_WORDS = {
    "known": "made known",
    "engaged": "people engaged",
    "shared": "findings shared",
    "explained": "changes explained",
}


@dataclass(frozen=True)
class Known:
    """What is known of an agenda: its records and those linked from its problem of practice, itself among them.

    `aliases` are ids of shared copies, and the id here that each is a copy of.
    """

    agenda: Row
    rows: Sequence[Row]
    kind_of: Callable[[str], Kind | None]
    has_section: Callable[[Row, str], bool]
    is_sent: Callable[[Row], bool]
    openness: Openness
    today: dt.date
    aliases: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def kinds_by_id(self) -> Mapping[str, str]:
        """The kind of each record."""
        return {row.id: row.kind for row in self.rows if row.id}

    def named_by(self, row: Row, name: str) -> list[str]:
        """Return the ids that a field names, each as it is known here."""
        return [self.aliases.get(each, each) for each in row.list_of(name)]


@dataclass(frozen=True)
class Missing:
    """What a clause waits for: in words, and the record to write on, or the kind to begin with some fields."""

    text: str
    kind: str
    row: Row | None = None
    at: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """Whether a clause holds, the records by which it does, and what is missing where it does not."""

    holds: bool
    evidence: tuple[Row, ...] = ()
    missing: Missing | None = None


def look(clause: Clause, known: Known, of_stage: Sequence[Row] = ()) -> Finding:
    """Return what is found of a clause; `of_stage` is the evidence of the stage that it is about."""
    if clause.openness:
        return _openness(clause, known)
    about = [row for row in known.rows if row.kind in clause.kinds and _is_about(clause, row, known, of_stage)]
    # The newest come first: they are what people are at, and of very many the others need no look.
    about.sort(key=lambda row: (row.sort, row.id), reverse=True)
    lacks: list[tuple[Row, tuple[str, str]]] = []
    found: list[Row] = []
    for row in about:
        lack = _lack(clause, row, known)
        found += [row] if lack is None else []
        lacks += [(row, lack)] if lack is not None else []
        if not clause.every and len(found) >= max(clause.least, MOST_EVIDENCE):
            break
    good = tuple(found)
    if len(good) == len(about) if clause.every else len(good) >= clause.least:
        return Finding(True, good)
    if lacks and (clause.every or not good):
        row, (text, at) = lacks[0]
        return Finding(False, good, Missing(f"“{row.title}”: {text}", row.kind, row, at))
    return Finding(False, good, _none_yet(clause, known, of_stage, len(good)))


def _openness(clause: Clause, known: Known) -> Finding:
    part = dict(known.openness.parts())[clause.openness]
    by_id = {row.id: row for row in known.rows if row.id}
    evidence = tuple(by_id[each] for each in part.evidence if each in by_id)
    if part.met:
        return Finding(True, evidence)
    waiting = next((by_id[each] for each in part.missing if each in by_id), None)
    return Finding(False, evidence, Missing(f"{OPENNESS_WORDS[clause.openness]}: {part.why}", clause.kinds[0], waiting))


def _is_about(clause: Clause, row: Row, known: Known, of_stage: Sequence[Row]) -> bool:
    """Say whether a clause speaks of a record at all: no record that is not can be mended to be."""
    if clause.ended:
        day = day_of(row.text_of(clause.ended))
        if not day or day > known.today.isoformat():
            return False
    if clause.of_stage:
        ids = {each.id for each in of_stage if each.id}
        if not any(each in ids for name in row.fields for each in known.named_by(row, name)):
            return False
    for name, values in clause.only.items():
        if not set(row.list_of(name)) & set(values):
            return False
    for name, kinds in clause.names.items():
        if not any(known.kinds_by_id.get(each) in kinds for each in known.named_by(row, name)):
            return False
    return True


def _lack(clause: Clause, row: Row, known: Known) -> tuple[str, str] | None:
    """Return in words what a record lacks, and the field or section to write it in; None where it has all."""
    kind = known.kind_of(row.kind)
    empty: list[str] = []
    needed = [each.name for each in kind.fields if each.needed and not each.default] if clause.complete and kind else []
    empty += [name for name in dict.fromkeys([*needed, *clause.fields]) if not row.fields.get(name)]
    for each in clause.sections:
        titles = alternatives(each)
        if not any(known.has_section(row, title) for title in titles):
            empty.append(titles[0])
    if empty:
        labels = [_label(kind, name) for name in empty]
        return f"{' and '.join(labels)} {'is' if len(labels) == 1 else 'are'} empty", empty[0]
    return _lack_of_value(clause, row, kind, known)


def _lack_of_value(clause: Clause, row: Row, kind: Kind | None, known: Known) -> tuple[str, str] | None:
    for name, values in clause.when.items():
        if row.text_of(name) not in values:
            return f"{_label(kind, name)} is not {' or '.join(values)}", name
    for name, values in clause.unless.items():
        if set(row.list_of(name)) & set(values):
            return f"{_label(kind, name)} is {row.text_of(name)}", name
    if clause.spoke and not _voices_that_spoke(row, clause.spoke, known):
        needed = known.agenda.list_of("voices_needed")
        if not needed:
            return "the agenda does not say yet whose voices it needs", clause.spoke
        return f"nobody of {', '.join(needed)} is counted as having spoken", clause.spoke
    if clause.sent_or and not row.list_of(clause.sent_or) and not known.is_sent(row):
        return f"not shared, and {_label(kind, clause.sent_or)} is empty", clause.sent_or
    if clause.within_months and _last_day(row) < _months_before(known.today, clause.within_months):
        return f"nothing in the last {clause.within_months} months", ""
    return None


def _none_yet(clause: Clause, known: Known, of_stage: Sequence[Row], there: int) -> Missing:
    name = clause.kinds[0]
    labels = [_kind_label(known, each) for each in clause.kinds]
    words = " or ".join(labels)
    if clause.of_stage:
        words = f"{words} on these findings" if any(row.kind == "finding" for row in of_stage) else words
    named = [_kind_label(known, each) for kinds in clause.names.values() for each in kinds]
    words = f"{words} from a {' or '.join(named)}" if named else words
    values = [value for each in clause.only.values() for value in each]
    words = f"{words} that is {' or '.join(values)}" if values else words
    text = f"no {words} yet" if not there else f"{clause.least - there} more: {words}"
    return Missing(text, name, fields=hung_on_newest(name, clause, known, of_stage))


def hung_on_newest(name: str, clause: Clause, known: Known, of_stage: Sequence[Row] = ()) -> Mapping[str, Value]:
    """Return the fields by which a new record of a kind hangs on the newest records of this agenda."""
    kind = known.kind_of(name)
    fields: dict[str, Value] = {}
    links = {"problem", *(field for field, _ in PARENTS.get(name, ()))}
    for each in kind.fields if kind else ():
        wanted = clause.names.get(each.name) or (each.of if each.name in links else ())
        pool = [row for row in of_stage if row.kind in wanted] or [row for row in known.rows if row.kind in wanted]
        if not pool or each.type not in ("record", "records") or each.of == (name,):
            continue
        newest = max(pool, key=lambda row: (row.sort, row.id))
        if newest.id and each.type == "records":
            fields[each.name] = [newest.id]
        elif newest.id:
            fields[each.name] = newest.id
    return fields


def _voices_that_spoke(row: Row, name: str, known: Known) -> set[str]:
    """Return the groups of `voices_needed` of whom somebody spoke."""
    needed = {folded(each) for each in known.agenda.list_of("voices_needed")}
    return {folded(each.group) for each in read_tally(row.text_of(name)).counts if each.spoke} & needed


def _last_day(row: Row) -> str:
    days = [row.day, day_of(row.text_of("held_on"))]
    for value in row.fields.values():
        days += [day for day in value if day_of(day)] if isinstance(value, dict) else []
    return max(days)


def _months_before(today: dt.date, months: int) -> str:
    number = today.year * 12 + today.month - 1 - months
    # A day that every month has.
    return f"{number // 12:04}-{number % 12 + 1:02}-{min(today.day, 28):02}"


def _label(kind: Kind | None, name: str) -> str:
    found = kind.field(name) if kind else None
    return found.shown_label().lower() if found else name


def _kind_label(known: Known, name: str) -> str:
    kind = known.kind_of(name)
    label = kind.shown_label() if kind else name
    return label[:1].lower() + label[1:]
