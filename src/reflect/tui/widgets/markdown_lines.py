"""From a Markdown text to lines that can be drawn: nothing in it is markup to us, or steers a terminal."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content, Span
from textual.style import Style

from reflect.records.textforms import folded
from reflect.tui.words import plain, plain_line

if TYPE_CHECKING:
    from markdown_it.token import Token

# The first part of a text is small, so that it is soon there; the others are as large as is quick to parse.
FIRST_CHUNK = 3_000
CHUNK = 12_000
LONGEST_LINE = 20_000
# The parser drops what is nested deeper than 20; such a text is shown as it was typed.
DEEPEST = 18
CELL = 28
LINK = "record"
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
MARKS = {"strong_open": "bold", "em_open": "italic", "s_open": "strike", "link_open": "underline"}


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that is wrapped as one; `first` and `rest` stand before its lines."""

    text: Content
    first: str = ""
    rest: str = ""
    is_cut: bool = False


BLANK = Block(Content(""))
NO_RECORD = " (no record)"


@dataclass(frozen=True)
class Names:
    """What the links of a text name: titles and notes by the folded name, and the names that lead nowhere."""

    titles: Mapping[str, str] = field(default_factory=dict)
    missing: Container[str] = ()
    notes: Mapping[str, str] = field(default_factory=dict)


class Footnotes:
    """Collects where links lead, for a page on which none can be followed."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def mark(self, target: str) -> str:
        """Return the mark that stands behind a link: the same for the same target."""
        return f" [{self._numbers.setdefault(target, len(self._numbers) + 1)}]"

    def blocks(self) -> list[Block]:
        """Return the notes in their order."""
        notes = [
            Block(plain_line(target), f"[{number}] ", " " * (len(str(number)) + 3))
            for target, number in self._numbers.items()
        ]
        return [Block(Content("─" * 12)), BLANK, *notes] if notes else []


def link(text: Content, target: str) -> Content:
    """Return a text that leads to a record."""
    return text.stylize("underline $link-color").stylize(Style.from_meta({LINK: target}))


def target_of(style: object) -> str:
    """Return where a style leads, `""` for nowhere."""
    return str(style.meta.get(LINK, "")) if isinstance(style, Style) else ""


def chunks(text: str) -> Iterator[str]:
    """Cut a text where a block ends, so that the first screen of a large one need not wait for the rest."""
    held: list[str] = []
    size, limit = 0, FIRST_CHUNK
    fence = ""
    for line in _shortened(text):
        fits_a_start = not fence and bool(held) and not held[-1].strip() and line[:1].isalpha() | line.startswith("#")
        if size > limit and (fits_a_start or size > 8 * CHUNK):
            yield "".join(held)
            held, size, limit = [], 0, CHUNK
        mark = FENCE.match(line)
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1][:3]
        held.append(line)
        size += len(line)
    yield "".join(held)


def wrapped(blocks: Iterable[Block], width: int) -> Iterator[Content]:
    """Return the lines of blocks at a width."""
    for block in blocks:
        room = max(8, width - len(block.first))
        lines = [block.text.truncate(room, ellipsis=True)] if block.is_cut else block.text.wrap(room)
        for number, line in enumerate(lines or [Content("")]):
            before = block.first if number == 0 else block.rest
            yield Content.assemble((before, "$text-muted"), line) if before else line


def raw_blocks(text: str) -> list[Block]:
    """Return a text line by line, as it was typed."""
    return [Block(plain(line)) for line in text.splitlines()]


def markdown_blocks(text: str, names: Names, footnotes: Footnotes | None = None) -> list[Block]:
    """Return a Markdown text as blocks; with `footnotes`, where links lead is told there."""
    # 40 ms to import: only those who read wait for it.
    from reflect.records.markdown import tokens

    parsed = tokens(text)
    if any(token.level > DEEPEST for token in parsed):
        return raw_blocks(text)
    return _Builder(names, footnotes).build(parsed)


class _Builder:
    """Walks the parser's tokens once."""

    def __init__(self, names: Names, footnotes: Footnotes | None) -> None:
        self._names = names
        self._footnotes = footnotes
        self._blocks: list[Block] = []
        # What stands before a line, outermost first: [before the next line, before those after it].
        self._before: list[list[str]] = []
        self._numbers: list[int | None] = []
        self._row: list[Content] | None = None
        self._is_tight = False
        self._heading = ""

    def build(self, tokens: list[Token]) -> list[Block]:
        for token in tokens:
            handle = getattr(self, f"_{token.type}", None)
            if handle is not None:
                handle(token)
        return self._blocks

    def _emit(self, text: Content, is_cut: bool = False) -> None:
        first = "".join(each[0] for each in self._before)
        rest = "".join(each[1] for each in self._before)
        self._blocks.append(Block(text, first, rest, is_cut))
        for each in self._before:
            each[0] = each[1]

    def _gap(self, token: Token | None = None) -> None:
        if self._blocks and self._blocks[-1] != BLANK:
            rest = "".join(each[1] for each in self._before).rstrip()
            self._blocks.append(Block(Content(""), rest, rest) if rest else BLANK)

    def _heading_open(self, token: Token) -> None:
        self._heading = "bold $text-accent" if token.tag in ("h1", "h2") else "bold"

    def _heading_close(self, token: Token) -> None:
        self._heading = ""
        self._gap()

    def _paragraph_open(self, token: Token) -> None:
        self._is_tight = token.hidden

    def _paragraph_close(self, token: Token) -> None:
        if not token.hidden:
            self._gap()

    def _inline(self, token: Token) -> None:
        text = _inline(token.children or [], self._names, self._footnotes)
        if self._row is not None:
            self._row.append(text)
        else:
            self._emit(text.stylize(self._heading) if self._heading else text)

    def _blockquote_open(self, token: Token) -> None:
        self._before.append(["▌ ", "▌ "])

    def _blockquote_close(self, token: Token) -> None:
        if self._blocks and not self._blocks[-1].text.plain.strip():
            self._blocks.pop()
        self._before.pop()
        self._gap()

    def _bullet_list_open(self, token: Token) -> None:
        self._numbers.append(None)

    def _ordered_list_open(self, token: Token) -> None:
        self._numbers.append(int(token.attrGet("start") or 1))

    def _bullet_list_close(self, token: Token) -> None:
        self._numbers.pop()
        if not self._numbers:
            self._gap()

    _ordered_list_close = _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        number = self._numbers[-1]
        mark = "• " if number is None else f"{number}. "
        self._numbers[-1] = None if number is None else number + 1
        self._before.append([mark, " " * len(mark)])

    def _list_item_close(self, token: Token) -> None:
        before = self._before.pop()
        if before[0] != before[1]:
            # An empty item still shows its mark.
            self._before.append(before)
            self._emit(Content(""))
            self._before.pop()

    def _fence(self, token: Token) -> None:
        for line in token.content.splitlines() or [""]:
            self._emit(Content.assemble("  ", plain(line).stylize("$text-muted")), is_cut=False)
        self._gap()

    _code_block = _fence

    def _hr(self, token: Token) -> None:
        self._emit(Content("─" * 12).stylize("$text-muted"))
        self._gap()

    def _tr_open(self, token: Token) -> None:
        self._row = []

    def _tr_close(self, token: Token) -> None:
        cells = [cell.truncate(CELL, ellipsis=True, pad=True) for cell in self._row or []]
        self._row = None
        self._emit(Content(" │ ").join(cells), is_cut=True)

    def _table_close(self, token: Token) -> None:
        self._gap()


