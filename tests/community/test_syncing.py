"""Keeping in step with a real shared place: what comes, what goes, what is joined, and what waits for a person."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reflect.community.communities import Community
from reflect.community.membership import Membership
from reflect.community.place import SharedPlace, may_hold_record
from reflect.community.repository import REMOTE, Repository
from reflect.community.syncing import Means, sync_place
from reflect.store.kind_files import Kinds
from reflect.store.reach import Reach
from reflect.store.read_marks import ReadMarks
from tests.community.conftest import record_text
from tests.conftest import NOW

ONE, TWO, THREE = (f"01JDA6C4T3W5E9K2M8Q7RZXY{n}" for n in ("V1", "V2", "V3"))
FOLDERS = Kinds().folders


class Peer:
    """One person's computer in a community at a place."""

    def __init__(self, home: Path, place: Path, name: str) -> None:
        self.membership = Membership(
            "rivertown", str(place), name, f"{name.lower() * 4}@reflect.invalid"[-30:], "2026-11-01"
        )
        repository = Repository(home / name / "rivertown.git", self.membership.identity)
        repository.make()
        self.community = Community(self.membership, repository, ReadMarks(home / name / "read"))
        self.drafts: list[str] = []
        self._number = 0

    def keep(self, kind: str, text: str) -> str:
        self.drafts.append(text)
        return f"draft-{len(self.drafts)}"

    def new_id(self) -> str:
        self._number += 1
        return f"01JDA6C4T3W5E9K2M8Q{self.membership.author[0].upper()}{self._number:06}"

    def write(self, **files: bytes | None) -> None:
        self.community.repository.commit({f"findings/{name}.md": text for name, text in files.items()}, "Write", NOW)

    def sync(self, **how):
        place = SharedPlace(self.community, Reach(), Kinds(), lambda path: may_hold_record(path, FOLDERS))
        return sync_place(place, Means(self.keep, lambda: NOW, self.new_id), **how)

    def text(self, name: str) -> str:
        return self.community.repository.text_at(f"findings/{name}.md").decode()

    @property
    def tip(self) -> str:
        return self.community.repository.tip()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    path = tmp_path / "place.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True)
    return path


@pytest.fixture
def peers(tmp_path: Path, place: Path) -> list[Peer]:
    found = [Peer(tmp_path, place, name) for name in ("Ana", "Ben", "Cleo")]
    found[0].write(a=paragraphs("One.", "Two.", "Three."), z=record_text("01JDA6C4T3W5E9K2M8Q7RZXYVZ", "Last"))
    for peer in found:
        assert peer.sync().error == ""
    return found


def paragraphs(*texts: str, record_id: str = ONE, title: str = "First") -> bytes:
    return record_text(record_id, title, body="\n\n".join(texts))


def test_what_one_sends_the_others_receive(peers):
    ana, ben, _ = peers
    ana.write(b=record_text(TWO, "Second"))
    assert (ana.sync().sent, ben.sync().received) == (1, 1)
    assert ben.text("b") == ana.text("b")
    assert (ana.sync().sent, ana.sync().received) == (0, 0)


def test_two_who_changed_different_paragraphs_end_with_both(peers):
    ana, ben, _ = peers
    ana.write(a=paragraphs("One, by Ana.", "Two.", "Three."))
    ben.write(a=paragraphs("One.", "Two.", "Three, by Ben."))
    ana.sync()
    outcome = ben.sync()
    assert (outcome.merged, outcome.conflicts, outcome.sent) == (1, [], 1)
    ana.sync()
    assert ana.tip == ben.tip
    assert "One, by Ana.\n\nTwo.\n\nThree, by Ben." in ana.text("a")


def test_where_both_changed_one_paragraph_both_texts_are_kept(peers):
    ana, ben, _ = peers
    ana.write(a=paragraphs("One, by Ana.", "Two.", "Three."))
    ben.write(a=paragraphs("One, by Ben.", "Two.", "Three."))
    ana.sync()
    (conflict,) = ben.sync().conflicts
    assert conflict.id == ONE
    names = ben.community.repository.git.run("ls-tree", "-r", "--name-only", "refs/heads/main").decode().split()
    (sibling,) = [name for name in names if "conflict" in name]
    assert "One, by Ben." in ben.community.repository.text_at(sibling).decode()
    assert "One, by Ana." in ben.text("a")
    ana.sync()
    assert ana.tip == ben.tip


def test_a_withdrawal_wins_and_the_edit_becomes_a_private_draft(peers):
    ana, ben, cleo = peers
    ana.write(a=None)
    ben.write(a=paragraphs("One, by Ben.", "Two.", "Three."))
    ana.sync()
    outcome = ben.sync()
    assert [each.title for each in outcome.withdrawn] == ["First"]
    assert "One, by Ben." in ben.drafts[0]
    for peer in (ana, cleo):
        peer.sync()
    assert ana.tip == ben.tip == cleo.tip


