"""Finding the line of a TOML text on which a value stands: the parser gives values without their places."""

from __future__ import annotations

from collections.abc import Sequence

# What a table is called by in what is said of it.
NAMES = ("name", "title", "slug")


def line_of(text: str, table: str, key: str = "") -> int:
    """Return the number of the line of a key in a table, that of the table where it has no such key, 0 for neither.

    A table is named as sentences name it: `[[field]] status` by its name, title or slug, `[[loop]] 2` by its
    number, `[[stage]] dossier, [[exit]] 1` inside of another; any other words mean the top of the file.
    """
    lines = text.split("\n")
    start, end = 0, _end_of_top(lines)
    for step in table.split(", [[") if table.startswith("[[") else []:
        sort, _, name = step.removeprefix("[[").partition("]] ")
        found = _table(lines, start, len(lines), sort, name)
        if found is None:
            return 0
        start, end = found
    return _key(lines, start, end, key) or (start + 1 if table.startswith("[[") else 0)


def _end_of_top(lines: Sequence[str]) -> int:
    return next((number for number, line in enumerate(lines) if _header(line)), len(lines))


def _header(line: str) -> str:
    """Return the name of the table that begins on a line, `""` where none does."""
    text = line.strip()
    return text.partition("]")[0].strip("[ \t") if text.startswith("[") else ""


def _table(lines: Sequence[str], start: int, end: int, sort: str, name: str) -> tuple[int, int] | None:
    """Return the lines from the header of a table to the next header of any."""
    number = 0
    for at in range(start, end):
        if _header(lines[at]).rpartition(".")[2] != sort:
            continue
        number += 1
        until = next((n for n in range(at + 1, end) if _header(lines[n])), end)
        if name == str(number) or any(_says(lines[n], name) for n in range(at + 1, until)):
            return at, until
    return None


def _says(line: str, name: str) -> bool:
    key, equals, value = line.partition("=")
    return bool(equals) and key.strip() in NAMES and value.strip()[1:].startswith(name)


def _key(lines: Sequence[str], start: int, end: int, key: str) -> int:
    wanted = key.partition(".")[0]
    found = (n + 1 for n in range(start, end) if wanted and lines[n].partition("=")[0].strip().strip("\"'") == wanted)
    return next(found, 0)
