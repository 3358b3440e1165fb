"""The settings: one table that the file, `reflect config` and the docs are read from."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from reflect.errors import ReflectError, UsageError
from reflect.paths import private_folder
from reflect.records.school import (
    MOST_SPANS,
    SPAN_HELP,
    WEEKDAYS,
    School,
    Span,
    parse_spans,
    read_span,
    school_of,
    spans_text,
)
from reflect.records.textforms import folded
from reflect.store.files import write_durably


@dataclass(frozen=True)
class Setting:
    """One setting: its name, what it does, and how a text becomes its value."""

    name: str
    default: str
    help: str
    allowed: str
    check: Callable[[str], bool] = field(default=lambda text: True)


def _is_measure(text: str) -> bool:
    return text.isdigit() and 40 <= int(text) <= 200


def _is_yes_or_no(text: str) -> bool:
    return text in ("yes", "no")


def _is_weekday(text: str) -> bool:
    return folded(text) in WEEKDAYS


def _are_spans(text: str) -> bool:
    return parse_spans(text) is not None


def _is_minutes(text: str) -> bool:
    return text == "no" or (text.isdigit() and 1 <= int(text) <= 1440)


SETTINGS = (
    Setting("vault", "", "The folder of your journal.", "a folder"),
    Setting("editor", "", "Your own editor, used in place of $VISUAL and $EDITOR.", "a command"),
    Setting("theme", "", "The colors of the app; without it, they follow your terminal.", "the name of a theme"),
    Setting("measure", "76", "How many characters a line of text has in the app.", "a number, 40 to 200", _is_measure),
    Setting("animations", "", "Movement on the screen; without it, none over ssh.", "yes or no", _is_yes_or_no),
    Setting("reader", "no", "Reader mode: for screen readers and Braille displays.", "yes or no", _is_yes_or_no),
    Setting("spelling", "", "The language of the spell checker; without it, that of the text.", "a language, or no"),
    Setting("week_starts", "monday", "The day your week begins on.", "a day of the week, in English", _is_weekday),
    Setting("terms", "", "Your school terms, so that weeks are counted by them.", SPAN_HELP, _are_spans),
    Setting(
        "breaks", "", "Your breaks: their weeks are not counted, and nothing waits in them.", SPAN_HELP, _are_spans
    ),
    Setting("sync_at_start", "yes", "Sync when the app starts.", "yes or no", _is_yes_or_no),
    Setting(
        "sync_at_end", "yes", "Send what waits when the app ends; a few seconds at most.", "yes or no", _is_yes_or_no
    ),
    Setting("sync_every", "no", "Sync by the clock while the app runs.", "minutes, 1 to 1440, or no", _is_minutes),
)
# In the file, terms and breaks are tables as in a community's own file; each setting names its table.
TABLES = {"terms": "term", "breaks": "break"}
SCHOOL = "school"
# Keys of the app stand in a table of their own, `place.name`; the app knows which there are.
KEYS = "keys"


@dataclass(frozen=True)
class Settings:
    """The settings in force; `problems` says what in the file was not understood."""

    vault: str = ""
    editor: str = ""
    theme: str = ""
    measure: str = "76"
    animations: str = ""
    reader: str = "no"
    spelling: str = ""
    week_starts: str = "monday"
    terms: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()
    sync_at_start: str = "yes"
    sync_at_end: str = "yes"
    sync_every: str = "no"
    keys: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def school(self) -> School:
        """The person's own school calendar."""
        return school_of(self.week_starts, self.terms, self.breaks)

    def text_of(self, name: str) -> str:
        """Return a setting as a person types it."""
        value = getattr(self, name)
        return value if isinstance(value, str) else spans_text(value)


