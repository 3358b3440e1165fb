"""What a kind file says to lead through its moments: where one is, what is offered, how it may end."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reflect.records.kinds import Kind
    from reflect.records.yaml_block import Value

Conditions = Mapping[str, tuple[str, ...]]
# In what an offer sets, the day on which it is taken.
TODAY = "today"


@dataclass(frozen=True)
class MomentSpec:
    """A moment of a record. It opens here `when` fields say so; `come` is a date that leads on to it."""

    name: str
    name_es: str = ""
    when: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    come: str = ""

    def shown_name(self, lang: str = "en") -> str:
        """The moment's name in a language where the file has it."""
        return self.name_es or self.name if lang == "es" else self.name


@dataclass(frozen=True)
class OfferSpec:
    """What is offered once a section has text or a field is empty; `set` is what taking it sets."""

    say: str
    say_es: str = ""
    section: str = ""
    empty: str = ""
    when: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    set: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def shown(self, lang: str = "en") -> str:
        """The sentence in a language where the file has it."""
        return self.say_es or self.say if lang == "es" else self.say


@dataclass(frozen=True)
class OutcomeSpec:
    """An end of its own: `field` says why, `set` is what it sets, the answer to `ask` goes under `section`."""

    say: str
    field: str
    say_es: str = ""
    ask: str = ""
    ask_es: str = ""
    section: str = ""
    set: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def shown(self, lang: str = "en") -> str:
        """Its name in a language where the file has it."""
        return self.say_es or self.say if lang == "es" else self.say

    def question(self, lang: str = "en") -> str:
        """The question in a language where the file has it."""
        return self.ask_es or self.ask if lang == "es" else self.ask


@dataclass(frozen=True)
class StartSpec:
    """Records of other kinds that may be started from this one, empty; a link to them goes under `section`."""

    say: str
    kinds: tuple[str, ...]
    section: str
    say_es: str = ""
    when: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)

    def shown(self, lang: str = "en") -> str:
        """The sentence in a language where the file has it."""
        return self.say_es or self.say if lang == "es" else self.say


def holds(kind: Kind, conditions: Conditions, values: Mapping[str, Value | None]) -> bool:
    """Say whether each field has one of the values named; one that is empty has its default."""
    return all(set(texts_in(kind, values, name)) & set(allowed) for name, allowed in conditions.items())


def texts_in(kind: Kind, values: Mapping[str, Value | None], name: str) -> list[str]:
    """Return what stands in a field, its default where nothing does."""
    value, field = values.get(name), kind.field(name)
    texts = [value] if isinstance(value, str) else [x for x in value if isinstance(x, str)] if value else []
    return [each for each in texts if each] or ([field.default] if field and field.default else [])


def opening_moment(kind: Kind, values: Mapping[str, Value | None], filled: Sequence[bool], today: str) -> int:
    """Return the moment to open on: what the fields say, else the first without text."""
    moments = kind.moments
    found = [at for at, each in enumerate(moments) if each.when and holds(kind, each.when, values)]
    if not found:
        return next((at for at, has_text in enumerate(filled) if not has_text), 0)
    at = found[-1]
    while at + 1 < len(moments) and filled[at] and _has_come(moments[at + 1].come, values, today):
        at += 1
    return at


def offer_of(kind: Kind, values: Mapping[str, Value | None], written: set[str]) -> OfferSpec | None:
    """Return what is to be offered; `written` are the titles of the sections that have text."""
    for offer in kind.offers:
        is_there = not offer.section or offer.section in written
        is_open = not offer.empty or not values.get(offer.empty)
        if is_there and is_open and holds(kind, offer.when, values):
            return offer
    return None


def date_to_ask(kind: Kind, values: Mapping[str, Value | None], today: str) -> str:
    """Return the date field that brings a record back and is empty or past, `""` where none is."""
    for loop in kind.loops:
        if loop.shape == "date" and loop.when and holds(kind, loop.when, values):
            day = values.get(loop.field)
            if not isinstance(day, str) or day < today:
                return loop.field
    return ""


def check_guidance(kind: Kind, require: Any) -> None:
    """Check what a kind file says of moments; `require` words what is not allowed."""
    _check_moments(kind, require)
    names = [each.name for each in kind.fields]
    titles = [each.title for each in kind.sections]
    for number, offer in enumerate(kind.offers, 1):
        table = f"[[offer]] {number}"
        require(offer.section in ("", *titles), table, "section", offer.section, ", ".join(titles))
        require(offer.empty in ("", *names), table, "empty", offer.empty, ", ".join(names))
        require(offer.section or offer.empty, table, "section", "", ", ".join(titles))
        _check_values(kind, table, "when", offer.when, require)
        _check_values(kind, table, "set", offer.set, require)
        require(offer.set, table, "set", {}, "at least one field and its value")
    for number, outcome in enumerate(kind.outcomes, 1):
        table = f"[[outcome]] {number}"
        choices = [each.name for each in kind.fields if each.type == "choice" and each.choices]
        require(outcome.field in choices, table, "field", outcome.field, ", ".join(choices))
        require(outcome.section in ("", *titles), table, "section", outcome.section, ", ".join(titles))
        require(not outcome.ask or outcome.section, table, "section", "", ", ".join(titles))
        _check_values(kind, table, "set", outcome.set, require)
    for number, start in enumerate(kind.starts, 1):
        table = f"[[start]] {number}"
        require(start.section in titles, table, "section", start.section, ", ".join(titles))
        require(start.kinds, table, "kinds", [], "at least one kind of record")
        _check_values(kind, table, "when", start.when, require)
    for section in kind.sections:
        _check_values(kind, f"[[section]] {section.title}", "hint_when", section.hint_when, require)


def _check_moments(kind: Kind, require: Any) -> None:
    order = [each.name for each in kind.moments]
    known, dates = ", ".join(order), [each.name for each in kind.fields if each.type == "date"]
    at = 0
    for section in kind.sections if order else ():
        table = f"[[section]] {section.title}"
        require(section.moment, table, "moment", "", known)
        is_in_order = order.index(section.moment) >= at
        require(is_in_order, table, "moment", section.moment, f"{order[at]}, or one that comes later")
        at = order.index(section.moment)
    for field in kind.fields:
        table = f"[[field]] {field.name}"
        require(not order or field.moment in ("", *order), table, "moment", field.moment, known)
        for each in field.again:
            require(each in order, table, "again", each, known)
    for moment in kind.moment_specs:
        table = f"[[moment]] {moment.name}"
        require(moment.name in order, table, "name", moment.name, known or "a moment that a section names")
        require(moment.come in ("", *dates), table, "come", moment.come, ", ".join(dates))
        _check_values(kind, table, "when", moment.when, require)


def _check_values(kind: Kind, table: str, key: str, values: Conditions, require: Any) -> None:
    names = [each.name for each in kind.fields]
    for name, texts in values.items():
        field = kind.field(name)
        require(field, table, key, name, ", ".join(names))
        choices = field.choices if field and not field.open else ()
        for text in texts if choices else ():
            require(text in choices, table, f"{key}.{name}", text, ", ".join(choices))


def _has_come(field: str, values: Mapping[str, Value | None], today: str) -> bool:
    day = values.get(field) if field else ""
    return isinstance(day, str) and bool(day) and day <= today
