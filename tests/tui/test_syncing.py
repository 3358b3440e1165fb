"""Sync in the app: at start, by the clock and at the end, what it reports, and what it asks."""

from __future__ import annotations

import dataclasses
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reflect.community.communities import Community
from reflect.community.repository import Repository
from reflect.tui.app import ReflectApp
from reflect.tui.dialogs.ask import AskDialog
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.sync_report import SyncReportScreen
from reflect.tui.screens.today import TodayScreen
from reflect.tui.screens.two_versions import TwoVersionsScreen
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.conftest import NOW
from tests.tui.conftest import BEN, ONE, SMALL, Journal, press, said, settle, shown, text_of

MORE = ONE[:-1] + "7"


@pytest.fixture
def app(app: ReflectApp) -> ReflectApp:
    """The app, which syncs at start and at the end as it does for everybody."""
    app.settings = dataclasses.replace(app.settings, sync_at_start="yes", sync_at_end="yes")
    return app


@pytest.fixture
def peer_sends(community: Community, place: Path) -> Callable[..., None]:
    """Let the peer change files at the place."""

    def send(text: bytes = record_text(MORE, "Postcards work too"), path: str = "findings/2026/11/more.md") -> None:
        Repository(place, BEN).commit({path: text}, "Write", NOW)

    return send


def write_mine(community: Community, record_id: str = ONE[:-1] + "5", title: str = "Phones work least") -> None:
    community.repository.commit({"findings/2026/11/mine.md": record_text(record_id, title, author="Ana")}, "Write", NOW)


async def test_what_peers_sent_is_here_soon_after_the_start(
    app: ReflectApp, community: Community, peer_sends: Callable[..., None]
) -> None:
    peer_sends()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert said(app) == ["rivertown: 1 came."]
        assert "Postcards work too" in shown(app)


async def test_a_start_without_a_connection_is_one_quiet_word_with_the_reason_behind_a_key(
    app: ReflectApp, community: Community, place: Path
) -> None:
    place.rename(place.with_name("elsewhere.git"))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert said(app) == []
        assert "Y not synced" in shown(app).splitlines()[0]
        await press(pilot, "Y")
        assert isinstance(app.screen, SyncReportScreen)
        assert "no shared place" in shown(app)
        place.with_name("elsewhere.git").rename(place)
        await press(pilot, "escape", "y")
        assert said(app) == ["Nothing new."]
        assert "not synced" not in shown(app)


async def test_nothing_is_synced_at_start_where_that_is_not_wanted(
    app: ReflectApp, community: Community, peer_sends: Callable[..., None]
) -> None:
    app.settings = dataclasses.replace(app.settings, sync_at_start="no")
    peer_sends()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Postcards" not in shown(app)
        await press(pilot, "Y")
        assert "Nothing has been synced" in shown(app)


async def test_by_the_clock_it_syncs_again_and_never_twice_at_once(
    app: ReflectApp, community: Community, peer_sends: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    app.settings = dataclasses.replace(app.settings, sync_every="15")
    ticks: dict[float, Callable[[], None]] = {}
    usual = app.set_interval

    def set_interval(seconds: float, callback: Callable[[], None], **how: object) -> object:
        ticks[seconds] = callback
        return usual(3600, callback)

    monkeypatch.setattr(app, "set_interval", set_interval)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        peer_sends()
        for _ in range(3):
            ticks[15 * 60]()
        assert len([each for each in app.workers if each.group == "sync"]) == 1
        await settle(pilot)
        assert said(app) == ["rivertown: 1 came."]


async def test_the_report_names_what_came_and_went_and_leads_to_it(
    app: ReflectApp, community: Community, peer_sends: Callable[..., None]
) -> None:
    peer_sends()
    peer_sends(b"#!/bin/sh\n", "findings/2026/11/CON.md")
    write_mine(community)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "Y")
        page = shown(app)
        assert "Postcards work too" in page
        assert "Phones work least" in page
        assert "1 sent" in page
        await press(pilot, "enter")
        assert isinstance(app.screen, ReaderScreen)
        assert "Postcards work too" in shown(app)


async def test_two_texts_of_one_record_are_chosen_from_in_the_report(
    app: ReflectApp, workspace: Workspace, community: Community, peer_sends: Callable[..., None]
) -> None:
    path = workspace.get(ONE).path
    peer_sends(record_text(ONE, "Texts work better", body="Theirs, changed."), path)
    mine = {path: record_text(ONE, "Texts work better", body="Mine, changed.")}
    community.repository.commit(mine, "Edit", NOW)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "Y", "enter")
        assert isinstance(app.screen, TwoVersionsScreen)
        await press(pilot, "m")
        assert isinstance(app.screen, SyncReportScreen)
        assert "settled since" in shown(app)
    assert workspace.get(ONE).body.strip() == "Mine, changed."


@pytest.fixture
def emptied(place: Path) -> Callable[[], None]:
    """Let someone empty the place."""

    def empty() -> None:
        subprocess.run(
            ["git", f"--git-dir={place}", "update-ref", "-d", "refs/heads/main"], check=True, capture_output=True
        )

    return empty


async def test_an_emptied_place_changes_nothing_until_one_has_decided(
    app: ReflectApp, workspace: Workspace, community: Community, emptied: Callable[[], None]
) -> None:
    emptied()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Y to decide" in shown(app).splitlines()[0]
        await press(pilot, "y")
        assert isinstance(app.screen, AskDialog)
        assert "2 records go here too" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)
        assert workspace.get(ONE).id == ONE


@pytest.mark.parametrize(("key", "stays"), [("t", False), ("m", True)])
async def test_one_follows_an_emptied_place_or_puts_back_what_is_here(
    app: ReflectApp, community: Community, place: Path, emptied: Callable[[], None], key: str, stays: bool
) -> None:
    emptied()
    write_mine(community)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "down", "enter")
        assert "1 record of yours was not sent yet" in text_of(pilot, ".sentence")
        await press(pilot, key)
        assert app.syncer.word == ""
    files = subprocess.run(
        ["git", f"--git-dir={place}", "ls-tree", "-r", "--name-only", "main"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert "findings/2026/11/mine.md" in files
    assert ("findings/2026/11/texts.md" in files) is stays


async def test_leaving_sends_what_waits(app: ReflectApp, community: Community, place: Path) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        write_mine(community)
        await press(pilot, "q")
        await settle(pilot)
    assert app.return_code == 0
    assert Repository(place, BEN).tip() == community.repository.tip()


async def test_leaving_says_what_could_not_be_sent(
    app: ReflectApp, community: Community, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        write_mine(community)
        place.rename(place.with_name("elsewhere.git"))
        await press(pilot, "q")
        await settle(pilot)
    assert (
        capsys.readouterr().err.strip()
        == "Not sent yet to rivertown (1 record). It is kept here; the next sync sends it."
    )


async def test_leaving_does_not_wait_when_nothing_waits_or_a_key_says_so(
    app: ReflectApp, community: Community, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        write_mine(community)
        # A host that takes its time: nothing comes from this sync.
        monkeypatch.setattr(app.syncer, "begin", lambda **_: None)
        await press(pilot, "q")
        assert "Sending what waits" in shown(app)
        await press(pilot, "escape")
    assert app.return_code == 0
    assert "Not sent yet to rivertown." in capsys.readouterr().err


async def test_without_a_community_nothing_is_synced_and_leaving_is_at_once(
    app: ReflectApp, journal: Journal, capsys: pytest.CaptureFixture[str]
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.syncer.at is None
        await press(pilot, "q")
    assert app.return_code == 0
    assert capsys.readouterr().err == ""
