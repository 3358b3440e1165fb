"""Keeping one place in step with the one elsewhere: fetch, look, unite, send; again when someone was faster.

Nothing here is half done at any moment. What came is only named for the time of the sync, until what we show
moves to it in one step; what the place had is written down after that, so that a sync which is killed is taken
up where it was. One push sends all that waits, and nothing is ever forced upon a place.
"""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reflect.community.asking import answer_to, question_of, unrelated
from reflect.community.differing import Differences, Differing, between, differing_records, unsent
from reflect.community.inspecting import inspect
from reflect.community.outcome import ERASED, MINE, THEIRS, Conflict, Outcome, Question, Withdrawn
from reflect.community.questions import Questions
from reflect.community.uniting import United, Uniting
from reflect.community.withdrawals import taken_from_me
from reflect.errors import GitFailed, ReflectError, SaveFailed, TransferFailed
from reflect.records.record import encoded, read_record
from reflect.store.commits import Commit
from reflect.store.objects import Entry, read_blobs
from reflect.store.states import (
    ARRIVED,
    back_up,
    common_state,
    forget_work,
    leads_to,
    move,
    prune_backups,
    tip_of,
    write_state,
)
from reflect.store.transfer import Outcome as Push
from reflect.store.transfer import fetch, look, push
from reflect.vault.following import WroteMeanwhile

if TYPE_CHECKING:
    from reflect.community.place import Place
    from reflect.store.git import Git
    from reflect.store.reach import Reach
    from reflect.store.transfer import Fetched
    from reflect.store.watched import Progress

TRIES = 10
# Seconds: after the n-th lost race one waits at random up to 2 ** n times what that try took, within these. Many who
# try at once make each try longer, so that they also make room for each other, and nobody starves.
SHORTEST, LONGEST = 0.05, 10.0
# Seconds that one waits for another sync of the same place to end.
PATIENCE = 1.0
UNITED, AGAIN = "Bring in what others wrote", "Write again what was not sent"

# Keeps a text that stood at a path as a private draft, once, and returns the id of the draft.
KeepDraft = Callable[[str, str], str]


@dataclass(frozen=True)
class Means:
    """What a sync needs of the computer that it runs on."""

    keep_draft: KeepDraft
    now: Callable[[], dt.datetime]
    new_id: Callable[[], str]
    pause: Callable[[float], None] = time.sleep


def sync_place(
    place: Place,
    means: Means,
    *,
    sends: bool = True,
    take: str = "",
    going: Callable[[], bool] = lambda: True,
    progress: Progress | None = None,
) -> Outcome:
    """Bring a place in step and return what became of it; what goes wrong stands in the outcome.

    `take`, `theirs` or `mine`, answers the question that an earlier sync asked. `going` says False to stop;
    `progress` is told (done, total or 0, word) while something is fetched or sent.
    """
    return _Sync(place, means, sends, take, going, progress).run()


@dataclass
class _Told:
    """What is to be told in the end; what was merged is kept by path, as a second round may merge it again."""

    received: int = 0
    sent: int = 0
    merged: set[str] = field(default_factory=set)
    conflicts: list[Conflict] = field(default_factory=list)
    not_shown: dict[str, str] = field(default_factory=dict)
    withdrawn: list[Withdrawn] = field(default_factory=list)
    came: dict[str, None] = field(default_factory=dict)
    went: dict[str, None] = field(default_factory=dict)


