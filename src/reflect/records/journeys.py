"""Journeys: paths of stages that an agenda may follow, as their TOML files describe them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from reflect.errors import ReflectError
from reflect.records.kind_tables import KindMistake, TableReader, unique
from reflect.records.kinds import Kind
from reflect.records.toml_text import read_toml

# Between what stands for one another in a clause: kinds, or sections.
OR = "|"
OPENNESS = ("known", "engaged", "shared", "explained")
MOST_MONTHS = 120
Require = Callable[[object, str, str, object, str], None]


@dataclass(frozen=True)
class Clause:
    """What has to be there: how many records of a kind, and what each of them has to hold.

    It is about the records that `only`, `names`, `of_stage` and `ended` let through; the other keys say what each of
    those has to hold. With `every` all of them have to, also if there are none.
    """

    kind: str
    least: int = 1
    every: bool = False
    complete: bool = False
    fields: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    only: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    when: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    names: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    of_stage: str = ""
    spoke: str = ""
    sent_or: str = ""
    ended: str = ""
    within_months: int = 0
    openness: str = ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of record that it takes, the first of which is offered."""
        return alternatives(self.kind)


@dataclass(frozen=True)
class Stage:
    """One stage of a journey: its question, what lets it begin, and what it takes to leave it.

    `from_month` and `to_month` count from the beginning of the agenda, the first month being 1; 0 for none.
    """

    slug: str
    title: str
    ask: str
    title_es: str = ""
    ask_es: str = ""
    from_month: int = 0
    to_month: int = 0
    entry: tuple[Clause, ...] = ()
    exit: tuple[Clause, ...] = ()

    def shown_title(self, lang: str = "en") -> str:
        """The title in a language where the file has it."""
        return self.title_es or self.title if lang == "es" else self.title

    def shown_ask(self, lang: str = "en") -> str:
        """The question in a language where the file has it."""
        return self.ask_es or self.ask if lang == "es" else self.ask


@dataclass(frozen=True)
class Journey:
    """A path of stages, and the line that says where it comes from."""

    name: str
    title: str
    source: str
    title_es: str = ""
    about: str = ""
    about_es: str = ""
    stages: tuple[Stage, ...] = ()

    def shown_title(self, lang: str = "en") -> str:
        """The title in a language where the file has it."""
        return self.title_es or self.title if lang == "es" else self.title


def alternatives(text: str) -> tuple[str, ...]:
    """Return what stands for one another, such as `measure | gathering`."""
    return tuple(each.strip() for each in text.split(OR) if each.strip())


def parse_journey(text: str, where: str) -> Journey:
    """Return the journey that a TOML text describes; raises KindMistake naming file, line, table and key."""
    try:
        raw = read_toml(text, where)
    except ReflectError as error:
        raise KindMistake(error.message, error.hint) from None
    reader = TableReader(where, text)
    stages = tuple(unique(list(_stages(reader, raw)), "slug", where, "stage"))
    journey: Journey = reader.build(Journey, raw, "the top of the file", {"stages": stages})
    _check(journey, reader.require)
    return journey


def _stages(reader: TableReader, raw: dict[str, object]) -> Iterator[Stage]:
    for name, table in reader.raw_tables(raw, "stage"):
        given = dict(table)
        clauses = {key: tuple(reader.tables(given, key, Clause, name)) for key in ("entry", "exit")}
        yield reader.build(Stage, given, name, clauses)


def _check(journey: Journey, require: Require) -> None:
    top = "the top of the file"
    require(_is_slug(journey.name), top, "name", journey.name, "lower-case words joined by `-`")
    require(journey.stages, top, "stage", [], "at least one [[stage]]")
    earlier: list[str] = []
    for stage in journey.stages:
        table = f"[[stage]] {stage.slug}"
        require(_is_slug(stage.slug), table, "slug", stage.slug, "lower-case words joined by `-`")
        has_months = bool(stage.from_month or stage.to_month)
        for key, month in (("from_month", stage.from_month), ("to_month", stage.to_month)):
            require(not has_months or 1 <= month <= MOST_MONTHS, table, key, month, f"1 to {MOST_MONTHS}")
        require(stage.from_month <= stage.to_month, table, "to_month", stage.to_month, f"from {stage.from_month} on")
        require(stage.exit, table, "exit", [], "at least one [[stage.exit]]")
        for sort, clauses in (("entry", stage.entry), ("exit", stage.exit)):
            for number, clause in enumerate(clauses, 1):
                _check_clause(clause, f"{table}, [[{sort}]] {number}", earlier, require)
        earlier.append(stage.slug)


def _check_clause(clause: Clause, table: str, earlier: list[str], require: Require) -> None:
    require(clause.kinds, table, "kind", clause.kind, f"a kind of record, or some with {OR} between")
    require(1 <= clause.least <= 100, table, "least", clause.least, "1 to 100")
    require(0 <= clause.within_months <= MOST_MONTHS, table, "within_months", clause.within_months, f"to {MOST_MONTHS}")
    known = clause.of_stage in ("", *earlier)
    require(known, table, "of_stage", clause.of_stage, ", ".join(earlier) or "nothing: no stage comes before this one")
    require(clause.openness in ("", *OPENNESS), table, "openness", clause.openness, ", ".join(OPENNESS))
    for titles in clause.sections:
        require(alternatives(titles), table, "sections", titles, f"titles of sections, or some with {OR} between")


def check_against_kinds(journey: Journey, find: Callable[[str], Kind | None], where: str, text: str) -> None:
    """Raise KindMistake where a clause names a field or a section that its kind does not have.

    A kind that is not known here may be one of a community, so nothing is said of it.
    """
    require = TableReader(where, text).require
    for stage in journey.stages:
        for sort, clauses in (("entry", stage.entry), ("exit", stage.exit)):
            for number, clause in enumerate(clauses, 1):
                for kind in filter(None, map(find, clause.kinds)):
                    _check_names(clause, kind, f"[[stage]] {stage.slug}, [[{sort}]] {number}", require)


def _check_names(clause: Clause, kind: Kind, table: str, require: Require) -> None:
    fields = [each.name for each in kind.fields]
    titles = [each.title for each in kind.sections]
    by_key = {
        "fields": clause.fields,
        "only": tuple(clause.only),
        "when": tuple(clause.when),
        "unless": tuple(clause.unless),
        "names": tuple(clause.names),
        "spoke": (clause.spoke,),
        "sent_or": (clause.sent_or,),
        "ended": (clause.ended,),
    }
    for key, names in by_key.items():
        for name in filter(None, names):
            require(name in fields, table, key, name, ", ".join(fields) or "nothing: this kind has no fields")
    for key, conditions in (("only", clause.only), ("when", clause.when), ("unless", clause.unless)):
        for name, values in conditions.items():
            field = kind.field(name)
            choices = field.choices if field and not field.open else ()
            for value in values if choices else ():
                require(value in choices, table, f"{key}.{name}", value, ", ".join(choices))
    for each in clause.sections:
        for title in alternatives(each):
            require(kind.section(title), table, "sections", title, ", ".join(titles) or "nothing: it has no sections")


def _is_slug(text: str) -> bool:
    return text.replace("-", "").isalnum() and text.islower() and text.isascii()
