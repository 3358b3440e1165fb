"""Taking part in a community: writing there, answering, trying too, carrying on, taking back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from reflect.community.communities import Community
from reflect.community.membership import Membership, write_membership
from reflect.community.repository import Repository
from reflect.community.signatures import with_signature
from reflect.records.community_file import ListedKey, with_key
from reflect.records.compose import Content
from reflect.records.record import Record
from reflect.store import ssh
from reflect.tui.app import ReflectApp
from reflect.tui.screens.agenda import AgendaScreen
from reflect.tui.screens.community import CommunityScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.responding import RespondingScreen
from reflect.tui.screens.share import SettleScreen
from reflect.tui.screens.today import TodayScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.item_list import ItemList
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.conftest import NOW
from tests.tui.conftest import BEN, LARGE, ONE, SMALL, Journal, files_of, press, said, settle, shown, write

LINE = "For all in rivertown: saved, it is kept here and sent at the next sync."
AGENDA = "01JDA6C4T3W5E9K2M8Q7RZAGE1"
FOLDER = "agendas/what-do-texts-do"


@pytest.fixture
def lakeside(community: Community, workspace: Workspace) -> Community:
    """A second community that one is in, with an agenda."""
    membership = Membership("lakeside", "/nowhere/lakeside.git", "Ana", "otheroth@reflect.invalid", "2026-11-02")
    write_membership(workspace.vault.root, membership)
    workspace.take_up()
    found = workspace.communities.get("lakeside")
    found.repository.make()
    theirs = Repository(found.repository.path, BEN)
    theirs.commit({f"{FOLDER}/agenda.md": record_text(AGENDA, "What do texts do?", "agenda")}, "Write", NOW)
    workspace.refresh()
    return found


def there(workspace: Workspace, kind: str, place: str = "rivertown") -> list[Record]:
    """Return the records of a kind that stand in a community."""
    rows = [row for row in workspace.rows() if row.place == place and row.kind == kind]
    return [workspace.get(row.ref) for row in rows]


async def read(pilot: Pilot[Any], app: ReflectApp, ref: str) -> None:
    """Open a record in the reader."""
    app.push_screen(ReaderScreen(ref))
    await settle(pilot)


async def open_draft(pilot: Pilot[Any], app: ReflectApp) -> None:
    """Open the draft that Today leads back to."""
    await press(pilot, "1")
    waiting = app.screen.query_one("#waiting", ItemList)
    at = next(at for at in range(waiting.count) if waiting.key_of_line(at)[:1] == ("draft",))
    await press(pilot, "home", *["down"] * sum(waiting.is_choosable(each) for each in range(at)), "enter")


# Writing there


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_new_record_says_all_the_time_for_whom_it_is_and_one_key_puts_it_there(
    app: ReflectApp, workspace: Workspace, community: Community, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "4", "n")
        assert "Write something new for rivertown" in shown(pilot)
        assert "Call-in" not in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, WritingScreen)
        assert "Finding · for rivertown" in shown(pilot)
        assert LINE in shown(pilot)
        await write(pilot, "It rained, and half came.")
        await press(pilot, "ctrl+o")
        assert LINE in shown(pilot)
        await press(pilot, "ctrl+o", "ctrl+s")
        assert "in rivertown, not sent yet" in shown(pilot)
        assert workspace.drafts.all() == []
        await press(pilot, "escape")
        assert isinstance(app.screen, CommunityScreen)
        assert "1 not sent yet" in shown(pilot)
        assert "“It rained, and half came.” is in rivertown, not sent yet." in said(pilot)[-1]
        (record,) = [each for each in there(workspace, "finding") if each.author == "Ana"]
        assert record.section_text({"what we tried"}).strip() == "It rained, and half came."
        assert files_of(workspace.vault.root, "findings") == []
        await press(pilot, "u")
        assert [each.author for each in there(workspace, "finding")] == ["Ben"]


async def test_leaving_alone_puts_nothing_there_and_the_draft_leads_back_to_the_same_place(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    before = community.repository.tip()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "n", "enter")
        await write(pilot, "It rained, and half came.")
        await press(pilot, "escape")
        assert "This is not in rivertown yet" in shown(pilot)
        await press(pilot, "d")
        assert community.repository.tip() == before
        await open_draft(pilot, app)
        assert isinstance(app.screen, WritingScreen)
        assert LINE in shown(pilot)
        # One that was only looked at stays a draft.
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)
        assert (community.repository.tip(), len(workspace.drafts.all())) == (before, 1)
        await press(pilot, "enter", "ctrl+s", "escape")
        assert workspace.drafts.all() == []
    assert len(there(workspace, "finding")) == 2


async def test_what_may_name_someone_is_settled_before_it_is_there(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    before = community.repository.tip()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "4", "n", "enter")
        await write(pilot, "We asked Xochitl and Devin Park why.")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, SettleScreen)
        page = shown(pilot)
        assert "Into rivertown" in page
        assert str(community.membership.url)[:40] in page
        assert "2 flags to settle" in page
        # The draft is on this computer whatever comes next.
        assert [each.place for each in workspace.drafts.all()] == ["rivertown"]
        await press(pilot, "S")
        assert isinstance(app.screen, SettleScreen)
        await press(pilot, "escape")
        assert isinstance(app.screen, WritingScreen)
        assert "draft, not in rivertown yet" in shown(pilot)
        assert community.repository.tip() == before
        await press(pilot, "ctrl+s", "r")
        await write(pilot, "a mother")
        await press(pilot, "enter", "r")
        await write(pilot, "her son")
        await press(pilot, "enter")
        assert "We asked a mother and her son why." in shown(pilot)
        await press(pilot, "S")
        assert isinstance(app.screen, WritingScreen)
        assert "in rivertown, not sent yet" in shown(pilot)
        # What stands on the screen is what stands there, so that the next save brings no name back.
        assert "Xochitl" not in shown(pilot)
        await press(pilot, "escape")
        assert isinstance(app.screen, CommunityScreen)
    (record,) = [each for each in there(workspace, "finding") if each.author == "Ana"]
    assert record.title == "We asked a mother and her son why."
    assert "Xochitl" not in record.text
    assert workspace.drafts.all() == []


async def test_a_record_of_a_peer_is_edited_there_and_undo_takes_that_back(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    was = workspace.get(ONE)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        feed = app.screen.query_one("#feed", ItemList)
        while feed.key != ("record", f"rivertown:{was.path}"):
            await press(pilot, "down")
        await press(pilot, "e")
        assert isinstance(app.screen, WritingScreen)
        assert LINE in shown(pilot)
        await write(pilot, "12 of 31 answered. ")
        await press(pilot, "escape", "p")
        assert isinstance(app.screen, CommunityScreen)
        edited = workspace.get(ONE)
        assert ("12 of 31 answered." in edited.text, edited.author) == (True, "Ben")
        await press(pilot, "u")
        assert workspace.get(ONE).text == was.text


# With what a peer wrote


async def test_an_answer_is_one_box_and_stands_below_what_it_answers(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await read(pilot, app, ONE)
        assert "r answer" in shown(pilot)
        await press(pilot, "r")
        assert isinstance(app.screen, RespondingScreen)
        assert LINE in shown(pilot)
        assert "Answer to “Texts work better than letters”" in shown(pilot)
        await write(pilot, "Ours did not.")
        await press(pilot, "ctrl+s", "escape")
        assert isinstance(app.screen, ReaderScreen)
        assert "Ours did not.  Ana" in shown(pilot)
        answer = next(each for each in there(workspace, "response") if each.author == "Ana")
        assert answer.text_of("to") == ONE
        await press(pilot, "u")
        assert "Ours did not." not in shown(pilot)


async def test_an_answer_left_open_is_a_draft_that_leads_back_to_its_box(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await read(pilot, app, ONE)
        await press(pilot, "r")
        await write(pilot, "Ruth saw it too.")
        await press(pilot, "ctrl+s")
        assert isinstance(app.screen, SettleScreen)
        await press(pilot, "escape", "escape", "d")
        assert isinstance(app.screen, ReaderScreen)
        await open_draft(pilot, app)
        assert isinstance(app.screen, RespondingScreen)
        assert "Ruth saw it too." in shown(pilot)
        assert LINE in shown(pilot)
        assert "Texts work better than letters" in shown(pilot)
    assert len(there(workspace, "response")) == 1


async def test_i_tried_this_too_begins_a_finding_of_ones_own_that_links(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await read(pilot, app, ONE)
        await press(pilot, "t")
        assert isinstance(app.screen, WritingScreen)
        assert "Finding · for rivertown" in shown(pilot)
        await write(pilot, "Ours did not.")
        await press(pilot, "ctrl+s", "escape")
        assert "Ours did not." in shown(pilot)
    (record,) = [each for each in there(workspace, "finding") if each.author == "Ana"]
    assert record.links == (ONE,)


async def test_a_record_is_carried_with_its_origin_once_all_is_seen(
    app: ReflectApp, workspace: Workspace, lakeside: Community
) -> None:
    before = lakeside.repository.tip()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await read(pilot, app, ONE)
        await press(pilot, "a")
        assert "Carry “Texts work better than letters” on to lakeside" in shown(pilot)
        await press(pilot, "enter")
        assert "Say why it matters there" in shown(pilot)
        await write(pilot, "We ask Ruth the same.")
        await press(pilot, "enter")
        assert isinstance(app.screen, SettleScreen)
        assert "carried_from: rivertown · a peer · 2026-11-20" in shown(pilot)
        await press(pilot, "escape")
        assert "Nothing was carried" in said(pilot)[-1]
        assert lakeside.repository.tip() == before
        await open_draft(pilot, app)
        assert isinstance(app.screen, SettleScreen)
        await press(pilot, "k", "S")
        assert isinstance(app.screen, TodayScreen)
        (copy,) = there(workspace, "finding", "lakeside")
        assert "We ask Ruth the same." in copy.body
        assert {each.title for each in there(workspace, "response")} == {"We saw it too", "Carried to lakeside."}
        assert workspace.drafts.all() == []
        await press(pilot, "u")
        assert there(workspace, "finding", "lakeside") == []
        assert {each.title for each in there(workspace, "response")} == {"We saw it too"}


async def test_ones_own_is_withdrawn_after_a_question(
    app: ReflectApp, workspace: Workspace, community: Community, journal: Journal
) -> None:
    review = workspace.sharing.review(journal.finding.id, "rivertown", agenda="none")
    for flag in review.open_flags:
        workspace.sharing.settle(journal.finding.id, "rivertown", keep=[flag.text])
    copy = workspace.sharing.send(workspace.sharing.review_again(journal.finding.id, "rivertown")).record
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await read(pilot, app, journal.finding.path)
        await press(pilot, "w", "k")
        assert len(there(workspace, "finding")) == 2
        await press(pilot, "w")
        assert "Withdraw this?" in shown(pilot)
        await press(pilot, "w")
        assert isinstance(app.screen, ReaderScreen)
        assert "is withdrawn" in said(pilot)[-1]
    assert [each.id for each in there(workspace, "finding")] == [ONE]
    assert copy.id != ONE


async def test_what_cannot_be_done_is_not_offered_and_its_key_says_why(
    app: ReflectApp, workspace: Workspace, community: Community, journal: Journal
) -> None:
    own = workspace.new("finding", Content(title="At the door", body="It rained.")).record
    workspace.refresh()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for ref, key, says in (
            (ONE, "w", "Ben added this, and only they withdraw it."),
            (ONE, "a", "You are in no other community"),
            (ONE, "D", "Only what never leaves your journal is distilled"),
            (own.path, "r", "This is in your journal only, so there is nobody to answer."),
            (journal.call_in.path, "a", "A call-in never leaves your journal."),
            (journal.call_in.path, "w", "A call-in never leaves your journal, so there is nothing to withdraw."),
        ):
            await read(pilot, app, ref)
            await press(pilot, key)
            assert isinstance(app.screen, ReaderScreen)
            assert says in said(pilot)[-1]
            await press(pilot, "question_mark")
            assert "Withdraw" not in shown(pilot)
            await press(pilot, "escape", "escape")


async def test_a_call_in_is_distilled_without_a_word_of_it(
    app: ReflectApp, workspace: Workspace, community: Community, journal: Journal
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await read(pilot, app, journal.call_in.path)
        await press(pilot, "D", "down", "enter")
        assert isinstance(app.screen, WritingScreen)
        assert "Wondering" in shown(pilot)
        assert "fast English" not in shown(pilot)
        await write(pilot, "Who hears the pause?")
        await press(pilot, "escape")
    (path,) = [each for each in files_of(workspace.vault.root, "wonderings") if "who-hears" in each.name]
    assert workspace.get(str(path.relative_to(workspace.vault.root))).links == (journal.call_in.id,)


async def test_what_was_read_can_be_new_again(app: ReflectApp, workspace: Workspace, community: Community) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "4", "down", "enter", "R")
        assert isinstance(app.screen, CommunityScreen)
        assert "2 new" in shown(pilot)
        await press(pilot, "u")
        assert "1 new" in shown(pilot)


async def test_an_agenda_is_followed_and_muted_where_it_is_read_and_undo_takes_each_back(
    app: ReflectApp, workspace: Workspace, lakeside: Community, journal: Journal
) -> None:
    reading = workspace.reading
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        app.push_screen(AgendaScreen(journal.agenda.path))
        await settle(pilot)
        assert "w follow" not in shown(pilot)
        app.push_screen(AgendaScreen(f"lakeside:{FOLDER}/agenda.md"))
        await settle(pilot)
        await press(pilot, "w")
        assert (said(pilot)[-1][:30], set(reading.followed())) == ("You follow “What do texts do?”", {AGENDA})
        await press(pilot, "U", "x")
        assert (set(reading.followed()), set(reading.muted().agendas)) == (set(), {AGENDA})
        await press(pilot, "U")
        assert set(reading.muted().agendas) == set()
        # What is begun in an agenda of a community is for that community, and in that agenda.
        await press(pilot, "n", "down", "enter")
        assert "What do texts do?" in shown(pilot)
        assert "for lakeside" in shown(pilot)


# Who wrote it


async def test_the_page_says_how_a_record_is_signed_and_who_speaks_in_anothers_name(
    app: ReflectApp, workspace: Workspace, community: Community, tmp_path: Path
) -> None:
    key = tmp_path / "keys" / "ben"
    ssh.make_key(key, "ben")
    listed = with_key('name = "Rivertown"\n', ListedKey("Ben", ssh.public_half(key))).encode()
    signing = Repository(community.repository.path, BEN, lambda text: with_signature(text, ssh.sign(key, text)))
    signed, forged = ONE[:-1] + "6", ONE[:-1] + "7"
    signing.commit({"community.toml": listed, "findings/2026/11/s.md": record_text(signed, "Signed")}, "Write", NOW)
    theirs = Repository(community.repository.path, BEN)
    theirs.commit({"findings/2026/11/f.md": record_text(forged, "Forged", author="Cleo")}, "Write", NOW)
    workspace.refresh()
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await read(pilot, app, signed)
        assert "✓ signed by Ben" in shown(pilot)
        await read(pilot, app, forged)
        assert "says it is by Cleo; it was added by Ben" in shown(pilot)
        assert "not signed" in shown(pilot)


# What a community has of its own

HOME_VISIT = b"""name = "home-visit"
label = "Visit at home"
folder = "home-visits"
share = "ask"
purpose = "What a family showed us where they live."

