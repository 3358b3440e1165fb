"""A body cut into its paragraphs, which join again to the very same text.

A list, a table, a block of code or a quotation is one paragraph; those of lists and tables know their items and rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reflect.records.document import BOM
from reflect.records.markdown import block_tokens
from reflect.records.textforms import one_line

if TYPE_CHECKING:
    from markdown_it.token import Token

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# What is blank to Markdown; other white space is text.
BLANK = " \t\r\n"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `text` has no line end at its end, `gap` is what leads from it to the next or to the end.

    `heading` is the title of a section that begins here, None elsewhere; `parts` are the items of a list or the rows of
    a table, the first of which is its head; `shape` says of which sort they are.
    """

    text: str
    gap: str
    heading: str | None = None
    shape: str = ""
    parts: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A text in paragraphs; `lead` stands before the first."""

    lead: str
    all: Sequence[Paragraph]

    @property
    def text(self) -> str:
        """The whole text."""
        return self.lead + "".join(each.text + each.gap for each in self.all)


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    heading: str | None = None
    shape: str = ""
    part_starts: tuple[int, ...] = ()


def paragraphs_of(body: str) -> Paragraphs:
    """Return a body in paragraphs."""
    lines = LINE.findall(body.removeprefix(BOM))
    blocks = list(_with_the_unseen(lines, _blocks(block_tokens("".join(lines)))))
    starts = [*(each.start for each in blocks), len(lines)]
    lead = "".join(lines[: starts[0]])
    found = [_paragraph(lines, block, end) for block, end in zip(blocks, starts[1:], strict=True)]
    return Paragraphs(body[: len(body) - len(body.removeprefix(BOM))] + lead, found)


def _paragraph(lines: Sequence[str], block: _Block, end: int) -> Paragraph:
    text, gap = _cut("".join(lines[block.start : end]))
    parts = []
    if block.part_starts:
        bounds = [*block.part_starts, block.end]
        parts = [Paragraph(*_cut("".join(lines[start:stop]))) for start, stop in pairwise(bounds)]
        # What leads on from the last part leads on from the whole.
        parts[-1] = Paragraph(parts[-1].text, "")
    return Paragraph(text, gap, block.heading, block.shape, tuple(parts))


def _cut(text: str) -> tuple[str, str]:
    """Return a text without the line end and the blank lines after it, and these."""
    end = len(text.rstrip(BLANK))
    # Blanks at the end of a line belong to it.
    end += len(text[end:]) - len(text[end:].lstrip(" \t"))
    return text[:end], text[end:]


def _blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
    for index, token in enumerate(tokens):
        if token.level or token.nesting < 0 or not token.map:
            continue
        start, end = token.map
        if token.type == "heading_open" and token.tag == "h2":
            yield _Block(start, end, heading=one_line(tokens[index + 1].content))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            yield _Block(start, end, None, token.type + token.markup, _starts(tokens, index, "list_item_open", 1))
        elif token.type == "table_open":
            # The first row of the table's body ends its head.
            yield _Block(start, end, None, token.type, (start, *_starts(tokens, index, "tr_open", 2)[1:]))
        else:
            yield _Block(start, end)


def _starts(tokens: Sequence[Token], index: int, kind: str, level: int) -> tuple[int, ...]:
    found = []
    for number in range(index + 1, len(tokens)):
        token = tokens[number]
        if token.level == 0:
            break
        if token.type == kind and token.level == level and token.map:
            found.append(token.map[0])
    return tuple(found)


def _with_the_unseen(lines: Sequence[str], blocks: Iterator[_Block]) -> Iterator[_Block]:
    """Yield also the blocks that the parser leaves out, such as the targets of links."""
    at = 0
    for block in [*blocks, _Block(len(lines), len(lines))]:
        begun = None
        for number in range(at, block.start):
            if not lines[number].strip(BLANK):
                begun = None
            elif begun is None:
                begun = number
                yield _Block(number, number + 1)
        if block.start < len(lines):
            yield block
        at = max(at, block.end)
