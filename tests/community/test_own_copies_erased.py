"""What was erased for good does not come back by a copy of the journal, and goes from other devices when asked."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reflect.errors import ReflectError
from reflect.records.compose import Content
from reflect.records.record import Record
from tests.community.devices import Device, sync_until_same
from tests.community.peers import git

SECRET = "Quixotina asked me to wait for her answer in the corridor."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "journal.git"


@pytest.fixture
def devices(tmp_path: Path, place: Path) -> tuple[Device, Device, Record]:
    """Two devices in step, and the record that is going to be erased."""
    laptop = Device(tmp_path, "laptop").begin()
    laptop.write("Before")
    secret = laptop.write("About the talk", SECRET)
    laptop.keep_copy(place)
    desktop = Device(tmp_path, "desktop").begin_from(place)
    laptop.write("After")
    sync_until_same(laptop, desktop)
    return laptop, desktop, secret


def held_in(folder: Path) -> bool:
    """Say whether a folder holds the secret: in a file, or in an object of a repository in it."""
    if any(b"Quixotina" in path.read_bytes() for path in folder.rglob("*") if path.is_file()):
        return True
    repositories = [path.parent for path in folder.rglob("HEAD") if (path.parent / "objects").is_dir()]
    for each in repositories:
        words = ["git", f"--git-dir={each}", "cat-file", "--batch-all-objects", "--batch"]
        if b"Quixotina" in subprocess.run(words, capture_output=True, check=True).stdout:
            return True
    return False


def test_nothing_goes_to_a_copy_or_comes_from_it_until_it_was_replaced(devices, place: Path):
    laptop, _, secret = devices
    before = git(place, "rev-parse", "main")
    laptop.erase(secret)
    laptop.write("Since then")
    outcome = laptop.sync()
    assert "still holds what you erased" in outcome.error
    assert outcome.hint.endswith("reflect config remote replace journal")
    assert git(place, "rev-parse", "main") == before
    assert not held_in(laptop.home)
    assert laptop.workspace.own_copies.replace("journal") == 0
    assert git(place, "rev-parse", "main").strip() == laptop.tip
    assert not held_in(place)
    assert laptop.sync().error == ""


def test_another_device_asks_and_then_lets_go_of_it_and_keeps_all_else(devices, place: Path):
    laptop, desktop, secret = devices
    other = desktop.write("Written on the desktop")
    desktop.change(secret, "in the corridor", "in the hall")
    desktop.workspace.new_draft(
        "reflection", f"{desktop.workspace.get(secret.path).text}\nMore.", desktop.workspace.get(secret.path)
    )
    laptop.erase(secret)
    laptop.workspace.own_copies.replace("journal")

    question = desktop.sync().question
    assert (question.why, question.gone, question.answers) == ("erased", 1, ("theirs",))
    assert question.words.startswith("On another device you erased 1 record for good.")
    assert secret.path in desktop.texts
    # Asked again it says the same, and never puts back what was erased.
    assert desktop.sync().question == question
    assert "cannot be decided so" in desktop.sync("journal", take="mine").error
    assert not held_in(place)

    outcome = desktop.sync("journal", take="theirs")
    assert (outcome.error, outcome.question) == ("", None)
    assert any("gone here for good too" in notice for notice in desktop.workspace.notices)
    assert other.path in desktop.texts
    assert not held_in(desktop.home)
    assert desktop.workspace.drafts.all() == []
    sync_until_same(laptop, desktop)
    assert not held_in(place)
    assert other.path in laptop.texts
    # Undo may take back what was written here, and never leads to what was erased.
    desktop.workspace.undo()
    assert not held_in(desktop.home)


def test_what_another_device_sent_before_the_replacing_is_kept_but_for_what_was_erased(devices, place: Path):
    laptop, desktop, secret = devices
    laptop.erase(secret)
    kept = desktop.write("Sent meanwhile")
    desktop.change(secret, "in the corridor", "in the hall")
    assert desktop.sync().sent == 2
    assert laptop.workspace.own_copies.replace("journal") == 1
    laptop.open()
    assert kept.path in laptop.texts
    assert not held_in(laptop.home)
    assert not held_in(place)
    assert desktop.sync("journal").question.why == "erased"
    desktop.sync("journal", take="theirs")
    sync_until_same(laptop, desktop)
    assert kept.path in desktop.texts
    assert not held_in(desktop.home)


def test_a_device_that_meets_it_by_a_new_copy_does_not_bring_it_back(devices, place: Path, tmp_path: Path):
    laptop, desktop, secret = devices
    laptop.erase(secret)
    laptop.workspace.own_copies.replace("journal")
    desktop.workspace.own_copies.remove("journal")
    other = desktop.write("Written on the desktop")
    assert desktop.keep_copy(place).question.why == "erased"
    desktop.sync("journal", take="theirs")
    assert not held_in(place)
    assert not held_in(desktop.home)
    assert other.path in desktop.texts
    sync_until_same(desktop, laptop)


def test_every_other_copy_of_a_device_that_followed_has_to_be_replaced_too(devices, place: Path, tmp_path: Path):
    laptop, desktop, secret = devices
    stick = tmp_path / "stick.git"
    desktop.keep_copy(stick)
    laptop.erase(secret)
    laptop.workspace.own_copies.replace("journal")
    desktop.sync("journal")
    desktop.sync("journal", take="theirs")
    assert "still holds what you erased" in desktop.sync("stick").error
    assert held_in(stick)
    desktop.workspace.own_copies.replace("stick")
    assert not held_in(stick)
    assert not held_in(desktop.home)


def test_a_record_that_never_left_is_erased_without_a_word_to_other_devices(devices, place: Path):
    laptop, desktop, _ = devices
    never_sent = laptop.write("Only here", "A line that nobody else has ever had.")
    laptop.erase(never_sent)
    assert laptop.sync().error == ""
    desktop.write("Meanwhile")
    assert desktop.sync().question is None
    sync_until_same(laptop, desktop)


def test_the_first_record_of_a_journal_can_be_erased_everywhere_too(tmp_path: Path, place: Path):
    laptop = Device(tmp_path, "laptop").begin()
    record = laptop.write("About the talk", SECRET)
    laptop.keep_copy(place)
    desktop = Device(tmp_path, "desktop").begin_from(place)
    desktop.workspace.new("finding", Content(title="Of the desktop"))
    laptop.erase(record)
    laptop.workspace.own_copies.replace("journal")
    assert desktop.sync().question.why == "erased"
    desktop.sync("journal", take="theirs")
    sync_until_same(laptop, desktop)
    assert not held_in(desktop.home)
    assert not held_in(place)
    assert len(laptop.texts) == 1


def test_a_copy_that_another_device_replaced_first_is_not_replaced_over_it(devices, place: Path):
    laptop, desktop, secret = devices
    mine = desktop.write("Another secret")
    sync_until_same(desktop, laptop)
    laptop.erase(secret)
    desktop.erase(mine)
    laptop.workspace.own_copies.replace("journal")
    after = git(place, "rev-parse", "main")
    with pytest.raises(ReflectError, match="Another device has replaced journal meanwhile"):
        desktop.workspace.own_copies.replace("journal")
    assert git(place, "rev-parse", "main") == after


def test_a_place_that_refuses_to_be_replaced_says_so_and_stays_marked(devices, place: Path):
    laptop, _, secret = devices
    git(place, "config", "receive.denyNonFastForwards", "true")
    laptop.erase(secret)
    before = git(place, "rev-parse", "main")
    with pytest.raises(ReflectError):
        laptop.workspace.own_copies.replace("journal")
    assert git(place, "rev-parse", "main") == before
    assert "still holds what you erased" in laptop.sync().error
    laptop.workspace.own_copies.remove("journal")
    assert laptop.sync_all() == []


def test_what_a_killed_sync_had_sent_does_not_come_back(devices, place: Path):
    laptop, desktop, _ = devices
    met = laptop.git("rev-parse", "refs/reflect/remotes/journal").strip()
    sent = laptop.write("Sent and soon erased", "Zebrowska said this to me alone in the yard.")
    laptop.sync()
    # Killed after the push, and before what the copy has was written down.
    laptop.git("update-ref", "refs/reflect/remotes/journal", met)
    desktop.sync()
    kept = desktop.write("Written on the desktop")
    desktop.sync()
    laptop.erase(sent)
    assert "still holds what you erased" in laptop.sync().error
    assert sent.path not in laptop.texts
    assert laptop.workspace.own_copies.replace("journal") >= 1
    assert kept.path in laptop.open().texts
    assert "Zebrowska" not in git(place, "log", "-p", "--all")
    assert desktop.sync("journal").question.why == "erased"
    desktop.sync("journal", take="theirs")
    sync_until_same(laptop, desktop)
    assert sent.path not in desktop.texts


def test_nothing_is_erased_while_a_sync_is_at_work(devices):
    laptop, _, secret = devices
    (copy,) = laptop.workspace.own_copies.places()
    with copy.turn.held(), pytest.raises(ReflectError, match="being synced right now"):
        laptop.erase(secret)
    assert secret.path in laptop.texts
    laptop.erase(secret)
    assert secret.path not in laptop.texts