def read_settings(path: Path) -> Settings:
    """Return the settings of a file; what is wrong in it keeps its default and is said."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return Settings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Settings(problems=(f"{path} cannot be read: {error}.",))
    known = {each.name: each for each in SETTINGS}
    values: dict[str, Any] = {}
    keys, problems = _keys(raw.pop(KEYS, {}), path)
    spans = {name: _spans(raw.pop(table, []), table, path, problems) for name, table in TABLES.items()}
    raw |= _school(raw.pop(SCHOOL, {}), path, problems)
    for name, value in raw.items():
        if name not in known:
            problems.append(f"{path}: “{name}” is not a setting.")
        elif not isinstance(value, (str, int)) or not known[name].check(str(value)):
            problems.append(f"{path}: {name} is {value!r}; it takes {known[name].allowed}.")
        else:
            values[name] = str(value)
    return Settings(**values | spans, keys=keys, problems=tuple(problems))


def _school(table: object, path: Path, problems: list[str]) -> dict[str, object]:
    """Return what the table of the school says, by the names of the settings."""
    if isinstance(table, dict) and set(table) <= {"week_starts"}:
        return table
    problems.append(f"{path}: school has to be a table with week_starts; terms are written as [[term]].")
    return {}


def _spans(tables: object, name: str, path: Path, problems: list[str]) -> tuple[Span, ...]:
    """Return the terms or breaks of a file; what is none is left out and said."""
    if not isinstance(tables, list) or len(tables) > MOST_SPANS:
        problems.append(f"{path}: {name} takes at most {MOST_SPANS} tables, each written as [[{name}]].")
        return ()
    found = [read_span(table) if isinstance(table, dict) else None for table in tables]
    for number, span in enumerate(found, 1):
        if span is None:
            problems.append(f"{path}: [[{name}]] {number} takes a name, a start and an end, such as 2026-08-31.")
    return tuple(span for span in found if span is not None)


def _keys(table: object, path: Path) -> tuple[dict[str, str], list[str]]:
    """Return the keys as `place.name` with what they are, and a sentence for each that is no text."""
    keys: dict[str, str] = {}
    problems: list[str] = []
    if not isinstance(table, dict):
        return {}, [f"{path}: keys has to be a table, such as [keys.journal]."]
    for place, names in table.items():
        for name, value in names.items() if isinstance(names, dict) else [("", names)]:
            full = f"{place}.{name}" if name else str(place)
            values = value if isinstance(value, list) else [value]
            if all(isinstance(each, str) and each for each in values) and values:
                keys[full] = ",".join(values)
            else:
                problems.append(f"{path}: keys.{full} is {value!r}; it takes a key, or a list of keys.")
    return keys, problems


def write_setting(path: Path, name: str, value: str) -> None:
    """Put one setting into the file, or take it out for `""`; comments and the rest stay.

    Raises UsageError for a name or value that is not allowed.
    """
    setting = find_setting(name)
    if value and not setting.check(value):
        raise UsageError(f"{name} cannot be “{value}”.", f"It takes {setting.allowed}.")
    # 30 ms to import, and only this writes TOML.
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    try:
        document: Any = tomlkit.parse(path.read_text("utf-8")) if path.exists() else tomlkit.document()
    except TOMLKitError as error:
        raise ReflectError(f"{path} cannot be read: {error}.", "Mend the file, then try again.") from None
    if name in TABLES or name == "week_starts":
        _write_school(document, name, value)
    elif value:
        document[name] = value
    elif name in document:
        del document[name]
    private_folder(path.parent)
    write_durably(path, tomlkit.dumps(document).encode())


def _write_school(document: Any, name: str, value: str) -> None:
    """Put a setting of the school calendar where a community's file has it too."""
    import tomlkit

    if name in TABLES:
        tables = tomlkit.aot()
        for span in parse_spans(value) or ():
            table = tomlkit.table()
            table.update({"name": span.name, "start": span.start, "end": span.end})
            tables.append(table)
        document.pop(TABLES[name], None)
        if len(tables):
            document.append(TABLES[name], tables)
    elif value:
        document.setdefault(SCHOOL, tomlkit.table())["week_starts"] = folded(value)
    else:
        document.pop(SCHOOL, None)


def find_setting(name: str) -> Setting:
    """Return the setting of this name; raises UsageError with those that exist."""
    for setting in SETTINGS:
        if setting.name == name:
            return setting
    raise UsageError(f"There is no setting “{name}”.", "There are: " + ", ".join(each.name for each in SETTINGS) + ".")
