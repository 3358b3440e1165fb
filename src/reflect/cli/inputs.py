"""What a person gives on the command line or on standard input, taken apart."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.errors import ReflectError, UsageError
from reflect.records import moments
from reflect.records.compose import Content, parse_assignments, parse_sections
from reflect.records.kinds import Kind
from reflect.records.values import BadValue
from reflect.records.yaml_block import Value

if TYPE_CHECKING:
    from reflect.cli.session import Session

BOM = "\ufeff"


@dataclass(frozen=True)
class Typed:
    """The text of a new record; one that came by a pipe stands nowhere else."""

    text: str = ""
    was_piped: bool = False


def typed_text(words: Sequence[str], may_read: bool) -> Typed:
    """Return TEXT, or what stands on standard input: for `-`, and without TEXT if `may_read`."""
    if list(words) == ["-"] or (not words and may_read and stdin_has_text()):
        return Typed(_as_lines(_read_stdin()), was_piped=True)
    return Typed(" ".join(words))


def stdin_has_text() -> bool:
    """Say whether standard input is a pipe or a file."""
    if sys.stdin is None or sys.stdin.closed:
        return False
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (OSError, ValueError):
        # Not a file of the system, as in a test.
        return not sys.stdin.isatty()
    return stat.S_ISFIFO(mode) or stat.S_ISREG(mode) or stat.S_ISSOCK(mode)


def _read_stdin() -> str:
    if sys.stdin is None:
        return ""
    if sys.stdin.isatty():
        print("Write your text; end it with ctrl+d on an empty line.", file=sys.stderr)
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")


def _as_lines(text: str) -> str:
    return text.removeprefix(BOM).replace("\r\n", "\n").replace("\r", "\n")


def refuse_other_bytes(text: str, what: str) -> None:
    """Raise ReflectError, naming the line, for bytes that are not UTF-8.

    A record with such bytes could not be read back: it would stand in every list as unreadable. So
    it is refused here, where the person still knows where the text came from.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise ReflectError(
            f"{what} is not UTF-8 text: line {line} has other bytes, so it was not saved as a record.",
            "Convert it (iconv -f LATIN1 -t UTF-8), then give it again.",
        ) from None


def given_content(
    session: Session,
    kind: Kind,
    title: str,
    agenda: str,
    lenses: Iterable[str],
    tags: Iterable[str],
    assignments: Iterable[str],
    sections: Iterable[str],
) -> tuple[Content, str]:
    """Return everything but the text, and the date if one was set; raises UsageError for what does not exist."""
    values = assigned_values(session, kind, assignments)
    named = {name: values.pop(name, None) for name in ("title", "created", "agenda", "lenses", "tags", "links")}
    known_lenses = [session.workspace.lens(each) for each in lenses]
    content = Content(
        title=title or str(named["title"] or ""),
        agenda=agenda or str(named["agenda"] or ""),
        lenses=tuple(dict.fromkeys([*known_lenses, *_texts(named["lenses"])])),
        tags=tuple(
            dict.fromkeys([*(tag.strip().removeprefix("#") for tag in tags if tag.strip()), *_texts(named["tags"])])
        ),
        links=tuple(_texts(named["links"])),
        fields=_fields(kind, values),
        sections=parse_sections(kind, sections),
    )
    return content, str(named["created"] or "")


def assigned_values(session: Session, kind: Kind, assignments: Iterable[str]) -> dict[str, Value | None]:
    """Return what `--set` sets: dates and lenses as they are stored, series read from their files."""
    try:
        values = parse_assignments(kind, [_spelled_out(session, kind, each) for each in assignments])
    except BadValue as error:
        raise UsageError(error.message, error.hint) from None
    created = values.get("created")
    if isinstance(created, str):
        values["created"] = session.moment(created)
    lenses = values.get("lenses")
    if isinstance(lenses, list):
        values["lenses"] = [session.workspace.lens(each) for each in _texts(lenses)]
    return values


def _texts(value: Value | None) -> list[str]:
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def _fields(kind: Kind, values: Mapping[str, Value | None]) -> dict[str, Value]:
    """Return the fields of a new record; one that was cleared is empty, so that its default is cleared too."""
    named = {each.name for each in kind.fields if each.type in ("record", "records")}
    return {name: value or "" for name, value in values.items() if value or name not in named}


def _spelled_out(session: Session, kind: Kind, assignment: str) -> str:
    """Return `FIELD=VALUE` with a file of a series, or words for a date, as the values that are meant."""
    name, _, value = assignment.partition("=")
    field = kind.field(name.strip().replace("-", "_"))
    if field is not None and field.type == "series" and value.strip().startswith("@"):
        return f"{name}={series_in_file(Path(value.strip()[1:]).expanduser())}"
    if field is not None and field.type == "date" and value.strip():
        return f"{name}={session.moment(value, kind.looks_ahead(field.name))}"
    return assignment


def series_in_file(path: Path) -> str:
    """Return the dates and numbers of a CSV file (date, number; a line of headings may come first)."""
    import csv

    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "not UTF-8 text"
        raise ReflectError(f"{path} cannot be read: {why}.", "Give a CSV file: FIELD=@FILE.csv") from None
    separator = ";" if ";" in text.partition("\n")[0] else ","
    pairs = []
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=separator), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and not moments.is_day(cells[0])):
            continue
        if len(cells) < 2 or not moments.is_day(cells[0]):
            raise UsageError(
                f"{path}, line {number}: “{','.join(row)}” is not a date and a number.", "Write: 2026-09-04,12"
            )
        pairs.append(f"{cells[0]}={cells[1]}")
    return ", ".join(pairs)
