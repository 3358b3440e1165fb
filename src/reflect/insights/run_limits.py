"""How many runs to expect around a median: few or many tell that something is going on."""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import accumulate
from math import exp, inf, lgamma

from reflect.store.shipped import DATA

FEWEST_POINTS = 10
TAIL = 0.025


def run_limits(useful: int) -> tuple[int, int] | None:
    """Return the fewest and the most runs to expect of so many useful points, None below ten points.

    Up to sixty points from the table of Perla, Provost and Murray (2011); beyond, from the distribution of
    Swed and Eisenhart (1943), two and a half of a hundred in each tail.
    """
    if useful < FEWEST_POINTS:
        return None
    return _table().get(useful) or exact_limits(useful)


@cache
def exact_limits(useful: int) -> tuple[int, int]:
    """Return the limits for points of which half lie on each side of the median, as nearly as their number allows."""
    below, above = useful // 2, useful - useful // 2
    chances = [_chance(runs, below, above) for runs in range(useful + 1)]
    return _first_beyond(chances), useful - _first_beyond(chances[::-1])


def _first_beyond(chances: list[float]) -> int:
    """Return where a tail, summed from its end, grows beyond what is allowed."""
    return next(number for number, total in enumerate(accumulate(chances)) if total > TAIL)


def _chance(runs: int, below: int, above: int) -> float:
    """Return how likely just so many runs are when all orders of the points below and above are equally likely."""
    if runs < 2:
        return 0.0
    half, is_odd = divmod(runs, 2)
    all_orders = _log_ways(below + above, below)
    ways = [(half - 1 + is_odd, half - 1), (half - 1, half - 1 + is_odd)]
    return sum(exp(_log_ways(below - 1, b) + _log_ways(above - 1, a) - all_orders) for b, a in ways)


def _log_ways(of: int, chosen: int) -> float:
    """Return the logarithm of how many ways there are to choose some of a number: for thousands they fit no float."""
    return lgamma(of + 1) - lgamma(chosen + 1) - lgamma(of - chosen + 1) if 0 <= chosen <= of else -inf


@cache
def _table() -> dict[int, tuple[int, int]]:
    data = tomllib.loads((DATA / "run-limits.toml").read_text("utf-8"))
    return {int(useful): (fewest, most) for useful, (fewest, most) in data["limits"].items()}
