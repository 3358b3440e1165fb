"""A record's file as text: front matter and body, edited so that only what was asked for changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reflect.errors import Unreadable
from reflect.records.yaml_block import Entry, Value, format_entry, inline_value, parse_block

# Ten thousand values of a measure stand in it.
MAX_FRONT_MATTER = 256 * 1024
MAX_RECORD = 4 * 1024 * 1024
BOM = "\ufeff"


@dataclass(frozen=True)
class Document:
    """A text in three parts that join to the very same text: opening fence, block, the rest."""

    opening: str
    block: str
    closing: str
    body: str

    @classmethod
    def parse(cls, text: str) -> Document:
        """Split a text; raises Unreadable where a front matter starts and is not well formed."""
        first, _, rest = text.partition("\n")
        if first.removeprefix(BOM).rstrip(" \t\r") != "---":
            return cls("", "", "", text)
        opening = first + "\n"
        block, closing_and_body = _split_at_fence(rest)
        if closing_and_body is None:
            raise Unreadable(1, "the front matter that starts here has no end (a line of ---)")
        if len(block.encode("utf-8", "surrogateescape")) > MAX_FRONT_MATTER:
            raise Unreadable(1, f"the front matter is larger than {MAX_FRONT_MATTER // 1024} KiB")
        closing, newline, body = closing_and_body.partition("\n")
        document = cls(opening, block, closing + newline, body)
        _ = document.entries  # an unreadable block is found here, not at first use
        return document

    @property
    def text(self) -> str:
        """The whole text."""
        return self.opening + self.block + self.closing + self.body

    @cached_property
    def entries(self) -> list[Entry]:
        """The entries of the front matter, in the order of the file."""
        try:
            return parse_block(self.block)
        except Unreadable as error:
            raise Unreadable(error.line + 1, error.why) from None

    @cached_property
    def values(self) -> Mapping[str, Value]:
        """The front matter's keys and what stands behind them."""
        return {entry.key: entry.value for entry in self.entries}

    @property
    def newline(self) -> str:
        """The line ending that the file uses."""
        text = self.text
        end = text.find("\n")
        return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"

    def with_value(self, key: str, value: Value | None) -> Document:
        """Return the document with this key set, or removed for None; other lines stay as they are."""
        if value == self.values.get(key):
            return self
        lines = self.block.splitlines(keepends=True)
        entry = next((each for each in self.entries if each.key == key), None)
        if entry is None:
            if value is None:
                return self
            changed = [*_ended(lines, self.newline), format_entry(key, value, self.newline)]
        else:
            changed = _replaced(lines, entry, value, self.newline)
        return self._with_block("".join(changed), {**self.values, key: value})

    def with_body(self, body: str) -> Document:
        """Return the document with another body, in the line endings of the file."""
        if self.newline == "\r\n":
            body = body.replace("\r\n", "\n").replace("\n", "\r\n")
        return Document(self.opening, self.block, self.closing, body)

    def _with_block(self, block: str, expected: Mapping[str, Value | None]) -> Document:
        fence = "---" + self.newline
        changed = Document(self.opening or fence, block, self.closing or fence, self.body)
        # Editing a line in place is only right when everything else still reads the same.
        if dict(changed.values) != {k: v for k, v in expected.items() if v is not None}:
            raise Unreadable(1, "the front matter is written in a way that cannot be edited safely")
        return changed


def _split_at_fence(rest: str) -> tuple[str, str | None]:
    """Return the text up to the closing fence, and from it on; None where there is none."""
    start = 0
    while start < len(rest):
        end = rest.find("\n", start)
        line = rest[start : end if end >= 0 else len(rest)]
        if line.rstrip(" \t\r") in ("---", "..."):
            return rest[:start], rest[start:]
        if end < 0:
            break
        start = end + 1
    return rest, None


def _ended(lines: list[str], newline: str) -> list[str]:
    if lines and not lines[-1].endswith("\n"):
        return [*lines[:-1], lines[-1] + newline]
    return lines


def _replaced(lines: list[str], entry: Entry, value: Value | None, newline: str) -> list[str]:
    start, last = entry.key_start[0], entry.value_end[0]
    if entry.value_end[1] == 0 and last > start:
        last -= 1
    inline = None if value is None else inline_value(value)
    if inline is not None and last == start and not entry.is_block:
        line = lines[start]
        before, after = line[: entry.value_start[1]].rstrip(" "), line[entry.value_end[1] :]
        gap = " " if inline else ""
        return [*lines[:start], before + gap + inline + after, *lines[start + 1 :]]
    new = [] if value is None else [format_entry(entry.key, value, newline)]
    return [*lines[:start], *new, *lines[last + 1 :]]
