"""The three circles as SVG, one inside the other, with what stands in each beside them."""

from __future__ import annotations

from reflect.exports.figures.columns import fitted
from reflect.exports.figures.credits import SYSTEM, credit_height, write_credit
from reflect.exports.figures.svg import FAINT, Svg
from reflect.insights.circles import BELIEFS, CIRCLES, SIGNS, WHOLE, Circles, Placed
from reflect.records.textforms import one_line
from reflect.records.wording import counted

RADII = (220, 155, 90)
HEAD, GAP = 44, 8
MARGIN, TOP, LINE, LIST, LETTERS = 24, 56, 19, 400, 54
MOST = 12
# What is of one's own desk is counted, never titled, in what may be passed on.
COUNTED = ("call-in", "reflection")


def circles_svg(found: Circles) -> str:
    """Return the picture; its description says what stands in each circle."""
    lists = [(circle, _entries(found, circle)) for circle in CIRCLES]
    middle = MARGIN + RADII[0]
    width = 2 * middle + MARGIN + LIST
    lines = sum(len(entries) + 2 for _, entries in lists)
    bottom = round(TOP + max(2 * RADII[0], lines * LINE))
    title = f"Circles and symmetry: {one_line(found.core.title)}" if found.core else "Circles and symmetry"
    says = "; ".join(f"{circle}: {', '.join(entries) or 'nothing yet'}" for circle, entries in lists)
    svg = Svg(width, bottom + 2 * LINE + credit_height(SYSTEM, width - 2 * MARGIN), title, f"{says}.")
    svg.text(MARGIN, 28, fitted(title, 100), is_bold=True)
    for depth, (radius, (circle, _)) in enumerate(zip(RADII, lists, strict=True)):
        # They meet near the foot, so that there is room for words at the head of each.
        center = TOP + 2 * RADII[0] - GAP * depth - radius
        svg.circle(middle, center, radius)
        svg.text(middle, center - radius + HEAD, circle, anchor="middle", is_bold=True)
        svg.text(middle, center - radius + HEAD + LINE, _counts(found.of(circle)), anchor="middle")
    y = TOP + LINE
    for circle, entries in lists:
        svg.text(2 * middle + MARGIN, y, circle, is_bold=True)
        for number, entry in enumerate(entries or ["nothing yet"], 1):
            svg.text(2 * middle + MARGIN, y + number * LINE, fitted(entry, LETTERS))
        y += (len(entries or [""]) + 2) * LINE
    svg.text(MARGIN, bottom + LINE + 4, "✓ in line with our core · ✗ against it · ? cannot tell yet", opacity=FAINT)
    write_credit(svg, SYSTEM, MARGIN, bottom + 2 * LINE + 4, width - 2 * MARGIN)
    return str(svg)


def _counts(placed: list[Placed]) -> str:
    counts = [(sign, sum(each.sign == sign for each in placed)) for sign in SIGNS.values()]
    return "   ".join(f"{sign} {number}" for sign, number in counts)


def _entries(found: Circles, circle: str) -> list[str]:
    placed = found.of(circle)
    numbers = [(kind, sum(each.row.kind == kind for each in placed)) for kind in COUNTED]
    judged = [each for belief in BELIEFS for each in found.cell(belief, circle) if each.row.kind not in COUNTED]
    entries = [counted(number, kind) for kind, number in numbers if number]
    entries += [
        f"{each.sign} {one_line(each.row.title)}{f' ({each.belief})' if each.belief != WHOLE else ''}"
        for each in judged[:MOST]
    ]
    return entries + ([f"and {len(judged) - MOST} more"] if len(judged) > MOST else [])
