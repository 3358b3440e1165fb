"""jrnl's text journals: entries under `[date time] Title`, and under `date time Title` before version 2."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reflect.imports.entry import SENTENCE, Entry
from reflect.imports.places import Lines
from reflect.imports.report import Noted, Skipped
from reflect.imports.stamps import NUMERIC, Moment, is_day_first, looks_like_stamp, parse_stamp, parse_time

STARRED = "starred"
BRACKETED = re.compile(r"^\[([^\]\n]{4,64})\] ", re.MULTILINE)
UNBRACKETED = re.compile(rf"^({NUMERIC.pattern})(?: |$)", re.MULTILINE)
# As jrnl reads tags, with both signs that it knows from the start.
TAG = re.compile(r"(?<!\S)([#@][-+*#/\w]+)")
NO_STAMP = "no line here begins with a date, as the entries of jrnl do"
NO_WORDS = "an entry without words"


@dataclass(frozen=True, slots=True)
class _Stamp:
    """A place where an entry begins: its stamp from `start`, its text from `end`."""

    start: int
    end: int
    text: str
    when: Moment


def read_jrnl(text: str, name: str, day: dt.date | None = None) -> Iterator[Entry | Skipped]:
    """Yield the entries of a journal in the order of the file; its line ends have to be `\\n`.

    `day` is that of a file in a folder journal, where it decides, and a stamp may be a time alone.
    """
    stamps = _bracketed(text, day)
    older = _unbracketed(text)
    if older and (not stamps or older[0].start < stamps[0].start):
        stamps = older
    lines = Lines(text, name)
    yield from _before_first(text, lines, stamps, day)
    yield from _guess(lines, stamps)
    places = [*(stamp.start for stamp in stamps), len(text) + 1]
    for stamp, after in zip(stamps, places[1:], strict=True):
        where = lines.where(stamp.start)
        # Without the line end before the next stamp, as jrnl cuts it.
        within = text[stamp.end : after - 1]
        entry = parse_entry(within, where, _on(day, stamp.when))
        yield entry if entry.title else Skipped(where, NO_WORDS)
        yield from _dates_that_are_none(text, lines, stamp.end, after)


def parse_entry(text: str, where: str, when: Moment) -> Entry:
    """Return the entry that the text behind a stamp is: title, star, body and tags as jrnl splits them."""
    tags = tags_in(text)
    first, newline, rest = text.partition("\n")
    if first.rstrip().endswith("*"):
        tags.append(STARRED)
        first, newline = first.strip(" *"), "\n"
    if not first.strip() and rest.strip():
        first, newline, rest = rest.lstrip().partition("\n")
    end = None if newline else SENTENCE.search(first)
    if end:
        first, rest = first[: end.end()], first[end.end() :]
    return Entry(where, when, first.strip(), without_blank_ends(rest), tuple(dict.fromkeys(tags)))


def tags_in(text: str) -> list[str]:
    """Return the tags that stand in a text, each once, in small letters and without their sign."""
    return plain_tags(TAG.findall(text))


def plain_tags(tags: list[str]) -> list[str]:
    """Return tags without their signs, each once; what is signs alone is none."""
    names = (tag.lstrip("#@").lower() for tag in tags)
    return list(dict.fromkeys(name for name in names if any(char.isalnum() for char in name)))


def without_blank_ends(body: str) -> str:
    """Return a body without the blank lines before and after it; its first line stays indented."""
    lines = body.rstrip().split("\n")
    start = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    return "\n".join(lines[start:])


def _bracketed(text: str, day: dt.date | None) -> list[_Stamp]:
    matches = list(BRACKETED.finditer(text))
    day_first = bool(is_day_first(match[1] for match in matches))
    found: list[_Stamp] = []
    for match in matches:
        when = parse_stamp(match[1], day_first)
        # A folder journal may have times alone; then each of its stamps is as long as the first.
        if when is None and day is not None and (not found or len(match[1]) == len(found[0].text)):
            when = parse_time(match[1], day)
        if when is not None:
            found.append(_Stamp(match.start(), match.end(), match[1], when))
    return found


def _unbracketed(text: str) -> list[_Stamp]:
    """Return the stamps of a journal from before version 2, all of which look like the first."""
    matches = list(UNBRACKETED.finditer(text))
    # A date alone may begin any sentence; it counts where it begins the file.
    first = next((match for match in matches if match["hour"] or not text[: match.start()].strip()), None)
    if first is None:
        return []
    alike = [match for match in matches if match.start() >= first.start() and _shape(match[1]) == _shape(first[1])]
    day_first = bool(is_day_first(match[1] for match in alike))
    return [
        _Stamp(match.start(), match.end(), match[1], when)
        for match in alike
        if (when := parse_stamp(match[1], day_first)) is not None
    ]


def _shape(stamp: str) -> str:
    return re.sub(r"[0-9]", "0", re.sub(r"[^\W\d]+", "a", stamp))


def _on(day: dt.date | None, when: Moment) -> Moment:
    return when.replace(year=day.year, month=day.month, day=day.day) if day else when


def _before_first(text: str, lines: Lines, stamps: list[_Stamp], day: dt.date | None) -> Iterator[Entry | Skipped]:
    """Yield the text under no stamp as an entry of the day next to it, which is a guess that is said."""
    before = text[: stamps[0].start] if stamps else text
    if not before.strip():
        return
    where = lines.where(len(before) - len(before.lstrip()))
    if day is None and not stamps:
        yield Skipped(where, NO_STAMP)
        return
    when = stamps[0].when if stamps else dt.date.min
    known = day or (when.date() if isinstance(when, dt.datetime) else when)
    yield parse_entry(before, where, known)
    yield Noted(where, f"no date stands above this text; it came in under {known.isoformat()}")


def _dates_that_are_none(text: str, lines: Lines, start: int, end: int) -> Iterator[Skipped]:
    for match in BRACKETED.finditer(text, start, min(end, len(text))):
        if looks_like_stamp(match[1]) and parse_stamp(match[1]) is None:
            why = f"there is no date {match[1]}; what follows came in with the entry before"
            yield Noted(lines.where(match.start()), why)


def _guess(lines: Lines, stamps: list[_Stamp]) -> Iterator[Skipped]:
    if stamps and is_day_first(stamp.text for stamp in stamps) is None:
        meant = stamps[0].when.isoformat()[:10]
        yield Noted(f"{lines.name}:1", f"dates were read with the month first: {stamps[0].text} as {meant}")
