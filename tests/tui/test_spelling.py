"""Spell checking: quiet, only of words, with a list of one's own; absent without a dictionary."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.context import Context
from reflect.tui import spelling
from reflect.tui.app import ReflectApp
from reflect.tui.screens.spelling_screen import SpellingScreen
from reflect.tui.screens.writing import WritingScreen
from reflect.tui.spelling import NoDictionary, Speller, load_speller
from reflect.tui.widgets.completion import Completion
from reflect.tui.widgets.editor import Editor
from reflect.workspace import Workspace
from tests.tui.conftest import SMALL, MakeRecord, press, said, settle, shown, write

AFFIXES = "SET UTF-8\nTRY aeiou\n"
WORDS = "4\nescribió\nlos\nniños\nla\n"


class Known:
    """A dictionary of a few words."""

    words = frozenset(["the", "letter", "was", "not", "received", "it", "isn't", "did"])

    def spell(self, word: str) -> bool:
        return word.lower() in self.words

    def suggest(self, word: str) -> list[str]:
        return ["received"] if word == "recieved" else []


def underlined(app: ReflectApp) -> list[str]:
    """Return what is underlined in the text as it is drawn."""
    editor = app.screen.query_one(Editor)
    found = []
    for row in range(editor.document.line_count):
        line = editor.get_line(row)
        found += [line.plain[span.start : span.end] for span in line.spans if "underline" in str(span.style)]
    return found


@pytest.fixture
def english() -> None:
    pytest.importorskip("hunspell")


async def pause(app: ReflectApp) -> None:
    """Do what a pause in typing does."""
    screen = app.screen
    assert isinstance(screen, WritingScreen)
    screen.keeper.due()


@pytest.mark.usefixtures("english")
async def test_unknown_words_are_underlined_after_a_pause_and_mended_with_a_key(
    app: ReflectApp, make_record: MakeRecord
) -> None:
    make_record("person", "zadkiel", fields={"also_called": "okwudili"})
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "zadkiel and okwudili did not recieve the letter, again")
        assert underlined(app) == []
        await pause(app)
        await settle(pilot)
        assert underlined(app) == ["recieve"]
        await press(pilot, *["ctrl+left"] * 5, "f8")
        assert "receive" in shown(pilot)
        await press(pilot, "enter")
        assert "did not receive the letter" in app.screen.query_one(Editor).text
        assert underlined(app) == []
        await press(pilot, "ctrl+z")
        assert "recieve" in app.screen.query_one(Editor).text


@pytest.mark.usefixtures("english")
async def test_a_word_is_learned_for_good(app: ReflectApp, context: Context) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "```\ncodde\n```\na robocallx came, ")
        await press(pilot, *["left"] * 8, "f8")
        # The first time it also loads the dictionary.
        completion = app.screen.query_one(Completion)
        assert completion.is_open
        await press(pilot, "up", "enter")
        assert underlined(app) == []
        assert (context.places.config / "words.txt").read_text() == "robocallx\n"
        assert "known from now on" in said(pilot)[-1]
    assert load_speller("en", context.places.config, ()).is_known("Robocallx")


@pytest.mark.usefixtures("english")
async def test_the_word_being_typed_is_not_wrong_yet(app: ReflectApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "a lettr")
        await pause(app)
        await settle(pilot)
        assert underlined(app) == []
        await press(pilot, "space")
        assert underlined(app) == ["lettr"]


@pytest.mark.usefixtures("english")
async def test_spanish_is_checked_where_its_dictionary_is_installed(context: Context) -> None:
    folder = context.places.config / "dictionaries"
    folder.mkdir(parents=True)
    (folder / "es_MX.aff").write_text(AFFIXES)
    (folder / "es_MX.dic").write_text(WORDS)
    spelling._dictionary.cache_clear()
    speller = load_speller("es", context.places.config, ())
    assert speller.unknown("los niños escribió") == []
    assert speller.unknown("los ninos") == [(4, 9)]
    assert speller.suggestions("ninos")
    with pytest.raises(NoDictionary):
        load_speller("../dictionaries/es_MX", context.places.config, ())
    with pytest.raises(NoDictionary):
        load_speller("xx", context.places.config, ())


async def test_without_a_dictionary_nothing_is_said_until_one_asks(
    app: ReflectApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spelling, "find_spec", lambda name: None)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "a lettr, ")
        await pause(app)
        await settle(pilot)
        assert said(pilot) == []
        assert "draft 21:05" in shown(pilot)
        await press(pilot, "left", "left", "f8")
        assert "pip install 'reflect-tui[spell]'" in said(pilot)[-1]


async def test_it_can_be_turned_off(context: Context, workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    context.places.settings.parent.mkdir(parents=True, exist_ok=True)
    context.places.settings.write_text('spelling = "no"\n')
    app = ReflectApp(context, workspace.vault.root)
    monkeypatch.setattr(SpellingScreen, "_load_speller", lambda *_, **__: pytest.fail("loaded"))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "n", "enter")
        await write(pilot, "a lettr, ")
        await pause(app)
        await press(pilot, "left", "left", "f8")
        assert "Spell checking is off" in said(pilot)[-1]


@pytest.mark.parametrize(
    ("line", "unknown"),
    [
        ("the lettr was not recieved", ["lettr", "recieved"]),
        ("It isn’t the letter", []),
        ("Lettr was. Recieved it", ["Lettr", "Recieved"]),
        ("- Lettr, 1. not", ["Lettr"]),
        ("the Okafor letter and the NGSS was not", ["and"]),
        ("the `codeword` [[linkd page]] #tagg @Okafor it", []),
        ("it was https://exampel.org/pathh and me@exampel.org", ["and"]),
        ("the 3rd x2y it snake_case", []),
        ("[the letter](filee.md) was", []),
    ],
)
def test_only_words_of_a_language_are_checked(tmp_path: Path, line: str, unknown: list[str]) -> None:
    speller = Speller(Known(), tmp_path / "words.txt")
    assert [line[start:end] for start, end in speller.unknown(line)] == unknown


def test_a_list_that_cannot_be_read_is_no_trouble(tmp_path: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_bytes(b"lettr\n\xff\xfe\n\n")
    assert Speller(Known(), words, ["Ana Ruiz-Okafor"]).unknown("ana lettr okafor") == []
    assert Speller(Known(), tmp_path, ()).unknown("lettr") == [(0, 5)]
