"""Behind the screens: the lists are kept in step with the files, whoever changed them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import Worker, WorkerState, get_current_worker

from reflect.tui.messages import ReadingOn, Refreshed
from reflect.tui.troubles import Stopped

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp

# Folder times are looked at this often; what another program writes is then seen within seconds.
LOOK_AGAIN = 5.0
GROUP = "refresh"


class Refresher:
    """Looks at the files in a worker of the app, which it tells with `ReadingOn` and `Refreshed`."""

    def __init__(self, app: ReflectApp) -> None:
        self._app = app
        self._is_at_work = False
        self._worker: Worker[None] | None = None
        # Whether all files were looked at once: until then an empty list says nothing.
        self.has_read = False
        # While many records are being changed, what they are is looked at when that is done.
        self.is_held = False

    def begin(self) -> None:
        """Look at every file now, and at the folders from now on."""
        self._start(full=True)
        self._app.set_interval(LOOK_AGAIN, self.look_again)

    def look_again(self) -> None:
        """Look whether folders changed, unless that is being done."""
        if self.has_read and not self._is_at_work and not self.is_held:
            self._start(full=False)

    def look_closely(self) -> None:
        """Look at every file again: what a screen shows is not what is there."""
        if self.has_read and not self._is_at_work and not self.is_held:
            self._start(full=True)

    def stop(self) -> bool:
        """Stop a long reading; what was read so far stays. Says whether there was one."""
        if self._worker is None or not self._is_at_work:
            return False
        self._worker.cancel()
        return True

    def ended(self, state: WorkerState) -> None:
        """Take note that the worker has ended."""
        if state in (WorkerState.SUCCESS, WorkerState.ERROR, WorkerState.CANCELLED):
            self._is_at_work = False
            self.has_read = self.has_read or state is not WorkerState.ERROR

    def _start(self, full: bool) -> None:
        self._is_at_work = True
        self._worker = self._app.run_worker(
            lambda: self._read(full), thread=True, exit_on_error=False, group=GROUP, name=GROUP
        )

    def _read(self, full: bool) -> None:
        worker, app = get_current_worker(), self._app

        def progress(done: int, total: int) -> None:
            if worker.is_cancelled:
                raise Stopped
            app.post_message(ReadingOn(done, total))

        workspace = app.workspace
        changes = workspace.refresh(full, progress)
        if full:
            # A save that was cut off before it was in history is found here.
            workspace.take_up()
        notices, workspace.notices[:] = list(workspace.notices), []
        app.post_message(Refreshed(bool(changes), notices, full))
        if full:
            workspace.upkeep()