[[field]]
name = "language"
type = "text"
label = "Language spoken"

[[section]]
title = "What we were shown"
"""


async def test_a_kind_of_the_communitys_own_is_written_and_read_by_its_own_words(
    app: ReflectApp, workspace: Workspace, community: Community
) -> None:
    theirs = Repository(community.repository.path, BEN)
    visit = record_text(ONE[:-1] + "5", "Four cousins read aloud", "home-visit")
    text = visit.replace(b"author:", b"language: Karen\nauthor:")
    theirs.commit({"reflect/kinds/home-visit.toml": HOME_VISIT, "home-visits/2026/11/four.md": text}, "Write", NOW)
    workspace.refresh()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert "visit at home · Ben" in shown(pilot)
        await press(pilot, "n")
        assert "Visit at home      What a family showed" in shown(pilot)
        await press(pilot, "down", "down", "down", "down", "enter")
        assert "Visit at home · for rivertown" in shown(pilot)
        assert "What we were shown" in shown(pilot)
        assert "Language spoken" in shown(pilot)
        await write(pilot, "A wall of drawings.")
        await press(pilot, "ctrl+s", "escape")
        (record,) = [each for each in there(workspace, "home-visit") if each.author == "Ana"]
        assert record.path.startswith("home-visits/2026/11/")
        await read(pilot, app, ONE[:-1] + "5")
        assert "Visit at home" in shown(pilot)
        assert "Language spoken   Karen" in shown(pilot)
        await press(pilot, "escape", "slash")
        await write(pilot, "cousins")
        assert "visit at home" in shown(pilot)
