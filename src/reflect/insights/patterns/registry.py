"""Which patterns there are, in the order in which they are shown.

To add one: a module of this package with a tuple `PATTERNS`, and its name in the table below.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from importlib import import_module

from reflect.errors import UsageError
from reflect.insights.patterns.figures import Pattern, Seen
from reflect.insights.patterns.material import Material
from reflect.records.textforms import folded

MODULES = (
    "agendas",
    "practice",
    "call_ins",
    "learning",
    "gatherings",
    "measures",
    "drivers",
    "people",
    "system",
    "words",
)


@cache
def patterns() -> tuple[Pattern, ...]:
    """Return every pattern, in order."""
    modules = [import_module(f"reflect.insights.patterns.{name}") for name in MODULES]
    return tuple(pattern for module in modules for pattern in module.PATTERNS)


def find_pattern(name: str, others: Sequence[str] = ()) -> Pattern:
    """Return the pattern of a name or a title; raises UsageError with those that are like it, also of `others`."""
    wanted = folded(name)
    for pattern in patterns():
        if wanted in (pattern.name, folded(pattern.title)):
            return pattern
    names = [*(pattern.name for pattern in patterns()), *others]
    near = get_close_matches(wanted, names, 3, 0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(names)}."
    raise UsageError(f"There is no pattern “{name}”.", hint)


def seen(material: Material, asked: Sequence[Pattern] = ()) -> list[Seen]:
    """Return what these patterns show, or all of them."""
    return [pattern.seen(material) for pattern in asked or patterns()]
