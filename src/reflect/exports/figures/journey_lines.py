"""A journey as lines of text: its path, and each stage with what is missing."""

from __future__ import annotations

from reflect.insights.journey import DONE, NEXT, NOW, SKIPPED, JourneyNow, StageNow
from reflect.records.textforms import one_line

SIGNS = {DONE: "●", NOW: "◎", NEXT: "○", SKIPPED: "◌"}
HALF = "◐"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def sign_of(stage: StageNow) -> str:
    """Return the sign of a stage: done, now (half full where some of it is there), next or open, skipped."""
    return HALF if stage.state == NOW and stage.is_half else SIGNS.get(stage.state, "○")


def path_line(found: JourneyNow) -> str:
    """Return the whole path on one line, a sign a stage."""
    return "─".join(sign_of(stage) for stage in found.stages)


def months_in_words(stage: StageNow) -> str:
    """Return from when to when a stage stands in the calendar of its journey, `""` where it has none."""
    if stage.months is None:
        return ""
    start, end = stage.months
    if start == end:
        return _month(start)
    return f"{_month(start) if start[:4] != end[:4] else _month(start)[:3]} to {_month(end)}"


def journey_lines(found: JourneyNow, lang: str = "en") -> list[str]:
    """Return the path, then a line for each stage; the one that is now with its question and what it waits for."""
    lines = [path_line(found), ""] if found.stages else []
    calendar = any(stage.months for stage in found.stages)
    for stage in found.stages:
        when = f"{months_in_words(stage):<20}  " if calendar else ""
        words = (
            f"{sign_of(stage)} {stage.number}  {state_of(stage):<9}  {when}{one_line(stage.stage.shown_title(lang))}"
        )
        lines.append(words.rstrip())
        if stage.state == NOW:
            lines.append(f"      {one_line(stage.stage.shown_ask(lang))}")
            lines += [f"      missing: {one_line(each.text)}" for each in stage.missing]
            lines += [f"      before it: {one_line(each.text)}" for each in stage.waits_for]
    return [*lines, *([""] if found.says else []), *(_sentence(each) for each in found.says)]


def state_of(stage: StageNow) -> str:
    """Return the state of a stage in words."""
    return "now, half" if stage.state == NOW and stage.is_half else stage.state


def _sentence(words: str) -> str:
    return one_line(f"{words[:1].upper()}{words[1:].rstrip('.')}.")


def _month(text: str) -> str:
    return f"{MONTHS[int(text[5:7]) - 1]} {text[:4]}"
