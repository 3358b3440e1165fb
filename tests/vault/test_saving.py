"""Nothing written is lost: not by a kill, a full disk, another writer or another editor."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reflect.errors import SaveFailed
from reflect.records.compose import Content
from reflect.records.query import Filters
from reflect.workspace import Workspace


@pytest.fixture
def record(workspace):
    """A reflection with two sections, saved and in history."""
    sections = {"What happened": "Two facts.", "What it shows me": "Much."}
    saved = workspace.new("reflection", Content(title="Tonight", sections=sections))
    workspace.refresh()
    return saved.record


def test_a_saved_record_is_in_the_file_in_history_and_in_step_with_plain_git(workspace, record, git):
    path = workspace.vault.root / record.path
    assert path.read_text() == record.text
    assert git("show", f"HEAD:{record.path}") == record.text
    assert git("status", "--porcelain") == ""
    assert (
        git("log", "-1", "--format=%an <%ae> %aI")
        == f"Ana <{workspace.vault.marker.address}> 2026-11-23T21:05:00-06:00\n"
    )
    assert git("fsck") == ""
    assert path.stat().st_mode & 0o077 == 0


def test_history_holds_no_words_of_a_record_in_its_messages(workspace, record, git):
    assert "onight" not in git("log", "--format=%B")


def test_a_save_onto_something_newer_keeps_both_changes(workspace, record):
    theirs = record.text.replace("Two facts.", "Three facts.")
    (workspace.vault.root / record.path).write_text(theirs)
    saved = workspace.save(record.path, record.text.replace("Much.", "Little."), record.text)
    assert saved.was_merged
    assert saved.second is None
    assert saved.record.text == theirs.replace("Much.", "Little.")


def test_a_save_onto_the_same_section_keeps_theirs_and_mine_beside_it(workspace, record):
    theirs, mine = (record.text.replace("Two facts.", words) for words in ("Theirs.", "Mine."))
    (workspace.vault.root / record.path).write_text(theirs)
    saved = workspace.save(record.path, mine, record.text)
    workspace.record_in_history(saved, "Edit reflection")
    workspace.refresh()
    second = saved.second
    assert (workspace.vault.root / record.path).read_text() == theirs
    assert "Mine." in second.text
    assert second.fields["conflict_of"] == record.id
    assert second.id != record.id
    assert {row.path for row in workspace.rows()} == {record.path, second.path}


def test_a_save_of_a_record_that_was_removed_meanwhile_brings_it_back(workspace, record):
    (workspace.vault.root / record.path).unlink()
    saved = workspace.save(record.path, record.text + "More.\n", record.text)
    assert (workspace.vault.root / saved.record.path).read_text().endswith("More.\n")


def test_a_save_of_a_record_that_was_moved_meanwhile_follows_it(workspace, record):
    moved = workspace.vault.root / "journal/moved.md"
    (workspace.vault.root / record.path).rename(moved)
    workspace.save(record.path, record.text + "More.\n", record.text)
    assert moved.read_text().endswith("More.\n")
    assert not (workspace.vault.root / record.path).exists()


def test_a_new_record_never_takes_the_file_of_another(workspace, monkeypatch):
    kind = workspace.kinds.get("reflection")
    text = workspace.compose(kind, Content(title="Same"))
    first, second = (workspace.save_new(kind, text.replace("Same", "Same")) for _ in range(2))
    third = workspace.save_new(kind, text + "other words\n")
    assert first.record.path == second.record.path
    assert third.record.path != first.record.path


def test_what_another_editor_changed_is_taken_into_history(workspace, record, git):
    root = workspace.vault.root
    (root / record.path).write_text(record.text + "By hand.\n")
    (root / "journal/photo.jpg").write_bytes(b"picture")
    (root / "journal/notes.txt").write_text("not ours")
    workspace.refresh(full=True)
    workspace.take_up()
    assert "By hand." in git("show", f"HEAD:{record.path}")
    assert git("status", "--porcelain") == "?? journal/notes.txt\n"


def test_what_a_person_has_staged_stays_staged_and_out_of_our_commits(workspace, record, git):
    (workspace.vault.root / "mine.txt").write_text("staged by hand")
    git("add", "mine.txt")
    workspace.new("reflection", Content(title="Another"))
    assert git("status", "--porcelain") == "A  mine.txt\n"
    assert "mine.txt" not in git("show", "--stat", "HEAD")


@pytest.mark.parametrize("state", ["detached", "merging"])
def test_in_the_middle_of_someones_merge_files_are_saved_and_history_waits(workspace, record, git, state):
    if state == "detached":
        git("checkout", "-q", "--detach")
    else:
        (workspace.vault.root / ".git/MERGE_HEAD").write_text(git("rev-parse", "HEAD"))
    saved = workspace.new("reflection", Content(title="Meanwhile"))
    assert (workspace.vault.root / saved.record.path).exists()
    assert "waits" in workspace.notices[0]
    if state == "detached":
        git("switch", "-q", "main")
    else:
        (workspace.vault.root / ".git/MERGE_HEAD").unlink()
    workspace.take_up()
    assert "Meanwhile" in git("show", f"HEAD:{saved.record.path}")


def test_a_full_disk_is_said_and_loses_nothing(workspace, record, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("a small disk can only be mounted by root")
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine may not mount a small disk")
    try:
        target = small / "record.md"
        from reflect.store.files import write_durably

        write_durably(target, b"old text")
        with pytest.raises(SaveFailed, match="the disk is full"):
            write_durably(target, b"x" * 200_000)
        assert target.read_bytes() == b"old text"
        assert [each.name for each in small.iterdir()] == ["record.md"]
    finally:
        subprocess.run(["umount", small], check=True)


WRITER = """
import os, sys
from pathlib import Path
from reflect.context import Context
from reflect.records.compose import Content
from reflect.workspace import Workspace
context = Context.from_environment(os.environ)
workspace = Workspace.open(context, context.places.default_vault)
for number in range(int(sys.argv[2])):
    kind = workspace.kinds.get("reflection")
    saved = workspace.save_new(kind, workspace.compose(kind, Content(body=f"{sys.argv[1]} {number} words")))
    print(saved.record.path, flush=True)
    workspace.record_in_history(saved, "Write reflection")
