"""Points and lines on a grid of characters: two dots across and four down in each, as Braille."""

from __future__ import annotations

BLANK = 0x2800
# The bit of each dot of a character, by its row and its column.
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
ACROSS, DOWN = 2, 4


class Plot:
    """A grid of characters to draw on; dots are counted from the top left."""

    def __init__(self, columns: int, rows: int) -> None:
        self.width = columns * ACROSS
        self.height = rows * DOWN
        self._dots = [[0] * columns for _ in range(rows)]
        self._signs: dict[tuple[int, int], str] = {}

    def line(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Draw a straight line from one dot to another."""
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        for step in range(steps + 1):
            x = round(start[0] + (end[0] - start[0]) * step / steps)
            y = round(start[1] + (end[1] - start[1]) * step / steps)
            self._dots[y // DOWN][x // ACROSS] |= DOTS[y % DOWN][x % ACROSS]

    def sign(self, dot: tuple[int, int], sign: str) -> None:
        """Put a character where a dot is, over what is drawn there."""
        self._signs[dot[1] // DOWN, dot[0] // ACROSS] = sign

    def underneath(self, dot: tuple[int, int], sign: str) -> None:
        """Put a character where a dot is, unless something is there."""
        row, column = dot[1] // DOWN, dot[0] // ACROSS
        if not self._dots[row][column]:
            self._signs.setdefault((row, column), sign)

    def lines(self) -> list[str]:
        """Return what was drawn, line by line."""
        return [
            "".join(
                self._signs.get((row, column)) or (chr(BLANK + dots) if dots else " ")
                for column, dots in enumerate(all_dots)
            )
            for row, all_dots in enumerate(self._dots)
        ]
