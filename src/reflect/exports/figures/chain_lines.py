"""A chain as lines of text: each record under the one it hangs on, and what is missing in between."""

from __future__ import annotations

from collections.abc import Callable

from reflect.insights.chain import AGAIN, CIRCLE, MISSING, Chain, Step
from reflect.records.textforms import one_line

LabelOf = Callable[[str], str]


def words_of(step: Step, label_of: LabelOf) -> str:
    """Return a step in words, without what it is indented by: kind and title, or that it is missing here."""
    label = label_of(step.kind)
    label = label[:1].lower() + label[1:]
    if step.state == MISSING:
        under = f"; then name it in “{step.under[0].title}”" if step.under else ""
        return one_line(f"{label}: missing here{under}")
    title = step.row.title if step.row else ""
    after = {AGAIN: " (stands above)", CIRCLE: " (a circle: cut here)"}.get(step.state, "")
    return one_line(f"{label}: {title}{after}")


def chain_lines(found: Chain, label_of: LabelOf, name_of: Callable[[Step], str] = lambda step: "") -> list[str]:
    """Return the chain; the record that was asked for is marked, and `name_of` adds what a step can be named by."""
    lines = []
    for step in found.steps:
        sign = "▸" if step.is_asked else "○" if step.state == MISSING else "·"
        name = name_of(step)
        before = f"{'  ' * step.depth}{'← ' if step.depth else ''}"
        lines.append(f"{sign} {before}{words_of(step, label_of)}{f'  {name}' if name else ''}")
    return [*lines, *([""] if found.says else []), *map(one_line, found.says)]
