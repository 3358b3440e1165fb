"""From a key to what is seen, on the screens that people are on all day; beside a bare Textual app with one widget."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.terminal import Terminal
from bench.timing import Figure, p95
from reflect.context import Context
from reflect.records.compose import Content
from reflect.workspace import Workspace

REFLECT = [sys.executable, "-m", "reflect"]
# Time to look over the whole folder, so that it does not run beside what is measured.
SETTLING = 8.0
LARGE_TEXT = 50_000
LARGE_TITLE = "A long evening with many pages"
KEYS = 120
PAGES = 60
OPENED = 25
WORDS = ("families", "meeting", "school", "question", "listen", "students")
DOWN, PAGE_DOWN, ENTER, ESCAPE, BACKSPACE = b"\x1b[B", b"\x1b[6~", b"\r", b"\x1b", b"\x7f"

BARE = """
import sys
from textual.app import App
from textual.screen import Screen
from textual.widgets import Input, OptionList, Static, TextArea

class Page(Screen):
    BINDINGS = [("escape", "app.pop_screen", "Back")]
    def compose(self):
        yield Static("Some words of a record.\\n" * 20, markup=False)

class Bare(App):
    BINDINGS = [("ctrl+q", "quit", "Quit")]
    def compose(self):
        what = sys.argv[1]
        if what == "type":
            yield TextArea("Some words of a long evening.\\n" * (50_000 // 30), soft_wrap=True)
        elif what == "search":
            yield Input()
            yield OptionList()
        else:
            yield OptionList(*[f"row {number} of the list" for number in range(int(sys.argv[2]))])
    def on_mount(self):
        self.call_after_refresh(lambda: self.notify("ready"))
    def on_input_changed(self, event):
        rows = self.query_one(OptionList)
        rows.clear_options()
        rows.add_options([f"{event.value} {number}" for number in range(200)])
    def on_option_list_option_selected(self, event):
        self.push_screen(Page())

Bare().run()
"""


BESIDE = {
    "type": "TextArea",
    "scroll": "OptionList",
    "search": "Input and OptionList, 200 rows made up",
    "open": "OptionList and Static",
}


def screen_figures(home: Path, size: int) -> Iterator[Figure]:
    """Yield typing, scrolling, searching and opening: p95 of ours over p95 of the bare app."""
    _with_a_long_text(home)
    limits = {"type": 0.030, "scroll": 0.030, "search": 0.050, "open": 0.100}
    names = {
        "type": "key to paint in 50 KB of text, p95",
        "scroll": "a page of the journal, p95",
        "search": "key to rows of a search, p95",
        "open": "open a record, p95",
    }
    for what, measure in (("type", _typing), ("scroll", _scrolling), ("search", _searching), ("open", _opening)):
        ours = p95(measure(_Ours(home)))
        bare = p95(measure(_Bare(what, size)))
        yield Figure(names[what], size, ours, bare, float("inf"), most=limits[what], note=f"bare: {BESIDE[what]}")


class _Ours:
    """The app, brought to a screen by its keys."""

    def __init__(self, home: Path) -> None:
        self._environment = {"REFLECT_HOME": str(home)}

    def open(self, keys: Sequence[tuple[bytes, float]]) -> Terminal:
        terminal = Terminal(REFLECT, self._environment)
        terminal.until(b"Journal")
        terminal.drain(SETTLING)
        for key, seconds in keys:
            terminal.send(key)
            terminal.drain(seconds)
        return terminal


class _Bare:
    """A bare app, which is on its only screen at once."""

    def __init__(self, what: str, size: int) -> None:
        self._command = [sys.executable, "-c", BARE, what, str(size)]

    def open(self, keys: Sequence[tuple[bytes, float]]) -> Terminal:
        terminal = Terminal(self._command, {})
        terminal.until(b"ready")
        terminal.drain(7)
        return terminal


Side = _Ours | _Bare


def _typing(side: Side) -> list[float]:
    keys = [(b"/", 1.0), (LARGE_TITLE.encode(), 2.0), (ENTER, 2.0), (b"e", 2.0)]
    letters = [b"abcdefg hijk lmno"[number % 17 : number % 17 + 1] for number in range(KEYS)]
    return [first for first, _ in _each(side, keys, letters)]


def _scrolling(side: Side) -> list[float]:
    return [first for first, _ in _each(side, [(b"2", 1.5), (b"a", 1.5)], [PAGE_DOWN] * PAGES)]


def _searching(side: Side) -> list[float]:
    keys = []
    for word in WORDS:
        keys += [word[:number].encode()[-1:] for number in range(1, len(word) + 1)]
        keys.append(b"\x15")
    taken = _each(side, [(b"/", 1.0)], keys)
    return [last for key, (_, last) in zip(keys, taken, strict=True) if key != b"\x15"]


def _opening(side: Side) -> list[float]:
    keys = [ENTER, ESCAPE, DOWN] * OPENED
    return [last for _, last in _each(side, [(b"2", 1.5), (b"a", 1.5)], keys)[::3]]


def _each(side: Side, there: Sequence[tuple[bytes, float]], keys: Sequence[bytes]) -> list[tuple[float, float]]:
    """Return for each key when its first frame was painted, and its last."""
    with side.open(there) as terminal:
        return [terminal.painted(key) for key in keys]


def _with_a_long_text(home: Path) -> None:
    context = Context.from_environment({**os.environ, "REFLECT_HOME": str(home)})
    workspace = Workspace.open(context, context.vault_root())
    if not workspace.catalog.named(LARGE_TITLE):
        body = "Some words of a long evening, with *marks* and a [link](https://example.org).\n\n" * (LARGE_TEXT // 78)
        workspace.new("reflection", Content(title=LARGE_TITLE, body=body))
        workspace.refresh(full=True)
