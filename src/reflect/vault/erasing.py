"""Erasing a record: out of every state of the history and all that this computer keeps, with a proof.

What is built anew is checked before anything refers to it. The plan is on disk before the first step and until
after the last; every step can be done again, so an erasure that was cut off is finished at the next start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event

from reflect.errors import GitFailed, ReflectError, SaveFailed
from reflect.records.telling import identity
from reflect.store.commits import Commit, commit_stream
from reflect.store.files import remove_durably, remove_empty_folders, write_durably
from reflect.store.indexing import Indexer, Progress
from reflect.store.lock import turn_of
from reflect.store.objects import blobs_at
from reflect.vault.cleaning import BACKUPS, STASH, clean, stashed
from reflect.vault.commits import current_branch, update_index
from reflect.vault.erased import path_of, text_of
from reflect.vault.erasure import Elsewhere, Erasure, Examiner, named, other_at
from reflect.vault.erasure_plan import Plan, read_plan, remove_plan, write_plan
from reflect.vault.proof import Proof, prove
from reflect.vault.rewriting import SCRATCH, Move, carry_out, forget_scratch, retargeted, rewrite, steps_of
from reflect.vault.traces import AllVersions
from reflect.vault.vault import Vault

# Another git may move a reference, or pack what is just being let go of; then it is done again.
TRIES = 4
# Seconds that a sync is waited for.
PATIENCE = 5.0
# What a bar counts to, and where in it history is read, built anew, packed and read once more.
WHOLE = 1_000
READ, BUILT, PACKED = 150, 450, 650


@dataclass(frozen=True)
class Erased:
    """What became of an erasure. `checked` objects were read, and `holding` of them hold something of it still.

    `messages` is how many words of other programs about a change do; `left` names files on this computer that
    do; `also` are records in which its sentences stand as well; `to_replace` the copies that still have it.
    """

    ids: list[str]
    was_in_history: bool
    states: int
    drafts: int
    checked: int
    holding: int
    messages: int
    left: list[str]
    also: list[Elsewhere]
    to_replace: list[str]


@dataclass(frozen=True)
class Eraser:
    """Erases what was looked at.

    `plan_path` is where the plan is while that goes on; `forget_past` lets go of what was read of the history.
    """

    examiner: Examiner
    indexer: Indexer
    plan_path: Path
    forget_past: Callable[[], None]
    # While it is, nobody has to finish anything.
    is_at_work: Event = field(default_factory=Event)

    @property
    def vault(self) -> Vault:
        """The vault."""
        return self.examiner.vault

    def look(self, reference: str, progress: Progress | None = None) -> Erasure:
        """Return what erasing a record means; raises NotFound, and ReflectError where it cannot be."""
        return self.examiner.look(reference, progress)

    def erase(self, erasure: Erasure, progress: Progress | None = None) -> Erased:
        """Erase a record and prove that nothing of it is left; it cannot be taken back.

        Raises ReflectError; what was begun then goes on at the next start.
        """
        with self._turn(), self.vault.lock.held(), self._at_work():
            write_plan(self.plan_path, erasure.plan)
            return self._carry_out(erasure.plan, erasure.traces.lines, progress)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Keep syncs away, which could send what goes, or bring it back; raises ReflectError while one is at work."""
        with ExitStack() as held:
            try:
                held.enter_context(turn_of(self.vault.git.git_dir).held(PATIENCE))
            except SaveFailed:
                raise ReflectError(
                    "Your journal is being synced right now, so nothing was erased.", "Wait until that is done."
                ) from None
            yield

    def finish(self, progress: Progress | None = None) -> Erased | None:
        """Finish an erasure that was cut off; None where there is none, or one is at work. Raises ReflectError."""
        if self.is_at_work.is_set():
            return None
        with self.vault.lock.held():
            plan = read_plan(self.plan_path)
            return self._carry_out(plan, frozenset(), progress) if plan else None

    @contextmanager
    def _at_work(self) -> Iterator[None]:
        self.is_at_work.set()
        try:
            yield
        finally:
            self.is_at_work.clear()

    def _carry_out(self, plan: Plan, lines: frozenset[bytes], progress: Progress | None) -> Erased:
        """Do every step; `lines` are those of the record where they are still known."""
        git = self.vault.git
        # Another program may have moved it since it was looked at.
        self.indexer.refresh_folders()
        plan = plan.with_present(self.examiner.paths_of(plan.ids))
        plan, found = self._out_of_history(plan, progress)
        self._out_of_files(plan)
        proof = Proof()
        for _ in range(TRIES):
            clean(git, plan.stashes or [])
            proof = prove(git, plan.sought, _part(progress, PACKED, WHOLE))
            if not any(each.kind in ("blob", "tree") for each in proof.holding):
                break
        drafts = self.examiner.leftovers.remove(plan.ids, plan.paths, plan.sought)
        self.indexer.refresh_files(plan.paths)
        self.examiner.leftovers.clean_catalog()
        left = self.examiner.leftovers.found_in(plan.names, lines | found)
        self.forget_past()
        remove_plan(self.plan_path)
        messages = sum(each.kind in ("commit", "tag") for each in proof.holding)
        return Erased(
            ids=plan.ids,
            was_in_history=bool(plan.marks),
            states=plan.states,
            drafts=drafts,
            checked=proof.checked,
            holding=len(proof.holding) - messages,
            messages=messages,
            left=[path for path in left if path != str(self.plan_path)],
            also=named(self.examiner.catalog, plan.also),
            to_replace=sorted(self.examiner.remotes.to_replace()),
        )

    def _out_of_history(self, plan: Plan, progress: Progress | None) -> tuple[Plan, frozenset[bytes]]:
        """Let every reference name a history without the record; returns the plan as it is now, and its lines."""
        git = self.vault.git
        is_other = other_at(self.vault.root, plan.present)
        for attempt in range(TRIES):
            forget_scratch(git)
            branch = current_branch(git)
            stash = stashed(git) if plan.stashes is None else plan.stashes
            steps = steps_of(git, [commit for commit, _ in stash])
            versions = AllVersions(git, steps, _part(progress, 0, READ))
            traces = versions.traces(versions.versions_of(plan.ids, plan.nameless, is_other), self._texts(plan))
            plan = plan.with_traces(traces)
            folder = self.plan_path.parent
            renamed = rewrite(git, steps, traces.drops, folder, _part(progress, READ, BUILT)) if traces.commits else {}
            plan = plan.with_stashes([(renamed.get(commit, commit), words) for commit, words in stash])
            # Before anything moves: what was found is no longer there to be found afterwards.
            write_plan(self.plan_path, plan)
            tip = self.vault.tip()
            new_tip = self._marked(renamed.get(tip, tip), plan)
            moves = [Move(branch, new_tip, tip)] if new_tip != tip else []
            moves += [each for each in self._moves(renamed) if each.ref not in (branch, STASH)]
            try:
                carry_out(git, moves)
                break
            except GitFailed:
                # Another git moved one of them meanwhile.
                if attempt == TRIES - 1:
                    raise
        forget_scratch(git)
        return plan, traces.lines

    def _moves(self, renamed: dict[str, str]) -> list[Move]:
        """Return how references move; the remotes that have what is erased are marked first."""
        git = self.vault.git
        holding: set[str] = set()
        for each in self.examiner.remotes.all():
            code, output = git.call("rev-parse", "-q", "--verify", each.ref, allowed=(0, 1))
            tip = output.decode().strip()
            if code == 0 and tip in renamed:
                self.examiner.remotes.mark_to_replace(each.name, tip)
                holding.add(each.ref)
        return retargeted(git, renamed, lambda ref: ref.startswith(BACKUPS) or ref in holding)

    def _marked(self, tip: str, plan: Plan) -> str:
        """Return a commit on top of this one that says what was erased, or the commit itself where it says so."""
        git = self.vault.git
        said = {path_of(each): text_of(each, plan.day) for each in plan.marks}
        if not said or git.identity is None or len(blobs_at(git, list(said), tip) or {}) == len(said):
            return tip
        commit = Commit(f"Erase {plan.marks[0][-8:].lower()}", git.identity, self.examiner.context.now(), [tip])
        stream = commit_stream(SCRATCH, commit, said)
        git.run("fast-import", "--quiet", "--force", "--done", "--date-format=raw", input=stream)
        return git.run("rev-parse", "--verify", SCRATCH).decode().strip()

    def _texts(self, plan: Plan) -> list[bytes]:
        return [data for data in map(partial(self._its, plan), plan.paths) if data is not None]

    def _out_of_files(self, plan: Plan) -> None:
        """Remove the record's files and folders left empty, and bring git's index in step."""
        root = self.vault.root
        for name in plan.paths:
            if self._its(plan, name) is not None:
                remove_durably(root / name)
            remove_empty_folders(root, (root / name).parent)
        marks = {path_of(each): text_of(each, plan.day) for each in plan.marks}
        for name, text in marks.items():
            if not (root / name).exists():
                write_durably(root / name, text)
        update_index(self.vault.git, [*plan.paths, *marks])

    def _its(self, plan: Plan, name: str) -> bytes | None:
        """Return the bytes of a file that is the record's, None where there is none or it is another's."""
        path = self.vault.root / name
        if path.is_symlink() or not path.is_file():
            return None
        data = path.read_bytes()
        # The other file of a record says what was let rest in it, and why.
        own = identity(data)[0] if path.suffix == ".md" else path.stem
        return data if own in plan.ids or (not own and name in plan.present) else None


def _part(progress: Progress | None, start: int, end: int) -> Progress | None:
    """Return what counts from one place of a bar to another."""
    if progress is None:
        return None
    return lambda done, total: progress(start + (end - start) * done // max(total, 1), WHOLE)
