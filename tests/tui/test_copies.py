"""Keeping a copy of the journal from the app, and taking back what came from another device."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reflect.context import Context
from reflect.tui.app import ReflectApp
from reflect.tui.dialogs.ask import AskDialog
from reflect.tui.dialogs.ask_line import LineDialog
from tests.community.devices import Device, typed
from tests.conftest import NOW
from tests.tui.conftest import LARGE, SMALL, Journal, press, settle, shown, write


@pytest.fixture
def later(context: Context, app: ReflectApp) -> ReflectApp:
    """The app, ten days after the journal was begun."""
    app.context = Context(context.places, context.environment, lambda: NOW + dt.timedelta(days=10), context.randomness)
    return app


async def test_today_says_that_there_is_no_copy_and_one_key_leads_to_one(
    later: ReflectApp, journal: Journal, tmp_path: Path
) -> None:
    place = tmp_path / "disk" / "journal.git"
    async with later.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "This journal is on this computer only." in shown(pilot)
        await press(pilot, "b")
        assert isinstance(later.screen, LineDialog)
        await write(pilot, str(later.root / "inside.git"))
        await press(pilot, "enter")
        # What was wrong is said, and the line is offered again.
        assert isinstance(later.screen, LineDialog)
        assert "inside your journal" in shown(pilot)
        await press(pilot, "ctrl+u")
        await write(pilot, str(place))
        await press(pilot, "enter")
        assert isinstance(later.screen, AskDialog)
        assert not place.exists()
        await press(pilot, "c")
        assert place.exists()
        assert "This journal is on this computer only." not in shown(pilot)
        # Also where there is no community yet.
        await press(pilot, "4")
        assert "Join a community" in shown(pilot)
        assert "Copies of your journal" in shown(pilot)
    assert [each.unsent for each in later.workspace.own_copies.all()] == [0]


async def test_escape_sends_nothing_and_later_is_quiet_for_a_month(
    later: ReflectApp, journal: Journal, tmp_path: Path
) -> None:
    place = tmp_path / "journal.git"
    async with later.run_test(size=LARGE) as pilot:
        await settle(pilot)
        later.action_keep_copy()
        await settle(pilot)
        await write(pilot, str(place))
        await press(pilot, "enter", "escape")
        assert not place.exists()
        await press(pilot, "end", "z")
        assert "on this computer only" not in shown(pilot)
        await press(pilot, "u")
        assert "on this computer only" in shown(pilot)


async def test_what_came_from_another_device_is_taken_back_with_one_key(
    app: ReflectApp, journal: Journal, tmp_path: Path
) -> None:
    place = tmp_path / "journal.git"
    workspace = app.workspace
    workspace.own_copies.add(workspace.own_copies.look_at(typed(place)))
    other = Device(tmp_path, "other").begin_from(place)
    other.write("From the other device")
    other.sync()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        before = workspace.catalog.count()
        await press(pilot, "y")
        assert workspace.catalog.count() == before + 1
        await press(pilot, "u")
        assert workspace.catalog.count() == before
