"""Answers of commands as lines to be heard: what it is first, details last, words for signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reflect.plain.days import due_day, full_day, spoken_day
from reflect.records.textforms import cleaned, folded, one_line
from reflect.records.ulid import is_ulid

if TYPE_CHECKING:
    from reflect.cli.session import Session
    from reflect.records.kinds import Kind

LINK = re.compile(r"\[\[([^\[\]\n|]{1,400})(?:\|([^\[\]\n]*))?\]\]")
MANY_LINKS = 50
PARTS = {
    "known": "Made known",
    "engaged": "People engaged",
    "shared": "Findings shared",
    "explained": "Changes explained",
}
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


@dataclass(frozen=True)
class Answer:
    """Lines to say. `is_beside` keeps the numbers of the list before, and goes on from them."""

    lines: Sequence[Line]
    is_beside: bool = False
    record: Item | None = None


class Speaker:
    """Words the answers of commands; each takes the shape that `--json` gives, with text as it was typed."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._today = session.context.now().date()

    def for_command(self, path: str) -> Callable[[Any], Answer] | None:
        """Return what words the answer of a command, None for those whose own words do."""
        words: dict[str, Callable[[Any], Answer]] = {
            "list": self.rows,
            "search": self.rows,
            "today": self.today,
            "agenda": self.agenda,
            "drafts": self.drafts,
            "loop": self.loops,
            "show": self.record,
            "history": self.history,
            "kinds": self.kinds,
            "frameworks": self.frameworks,
            "prompts": self.prompts,
        }
        return words.get(path)

    # Lists

    def rows(self, shapes: Sequence[Shape]) -> Answer:
        """Word a list of records."""
        lines: list[Line] = []
        for shape in shapes:
            lines.append(self._row(shape))
            snippet = one_line(shape.get("snippet", ""))
            if snippet and not folded(snippet).startswith(folded(one_line(shape["title"]))):
                lines.append(Line(f"   {snippet}"))
        return Answer(lines)

    def today(self, shape: Shape) -> Answer:
        """Word what a leader meets today."""
        counts = [
            f"{len(shape['due'])} due" if shape["due"] else "",
            f"{len(shape['drafts'])} left open" if shape["drafts"] else "",
            f"{len(shape['on_this_day'])} from earlier years" if shape["on_this_day"] else "",
        ]
        waits = ", ".join(filter(None, counts)) or "nothing waits for you"
        lines = [Line(f"{full_day(shape['day'])}: {waits}.")]
        if shape["prompt"]:
            lines += [Line("The question of the day:"), self.prompt(shape["prompt"])]
        if shape["due"]:
            lines += [Line("Due:"), *(line for each in shape["due"] for line in self._due(each))]
        if shape["drafts"]:
            lines += [Line("Drafts left open:"), *map(self._draft, shape["drafts"])]
        if shape["on_this_day"]:
            lines += [Line("On this day in earlier years:"), *map(self._row, shape["on_this_day"])]
        return Answer(lines)

    def prompt(self, shape: Shape) -> Line:
        """Word a question to start from."""
        text = one_line(shape["text"])
        return Line(text, Item("prompt", shape["lens"], shape["text"], text))

    def drafts(self, shapes: Sequence[Shape]) -> Answer:
        """Word the drafts."""
        return Answer([self._draft(each) for each in shapes])

    def loops(self, shapes: Sequence[Shape]) -> Answer:
        """Word the open loops."""
        return Answer([line for each in shapes for line in self._due({**each, "day": each["since"]})])

    def history(self, shapes: Sequence[Shape]) -> Answer:
        """Word the states of a record; `ref` of each is filled in by the one who knows the record."""
        lines = []
        for shape in shapes:
            words = one_line(shape["message"])
            head, _, last = words.rpartition(" ")
            message = head if head and len(last) == 8 and last.isalnum() else words
            text = (
                f"{message}; {spoken_day(shape['at'], self._today)}, {shape['at'][11:16]}; {one_line(shape['author'])}"
            )
            lines.append(Line(text, Item("state", "", shape["rev"][:10])))
        return Answer(lines, is_beside=True)

    def kinds(self, shapes: Sequence[Shape] | Shape) -> Answer:
        """Word the kinds of record."""
        found = [shapes] if isinstance(shapes, Mapping) else shapes
        return Answer(
            [
                Line(
                    f"{one_line(each['name'])}: {one_line(each['purpose'] or each['label'])}",
                    Item("kind", each["name"]),
                )
                for each in found
            ]
        )

    def frameworks(self, shapes: Sequence[Shape]) -> Answer:
        """Word the frameworks and their lenses."""
        lines = []
        for shape in shapes:
            lines += [Line(f"{one_line(shape['title'])}:")]
            lines += [Line(f"{each['slug']}: {one_line(each['plain'] or each['title'])}") for each in shape["lenses"]]
            lines += [Line(one_line(shape["source"]))]
        return Answer(lines)

    def prompts(self, shapes: Sequence[Shape]) -> Answer:
        """Word the questions to start from."""
        lines = []
        before = ""
        for shape in shapes:
            if shape["lens"] != before:
                before = shape["lens"]
                lines.append(Line(f"{self._lens(before)}:"))
            lines.append(self.prompt(shape))
        return Answer(lines)

    # One agenda, one record

    def agenda(self, shape: Sequence[Shape] | Shape) -> Answer:
        """Word the agendas, or one with what grew from it."""
        if not isinstance(shape, Mapping):
            return self.rows(shape)
        lines = [Line(one_line(shape["title"])), Line(f"{self._says(shape)}. Id {_short(shape)}.")]
        if shape["tree"]:
            lines.append(Line("What belongs to it:"))
        above: list[int] = []
        for number, each in enumerate(shape["tree"], 1):
            depth = each["depth"] - 1
            under = f"; under {above[depth - 1]}" if depth and depth <= len(above) else ""
            above = [*above[:depth], number]
            lines.append(self._row(each, under))
        lines.append(Line("How open it is:"))
        for name, part in shape["openness"].items():
            lines.append(Line(f"{PARTS[name]}: {'yes' if part['met'] else 'no'}. {one_line(part['why'])}"))
        if shape["open_loops"]:
            lines.append(Line("Still open:"))
            lines += self.loops(shape["open_loops"]).lines
        return Answer(lines, record=_item(shape))

    def record(self, shape: Shape) -> Answer:
        """Word a record to be read."""
        from reflect.records import markdown

        lines = [
            one_line(shape["title"]),
            f"{self._says(shape)}; {full_day(shape['created'] or '')}. Id {_short(shape)}.",
        ]
        if shape["unreadable"]:
            lines.append(f"It cannot be read: {one_line(shape['unreadable'])}. This is its text as it is.")
        lines += self._fields(shape)
        body = shape["body"]
        before = body if shape["unreadable"] or not shape["sections"] else markdown.preface(body)
        lines += self._text(before)
        for section in () if shape["unreadable"] else shape["sections"]:
            lines += ["", f"{one_line(section['title'])}:", *self._text(section["text"])]
        return Answer([*map(Line, lines), *self._leading(shape)], is_beside=True, record=_item(shape))

    def _fields(self, shape: Shape) -> list[str]:
        kind = self._kind(shape["kind"])
        lines = [f"Agenda: {self._title(shape['agenda'])}"] if shape["agenda"] else []
        lines += [f"Lenses: {', '.join(map(self._lens, shape['lenses']))}"] if shape["lenses"] else []
        lines += [f"Tags: {', '.join(map(one_line, shape['tags']))}"] if shape["tags"] else []
        for name, value in shape["fields"].items():
            field = kind.field(name) if kind else None
            label = field.shown_label(self._session.workspace.lang) if field else name
            if text := full_day(str(value)) if field and field.type == "date" and value else self._value(value):
                lines.append(f"{one_line(label)}: {text}")
        return lines

    def _value(self, value: Any) -> str:
        if isinstance(value, Mapping):
            return ", ".join(f"{one_line(key)}: {self._value(each)}" for key, each in value.items())
        if isinstance(value, list):
            return ", ".join(
                f"{each[0]}: {each[1]}" if isinstance(each, list) and len(each) == 2 else self._value(each)
                for each in value
            )
        text = one_line(str(value)) if value is not None else ""
        return self._title(text) if is_ulid(text) else text

    def _text(self, text: str) -> list[str]:
        shown = LINK.sub(lambda match: f"“{match[2] or self._title(match[1])}”", text)
        return cleaned(shown).strip("\n").split("\n") if shown.strip() else []

    def _leading(self, shape: Shape) -> list[Line]:
        """Word the records that this one leads to, and those that lead here."""
        catalog = self._session.workspace.catalog
        rows = catalog.at_path(shape["path"])
        if not rows:
            return []
        lines = []
        for heading, found in (
            (
                "Leads to:",
                [each for name in catalog.links_of(rows[0])[:MANY_LINKS] for each in catalog.named(name)[:1]],
            ),
            ("Records that lead here:", catalog.linking_to(rows[0])[:MANY_LINKS]),
        ):
            if found:
                lines.append(Line(heading))
            for row in found:
                shown = {"id": row.id, "path": row.path, "title": row.title, "kind": row.kind}
                lines.append(self._row({**shown, "created": row.day, "fields": row.fields, "unreadable": row.problem}))
        return lines

    # Their parts

    def _row(self, shape: Shape, after: str = "") -> Line:
        says = f"{self._says(shape)}; {spoken_day(shape['created'] or '', self._today)}"
        bad = f"; it cannot be read: {one_line(shape['unreadable'])}" if shape.get("unreadable") else ""
        return Line(f"{as_sentence(shape['title'])} {says}{after}{bad}", _item(shape))

    def _due(self, shape: Shape) -> list[Line]:
        label = self._label(shape["kind"])
        when = due_day(shape["day"], self._today)
        item = _item(shape, shape.get("loop", ""))
        if not shape.get("loop"):
            return [
                Line(
                    f"{as_sentence(shape['title'])} {label}; {one_line(shape['say']).lower()} {when.removeprefix('on ')}",
                    item,
                )
            ]
        return [Line(f"{as_sentence(shape['title'])} {label}; due {when}. {one_line(shape['say'])}", item)]

    def _draft(self, shape: Shape) -> Line:
        what = (
            f"draft of changes to a {self._label(shape['kind'])}"
            if shape["path"]
            else f"draft of a {self._label(shape['kind'])}"
        )
        when = f"{spoken_day(shape['saved_at'], self._today)}, {shape['saved_at'][11:16]}"
        return Line(
            f"{as_sentence(shape['title'])} {what}; {when}", Item("draft", shape["id"], title=one_line(shape["title"]))
        )

    def _says(self, shape: Shape) -> str:
        """Return the kind of a record, with what tells most of it."""
        kind = self._kind(shape["kind"])
        field = kind.field("valence") or kind.field("status") if kind else None
        value = shape["fields"].get(field.name) if field and "fields" in shape else ""
        says = self._label(shape["kind"])
        return f"{says}, {one_line(str(value))}" if value else says

    def _label(self, name: str) -> str:
        kind = self._kind(name)
        return one_line(kind.shown_label(self._session.workspace.lang) if kind else name).lower() or "record"

    def _kind(self, name: str) -> Kind | None:
        return self._session.workspace.kinds.find(name)

    def _lens(self, slug: str) -> str:
        titles = {lens.slug: lens.title for each in self._session.frameworks for lens in each.lenses}
        return one_line(titles.get(slug, slug))

    def _title(self, name: str) -> str:
        rows = self._session.workspace.catalog.named(name)
        return one_line(rows[0].title if len(rows) == 1 else name)


def as_sentence(title: str) -> str:
    """Return a title that ends as a sentence does, so that a voice rests there."""
    title = one_line(title) or "No title"
    return title if title[-1] in ".!?…" else f"{title}."


def _item(shape: Shape, loop: str = "") -> Item:
    return Item("record", shape["id"] or shape["path"], loop, one_line(shape["title"]))


def _short(shape: Shape) -> str:
    return shape["id"][-6:].lower() if shape["id"] and len(shape["id"]) == 26 else one_line(shape["path"])