def _inline(children: list[Token], names: Names, footnotes: Footnotes | None) -> Content:
    text: list[str] = []
    spans: list[Span] = []
    opened: list[tuple[str, int, Token]] = []
    position = 0

    def add(piece: str) -> None:
        nonlocal position
        text.append(piece)
        position += len(piece)

    for token in children:
        start = position
        if token.type == "record_link":
            name = folded(token.content)
            title = names.titles.get(name, token.content)
            linked = link(plain_line(str(token.meta.get("shown") or title)), token.content)
            add(linked.plain)
            spans += [Span(start + each.start, start + each.end, each.style) for each in linked.spans]
            if name in names.missing:
                add(NO_RECORD)
                spans.append(Span(position - len(NO_RECORD), position, "$text-muted"))
            elif footnotes is not None:
                add(footnotes.mark(names.notes.get(name, title)))
        elif token.type == "code_inline":
            add(plain(token.content).plain)
            spans.append(Span(start, position, "$text-accent"))
        elif token.type in ("softbreak", "hardbreak"):
            add(" " if token.type == "softbreak" else "\n")
        elif token.nesting == 1:
            opened.append((MARKS.get(token.type, ""), position, token))
        elif token.nesting == -1 and opened:
            style, begun, opening = opened.pop()
            if style:
                spans.append(Span(begun, position, style))
            address = str(opening.attrGet("href") or "")
            if address and footnotes is not None:
                add(footnotes.mark(address))
            elif address and address != "".join(text)[begun:]:
                add(f" ({plain_line(address).plain})")
                spans.append(Span(position - len(address) - 3, position, "$text-muted"))
        else:
            add(plain(token.content).plain)
    return Content("".join(text), spans)


def _shortened(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        while len(line) > LONGEST_LINE:
            cut = line.rfind(" ", 0, LONGEST_LINE)
            cut = cut if cut > 0 else LONGEST_LINE
            yield line[:cut] + "\n"
            line = line[cut:].lstrip(" ")
        yield line
