"""By which lines a text can be told from all others, and whose a text is, also one that cannot be parsed."""

from __future__ import annotations

import re

from reflect.errors import Unreadable
from reflect.records.document import BOM, MAX_FRONT_MATTER, Document

# Bytes: a shorter line, such as a heading or a date, may stand anywhere.
SHORTEST = 21
# What may stand around a line where it is quoted, listed or made a heading.
AROUND = b" \t\r\n\f\v>-*+#\"'"
ULID = rb"[0-7][0-9A-HJKMNP-TV-Z]{25}"
NAMED = re.compile(rb"^(id|conflict_of):[ \t]*[\"']?(" + ULID + rb")[\"']?[ \t]*(?:#.*)?\r?$", re.MULTILINE)
FENCE = re.compile(rb"^---[ \t]*\r?$", re.MULTILINE)
TITLE = re.compile(rb"^title:[ \t]*(.+)$", re.MULTILINE)


def telling_lines(data: bytes) -> set[bytes]:
    """Return the lines of a text that are long enough to be told from others, without what may stand around them."""
    return {line for each in data.splitlines() if len(line := each.strip(AROUND)) >= SHORTEST}


def sentences(data: bytes) -> set[bytes]:
    """Return those of the lines that a person wrote as text: the title and the body without its headings."""
    head, body = _parts(data)
    written = b"\n".join(line for line in body.splitlines() if not line.startswith(b"#"))
    return telling_lines(b"\n".join([*TITLE.findall(head), written]))


def own_lines(data: bytes) -> set[bytes]:
    """Return the lines by which a record is known anywhere: all that are telling, and its title by itself."""
    return telling_lines(data) | sentences(data)


def identity(data: bytes) -> tuple[str, str]:
    """Return the id of a record's file and that of the record whose second version it is, `""` for none."""
    head, _ = _parts(data)
    found = {key: name.decode() for key, name in NAMED.findall(head)}
    if head and b"id" not in found:
        found |= _parsed(head)
    return found.get(b"id", ""), found.get(b"conflict_of", "")


def _parsed(head: bytes) -> dict[bytes, str]:
    """Return the ids of a front matter that is written in another way than ours."""
    if re.search(ULID, head) is None:
        return {}
    try:
        values = Document.parse(f"---\n{head.decode('utf-8', 'surrogateescape')}\n---\n").values
    except Unreadable:
        return {}
    named = {key: str(values.get(key, "")) for key in ("id", "conflict_of")}
    return {key.encode(): name for key, name in named.items() if re.fullmatch(ULID, name.encode())}


def _parts(data: bytes) -> tuple[bytes, bytes]:
    """Return front matter and body; of a front matter that does not end, all is body too."""
    start = data.removeprefix(BOM.encode())
    first, newline, rest = start[:8192].partition(b"\n")
    if not newline or first.rstrip() != b"---":
        return b"", data
    rest = start[len(first) + 1 :]
    end = FENCE.search(rest)
    return (rest[: end.start()], rest[end.end() :]) if end else (rest[:MAX_FRONT_MATTER], rest)
