"""A kind's fields and sections as help text, from its file."""

from __future__ import annotations

import click

from reflect.records.kinds import Field, Kind
from reflect.records.values import allowed


def format_kind(kind: Kind, formatter: click.HelpFormatter) -> None:
    """Write what `--set` and `--section` take for a kind."""
    with formatter.section(kind.label):
        formatter.write_text(f"{kind.purpose} Kept in {kind.folder}/. {_sharing(kind)}".strip())
    if kind.fields:
        with formatter.section("Fields (--set FIELD=VALUE)"):
            formatter.write_dl([(each.name, _field_help(each)) for each in kind.fields])
    if kind.sections:
        with formatter.section('Sections (--section "TITLE=TEXT")'):
            formatter.write_dl([(each.title, each.hint or " ") for each in kind.sections])


def _sharing(kind: Kind) -> str:
    return "Private: it never leaves." if kind.is_private else "Private until you share it."


def _field_help(field: Field) -> str:
    takes = f"a {' or '.join(field.of)}, by the end of its id" if field.of and not field.is_list else allowed(field)
    if field.choices and field.open:
        takes = f"such as {', '.join(field.choices)}"
    elif field.choices and field.is_list:
        takes = f"some of: {', '.join(field.choices)}"
    default = f" [{field.default}]" if field.default else ""
    return f"{takes[0].upper()}{takes[1:]}.{default} {field.help}".strip()
