"""The wrapped text of the editor, which stays quick in a line of many kilobytes."""

from __future__ import annotations

from itertools import pairwise

from textual.document._wrapped_document import WrappedDocument


class QuickWrap(WrappedDocument):
    """A wrapped text that cuts a line by slicing; Textual's builds a styled text of it at each question."""

    @property
    def height(self) -> int:
        """The number of rows."""
        return len(self._offset_to_line_info)

    def get_sections(self, line_index: int) -> list[str]:
        """Return the rows of a line."""
        line = self.document.get_line(line_index)
        ends = [0, *self.get_offsets(line_index), len(line)]
        return [line[start:end] for start, end in pairwise(ends)]
