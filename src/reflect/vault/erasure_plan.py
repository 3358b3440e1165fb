"""The plan of an erasure, on disk from before its first step until after its last, so that a kill only interrupts it.

It holds no text of the record, but for the names of its files: lines are digests under a key of this one plan.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Self

from reflect.errors import ReflectError
from reflect.paths import private_folder
from reflect.store.files import remove_durably, write_durably
from reflect.vault.proof import Sought
from reflect.vault.traces import Traces


@dataclass(frozen=True)
class Plan:
    """What is being erased: records by `ids`, those without one by `nameless` paths.

    `present` are the paths where they stand, `paths` those where they ever stood.
    `marks` are the ids under which it is written down that this was done; none for what history did not have.
    `stashes` is None until the new ones are known. `also` counts by path the sentences that stay elsewhere.
    """

    ids: list[str]
    nameless: list[str]
    present: list[str]
    paths: list[str]
    marks: list[str]
    day: str
    states: int
    key: str
    blobs: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    stashes: list[tuple[str, str]] | None = None
    also: dict[str, int] = field(default_factory=dict)

    @property
    def sought(self) -> Sought:
        """What must be in no object in the end."""
        return Sought(frozenset(self.blobs), frozenset(self.names), bytes.fromhex(self.key), frozenset(self.lines))

    def with_present(self, paths: Iterable[str]) -> Self:
        """Return the plan with more places where the records stand."""
        more = set(paths)
        return replace(self, present=sorted({*self.present, *more}), paths=sorted({*self.paths, *more}))

    def with_traces(self, traces: Traces) -> Self:
        """Return the plan with what history was found to hold."""
        sought = self.sought.with_also(traces.blobs, traces.names, traces.lines)
        paths = sorted({*self.paths, *(path for path, _ in traces.versions)})
        return replace(
            self,
            paths=paths,
            also=self.also | {path: max(count, self.also.get(path, 0)) for path, count in traces.also.items()},
            blobs=sorted(sought.blobs),
            names=sorted(sought.names),
            lines=sorted(sought.lines),
        )

    def with_stashes(self, stashes: Iterable[tuple[str, str]]) -> Self:
        """Return the plan with the stash that is to be kept."""
        return replace(self, stashes=list(stashes))


def read_plan(path: Path) -> Plan | None:
    """Return the plan that waits to be finished, None where there is none; raises ReflectError for a damaged one."""
    try:
        raw = json.loads(path.read_text("utf-8", "surrogateescape"))
        stashes = raw.pop("stashes")
        return Plan(**raw, stashes=None if stashes is None else [(commit, words) for commit, words in stashes])
    except FileNotFoundError:
        return None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ReflectError(
            f"An erasure was cut off, and what it had to do cannot be read any more ({path}).",
            "Move that file away, and erase the record again.",
        ) from error


def write_plan(path: Path, plan: Plan) -> None:
    """Put the plan on disk; raises SaveFailed."""
    private_folder(path.parent)
    write_durably(path, json.dumps(asdict(plan), ensure_ascii=True).encode())


def remove_plan(path: Path) -> None:
    """Remove the plan: it is done."""
    remove_durably(path)
