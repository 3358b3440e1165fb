"""Answers of commands as lines to be heard: what it is first, details last, words for signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reflect.plain.days import full_day, spoken_day
from reflect.plain.drawn import drawn_lines
from reflect.plain.rows import Item, Line, RowWords, Shape, item_of, short_id
from reflect.records.textforms import cleaned, folded, one_line
from reflect.records.ulid import is_ulid

if TYPE_CHECKING:
    from reflect.cli.session import Session

LINK = re.compile(r"\[\[([^\[\]\n|]{1,400})(?:\|([^\[\]\n]*))?\]\]")
HEADING = re.compile(r"(?:^| )#{1,6} ")
MANY_LINKS = 50
MOST_NEW = 5
PARTS = {
    "known": "Made known",
    "engaged": "People engaged",
    "shared": "Findings shared",
    "explained": "Changes explained",
}


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
        self._rows = RowWords(session)
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
            "insights": self.insights,
        }
        return words.get(path)

    # Lists

    def rows(self, shapes: Sequence[Shape]) -> Answer:
        """Word a list of records."""
        lines: list[Line] = []
        for shape in shapes:
            lines.append(self._rows.row(shape))
            snippet = HEADING.sub(" ", one_line(shape.get("snippet", ""))).strip()
            if snippet and not folded(snippet).startswith(folded(one_line(shape["title"]))):
                lines.append(Line(f"   {snippet}"))
        return Answer(lines)

    def today(self, shape: Shape) -> Answer:
        """Word what a leader meets today."""
        counts = [
            f"{len(shape['due'])} due" if shape["due"] else "",
            f"{len(shape['unread'])} new from peers" if shape["unread"] else "",
            f"{len(shape['drafts'])} left open" if shape["drafts"] else "",
            f"{len(shape['on_this_day'])} from earlier years" if shape["on_this_day"] else "",
        ]
        waits = ", ".join(filter(None, counts)) or "nothing waits for you"
        lines = [Line(f"{full_day(shape['day'])}: {waits}.")]
        if shape["prompt"]:
            lines += [Line("The question of the day:"), self.prompt(shape["prompt"])]
        if shape["due"]:
            lines += [Line("Due:"), *map(self._rows.due, shape["due"])]
        if shape["unread"]:
            lines += [Line("New from peers, answers to you first:"), *map(self._rows.row, shape["unread"][:MOST_NEW])]
        if shape["drafts"]:
            lines += [Line("Drafts left open:"), *map(self._rows.draft, shape["drafts"])]
        if shape["on_this_day"]:
            lines += [Line("On this day in earlier years:"), *map(self._rows.row, shape["on_this_day"])]
        return Answer(lines)

    def insights(self, found: Sequence[Shape] | Shape) -> Answer:
        """Word the patterns, a line each, or one with its figure in numbers."""
        if not isinstance(found, Mapping):
            shown = [each for each in found if each["shown"]]
            lines = [
                Line(f"{each['name']}: {one_line(each['says'])} {each['question'] or ''}".strip()) for each in shown
            ]
            lines += [Line(f"{len(found) - len(shown)} more wait for records.")] if len(shown) < len(found) else []
            return Answer([*lines, Line("insights NAME says more of one.")])
        if "lines" in found:
            return Answer(drawn_lines(found))
        lines = [Line(f"{one_line(found['title'])}. {one_line(found['says'])}")]
        group = ""
        for part in (found["figure"] or {"parts": ()})["parts"]:
            if part["group"] and part["group"] != group:
                group = part["group"]
                lines.append(Line(one_line(group)))
            lines.append(_figure_line(part))
        lines += [Line(one_line(each)) for each in found.get("sentences", ()) if each not in found["says"]]
        lines += [Line(one_line(found["question"]))] if found["question"] else []
        lines += [Line(f"{one_line(each['says'])}: say {_said(each['command'])}") for each in found["offers"]]
        return Answer([*lines, Line(f"Counted: {found['counts']}")])

    def prompt(self, shape: Shape) -> Line:
        """Word a question to start from."""
        text = one_line(shape["text"])
        return Line(text, Item("prompt", shape["lens"], shape["text"], text))

    def drafts(self, shapes: Sequence[Shape]) -> Answer:
        """Word the drafts."""
        return Answer([self._rows.draft(each) for each in shapes])

    def loops(self, shapes: Sequence[Shape]) -> Answer:
        """Word the open loops."""
        return Answer([self._rows.due({**each, "day": each["since"]}) for each in shapes])

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
                lines.append(Line(f"{self._rows.lens(before)}:"))
            lines.append(self.prompt(shape))
        return Answer(lines)

    # One agenda, one record

    def agenda(self, shape: Sequence[Shape] | Shape) -> Answer:
        """Word the agendas, or one with what grew from it."""
        if not isinstance(shape, Mapping):
            return self.rows(shape)
        lines = [Line(one_line(shape["title"])), Line(f"{self._rows.says(shape)}. Id {short_id(shape)}.")]
        if shape["tree"]:
            lines.append(Line("What belongs to it:"))
        above: list[int] = []
        for number, each in enumerate(shape["tree"], 1):
            depth = each["depth"] - 1
            under = f"; under {above[depth - 1]}" if depth and depth <= len(above) else ""
            above = [*above[:depth], number]
            lines.append(self._rows.row(each, under))
        lines.append(Line("How open it is:"))
        for name, part in shape["openness"].items():
            lines.append(Line(f"{PARTS[name]}: {'yes' if part['met'] else 'no'}. {one_line(part['why'])}"))
        if shape["open_loops"]:
            lines.append(Line("Still open:"))
            lines += self.loops(shape["open_loops"]).lines
        return Answer(lines, record=item_of(shape))

    def record(self, shape: Shape) -> Answer:
        """Word a record to be read."""
        from reflect.records import markdown

        lines = [
            one_line(shape["title"]),
            f"{self._rows.says(shape)}; {full_day(shape['created'] or '')}. Id {short_id(shape)}.",
        ]
        if shape.get("community"):
            lines.append(self._whose(shape))
        if shape["unreadable"]:
            lines.append(f"It cannot be read: {one_line(shape['unreadable'])}. This is its text as it is.")
        lines += self._fields(shape)
        body = shape["body"]
        before = body if shape["unreadable"] or not shape["sections"] else markdown.preface(body)
        lines += self._text(before, shape.get("community") or "")
        for section in () if shape["unreadable"] else shape["sections"]:
            lines += ["", f"{one_line(section['title'])}:", *self._text(section["text"], shape.get("community") or "")]
        return Answer([*map(Line, lines), *self._leading(shape)], is_beside=True, record=item_of(shape))

    def _whose(self, shape: Shape) -> str:
        """Word whose a record of a community is, and what is to be known of it."""
        author = shape["author"] or shape.get("added_by") or ""
        who = shape.get("says_by") or (f"by {author}" if author else "")
        parts = [f"In {shape['community']}", one_line(who), "new to you" * bool(shape.get("unread"))]
        parts += ["not sent yet" * (shape.get("sent") is False)]
        parts += ["withdrawn at its origin" * bool(shape.get("withdrawn_at_origin"))]
        return "; ".join(filter(None, parts)) + "."

    def _fields(self, shape: Shape) -> list[str]:
        kind, place = self._rows.kind(shape["kind"]), shape.get("community") or ""
        lines = [f"Agenda: {self._rows.title(shape['agenda'], place)}"] if shape["agenda"] else []
        lines += [f"Lenses: {', '.join(map(self._rows.lens, shape['lenses']))}"] if shape["lenses"] else []
        lines += [f"Tags: {', '.join(map(one_line, shape['tags']))}"] if shape["tags"] else []
        for name, value in shape["fields"].items():
            field = kind.field(name) if kind else None
            label = field.shown_label(self._session.workspace.lang) if field else name
            if text := full_day(str(value)) if field and field.type == "date" and value else self._value(value, place):
                lines.append(f"{one_line(label)}: {text}")
        return lines

    def _value(self, value: Any, place: str) -> str:
        if isinstance(value, Mapping):
            return ", ".join(f"{one_line(key)}: {self._value(each, place)}" for key, each in value.items())
        if isinstance(value, list):
            return ", ".join(
                f"{each[0]}: {each[1]}" if isinstance(each, list) and len(each) == 2 else self._value(each, place)
                for each in value
            )
        text = one_line(str(value)) if value is not None else ""
        return self._rows.title(text, place) if is_ulid(text) else text

    def _text(self, text: str, place: str) -> list[str]:
        shown = LINK.sub(lambda match: f"“{match[2] or self._rows.title(match[1], place)}”", text)
        return cleaned(shown).strip("\n").split("\n") if shown.strip() else []

    def _leading(self, shape: Shape) -> list[Line]:
        """Word the records that this one leads to, and those that lead here."""

        catalog = self._session.workspace.catalog
        rows = catalog.at_ref(shape["path"])
        if not rows:
            return []
        lines = []
        for heading, found in (
            (
                "Leads to:",
                [
                    each
                    for name in catalog.links_of(rows[0])[:MANY_LINKS]
                    for each in catalog.named(name, rows[0].place)[:1]
                ],
            ),
            ("Records that lead here:", catalog.linking_to(rows[0])[:MANY_LINKS]),
        ):
            if found:
                lines.append(Line(heading))
            for row in found:
                shown = {"id": row.id, "path": row.ref, "title": row.title, "kind": row.kind}
                lines.append(
                    self._rows.row({**shown, "created": row.day, "fields": row.fields, "unreadable": row.problem})
                )
        return lines


def _figure_line(part: Shape) -> Line:
    """Word one line of a figure; a single record behind it has its number, to be opened."""
    said = one_line(part["label"])
    if "met" in part:
        said += ": yes" if part["met"] else ": not yet"
    if part["count"] is not None:
        said += f": {part['count']}{part.get('unit', '')}" + (f" of {part['of']}" if part["of"] is not None else "")
    note = f"; {one_line(part['note'])}" if part["note"] else ""
    return Line(f"{said}{note}")


def _said(command: str) -> str:
    """Return a command of the command line as it is said here."""
    return one_line(command).removeprefix("reflect ")
