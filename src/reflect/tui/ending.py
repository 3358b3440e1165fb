"""The end that comes from outside: the terminal is closed, or the system asks the app to go."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable


def at_the_end(end: Callable[[], None]) -> None:
    """Call `end` when the process is told to end, or its terminal has gone."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        # Not the main thread, or no such signals here: then there is nothing to meet.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, end)
