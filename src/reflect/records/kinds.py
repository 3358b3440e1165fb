"""Kinds of record, as their TOML files describe them."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reflect.errors import ReflectError
from reflect.records.guidance import (
    MomentSpec,
    OfferSpec,
    OutcomeSpec,
    StartSpec,
    check_guidance,
    holds,
)
from reflect.records.kind_tables import KindMistake as KindMistake
from reflect.records.kind_tables import TableReader, unique
from reflect.records.textforms import folded
from reflect.records.toml_text import read_toml

if TYPE_CHECKING:
    from reflect.records.yaml_block import Value

FIELD_TYPES = (
    "text",
    "long-text",
    "choice",
    "choices",
    "date",
    "number",
    "scale",
    "record",
    "records",
    "person",
    "people",
    "series",
)
LIST_TYPES = ("choices", "records", "people")
# Known to every kind; a kind's own fields stand beside them.
# The field in which a new version names the one before it.
REPLACES = "replaces"
COMMON_FIELDS = ("id", "kind", "title", "created", "author", "agenda", "lenses", "tags", "links", "lang")
LOOP_SHAPES = ("date", "unlinked", "empty", "quiet")
SHARING = ("never", "ask")
CHECKS = ("tally", "outline")
# Ten years: a calendar ends where a number does not.
MOST_WEEKS = 520


@dataclass(frozen=True)
class Field:
    """One field of a kind."""

    name: str
    type: str
    label: str = ""
    label_es: str = ""
    help: str = ""
    help_es: str = ""
    choices: tuple[str, ...] = ()
    choices_es: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    default: str = ""
    check: str = ""
    moment: str = ""
    again: tuple[str, ...] = ()
    needed: bool = False
    more: bool = False
    open: bool = False
    private: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it holds several values."""
        return self.type in LIST_TYPES

    def shown_label(self, lang: str = "en") -> str:
        """The words on a form, in a language where the file has them."""
        own = self.label or self.name.replace("_", " ").capitalize()
        return self.label_es or own if lang == "es" else own

    def shown_choice(self, value: str, lang: str = "en") -> str:
        """The words for a choice; a value that is not one is shown as it is."""
        if lang == "es" and self.choices_es and value in self.choices:
            return self.choices_es[self.choices.index(value)]
        return value


@dataclass(frozen=True)
class SectionSpec:
    """One section of a kind: the H2 heading and its hint."""

    title: str
    title_es: str = ""
    hint: str = ""
    hint_es: str = ""
    hint_when: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    hint_then: str = ""
    hint_then_es: str = ""
    moment: str = ""
    check: str = ""
    private: bool = False

    @property
    def aliases(self) -> set[str]:
        """The folded headings that mean this section, in every language."""
        return {folded(each) for each in (self.title, self.title_es) if each}

    def shown_title(self, lang: str = "en") -> str:
        """The heading in a language where the file has it."""
        return self.title_es or self.title if lang == "es" else self.title

    def shown_hint(self, lang: str = "en") -> str:
        """The hint in a language where the file has it."""
        return self.hint_es or self.hint if lang == "es" else self.hint


@dataclass(frozen=True)
class LoopSpec:
    """What leaves a record of this kind with an open loop, and the sentence that says so."""

    name: str
    shape: str
    say: str
    say_es: str = ""
    field: str = ""
    section: str = ""
    empty_field: str = ""
    by: tuple[str, ...] = ()
    after: int = 0
    when: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    needs: tuple[str, ...] = ()
    unless_sent: bool = False


@dataclass(frozen=True)
class Kind:
    """A kind of record: its folder, fields, sections and open loops."""

    name: str
    label: str
    folder: str
    share: str = "never"
    label_es: str = ""
    columns: tuple[str, ...] = ()
    source: str = ""
    purpose: str = ""
    purpose_es: str = ""
    share_as: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()
    sections: tuple[SectionSpec, ...] = ()
    loops: tuple[LoopSpec, ...] = ()
    caution: str = ""
    caution_es: str = ""
    moment_specs: tuple[MomentSpec, ...] = ()
    offers: tuple[OfferSpec, ...] = ()
    outcomes: tuple[OutcomeSpec, ...] = ()
    starts: tuple[StartSpec, ...] = ()

    def field(self, name: str) -> Field | None:
        """Return the field of this name, None when the kind has none."""
        return next((each for each in self.fields if each.name == name), None)

    def section(self, title: str) -> SectionSpec | None:
        """Return the section that this heading names in any language."""
        wanted = folded(title)
        return next((each for each in self.sections if wanted in each.aliases), None)

    @property
    def moments(self) -> tuple[MomentSpec, ...]:
        """The moments that its sections name, in order; most kinds have none."""
        specs = {each.name: each for each in self.moment_specs}
        names = dict.fromkeys(each.moment for each in self.sections if each.moment)
        return tuple(specs.get(name) or MomentSpec(name) for name in names)

    def moment_of(self, title: str) -> str:
        """Return the moment of the section that this heading names, `""` when it names none."""
        section = self.section(title)
        return section.moment if section else ""

    def hint_of(self, section: SectionSpec, lang: str, values: Mapping[str, Value | None]) -> str:
        """The hint of a section as it is shown, by what stands in the fields."""
        if section.hint_when and holds(self, section.hint_when, values):
            return section.hint_then_es or section.hint_then if lang == "es" else section.hint_then
        return section.shown_hint(lang)

    def shown_caution(self, lang: str = "en") -> str:
        """What must not be written, in a language where the file has it."""
        return self.caution_es or self.caution if lang == "es" else self.caution

    def looks_ahead(self, name: str) -> bool:
        """Say whether a field names a day to come: one on which a loop opens."""
        return any(loop.shape == "date" and loop.field == name and not loop.after for loop in self.loops)

    @property
    def is_checked(self) -> bool:
        """Whether there may be something to say of what stands in its fields or sections."""
        return any(each.check for each in self.fields) or any(each.check for each in self.sections)

    @property
    def is_private(self) -> bool:
        """Whether records of this kind never leave."""
        return self.share == "never"

    @property
    def has_versions(self) -> bool:
        """Whether a record of this kind replaces an earlier one, which stays as it was."""
        spec = self.field(REPLACES)
        return spec is not None and self.name in spec.of

    @property
    def may_be_in_a_community(self) -> bool:
        """Whether a community's record can be of this kind; one that is shared only as another kind cannot."""
        return not self.is_private and (not self.share_as or self.name in self.share_as)

    def shown_label(self, lang: str = "en") -> str:
        """The kind's name on screen."""
        return self.label_es or self.label if lang == "es" else self.label


