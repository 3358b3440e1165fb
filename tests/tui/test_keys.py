"""Keys can be changed in the settings; what cannot be is said, and the usual key stays."""

from __future__ import annotations

import pytest

from reflect.context import Context
from reflect.tui.app import ReflectApp
from reflect.tui.keys import KEYS, keymap, names, shown_key
from reflect.tui.screens.journal import JournalScreen
from reflect.tui.screens.search import SearchScreen
from reflect.tui.screens.today import TodayScreen
from reflect.workspace import Workspace
from tests.tui.conftest import SMALL, Journal, press, said, settle, shown


async def test_a_changed_key_works_and_is_shown_everywhere(
    context: Context, workspace: Workspace, journal: Journal
) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text('[keys.everywhere]\nsearch = "f11"\n[keys.today]\nwrite = ["W", "f7"]\n')
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert said(pilot) == []
        assert "f11 search" in shown(pilot)
        await press(pilot, "w")
        assert isinstance(app.screen, TodayScreen)
        await press(pilot, "slash")
        assert isinstance(app.screen, TodayScreen)
        await press(pilot, "f11")
        assert isinstance(app.screen, SearchScreen)


async def test_a_mistake_in_the_keys_is_told_and_the_usual_key_stays(context: Context, workspace: Workspace) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text('[keys.everywhere]\njournal = "nokey+x"\nnowhere = "x"\nquit = 3\n')
    app = ReflectApp(context, workspace.vault.root)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert any("everywhere.journal is “nokey+x”, which is no key" in each for each in said(pilot))
        assert any("everywhere.nowhere is not known" in each for each in said(pilot))
        assert any("keys.everywhere.quit is 3; it takes a key" in each for each in said(pilot))
        await press(pilot, "2")
        assert isinstance(app.screen, JournalScreen)


@pytest.mark.parametrize(
    ("name", "keys", "says"),
    [
        ("nowhere.x", "x", "is not known; the places are everywhere"),
        ("journal.x", "x", "is not known; in journal there are all"),
        ("writing.save", "s", "writes a letter there"),
        ("journal.filter", "e", "which is the key of journal.edit"),
        ("journal.filter", "/", "which is the key of everywhere.search"),
        ("everywhere.new", "e", "which is the key of"),
        ("journal.filter", "", "which is no key"),
    ],
)
def test_what_cannot_be_a_key_says_why(name: str, keys: str, says: str) -> None:
    good, [problem] = keymap({name: keys})
    assert good == {}
    assert says in problem


def test_two_keys_may_change_places() -> None:
    good, problems = keymap({"journal.filter": "e", "journal.edit": "f"})
    assert problems == []
    assert good == {"journal.filter": "e", "journal.edit": "f"}


def test_no_place_has_a_key_twice() -> None:
    assert len(set(names())) == len(names())
    for place, keys in KEYS.items():
        used = [each for key in keys for each in key.keys.split(",")]
        assert len(used) == len(set(used)), place


def test_keys_are_shown_as_they_are_pressed() -> None:
    assert [shown_key(key) for key in ("escape", "slash", "ctrl+s", "full_stop", "pagedown")] == [
        "esc",
        "/",
        "ctrl+s",
        ".",
        "page down",
    ]
