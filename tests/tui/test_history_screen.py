"""History: a timeline of states, a difference that reads without colors, and the way back."""

from __future__ import annotations

from collections.abc import Callable

from reflect.community.communities import Community
from reflect.community.repository import Repository
from reflect.tui import places
from reflect.tui.app import ReflectApp
from reflect.tui.screens.history import HistoryScreen
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.conftest import NOW
from tests.tui.conftest import BEN, LARGE, ONE, SMALL, Journal, press, said, settle, shown

BAD = "[/oops][@click=app.quit]x[/]\x1b]52;c;x\x07"


async def test_states_say_when_what_who_and_how_much(
    app: ReflectApp, journal: Journal, workspace: Workspace, git: Callable[..., str]
) -> None:
    workspace.change(journal.finding.reference, {"valence": "positive"}, {})
    path = workspace.vault.root / journal.finding.path
    path.write_text(path.read_text().replace("31 of 44", "32 of 44"))
    git("commit", "-am", "Count again")
    workspace.refresh(full=True)
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "a")
        await press(pilot, *["down"] * 4, "enter", "h")
        screen = shown(pilot)
        assert isinstance(app.screen, HistoryScreen)
        assert "Count again, Other" in screen
        assert "+1 −1 words" in screen
        assert "edited" in screen
        assert "1 field" in screen
        assert "[-31-]{+32+} of 44 families" in screen
        await press(pilot, "down")
        assert "Valence: [-mixed-] → {+positive+}" in shown(pilot)
        assert "⋯" not in shown(pilot)


async def test_a_state_is_compared_with_the_one_before_or_with_now(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    for words, tags in (
        ("On hold: twelve minutes.", ["front-office"]),
        ("On hold: thirteen minutes.", ["front-office", "a"]),
    ):
        workspace.change(journal.reflection.reference, {"tags": [*tags]}, {"What it shows me": words})
        workspace.indexer.refresh_files([journal.reflection.path])
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "h")
        assert "[-twelve-]{+thirteen+} minutes." in shown(pilot)
        assert "Tags: {+a+}" in shown(pilot)
        await press(pilot, "t")
        assert "This is the record as it is now." in shown(pilot)
        await press(pilot, "down", "down")
        assert "From this state to now" in shown(pilot)
        assert "{+: thirteen+}" in shown(pilot)
        await press(pilot, "t")
        # The first state changed nothing; it is shown as it was.
        assert "What was written" in shown(pilot)
        assert "On hold with us: eleven minutes." in shown(pilot)


async def test_restoring_is_shown_before_and_undone_after(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    workspace.change(journal.reflection.reference, {}, {"What it shows me": f"Now {BAD}"})
    workspace.refresh(full=True)
    path = workspace.vault.root / journal.reflection.path
    changed = path.read_text()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "enter", "h")
        assert "[/oops][@click=app.quit]x[/]" in shown(pilot)
        assert "\x1b" not in shown(pilot)
        await press(pilot, "down", "r")
        assert "Go back to this state?" in shown(pilot)
        assert "{+On hold with us: eleven minutes.+}" in shown(pilot)
        await press(pilot, "end")
        assert "one phone" in shown(pilot)
        await press(pilot, "escape")
        assert path.read_text() == changed
        await press(pilot, "r", "r")
        assert path.read_text() == journal.reflection.text
        assert "is as it was. U undoes it" in said(pilot)[-1]
        assert "restored" in shown(pilot)
        await press(pilot, "U")
        assert path.read_text() == changed


async def test_a_record_of_a_community_goes_back_too_but_not_past_its_flags(
    app: ReflectApp, community: Community, workspace: Workspace
) -> None:
    path = "findings/2026/11/texts.md"
    theirs = Repository(community.repository.path, BEN)
    for body in ("We met Devin Park.", "We met a student.", "Nobody answered."):
        theirs.commit({path: record_text(ONE, "Texts work better than letters", body=body)}, "Write", NOW)
    workspace.refresh()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.push_screen(places.reader(f"rivertown:{path}"))
        await settle(pilot)
        await press(pilot, "h")
        assert ", Ben" in shown(pilot)
        await press(pilot, "down", "r", "r")
        assert b"We met a student." in community.repository.text_at(path)
        await press(pilot, "U")
        assert b"Nobody answered." in community.repository.text_at(path)
        # The newest state is the one that was undone; two below it is the one that names someone.
        await press(pilot, *["home", *["down"] * 4], "r", "r")
        assert "may name someone" in said(pilot)[-1]
        assert b"Nobody answered." in community.repository.text_at(path)
        (draft,) = workspace.drafts.all()
        assert (draft.place, "Devin Park" in draft.text) == ("rivertown", True)