def test_an_edit_that_a_withdrawal_meets_later_becomes_a_draft_where_it_was_made(peers):
    ana, ben, _ = peers
    ben.write(a=paragraphs("One, by Ben.", "Two.", "Three."))
    ben.sync()
    ana.sync()
    ana.write(a=None)
    ana.sync()
    ben.sync()
    assert "One, by Ben." in ben.drafts[0]
    assert ana.drafts == []


def test_someone_who_was_faster_costs_another_round_and_loses_nothing(peers):
    ana = peers[0]
    for number in range(5):
        for peer in peers:
            name = peer.membership.author[0].lower()
            peer.write(**{f"{name}{number}": record_text(peer.new_id(), f"{name}{number}")})
        for peer in peers:
            assert peer.sync().error == ""
    for peer in peers:
        peer.sync()
    assert len({peer.tip for peer in peers}) == 1
    names = ana.community.repository.git.run("ls-tree", "-r", "--name-only", "refs/heads/main").decode().split()
    assert len(names) == 17


def rewrite(place: Path, *words: str) -> None:
    subprocess.run(["git", f"--git-dir={place}", *words], check=True, capture_output=True)


def test_a_place_that_went_back_changes_nothing_until_a_person_decides(peers, place):
    ana, ben, _ = peers
    before = ana.tip
    ana.write(b=record_text(TWO, "Second"))
    ana.sync()
    ben.sync()
    rewrite(place, "update-ref", "refs/heads/main", before)
    ben.write(c=record_text(THREE, "Third"))
    outcome = ben.sync()
    assert outcome.question is not None
    assert outcome.question.why == "rolled back"
    assert ben.text("b")
    put_back = ben.sync(take="mine")
    assert (put_back.error, put_back.question) == ("", None)
    ana.sync()
    assert ana.tip == ben.tip
    assert ana.text("c")


def test_following_a_place_that_went_back_keeps_what_was_not_sent(peers, place):
    ana, ben, _ = peers
    before = ana.tip
    ana.write(b=record_text(TWO, "Second"))
    ana.sync()
    ben.sync()
    rewrite(place, "update-ref", "refs/heads/main", before)
    ben.write(c=record_text(THREE, "Third"))
    assert ben.sync(take="theirs").question is not None
    assert ben.sync(take="theirs").question is None
    names = ben.community.repository.git.run("ls-tree", "-r", "--name-only", "refs/heads/main").decode().split()
    assert names == ["findings/a.md", "findings/c.md", "findings/z.md"]


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_an_emptied_place_is_asked_about(peers, place, take):
    _, ben, _ = peers
    rewrite(place, "update-ref", "-d", "refs/heads/main")
    assert ben.sync().question.why == "emptied"
    assert ben.text("a")
    assert ben.sync(take=take).error == ""
    names = ben.community.repository.git.run("ls-tree", "-r", "--name-only", "refs/heads/main").decode().split()
    assert names == (["findings/a.md", "findings/z.md"] if take == "mine" else [])


def test_many_records_removed_at_once_are_asked_about_and_can_be_put_back(peers):
    ana, ben, _ = peers
    many = {f"m{n}": record_text(f"01JDA6C4T3W5E9K2M8Q7RZ{n:04}", f"Number {n}") for n in range(30)}
    ana.write(**many)
    ana.sync()
    ben.sync()
    ana.write(**dict.fromkeys(many))
    ana.sync()
    assert ben.sync().question.why == "deleted"
    assert ben.text("m7")
    assert ben.sync(take="mine").sent == 30
    ana.sync()
    assert ana.text("m7")


def test_another_history_is_refused_with_a_way_out(peers, place, tmp_path):
    _, ben, _ = peers
    other = Peer(tmp_path, tmp_path / "nowhere", "Other")
    other.write(z=record_text(TWO, "Else"))
    rewrite(place, "fetch", "-q", "--force", str(other.community.repository.path), "refs/heads/main:refs/heads/main")
    outcome = ben.sync()
    assert "no beginning in common" in outcome.error
    assert ben.text("a")


def test_a_place_that_cannot_be_reached_is_a_sentence_and_nothing_is_lost(peers, place):
    _, ben, _ = peers
    place.rename(place.with_name("gone.git"))
    ben.write(c=record_text(THREE, "Third"))
    outcome = ben.sync()
    assert outcome.error
    assert ben.text("c")


def test_a_place_that_says_no_is_told_in_its_words(peers, place):
    _, ben, _ = peers
    rewrite(place, "config", "receive.denyCurrentBranch", "refuse")
    hook = place / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ntouch ran\nexit 1\n")
    hook.chmod(0o755)
    ben.write(c=record_text(THREE, "Third"))
    assert ben.sync().sent == 1
    assert not (place / "ran").exists()


def test_the_last_state_before_a_join_keeps_a_name(peers):
    ana, ben, _ = peers
    ana.write(b=record_text(TWO, "Second"))
    ben.write(c=record_text(THREE, "Third"))
    before = ben.tip
    ana.sync()
    ben.sync()
    kept = ben.community.repository.git.run("for-each-ref", "--format=%(objectname)", "refs/reflect/backup/").decode()
    assert before in kept
    assert ben.community.repository.tip(REMOTE) == ben.tip
