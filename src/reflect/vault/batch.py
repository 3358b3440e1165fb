"""One change to many records: each is written by itself, all come into history together, and there is a way back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from reflect.errors import ReflectError
from reflect.records.compose import with_tags
from reflect.store.files import remove_durably, write_durably
from reflect.store.indexing import Indexer
from reflect.store.objects import agrees, blobs_at, read_blobs
from reflect.vault.saving import Saver
from reflect.vault.vault import Vault

# The lists show what is done so far after so many; their texts are in memory when they go into history.
STEP = 100
IN_ONE_COMMIT = 5_000
NOT_SAFE = "its last text is not in history yet, so nothing could bring it back"

# Told how many are done of how many; says whether to go on.
Going = Callable[[int, int], bool]
# Changes one record, by its path, its bytes and what history has of it; returns the files that it wrote.
Change = Callable[[str, bytes, str | None], list[str]]


@dataclass(frozen=True)
class Outcome:
    """What became of many records. `before` and `after` are the states of history around the change.

    `refused` are paths with the reason, `left` is how many were not come to because it was stopped.
    """

    words: str
    paths: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    left: int = 0
    before: str = ""
    after: str = ""

    @property
    def can_be_undone(self) -> bool:
        """Whether history has both states."""
        return bool(self.paths and self.before and self.after != self.before)


class Batch:
    """Changes many records; `commit` and `take_up` put files into history, what they cannot do they tell themselves."""

    def __init__(
        self,
        vault: Vault,
        indexer: Indexer,
        saver: Saver,
        commit: Callable[[Sequence[str], str], bool],
        take_up: Callable[[Sequence[str]], object],
    ) -> None:
        self._vault = vault
        self._indexer = indexer
        self._saver = saver
        self._commit = commit
        self._take_up = take_up

    def tag(self, paths: Sequence[str], add: Sequence[str], remove: Sequence[str], going: Going) -> Outcome:
        """Add tags to records and remove others; one that has them so already is not written."""

        def change(path: str, data: bytes, _: str | None) -> list[str]:
            text = data.decode("utf-8", "surrogateescape")
            changed = with_tags(text, add, remove)
            return self._saver.save(path, changed, text).paths if changed != text else []

        return self._run("Tag", paths, change, going)

    def delete(self, paths: Sequence[str], going: Going) -> Outcome:
        """Remove records; one whose text history does not have stays."""

        def change(path: str, data: bytes, blob: str | None) -> list[str]:
            with self._vault.lock.held():
                if not agrees(data, blob) or self._present(path) != data:
                    raise ReflectError(NOT_SAFE)
                remove_durably(self._vault.root / path)
            return [path]

        return self._run("Delete", paths, change, going)

    def take_back(self, outcome: Outcome, going: Going) -> Outcome:
        """Put records back to what they were before; one that has changed since stays as it is."""
        git = self._vault.git
        before = blobs_at(git, outcome.paths, outcome.before) or {}
        after = blobs_at(git, outcome.paths, outcome.after) or {}
        texts: dict[str, bytes] = {}

        def put_back(path: str) -> list[str]:
            with self._vault.lock.held():
                if not agrees(self._present(path), after.get(path)):
                    raise ReflectError("it has changed since")
                write_durably(self._vault.root / path, texts[before[path]])
            return [path]

        total = _Outcomes(f"Undo: {outcome.words}", self._vault.tip())
        for chunk in _chunks([path for path in outcome.paths if path in before]):
            texts = read_blobs(git, [before[path] for path in chunk])
            for path in chunk:
                total.attempt(path, partial(put_back, path))
            self._indexer.refresh_files(chunk)
            going(len(total.paths), len(outcome.paths))
        return self._finish(total, 0)

    def _run(self, verb: str, paths: Sequence[str], change: Change, going: Going) -> Outcome:
        # History has to know what a file was, also what another editor wrote, or there is no way back to it.
        self._take_up(paths)
        known = blobs_at(self._vault.git, paths) or {}
        total = _Outcomes(verb, self._vault.tip())
        done = 0
        try:
            for chunk in _chunks(paths):
                for path in chunk:
                    if not going(done, len(paths)):
                        return self._finish(total, len(paths) - done)
                    total.attempt(path, partial(self._changed, path, known.get(path), change))
                    done += 1
                self._indexer.refresh_files(chunk)
        except BaseException:
            # Whatever it was, what is written belongs into history.
            self._finish(total, len(paths) - done)
            raise
        going(done, len(paths))
        return self._finish(total, 0)

    def _changed(self, path: str, blob: str | None, change: Change) -> list[str]:
        data = self._present(path)
        if data is None:
            raise ReflectError("it is no longer there")
        return change(path, data, blob)

    def _finish(self, total: _Outcomes, left: int) -> Outcome:
        self._indexer.refresh_files(total.paths[-STEP:])
        count = len(total.paths)
        words = f"{total.verb} {count:,} record{'s' * (count != 1)}"
        for start in range(0, count, IN_ONE_COMMIT):
            if not self._commit(total.paths[start : start + IN_ONE_COMMIT], words):
                return Outcome(words, total.paths, total.refused, left)
        return Outcome(words, total.paths, total.refused, left, total.before, self._vault.tip())

    def _present(self, path: str) -> bytes | None:
        try:
            return (self._vault.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return None


class _Outcomes:
    """What has become of the records so far."""

    def __init__(self, verb: str, before: str) -> None:
        self.verb = verb
        self.before = before
        self.paths: list[str] = []
        self.refused: list[tuple[str, str]] = []

    def attempt(self, path: str, change: Callable[[], list[str]]) -> None:
        """Change one record; what cannot be changed is noted, and the next one is looked at."""
        try:
            self.paths += change()
        except ReflectError as error:
            self.refused.append((path, error.message))
        except OSError as error:
            self.refused.append((path, error.strerror or str(error)))


def _chunks(paths: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(paths)
    while chunk := list(islice(rest, STEP)):
        yield chunk
