"""Whom a drawing is after: the line that is printed with it."""

from __future__ import annotations

import textwrap

from reflect.exports.figures.svg import FAINT, Svg

SYSTEM = (
    "“C!E System Innovation Framework” by the Center for Innovation in Education, CC BY 4.0 "
    "(creativecommons.org/licenses/by/4.0). Paraphrased and adapted; prompts are ours."
)
ESSENTIAL = (
    "After “Essential Learning: Leadership for Learning”, Center for Innovation in Education, and G. Wilhoit, "
    "L. Pittenger and J. Rickabaugh, Leadership for Learning: What is Leadership’s Role in Supporting Success for "
    "Every Student? (2016)."
)
PRACTICE = "After “C!E Practice Areas”, Center for Innovation in Education."
# What a letter and a line take in a picture.
LETTER, LINE = 7.2, 18


def credit_height(credit: str, width: float) -> int:
    """Return what a credit takes at the foot of a picture of a width."""
    return LINE * len(_lines(credit, width)) + LINE // 2


def write_credit(svg: Svg, credit: str, x: float, y: float, width: float) -> None:
    """Write a credit, its first line at a height."""
    for number, line in enumerate(_lines(credit, width)):
        svg.text(x, y + LINE * number, line, opacity=FAINT)


def _lines(credit: str, width: float) -> list[str]:
    return textwrap.wrap(credit, int(width / LETTER))
