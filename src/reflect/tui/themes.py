"""Color themes from TOML files: checked when they are read, so that a bad one is told and not fatal."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from textual.color import Color, ColorParseError
from textual.theme import Theme

DEFAULT = "evening"
# Uses the terminal's own colors, and none at all where NO_COLOR is set.
PLAIN = "ansi-dark"
NAME = re.compile(r"[a-z0-9-]+")
AUTO = re.compile(r"auto( \d{1,3}%)?")
TEXT_STYLES = {"none", "bold", "italic", "underline", "reverse"}
NOT_COLORS = {"name", "dark", "ansi", "luminosity_spread", "text_alpha", "variables"}


class BadTheme(ValueError):
    """A theme file says something that is not allowed; names file and key."""


def load_themes(folders: Iterable[Path]) -> tuple[list[Theme], list[str]]:
    """Return the themes of these folders, and a sentence for each file that could not be used."""
    themes: dict[str, Theme] = {}
    problems: list[str] = []
    for folder in folders:
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
            try:
                theme = read_theme(path.read_text("utf-8"), path.name)
            except (OSError, UnicodeDecodeError, BadTheme) as error:
                problems.append(f"A theme was left out. {error}")
            else:
                themes[theme.name] = theme
    return list(themes.values()), problems


def choose(available: set[str], wanted: str) -> tuple[str, str]:
    """Return the theme to use, and a sentence when it is not the one that was wanted."""
    default = DEFAULT if DEFAULT in available else PLAIN
    if wanted and wanted not in available:
        return default, f"There is no theme “{wanted}”; {default} is used."
    return wanted or default, ""


def read_theme(text: str, where: str) -> Theme:
    """Return the theme that a TOML text describes; raises BadTheme."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTheme(f"{where}: not TOML: {error}.") from None
    known = {each.name for each in dataclasses.fields(Theme)}
    for key, value in raw.items():
        _check(key in known, where, key, "is not known")
        if key not in NOT_COLORS:
            _check(_is_color(value), where, key, f"is {value!r}, which is no color")
    _check(isinstance(raw.get("name"), str) and bool(NAME.fullmatch(raw["name"])), where, "name", "has to be a-z, 0-9")
    _check("primary" in raw, where, "primary", "is missing")
    for key, kind in (("dark", bool), ("ansi", bool), ("luminosity_spread", float), ("text_alpha", float)):
        _check(key not in raw or isinstance(raw[key], kind), where, key, f"has to be a {kind.__name__}")
    _check_variables(raw.get("variables", {}), where)
    return Theme(**raw)


def _check_variables(variables: Any, where: str) -> None:
    _check(isinstance(variables, dict), where, "variables", "has to be a table")
    for key, value in variables.items():
        _check(bool(NAME.fullmatch(key)), where, key, "has a name that is not a-z, 0-9 and -")
        if key.endswith("-text-style"):
            good = isinstance(value, str) and set(value.split()) <= TEXT_STYLES
        else:
            good = _is_color(value)
        _check(good, where, key, f"is {value!r}, which is not allowed")


def _is_color(value: object) -> bool:
    if not isinstance(value, str):
        return False
    if AUTO.fullmatch(value):
        return True
    try:
        Color.parse(value)
    except ColorParseError:
        return False
    return True


def _check(good: bool, where: str, key: str, what: str) -> None:
    if not good:
        raise BadTheme(f"{where}: `{key}` {what}.")
