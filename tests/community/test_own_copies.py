"""Copies of the journal: a backup and a person's other devices, by the same sync as communities."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reflect.community.membership import all_memberships
from reflect.errors import ReflectError
from reflect.records.compose import Content
from tests.community.devices import Device, sync_until_same, typed
from tests.community.peers import git, make_place

TWO_PARTS = "In the morning it rained.\n\nIn the evening we talked."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "disk" / "journal.git"


@pytest.fixture
def laptop(tmp_path: Path, place: Path) -> Device:
    """A device whose journal has a record, and a copy."""
    device = Device(tmp_path, "laptop").begin()
    device.write("Before")
    device.write("First", TWO_PARTS)
    assert device.keep_copy(place).sent == 2
    return device


@pytest.fixture
def desktop(tmp_path: Path, place: Path, laptop: Device) -> Device:
    """A second device, begun from the copy."""
    return Device(tmp_path, "desktop").begin_from(place)


@pytest.fixture
def first(laptop: Device):
    (path,) = [path for path, text in laptop.texts.items() if TWO_PARTS in text]
    return laptop.workspace.get(path)


def test_a_second_device_has_all_that_the_first_has(laptop: Device, desktop: Device):
    assert desktop.texts == laptop.texts
    assert desktop.workspace.vault.marker == laptop.workspace.vault.marker
    assert desktop.git("log", "--format=%H %s") == laptop.git("log", "--format=%H %s")
    assert [each.name for each in desktop.workspace.own_copies.all()] == ["journal"]
    assert (desktop.root.stat().st_mode & 0o777, desktop.git("status", "--porcelain")) == (0o700, "")
    assert list(desktop.home.glob(".reflect-*")) == []


def test_what_either_writes_comes_to_the_other_in_files_and_lists(laptop: Device, desktop: Device):
    laptop.write("At school")
    laptop.sync()
    desktop.write("At home")
    outcome = desktop.sync()
    assert (outcome.received, outcome.sent) == (1, 1)
    sync_until_same(laptop, desktop)
    for device in (laptop, desktop):
        assert sorted(row.title for row in device.workspace.rows()) == ["At home", "At school", "Before", "First"]


def test_two_changes_of_one_record_are_both_in_it(laptop: Device, desktop: Device, first):
    laptop.change(first, "it rained", "it snowed")
    desktop.change(first, "we talked", "we sang")
    laptop.sync()
    assert desktop.sync().merged == 1
    sync_until_same(laptop, desktop)
    assert "In the morning it snowed.\n\nIn the evening we sang." in laptop.texts[first.path]
    backups = desktop.git("for-each-ref", "--format=%(objectname)", "refs/reflect/backup").split()
    assert desktop.git("log", "-1", "--format=%s", backups[0]).startswith("Edit reflection")


def test_two_changes_of_one_sentence_are_kept_side_by_side(laptop: Device, desktop: Device, first):
    laptop.change(first, "it rained", "it snowed")
    desktop.change(first, "it rained", "it hailed")
    laptop.sync()
    (conflict,) = desktop.sync().conflicts
    sync_until_same(laptop, desktop)
    assert "it snowed" in laptop.texts[first.path]
    sibling = laptop.workspace.get(conflict.sibling)
    assert "it hailed" in sibling.text


def test_an_edit_wins_against_a_removal(laptop: Device, desktop: Device, first):
    laptop.workspace.delete(first.path)
    desktop.change(first, "we talked", "we sang")
    laptop.sync()
    sync_until_same(desktop, laptop)
    assert "we sang" in laptop.texts[first.path]


def test_a_removal_goes_to_the_other_device_with_the_folder_that_it_leaves_empty(
    laptop: Device, desktop: Device, first
):
    finding = laptop.workspace.new("finding", Content(title="Found")).record
    sync_until_same(laptop, desktop)
    laptop.workspace.delete(first.path)
    laptop.workspace.delete(finding.path)
    laptop.sync()
    desktop.sync()
    assert len(desktop.texts) == 1
    assert not (desktop.root / finding.path).parent.exists()
    assert desktop.workspace.restore(first.id).record.title == "First"


def test_undo_takes_back_all_that_a_sync_brought_and_undo_again_brings_it_back(laptop: Device, desktop: Device, first):
    for number in range(3):
        laptop.write(f"Number {number}")
    laptop.change(first, "it rained", "it snowed")
    laptop.sync()
    own = desktop.write("Own")
    desktop.sync()
    paths = desktop.workspace.undo()
    assert len(paths) == 4
    assert len(desktop.texts) == 3
    assert {first.path, own.path} < desktop.texts.keys()
    assert "it rained" in desktop.texts[first.path]
    desktop.workspace.undo()
    assert len(desktop.texts) == 6
    sync_until_same(desktop, laptop)


def test_what_another_editor_wrote_meanwhile_is_neither_lost_nor_written_over(laptop: Device, desktop: Device):
    # No record, so that only its owner puts it into history.
    for device, text in ((laptop, "one\n\ntwo\n"), (desktop, "")):
        if text:
            (device.root / "notes.txt").write_text(text)
            device.git("add", "notes.txt")
            device.git("commit", "-qm", "Notes")
            device.sync()
    desktop.sync()
    (laptop.root / "notes.txt").write_text("one of laptop\n\ntwo\n")
    laptop.git("commit", "-qam", "Notes")
    laptop.sync()
    (desktop.root / "notes.txt").write_text("one\n\ntwo of desktop\n")
    outcome = desktop.sync()
    assert outcome.error == ""
    found = [path.read_text() for path in desktop.root.glob("notes*.txt")]
    assert any("one of laptop" in text for text in found)
    assert any("two of desktop" in text for text in found)
    sync_until_same(laptop, desktop)


def test_a_file_that_was_never_put_into_history_stays_beside_what_comes_to_its_place(laptop: Device, desktop: Device):
    (laptop.root / "notes.txt").write_text("of laptop\n")
    laptop.git("add", "notes.txt")
    laptop.git("commit", "-qm", "Notes")
    laptop.sync()
    (desktop.root / "notes.txt").write_text("of desktop\n")
    assert desktop.sync().error == ""
    assert {path.read_text() for path in desktop.root.glob("notes*.txt")} == {"of laptop\n", "of desktop\n"}


def test_nothing_is_written_through_a_link_or_over_a_folder(laptop: Device, desktop: Device, tmp_path: Path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (laptop.root / "extra").mkdir()
    (laptop.root / "extra" / "a.txt").write_text("of laptop\n")
    laptop.git("add", "extra")
    laptop.git("commit", "-qm", "Extra")
    laptop.sync()
    before = desktop.tip
    (desktop.root / "extra").symlink_to(elsewhere)
    assert "is no folder" in desktop.sync().error
    assert list(elsewhere.iterdir()) == []
    assert desktop.tip == before
    (desktop.root / "extra").unlink()
    (desktop.root / "extra" / "a.txt").mkdir(parents=True)
    (desktop.root / "extra" / "a.txt" / "mine").write_text("mine")
    assert "A folder stands where" in desktop.sync().error
    assert (desktop.root / "extra" / "a.txt" / "mine").read_text() == "mine"


def test_a_link_that_another_device_put_into_history_is_not_made_here_and_not_removed_there(
    laptop: Device, desktop: Device
):
    (laptop.root / "link.md").symlink_to("/etc/passwd")
    laptop.git("add", "link.md")
    laptop.git("commit", "-qm", "Link")
    laptop.sync()
    outcome = desktop.sync()
    assert outcome.not_shown == [("link.md", "it is a link")]
    assert not (desktop.root / "link.md").is_symlink()
    desktop.write("Another")
    desktop.sync()
    laptop.sync()
    assert (laptop.root / "link.md").is_symlink()
    assert "link.md" in desktop.git("ls-files")


@pytest.mark.parametrize("state", ["detached", "merging"])
def test_a_journal_in_the_middle_of_something_is_not_synced_and_says_so(laptop: Device, place: Path, state: str):
    laptop.write("Later")
    if state == "detached":
        laptop.git("checkout", "-q", "--detach")
    else:
        (laptop.root / ".git" / "MERGE_HEAD").write_text(f"{laptop.tip}\n")
    before = git(place, "rev-parse", "main")
    outcome = laptop.sync()
    assert outcome.error.startswith("Your journal is not synced now, because")
    assert git(place, "rev-parse", "main") == before


def test_a_copy_on_a_disk_that_is_not_there_is_said_and_goes_on_later(laptop: Device, place: Path):
    away = place.parent.rename(place.parent.with_name("away"))
    laptop.write("Later")
    outcome = laptop.sync()
    assert "is not there now" in outcome.error
    assert "connect that" in outcome.hint
    assert not place.parent.exists()
    away.rename(place.parent)
    assert laptop.sync().sent == 1


def test_a_copy_that_went_back_or_was_emptied_asks_before_anything_goes_here(
    laptop: Device, desktop: Device, place: Path
):
    before = git(place, "rev-parse", "main").strip()
    laptop.write("Second")
    laptop.sync()
    git(place, "update-ref", "refs/heads/main", before)
    question = laptop.sync().question
    assert (question.why, question.answers) == ("rolled back", ("theirs", "mine"))
    assert "copy of your journal" in question.words
    assert len(laptop.texts) == 3
    assert laptop.sync("journal", take="mine").question is None
    git(place, "update-ref", "-d", "refs/heads/main")
    assert laptop.sync().question.answers == ("mine",)
    assert "cannot be decided so" in laptop.sync("journal", take="theirs").error
    assert laptop.sync("journal", take="mine").sent == 3
    sync_until_same(laptop, desktop)


def test_only_the_journal_itself_is_ever_in_a_copy(laptop: Device, desktop: Device, place: Path, first):
    laptop.workspace.new_draft("reflection", "A secret of a draft.")
    laptop.workspace.state.put("screen", "last", "secret of the state")
    (laptop.root / "journal" / ".secret.swp").write_text("secret of an editor")
    laptop.git("stash", "push", "-q", "-u")
    laptop.git("stash", "apply", "-q")
    laptop.git("tag", "private")
    laptop.change(first, "it rained", "it snowed")
    desktop.write("Second")
    for device in (laptop, desktop, laptop):
        device.sync()
    assert git(place, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]
    all_there = git(place, "cat-file", "--batch-all-objects", "--batch-check=%(objectname)").split()
    of_journal = laptop.git("rev-list", "--objects", "HEAD").splitlines()
    assert set(all_there) <= {line.split()[0] for line in of_journal}
    assert "secret" not in git(place, "log", "-p", "--all")


def test_a_place_of_a_community_is_refused_for_the_journal_and_the_other_way_about(
    tmp_path: Path, laptop: Device, place: Path
):
    shared = tmp_path / "rivertown.git"
    joining = laptop.workspace.belonging.joining
    joining.create("rivertown", typed(shared), "Ana")
    before = git(shared, "rev-parse", "main")
    copies = laptop.workspace.own_copies
    with pytest.raises(ReflectError, match="place of the community rivertown"):
        copies.look_at(typed(shared))
    with pytest.raises(ReflectError, match="private journal is kept at this address"):
        joining.create("other", typed(place), "Ana")
    with pytest.raises(ReflectError, match="private journal is kept at this address"):
        joining.join(typed(place), "other", "Ana")
    # Somebody who is in no community meets it by what it holds.
    other = Device(tmp_path, "other").begin()
    with pytest.raises(ReflectError, match="is a community"):
        other.workspace.own_copies.look_at(typed(shared))
    with pytest.raises(ReflectError, match="private journal, not a community"):
        other.workspace.belonging.joining.join(typed(place), "other", "Ben")
    with pytest.raises(ReflectError, match="is a community"):
        Device(tmp_path, "third").begin_from(shared)
    assert not (tmp_path / "third" / "vault").exists()
    assert git(shared, "rev-parse", "main") == before
    assert all_memberships(other.root) == []


def test_a_copy_that_became_a_community_gets_nothing_more(tmp_path: Path, laptop: Device, place: Path):
    shared = tmp_path / "rivertown.git"
    laptop.workspace.belonging.joining.create("rivertown", typed(shared), "Ana")
    # Written by hand, or by a version that did not look.
    laptop.workspace.places.remotes.write_text(f'[journal]\nurl = "file://{shared}"\n')
    before = git(shared, "rev-parse", "main")
    outcomes = {each.name: each for each in laptop.workspace.sync()}
    assert "a private journal never goes there" in outcomes["journal"].error
    assert git(shared, "rev-parse", "main") == before


def test_another_journal_and_other_things_are_refused_with_a_way_out(tmp_path: Path, laptop: Device, place: Path):
    other = Device(tmp_path, "other").begin()
    with pytest.raises(ReflectError, match="another journal") as refused:
        other.keep_copy(place)
    assert "reflect init DIR --from" in refused.value.hint
    code = make_place(tmp_path / "code.git")
    folder = tmp_path / "code"
    for words in (["init", "-q", "-b", "main", str(folder)], ["-C", str(folder), "remote", "add", "o", str(code)]):
        subprocess.run(["git", *words], check=True)
    (folder / "a.txt").write_text("a")
    for words in (
        ["add", "."],
        ["-c", "user.name=O", "-c", "user.email=o@e", "commit", "-qm", "a"],
        ["push", "-q", "o", "main"],
    ):
        subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)
    with pytest.raises(ReflectError, match="something else than a journal"):
        other.keep_copy(code)
    with pytest.raises(ReflectError, match="inside your journal"):
        other.keep_copy(other.root / "backup.git")
    with pytest.raises(ReflectError, match="copy of your journal already: journal"):
        laptop.keep_copy(place)
    assert other.workspace.own_copies.all() == []
    assert git(code, "log", "--format=%s", "main").split() == ["a"]


def test_a_second_copy_is_kept_as_well_and_a_disconnected_one_stays_as_it_is(
    tmp_path: Path, laptop: Device, place: Path
):
    second = tmp_path / "second.git"
    laptop.keep_copy(second, "stick")
    laptop.write("Later")
    assert [(each.name, each.sent) for each in laptop.workspace.sync()] == [("journal", 1), ("stick", 1)]
    laptop.workspace.own_copies.remove("journal")
    laptop.write("After that")
    assert [each.name for each in laptop.workspace.sync()] == ["stick"]
    assert git(place, "rev-parse", "main") != git(second, "rev-parse", "main")
    # Added again it goes on from what it has.
    assert laptop.keep_copy(place).error == ""
    assert git(place, "rev-parse", "main") == git(second, "rev-parse", "main")
