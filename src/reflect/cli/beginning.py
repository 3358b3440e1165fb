"""The command with which a missing record is begun, or one that lacks something is gone on with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reflect.records.record import as_list
from reflect.records.textforms import one_line
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value

if TYPE_CHECKING:
    from reflect.insights.clauses import Missing
    from reflect.store.catalog import Row


def begin_line(missing: Missing, agenda: Row) -> str:
    """Return what to type for what is missing in an agenda."""
    from reflect.cli.text import short_id

    if missing.row is not None:
        return f"reflect edit {short_id(missing.row)}"
    return begin_command(missing.kind, missing.fields, agenda)


def begin_command(kind: str, fields: Mapping[str, Value], agenda: Row | None = None) -> str:
    """Return the command that begins a record of a kind with some fields, in an agenda."""
    from reflect.cli.text import short_id

    given = [f"--set {name}={','.join(map(_short, as_list(value)))}" for name, value in fields.items()]
    of = [f"--agenda {short_id(agenda)}"] if agenda is not None and agenda.kind == "agenda" else []
    return one_line(" ".join(["reflect new", kind, *of, *given, "--edit"]))


def _short(value: str) -> str:
    """Return what names a record on a command line, where a value is one's id."""
    return value[-6:].lower() if is_ulid(value) else value