def parse_kind(text: str, where: str) -> Kind:
    """Return the kind that a TOML text describes; raises KindMistake naming file, line, table and key."""
    try:
        raw = read_toml(text, where)
    except ReflectError as error:
        raise KindMistake(error.message, error.hint) from None
    reader = TableReader(where, text)
    parts: dict[str, Any] = {
        "fields": tuple(unique(reader.tables(raw, "field", Field), "name", where, "field")),
        "sections": tuple(unique(reader.tables(raw, "section", SectionSpec), "title", where, "section")),
        "loops": tuple(reader.tables(raw, "loop", LoopSpec)),
        "moment_specs": tuple(unique(reader.tables(raw, "moment", MomentSpec), "name", where, "moment")),
        "offers": tuple(reader.tables(raw, "offer", OfferSpec)),
        "outcomes": tuple(reader.tables(raw, "outcome", OutcomeSpec)),
        "starts": tuple(reader.tables(raw, "start", StartSpec)),
    }
    kind: Kind = reader.build(Kind, raw, "the top of the file", parts)
    _check_kind(kind, reader.require)
    return kind


def _check_kind(kind: Kind, require: Any) -> None:
    top = "the top of the file"
    simple = kind.name.replace("-", "").isalnum() and kind.name.islower() and kind.name.isascii()
    require(simple, top, "name", kind.name, "lower-case words joined by `-`")
    folder_parts = kind.folder.replace("-", "").isalnum() and kind.folder.isascii()
    require(folder_parts, top, "folder", kind.folder, "lower-case words joined by `-`")
    require(kind.share in SHARING, top, "share", kind.share, ", ".join(SHARING))
    for each in kind.fields:
        table = f"[[field]] {each.name}"
        require(each.name.replace("_", "").isalnum(), table, "name", each.name, "letters, digits and `_`")
        require(each.name not in COMMON_FIELDS, table, "name", each.name, "a name that not all kinds have")
        require(each.type in FIELD_TYPES, table, "type", each.type, ", ".join(FIELD_TYPES))
        needs_choices = each.type in ("choice", "choices") and not each.open
        require(bool(each.choices) or not needs_choices, table, "choices", [], "at least one choice")
        same = len(each.choices_es) in (0, len(each.choices))
        require(same, table, "choices_es", list(each.choices_es), f"{len(each.choices)} choices, in order")
        known = not each.default or not each.choices or each.open or each.default in each.choices
        require(known, table, "default", each.default, ", ".join(each.choices))
        require(each.check in ("", *CHECKS), table, "check", each.check, ", ".join(CHECKS))
    for section in kind.sections:
        require(section.check in ("", *CHECKS), f"[[section]] {section.title}", "check", section.check, "")
    for loop in kind.loops:
        _check_loop(kind, loop, require)
    check_guidance(kind, require)


def _check_loop(kind: Kind, loop: LoopSpec, require: Any) -> None:
    table = f"[[loop]] {loop.name}"
    require(loop.shape in LOOP_SHAPES, table, "shape", loop.shape, ", ".join(LOOP_SHAPES))
    require(0 <= loop.after <= MOST_WEEKS, table, "after", loop.after, f"0 to {MOST_WEEKS} school weeks")
    names = [each.name for each in kind.fields]
    dates = [each.name for each in kind.fields if each.type in ("date", "series")]
    titles = [each.title for each in kind.sections]
    require(loop.field in ("", *dates), table, "field", loop.field, ", ".join(dates))
    require(loop.shape != "date" or loop.field, table, "field", loop.field, ", ".join(dates))
    require(loop.section in ("", *titles), table, "section", loop.section, ", ".join(titles))
    require(loop.empty_field in ("", *names), table, "empty_field", loop.empty_field, ", ".join(names))
    if loop.shape == "empty":
        require(loop.section or loop.empty_field, table, "section", "", ", ".join(titles))
    for key, table_of in (("when", loop.when), ("unless", loop.unless)):
        for name in table_of:
            require(name in names, table, key, name, ", ".join(names))
    for need in loop.needs:
        require(need in names or need in titles, table, "needs", need, ", ".join([*names, *titles]))
