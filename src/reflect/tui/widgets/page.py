"""What a view of text shows: blocks of ours around a Markdown text, worked out line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content, Span
from textual.style import Style

from reflect.tui.widgets.markdown_lines import (
    Block,
    Footnotes,
    Names,
    chunks,
    markdown_blocks,
    raw_blocks,
    wrapped,
)

NO_NAMES = Names()
KEPT = {"bold", "italic", "strike", "underline"}


@dataclass(frozen=True)
class Page:
    """A text with blocks above and below it; `is_paper` leaves out colors and puts where links lead at the end."""

    text: str = ""
    above: Sequence[Block] = ()
    below: Sequence[Block] = ()
    names: Names = NO_NAMES
    is_raw: bool = False
    is_paper: bool = False

    def lines(self, width: int) -> Iterator[tuple[Content, int]]:
        """Return the lines at a width, as they are worked out, each with how much of the text is laid out then."""
        done = 0
        footnotes = Footnotes() if self.is_paper else None
        for line in wrapped(self.above, width):
            yield self._finished(line), done
        for chunk in chunks(self.text):
            blocks = raw_blocks(chunk) if self.is_raw else markdown_blocks(chunk, self.names, footnotes)
            for line in wrapped(blocks, width):
                yield self._finished(line), done
            done += len(chunk)
        for line in wrapped([*(footnotes.blocks() if footnotes else ()), *self.below], width):
            yield self._finished(line), done

    def _finished(self, line: Content) -> Content:
        return _without_color(line) if self.is_paper else line


def _without_color(line: Content) -> Content:
    """Return a line as it stands on paper: what is not a color stays."""
    spans = []
    for span in line.spans:
        words = [] if isinstance(span.style, Style) else span.style.split()
        kept = " ".join(word for word in words if word in KEPT)
        if kept:
            spans.append(Span(span.start, span.end, kept))
    return Content(line.plain, spans)
