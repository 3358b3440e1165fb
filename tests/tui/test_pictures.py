"""Each screen as a picture, small and large, empty and with a small journal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from textual.pilot import Pilot

from reflect.community.communities import Community
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
    "community": ["4"],
    "joining": ["4", "J"],
    "patterns": ["5"],
    "search": ["slash"],
    "writing": ["w"],
    "call-in": ["n", "down", "enter"],
    "new": ["n"],
    "meeting": ["m"],
    "palette": ["ctrl+p"],
}
FILLED = {
    "today": [],
    "journal": ["2", "a"],
    "marked": ["2", "a", "v", "down", "v"],
    "columns": ["2", "f", *"kind:finding", "enter"],
    "reader": ["2", "down", "enter"],
    "paper": ["2", "enter", "p"],
    "history": ["2", "enter", "h"],
    "agendas": ["3"],
    "patterns": ["5"],
    "drawings": ["5", "v"],
    "circles": ["5", "v", "enter"],
    "library": ["3", "l"],
    "journeys": ["3", "enter", "g"],
    "agenda": ["3", "enter"],
    "timeline": ["3", "enter", "t"],
    "later": ["3", "enter", *["down"] * 6, "z"],
    "writing": ["2", "e"],
    "calm": ["2", "e", "ctrl+o"],
    "call-in": ["2", "down", "e"],
    "fields": ["2", "down", "e", "f2"],
    "let-pass": ["2", "down", "e", "ctrl+l"],
    "what-to-know": ["2", "down", "e", "f1"],
    "new-in-agenda": ["3", "enter", "n"],
    "colors": ["ctrl+p", *"colors", "wait", "enter"],
    "keys": ["question_mark"],
}


def playing(keys: list[str], text: str = "") -> Callable[[Pilot[Any]], Awaitable[None]]:
    """Return what presses keys, and puts a text where the cursor then is."""

    async def play(pilot: Pilot[Any]) -> None:
        await settle(pilot)
        for key in keys:
            # The palette looks for what was typed when one pauses.
            await (pilot.pause(0.3) if key == "wait" else press(pilot, key))
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


@pytest.fixture
def unreadable(workspace: Workspace) -> None:
    """A journal in which one record cannot be read."""
    folder = workspace.vault.root / "journal" / "2026" / "11"
    folder.mkdir(parents=True)
    (folder / "2026-11-20-odd.md").write_text("---\ntitle: [never\nclosed\n\nBut these words count.\n")


@sizes
@pytest.mark.parametrize("keys", [["2"], ["2", "enter"]], ids=["journal", "reader"])
def test_unreadable(
    app: ReflectApp, unreadable: None, snap_compare: Compare, keys: list[str], size: tuple[int, int]
) -> None:
    assert snap_compare(app, terminal_size=size, run_before=playing(keys))


@pytest.mark.parametrize("theme", ["contrast", "plain", "clear", "night", "morning"])
def test_themes(context: Context, journal: Journal, workspace: Workspace, snap_compare: Compare, theme: str) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text(f'theme = "{theme}"\n')
    app = ReflectApp(context, workspace.vault.root)
    assert snap_compare(app, terminal_size=LARGE, run_before=playing(["2"]))


def test_reader_mode(context: Context, journal: Journal, workspace: Workspace, snap_compare: Compare) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text('reader = "yes"\n')
    app = ReflectApp(context, workspace.vault.root)
    assert snap_compare(app, terminal_size=LARGE, run_before=playing(["3", "enter"]))


def test_too_small(app: ReflectApp, snap_compare: Compare) -> None:
    assert snap_compare(app, terminal_size=(40, 10), run_before=playing(["w"]))


@sizes
@pytest.mark.parametrize(
    "keys",
    [
        ["4"],
        ["4", "down", "down", "enter"],
        ["4", "down", "down", "enter", "r"],
        ["4", "n"],
        ["4", "n", "enter"],
    ],
    ids=["feed", "record", "answer", "new", "writing"],
)
def test_community(
    app: ReflectApp, community: Community, snap_compare: Compare, keys: list[str], size: tuple[int, int]
) -> None:
    assert snap_compare(app, terminal_size=size, run_before=playing(keys))
