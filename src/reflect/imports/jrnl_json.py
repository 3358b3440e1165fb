"""jrnl's JSON export, read entry by entry so that a damaged end does not cost the beginning."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from reflect.imports.entry import Entry
from reflect.imports.jrnl import NO_WORDS, STARRED, plain_tags, tags_in, without_blank_ends
from reflect.imports.places import Lines
from reflect.imports.report import Noted, Skipped
from reflect.imports.stamps import parse_stamp

BLANKS = re.compile(r"[ \t\r\n]*")
LONE_HALF = re.compile("[\ud800-\udfff]")
NOT_ENTRIES = "this JSON has no list of “entries”, as jrnl's export does"


def read_jrnl_json(text: str, name: str) -> Iterator[Entry | Skipped]:
    """Yield the entries of an export in the order of the file."""
    decoder = json.JSONDecoder()
    lines = Lines(text, name)
    place = 0
    try:
        place = _start_of_entries(text, decoder)
        if place < 0:
            yield Skipped(f"{name}:1", NOT_ENTRIES)
            return
        while text[place : place + 1] != "]":
            value, end = decoder.raw_decode(text, place)
            yield from _entry(value, lines.where(place))
            place = _after(text, end)
            if text[place : place + 1] == ",":
                place = _after(text, place + 1)
            elif text[place : place + 1] != "]":
                raise json.JSONDecodeError("Expecting ',' or ']'", text, place)
    except json.JSONDecodeError as error:
        yield Skipped(f"{name}:{error.lineno}", f"the JSON is damaged here ({error.msg}); what follows did not come in")
    except RecursionError:
        yield Skipped(lines.where(place), "the JSON is nested too deep; what follows did not come in")


def _start_of_entries(text: str, decoder: json.JSONDecoder) -> int:
    """Return where the first of the entries stands, -1 when there is no list of them."""
    place = _after(text, 0)
    if text[place : place + 1] != "{":
        return -1
    place = _after(text, place + 1)
    while text[place : place + 1] == '"':
        key, place = decoder.raw_decode(text, place)
        place = _after(text, place)
        if text[place : place + 1] != ":":
            raise json.JSONDecodeError("Expecting ':'", text, place)
        place = _after(text, place + 1)
        if key == "entries":
            return _after(text, place + 1) if text[place : place + 1] == "[" else -1
        _, place = decoder.raw_decode(text, place)
        place = _after(text, place)
        if text[place : place + 1] == ",":
            place = _after(text, place + 1)
    return -1


def _entry(value: Any, where: str) -> Iterator[Entry | Skipped]:
    if not isinstance(value, dict):
        yield Skipped(where, "this is not an entry")
        return
    date, time, title, body = (_text(value, key) for key in ("date", "time", "title", "body"))
    when = parse_stamp(f"{date} {time}".strip())
    if when is None:
        given = f"{date} {time}".strip()[:40]
        yield Skipped(where, f"“{given}” is no date" if given else "an entry without a date")
        return
    if not (title.strip() or body.strip()):
        yield Skipped(where, NO_WORDS)
        return
    given_tags = value.get("tags")
    listed = [tag for tag in given_tags if isinstance(tag, str)] if isinstance(given_tags, list) else []
    tags = [*tags_in(f"{title}\n{body}"), *plain_tags([_whole(tag) for tag in listed])]
    if value.get("starred") is True:
        tags.append(STARRED)
    yield Entry(where, when, title.strip(), without_blank_ends(body), tuple(dict.fromkeys(tags)))
    if any(LONE_HALF.search(each) for each in value.values() if isinstance(each, str)):
        yield Noted(where, "half of a character, which no file can hold, came in as �")


def _text(value: dict[str, Any], key: str) -> str:
    found = value.get(key)
    return _whole(found).replace("\r\n", "\n").replace("\r", "\n") if isinstance(found, str) else ""


def _whole(text: str) -> str:
    return LONE_HALF.sub("\ufffd", text)


def _after(text: str, place: int) -> int:
    found = BLANKS.match(text, place)
    return found.end() if found else place
