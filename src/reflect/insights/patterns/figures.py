"""What a pattern shows, as plain data: a sentence, a figure, a question, and what the key starts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reflect.records.yaml_block import Value

if TYPE_CHECKING:
    from reflect.insights.patterns.material import Material

# How a figure is drawn: bars by size, weeks of terms as shades, or lines that are read.
BARS, WEEKS, LINES = "bars", "weeks", "lines"


@dataclass(frozen=True)
class Offer:
    """What a key starts: a new record of a `kind` with a lens and fields filled in, or the record at `ref`.

    `at` is the section or field to begin in; with a `loop` or a `part` of the openness check it is the doing of that.
    `place` is the community that a new record is for, `answers` the record there that a response is to.
    """

    says: str
    kind: str = ""
    lens: str = ""
    fields: Mapping[str, Value] = field(default_factory=dict)
    agenda: str = ""
    links: tuple[str, ...] = ()
    ref: str = ""
    at: str = ""
    loop: str = ""
    part: str = ""
    place: str = ""
    answers: str = ""
    title: str = ""
    tags: tuple[str, ...] = ()
    body: str = ""


@dataclass(frozen=True)
class Part:
    """One line of a figure; `rowids` are the records behind it, `ref` the one that it is.

    `count` is None where nothing is counted: a week of a break, or a line that is read; `unit` stands after it.
    `is_met` is a check's answer.
    """

    name: str
    label: str
    count: int | None = None
    of: int | None = None
    note: str = ""
    group: str = ""
    rowids: Sequence[int] = ()
    ref: str = ""
    is_met: bool | None = None
    offers: tuple[Offer, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class Figure:
    """What is drawn."""

    form: str = LINES
    parts: tuple[Part, ...] = ()


NOTHING = Figure()


@dataclass(frozen=True)
class Found:
    """What a pattern found: `records` is how many it rests on; without a `question` its rule does not hold now.

    `facts` are further plain values that a JSON answer gives beside the figure; `sentences` stand below it.
    """

    records: int
    says: str = ""
    figure: Figure = NOTHING
    question: str = ""
    offers: tuple[Offer, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pattern:
    """One pattern: its name, title, what exactly it counts, and the fewest records (`of_what`) it is shown from.

    `spans` says over which days it looks: `period`, `terms` (the last three), or `now` (as things stand). `about` are
    the kinds of a record that it can be asked for alone; of an agenda, only the records of it are looked at.
    """

    name: str
    title: str
    counts: str
    fewest: int
    of_what: str
    look: Callable[[Material], Found]
    spans: str = "period"
    about: tuple[str, ...] = ("agenda",)

    def seen(self, material: Material) -> Seen:
        """Return what it shows; with fewer records than it is shown from, nothing of them but the plain facts."""
        found = self.look(material)
        return Seen(self, found if found.records >= self.fewest else Found(found.records, facts=found.facts))


@dataclass(frozen=True)
class Seen:
    """A pattern with what it found."""

    pattern: Pattern
    found: Found

    @property
    def is_shown(self) -> bool:
        """Whether there are records enough."""
        return self.found.records >= self.pattern.fewest

    @property
    def says(self) -> str:
        """One plain sentence: what it found, or how many records it waits for."""
        if self.is_shown:
            return self.found.says
        some = str(self.found.records) if self.found.records else "none"
        return f"Shown from {self.pattern.fewest} {self.pattern.of_what} on; there {_is(self.found.records)} {some}."


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
