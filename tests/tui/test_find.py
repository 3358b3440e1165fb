"""Find in the text: as one types, without capitals and accents, and back at the place found."""

from __future__ import annotations

import pytest

from reflect.tui.app import ReflectApp
from reflect.tui.finding import places_of
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.widgets.editor import Editor
from reflect.tui.widgets.find_bar import FindBar
from tests.tui.conftest import SMALL, press, settle, shown, write


async def test_a_word_is_found_while_it_is_typed_and_escape_stays_at_it(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "Mañana en el café.\n\nThe Cafe waited.\n\nNo cafes here")
        editor = app.screen.query_one(Editor)
        top = editor.cursor_location[0] - 4
        await press(pilot, "ctrl+home", "pageup", "ctrl+f", *"cafe")
        assert "1 of 3" in shown(pilot)
        await press(pilot, "enter")
        assert "2 of 3" in shown(pilot)
        await press(pilot, "f3", "f3")
        assert "1 of 3" in shown(pilot)
        await press(pilot, "shift+f3", "up")
        assert "2 of 3" in shown(pilot)
        await press(pilot, "s")
        assert "1 of 1" in shown(pilot)
        await press(pilot, "z")
        assert "not found" in shown(pilot)
        await press(pilot, "backspace", "escape")
        assert isinstance(app.screen, WritingScreen)
        assert editor.has_focus
        assert editor.cursor_location == (top + 4, 3)
        await press(pilot, "x")
        assert "No xcafes here" in editor.text
        assert not app.screen.query_one(FindBar).is_open


async def test_the_count_follows_what_is_written_meanwhile(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "one two one")
        await press(pilot, "ctrl+f", *"one")
        assert "of 2" in shown(pilot)
        await pilot.click(Editor, offset=(1, 2))
        await write(pilot, "one ")
        assert "of 3" in shown(pilot)
        # In the text, escape first closes the bar.
        await press(pilot, "escape")
        assert isinstance(app.screen, WritingScreen)
        assert "find" not in shown(pilot)


async def test_what_is_selected_is_looked_for(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "again and again")
        await press(pilot, "ctrl+shift+left", "ctrl+f")
        assert app.screen.query_one(FindBar).box.value == "again"
        assert "2 of 2" in shown(pilot)


@pytest.mark.parametrize(
    ("words", "line", "found"),
    [
        ("cafe", "Café cafe\u0301 CAFE", [(0, 4), (5, 10), (11, 15)]),
        ("CAFÉ", "a cafe", [(2, 6)]),
        ("e\u0301", "été", [(0, 1), (2, 3)]),
        ("a.b", "a.b axb", [(0, 3)]),
        ("ß", "Straße ẞ", [(4, 5), (7, 8)]),
        ("家", "在家 家", [(1, 2), (3, 4)]),
        ("", "anything", []),
        ("\u0301", "anything", []),
    ],
)
def test_places_are_those_of_the_text_as_it_stands(words: str, line: str, found: list[tuple[int, int]]) -> None:
    assert places_of(words, [line]) == [(0, start, end) for start, end in found]


def test_so_many_places_are_cut_off() -> None:
    assert len(places_of("a", ["a" * 300] * 700)) == 5_000