"""


def start_writer(name: str, count: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, name, str(count)], stdout=subprocess.PIPE, text=True)


def test_two_processes_write_at_once_and_everything_is_in_history(workspace, git):
    writers = [start_writer(name, 15) for name in ("one", "two")]
    outputs = [writer.communicate(timeout=60)[0].split() for writer in writers]
    assert [len(paths) for paths in outputs] == [15, 15]
    tracked = set(git("ls-files").split())
    assert tracked >= {path for paths in outputs for path in paths}
    assert git("status", "--porcelain") == ""
    assert len(git("log", "--format=%H").split()) == 31


def test_every_text_shown_as_saved_survives_kill_9_at_any_moment(workspace, context, git):
    chance = random.Random(11)
    shown: list[str] = []
    while len(shown) < 200:
        writer = start_writer(f"round {len(shown)}", 40)
        time.sleep(0.25 + chance.random() * 0.5)
        writer.send_signal(signal.SIGKILL)
        shown += [line for line in writer.communicate()[0].split("\n") if line.endswith(".md")]
    again = Workspace.open(context, workspace.vault.root)
    again.doctor(fix=True)
    tracked = set(git("ls-files").split())
    for path in shown:
        assert "words" in (workspace.vault.root / path).read_text()
        assert path in tracked
    assert git("fsck") == ""
    assert git("status", "--porcelain") == ""
    assert again.catalog.count(Filters(kinds=("reflection",))) >= len(shown)
    assert not list(Path(workspace.vault.root).rglob(".reflect-*.tmp"))
