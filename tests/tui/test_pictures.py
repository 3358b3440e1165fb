"""Each screen as a picture, small and large, empty and with a small journal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from reflect.context import Context
from reflect.tui.app import ReflectApp
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, press, settle, write

Compare = Callable[..., bool]
sizes = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])

EMPTY = {
    "today": [],
    "journal": ["2"],
    "agendas": ["3"],
    "search": ["slash"],
    "writing": ["w"],
    "new": ["n"],
}
FILLED = {
    "today": [],
    "journal": ["2", "a"],
    "reader": ["2", "down", "enter"],
    "history": ["2", "enter", "h"],
    "agendas": ["3"],
    "agenda": ["3", "enter"],
    "writing": ["2", "down", "e"],
    "fields": ["2", "down", "e", "f2"],
    "keys": ["question_mark"],
}


def playing(keys: list[str], text: str = "") -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Return what presses keys, and puts a text where the cursor then is."""

    async def play(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        await press(pilot, *keys)
        if text:
            await write(pilot, text)
        await settle(pilot)

    return play


@sizes
@pytest.mark.parametrize("name", EMPTY)
def test_empty(app: ReflectApp, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=playing(EMPTY[name]))


@sizes
@pytest.mark.parametrize("name", FILLED)
def test_filled(app: ReflectApp, journal: Journal, snap_compare: Compare, name: str, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=playing(FILLED[name]))


@sizes
def test_search(app: ReflectApp, journal: Journal, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(app, terminal_size=size, run_before=playing(["slash"], "famil"))


@sizes
def test_welcome(context: Context, snap_compare: Compare, size: tuple[int, int], machine: object) -> None:
    from pathlib import Path

    # The folder stands on the screen, so it has to be the same in each run.
    app = ReflectApp(context, Path("/home/ana/reflect"))
    assert snap_compare(app, terminal_size=size, run_before=playing([]))


def test_paper(context: Context, journal: Journal, workspace: Workspace, snap_compare: Compare) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text('theme = "paper"\n')
    app = ReflectApp(context, workspace.vault.root)
    assert snap_compare(app, terminal_size=LARGE, run_before=playing(["2"]))


def test_too_small(app: ReflectApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(40, 10), run_before=playing(["w"]))
