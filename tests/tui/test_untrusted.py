"""Text of records is never read as markup, and nothing in it reaches the terminal as a command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.color import Color

from reflect.community.communities import Community
from reflect.community.repository import Repository
from reflect.records.ulid import make_ulid
from reflect.store.git import Identity
from reflect.tui.app import ReflectApp
from reflect.tui.safety import NoControls
from reflect.tui.widgets.markdown_lines import Names, chunks, markdown_blocks, wrapped
from reflect.tui.widgets.markdown_view import MarkdownView
from reflect.tui.widgets.page import Page
from reflect.tui.words import plain
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.conftest import NOW
from tests.tui.conftest import LARGE, ONE, SMALL, TWO, press, said, settle, shown, write

BAD = "[/oops][@click=app.quit]x[/] \x1b]52;c;x\x07 \u202edrow :smile:"
STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NAME = "2026-11-20-[oops][@click=app.quit]x\x1b]52;c;x\x07.md"


@pytest.fixture
def bad_journal(workspace: Workspace) -> str:
    """A journal in which everything that can hold a text holds a bad one; returns the agenda's path."""
    root = workspace.vault.root
    quoted = BAD.replace("\x1b", "\\e").replace("\x07", "\\a").replace('"', "")
    ids = [make_ulid(1_790_000_000_000 + number, bytes(10)) for number in range(5)]
    head = f'id: {{}}\nkind: {{}}\ntitle: "{quoted}"\ncreated: 2026-11-20\nagenda: {ids[0]}\ntags: ["{quoted}"]\n'
    head += f'lenses: ["{quoted}"]\nvalence: "{quoted}"\nstatus: "{quoted}"\nfollow_up: "{quoted}"\n'
    head += f'"{quoted}": "{quoted}"\n'
    body = f"\n{BAD}\n\n# {BAD}\n\n- {BAD}\n\n> {BAD}\n\n`{BAD}`\n\n```\n{BAD}\n```\n\n|{BAD}|b|\n|-|-|\n|{BAD}|c|\n\n"
    body += f"[[{BAD}]] [[{ids[1]}|{BAD}]] [a](javascript:x) **{BAD}**\n"
    kinds = [("agenda", "agendas/x"), ("question", "agendas/x/questions"), ("finding", "agendas/x/findings")]
    kinds += [("reflection", "journal"), ("call-in", "call-ins")]
    for number, (kind, folder) in enumerate(kinds):
        (root / folder).mkdir(parents=True, exist_ok=True)
        name = "agenda.md" if kind == "agenda" else NAME
        (root / folder / name).write_text(f"---\n{head.format(ids[number], kind)}---\n{body}", encoding="utf-8")
    (root / "journal" / f"no-{NAME}").write_text(f"---\ntitle: [{BAD}\n")
    workspace.refresh(full=True)
    workspace.new_draft("reflection", f"{BAD}\n")
    return "agendas/x/agenda.md"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_screen_shows_bad_text_as_text(app: ReflectApp, bad_journal: str, size: tuple[int, int]) -> None:
    seen = 0

    async with app.run_test(size=size) as pilot:

        async def look() -> None:
            nonlocal seen
            await settle(pilot)
            screen = shown(pilot)
            assert not STEERS.search(screen.replace("\n", ""))
            seen += "[@click=app.quit]x[/]" in screen
            assert not [each for each in said(pilot) if STEERS.search(each)]

        await look()
        for keys in (
            ["2"],
            ["v"],
            ["d"],
            ["escape"],
            ["t"],
            ["escape"],
            ["escape"],
            ["a"],
            ["end"],
            ["enter"],
            ["h"],
            ["t"],
            ["r"],
            ["escape"],
            ["escape"],
            ["p"],
            ["escape"],
            ["ctrl+f"],
            ["escape"],
            ["c"],
            ["l"],
            ["escape"],
            ["home", "enter"],
            ["e"],
            ["f2"],
            ["escape"],
            ["escape"],
            ["escape"],
            ["3"],
            ["enter"],
            ["enter"],
            ["escape"],
            ["t"],
            ["end", "enter"],
            ["escape"],
            ["t"],
            ["end", "z"],
            ["escape"],
            ["home", "J"],
            ["f"],
            ["escape"],
            ["question_mark"],
            ["escape"],
            ["n"],
            ["escape"],
            ["1"],
        ):
            await press(pilot, *keys)
            await look()
        for text in ("kind:finding", "tag:", f"{BAD} x"):
            await press(pilot, "2", "f")
            await write(pilot, text)
            await look()
            await press(pilot, "enter")
            await look()
            await press(pilot, "x")
        await press(pilot, "slash")
        await write(pilot, "oops")
        await look()
        await press(pilot, "down", "enter", "d")
        await look()
        assert "[@click=app.quit]x[/]" in said(pilot)[-1]
        await press(pilot, "u")
        await look()
    assert seen > 12


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_strangers_put_into_a_community_is_text_on_its_screens(
    app: ReflectApp, workspace: Workspace, community: Community, place: Path, size: tuple[int, int]
) -> None:
    quoted = BAD.replace("\x1b", "\\u001b").replace("\x07", "\\u0007").replace('"', "")
    about = f'purpose = "{quoted}"\n[[stewards]]\nrole = "{quoted}"\nreach = "{quoted}"\n'
    about += f'[[key]]\nauthor = "{quoted}"\nssh = "ssh-ed25519 AAAA"\n'
    stranger = Repository(place, Identity("[/oops][@click=app.quit]x[/]", "x@reflect.invalid"))
    theirs = record_text(ONE, f'"{quoted}"', body=f"{BAD}\n\nTheirs {BAD}.")
    path = workspace.get(ONE).path
    changes = {"community.toml": about.encode(), path: theirs, f"findings/{NAME}": record_text(TWO[:-1] + "8", "x")}
    stranger.commit(changes, "Write", NOW)
    community.repository.commit({path: record_text(ONE, "Mine", body=f"{BAD}\n\nMine {BAD}.")}, "Edit", NOW)
    seen = 0
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for keys in (["4", "y"], ["Y"], ["home", "enter"], ["w"], ["escape"], ["4"], ["home", "enter"], ["end"], ["p"]):
            await press(pilot, *keys)
            screen = shown(pilot)
            assert not STEERS.search(screen.replace("\n", ""))
            seen += "[@click=app.quit]x[/]" in screen
            assert not [each for each in said(pilot) if STEERS.search(each)]
    assert seen > 6


