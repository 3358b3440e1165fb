"""A sync of the journal that is killed at any step: the next start finishes it, and nothing is lost or half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reflect.store import files
from reflect.vault import following
from tests.community.devices import Device, sync_until_same

# 200 by hand: REFLECT_KILLS=200.
KILLS = int(os.environ.get("REFLECT_KILLS", "25"))
PARTS = 6


def test_a_sync_that_is_killed_at_any_step_leaves_no_half_merge(tmp_path: Path):
    chance = random.Random(5)
    laptop, desktop = two_devices(tmp_path)
    said = {"shared": laptop.write("Shared", "\n\n".join(f"Part {n} at first." for n in range(PARTS)))}
    sync_until_same(laptop, desktop)
    texts: set[str] = set()
    killed = in_following = 0
    steps = 120
    for number in range(1, KILLS + 1):
        write_something(number, laptop, desktop, said, texts)
        assert laptop.sync().error == ""
        at = chance.randrange(1, steps)
        if sync_and_kill(desktop, at):
            killed += 1
        else:
            steps = max(40, at)
        in_following += desktop.workspace.places.following.exists()
        desktop.open()
        # Before anything is synced again: what stands in the files is one state, and history has it.
        assert not desktop.workspace.places.following.exists()
        assert desktop.git("status", "--porcelain", "--untracked-files=no") == ""
        assert desktop.sync().error == ""
        sync_until_same(laptop, desktop)
        everything = "\n".join(desktop.texts.values())
        assert [text for text in texts if text not in everything] == []
    assert killed >= KILLS // 2
    assert in_following >= 3
    assert [path for path in desktop.texts if "conflict" in path] == []
    assert desktop.git("fsck", "--no-dangling") == ""
    # Texts that were being written when it was killed: `reflect doctor --fix` looks through them.
    assert len(list(desktop.root.rglob(".reflect-*.tmp"))) <= killed


@pytest.mark.parametrize("step", ["first file", "last file", "index", "branch", "plan"])
def test_each_step_of_following_may_be_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    laptop, desktop = two_devices(tmp_path)
    records = [laptop.write(f"Record {number}", "As it was.") for number in range(3)]
    sync_until_same(laptop, desktop)
    for record in records:
        laptop.change(record, "As it was.", "As it is.")
    laptop.workspace.delete(laptop.write("Soon gone").path)
    laptop.sync()
    own = desktop.write("Own")
    before = desktop.tip
    stop_at(step, monkeypatch)
    with pytest.raises(Stopped):
        desktop.sync()
    monkeypatch.undo()
    assert desktop.workspace.places.following.exists()
    assert (desktop.git("rev-parse", "HEAD").strip() == before) == (step != "plan")
    desktop.open()
    assert any("is finished now" in notice for notice in desktop.workspace.notices)
    assert all("As it is." in desktop.texts[record.path] for record in records)
    assert own.path in desktop.texts
    sync_until_same(laptop, desktop)


def test_what_was_written_after_the_kill_is_kept_and_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    laptop, desktop = two_devices(tmp_path)
    records = [laptop.write(f"Record {number}", "First part.\n\nSecond part.") for number in range(3)]
    sync_until_same(laptop, desktop)
    for record in records:
        laptop.change(record, "First part.", "First part, of laptop.")
    laptop.sync()
    stop_at("last file", monkeypatch)
    with pytest.raises(Stopped):
        desktop.sync()
    monkeypatch.undo()
    # Another editor, while no program of ours runs: in one that has followed, and in one that has not.
    for record in records:
        path = desktop.root / record.path
        path.write_text(path.read_text().replace("Second part.", "Second part, of desktop."))
    desktop.open()
    sync_until_same(laptop, desktop)
    for record in records:
        assert "First part, of laptop.\n\nSecond part, of desktop." in laptop.texts[record.path]
    assert len(laptop.texts) == 4


def two_devices(tmp_path: Path) -> tuple[Device, Device]:
    place = tmp_path / "journal.git"
    laptop = Device(tmp_path, "laptop").begin()
    laptop.write("Before")
    laptop.keep_copy(place)
    return laptop, Device(tmp_path, "desktop").begin_from(place)


def write_something(number: int, laptop: Device, desktop: Device, said, texts: set[str]) -> None:
    """Let each device write a record of its own and a part of the same one; at times the laptop removes one."""
    for device, part in ((laptop, 1), (desktop, PARTS - 2)):
        old = said.get((device.name, part), f"Part {part} at first.")
        new = f"{device.name} {number} wrote this."
        device.change(said["shared"], old, new)
        texts.discard(old)
        texts.add(new)
        said[device.name, part] = new
        text = f"Of {device.name}, number {number}."
        said[device.name, number, "own"] = device.write(f"{device.name} {number}", text)
        texts.add(text)
    if number > 2 and number % 3 == 0:
        gone = number - 2
        laptop.workspace.delete(said["laptop", gone, "own"].path)
        texts.discard(f"Of laptop, number {gone}.")


def sync_and_kill(device: Device, at: int) -> bool:
    """Sync in a process that is killed before its step `at`: a file synced or renamed, a program started."""
    child = os.fork()
    if not child:
        try:
            count_down(at)
            device.workspace.sync()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def count_down(at: int) -> None:
    left = [at]

    def counted(function: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **options: object) -> object:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return function(*arguments, **options)

        return run

    os.fsync = counted(os.fsync)  # type: ignore[assignment]
    Path.replace = counted(Path.replace)  # type: ignore[method-assign, assignment]
    subprocess.Popen.__init__ = counted(subprocess.Popen.__init__)  # type: ignore[method-assign]
    assert files.os is os


class Stopped(BaseException):
    """In place of a kill, where a certain step is meant."""


def stop_at(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise Stopped

    written = []

    def write(path: Path, data: bytes) -> None:
        if path.suffix == ".md":
            written.append(path)
            if len(written) == (1 if step == "first file" else 3):
                raise Stopped
        files.write_durably(path, data)

    if "file" in step:
        monkeypatch.setattr(following, "write_durably", write)
    else:
        name = {"index": "_update_index", "branch": "move", "plan": "remove_durably"}[step]
        monkeypatch.setattr(following, name, stop)
