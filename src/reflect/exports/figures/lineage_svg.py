"""A lineage as SVG: boxes under the one that they were made of."""

from __future__ import annotations

from reflect.exports.figures.columns import fitted
from reflect.exports.figures.credits import SYSTEM, credit_height, write_credit
from reflect.exports.figures.lineage_lines import where_of
from reflect.exports.figures.svg import FAINT, Svg
from reflect.insights.lineage import NOT_YET_OURS, Version
from reflect.records.textforms import one_line

INDENT, BOX, STEP, MARGIN, TOP = 32, 46, 60, 16, 48
LETTER, LETTERS = 8, 70


def lineage_svg(root: Version) -> str:
    """Return the tree as an SVG picture; its description says who made what of which."""
    walked = [(depth, *_words(each)) for depth, each in root.walk()]
    width = 2 * MARGIN + max(
        INDENT * depth + LETTER * max(len(title), len(where)) + 24 for depth, title, where in walked
    )
    told = "; ".join(f"{'under it: ' if depth else ''}{title}, {where}" for depth, title, where in walked)
    title = f"Lineage: {one_line(root.row.title)}"
    width, foot = max(width, 560), TOP + STEP * len(walked) + MARGIN
    svg = Svg(width, foot + credit_height(SYSTEM, width - 2 * MARGIN), title, told)
    svg.text(MARGIN, 26, fitted(title, LETTERS), is_bold=True)
    bottoms: dict[int, float] = {}
    for number, ((depth, title, where), (_, each)) in enumerate(zip(walked, root.walk(), strict=True)):
        x, y = MARGIN + INDENT * depth, TOP + STEP * number
        if depth:
            bend = x - INDENT / 2
            svg.line([(bend, bottoms[depth - 1]), (bend, y + BOX / 2), (x, y + BOX / 2)], 1)
        bottoms[depth] = y + BOX
        svg.box(x, y, LETTER * max(len(title), len(where)) + 20, BOX, "" if each.is_ours and not each.is_cut else "4 4")
        svg.text(x + 10, y + 19, title)
        svg.text(x + 10, y + 37, where, opacity=FAINT)
    write_credit(svg, SYSTEM, MARGIN, foot, width - 2 * MARGIN)
    return str(svg)


def _words(each: Version) -> tuple[str, str]:
    said = [where_of(each.row), NOT_YET_OURS * (not each.is_ours), "stands above: a circle is cut" * each.is_cut]
    return fitted(one_line(each.row.title), LETTERS), fitted(" · ".join(filter(None, said)), LETTERS)
