"""A digest as Markdown that reads well as plain text too, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reflect.cli.shapes import Shape, Shapes
from reflect.cli.text import short_id
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from reflect.community.digest import CommunityDigest
    from reflect.store.catalog import Row
    from reflect.workspace import Workspace


def digest_lines(desk: Workspace, found: Sequence[CommunityDigest]) -> list[str]:
    """Return what is new as Markdown."""
    lines: list[str] = []
    for each in found:
        lines += [f"# {each.place}: new since {each.since}", ""]
        if not each:
            lines += ["Nothing new.", ""]
        if each.answers:
            lines += _part(desk, "Answers to your records", each.answers)
        for group in each.groups:
            title = one_line(group.agenda.title) if group.agenda else "Without an agenda"
            lines += _part(desk, title, group.rows)
        if each.edited:
            changed = [
                f"- {_head(desk, one.row)} (changed by {one_line(one.by)}, {one.at[:10]})" for one in each.edited
            ]
            lines += ["## Changed", "", *changed, ""]
        if each.withdrawn:
            gone = [f"- {_label(desk, one.kind)}: {one_line(one.title)} ({one.at[:10]})" for one in each.withdrawn]
            lines += ["## Withdrawn", "", *gone, ""]
    return lines[:-1]


def digest_shape(desk: Workspace, found: Sequence[CommunityDigest]) -> list[Shape]:
    """Return what is new as JSON."""
    shapes = Shapes(desk)
    return [
        {
            "community": each.place,
            "since": each.since,
            "answers": [shapes.listed(row) for row in each.answers],
            "new": [
                {
                    "agenda": {"id": group.agenda.id, "title": group.agenda.title} if group.agenda else None,
                    "followed": group.is_followed,
                    "records": [shapes.listed(row) for row in group.rows],
                }
                for group in each.groups
            ],
            "edited": [{**shapes.listed(one.row), "by": one.by, "at": one.at} for one in each.edited],
            "withdrawn": [{"title": one.title, "kind": one.kind, "by": one.by, "at": one.at} for one in each.withdrawn],
        }
        for each in found
    ]


def _part(desk: Workspace, title: str, rows: Sequence[Row]) -> list[str]:
    others = desk.reading.in_others_names(rows)
    lines = [f"## {title}", ""]
    for row in rows:
        who = others.get(row.rowid) or row.author or row.owner_name
        lines.append(f"- {_head(desk, row)} ({one_line(who)}, {row.day})")
    return [*lines, ""]


def _head(desk: Workspace, row: Row) -> str:
    word = row.text_of("valence") or row.text_of("choice") or row.text_of("kind_of")
    label = f"{_label(desk, row.kind)}{f', {one_line(word)}' if word else ''}"
    return f"{label}: {one_line(row.title)} [{short_id(row)}]"


def _label(desk: Workspace, name: str) -> str:
    kind = desk.kinds.find(name)
    return one_line(kind.shown_label(desk.lang) if kind else name)