class _Sync:
    """One sync of one place."""

    def __init__(
        self,
        place: Place,
        means: Means,
        sends: bool,
        take: str,
        going: Callable[[], bool],
        progress: Progress | None,
    ) -> None:
        self._place = place
        self._git = place.git
        self._means = means
        self._sends = sends
        self._answer = take
        self._going = going
        self._progress = progress
        self._told = _Told()
        self._has_backed_up = False
        # The state of the place about which the person has decided, in this sync.
        self._decided: str | None = None
        self._uniting = Uniting(place.git, means.new_id, place.is_record, place.withdrawal_wins)
        self._questions = Questions(place.git, place.name)

    def run(self) -> Outcome:
        try:
            with ExitStack() as held:
                try:
                    held.enter_context(self._place.turn.held(PATIENCE))
                except SaveFailed:
                    why = f"{self._place.name} is being synced already."
                    return self._outcome(error=why, hint="It goes on by itself; wait for it.")
                self._place.prepare()
                question = self._exchange()
                forget_work(self._git)
                if self._has_backed_up:
                    prune_backups(self._git, self._means.now())
                return self._outcome(question)
        except ReflectError as error:
            detail = error.detail if isinstance(error, GitFailed) else ""
            return self._outcome(error=error.message, hint=error.hint, detail=detail)
        except OSError as error:
            why = f"The disk did not take what came ({error.strerror or error})."
            return self._outcome(error=why, hint="Nothing is lost: the next sync goes on from here.")

    def _exchange(self) -> Question | None:
        """Receive and send until nothing is left to send; returns what has to be decided first."""
        for attempt in range(TRIES):
            began, before = time.monotonic(), deepcopy(self._told)
            try:
                question = self._receive()
                if question is not None or not self._sends or self._send():
                    return question
            except WroteMeanwhile:
                # What was told did not happen; all that was written is in our state now.
                self._told = before
            took = max(SHORTEST, time.monotonic() - began)
            self._means.pause(random.uniform(0, min(LONGEST, took * 2**attempt)))
        raise TransferFailed(
            "overtaken",
            "Others are writing to this place all the time, so yours could not be sent yet.",
            "Nothing is lost: the next sync tries again.",
        )

    # Receiving

    def _receive(self) -> Question | None:
        place, waiting = self._place, self._questions.waiting()
        old, mine = self._met(), place.tip()
        where, reach = place.address(), self._reach()
        if waiting is not None and not self._answer and look(where, reach, place.branch).tip == waiting.tip:
            return waiting
        with fetch(self._git, where, reach, known=[old, mine], branch=place.branch) as fetched:
            tip, question = fetched.tip, self._looked_at(fetched, old, mine) if fetched.tip != old else None
            asked = {each for each in (waiting.tip if waiting else None, self._decided) if each is not None}
            answer = answer_to(question, self._answer, asked, place.name)
            if question is not None and not answer:
                self._questions.keep(question)
                return question
            is_erased = question is not None and question.why == ERASED
            follows = answer == THEIRS and (is_erased or not leads_to(fetched.git, old, tip))
            if fetched.is_new:
                fetched.accept(ARRIVED, tip_of(self._git, ARRIVED))
        self._decided = tip if answer else None
        self._questions.settle()
        with place.lock.held():
            if follows:
                self._follow(old, tip)
            else:
                self._join(tip, keeps_mine=answer == MINE)
            # Not before, so that a kill leaves no doubt about what is still to be done.
            if tip != old:
                move(self._git, place.met, tip, old)
        place.settle()
        return None

    def _looked_at(self, fetched: Fetched, old: str, mine: str) -> Question | None:
        """Look at what came before it is taken; returns what a person has to decide. Raises ReflectError."""
        git, tip = fetched.git, fetched.tip
        since = old
        if old and tip and mine not in ("", old):
            # What was sent from here, by a sync that was killed after it, is nothing that others did.
            common = common_state(git, mine, tip)
            since = common if leads_to(git, old, common) else old
        inspected = inspect(git, since, tip, mine, self._place.is_own)
        self._told.not_shown |= dict(inspected.not_shown)
        if fetched.is_new:
            self._place.check(fetched, since)
        erased = self._erased(git, since, mine, tip)
        if erased:
            return Question(ERASED, tip, len(erased), answers=(THEIRS,), is_own=True)
        if inspected.question is not None and inspected.question.kind == "unrelated":
            raise unrelated(self._place)
        if inspected.question is None or self._was_decided(fetched, inspected.question.kind, old, mine):
            return None
        return question_of(git, inspected, tip, old, self._place.is_own)

    def _erased(self, git: Git, since: str, mine: str, tip: str) -> frozenset[str]:
        """Return what the place erased by a history that was built anew: it never comes together with ours."""
        if not self._place.is_own or not tip or leads_to(git, since or mine, tip) or leads_to(git, tip, mine):
            return frozenset()
        return self._place.erased(git, mine, tip)

    @staticmethod
    def _was_decided(fetched: Fetched, kind: str, old: str, mine: str) -> bool:
        """Say whether what we show follows from an answer already, of a sync that was killed right after it."""
        is_in = bool(fetched.tip) and kind != "rolled-back" and leads_to(fetched.git, fetched.tip, mine)
        return is_in or not leads_to(fetched.git, old, mine)

    def _join(self, theirs: str, keeps_mine: bool) -> None:
        """Bring what the place has together with what is here; with `keeps_mine`, nothing goes that is here."""
        git, place, mine = self._git, self._place, self._place.tip()
        if theirs in ("", mine):
            return
        base = common_state(git, mine, theirs) if mine else ""
        if base == theirs:
            return
        if base == mine and not (mine and keeps_mine):
            came = self._records(between(git, mine, theirs))
            self._tell_what_came(came)
            self._keep_withdrawn(came.gone, mine, theirs)
            place.take(theirs, mine)
            return
        united = self._uniting.unite(base, mine, theirs, keeps_mine)
        if not keeps_mine:
            gone = self._records(united.theirs).gone
            self._keep_withdrawn({path: each for path, each in gone.items() if path not in united.mine}, base, theirs)
        self._show(united, mine, self._written(UNITED, [theirs, mine], united))

    def _follow(self, old: str, theirs: str) -> None:
        """Take the place as it is now, with what was not sent yet written again on top of it."""
        git, mine = self._git, self._place.tip()
        base = old or common_state(git, mine, theirs)
        erased = self._erased(git, old, mine, theirs)
        united = self._uniting.unite(base, mine, theirs, without=erased)
        parents = [theirs] if theirs else []
        self._show(united, mine, self._written(AGAIN, parents, united) if united.changes else theirs, erased)

    def _written(self, message: str, parents: list[str], united: United) -> str:
        identity = self._git.identity
        if identity is None:
            raise ValueError("commits need an identity")
        return write_state(self._git, Commit(message, identity, self._means.now(), parents), united.changes)

    def _show(self, united: United, mine: str, new: str, erased: frozenset[str] = frozenset()) -> None:
        self._tell(united)
        if not erased:
            back_up(self._git, mine, self._means.now())
            self._has_backed_up = True
        self._place.take(new, mine, erased)

    # Sending

    def _send(self) -> bool:
        """Send all that waits; says False when someone else was faster. Raises TransferFailed."""
        place, tip, met = self._place, self._place.tip(), self._met()
        if not tip or tip == met:
            return True
        pushed = push(self._git, place.address(), self._reach(), tip, place.branch)
        if pushed.outcome is Push.OVERTAKEN:
            return False
        if pushed.outcome is Push.REFUSED:
            raise pushed.trouble or TransferFailed("refused", "The shared place did not take what was sent.")
        went = self._records(between(self._git, met, tip))
        self._told.sent += len(went)
        self._told.went |= dict.fromkeys(went.present)
        move(self._git, place.met, tip, met)
        return True

    def _reach(self) -> Reach:
        return replace(self._place.reach(), going=self._going, progress=self._progress)

    def _met(self) -> str:
        return tip_of(self._git, self._place.met)

    def _records(self, files: Differences) -> Differing:
        return differing_records(files, self._place.is_record)

    # Telling

    def _tell(self, united: United) -> None:
        """Note what happened, and keep what I wrote into records that were withdrawn."""
        told, report = self._told, united.report
        self._tell_what_came(self._records(united.theirs))
        told.merged |= {each.path for each in report.merged}
        told.conflicts += [Conflict(each.id, each.sibling, each.title) for each in report.conflicts]
        told.withdrawn += [Withdrawn(each.id, each.title) for each in report.overruled_edits]
        for each in report.withdrawn_edits:
            self._keep(each.path, each.text)

    def _tell_what_came(self, came: Differing) -> None:
        self._told.received += len(came)
        self._told.came |= dict.fromkeys(came.present)

    def _keep_withdrawn(self, gone: Mapping[str, Entry], before: str, after: str) -> None:
        """Keep the records that I wrote last and another has withdrawn."""
        identity = self._git.identity
        if not self._place.withdrawal_wins or identity is None:
            return
        mine = taken_from_me(self._git, gone, before, after, identity.address)
        texts = read_blobs(self._git, [gone[path].blob for path in mine])
        for path in mine:
            self._keep(path, texts[gone[path].blob].decode("utf-8", "surrogateescape"))

    def _keep(self, path: str, text: str) -> None:
        record = read_record(encoded(text), path, {})
        self._told.withdrawn.append(Withdrawn(record.id, record.title, self._means.keep_draft(path, text)))

    def _outcome(self, question: Question | None = None, error: str = "", hint: str = "", detail: str = "") -> Outcome:
        told = self._told
        return Outcome(
            self._place.name,
            received=told.received,
            sent=told.sent,
            merged=len(told.merged),
            conflicts=told.conflicts,
            not_shown=sorted(told.not_shown.items()),
            withdrawn=told.withdrawn,
            question=question,
            error=error,
            hint=hint,
            detail=detail,
            unsent=len(unsent(self._git, self._place.tip(), self._met(), self._place.is_record)),
            is_own=self._place.is_own,
            came=list(told.came),
            went=list(told.went),
        )
