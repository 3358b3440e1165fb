"""The app in a terminal of its own, beside a bare Textual app with one list."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from bench.terminal import Terminal
from bench.timing import Figure

# The app looks over the whole folder after its first frame; memory is read when that is done.
SETTLING = 6.0
BARE = """
from textual.app import App
from textual.widgets import Footer, OptionList

class Bare(App):
    BINDINGS = [("q", "quit", "Quit the app")]
    def compose(self):
        yield OptionList("first row")
        yield Footer()

Bare().run()
"""


def app_figures(home: Path, size: int) -> Iterator[Figure]:
    """Yield the rows of opening the app, and of its memory."""
    reflect = [sys.executable, "-m", "reflect"]
    bare = [sys.executable, "-c", BARE]
    environment = {"REFLECT_HOME": str(home)}
    starts: tuple[list[float], list[float]] = ([], [])
    for _ in range(7 if size < 50_000 else 5):
        starts[0].append(_opened(reflect, environment, b"Journal")[0])
        starts[1].append(_opened(bare, {}, b"first row")[0])
    yield Figure(
        "open the app to its first frame", size, median(starts[0]), median(starts[1]), 1.3, note="bare Textual app"
    )
    ours = _opened(reflect, environment, b"Journal", SETTLING)[1]
    yardstick = _opened(bare, {}, b"first row", SETTLING)[1]
    yield Figure("memory of the app", size, ours, yardstick, 2.0, unit="MiB", note="bare Textual app")


def _opened(
    command: Sequence[str], environment: Mapping[str, str], mark: bytes, settle: float = 0.0
) -> tuple[float, float]:
    """Return the seconds until `mark` is on the screen, and the memory in MiB some seconds later."""
    with Terminal(command, environment) as terminal:
        took = terminal.until(mark)
        terminal.drain(settle)
        return took, terminal.memory()
