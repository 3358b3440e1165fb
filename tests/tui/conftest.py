"""An app over a small fixed journal, and waiting without sleeping."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Static

from reflect.community.communities import Community
from reflect.community.membership import Membership, write_membership
from reflect.community.repository import REMOTE, Repository
from reflect.context import Context
from reflect.records.compose import Content
from reflect.records.record import Record
from reflect.store.git import Identity
from reflect.tui.app import ReflectApp
from reflect.vault.saving import Saved
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.conftest import NOW

SMALL = (80, 24)
LARGE = (160, 45)
ONE, TWO = "01JDA6C4T3W5E9K2M8Q7RZXYV1", "01JDA6C4T3W5E9K2M8Q7RZXYV2"
BEN = Identity("Ben", "benbenbe@reflect.invalid")
MakeRecord = Callable[..., Record]


@pytest.fixture(scope="session", autouse=True)
def picture_settings() -> dict[str, str]:
    """What the pictures' plugin has set for itself; the shared fixture takes all of TEXTUAL_ away."""
    return {name: value for name, value in os.environ.items() if name.startswith("TEXTUAL_SNAPSHOT_")}


@pytest.fixture(autouse=True)
def terminal_settings(machine: Path, picture_settings: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal with all colors and without animations, wherever the tests run."""
    settings = {**picture_settings, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def make_record(workspace: Workspace) -> MakeRecord:
    """Write a record on a day; it is not in history yet."""

    def make(kind_name: str, title: str = "", day: str = "2026-11-20", **parts: Any) -> Record:
        kind = workspace.kinds.get(kind_name)
        text = workspace.compose(kind, Content(title=title, **parts), f"{day}T20:00:00-06:00")
        record = workspace.save_new(kind, text).record
        workspace.indexer.refresh_files([record.path])
        return record

    return make


@pytest.fixture
def app(context: Context, workspace: Workspace) -> ReflectApp:
    """The app on the journal of a test; it syncs when it is asked to."""
    app = ReflectApp(context, workspace.vault.root)
    app.settings = dataclasses.replace(app.settings, sync_at_start="no", sync_at_end="no")
    return app


@dataclass(frozen=True)
class Journal:
    """The small journal: some of its records by what they are."""

    reflection: Record
    call_in: Record
    agenda: Record
    question: Record
    finding: Record


@pytest.fixture
def journal(make_record: MakeRecord, workspace: Workspace) -> Journal:
    """A dozen records of all the kinds that the screens tell apart."""
    agenda = make_record(
        "agenda",
        "What makes families answer?",
        "2026-09-02",
        fields={"status": "open", "voices_needed": ["families"]},
        sections={"Why it matters": "Forty of ninety letters went unanswered."},
    )
    of_agenda = {"agenda": agenda.id}
    question = make_record("question", "How do we ask?", "2026-09-03", **of_agenda)
    activity = make_record(
        "activity", "Texts in three home languages", "2026-10-01", fields={"question": question.id}, **of_agenda
    )
    finding = make_record(
        "finding",
        "Families answer when the text is in their language",
        "2026-10-20",
        fields={"from": [activity.id], "valence": "mixed"},
        sections={"What we saw": "31 of 44 families answered within a day."},
        **of_agenda,
    )
    make_record("finding", "Robocalls made it worse", "2026-10-25", fields={"valence": "negative"}, **of_agenda)
    make_record("wondering", "Who translates at night?", "2026-09-10", **of_agenda)
    make_record(
        "decision", "Stop robocalls", "2026-11-02", fields={"findings": [finding.id], "choice": "abandon"}, **of_agenda
    )
    make_record("reflection", "I talked for forty of the sixty minutes", "2025-11-23", body="They waited.")
    reflection = make_record(
        "reflection",
        "Half an hour behind the counter",
        "2026-11-20",
        lenses=("relationships-across-difference",),
        tags=("front-office",),
        sections={
            "What happened": f"I sat in the front office. See [[{finding.id}]].\n\n- two secretaries\n- **one** phone",
            "What it shows me": "On hold with us: eleven minutes.",
        },
    )
    call_in = make_record(
        "call-in",
        "Hanging up at the pause",
        "2026-11-19",
        fields={"status": "preparing", "follow_up": "2026-11-26", "direction": "peer"},
        sections={"What I noticed": "Twice the phone was answered in fast English."},
    )
    for path in workspace.vault.root.rglob("*.md"):
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    # Some loops count from the time of a file.
    workspace.record_in_history(Saved(reflection), "Write reflection")
    workspace.refresh(full=True)
    workspace.take_up()
    return Journal(reflection, call_in, agenda, question, finding)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "place.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True, timeout=30)
    return path


@pytest.fixture
def community(journal: Journal, workspace: Workspace, place: Path) -> Community:
    """A community at a real place, with a finding and an answer by a peer that were fetched."""
    membership = Membership("rivertown", str(place), "Ana", "anaanana@reflect.invalid", "2026-11-01")
    write_membership(workspace.vault.root, membership)
    workspace.take_up()
    found = workspace.communities.get("rivertown")
    found.repository.make()
    theirs = Repository(found.repository.path, BEN)
    theirs.commit({"findings/2026/11/texts.md": record_text(ONE, "Texts work better than letters")}, "Write", NOW)
    answer = record_text(TWO, "We saw it too", "response").replace(b"author:", b"to: " + ONE.encode() + b"\nauthor:")
    theirs.commit({"responses/2026/11/we.md": answer}, "Write", NOW)
    subprocess.run(
        ["git", f"--git-dir={found.repository.path}", "push", "-q", str(place), "main"], check=True, timeout=30
    )
    found.repository.move(found.repository.tip(), "", REMOTE)
    workspace.refresh()
    return found


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until no worker runs and every message has been dealt with."""
    quiet = 0
    while quiet < 4:
        await pilot.pause(0)
        # One that fails tells it on the screen, one that is overtaken is of no interest.
        running = [each.wait() for each in pilot.app.workers if not each.is_finished]
        await asyncio.gather(*running, return_exceptions=True)
        quiet = 0 if running else quiet + 1


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys, and wait after each."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[Any], text: str) -> None:
    """Put a text where the cursor is, as a terminal does when one pastes; much faster than keys."""
    pilot.app.post_message(Paste(text))
    await settle(pilot)


def shown(pilot: Pilot[Any]) -> str:
    """Return what stands on the screen, line by line."""
    size = pilot.app.size
    lines = pilot.app.screen._compositor.render_strips(size)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in lines)


def said(pilot: Pilot[Any]) -> list[str]:
    """Return the sentences of the toasts so far."""
    return [notification.message for notification in pilot.app._notifications]


def text_of(pilot: Pilot[Any], selector: str) -> str:
    """Return what a static shows."""
    return str(pilot.app.screen.query_one(selector, Static).visual)


def files_of(root: Path, folder: str) -> list[Path]:
    """Return the records of a folder."""
    return sorted((root / folder).rglob("*.md"))
