"""Keeping in step with a real shared place: what comes, what goes, what is joined, and what waits for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from reflect.community import syncing
from reflect.community.repository import REMOTE
from tests.community.conftest import record_text
from tests.community.peers import ONE, THREE, TWO, Peer, git, make_place, paragraphs
from tests.conftest import NOW


def syncing_of(peer: Peer):
    from reflect.community.place import turn_of

    return turn_of(peer.repository.path).held()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return make_place(tmp_path / "place.git")


@pytest.fixture
def peers(tmp_path: Path, place: Path) -> list[Peer]:
    found = [Peer(tmp_path, place, name) for name in ("Ana", "Ben", "Cleo")]
    found[0].write(a=paragraphs("One.", "Two.", "Three."), z=record_text("01JDA6C4T3W5E9K2M8Q7RZXYVZ", "Last"))
    for peer in found:
        assert peer.sync().error == ""
    return found


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
    (sibling,) = [name for name in ben.names if "conflict" in name]
    assert "One, by Ben." in ben.text(sibling)
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
            name = peer.name[0].lower()
            peer.write(**{f"{name}{number}": record_text(peer.new_id(), f"{name}{number}")})
        for peer in peers:
            assert peer.sync().error == ""
    for peer in peers:
        peer.sync()
    assert len({peer.tip for peer in peers}) == 1
    assert len(ana.names) == 17


def test_a_place_that_went_back_changes_nothing_until_a_person_decides(peers, place):
    ana, ben, _ = peers
    before = ana.tip
    ana.write(b=record_text(TWO, "Second"))
    ana.sync()
    ben.sync()
    git(place, "update-ref", "refs/heads/main", before)
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
    git(place, "update-ref", "refs/heads/main", before)
    ben.write(c=record_text(THREE, "Third"))
    assert ben.sync(take="theirs").question is not None
    assert ben.sync(take="theirs").question is None
    assert ben.names == ["a", "c", "z"]


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_an_emptied_place_is_asked_about(peers, place, take):
    _, ben, _ = peers
    git(place, "update-ref", "-d", "refs/heads/main")
    assert ben.sync().question.why == "emptied"
    assert ben.text("a")
    assert ben.sync(take=take).error == ""
    assert ben.names == (["a", "z"] if take == "mine" else [])


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
    git(place, "fetch", "-q", "--force", str(other.community.repository.path), "refs/heads/main:refs/heads/main")
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


def test_hooks_of_a_place_on_this_computer_do_not_run(peers, place):
    _, ben, _ = peers
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


def test_an_answer_counts_for_what_was_asked_only(peers, place):
    ana, ben, _ = peers
    before = ana.tip
    ana.write(b=record_text(TWO, "Second"))
    ana.sync()
    ben.sync()
    git(place, "update-ref", "refs/heads/main", before)
    assert ben.sync(take="theirs").question.why == "rolled back"
    git(place, "update-ref", "-d", "refs/heads/main")
    assert ben.sync(take="theirs").question.why == "emptied"
    assert ben.names == ["a", "b", "z"]


def test_what_waits_for_an_answer_is_not_fetched_again(peers, place, monkeypatch):
    ana, ben, _ = peers
    git(place, "update-ref", "-d", "refs/heads/main")
    question = ben.sync().question
    monkeypatch.setattr(syncing, "fetch", None)
    assert ben.sync().question == question
    monkeypatch.undo()
    git(place, "fetch", "-q", str(ana.repository.path), "refs/heads/main:refs/heads/main")
    assert ben.sync().question is None


def test_who_follows_an_emptied_place_sends_nothing_of_its_old_history_back(peers, place):
    _, ben, _ = peers
    old = ben.tip
    git(place, "update-ref", "-d", "refs/heads/main")
    ben.write(c=record_text(THREE, "Third"))
    ben.sync()
    assert ben.sync(take="theirs").sent == 1
    assert ben.names == ["c"]
    assert old not in git(place, "rev-list", "refs/heads/main")


def replaced_history(peers, place):
    """Let the place lose what Ana sent and Ben has received, and Cleo go on from there."""
    ana, ben, cleo = peers
    before = ana.tip
    ana.write(b=record_text(TWO, "Second"))
    ana.sync()
    ben.sync()
    git(place, "update-ref", "refs/heads/main", before)
    cleo.write(d=record_text(f"{ONE[:-1]}4", "Fourth"))
    cleo.sync()
    return peers


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_history_that_was_replaced_is_followed_or_put_back(peers, place, take):
    _, ben, cleo = replaced_history(peers, place)
    ben.write(c=record_text(THREE, "Third"))
    assert ben.sync().question.why == "rewritten"
    assert ben.names == ["a", "b", "c", "z"]
    assert ben.sync(take=take).error == ""
    assert ben.names == (["a", "b", "c", "d", "z"] if take == "mine" else ["a", "c", "d", "z"])
    cleo.sync()
    assert cleo.tip == ben.tip


def test_a_decision_of_a_sync_that_was_killed_is_not_turned_around(peers, place, monkeypatch):
    _, ben, cleo = replaced_history(peers, place)
    ben.sync()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(syncing, "move", killed)
    with pytest.raises(KeyboardInterrupt):
        ben.sync(take="theirs")
    monkeypatch.undo()
    assert ben.sync().question is None
    assert ben.names == ["a", "d", "z"]
    assert ben.tip == cleo.tip


def test_what_was_sent_by_a_sync_that_was_killed_is_nothing_new(peers, monkeypatch):
    ana, ben, _ = peers
    many = {f"m{n}": record_text(f"01JDA6C4T3W5E9K2M8Q7RZ{n:04}", f"Number {n}") for n in range(12)}
    ana.write(**many)
    ana.sync()
    ben.sync()
    ben.write(**dict.fromkeys(many))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(syncing, "move", killed)
    with pytest.raises(KeyboardInterrupt):
        ben.sync()
    monkeypatch.undo()
    ana.write(c=record_text(THREE, "Third"))
    assert ana.sync().question.why == "deleted"
    ana.sync(take="theirs")
    outcome = ben.sync()
    assert (outcome.question, outcome.received, outcome.sent) == (None, 1, 0)


def test_only_one_sync_of_a_place_is_at_work(peers):
    ana = peers[0]
    ana.write(b=record_text(TWO, "Second"))
    with syncing_of(ana):
        assert "already" in ana.sync().error
    assert ana.sync().sent == 1


def test_locks_that_a_git_left_which_was_killed_are_no_obstacle(peers):
    ana, ben, _ = peers
    ana.write(b=record_text(TWO, "Second"))
    ana.sync()
    for name in ("refs/heads/main.lock", "refs/reflect/remote.lock", "packed-refs.lock", "HEAD.lock"):
        (ben.repository.path / name).touch()
    assert ben.sync().received == 1


def test_a_record_that_only_moved_counts_once(peers):
    ana, ben, _ = peers
    ana.write(a=None, moved=ana.text("a").encode())
    assert (ana.sync().sent, ben.sync().received) == (1, 1)
    assert ben.drafts == []


def test_what_is_private_and_was_sent_by_mistake_is_not_taken(peers, place):
    ana, ben, _ = peers
    ana.repository.commit({"call-ins/x.md": record_text(TWO, "A talk", kind="call-in")}, "Write", NOW)
    ana.sync()
    outcome = ben.sync()
    assert "private record" in outcome.error
    assert ben.names == ["a", "z"]


def test_a_sync_can_be_stopped(peers):
    ana, ben, _ = peers
    ana.write(b=record_text(TWO, "Second"))
    ana.sync()
    outcome = ben.sync(going=lambda: False)
    assert "Stopped" in outcome.error
    assert ben.sync().received == 1


def test_a_merge_leaves_nothing_behind_but_the_state_before(peers):
    ana, ben, _ = peers
    ana.write(b=record_text(TWO, "Second"))
    ben.write(c=record_text(THREE, "Third"))
    ana.sync()
    ben.sync()
    refs = git(ben.repository.path, "for-each-ref", "--format=%(refname)").split()
    assert [ref.rpartition("/")[0] for ref in refs] == ["refs/heads", "refs/reflect/backup", "refs/reflect"]
    assert list((ben.repository.path / "reflect-incoming").iterdir()) == []
