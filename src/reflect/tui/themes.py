"""Color themes: which there are, and which of them a terminal gets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from textual.theme import BUILTIN_THEMES, Theme

from reflect.store.shipped import shipped_folder
from reflect.store.theme_files import BadTheme, ThemeFile, read_values, theme_files

DARK, LIGHT = "evening", "paper"
# For terminals with sixteen colors, and with none.
PLAIN_DARK, PLAIN_LIGHT = "plain", "plain-light"
# Textual's own, for when not one of our files can be read.
LAST_RESORT = "ansi-dark"
# Rich's names for what a terminal can do, of which these are too few for a theme of ours.
FEW_COLORS = {None, "standard", "windows"}


def load_themes(folders: Iterable[Path]) -> tuple[list[Theme], list[str]]:
    """Return the themes of these folders, and a sentence for each file that could not be used."""
    found = theme_files(folders)
    problems = [f"A theme was left out. {each.problem}" for each in found if each.problem]
    return [theme_of(each) for each in found if not each.problem], problems


def theme_of(file: ThemeFile) -> Theme:
    """Return the theme that a good file describes."""
    return _theme(file.values)


def read_theme(text: str, where: str) -> Theme:
    """Return the theme that a TOML text describes; raises BadTheme."""
    return _theme(read_values(text, where))


def _theme(values: Mapping[str, Any]) -> Theme:
    theme = Theme(**{key: value for key, value in values.items() if key != "says"})
    if theme.ansi:
        # Textual's own style sheets name variables that only its themes of this sort have.
        usual = BUILTIN_THEMES["ansi-dark" if theme.dark else "ansi-light"].variables
        theme.variables = {**usual, **theme.variables}
    return theme


def shipped_theme(name: str) -> Theme | None:
    """Return a theme that ships with the program, None where there is none of this name."""
    path = shipped_folder("themes") / f"{name}.toml"
    try:
        return read_theme(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError, BadTheme):
        return None


def usual_theme(is_dark: bool, has_few_colors: bool) -> str:
    """Return the theme of a terminal for which none was chosen."""
    dark, light = (PLAIN_DARK, PLAIN_LIGHT) if has_few_colors else (DARK, LIGHT)
    return dark if is_dark else light


def choose(available: Mapping[str, Theme], wanted: str, is_dark: bool, has_few_colors: bool) -> tuple[str, str]:
    """Return the theme to use, and a sentence when it is not the one that was wanted.

    Without a wish it follows the terminal; where there are few colors, it is made of the terminal's own.
    """
    usual = usual_theme(is_dark, has_few_colors)
    fallback = usual if usual in available else LAST_RESORT
    if not wanted:
        return fallback, ""
    if wanted not in available:
        return fallback, f"There is no theme “{wanted}”; {fallback} is used."
    if has_few_colors and not available[wanted].ansi:
        return fallback, ""
    return wanted, ""
