"""Frameworks, their lenses, and the prompt of a day."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reflect.errors import ReflectError
from reflect.records.textforms import folded


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
    try:
        raw = tomllib.loads(text)
        lenses = tuple(
            Lens(
                slug=each["slug"],
                title=each["title"],
                group=each.get("group", ""),
                plain=each.get("plain", ""),
                prompts=tuple(each["prompts"]),
                title_es=each.get("title_es", ""),
            )
            for each in raw["lens"]
        )
        return Framework(raw["name"], raw["title"], raw["source"], lenses)
    except tomllib.TOMLDecodeError as error:
        raise ReflectError(f"{where}: not TOML: {error}.") from None
    except KeyError as error:
        raise ReflectError(f"{where}: `{error.args[0]}` is missing.") from None


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
