"""Drawing in SVG: shapes in one ink, a title and a description for who hears the page.

One ink (`currentColor`) and no meaning in color, so that a figure prints in black and fits any page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from xml.etree import ElementTree

# What XML cannot hold at all.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
FAINT = "0.55"


class Svg:
    """A picture of a size in pixels, filled shape by shape."""

    def __init__(self, width: int, height: int, title: str, description: str) -> None:
        self._root = ElementTree.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {width} {height}",
                "width": str(width),
                "height": str(height),
                "role": "img",
                "font-family": "system-ui, sans-serif",
                "font-size": "13",
                "fill": "none",
                "stroke": "currentColor",
            },
        )
        ElementTree.SubElement(self._root, "title").text = _writable(title)
        ElementTree.SubElement(self._root, "desc").text = _writable(description)

    def line(
        self, points: Sequence[tuple[float, float]], width: float = 1.5, dashes: str = "", opacity: str = ""
    ) -> None:
        """Draw from point to point."""
        self._add(
            "polyline",
            points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
            stroke_width=f"{width:g}",
            stroke_dasharray=dashes,
            opacity=opacity,
        )

    def dot(self, x: float, y: float, is_hollow: bool = False) -> None:
        """Draw a point; a hollow one is to be asked about."""
        fill = "none" if is_hollow else "currentColor"
        self._add("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="6" if is_hollow else "3.5", fill=fill)

    def circle(self, x: float, y: float, radius: float, is_filled: bool = False, dashes: str = "") -> None:
        """Draw a circle."""
        fill = "currentColor" if is_filled else "none"
        self._add("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r=f"{radius:g}", fill=fill, stroke_dasharray=dashes)

    def half(self, x: float, y: float, radius: float) -> None:
        """Fill the left half of a circle."""
        top, bottom = f"{x:.1f} {y - radius:.1f}", f"{x:.1f} {y + radius:.1f}"
        self._add("path", d=f"M {top} A {radius:g} {radius:g} 0 0 0 {bottom} Z", fill="currentColor")

    def arrow(self, start: tuple[float, float], end: tuple[float, float], width: float = 1.5) -> None:
        """Draw a line with a head at its end."""
        angle = math.atan2(end[1] - start[1], end[0] - start[0])
        wings = [(end[0] - 9 * math.cos(angle + turn), end[1] - 9 * math.sin(angle + turn)) for turn in (-0.45, 0.45)]
        self.line([start, end], width)
        self.line([wings[0], end, wings[1]], width)

    def box(self, x: float, y: float, width: float, height: float, dashes: str = "") -> None:
        """Draw a box with round corners."""
        self._add(
            "rect",
            x=f"{x:.1f}",
            y=f"{y:.1f}",
            width=f"{width:.1f}",
            height=f"{height:.1f}",
            rx="6",
            stroke_dasharray=dashes,
        )

    def text(
        self, x: float, y: float, words: str, anchor: str = "start", is_bold: bool = False, opacity: str = ""
    ) -> None:
        """Write a line of text; `anchor` is start, middle or end."""
        element = self._add(
            "text",
            x=f"{x:.1f}",
            y=f"{y:.1f}",
            text_anchor=anchor,
            fill="currentColor",
            stroke="none",
            font_weight="600" if is_bold else "",
            opacity=opacity,
        )
        element.text = _writable(words)

    def __str__(self) -> str:
        return ElementTree.tostring(self._root, "unicode")

    def _add(self, name: str, **given: str) -> ElementTree.Element:
        attributes = {key.replace("_", "-"): value for key, value in given.items() if value}
        return ElementTree.SubElement(self._root, name, attributes)


def _writable(text: str) -> str:
    return UNWRITABLE.sub("\ufffd", text)
