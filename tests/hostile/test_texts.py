"""Texts that want to steer: whatever a person runs or opens, they stand there as text, and nothing follows them."""

from __future__ import annotations

import os

import pytest

from reflect.context import Context
from reflect.tui import places
from reflect.tui.app import ReflectApp
from tests.hostile import texts
from tests.hostile.conftest import STEERS, Leader
from tests.hostile.raw import Raw, record_id
from tests.tui.conftest import LARGE, SMALL, press, said, settle, shown

WHO = "Mal\x1b]52;c;x\x07 \u202e[bold]x[/] <a\x1b@reflect.invalid>"
MARKUP = "[@click=app.quit]x[/]"
# Of these, some go back to what was typed: it is echoed clean, too.
COMMANDS = (
    "list", "list --in rivertown", "list --unread", "list --kind response", "list --kind finding", "list --kind nope",
    "search alert", "search owned", "search evil.example", "search bank", "search tag:x", "today", "agenda",
    "agenda 01JDA6C4T3W5E9K2M8Q7RZ0296", "community list", "community digest", "community people rivertown",
    "community invite rivertown", "kinds --in rivertown", "kinds walk --in rivertown", "frameworks --in rivertown",
    "doctor", "shared", "drafts", "prompts", "sync", "sync --verbose", "reindex", "config remote list",
)  # fmt: skip


@pytest.fixture
def steered(leader: Leader) -> Leader:
    """The leader in a place full of such texts, committed by someone whose name is one."""
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    raw.commit(texts.steering(raw), WHO, "Write \x1b]0;owned\x07\n\n[@click=app.quit]x[/]\u202e")
    leader.done("sync")
    return leader


def test_no_command_prints_what_could_steer_a_terminal(steered: Leader) -> None:
    for line in COMMANDS:
        for more in ([], ["--json"]):
            # Some are refused; each byte of what they print is looked at, whatever it is.
            steered.run(*line.split(), *more)
    assert len(steered.titles()) > 30


def test_each_such_record_can_be_read_answered_and_carried_on(steered: Leader) -> None:
    for name in [*texts.STEERING, "zero-width", "links", "html", "kind", "created"]:
        ref = f"rivertown:findings/{name}.md"
        for words in (["show", ref], ["show", ref, "--json"], ["history", ref], ["diff", ref]):
            steered.done(*words)
    raw = steered.run_cli("show", "rivertown:findings/osc52.md", "--raw").out
    # To a pipe it is exact, or nobody could look into it.
    assert texts.STEERING["osc52"] in raw
    steered.done("respond", record_id(201), "We saw this, too.", "--yes")
    # What is odd in it goes no further unseen, and the reason does not repeat it at length.
    refused = steered.refused("carry", record_id(207), "--to", "steady", "--why", "It matters.", "--yes")
    assert "Nothing was written into steady" in refused
    assert "is kept as draft" in refused
    assert len(refused) < 400
    steered.done("sync")
    assert steered.run("community", "leave", "steady", "--yes").code == 0
    assert steered.join(steered.folder / "places" / "steady.git", "steady").code == 0


def test_a_conversation_in_plain_lines_prints_them_clean(steered: Leader) -> None:
    lines = ["list", "today", f"show {record_id(201)}", f"show {record_id(211)}", "search owned", "quit"]
    ran = steered.run("--plain", input="\n".join(lines) + "\n")
    assert ran.code == 0
    assert "52;c;ZXZpbA==" in ran.out


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_app_shows_them_as_text(
    steered: Leader, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}.items():
        monkeypatch.setenv(name, value)
    context = Context.from_environment(dict(os.environ))
    app = ReflectApp(context, context.vault_root(None))
    has_markup = 0
    async with app.run_test(size=size) as pilot:

        async def look() -> str:
            nonlocal has_markup
            await settle(pilot)
            screen = shown(pilot)
            assert not STEERS.search(screen)
            assert not [each for each in said(pilot) if STEERS.search(each)]
            has_markup += MARKUP in screen
            return screen

        await settle(pilot)
        for key in (
            "4",
            "down",
            "enter",
            "escape",
            "end",
            "enter",
            "h",
            "escape",
            "escape",
            "y",
            "3",
            "enter",
            "escape",
        ):
            await press(pilot, key)
            await look()
        for name in (*texts.STEERING, "zero-width", "links", "html"):
            app.push_screen(places.reader(f"rivertown:findings/{name}.md"))
            screen = await look()
            await press(pilot, "end")
            screen += await look()
            if name == "links":
                assert "bank.example (https://evil.example/x)" in " ".join(screen.split())
            await press(pilot, "escape")
    assert has_markup > 2
