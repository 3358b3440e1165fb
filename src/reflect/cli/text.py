"""What people read: lines that are aligned, short, and clean of everything that could steer a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import click

from reflect.exports.figures.columns import fitted as fitted
from reflect.exports.figures.columns import padded as padded
from reflect.exports.figures.columns import width as width
from reflect.records.textforms import cleaned, one_line

if TYPE_CHECKING:
    from reflect.cli.session import Session
    from reflect.community.feed import Answer
    from reflect.community.reading import Beside
    from reflect.insights.loops import OpenLoop
    from reflect.records.kinds import Kind
    from reflect.records.record import Record
    from reflect.records.yaml_block import Value
    from reflect.store.catalog import Row

ID_LENGTH = 6
COLUMN_WIDTH = 18
GAP = "  "
NOBODY: Mapping[int, str] = {}


def short_id(record: Row | Record) -> str:
    """Return what names a record on a command line: the end of its id, else its path."""
    return record.id[-ID_LENGTH:].lower() if len(record.id) == 26 else one_line(record.path)


def table(rows: Sequence[Sequence[str]], columns: int, styles: Sequence[str] = ()) -> list[str]:
    """Return rows as aligned lines; the last column takes what is left. `styles` are colors by column."""
    if not rows:
        return []
    widths = [max(width(row[number]) for row in rows) for number in range(len(rows[0]) - 1)]
    left = max(columns - sum(widths) - len(GAP) * len(widths), 10)
    lines = []
    for row in rows:
        cells = [padded(cell, widths[number]) for number, cell in enumerate(row[:-1])] + [fitted(row[-1], left)]
        styled = [
            click.style(cell, fg=style) if style else cell
            for cell, style in zip(cells, [*styles, *[""] * len(cells)], strict=False)
        ]
        lines.append(GAP.join(styled).rstrip())
    return lines


def rows_as_lines(
    rows: Sequence[Row | Record], columns: int, kind: Kind | None = None, says_by: Mapping[int, str] = NOBODY
) -> list[str]:
    """Return records as a list: day, kind (or the kind's own columns), id, title, and of shared ones where and whose.

    `says_by` are words on those that speak in another's name, by their numbers.
    """
    cells = [[one_line(row.day) or "no date", *_middle(row, kind), short_id(row), _title(row, says_by)] for row in rows]
    between = len(cells[0]) - 3 if cells else 0
    return table(cells, columns, ["bright_black", *[""] * between, "cyan"])


def _middle(row: Row | Record, kind: Kind | None) -> list[str]:
    if kind is None:
        return [one_line(row.kind)]
    names = [name for name in kind.columns if name == "lenses" or kind.field(name)]
    texts = [", ".join(row.lenses) if name == "lenses" else ", ".join(row.list_of(name)) for name in names]
    return [fitted(one_line(text), COLUMN_WIDTH) or "-" for text in texts]


def _title(row: Row | Record, says_by: Mapping[int, str] = NOBODY) -> str:
    title = one_line(row.title) or "(no title)"
    if row.place:
        mark = "● " if getattr(row, "unread", 0) else ""
        who = one_line(row.author or getattr(row, "owner_name", ""))
        # What warns stands first, where no narrow terminal cuts it off.
        warning = one_line(says_by.get(getattr(row, "rowid", 0), ""))
        title = f"{mark}{f'({warning}) ' if warning else ''}{title} · {one_line(row.place)}{', ' if who else ''}{who}"
    return f"unreadable: {one_line(row.problem)} · {title}" if row.problem else title


def beside_lines(beside: Beside) -> list[str]:
    """Return what is to be known of a record of a community, below its title."""
    row = beside.row
    who = beside.says_by or (
        f"by {row.author or row.owner_name}" if row.author or row.owner_name else "by nobody named"
    )
    parts = [row.place, who, "new to you" * beside.was_unread, "not sent yet" * beside.is_unsent]
    lines = [one_line(" · ".join(part for part in parts if part))]
    return [*lines, "withdrawn at its origin"] if beside.is_withdrawn_at_origin else lines


def answer_lines(answers: Sequence[Answer], says_by: Mapping[int, str], columns: int) -> list[str]:
    """Return the answers to a record, those to an answer indented below it: day, id, who, what."""
    cells = []
    for each in answers:
        row = each.row
        who = says_by.get(row.rowid) or row.author or row.owner_name
        mark = "● " if row.unread else ""
        says = row.text_of("kind_of")
        title = (
            f"{'  ' * each.depth}{mark}{one_line(who)}{f' ({one_line(says)})' if says else ''}: {one_line(row.title)}"
        )
        cells.append([one_line(row.day) or "no date", short_id(row), title])
    return table(cells, columns, ["bright_black", "cyan"])


def value_text(value: Value) -> str:
    """Return a field's value as people read it."""
    if isinstance(value, dict):
        return ", ".join(f"{key}={value_text(each)}" for key, each in value.items())
    if isinstance(value, list):
        return ", ".join(value_text(each) for each in value)
    return cleaned(value)


def entries(pairs: Sequence[tuple[str, str]], columns: int) -> list[str]:
    """Return names and values as aligned lines; a long value goes on below itself."""
    import textwrap

    if not pairs:
        return []
    name_width = max(width(name) for name, _ in pairs)
    lines = []
    for name, text in pairs:
        wrapped = textwrap.wrap(text, max(columns - name_width - len(GAP), 20)) or [""]
        lines.append(f"{padded(name, name_width)}{GAP}{wrapped[0]}".rstrip())
        lines += [" " * (name_width + len(GAP)) + more for more in wrapped[1:]]
    return lines


def wrapped(text: str, columns: int, indent: str = "") -> list[str]:
    """Return a text as lines that fit."""
    import textwrap

    return textwrap.wrap(text, columns, initial_indent=indent, subsequent_indent=indent)


def print_lines(session: Session, lines: Sequence[str]) -> None:
    """Print lines in one piece."""
    if lines:
        session.line("\n".join(lines))


def loop_lines(loops: Sequence[OpenLoop], columns: int) -> list[str]:
    """Return open loops as lines: since when, the record, the loop's name, and below what it asks."""
    heads = table([[loop.since, short_id(loop.row), one_line(loop.row.title)] for loop in loops], columns, ["", "cyan"])
    lines = []
    for head, loop in zip(heads, loops, strict=True):
        lines += [head, fitted(f"    {loop.loop}: {one_line(loop.say)}", columns)]
    return lines
