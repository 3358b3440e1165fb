"""One person's devices: a journal on each, and copies of it at real places."""

from __future__ import annotations

import os
import random
import subprocess
from pathlib import Path

from reflect.community.joining import Typed
from reflect.community.new_device import NewDevice
from reflect.community.outcome import Outcome
from reflect.context import Context
from reflect.paths import Places
from reflect.records.compose import Content
from reflect.records.record import Record
from reflect.vault.vault import make_vault
from reflect.workspace import Workspace
from tests.conftest import NOW


class Device:
    """One device with the journal on it."""

    def __init__(self, home: Path, name: str) -> None:
        self.name = name
        self.home = home / name
        chance = random.Random(name)
        self.context = Context(
            Places.from_environment({"REFLECT_HOME": str(self.home)}), dict(os.environ), lambda: NOW, chance.randbytes
        )
        self.root = self.home / "vault"

    def begin(self) -> Device:
        """Begin a new journal here."""
        make_vault(self.root, "Ana", "en", NOW, self.context.randomness(18))
        return self.open()

    def begin_from(self, place: Path) -> Device:
        """Bring the journal here from a copy of it."""
        NewDevice(self.context, self.root, lambda sentence: None).begin(typed(place))
        return self.open()

    def open(self) -> Device:
        """Open the journal anew, as a next start of the program does."""
        self.workspace = Workspace.open(self.context, self.root)
        self.workspace.refresh(full=True)
        return self

    def keep_copy(self, place: Path, name: str = "") -> Outcome:
        copies = self.workspace.own_copies
        return copies.add(copies.look_at(typed(place), name))

    def write(self, title: str, body: str = "Calm.") -> Record:
        record = self.workspace.new("reflection", Content(title=title, body=body)).record
        self.workspace.refresh()
        return record

    def change(self, record: Record, old: str, new: str) -> None:
        """Change a passage of a record."""
        present = self.workspace.get(record.path)
        assert old in present.text
        self.workspace.save_change(present, present.text.replace(old, new))

    def sync(self, *names: str, **how: object) -> Outcome:
        (outcome,) = self.workspace.sync(names, **how)  # type: ignore[arg-type]
        return outcome

    def sync_all(self) -> list[Outcome]:
        return self.workspace.sync()

    def erase(self, record: Record) -> None:
        eraser = self.workspace.eraser
        eraser.erase(eraser.look(record.path))

    @property
    def texts(self) -> dict[str, str]:
        """All records that stand here, by path."""
        found = self.root.rglob("*.md")
        return {str(path.relative_to(self.root)): path.read_text() for path in found if ".git" not in path.parts}

    @property
    def tip(self) -> str:
        return self.git("rev-parse", "HEAD").strip()

    def git(self, *words: str) -> str:
        """Run plain git in the journal, as another program would."""
        who = ["-c", "user.name=Other", "-c", "user.email=other@example.invalid"]
        done = subprocess.run(["git", *who, *words], cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout


def typed(place: Path) -> Typed:
    return Typed(str(place), str(place.parent), str(place.parent))


def sync_until_same(*devices: Device) -> None:
    """Sync everywhere until all show the same, and nothing is left to do for plain git."""
    for _ in range(3):
        for device in devices:
            outcome = device.sync()
            assert (outcome.error, outcome.question) == ("", None)
        if len({device.tip for device in devices}) == 1:
            break
    assert all(device.texts == devices[0].texts for device in devices)
    for device in devices:
        assert device.git("status", "--porcelain") == ""
        assert not device.workspace.places.following.exists()
