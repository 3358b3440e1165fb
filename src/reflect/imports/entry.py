"""An entry of another program's journal, and the record that it becomes."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from reflect.imports.incoming import Ids, Incoming
from reflect.imports.stamps import Moment
from reflect.records.compose import Content, compose
from reflect.records.kinds import Kind
from reflect.records.moments import written
from reflect.records.paths import record_path
from reflect.records.record import encoded
from reflect.records.textforms import cut_at_word, first_sentence, one_line
from reflect.when import with_local_offset

LONGEST_TITLE = 120
# How jrnl finds the end of a sentence, after github.com/fnl/segtok.
SENTENCE = re.compile(
    r"[.!?\u2026\u203C\u203D\u2047-\u2049\u22EF\uFE52\uFE57]['\u2019\"\u201D]?[\])]*\s+"
    r"|[\uFF01\uFF0E\uFF1F\uFF61\u3002]"
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it was read; `when` has no offset where the journal gives none."""

    where: str
    when: Moment
    title: str
    body: str = ""
    tags: tuple[str, ...] = ()


def created_text(when: Moment) -> str:
    """Return a date or time as a record's `created`."""
    return written(with_local_offset(when)) if isinstance(when, dt.datetime) else when.isoformat()


def wall_clock(when: Moment) -> dt.datetime:
    """Return a date or time as a time without an offset."""
    if isinstance(when, dt.datetime):
        return when.replace(tzinfo=None)
    return dt.datetime.combine(when, dt.time())


def incoming(entry: Entry, format: str, kind: Kind, lang: str, ids: Ids) -> Incoming:
    """Return the record that an entry becomes."""
    clock = wall_clock(entry.when)
    # To the minute, because jrnl's JSON has no seconds: both ways an entry comes in once.
    record_id = ids.make(clock, format, clock.isoformat(timespec="minutes"), entry.title, entry.body.strip())
    title, body = shown(entry.title, entry.body)
    created = created_text(entry.when)
    text = compose(kind, record_id, created, Content(title=title, body=body, tags=entry.tags), lang)
    path = record_path(kind, created[:10], title, record_id)
    return Incoming(record_id, path, title, encoded(text), entry.where)


def shown(title: str, body: str) -> tuple[str, str]:
    """Return a title short enough for a list, and a body with everything that the title leaves out.

    jrnl takes a whole first line as the title, which may be a paragraph.
    """
    if len(title) > LONGEST_TITLE and (end := SENTENCE.search(title)):
        title, body = title[: end.end()].strip(), _joined(title[end.end() :].strip(), body)
    if not title:
        return first_sentence(body), body
    short = cut_at_word(one_line(title), LONGEST_TITLE)
    return short, body if short == " ".join(title.split()) else _joined(title, body)


def _joined(first: str, second: str) -> str:
    return f"{first}\n\n{second}" if first and second else first or second
