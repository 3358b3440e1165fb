"""Asking for a field: choices as numbered lists, dates in words, wrong values said with what is allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reflect.errors import ReflectError, UsageError
from reflect.plain.asking import Asker, Said
from reflect.plain.days import full_day
from reflect.plain.paper import Paper
from reflect.plain.rows import as_sentence
from reflect.records.kinds import Field, Kind
from reflect.records.query import Filters
from reflect.records.remarks import of_field
from reflect.records.textforms import folded, one_line
from reflect.records.ulid import is_ulid
from reflect.records.values import BadValue, parse_value
from reflect.records.yaml_block import Value

if TYPE_CHECKING:
    from reflect.plain.terminal import Terminal
    from reflect.workspace import Workspace

MANY = 20
EMPTY = "-"
# Known to every kind.
TAGS = Field("tags", "choices", "Tags", help="Words of your own, with commas between.", open=True)
LENSES = Field("lenses", "choices", "Lenses", help="Ways of looking at it; the word frameworks lists them.", open=True)
DAY = Field("created", "date", "Day", help="When it happened. Words such as yesterday do.")
AGENDA = Field("agenda", "record", "Agenda", help="The learning agenda it belongs to.", of=("agenda",))
COMMON = (TAGS, LENSES, DAY, AGENDA)


class FieldAsker:
    """Asks for the fields of one paper."""

    def __init__(self, terminal: Terminal, asker: Asker, workspace: Workspace) -> None:
        self._terminal = terminal
        self._asker = asker
        self._workspace = workspace

    def ask(self, paper: Paper, field: Field) -> tuple[Said, Paper]:
        """Ask for a field and return the paper with it, and the word that was said instead, if one was."""
        choices = self._choices(paper, field)
        self._introduce(paper, field, [label for label, _ in choices])
        is_past_fine = False
        while True:
            said = self._asker.line(f"{field.shown_label(paper.lang)}: ")
            if said.word == ":skip" or not (said.word or said.text):
                return Said(), paper
            if said.word == ":read":
                self._say_now(paper, field)
                continue
            if said.word and said.word != ":clear":
                return said, paper
            if said.word == ":clear" or said.text == EMPTY:
                if field.name == "created":
                    self._terminal.say("A record keeps its day; give another one instead.")
                    continue
                return Said(), paper.with_value(field.name, None)
            try:
                value = self._value(paper.kind, field, said.text, choices)
                if not is_past_fine and self._is_unlikely(paper, field, value):
                    is_past_fine = True
                    continue
                self._say_remarks(paper, field, value)
                return Said(), paper.with_value(field.name, value)
            except BadValue as error:
                label = field.shown_label(paper.lang)
                self._terminal.say(f"{label} cannot be “{one_line(said.text)}”. {one_line(error.hint)}")
            except ReflectError as error:
                self._asker.trouble(error)

    def _say_remarks(self, paper: Paper, field: Field, value: Value | None) -> None:
        """Say what is not counted of what was given; it is kept all the same."""
        if field.check and value:
            for remark in of_field(paper.kind, field.name, {field.name: value}, self._workspace.lines_of()):
                self._terminal.say(remark)

    def _introduce(self, paper: Paper, field: Field, choices: Sequence[str]) -> None:
        label = field.shown_label(paper.lang)
        help_text = field.help_es if paper.lang == "es" and field.help_es else field.help
        self._terminal.say("")
        self._terminal.say(f"{label}. {one_line(help_text)}".strip())
        self._asker.numbered(choices)
        if choices:
            several = "a number, or several with commas" if field.is_list else "a number"
            own = ", or words of your own" if field.open or field.type in ("person", "people") else ""
            self._terminal.say(f"Say {several}{own}. Enter goes on.")
        elif field.type == "date":
            self._terminal.say("A date such as 2026-12-04, or words: tomorrow, in 3 days. Enter goes on.")
        elif field.type in ("person", "people"):
            self._terminal.say("Names or roles, with commas between. Enter goes on.")
        elif field.type in ("record", "records"):
            self._terminal.say("There is none to choose from yet. Enter goes on.")
        self._say_now(paper, field)

    def _say_now(self, paper: Paper, field: Field) -> None:
        texts = [self._shown(paper, field, each) for each in paper.texts_of(field.name)]
        if texts:
            self._terminal.say(f"It is now: {as_sentence(', '.join(texts))} Enter keeps it, a dash empties it.")

    def _shown(self, paper: Paper, field: Field, text: str) -> str:
        if field.type == "date":
            return full_day(text)
        rows = self._workspace.catalog.with_id_ending(text) if is_ulid(text) else []
        return one_line(rows[0].title if rows else field.shown_choice(text, paper.lang))

    def _choices(self, paper: Paper, field: Field) -> list[tuple[str, str]]:
        """Return what can be chosen, as (what is said, what is stored)."""
        catalog = self._workspace.catalog
        if field.type in ("record", "records"):
            agenda = paper.texts_of("agenda") if field.name != "agenda" else []
            rows = catalog.rows(Filters(kinds=field.of, agendas=tuple(agenda)), limit=MANY)
            return [(row.title, row.id) for row in rows if row.id]
        if field.type in ("person", "people"):
            return [(row.title, row.title) for row in catalog.rows(Filters(kinds=("person",)), limit=MANY)]
        return [(field.shown_choice(each, paper.lang), each) for each in field.choices]

    def _value(self, kind: Kind, field: Field, text: str, choices: Sequence[tuple[str, str]]) -> Value | None:
        """Return what an answer means as it is stored; raises ReflectError."""
        if field.type == "date":
            day = self._workspace.when(text, kind.looks_ahead(field.name)).text
            self._terminal.say(f"{full_day(day)}.")
            return day
        if field.type == "series":
            return parse_value(field, [text])
        given = _split(field, text)
        chosen = [self._chosen(field, each, choices) for each in given]
        if field.name == "lenses":
            return [self._workspace.lens(each) for each in chosen]
        if field.name == "tags":
            chosen = [each.removeprefix("#") for each in chosen]
        if field.type in ("record", "records"):
            ids: list[Value] = [self._record_id(field, each) for each in chosen]
            return ids if field.is_list else ids[0]
        if field.is_list and all(each in [value for _, value in choices] for each in chosen):
            return list(chosen)
        return parse_value(field, chosen)

    def _chosen(self, field: Field, text: str, choices: Sequence[tuple[str, str]]) -> str:
        is_number = text.isascii() and text.isdigit() and len(text) < 4
        if choices and is_number and field.type not in ("number", "scale"):
            number = int(text)
            if not 1 <= number <= len(choices):
                raise UsageError(f"There is no number {number} here.", f"Say 1 to {len(choices)}.")
            return choices[number - 1][1]
        same = next((value for label, value in choices if folded(label) == folded(text)), "")
        return same or text

    def _record_id(self, field: Field, reference: str) -> str:
        if is_ulid(reference):
            return reference
        row = self._workspace.agenda_row(reference) if field.name == "agenda" else self._workspace.lookup.row(reference)
        if field.of and row.kind not in field.of:
            raise UsageError(f"“{row.title}” is a {row.kind}.", f"It takes a {' or '.join(field.of)}.")
        if not row.id:
            raise UsageError(f"“{row.title}” has no id yet.", "To give it one: doctor --fix")
        return row.id

    def _is_unlikely(self, paper: Paper, field: Field, value: Value | None) -> bool:
        """Say whether a day to come back on lies in the past; then it is asked for once more."""
        is_watched = any(loop.shape == "date" and loop.field == field.name for loop in paper.kind.loops)
        if not is_watched or not isinstance(value, str):
            return False
        today: dt.date = self._workspace.context.now().date()
        if value[:10] >= today.isoformat():
            return False
        self._terminal.say("That day is past. Say it again to keep it, or another one.")
        return True


def _split(field: Field, text: str) -> list[str]:
    is_several = field.is_list and not any(folded(text) == folded(each) for each in field.choices)
    return [each.strip() for each in text.split(",") if each.strip()] if is_several else [text]
