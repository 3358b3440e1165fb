"""Where failures become sentences: a worker that raised tells it here, and nowhere else."""

from __future__ import annotations

from textual.worker import Worker, WorkerState

from reflect.errors import ReflectError


class Stopped(Exception):
    """Long work was told to stop."""


def sentence_of(error: BaseException) -> str:
    """Return what a person reads of a failure."""
    if isinstance(error, ReflectError):
        # What the command line offers as the next step is of no help here.
        return error.message if error.hint.startswith("See: reflect") else str(error)
    if isinstance(error, OSError) and error.strerror:
        where = f" ({error.filename})" if error.filename else ""
        return f"That did not work: {error.strerror}{where}. Your texts are safe; try again."
    return f"That did not work ({type(error).__name__}: {error}). Your texts are safe; try again."


def failure_of(event: Worker.StateChanged) -> BaseException | None:
    """Return what a worker failed with, None when it did not fail."""
    if event.state is not WorkerState.ERROR or isinstance(event.worker.error, Stopped):
        return None
    return event.worker.error
