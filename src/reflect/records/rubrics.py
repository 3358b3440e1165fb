"""Rubrics: areas in which people look at themselves, each with a line for every level, as their TOML files say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reflect.errors import NotFound, ReflectError
from reflect.records.kind_tables import KindMistake, TableReader
from reflect.records.textforms import folded
from reflect.records.toml_text import read_toml

FEWEST_LEVELS, MOST_LEVELS = 2, 9
TOP = "the top of the file"


@dataclass(frozen=True)
class Group:
    """Areas that belong together."""

    title: str
    title_es: str = ""


@dataclass(frozen=True)
class Area:
    """One area: what each level looks like, from the first on."""

    slug: str
    group: str
    title: str
    text: tuple[str, ...]
    title_es: str = ""
    text_es: tuple[str, ...] = ()

    def shown_title(self, lang: str = "en") -> str:
        """What it is called on screen."""
        return self.title_es or self.title if lang == "es" else self.title

    def shown_text(self, lang: str = "en") -> tuple[str, ...]:
        """What each level looks like, in a language where the file has it."""
        return self.text_es or self.text if lang == "es" else self.text


@dataclass(frozen=True)
class Rubric:
    """Areas in groups, and what the levels are called; a level is its number from 1."""

    name: str
    title: str
    levels: tuple[str, ...]
    source: str = ""
    title_es: str = ""
    levels_es: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    areas: tuple[Area, ...] = ()

    def area(self, name: str) -> Area:
        """Return the area of a slug or a title; raises NotFound with those that there are."""
        wanted = folded(name)
        for area in self.areas:
            if wanted in (folded(area.slug), folded(area.title), folded(area.title_es)):
                return area
        known = ", ".join(area.slug for area in self.areas)
        raise NotFound(f"“{self.title}” has no area “{name}”.", f"It has: {known}.")

    def shown_title(self, lang: str = "en") -> str:
        """What it is called on screen."""
        return self.title_es or self.title if lang == "es" else self.title

    def shown_levels(self, lang: str = "en") -> tuple[str, ...]:
        """What the levels are called on screen."""
        return self.levels_es or self.levels if lang == "es" else self.levels

    def shown_group(self, area: Area, lang: str = "en") -> str:
        """What the group of an area is called on screen."""
        group = next((each for each in self.groups if folded(each.title) == folded(area.group)), Group(area.group))
        return group.title_es or group.title if lang == "es" else group.title


def parse_rubric(text: str, where: str) -> Rubric:
    """Return the rubric that a TOML text describes; raises KindMistake naming file, line, table and key."""
    try:
        raw = read_toml(text, where)
    except ReflectError as error:
        raise KindMistake(error.message, error.hint) from None
    reader = TableReader(where, text)
    groups: list[Any] = reader.tables(raw, "group", Group)
    areas: list[Any] = reader.tables(raw, "area", Area)
    parts = {"groups": tuple(groups), "areas": tuple(areas)}
    rubric: Rubric = reader.build(Rubric, raw, TOP, parts)
    _check(rubric, reader)
    return rubric


def _check(rubric: Rubric, reader: TableReader) -> None:
    levels = len(rubric.levels)
    allowed = f"{FEWEST_LEVELS} to {MOST_LEVELS} names of levels, from the first on"
    reader.require(FEWEST_LEVELS <= levels <= MOST_LEVELS, TOP, "levels", list(rubric.levels), allowed)
    reader.require(len(rubric.levels_es) in (0, levels), TOP, "levels_es", list(rubric.levels_es), f"{levels} names")
    reader.require(rubric.areas, TOP, "area", [], "at least one [[area]]")
    known = {folded(each.title): each.title for each in rubric.groups}
    seen: set[str] = set()
    for area in rubric.areas:
        table = f"[[area]] {area.slug}"
        reader.require(
            folded(area.group) in known, table, "group", area.group, ", ".join(known.values()) or "a [[group]]"
        )
        reader.require(folded(area.slug) not in seen, table, "slug", area.slug, "a slug that no other area has")
        seen.add(folded(area.slug))
        for key, text in (("text", area.text), ("text_es", area.text_es)):
            is_whole = len(text) == levels or (key == "text_es" and not text)
            reader.require(is_whole, table, key, list(text), f"{levels} lines, one for each level")
