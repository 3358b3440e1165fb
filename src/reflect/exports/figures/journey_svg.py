"""A journey as SVG: its path with done, now and next, and the stages below."""

from __future__ import annotations

import textwrap

from reflect.exports.figures.journey_lines import months_in_words, state_of
from reflect.exports.figures.svg import FAINT, Svg
from reflect.insights.journey import DONE, NOW, SKIPPED, JourneyNow, StageNow

WIDTH, MARGIN, TOP, LINE, RADIUS = 720, 24, 72, 22, 9
# What fits in a line below the path.
LETTERS = 84


def journey_svg(found: JourneyNow, lang: str = "en") -> str:
    """Return the path as an SVG picture; its stages in words are its description and stand below it."""
    told = [line for stage in found.stages for line in textwrap.wrap(_words(stage, lang), LETTERS)]
    title = f"{found.journey.shown_title(lang)}: {found.agenda.title}"
    described = "; ".join(_words(stage, lang) for stage in found.stages)
    svg = Svg(WIDTH, TOP + 48 + LINE * len(told) + MARGIN, title, described)
    svg.text(MARGIN, 28, found.journey.shown_title(lang), is_bold=True)
    step = (WIDTH - 2 * MARGIN - 2 * RADIUS) / max(1, len(found.stages) - 1)
    for stage in found.stages:
        x = MARGIN + RADIUS + step * (stage.number - 1)
        if stage.number < len(found.stages):
            svg.line([(x + RADIUS, TOP), (x + step - RADIUS, TOP)], 1)
        _draw_stage(svg, stage, x)
    for number, words in enumerate(told):
        svg.text(MARGIN, TOP + 52 + LINE * number, words)
    return str(svg)


def _draw_stage(svg: Svg, stage: StageNow, x: float) -> None:
    svg.circle(x, TOP, RADIUS, is_filled=stage.state == DONE, dashes="2 3" if stage.state == SKIPPED else "")
    if stage.state == NOW and stage.is_half:
        svg.half(x, TOP, RADIUS)
    elif stage.state == NOW:
        svg.dot(x, TOP)
    bold = stage.state == NOW
    svg.text(x, TOP + 28, str(stage.number), anchor="middle", is_bold=bold, opacity="" if bold else FAINT)


def _words(stage: StageNow, lang: str) -> str:
    when = months_in_words(stage)
    return f"{stage.number}. {stage.stage.shown_title(lang)}: {state_of(stage)}{f', {when}' if when else ''}"
