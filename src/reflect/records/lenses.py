"""Frameworks, their lenses, and the prompt of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reflect.errors import ReflectError
from reflect.records.textforms import folded
from reflect.records.toml_text import read_toml


@dataclass(frozen=True)
class Lens:
    """A way of looking at one's leadership, with open questions to start from."""

    slug: str
    title: str
    group: str
    plain: str
    prompts: tuple[str, ...]
    title_es: str = ""


@dataclass(frozen=True)
class Framework:
    """A set of lenses and the line that says where they come from."""

    name: str
    title: str
    source: str
    lenses: tuple[Lens, ...]


@dataclass(frozen=True)
class Prompt:
    """One question of one lens; `number` counts from 1 within the lens."""

    framework: str
    lens: Lens
    number: int
    text: str


def parse_framework(text: str, where: str) -> Framework:
    """Return the framework that a TOML text describes; raises ReflectError naming file and key."""
    raw = read_toml(text, where)
    given = raw.get("lens", [])
    if not isinstance(given, list) or not given or not all(isinstance(each, dict) for each in given):
        raise ReflectError(f"{where}: `lens` is missing; each lens is written as [[lens]].")
    lenses = tuple(_lens(each, where) for each in given)
    name, title, source = (_text(raw, key, where) for key in ("name", "title", "source"))
    return Framework(name, title, source, lenses)


def _lens(table: Mapping[str, Any], where: str) -> Lens:
    found = table.get("prompts")
    if not isinstance(found, list) or not found or not all(isinstance(each, str) for each in found):
        raise ReflectError(f"{where}: `prompts` of a lens takes a list of at least one question.")
    slug, title = _text(table, "slug", where), _text(table, "title", where)
    group, plain, title_es = (_text(table, key, where, is_needed=False) for key in ("group", "plain", "title_es"))
    return Lens(slug, title, group, plain, tuple(found), title_es)


def _text(table: Mapping[str, Any], key: str, where: str, is_needed: bool = True) -> str:
    found = table.get(key, "")
    if isinstance(found, str) and (found or not is_needed):
        return found
    raise ReflectError(f"{where}: `{key}` is missing." if found == "" else f"{where}: `{key}` takes a text.")


def prompts(frameworks: Sequence[Framework]) -> list[Prompt]:
    """Return every prompt, framework by framework, lens by lens."""
    return [
        Prompt(framework.name, lens, number, text)
        for framework in frameworks
        for lens in framework.lenses
        for number, text in enumerate(lens.prompts, 1)
    ]


def find_lens(frameworks: Sequence[Framework], name: str) -> Lens | None:
    """Return the lens that a slug or a title names."""
    wanted = folded(name)
    lenses = [lens for framework in frameworks for lens in framework.lenses]
    return next((lens for lens in lenses if wanted in (lens.slug, folded(lens.title), folded(lens.title_es))), None)


def prompts_of_day(framework: Framework, last_used: Mapping[str, str], day: dt.date) -> list[Prompt]:
    """Return the prompt of the day and those that *another* walks on to.

    The three lenses that were used longest ago (never used first, ties in file order) take turns:
    with d days since 1970-01-01, lens d mod 3, prompt (d div 3) mod 5. `last_used` maps a lens to
    the day of its last record.
    """
    ranked = sorted(framework.lenses, key=lambda lens: last_used.get(lens.slug, ""))[:3]
    count = (day - dt.date(1970, 1, 1)).days
    order = []
    for step in range(len(ranked) * 5):
        lens = ranked[(count + step) % len(ranked)]
        number = ((count + step) // len(ranked)) % len(lens.prompts)
        order.append(Prompt(framework.name, lens, number + 1, lens.prompts[number]))
    return order
