"""The order that a person gives: a number in each record, and as few of them changed as a move needs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from reflect.store.catalog import Row

FIELD = "position"


def position_of(row: Row) -> float | None:
    """Return the place a record was given in its list, None where it has none that can be read."""
    try:
        number = float(row.text_of(FIELD))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def moved(beside: Sequence[Row], row: Row, step: int) -> Mapping[str, str]:
    """Return the positions to write, by path, so that a record stands one place further down (1) or up (-1).

    With `{}` it is at the end already. Where all have a place, only the moved one gets another.
    """
    at = next((number for number, each in enumerate(beside) if each.ref == row.ref), -1)
    to = at + step
    if at < 0 or not 0 <= to < len(beside):
        return {}
    order = [each for each in beside if each.ref != row.ref]
    order.insert(to, row)
    positions = [position_of(each) for each in beside]
    if all(position is not None for position in positions):
        between = _between([position_of(each) for each in order], to)
        if between:
            return {row.ref: between}
    wanted = {each.ref: str(number) for number, each in enumerate(order, 1)}
    return {each.ref: wanted[each.ref] for each in order if each.text_of(FIELD) != wanted[each.ref]}


def _between(positions: Sequence[float | None], at: int) -> str:
    """Return a short number between the neighbors of a place, `""` where there is none."""
    before = positions[at - 1] if at else None
    after = positions[at + 1] if at + 1 < len(positions) else None
    if before is None:
        text = f"{(after or 0.0) - 1:g}"
    elif after is None:
        text = f"{before + 1:g}"
    else:
        text = f"{(before + after) / 2:g}"
    number = float(text)
    fits = (before is None or before < number) and (after is None or number < after)
    # An exponent is no number in a record.
    return text if fits and "e" not in text else ""
