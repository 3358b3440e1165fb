"""The columns that a kind's file asks for, and what a record says in each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from reflect.records.kinds import Field, Kind
from reflect.records.lenses import Framework
from reflect.records.ulid import is_ulid
from reflect.store.catalog import Row
from reflect.tui.widgets.columns import Column
from reflect.tui.words import near_day

DAY_CELLS, NUMBER_CELLS, TEXT_CELLS, MOST_CELLS = 12, 8, 18, 20
NAMES_RECORDS = ("record", "records", "person", "people")
LENSES, AGENDA = "lenses", "agenda"
LAST_VALUE, VERDICT, LAST_RATING = "last-value", "verdict", "last-rating"
LABELS = {
    LENSES: {"en": "Lenses", "es": "Enfoques"},
    AGENDA: {"en": "Agenda", "es": "Agenda"},
    LAST_VALUE: {"en": "Last value", "es": "Último valor"},
    VERDICT: {"en": "Verdict", "es": "Veredicto"},
    LAST_RATING: {"en": "Last rating", "es": "Última valoración"},
}
# How wide what is worked out is, "too few points" and the like.
WORKED_OUT = {LAST_VALUE: 10, VERDICT: 14, LAST_RATING: 11}


@dataclass(frozen=True)
class KindColumns:
    """The columns of a kind in a language; what only a look at all records would tell is left out."""

    kind: Kind
    lang: str
    today: dt.date
    lenses: Mapping[str, str] = field(default_factory=dict)

    empty: frozenset[str] = frozenset()

    @cached_property
    def names(self) -> list[str]:
        """The names of the columns, from the left."""
        known = [name for name in self.kind.columns if name in LABELS or self.kind.field(name)]
        return [name for name in known if name not in self.empty]

    def without_empty(self, rows: Iterable[Row]) -> KindColumns:
        """Return the columns in which any of these records says something."""
        filled = {name for row in rows for name in self.names if _texts(row, name)}
        return replace(self, empty=frozenset(self.names) - filled)

    @property
    def heads(self) -> list[Column]:
        """What stands over each column, and its width."""
        return [self._head(name) for name in self.names]

    def ids_in(self, rows: Iterable[Row]) -> list[str]:
        """Return the ids that stand in these columns; their titles are what is shown."""
        return [each for row in rows for name in self.names for each in _texts(row, name) if is_ulid(each)]

    def cells(self, row: Row, titles: Mapping[str, str]) -> tuple[str, ...]:
        """Return what a record says in each column."""
        return tuple(self._cell(row, name, titles) for name in self.names)

    def _head(self, name: str) -> Column:
        spec = self.kind.field(name)
        label = spec.shown_label(self.lang) if spec else LABELS[name].get(self.lang, LABELS[name]["en"])
        widest = max(WORKED_OUT.get(name) or _width(spec, self.lang), min(len(label), TEXT_CELLS))
        return Column(label, min(widest, MOST_CELLS))

    def _cell(self, row: Row, name: str, titles: Mapping[str, str]) -> str:
        spec = self.kind.field(name)
        texts = _texts(row, name)
        if name == LENSES:
            return ", ".join(self.lenses.get(each, each) for each in texts)
        if spec is not None and spec.type == "date":
            return ", ".join(near_day(each, self.today) or each for each in texts)
        shown = [titles.get(each, each) if is_ulid(each) else each for each in texts]
        return ", ".join(spec.shown_choice(each, self.lang) if spec else each for each in shown)


def lens_titles(frameworks: Iterable[Framework], lang: str) -> dict[str, str]:
    """Return what the lenses are called on screen."""
    lenses = [lens for each in frameworks for lens in each.lenses]
    return {lens.slug: (lens.title_es or lens.title if lang == "es" else lens.title).lower() for lens in lenses}


def _texts(row: Row, name: str) -> list[str]:
    if name == LENSES:
        return list(row.lenses)
    if name == AGENDA:
        return [row.agenda] if row.agenda else []
    if name in WORKED_OUT:
        return [text] if (text := _worked_out(row, name)) else []
    return row.list_of(name)


def _worked_out(row: Row, name: str) -> str:
    """Return what stands in no field: what the series of a record comes to."""
    # Most lists show no series.
    from reflect.insights.measure import measure_of, newest_values
    from reflect.records.series import read_series

    if name == LAST_RATING:
        return newest_values(read_series(row.fields.get("ratings")))
    measure = measure_of(row)
    if name == VERDICT:
        return measure.chart.verdict if measure.chart.points else ""
    return newest_values(measure.chart.series)


def _width(spec: Field | None, lang: str) -> int:
    if spec is None:
        return MOST_CELLS
    if spec.type == "date":
        return DAY_CELLS
    if spec.type in ("number", "scale"):
        return NUMBER_CELLS
    if spec.type == "choice" and spec.choices:
        return max(len(spec.shown_choice(each, lang)) for each in spec.choices)
    return MOST_CELLS if spec.type in NAMES_RECORDS else TEXT_CELLS
