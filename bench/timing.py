"""Timing: of calls in this process, and of whole commands."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row of the report; times are seconds, memory is MiB. `limit` is the largest ratio that holds.

    `most` is a promise in seconds, whatever the yardstick takes. `faster` turns it around: the ratio is how
    many times faster than the yardstick, and the limit the smallest.
    """

    work: str
    size: int
    ours: float
    yardstick: float
    limit: float
    unit: str = "ms"
    faster: bool = False
    most: float = float("inf")
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours over the yardstick, or the other way round where faster is asked."""
        over, under = (self.yardstick, self.ours) if self.faster else (self.ours, self.yardstick)
        return over / under if under else float("inf")

    @property
    def holds(self) -> bool:
        """Whether the ratio keeps the limit."""
        if self.faster:
            return self.ratio >= self.limit
        return self.ratio <= self.limit and self.ours <= self.most


def in_turns(
    ours: Callable[[], object],
    yardstick: Callable[[], object],
    rounds: int,
    pick: Callable[[list[float]], float] = statistics.median,
) -> tuple[float, float]:
    """Return the picked time of each, run in turns so that the machine's moods meet both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for number, run in enumerate((ours, yardstick)):
            times[number].append(took(run))
    return pick(times[0]), pick(times[1])


def took(run: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def p95(times: list[float]) -> float:
    """Return the time that 95 of 100 stay under."""
    return sorted(times)[max(0, int(len(times) * 0.95) - 1)]


def command(arguments: Sequence[str], environment: Mapping[str, str], input: str = "") -> Callable[[], object]:
    """Return a call that runs a whole command and fails if it does."""
    env = {**os.environ, **environment}

    def run() -> None:
        subprocess.run(arguments, env=env, input=input, text=True, stdout=subprocess.DEVNULL, check=True)

    return run
