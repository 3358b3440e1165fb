"""The last gate before the terminal: no text of anyone steers it."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from reflect.records.textforms import UNSAFE


class NoControls(LineFilter):
    """Takes out escapes, controls and bidirectional overrides; they are no cell wide, so widths stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without what could steer a terminal."""
        return [
            Segment(UNSAFE.sub("", segment.text), segment.style, segment.control)
            if UNSAFE.search(segment.text)
            else segment
            for segment in segments
        ]
