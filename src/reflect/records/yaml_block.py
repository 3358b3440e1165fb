"""Reading a block of YAML from its events, so that what a person typed as text stays text.

The loaders of PyYAML are not used: libyaml's composer can be crashed by nesting, neither loader
refuses aliases or notices a key that stands twice, and both turn text into dates and booleans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from typing import Any, NamedTuple

import yaml

from reflect.errors import Unreadable

type_of_loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 8
PLAIN = re.compile(r"[^\W_](?:[^\x00-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff:#]++|:(?=\S)|(?<=\S)#)*+")
FLOW_MARKS = re.compile(r"[,\[\]{}]|:(?=[\"'])")
# A line of its own: `key: text`, `key: "text"` or `key: [word, word]`, as this program writes nearly all of them.
WORD = r"[^\W_](?:[\w -]*[\w-])?"
QUOTED = r"[\w .,:;!?()'#-]*"
LINE = re.compile(
    rf"([A-Za-z][A-Za-z0-9_-]{{0,63}}): (?:({PLAIN.pattern})(?<! )|\"({QUOTED})\"|\[({WORD}(?:, {WORD})*)\])"
)
# Line ends to YAML, though not to Markdown.
BREAKS = re.compile("[\u0085\u2028\u2029]")
# Words that other YAML readers would not leave as text.
READ_AS_OTHER = frozenset(["true", "false", "yes", "no", "on", "off", "null", "~", ".nan", ".inf"])

Value = str | list["Value"] | dict[str, "Value"]


class Entry(NamedTuple):
    """One key of the block; places are (line, column) within the block, from 0."""

    key: str
    value: Value
    key_start: tuple[int, int]
    value_start: tuple[int, int]
    value_end: tuple[int, int]
    is_block: bool


def parse_block(block: str) -> list[Entry]:
    """Return the entries of a block mapping in the order of the file; raises Unreadable."""
    simple = _simple_entries(block)
    if simple is not None:
        return simple
    try:
        return _Reader(block).entries()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        why = error.problem or error.context or "not YAML"
        raise Unreadable(mark.line + 1 if mark else 1, why) from None
    except yaml.reader.ReaderError as error:
        line = block.count("\n", 0, error.position) + 1
        raise Unreadable(line, "a character that YAML does not allow") from None


def _simple_entries(block: str) -> list[Entry] | None:
    """Return what libyaml would say of a block of simple lines, in a fifth of the time; None for any other block."""
    if not block.endswith("\n") or BREAKS.search(block):
        return None
    found: dict[str, Entry] = {}
    for number, line in enumerate(block[:-1].split("\n")):
        match = LINE.fullmatch(line)
        if match is None or match[1] in found:
            return None
        key, plain, quoted, items = match.groups()
        value: Value = list[Value](items.split(", ")) if items else plain or quoted or ""
        found[key] = Entry(key, value, (number, 0), (number, len(key) + 2), (number, len(line)), False)
    return list(found.values())


def format_entry(key: str, value: Value, newline: str = "\n") -> str:
    """Return the line, or lines, that say `key: value`, each with its line ending."""
    shown_key = _scalar(key, in_flow=False)
    if isinstance(value, dict):
        lines = [f"{shown_key}:"]
        lines += [f"  {_scalar(k, in_flow=False)}: {_inline(v)}" for k, v in value.items()]
        return "".join(line + newline for line in lines)
    if isinstance(value, str) and "\n" in value and _fits_literal(value):
        chomp = "" if value.endswith("\n") else "-"
        lines = [f"{shown_key}: |{chomp}"]
        lines += [f"  {line}" if line else "" for line in value.removesuffix("\n").split("\n")]
        return "".join(line + newline for line in lines)
    return f"{shown_key}: {_inline(value)}".rstrip(" ") + newline


def inline_value(value: Value) -> str | None:
    """Return the value as it can stand behind `key: `, None when it needs lines of its own."""
    if isinstance(value, dict) or (isinstance(value, str) and "\n" in value):
        return None
    return _inline(value)


def _inline(value: Value) -> str:
    if isinstance(value, list):
        return "[" + ", ".join(_item(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(k, in_flow=True)}: {_item(v)}" for k, v in value.items()) + "}"
    return _scalar(value, in_flow=False) if value else ""


def _item(value: Value) -> str:
    return _scalar(value, in_flow=True) if isinstance(value, str) else _inline(value)


def _fits_literal(text: str) -> bool:
    body = text.removesuffix("\n")
    printable = not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]", body)
    return bool(printable and body and not body.endswith("\n") and not body.startswith((" ", "\t", "\n")))


def _scalar(text: str, *, in_flow: bool) -> str:
    fits = PLAIN.fullmatch(text) and not text.endswith((" ", "\t", ":")) and not BREAKS.search(text)
    if fits and text.lower() not in READ_AS_OTHER and not (in_flow and FLOW_MARKS.search(text)):
        return text
    return '"' + "".join(_escaped(char) for char in text) + '"'


def _escaped(char: str) -> str:
    simple = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
    if char in simple:
        return simple[char]
    code = ord(char)
    if (
        code < 0x20
        or 0x7F <= code <= 0x9F
        or code in (0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF)
        or 0xD800 <= code <= 0xDFFF
    ):
        return f"\\u{code:04x}"
    return char


class _Reader:
    """Builds values from libyaml's events, in one pass and without recursion in the parser."""

    def __init__(self, block: str) -> None:
        # The loader's own events, without the generator of yaml.parse: a third of the time.
        self._next_event: Callable[[], yaml.Event] = type_of_loader(block).get_event

    def next(self) -> yaml.Event:
        event = self._next_event()
        # Nearly all events are plain scalars, and this runs for each of every record.
        if isinstance(event, yaml.ScalarEvent) and event.anchor is None and event.tag is None:
            return event
        if getattr(event, "anchor", None) is None and getattr(event, "tag", None) in (None, "!"):
            return event
        if isinstance(event, yaml.AliasEvent):
            raise Unreadable(_line(event), "an alias (*name) is not allowed here")
        if getattr(event, "anchor", None) is not None:
            raise Unreadable(_line(event), "an anchor (&name) is not allowed here")
        raise Unreadable(_line(event), "a tag (!name) is not allowed here")

    def entries(self) -> list[Entry]:
        event = self.next()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return []
        if isinstance(event, yaml.ScalarEvent) and event.value == "":
            return []
        if not isinstance(event, yaml.MappingStartEvent):
            raise Unreadable(_line(event), "here should stand lines of `name: value`")
        if event.flow_style:
            raise Unreadable(_line(event), "here should stand lines of `name: value`, not {…}")
        entries = self.mapping_entries()
        if isinstance(self.next(), yaml.DocumentEndEvent):
            event = self.next()
            if isinstance(event, yaml.StreamEndEvent):
                return entries
        raise Unreadable(_line(event), "a second document starts here")

    def mapping_entries(self) -> list[Entry]:
        found: dict[str, Entry] = {}
        while not isinstance(key := self.next(), yaml.MappingEndEvent):
            name = self.key_text(key, found)
            first = self.next()
            value, end, is_block = self.value(first, depth=2)
            found[name] = Entry(
                name,
                value,
                _place(key.start_mark),
                _place(first.start_mark),
                end,
                is_block,
            )
        return list(found.values())

    def key_text(self, event: yaml.Event, taken: Container[str]) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            raise Unreadable(_line(event), "a name before `:` has to be plain text")
        name = str(event.value)
        if name in taken:
            raise Unreadable(_line(event), f"“{name}” stands here a second time")
        return name

    def value(self, event: yaml.Event, depth: int) -> tuple[Value, tuple[int, int], bool]:
        """Return the value that starts here, where it ends, and whether it is in block style."""
        end = _place(event.end_mark)
        if isinstance(event, yaml.ScalarEvent):
            return str(event.value), end, event.style in ("|", ">")
        if depth > MAX_DEPTH:
            raise Unreadable(_line(event), f"nested deeper than {MAX_DEPTH} levels")
        is_block = not getattr(event, "flow_style", False)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Value] = []
            while not isinstance(item := self.next(), yaml.SequenceEndEvent):
                value, end, _ = self.value(item, depth + 1)
                items.append(value)
            return items, end if is_block else _place(item.end_mark), is_block
        mapping: dict[str, Value] = {}
        while not isinstance(key := self.next(), yaml.MappingEndEvent):
            name = self.key_text(key, mapping)
            mapping[name], end, _ = self.value(self.next(), depth + 1)
        return mapping, end if is_block else _place(key.end_mark), is_block


def _place(mark: Any) -> tuple[int, int]:
    # Events that were parsed always carry marks; only events made by hand have none.
    return (mark.line, mark.column) if mark else (0, 0)


def _line(event: yaml.Event) -> int:
    return _place(event.start_mark)[0] + 1
