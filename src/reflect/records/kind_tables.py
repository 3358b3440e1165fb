"""From the tables of a data file to dataclasses: what is not known, missing or of another type is said by name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import MISSING
from typing import Any

from reflect.errors import ReflectError
from reflect.records.textforms import folded
from reflect.records.toml_lines import line_of


class KindMistake(ReflectError):
    """A data file says something that is not allowed; names file, line, table and key."""


def unique(items: list[Any], key: str, where: str, table: str) -> Iterator[Any]:
    """Yield the items; raises KindMistake where two have the same name."""
    seen: set[str] = set()
    for item in items:
        name = folded(getattr(item, key))
        if name in seen:
            raise KindMistake(f"{where}: [[{table}]] {getattr(item, key)} stands there twice.")
        seen.add(name)
        yield item


class TableReader:
    """Turns tables of TOML into dataclasses and words what does not fit; `text` is where lines are looked up."""

    def __init__(self, where: str, text: str = "") -> None:
        self.where = where
        self._text = text

    def at(self, table: str, key: str = "") -> str:
        """Return the file, and the line of a key or of its table where it is found."""
        line = line_of(self._text, table, key)
        return f"{self.where}, line {line}" if line else self.where

    def require(self, good: object, table: str, key: str, value: object, allowed: str) -> None:
        """Raise KindMistake, with what is allowed, unless something is good."""
        if not good:
            raise KindMistake(f"{self.at(table, key)}: in {table}, `{key}` is {value!r}; allowed: {allowed}.")

    def tables(self, raw: dict[str, Any], key: str, shape: type[Any], inside: str = "") -> list[Any]:
        """Return the `[[key]]` tables, taken out of `raw`, as instances of `shape`; `inside` names the table around."""
        return [self.build(shape, table, name, {}) for name, table in self.raw_tables(raw, key, inside)]

    def raw_tables(self, raw: dict[str, Any], key: str, inside: str = "") -> list[tuple[str, dict[str, Any]]]:
        """Return the `[[key]]` tables, taken out of `raw`, each with what it is called; raises KindMistake."""
        found = raw.pop(key, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            raise KindMistake(f"{self.at(inside, key)}: `{key}` has to be written as [[{key}]] tables.")
        before = f"{inside}, " if inside else ""
        named = [(table.get("name") or table.get("slug") or table.get("title"), table) for table in found]
        return [
            (f"{before}[[{key}]] {name if isinstance(name, str) and not inside else number}", table)
            for number, (name, table) in enumerate(named, 1)
        ]

    def build(self, shape: type[Any], table: dict[str, Any], name: str, parts: dict[str, Any]) -> Any:
        """Return one table as an instance of `shape`; `parts` are attributes that are there already."""
        known = {each.name: each for each in dataclasses.fields(shape)}
        values: dict[str, Any] = dict(parts)
        for key, value in table.items():
            if key not in known or key in parts:
                allowed = ", ".join(sorted(set(known) - set(parts)))
                raise KindMistake(f"{self.at(name, key)}: in {name}, `{key}` is not known; allowed: {allowed}.")
            values[key] = self.value(value, str(known[key].type), name, key)
        for key, field in known.items():
            has_default = field.default is not MISSING or field.default_factory is not MISSING
            if not has_default and values.get(key) in (None, "", ()):
                raise KindMistake(f"{self.at(name)}: in {name}, `{key}` is missing.")
        return shape(**values)

    def value(self, value: Any, wanted: str, name: str, key: str) -> Any:
        """Return a value as the type `wanted` keeps it."""
        if wanted.startswith("tuple") and isinstance(value, list):
            if all(isinstance(each, str) for each in value):
                return tuple(value)
        elif wanted.startswith("Mapping") and isinstance(value, dict):
            if all(isinstance(v, list) and all(isinstance(x, str) for x in v) for v in value.values()):
                return {k: tuple(v) for k, v in value.items()}
        elif type(value).__name__ == wanted:
            return value
        shown = {"tuple[str, ...]": "a list of texts", "str": "a text", "bool": "true or false"}
        shown |= {"int": "a whole number"}
        says = shown.get(wanted, "a table of lists")
        raise KindMistake(f"{self.at(name, key)}: in {name}, `{key}` is {value!r}; it takes {says}.")