def test_the_last_gate_lets_nothing_through(app: ReflectApp) -> None:
    assert any(isinstance(each, NoControls) for each in app.get_line_filters())
    passed = NoControls().apply([Segment("a\x9bb\u202ec"), Segment("plain")], Color(0, 0, 0))
    assert [segment.text for segment in passed] == ["abc", "plain"]


def test_plain_text_is_never_markup() -> None:
    assert str(plain(BAD)).startswith("[/oops][@click=app.quit]x[/]")
    assert not STEERS.search(str(plain(BAD)))


def lines_of(text: str, width: int = 40) -> list[str]:
    return [line.plain for line in wrapped(markdown_blocks(text, Names({"the id": "A title"})), width)]


def test_markdown_becomes_lines() -> None:
    text = "# Head\n\nOne *two* [[The ID]] and\nmore.\n\n1. a\n2. b\n   - c\n\n> q\n> r\n\n```\n  code\n```\n\n---\n"
    assert [line for line in lines_of(text) if line] == [
        "Head",
        "One two A title and more.",
        "1. a",
        "2. b",
        "   • c",
        "▌ q r",
        "    code",
        "─" * 12,
    ]


def test_a_table_a_link_and_an_empty_item() -> None:
    lines = lines_of("| a | b |\n|---|---|\n| c | d |\n\n[x](https://e.org)\n\n-\n- y\n", 80)
    assert lines[0].startswith("a ")
    assert "│ d" in lines[1]
    assert "x (https://e.org)" in lines
    assert lines[-3:] == ["• ", "• y", ""]


def test_deep_nesting_is_shown_as_typed() -> None:
    deep = ">" * 40 + " word"
    assert lines_of(deep, 80) == [deep]


def test_chunks_join_to_the_text_and_keep_fences_whole() -> None:
    text = ("word " * 400 + "\n\n") * 40 + "```\n" + "code\n\n" * 6000 + "```\n\n# End\n"
    parts = list(chunks(text))
    assert len(parts) > 2
    assert all(part.count("```") in (0, 2) for part in parts[:-1])


async def test_four_megabytes_open_at_once() -> None:
    class One(App[None]):
        def compose(self) -> ComposeResult:
            yield MarkdownView()

    app = One()
    async with app.run_test(size=SMALL) as pilot:
        text = "# Begin\n\n" + "Some words of *text* in a line.\n\n" * 130_000
        assert len(text) > 4_000_000
        view = app.query_one(MarkdownView)
        view.show(Page(text))
        for _ in range(20):
            await pilot.pause(0.05)
            if view._lines:
                break
        assert "Begin" in shown(pilot)
        # The rest is not waited for.
        app.workers.cancel_all()
