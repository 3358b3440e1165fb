"""The Community place, reading what peers wrote, and the review before something leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reflect.community.communities import Community
from reflect.community.repository import Repository
from reflect.records.compose import Content
from reflect.tui.app import ReflectApp
from reflect.tui.screens.community import CommunityScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.share import ShareScreen
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.conftest import NOW
from tests.tui.conftest import BEN, ONE, SMALL, Journal, press, said, settle, shown, write


@pytest.fixture
def peer_sends(community: Community, place: Path) -> Callable[[], None]:
    """Let the peer send one more finding to the place."""

    def send() -> None:
        theirs = Repository(place, BEN)
        theirs.commit({"findings/2026/11/more.md": record_text(ONE[:-1] + "7", "Postcards work too")}, "Write", NOW)

    return send


async def test_without_a_community_it_says_how_to_join_one(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert isinstance(app.screen, CommunityScreen)
        assert "reflect community join" in shown(app)


async def test_what_is_new_is_listed_opened_with_its_answers_and_is_read_then(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert "2 new" in shown(app)
        await press(pilot, "down", "enter")
        assert isinstance(app.screen, ReaderScreen)
        page = shown(app)
        assert "Ben" in page
        await press(pilot, "escape")
        assert "1 new" in shown(app)


async def test_all_of_a_community_is_marked_as_read_and_undo_takes_it_back(
    app: ReflectApp, community: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "r")
        assert "nothing new" in shown(app)
        await press(pilot, "u")
        assert "2 new" in shown(app)


async def test_sync_fetches_what_peers_sent_and_says_so(
    app: ReflectApp, community: Community, peer_sends: Callable[[], None]
) -> None:
    peer_sends()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "y")
        await settle(pilot)
        assert "Postcards work too" in shown(app)
        assert said(app) == ["rivertown: 1 came. Y tells all."]


async def test_a_place_that_is_gone_is_a_sentence_under_its_name(
    app: ReflectApp, community: Community, place: Path
) -> None:
    place.rename(place.with_name("elsewhere.git"))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "y")
        await settle(pilot)
        assert "!" in shown(app)
        assert any("no shared place" in each for each in said(app))


async def test_nothing_leaves_before_each_flag_is_settled_and_one_key_shares_it(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    record = workspace.new("finding", Content(title="At the door", body="Devin Park and Xochitl came.")).record
    workspace.refresh()
    before = community.repository.tip()
    async with app.run_test(size=(160, 45)) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(record.path))
        await settle(pilot)
        await press(pilot, "s")
        assert isinstance(app.screen, ShareScreen)
        assert "2 flags to settle" in shown(app)
        await press(pilot, "S")
        assert community.repository.tip() == before
        await press(pilot, "x")
        await press(pilot, "r")
        await write(pilot, "a parent")
        await press(pilot, "enter")
        page = shown(app)
        assert "No flag is open" in page
        assert "a parent" in page.lower()
        await press(pilot, "S")
        await settle(pilot)
        assert isinstance(app.screen, ReaderScreen)
    shared = workspace.proofs.all()[0]
    assert shared.content is not None
    assert b"Devin" not in shared.content
    assert b"Xochitl" not in shared.content


async def test_leaving_the_review_sends_nothing(app: ReflectApp, workspace: Workspace, community: Community) -> None:
    record = workspace.new("finding", Content(title="At the door", body="It rained.")).record
    workspace.refresh()
    before = community.repository.tip()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(record.path))
        await settle(pilot)
        await press(pilot, "s", "escape")
        assert isinstance(app.screen, ReaderScreen)
    assert community.repository.tip() == before


async def test_a_call_in_offers_no_sharing(app: ReflectApp, journal: Journal, community: Community) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        app.push_screen(ReaderScreen(journal.call_in.path))
        await settle(pilot)
        await press(pilot, "s")
        assert isinstance(app.screen, ReaderScreen)
