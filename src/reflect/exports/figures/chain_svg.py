"""A chain as SVG: each record under the one it hangs on; what is missing stands in a dashed box."""

from __future__ import annotations

from reflect.exports.figures.chain_lines import LabelOf, words_of
from reflect.exports.figures.svg import Svg
from reflect.insights.chain import MISSING, Chain
from reflect.records.textforms import cut_at_word

INDENT, BOX, STEP, MARGIN, TOP = 28, 26, 36, 16, 48
# What a letter takes, also a bold one.
LETTER = 8
LETTERS = 80


def chain_svg(found: Chain, label_of: LabelOf) -> str:
    """Return the chain as an SVG picture; its lines are its description."""
    words = [cut_at_word(words_of(step, label_of), LETTERS) for step in found.steps]
    rights = [INDENT * step.depth + LETTER * len(text) for step, text in zip(found.steps, words, strict=True)]
    width = 2 * MARGIN + max([300, *rights]) + 24
    height = TOP + STEP * len(words) + MARGIN + 18 * len(found.says)
    svg = Svg(width, height, f"Chain: {found.asked.title}", "; ".join([*words, *found.says]))
    svg.text(MARGIN, 26, found.asked.title, is_bold=True)
    tops: dict[int, float] = {}
    for number, (step, text) in enumerate(zip(found.steps, words, strict=True)):
        x, y = MARGIN + INDENT * step.depth, TOP + STEP * number
        if step.depth and step.depth - 1 in tops:
            bend = x - INDENT / 2
            svg.line([(bend, tops[step.depth - 1]), (bend, y + BOX / 2), (x, y + BOX / 2)], 1)
        tops[step.depth] = y + BOX
        svg.box(x, y, LETTER * len(text) + 20, BOX, "4 4" if step.state == MISSING else "")
        svg.text(x + 10, y + 18, text, is_bold=step.is_asked)
    for number, sentence in enumerate(found.says):
        svg.text(MARGIN, TOP + STEP * len(words) + 18 * (number + 1), sentence)
    return str(svg)
