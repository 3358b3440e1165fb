"""Completion while one writes: records, tags, people; it takes no key while it is away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from reflect.records.markdown import link_targets
from reflect.records.textforms import folded
from reflect.tui.app import ReflectApp
from reflect.tui.completing import asked_before
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.completion import Completion
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.form import Form
from reflect.workspace import Workspace
from tests.tui.conftest import LARGE, SMALL, Journal, MakeRecord, files_of, press, settle, shown, write


async def begin(pilot: Pilot[Any], text: str) -> Editor:
    """Begin a reflection, and type the last sign of a text as a key."""
    await settle(pilot)
    await press(pilot, "n", "enter")
    await write(pilot, text[:-1])
    await pilot.press("space" if text[-1] == " " else text[-1])
    await settle(pilot)
    return pilot.app.screen.query_one(Editor)


def is_open(pilot: Pilot[Any]) -> bool:
    return pilot.app.screen.query_one(Completion).is_open


def saved_text(workspace: Workspace) -> str:
    [path] = [each for each in files_of(workspace.vault.root, "journal") if "2026-11-23" in each.name]
    return path.read_text()


async def test_two_brackets_offer_records_and_enter_writes_the_link(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        editor = await begin(pilot, "See [[")
        # Without words the newest records come first.
        assert "Half an hour behind the counter" in shown(pilot)
        await press(pilot, *"fam")
        assert "Half an hour behind the counter" not in shown(pilot)
        await press(pilot, "down", "enter", "full_stop")
        assert "See [[What makes families answer?]]." in editor.text
        assert not is_open(pilot)
        await press(pilot, "ctrl+s")
        [target] = link_targets(saved_text(workspace))
        assert [row.id for row in workspace.catalog.named(target)] == [journal.agenda.id]


async def test_a_title_that_names_two_records_is_linked_by_id(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    older = make_record("reflection", "Twice the same", "2026-01-01")
    make_record("reflection", "twice the SAME", "2026-02-01")
    odd = make_record("reflection", "Brackets [x] | and bars", "2026-03-01")
    workspace.refresh(full=True)
    async with app.run_test(size=SMALL) as pilot:
        editor = await begin(pilot, "[[twi")
        await press(pilot, "down", "enter", "space", *"[[bra", "enter")
        assert f"[[{older.id}|Twice the same]] [[{odd.id}|Brackets x and bars]]" in editor.text
        assert link_targets(editor.text) == [older.id, odd.id]


async def test_escape_closes_the_list_and_its_keys_are_the_texts_again(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        editor = await begin(pilot, "[[fam")
        await press(pilot, "escape")
        assert isinstance(app.screen, WritingScreen)
        await press(pilot, *"ilies", "enter", *"ab", "up", *"cd")
        assert not is_open(pilot)
        assert "[[cdfamilies\nab" in editor.text or "[[facdmilies\nab" in editor.text
        await press(pilot, "tab")
        assert not editor.has_focus


async def test_a_tag_is_written_in_the_text_and_put_among_the_tags(
    app: ReflectApp, journal: Journal, workspace: Workspace
) -> None:
    async with app.run_test(size=SMALL) as pilot:
        editor = await begin(pilot, "At the door #fr")
        assert "#front-office" in shown(pilot)
        await press(pilot, "tab", "space", *"again", "ctrl+s")
        assert "At the door #front-office again" in editor.text
        assert "tags: [front-office]" in saved_text(workspace)
        await press(pilot, "f2")
        row = app.screen.query_one(Form).row("tags")
        assert row is not None
        assert row.texts() == ["front-office"]


async def test_a_person_is_written_by_name_and_put_among_the_people(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    make_record("person", "Ruth", fields={"role": "a principal", "also_called": "Ms. Abernathy"})
    make_record("person", "Tomás", fields={"role": "a liaison"})
    async with app.run_test(size=LARGE) as pilot:
        editor = await begin(pilot, "I asked @")
        assert "a liaison" in shown(pilot)
        # Found by another name too; what is written is the name used here.
        await press(pilot, *"abe", "enter", "space", *"@tom", "enter")
        assert "I asked Ruth Tomás" in editor.text
        await press(pilot, "ctrl+s")
        assert "people: [Ruth, Tomás]" in saved_text(workspace)
        assert "Ruth, Tomás" in shown(pilot)


async def test_a_call_in_takes_the_person_into_with(
    app: ReflectApp, make_record: MakeRecord, workspace: Workspace
) -> None:
    make_record("person", "Ruth")
    call_in = make_record("call-in", "Hanging up", "2026-11-19", fields={"with": ["Greg"]})
    async with app.run_test(size=LARGE) as pilot:
        await settle(pilot)
        await press(pilot, "2", "down", "e")
        await press(pilot, "down", *"@ru", "enter", "ctrl+s")
        text = (workspace.vault.root / call_in.path).read_text()
        assert "with: [Greg, Ruth]" in text


async def test_a_candidate_is_chosen_with_the_mouse(app: ReflectApp, journal: Journal) -> None:
    async with app.run_test(size=SMALL) as pilot:
        editor = await begin(pilot, "[[robo")
        await pilot.click(Completion, offset=(3, 0))
        await settle(pilot)
        assert "[[Robocalls made it worse]]" in editor.text
        assert editor.has_focus


async def test_titles_are_shown_as_text_only(app: ReflectApp, make_record: MakeRecord) -> None:
    make_record("reflection", "[@click=app.quit]zz[/] \x1b[31mred")
    async with app.run_test(size=SMALL) as pilot:
        await begin(pilot, "[[zz")
        assert "[@click=app.quit]zz[/]" in shown(pilot)
        assert "\x1b" not in shown(pilot)


async def test_one_can_type_on_while_records_are_looked_for(
    app: ReflectApp, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    titled = type(app.workspace.catalog).titled

    def noted(catalog: Any, words: str, limit: int, place: str | None = None) -> Any:
        asked.append(words)
        assert limit < 100
        return titled(catalog, words, limit, place)

    monkeypatch.setattr(type(app.workspace.catalog), "titled", noted)
    async with app.run_test(size=SMALL) as pilot:
        editor = await begin(pilot, "[[")
        for letter in "families":
            await pilot.press(letter)
        await settle(pilot)
        assert "[[families" in editor.text
        assert asked[-1] == "families"
        assert is_open(pilot)


@pytest.mark.parametrize(
    ("text", "sort", "words"),
    [
        ("see [[", "record", ""),
        ("see [[two words", "record", "two words"),
        ("see [[done]] and", "", ""),
        ("see [[done|shown", "", ""),
        ("a #tag", "tag", "tag"),
        ("#tag", "tag", "tag"),
        ("- #año-nuevo", "tag", "año-nuevo"),
        ("#", "", ""),
        ("# heading", "", ""),
        ("## heading with #tag", "", ""),
        ("number #1", "", ""),
        ("word#tag", "", ""),
        ("@", "person", ""),
        ("with @Ms. Ok", "person", "Ms. Ok"),
        ("mail ana@example", "", ""),
        ("x" * 50_000 + " @ru", "person", "ru"),
    ],
)
def test_what_asks_for_completion(text: str, sort: str, words: str) -> None:
    asked = asked_before(text)
    assert (asked.sort, asked.words) == (sort, words) if asked and sort else asked is None and not sort


def test_the_catalog_finds_by_the_beginnings_of_words_in_titles(make_record: MakeRecord, workspace: Workspace) -> None:
    for number, title in enumerate(["Families answer", "The answer of a family", "Nothing", 'Odd " quote']):
        make_record("reflection", title, f"2026-01-0{number + 1}", body="families answer")
    catalog = workspace.catalog
    assert [row.title for row in catalog.titled("fam ans", 5)] == ["The answer of a family", "Families answer"]
    assert [row.title for row in catalog.titled("", 1)] == ['Odd " quote']
    assert [row.title for row in catalog.titled('"', 5)] == []
    make_record("finding", "NOTHING", agenda="")
    assert catalog.shared_titles(["Nothing", "Families answer"]) == {folded("Nothing")}


def test_the_shipped_kinds_name_their_people_once(workspace: Workspace) -> None:
    for path in Path("src/reflect/data/kinds").glob("*.toml"):
        kind = workspace.kinds.get(path.stem)
        assert len([field for field in kind.fields if field.type == "people"]) <= 1, kind.name
