"""Behind the screens: all places are kept in step with the ones elsewhere, when asked, at start, or by the clock."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerState, get_current_worker

from reflect.community.outcome import Outcome
from reflect.errors import ReflectError
from reflect.tui.messages import ReadingOn, Synced

if TYPE_CHECKING:
    from textual.screen import Screen

    from reflect.tui.app import ReflectApp

GROUP = "sync"
WORD = "syncing"
# Seconds: one that nobody asked for shows itself when it takes longer than this.
UNSEEN = 2.0


class Syncer:
    """Syncs in a worker of the app, one at a time, which it tells with `ReadingOn` and `Synced`."""

    def __init__(self, app: ReflectApp) -> None:
        self._app = app
        self._worker: Worker[None] | None = None
        # Where the person was who asked; a question is asked there, and nowhere else.
        self._asked_on: Screen[object] | None = None
        self._has_begun = False
        # What became of each place when it was last synced, by its name, and when that was.
        self.outcomes: dict[str, Outcome] = {}
        self.at: dt.datetime | None = None

    @property
    def is_at_work(self) -> bool:
        """Whether a sync is going on."""
        return self._worker is not None and not self._worker.is_finished

    @property
    def troubles(self) -> dict[str, str]:
        """What the last sync said of each place where something stands in the way, by its name."""
        return {name: trouble for name, each in self.outcomes.items() if (trouble := trouble_of(each))}

    @property
    def word(self) -> str:
        """The quiet word for a last sync that did not reach everything, `""` where all is well."""
        if any(each.question for each in self.outcomes.values()):
            return "to decide"
        return "not synced" if self.troubles else ""

    def begin(self, is_asked: bool, names: Sequence[str] = (), take: str = "") -> None:
        """Sync these places, or all, unless that is being done; one that nobody asked for is quiet.

        `take`, `theirs` or `mine`, answers the question of the one place that is named.
        """
        if not self.is_at_work:
            self._asked_on = self._app.screen if is_asked else None
            self._worker = self._app.run_worker(
                lambda: self._sync(is_asked, names, take), thread=True, exit_on_error=False, group=GROUP, name=GROUP
            )

    def begin_by_itself(self) -> None:
        """Sync for the first time, and by the clock from now on, as far as the settings want it."""
        if self._has_begun:
            return
        self._has_begun = True
        settings = self._app.settings
        if settings.sync_at_start == "yes":
            self.begin(is_asked=False)
        if settings.sync_every != "no":
            self._app.set_interval(60 * int(settings.sync_every), lambda: self.begin(is_asked=False))

    def forget(self, name: str) -> None:
        """Let go of what was said of a place that one has left."""
        self.outcomes.pop(name, None)

    def stop(self) -> bool:
        """Stop a sync; what was received so far stays. Says whether there was one."""
        if self._worker is None or not self.is_at_work:
            return False
        self._worker.cancel()
        return True

    def ended(self, state: WorkerState) -> None:
        """Take note that the worker has ended."""
        if state in (WorkerState.ERROR, WorkerState.CANCELLED):
            self._worker = None

    def take(self, event: Synced) -> None:
        """Keep what a sync did, and say of it what a person wants to hear now."""
        before = self.troubles
        self.outcomes = {**({} if event.is_whole else self.outcomes), **{each.name: each for each in event.outcomes}}
        self.at = self._app.now()
        if event.is_asked or self.troubles != before or any(_has_changed(each) for each in event.outcomes):
            self._app.changed()
        if event.is_asked:
            self._answer(event.outcomes)
        else:
            # What failed is a quiet word; whoever wants to know why finds it with a key.
            says = self._told([each for each in event.outcomes if each.received])
            if says:
                self._app.tell(says, is_shared=True)

    def _told(self, outcomes: Sequence[Outcome]) -> str:
        """Return what a sync did, and the key that takes back what of it is in the journal now."""
        says = told(outcomes)
        if any(each.is_own and each.received for each in outcomes):
            return f"{says} {self._app.key_of('everywhere.undo')} takes back what came into your journal."
        return says

    def _answer(self, outcomes: list[Outcome]) -> None:
        from reflect.tui.deciding import ask

        asked_on, self._asked_on = self._asked_on, None
        questions = [each for each in outcomes if each.question is not None]
        others = [each for each in outcomes if each.question is None]
        first = questions[0] if questions else None
        if first is not None and first.question is not None and asked_on is self._app.screen:
            ask(self._app, first.name, first.question, first.unsent)
        else:
            others = outcomes
        says = self._told(others)
        if says:
            more = f" {self._app.key_of('everywhere.report')} tells all." if any(map(_has_more, others)) else ""
            self._app.tell(says + more, "warning" if any(map(trouble_of, others)) else "information", is_shared=True)
        elif not questions:
            self._app.tell(
                "Nothing new." if outcomes else "There is nothing to sync yet: 4 leads to a first community."
            )

    def _sync(self, is_asked: bool, names: Sequence[str], take: str) -> None:
        worker, app, began = get_current_worker(), self._app, time.monotonic()

        def going(done: int, total: int) -> bool:
            if is_asked or time.monotonic() - began > UNSEEN:
                app.post_message(ReadingOn(done, total, WORD))
            return not worker.is_cancelled

        try:
            if not is_asked and not app.workspace.rounds.names():
                return
            outcomes = app.workspace.sync(names, take=take, going=going)
        except ReflectError as error:
            if is_asked:
                raise
            outcomes = [Outcome("Sync", error=error.message, hint=error.hint)]
        app.post_message(Synced(outcomes, is_asked, is_whole=not names))


def told(outcomes: Sequence[Outcome]) -> str:
    """Return what a sync did, in a sentence or two: what came, what went, what waits."""
    parts = []
    for each in outcomes:
        says = []
        if each.received:
            says.append(f"{each.received:,} changed here" if each.is_own else f"{each.received:,} came")
        if each.sent:
            says.append(f"{each.sent:,} sent")
        if each.conflicts:
            says.append(f"{len(each.conflicts):,} in two versions")
        words = trouble_of(each) or (", ".join(says) + "." if says else "")
        if words:
            parts.append(f"{each.name}: {words}")
    return " ".join(parts)


def trouble_of(outcome: Outcome) -> str:
    """Return what stands in the way of a place, `""` where nothing does."""
    if outcome.question is not None:
        return f"{outcome.question.words} Nothing changed here; 4 leads to the decision."
    return f"{outcome.error} {outcome.hint}".strip()


def _has_changed(outcome: Outcome) -> bool:
    return bool(outcome.received or outcome.sent or outcome.conflicts or outcome.withdrawn or outcome.is_new)


def _has_more(outcome: Outcome) -> bool:
    """Say whether the report tells what no toast has room for."""
    return bool(outcome.error or outcome.conflicts or outcome.withdrawn or outcome.not_shown or outcome.came)
