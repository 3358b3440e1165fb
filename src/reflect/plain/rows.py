"""A record on one line to be heard: what it is called, what it is, when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reflect.plain.days import due_day, spoken_day
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from reflect.cli.session import Session
    from reflect.records.kinds import Kind

Shape = Mapping[str, Any]


@dataclass(frozen=True)
class Item:
    """What a number stands for. `what` is record, draft, prompt, state or kind; `more` a loop's name or a state."""

    what: str
    ref: str
    more: str = ""
    title: str = ""


@dataclass(frozen=True)
class Line:
    """A line to say; one with an item gets a number."""

    text: str
    item: Item | None = None


class RowWords:
    """Words single records; a shape is what `--json` gives, with text as it was typed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._today = session.context.now().date()

    def row(self, shape: Shape, after: str = "") -> Line:
        """Word a record in a list."""
        says = f"{self.says(shape)}; {spoken_day(shape['created'] or '', self._today)}"
        if shape.get("community"):
            who = f"by {one_line(shape['author'])}, " if shape.get("author") else ""
            says += f"; {who}{shape['community']}{', new' if shape.get('unread') else ''}"
        bad = f"; it cannot be read: {one_line(shape['unreadable'])}" if shape.get("unreadable") else ""
        return Line(f"{as_sentence(shape['title'])} {says}{after}{bad}", item_of(shape))

    def due(self, shape: Shape) -> Line:
        """Word something that a date asks for."""
        label = self.label(shape["kind"])
        title, say = as_sentence(shape["title"]), one_line(shape["say"])
        when = due_day(shape["day"], self._today)
        item = item_of(shape, shape.get("loop", ""))
        if not shape.get("loop"):
            return Line(f"{title} {label}; {say.lower()} {when.removeprefix('on ')}", item)
        return Line(f"{title} {label}; due {when}. {say}", item)

    def draft(self, shape: Shape) -> Line:
        """Word a draft."""
        label, at = self.label(shape["kind"]), shape["saved_at"]
        what = f"draft of changes to a {label}" if shape["path"] else f"draft of a {label}"
        title = one_line(shape["title"])
        item = Item("draft", shape["id"], title=title)
        return Line(f"{as_sentence(title)} {what}; {spoken_day(at, self._today)}, {at[11:16]}", item)

    def says(self, shape: Shape) -> str:
        """Return the kind of a record, with what tells most of it."""
        kind = self.kind(shape["kind"])
        field = kind.field("valence") or kind.field("status") if kind else None
        value = shape["fields"].get(field.name) if field and "fields" in shape else ""
        says = self.label(shape["kind"])
        return f"{says}, {one_line(str(value))}" if value else says

    def label(self, name: str) -> str:
        """Return the name of a kind, inside a sentence."""
        kind = self.kind(name)
        return one_line(kind.shown_label(self._session.workspace.lang) if kind else name).lower() or "record"

    def kind(self, name: str) -> Kind | None:
        """Return a kind, None for a name that is none."""
        return self._session.workspace.kinds.find(name)

    def lens(self, slug: str) -> str:
        """Return what a lens is called."""
        titles = {lens.slug: lens.title for each in self._session.frameworks for lens in each.lenses}
        return one_line(titles.get(slug, slug))

    def title(self, name: str, place: str = "") -> str:
        """Return the title of what an id or a name means where it is written, else the name."""
        rows = self._session.workspace.catalog.named(name, place)
        return one_line(rows[0].title if len(rows) == 1 else name)


def as_sentence(title: str) -> str:
    """Return a title that ends as a sentence does, so that a voice rests there."""
    title = one_line(title) or "No title"
    return title if title[-1] in ".!?…" else f"{title}."


def item_of(shape: Shape, loop: str = "") -> Item:
    """Return what the number of a record stands for."""
    return Item("record", shape["id"] or shape["path"], loop, one_line(shape["title"]))


def short_id(shape: Shape) -> str:
    """Return what names a record: the end of its id, else its path."""
    return shape["id"][-6:].lower() if shape["id"] and len(shape["id"]) == 26 else one_line(shape["path"])
