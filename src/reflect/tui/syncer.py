"""Behind the screens: communities are kept in step with their shared places, when asked, at start, or by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerState, get_current_worker

from reflect.tui.messages import ReadingOn, Synced

if TYPE_CHECKING:
    from reflect.community.outcome import Outcome
    from reflect.tui.app import ReflectApp

GROUP = "sync"
WORD = "syncing"


class Syncer:
    """Syncs in a worker of the app, which it tells with `ReadingOn` and `Synced`."""

    def __init__(self, app: ReflectApp) -> None:
        self._app = app
        self._worker: Worker[None] | None = None
        # What the last sync said of each place where something stands in the way, by its name.
        self.troubles: dict[str, str] = {}

    @property
    def is_at_work(self) -> bool:
        """Whether a sync is going on."""
        return self._worker is not None and not self._worker.is_finished

    def begin(self, is_asked: bool) -> None:
        """Sync everything now; one that nobody asked for is silent when there is nothing to tell."""
        if not self.is_at_work:
            self._worker = self._app.run_worker(
                lambda: self._sync(is_asked), thread=True, exit_on_error=False, group=GROUP, name=GROUP
            )

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

    def _sync(self, is_asked: bool) -> None:
        worker, app = get_current_worker(), self._app

        def going(done: int, total: int) -> bool:
            app.post_message(ReadingOn(done, total, WORD))
            return not worker.is_cancelled

        app.post_message(Synced(app.workspace.sync(going=going), is_asked))


def told(outcomes: list[Outcome]) -> str:
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
        return f"{outcome.question.words} Nothing changed here; enter decides."
    return f"{outcome.error} {outcome.hint}".strip()
