"""A call-in in four moments: each has its text, its fields and its hints, and nothing moves by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from reflect.context import Context
from reflect.records.compose import Content
from reflect.tui.app import ReflectApp
from reflect.tui.dialogs.come_back import ComeBackDialog
from reflect.tui.dialogs.help_page import HelpPageDialog
from reflect.tui.screens.call_in import CallInScreen
from reflect.tui.screens.reader import ReaderScreen
from reflect.tui.screens.today import TodayScreen
from reflect.tui.widgets.form import Form
from reflect.workspace import Workspace
from tests.conftest import NOW
from tests.tui.conftest import LARGE, SMALL, MakeRecord, files_of, press, said, settle, shown, write
from tests.tui.test_mouse import click

EVERY_MOMENT = {
    "What I noticed": "The list was read aloud.",
    "What was said": "She had meant it kindly.",
    "How it landed": "Stiff, then relieved.",
    "What we agreed": "Ten standing messages.",
}


def screen_of(app: ReflectApp) -> CallInScreen:
    screen = app.screen
    assert isinstance(screen, CallInScreen)
    return screen


def moment(app: ReflectApp) -> str:
    return screen_of(app).title_line.where.plain.partition("● ")[2].partition(" ─")[0].removesuffix(" · private")


def call_ins(workspace: Workspace) -> list[Path]:
    return files_of(workspace.vault.root, "call-ins")


async def test_a_call_in_is_written_moment_by_moment(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
        assert "● prepare ─ ○ have ─ ○ after ─ ○ follow up" in shown(pilot)
        # The hint stands below the text where there is no room for a panel.
        assert "What would a camera" in shown(pilot)
        await write(pilot, "The list was read aloud.")
        await press(pilot, "ctrl+n")
        assert "✓ prepare ─ ● have ─ ○ after ─ ○ follow up" in shown(pilot)
        assert "## What I noticed" not in shown(pilot)
        await write(pilot, "She had meant it kindly.")
        await press(pilot, "ctrl+n", "ctrl+n", "ctrl+n")
        assert moment(app) == "follow up"
        await write(pilot, "Ten standing messages.")
        await press(pilot, "ctrl+b", "ctrl+b", "ctrl+z")
        assert moment(app) == "have"
        assert screen_of(app).editor.text == "## What was said\n\n"
        await press(pilot, "ctrl+y", "ctrl+s")
        [path] = call_ins(workspace)
        assert path.read_text().endswith(
            "\n---\n\n## What I noticed\n\nThe list was read aloud.\n\n## What was said\n\nShe had meant it kindly.\n\n"
            "## What we agreed\n\nTen standing messages.\n"
        )


async def test_each_moment_asks_for_its_own_fields(app: ReflectApp) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
        rows = {
            "prepare": ["status", "with", "about", "direction", "intended", "follow_up"],
            "have": ["held_on", "setting", "consent"],
            "after": ["landed"],
            "follow up": ["status", "follow_up"],
        }
        for name, fields in rows.items():
            assert moment(app) == name
            form = app.screen.query_one(Form)
            assert [row.spec.name for row in form.query("#first FieldRow")] == fields  # type: ignore[attr-defined]
            more = [row.spec.name for row in form.query("#more FieldRow")]  # type: ignore[attr-defined]
            assert more[-3:] == ["tags", "lenses", "created"]
            assert ("side" in more) == (name == "prepare")
            await press(pilot, "ctrl+n")


async def test_only_the_moment_that_was_written_on_changes(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    record = make_record("call-in", "Read aloud", sections=EVERY_MOMENT, fields={"status": "held"})
    path = workspace.vault.root / record.path
    before = path.read_text().replace("\n\n## How", "\n\n\n\n## Mine\n- x\n\n\n## How").replace("kind: ", "kind:   ")
    path.write_text(before)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        assert moment(app) == "after"
        await press(pilot, "ctrl+b", "ctrl+b", "ctrl+n", "escape")
        assert path.read_text() == before
        await press(pilot, "e", "ctrl+b", "ctrl+b", "ctrl+end")
        editor = screen_of(app).editor
        editor.move_cursor((2, len("The list was read aloud.")))
        await write(pilot, " Thrice.")
        await press(pilot, "ctrl+s")
        assert path.read_text() == before.replace("aloud.\n", "aloud. Thrice.\n")


async def test_a_record_in_an_order_of_its_own_is_one_text(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    record = make_record("call-in", "Odd", body="## What was said\n\nFirst.\n\n## What I noticed\n\nSecond.")
    before = (workspace.vault.root / record.path).read_text()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        assert "one text: its headings stand in another order" in shown(pilot)
        assert "First." in shown(pilot)
        assert "Second." in shown(pilot)
        await press(pilot, "ctrl+n", "ctrl+g")
        assert any("order of their own" in each for each in said(pilot))
        await press(pilot, "escape")
        assert (workspace.vault.root / record.path).read_text() == before


async def test_the_whole_text_and_back(app: ReflectApp, make_record: MakeRecord, workspace: Workspace) -> None:
    record = make_record("call-in", "Read aloud", sections=EVERY_MOMENT, fields={"status": "held"})
    before = (workspace.vault.root / record.path).read_text()
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e", "ctrl+g")
        assert "the whole text" in shown(pilot)
        assert all(text in shown(pilot) for text in EVERY_MOMENT.values())
        await press(pilot, "ctrl+g")
        assert moment(app) == "after"
        await press(pilot, "escape")
        assert (workspace.vault.root / record.path).read_text() == before


async def test_another_program_changed_another_moment_meanwhile(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    record = make_record("call-in", "Read aloud", sections=EVERY_MOMENT, fields={"status": "held"})
    path = workspace.vault.root / record.path
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        path.write_text(path.read_text().replace("kindly.", "well."))
        await press(pilot, "ctrl+end")
        await write(pilot, "I waited eight days.")
        await press(pilot, "ctrl+s")
        assert "She had meant it well." in path.read_text()
        assert "I waited eight days." in path.read_text()
        assert moment(app) == "after"
        await press(pilot, "ctrl+b")
        assert "She had meant it well." in shown(pilot)


async def test_the_status_is_offered_and_moves_only_when_taken(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter", "ctrl+n")
        assert "Status: held" not in shown(pilot)
        await write(pilot, "She had meant it kindly.")
        await press(pilot, "ctrl+s")
        assert "You wrote what was said.  ctrl+t Status: held" in shown(pilot)
        assert "status: preparing" in call_ins(workspace)[0].read_text()
        await press(pilot, "ctrl+t")
        assert "Was it today?  ctrl+t Held on: today" in shown(pilot)
        await press(pilot, "ctrl+t", "ctrl+t", "ctrl+s")
        text = call_ins(workspace)[0].read_text()
        assert "status: held" in text
        assert "held_on: 2026-11-23" in text
        assert "followed up" not in text


async def test_leaving_asks_once_for_a_day_to_come_back(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
        await write(pilot, "The list was read aloud.")
        await press(pilot, "escape")
        assert isinstance(app.screen, ComeBackDialog)
        await write(pilot, "xyzzy")
        await press(pilot, "enter")
        assert isinstance(app.screen, ComeBackDialog)
        await press(pilot, "ctrl+u")
        await write(pilot, "in two weeks")
        await press(pilot, "enter")
        assert isinstance(app.screen, TodayScreen)
        assert "follow_up: 2026-12-07" in call_ins(workspace)[0].read_text()


@pytest.mark.parametrize(("keys", "day"), [(["enter"], ""), (["escape"], ""), (["down", "enter"], "2026-11-30")])
async def test_the_day_may_stay_open_or_be_in_a_week(
    app: ReflectApp, workspace: Workspace, keys: list[str], day: str
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
        await write(pilot, "The list was read aloud.")
        await press(pilot, "escape", *keys)
        assert isinstance(app.screen, TodayScreen)
        text = call_ins(workspace)[0].read_text()
        assert (f"follow_up: {day}" in text) if day else ("follow_up" not in text)


async def test_the_follow_up_comes_back_on_today_and_opens_where_it_stands(
    context: Context, workspace: Workspace
) -> None:
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
        await write(pilot, "The list was read aloud.")
        await press(pilot, "ctrl+n")
        await write(pilot, "She had meant it kindly.")
        await press(pilot, "ctrl+s", "ctrl+t", "ctrl+t", "escape", "down", "enter")
    later = replace(context, now=lambda: NOW + dt.timedelta(weeks=1))
    app = ReflectApp(later, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert "Monday 30 November" in shown(pilot)
        assert "today         The list was read alou" in shown(pilot)
        await press(pilot, "enter")
        assert isinstance(app.screen, ReaderScreen)
        await press(pilot, "e")
        assert moment(app) == "after"


async def test_it_can_be_let_pass_and_taken_back(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
        await write(pilot, "The list was read aloud.")
        await press(pilot, "ctrl+n", "ctrl+l", "down", "down", "enter")
        assert "What would make it possible next time?" in shown(pilot)
        await write(pilot, "If I had been in the room.")
        await press(pilot, "enter", "ctrl+s")
        [path] = call_ins(workspace)
        text = path.read_text()
        assert "status: let pass" in text
        assert "let_pass: did not see enough" in text
        question = "What would make it possible next time?"
        assert f"read aloud.\n\n{question} If I had been in the room.\n" in text
        assert any("Let pass: did not see enough. ctrl+l takes it back." in each for each in said(pilot))
        await press(pilot, "ctrl+l", "ctrl+s")
        text = path.read_text()
        assert "status: preparing" in text
        assert "let_pass" not in text
        assert text.endswith("## What I noticed\n\nThe list was read aloud.\n")
        await press(pilot, "ctrl+l", "6", "enter", "escape")
        # It is closed, so no day is asked for.
        assert isinstance(app.screen, TodayScreen)
        assert "let_pass: another way chosen" in path.read_text()


async def test_who_was_called_in_gets_another_hint(app: ReflectApp, make_record: MakeRecord) -> None:
    make_record("call-in", "They came to me", fields={"side": "I was called in"}, body="x")
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e")
        screen_of(app).editor.move_cursor((3, 0))
        await settle(pilot)
        assert "What was raised with me" in shown(pilot)


async def test_what_must_not_be_written_is_said_and_explained(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
        assert "No names, initials, numbers or pictures of students" in shown(pilot)
        await press(pilot, "f1")
        assert isinstance(app.screen, HelpPageDialog)
        assert "Never write down" in shown(pilot)
        await press(pilot, "escape", "x")
        assert "No names" not in shown(pilot)
        assert moment(app) == "prepare"


async def test_a_person_is_suggested_and_any_name_is_kept(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    make_record("person", "Ruth A.", fields={"role": "a principal"})
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "n", "down", "enter")
        await write(pilot, "The list was read aloud.")
        row = app.screen.query_one(Form).row("with")
        assert row is not None
        row.children[1].focus()
        await write(pilot, "Dana, ru")
        await press(pilot, "right", "ctrl+s")
        assert "with: [Dana, Ruth A.]" in call_ins(workspace)[0].read_text()


async def test_a_rule_more_than_a_person_starts_a_policy_that_only_this_links_to(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    sections = {"What I noticed": "The contract says so."}
    record = make_record("call-in", "Urgent costs double", fields={"about": ["a rule or process"]}, sections=sections)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "2", "e", "ctrl+n")
        assert "ctrl+r starts a policy, channel or question" in shown(pilot)
        await press(pilot, "ctrl+r", "1")
        assert "Policy" in shown(pilot).splitlines()[0]
        assert "contract" not in shown(pilot)
        await write(pilot, "Per page, twice when urgent.")
        await press(pilot, "escape")
        assert isinstance(app.screen, CallInScreen)
        await press(pilot, "ctrl+s")
        [policy] = files_of(workspace.vault.root, "policies")
        assert record.id not in policy.read_text()
        made = workspace.get(policy.relative_to(workspace.vault.root).as_posix())
        assert f"## What we agreed\n\nPolicy: [[{made.id}]]\n" in (workspace.vault.root / record.path).read_text()


async def test_moments_by_mouse(app: ReflectApp, workspace: Workspace) -> None:
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await click(pilot, "n new")
        await click(pilot, "Call-in")
        await write(pilot, "The list was read aloud.")
        await click(pilot, "○ after")
        assert moment(app) == "after"
        await click(pilot, "[ ] heard")
        await click(pilot, "✓ prepare")
        assert moment(app) == "prepare"
        await click(pilot, "ctrl+s save")
        assert "landed: [heard]" in call_ins(workspace)[0].read_text()


async def test_a_draft_opens_in_its_moments(app: ReflectApp, workspace: Workspace) -> None:
    kind = workspace.kinds.get("call-in")
    beginning = Content(sections=EVERY_MOMENT, fields={"status": "held", "follow_up": "2026-12-07"})
    workspace.new_draft("call-in", workspace.compose(kind, beginning))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "enter")
        assert moment(app) == "after"
        await press(pilot, "ctrl+b")
        assert "She had meant it kindly." in shown(pilot)
        await press(pilot, "escape")
        assert workspace.drafts.all() == []
        assert len(call_ins(workspace)) == 1


async def test_a_kind_without_moments_is_a_plain_sheet(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "w", "ctrl+n", "ctrl+l", "f1")
        assert isinstance(app.screen, CallInScreen)
        assert "●" not in shown(pilot)
        assert "next moment" not in shown(pilot)
        assert "## What happened" in shown(pilot)


async def test_what_is_typed_too_early_is_written_into_the_moment_that_opens(
    app: ReflectApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from textual.events import Key

    from reflect.tui.dialogs.new import NewDialog

    # The kinds have not been read from their files yet.
    monkeypatch.setattr(NewDialog, "load", lambda dialog, names: None)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        for key in ("n", "down", "enter", *"dare"):
            app.post_message(Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        assert screen_of(app).editor.text.startswith("## What I noticed\n\ndare")
