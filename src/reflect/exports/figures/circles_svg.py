"""The three circles as SVG, one inside the other, with what stands in each beside them."""

from __future__ import annotations

from reflect.exports.figures.columns import fitted
from reflect.exports.figures.svg import FAINT, Svg
from reflect.insights.circles import BELIEFS, CIRCLES, SIGNS, WHOLE, Circles, Placed
from reflect.insights.patterns.words_of import counted
from reflect.records.textforms import one_line

RADII = (220, 150, 80)
MARGIN, TOP, LINE, LIST, LETTERS = 24, 56, 19, 400, 54
MOST = 12
# What is of one's own desk is counted, never titled, in what may be passed on.
COUNTED = ("call-in", "reflection")


def circles_svg(found: Circles) -> str:
    """Return the picture; its description says what stands in each circle."""
    lists = [(circle, _entries(found, circle)) for circle in CIRCLES]
    middle = MARGIN + RADII[0]
    lines = sum(len(entries) + 2 for _, entries in lists)
    height = round(TOP + max(2 * RADII[0], lines * LINE) + MARGIN)
    title = f"Circles and symmetry: {one_line(found.core.title)}" if found.core else "Circles and symmetry"
    says = "; ".join(f"{circle}: {', '.join(entries) or 'nothing yet'}" for circle, entries in lists)
    svg = Svg(2 * middle + MARGIN + LIST, height, title, f"{says}.")
    svg.text(MARGIN, 28, fitted(title, 100), is_bold=True)
    center = TOP + RADII[0]
    for radius, (circle, _) in zip(RADII, lists, strict=True):
        svg.circle(middle, center, radius)
        svg.text(middle, center - radius + 24, circle, anchor="middle", is_bold=True)
        svg.text(middle, center - radius + 42, _counts(found.of(circle)), anchor="middle")
    y = TOP + LINE
    for circle, entries in lists:
        svg.text(2 * middle + MARGIN, y, circle, is_bold=True)
        for number, entry in enumerate(entries or ["nothing yet"], 1):
            svg.text(2 * middle + MARGIN, y + number * LINE, fitted(entry, LETTERS))
        y += (len(entries or [""]) + 2) * LINE
    svg.text(MARGIN, height - 8, "✓ in line with our core · ✗ against it · ? cannot tell yet", opacity=FAINT)
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
