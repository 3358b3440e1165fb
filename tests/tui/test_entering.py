"""Into a community and out of it in the app: by address or pasted line, by key, by token, and leaving."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from reflect.community.communities import Community
from reflect.community.inviting import read_invitation
from reflect.community.places import make_place
from reflect.tui.app import ReflectApp
from reflect.tui.dialogs.ask import AskDialog
from reflect.tui.dialogs.invitation import InvitationDialog
from reflect.tui.screens.community import CommunityScreen
from reflect.tui.screens.community_page import CommunityPageScreen
from reflect.tui.screens.entering import EnteringScreen
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.community.test_joining import write_there
from tests.conftest import NOW
from tests.servers.sshd import Sshd
from tests.servers.web import Manner, Web
from tests.tui.conftest import LARGE, ONE, SMALL, Journal, press, said, settle, shown, text_of, write


@pytest.fixture
def river(tmp_path: Path) -> Path:
    """A shared place with a finding in it, which nobody here has joined."""
    path = tmp_path / "river.git"
    make_place(path)
    write_there(path, {"findings/2026/11/texts.md": record_text(ONE, "Texts work better than letters")})
    return path


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("reflect community join git@host:a/b.git --name river", "git@host:a/b.git", "river"),
        ("$ reflect community join --name river '/my place/b.git'\n", "/my place/b.git", "river"),
        ("  git@host:a/b.git ", "git@host:a/b.git", ""),
        ("reflect community join 'unfinished", "reflect community join 'unfinished", ""),
    ],
)
def test_an_invitation_is_read_as_it_was_pasted(text: str, address: str, name: str) -> None:
    assert read_invitation(text) == (address, name)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_empty_place_leads_to_joining_with_a_pasted_line(
    app: ReflectApp, workspace: Workspace, journal: Journal, river: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "4", "enter")
        assert isinstance(app.screen, EnteringScreen)
        assert "Ana" in shown(app)
        await write(pilot, f"reflect community join {shlex.quote(str(river))} --name bank")
        await press(pilot, "enter")
        assert isinstance(app.screen, CommunityScreen)
        assert "Texts work better than letters" in shown(app)
        assert any("You are in “bank” as Ana." in each for each in said(app))
    assert workspace.communities.get("bank").is_here


async def test_what_is_wrong_is_said_beside_what_was_typed(app: ReflectApp, journal: Journal, tmp_path: Path) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "J")
        await write(pilot, str(tmp_path / "nothing.git"))
        await press(pilot, "enter")
        assert isinstance(app.screen, EnteringScreen)
        trouble = text_of(pilot, "#trouble")
        assert trouble.startswith("There is no shared place at")
        assert "reflect " not in trouble
        assert "nothing.git" in app.screen.query_one("#address").value  # type: ignore[attr-defined]
        await press(pilot, "escape")
        assert isinstance(app.screen, CommunityScreen)


async def test_one_begins_a_community_in_a_folder_where_nothing_is(
    app: ReflectApp, workspace: Workspace, journal: Journal, tmp_path: Path
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "B")
        for text in ("Hill Side", str(tmp_path / "hill.git"), "coordinator", "coordinator@example.org"):
            await write(pilot, text)
            await press(pilot, "enter")
        assert isinstance(app.screen, CommunityScreen)
    community = workspace.communities.get("hill-side")
    assert [(each.role, each.reach) for each in community.about.stewards] == [
        ("coordinator", "coordinator@example.org")
    ]
    assert (tmp_path / "hill.git" / "HEAD").is_file()


async def test_a_host_is_compared_and_a_key_sent_on_before_one_is_in(
    app: ReflectApp, workspace: Workspace, journal: Journal, river: Path, sshd: Sshd
) -> None:
    hosts = workspace.context.places.known_hosts
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "J")
        await write(pilot, sshd.url(river))
        await press(pilot, "enter")
        assert isinstance(app.screen, AskDialog)
        assert "ED25519 SHA256:" in text_of(pilot, ".sentence")
        await press(pilot, "escape")
        assert not hosts.is_file() or not hosts.read_bytes()
        await press(pilot, "enter", "c")
        assert isinstance(app.screen, EnteringScreen)
        key = workspace.belonging.keys.made("river")
        assert key is not None
        assert key.public in text_of(pilot, "#steps")
        await press(pilot, "f2")
        assert app.clipboard == key.public
        await press(pilot, "enter")
        assert "Not yet" in text_of(pilot, "#next")
        sshd.admit(key.public)
        await press(pilot, "enter")
        assert isinstance(app.screen, CommunityScreen)
        assert "Texts work better" in shown(app)
    assert workspace.notices == []


async def test_a_token_is_asked_for_in_the_words_of_its_host_and_is_not_shown(
    app: ReflectApp, workspace: Workspace, journal: Journal, river: Path, web: Web, machine: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(machine / ".gitconfig"))
    web.sign_in = "ana:token-1"
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "J")
        await write(pilot, web.url(river))
        await press(pilot, "enter")
        assert "wants you to sign in" in text_of(pilot, "#steps")
        await write(pilot, "ana")
        await press(pilot, "enter")
        await write(pilot, "token-1")
        assert "token-1" not in shown(app)
        await press(pilot, "enter")
        assert isinstance(app.screen, CommunityScreen)
    assert workspace.communities.get("river").is_here


async def test_escape_stops_what_takes_long(
    app: ReflectApp, workspace: Workspace, journal: Journal, river: Path, web: Web
) -> None:
    web.manner = Manner.SILENT
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "J")
        await write(pilot, web.url(river))
        await pilot.press("enter")
        while not web.asked:
            await pilot.pause(0.01)
        assert "esc stops" in shown(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, EnteringScreen)
        assert "Stopped. Nothing was joined." in shown(app)
    assert workspace.communities.all() == []


async def test_the_page_of_a_community_tells_who_is_there_and_invites(app: ReflectApp, community: Community) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "4", "enter")
        assert isinstance(app.screen, CommunityPageScreen)
        page = shown(app)
        assert "Ben" in page
        assert "2 records" in page
        assert "can send" in page
        await press(pilot, "i")
        assert isinstance(app.screen, InvitationDialog)
        await press(pilot, "c")
        assert app.clipboard.startswith("reflect community join ")
        assert app.clipboard.endswith("--name rivertown")


async def test_what_a_community_is_for_is_said_and_taken_back(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "enter", "p")
        await write(pilot, "How families hear from us.")
        await press(pilot, "enter")
        assert "How families hear from us." in shown(app)
        await press(pilot, "w")
        await write(pilot, "coordinator")
        await press(pilot, "enter")
        assert "Give both" in shown(app)
        await write(pilot, "coordinator=coordinator@example.org")
        await press(pilot, "enter")
        assert workspace.communities.get("rivertown").about.stewards[0].reach == "coordinator@example.org"
        await press(pilot, "u")
        assert workspace.communities.get("rivertown").about.stewards == ()
    assert workspace.communities.get("rivertown").about.purpose == "How families hear from us."


async def test_leaving_names_what_would_become_drafts_before_anything_goes(
    app: ReflectApp, workspace: Workspace, community: Community, place: Path
) -> None:
    mine = record_text(ONE[:-1] + "5", "Phones work least", author="Ana")
    community.repository.commit({"findings/2026/11/mine.md": mine}, "Write", NOW)
    place.rename(place.with_name("elsewhere.git"))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "enter", "L")
        assert isinstance(app.screen, AskDialog)
        assert "Phones work least" in text_of(pilot, ".sentence")
        assert "Not sent: There is no shared place" in text_of(pilot, ".sentence")
        await press(pilot, "escape")
        assert workspace.communities.get("rivertown").is_here
        await press(pilot, "L", "l")
        assert isinstance(app.screen, CommunityScreen)
        assert said(app)[-1].endswith("1 draft of yours is on Today.")
    assert workspace.communities.all() == []
    assert [draft.title for draft in workspace.drafts.all()] == ["Phones work least"]


async def test_leaving_sends_what_can_be_sent(
    app: ReflectApp, workspace: Workspace, community: Community, place: Path
) -> None:
    mine = record_text(ONE[:-1] + "5", "Phones work least", author="Ana")
    tip = community.repository.commit({"findings/2026/11/mine.md": mine}, "Write", NOW)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "enter", "L")
        assert "Not sent" not in text_of(pilot, ".sentence")
        await press(pilot, "l")
    assert (place / "refs/heads/main").read_text().strip() == tip
    assert workspace.drafts.all() == []
