"""Keeping one community in step with its shared place: fetch, look, join, send; again when someone was faster.

Nothing here is half done at any moment: what was fetched is a name of its own, what we show moves from one whole
state to another, and only one push sends all that waits. Nothing is ever forced upon the place.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from reflect.community.inspecting import Inspected, inspect
from reflect.community.inspecting import Question as Asked
from reflect.community.merging import MergedPlace, merge_places
from reflect.community.outcome import MINE, THEIRS, Conflict, Outcome, Question, Withdrawn
from reflect.community.pairing import Sides
from reflect.community.repository import REMOTE, Repository
from reflect.errors import GitFailed, ReflectError, TransferFailed
from reflect.records.addresses import parse_address
from reflect.records.document import MAX_RECORD
from reflect.records.record import kind_of_folder, read_record
from reflect.records.shared_paths import is_shown
from reflect.store.commits import MAIN
from reflect.store.objects import Entry, changes_between, files_at, read_blobs, sizes_of
from reflect.store.transfer import Outcome as Push
from reflect.store.transfer import fetch, push

if TYPE_CHECKING:
    from reflect.community.communities import Community
    from reflect.records.addresses import Address
    from reflect.store.git import Git
    from reflect.store.reach import Reach

TRIES = 8
# Seconds: after the n-th lost race one waits up to SHORTEST * 2 ** n, at random, so that nobody starves.
SHORTEST, LONGEST = 0.05, 0.8

# Keeps a text as a private draft of a kind, and returns its id.
KeepDraft = Callable[[str, str], str]


class Syncing:
    """Syncs communities. `reach` says how each is reached, `folders` gives the folder of each kind in a place."""

    def __init__(
        self,
        reach: Callable[[str], Reach],
        folders: Callable[[str], Mapping[str, str]],
        keep_draft: KeepDraft,
        now: Callable[[], dt.datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._reach = reach
        self._folders = folders
        self._keep_draft = keep_draft
        self._now = now
        self._new_id = new_id

    def sync(self, community: Community, sends: bool = True, take: str = "") -> Outcome:
        """Bring one community in step; `take` answers the question that an earlier sync asked. Never raises for it."""
        try:
            with community.repository.lock.held():
                community.repository.clear_locks()
            return _Sync(self, community).run(sends, take)
        except ReflectError as error:
            detail = error.detail if isinstance(error, GitFailed) else ""
            return Outcome(community.name, error=error.message, hint=error.hint, detail=detail)

    def reach(self, name: str) -> Reach:
        """Return how a community is reached."""
        return self._reach(name)

    def is_record(self, place: str, path: str) -> bool:
        """Say whether a path of a community may hold a record."""
        is_named = path.endswith(".md") and is_shown(path)
        return is_named and bool(kind_of_folder(path, self._folders(place)) or path.startswith("agendas/"))

    def new_id(self) -> str:
        """Return a new record id."""
        return self._new_id()

    def now(self) -> dt.datetime:
        """Return the time."""
        return self._now()

    def keep(self, text: str, path: str, place: str) -> tuple[str, str]:
        """Keep a text that no longer stands in a community as a private draft; returns (id of the draft, title)."""
        record = read_record(text.encode("utf-8", "surrogateescape"), path, self._folders(place), place)
        return self._keep_draft(record.kind or "reflection", text), record.title


class _Sync:
    """One sync of one community."""

    def __init__(self, syncing: Syncing, community: Community) -> None:
        self._syncing = syncing
        self._community = community
        self._repository: Repository = community.repository
        self._outcome = Outcome(community.name)

    def run(self, sends: bool, take: str) -> Outcome:
        address = parse_address(self._community.membership.url, is_typed=True)
        for attempt in range(TRIES):
            question = self._receive(address, take)
            if question is not None:
                return replace(self._outcome, question=question, unsent=self._unsent())
            tip = self._repository.tip()
            if not sends or not tip or tip == self._repository.tip(REMOTE):
                return replace(self._outcome, unsent=self._unsent())
            number = self._unsent()
            pushed = push(self._repository.git, address, self._syncing.reach(self._community.name), tip)
            if pushed.outcome in (Push.SENT, Push.NOTHING_NEW):
                self._repository.move(tip, self._repository.tip(REMOTE), REMOTE)
                return replace(self._outcome, sent=self._outcome.sent + number)
            if pushed.outcome is Push.REFUSED:
                raise pushed.trouble or TransferFailed("refused", "The shared place did not take what was sent.")
            # The answer was for what was there before.
            take = ""
            time.sleep(random.uniform(0, min(LONGEST, SHORTEST * 2**attempt)))
        raise TransferFailed(
            "overtaken",
            "Others are writing to this place all the time, so yours could not be sent yet.",
            "Nothing is lost: the next sync tries again.",
        )

    def _receive(self, address: Address, take: str) -> Question | None:
        repository = self._repository
        old, mine = repository.tip(REMOTE), repository.tip()
        reach = self._syncing.reach(self._community.name)
        with fetch(repository.git, address, reach, known=[old, mine]) as fetched:
            if fetched.tip == old or (not fetched.tip and not old):
                self._join(old)
                return None
            inspected = inspect(fetched.git, old, fetched.tip, mine)
            self._note(inspected)
            if inspected.question is not None:
                if inspected.question.kind == "unrelated":
                    raise _unrelated(self._community.name)
                if take not in (MINE, THEIRS):
                    return _question(fetched.git, inspected.question, fetched.tip, inspected.deletions, old)
            if not fetched.tip:
                self._after_emptied(old, take)
                return None
            fetched.accept(REMOTE, old)
        if inspected.question is not None and take == THEIRS:
            self._follow(old, fetched.tip)
        else:
            self._join(fetched.tip, puts_back=inspected.question is not None)
        return None

    def _after_emptied(self, old: str, take: str) -> None:
        """The branch is gone there: take it as gone, or let the next push put back what is here."""
        with self._repository.lock.held():
            self._repository.git.run("update-ref", "-d", REMOTE, old)
            if take == THEIRS:
                tip = self._repository.tip()
                self._repository.back_up(tip, self._syncing.now())
                gone = dict.fromkeys(files_at(self._repository.git, tip))
                self._repository.commit(gone, "Follow the shared place", self._syncing.now())

    def _join(self, theirs: str, puts_back: bool = False) -> None:
        """Bring what the place has together with what is here; with `puts_back` nothing that is here goes."""
        repository = self._repository
        with repository.lock.held():
            mine = repository.tip()
            if not theirs or theirs == mine or (mine and self._leads_to(theirs, mine)):
                return
            if not mine or (self._leads_to(mine, theirs) and not puts_back):
                self._arrived(mine, theirs)
                repository.move(theirs, mine)
                return
            base = repository.git.run("merge-base", mine, theirs).decode().strip()
            merged = self._merged(base, mine, theirs, keeps_all=puts_back)
            repository.back_up(mine, self._syncing.now())
            self._keep_withdrawn(merged)
            repository.join(merged.changes, [mine, theirs], "Join what others wrote", self._syncing.now())
            self._arrived(base, theirs, counts_only=True)

    def _follow(self, old: str, theirs: str) -> None:
        """Take the place as it is now, with what was not sent yet on top of it."""
        repository = self._repository
        with repository.lock.held():
            mine = repository.tip()
            repository.back_up(mine, self._syncing.now())
            git = repository.git
            sides = self._sides(files_at(git, old), changes_between(git, old, mine), changes_between(git, old, theirs))
            merged = merge_places(sides, self._read, self._syncing.new_id, withdrawal_wins=True, is_record=self._may_be)
            self._keep_withdrawn(merged)
            # The changes are told from my state; on top of theirs only what I had changed is one.
            there = files_at(git, theirs)
            whole = {**files_at(git, mine), **merged.changes}
            changes = {path: each for path, each in whole.items() if each != there.get(path)}
            changes |= dict.fromkeys(path for path in there if path not in whole)
            if changes:
                repository.join(changes, [theirs], "Write again what was not sent", self._syncing.now())
            else:
                repository.move(theirs, mine)
            self._count(changes_between(git, old, theirs))

    def _merged(self, base: str, mine: str, theirs: str, keeps_all: bool) -> MergedPlace:
        git = self._repository.git
        their_changes = changes_between(git, base, theirs)
        if keeps_all:
            their_changes = {path: entry for path, entry in their_changes.items() if entry is not None}
        sides = self._sides(files_at(git, base), changes_between(git, base, mine), their_changes)
        return merge_places(sides, self._read, self._syncing.new_id, withdrawal_wins=True, is_record=self._may_be)

    @staticmethod
    def _sides(
        base: Mapping[str, Entry], mine: Mapping[str, Entry | None], theirs: Mapping[str, Entry | None]
    ) -> Sides:
        return Sides(base.get, mine, theirs)

    def _read(self, blobs: object) -> Mapping[str, bytes]:
        asked = list(blobs)  # type: ignore[call-overload]
        sizes = sizes_of(self._repository.git, asked)
        return read_blobs(self._repository.git, [blob for blob in asked if sizes.get(blob, 0) <= MAX_RECORD])

    def _may_be(self, path: str) -> bool:
        return self._syncing.is_record(self._community.name, path)

    # What is told

    def _note(self, inspected: Inspected) -> None:
        known = dict(self._outcome.not_shown)
        self._outcome = replace(self._outcome, not_shown=list({**known, **dict(inspected.not_shown)}.items()))

    def _count(self, changes: Mapping[str, Entry | None]) -> None:
        number = sum(self._may_be(path) for path in changes)
        self._outcome = replace(self._outcome, received=self._outcome.received + number)

    def _arrived(self, mine: str, theirs: str, counts_only: bool = False) -> None:
        """Count what came, and keep my last text of what someone withdrew as a draft."""
        git = self._repository.git
        changes = changes_between(git, mine, theirs) if mine else {**files_at(git, theirs)}
        self._count(changes)
        gone = [path for path, entry in changes.items() if entry is None and self._may_be(path)]
        if not gone or counts_only or not mine:
            return
        known = files_at(git, mine)
        moved = {entry.blob for entry in changes.values() if entry is not None}
        for path in gone:
            if known[path].blob not in moved and self._was_mine_and_taken_by_another(path, mine, theirs):
                text = read_blobs(git, [known[path].blob])[known[path].blob].decode("utf-8", "surrogateescape")
                self._withdrawn(text, path)

    def _was_mine_and_taken_by_another(self, path: str, mine: str, theirs: str) -> bool:
        own = self._community.membership.address
        last, remover = (
            self._repository.git.run(
                "log", "-1", "--no-renames", *words, "--format=%ae", rev, "--", f":(literal){path}"
            )
            for words, rev in (((), mine), (("--diff-filter=D",), f"{mine}..{theirs}"))
        )
        return last.decode().strip() == own and remover.decode().strip() not in (own, "")

    def _keep_withdrawn(self, merged: MergedPlace) -> None:
        report = merged.report
        for each in report.withdrawn_edits:
            self._withdrawn(each.text, each.path)
        told = [Withdrawn(each.id, each.title) for each in report.overruled_edits]
        conflicts = [Conflict(each.id, each.sibling, each.title) for each in report.conflicts]
        self._outcome = replace(
            self._outcome,
            merged=self._outcome.merged + len(report.merged),
            conflicts=[*self._outcome.conflicts, *conflicts],
            withdrawn=[*self._outcome.withdrawn, *told],
        )

    def _withdrawn(self, text: str, path: str) -> None:
        record = read_record(text.encode("utf-8", "surrogateescape"), path, {}, self._community.name)
        draft, title = self._syncing.keep(text, path, self._community.name)
        told = Withdrawn(record.id, title, draft)
        self._outcome = replace(self._outcome, withdrawn=[*self._outcome.withdrawn, told])

    def _unsent(self) -> int:
        repository = self._repository
        tip, remote = repository.tip(), repository.tip(REMOTE)
        if not tip or tip == remote:
            return 0
        if not remote:
            return sum(self._may_be(path) for path in files_at(repository.git, MAIN))
        return sum(self._may_be(path) for path in changes_between(repository.git, remote, tip))

    def _leads_to(self, old: str, new: str) -> bool:
        return self._repository.git.call("merge-base", "--is-ancestor", old, new, allowed=(0, 1))[0] == 0


def _question(git: Git, asked: Asked, tip: str, gone: int, old: str) -> Question:
    why = {"rolled-back": "rolled back", "mass-deletion": "deleted"}.get(asked.kind, asked.kind)
    before = sum(path.endswith(".md") for path in files_at(git, old)) if old else 0
    return Question(why, tip, gone if tip else before, before)


def _unrelated(name: str) -> TransferFailed:
    return TransferFailed(
        "unrelated",
        f"The shared place of {name} now holds something else: it has no beginning in common with what is here.",
        f"Ask the person who keeps it. If it was begun anew: reflect community leave {name}, then join it again.",
    )
