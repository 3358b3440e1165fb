"""Theme files: checked when they are read, and how far their texts stand out from the page."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reflect.store.shipped import shipped_folder

NAME = re.compile(r"[a-z0-9-]+")
HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
# What a terminal calls its own sixteen colors; `default` is what it writes with, and on.
TERMINAL_COLORS = ("default", *(f"{b}{name}" for b in ("", "bright_") for name in (
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")))  # fmt: skip
ANSI = {f"ansi_{name}" for name in TERMINAL_COLORS}
AUTO = re.compile(r"auto( \d{1,3}%)?")
TEXT_STYLES = {"none", "bold", "italic", "underline", "reverse"}
COLORS = (
    "primary",
    "secondary",
    "warning",
    "error",
    "success",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "boost",
)
OTHERS: Mapping[str, type] = {
    "name": str,
    "says": str,
    "dark": bool,
    "ansi": bool,
    "luminosity_spread": float,
    "text_alpha": float,
    "variables": dict,
}
# Each of these texts may stand on each of these grounds.
TEXTS = (
    "foreground",
    "text",
    "text-muted",
    "text-disabled",
    "text-primary",
    "text-accent",
    "text-warning",
    "text-error",
    "text-success",
    "link-color",
)
GROUNDS = ("background", "surface", "panel", "block-cursor-background", "block-cursor-blurred-background")
PAIRS = (
    ("block-cursor-foreground", "block-cursor-background"),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background"),
    ("input-cursor-foreground", "input-cursor-background"),
    ("input-selection-foreground", "input-selection-background"),
    ("footer-foreground", "footer-background"),
    ("footer-key-foreground", "footer-background"),
    ("footer-description-foreground", "footer-background"),
    ("link-color-hover", "link-background-hover"),
)


class BadTheme(ValueError):
    """A theme file says something that is not allowed; names file and key."""


@dataclass(frozen=True)
class ThemeFile:
    """One file and what it says; `problem` says why it cannot be used, `""` when it can."""

    name: str
    path: Path
    values: Mapping[str, Any]
    problem: str = ""

    @property
    def is_dark(self) -> bool:
        """Whether it is for a dark page."""
        return bool(self.values.get("dark", True))

    @property
    def is_of_terminal(self) -> bool:
        """Whether its colors are the terminal's own sixteen."""
        return bool(self.values.get("ansi", False))

    @property
    def contrast(self) -> float | None:
        """How far the weakest of its texts stands out from what it stands on, 1 to 21.

        None where the terminal decides. Only colors that stand in the file are looked at.
        """
        given = {**self.values, **self.values.get("variables", {})}
        pairs = (*((text, ground) for text in TEXTS for ground in GROUNDS), *PAIRS)
        known = [(given.get(one, ""), given.get(other, "")) for one, other in pairs]
        found = [contrast(one, other) for one, other in known if HEX.fullmatch(one) and HEX.fullmatch(other)]
        return round(min(found), 2) if found and not self.is_of_terminal else None

    @property
    def says(self) -> str:
        """What it says of itself, `""` for nothing."""
        return str(self.values.get("says", ""))

    @property
    def word(self) -> str:
        """What it is, in a word or two."""
        lightness = "dark" if self.is_dark else "light"
        if self.is_of_terminal:
            return f"{lightness}, 16 colors"
        return f"{lightness}, high contrast" if (self.contrast or 0) >= 7 else lightness


def theme_files(folders: Iterable[Path]) -> list[ThemeFile]:
    """Return every theme file of these folders; of two good ones with one name, the later."""
    found: dict[str, ThemeFile] = {}
    for folder in folders:
        for path in sorted(folder.glob("*.toml")) if folder.is_dir() else []:
            try:
                values = read_values(path.read_text("utf-8"), path.name)
                each = ThemeFile(values["name"], path, values)
            except (OSError, UnicodeDecodeError, BadTheme) as error:
                each = ThemeFile(path.stem, path, {}, str(error))
            found[str(path) if each.problem else each.name] = each
    return list(found.values())


def theme_folders(own: Path) -> list[Path]:
    """Return where themes lie: those that ship, then those of the config folder."""
    return [shipped_folder("themes"), own / "themes"]


def read_values(text: str, where: str) -> dict[str, Any]:
    """Return what a theme file says; raises BadTheme."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadTheme(f"{where}: not TOML: {error}.") from None
    for key, value in raw.items():
        _check(key in COLORS or key in OTHERS, where, key, "is not known")
        if key in COLORS:
            _check(_is_color(value), where, key, f"is {value!r}, which is no color")
    _check(isinstance(raw.get("name"), str) and bool(NAME.fullmatch(raw["name"])), where, "name", "has to be a-z, 0-9")
    _check("primary" in raw, where, "primary", "is missing")
    for key, kind in OTHERS.items():
        word = "table" if kind is dict else kind.__name__
        _check(key not in raw or isinstance(raw[key], kind), where, key, f"has to be a {word}")
    for key, value in raw.get("variables", {}).items():
        _check_variable(key, value, where)
    return raw


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colors given as `#rrggbb`, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(color: str) -> Iterator[float]:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    return (int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4))


def _check_variable(key: str, value: object, where: str) -> None:
    _check(bool(NAME.fullmatch(key)), where, key, "has a name that is not a-z, 0-9 and -")
    if key.endswith("-text-style"):
        good = isinstance(value, str) and set(value.split()) <= TEXT_STYLES
    else:
        good = _is_color(value)
    _check(good, where, key, f"is {value!r}, which is not allowed")


def _is_color(value: object) -> bool:
    return isinstance(value, str) and (bool(HEX.fullmatch(value) or AUTO.fullmatch(value)) or value in ANSI)


def _check(good: bool, where: str, key: str, what: str) -> None:
    if not good:
        raise BadTheme(f"{where}: `{key}` {what}.")
