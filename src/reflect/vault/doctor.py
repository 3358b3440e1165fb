"""All checks of a vault in a sensible order, and their mending."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reflect.store.catalog import Catalog
from reflect.store.indexing import Indexer, Progress
from reflect.store.kind_files import Kinds
from reflect.vault import checkup
from reflect.vault.checkup import Check
from reflect.vault.outside import Outside
from reflect.vault.vault import Vault


@dataclass(frozen=True)
class Doctor:
    """What an examination needs; `take_up` commits what changed, `keep` makes a draft of a text."""

    vault: Vault
    catalog: Catalog
    indexer: Indexer
    kinds: Kinds
    is_sound: Callable[[], bool]
    take_up: Callable[[], Outside]
    keep: Callable[[str], object]
    new_id: Callable[[], str]

    def examine(self, fix: bool, progress: Progress | None = None) -> list[Check]:
        """Look everything over and mend what is safe to mend; returns what was found."""
        vault = self.vault
        with vault.lock.held():
            checks = [checkup.check_place(vault), checkup.check_locks(vault, fix)]
            checks.append(self._check_index(fix, progress))
            ids, changed = checkup.check_ids(vault, self.catalog, fix, self.new_id)
            unfinished = checkup.check_unfinished(vault, fix, self.keep)
            self.indexer.refresh_files(changed)
            outside = self.take_up()
            checks += [
                checkup.check_branch(vault),
                checkup.check_git(vault),
                checkup.check_index(vault, self._is_record, fix),
                checkup.check_readable(self.catalog),
                ids,
                checkup.check_fields(self.catalog, self.kinds.find),
                self._check_kinds(),
                checkup.check_links(self.catalog),
                unfinished,
                checkup.check_left_alone(vault, outside.left_alone, self.kinds.folders),
            ]
        return checks

    def _check_index(self, fix: bool, progress: Progress | None) -> Check:
        """Is the catalog whole? It is brought in step here, because the other checks read it."""
        if not self.is_sound():
            self.indexer.rebuild(progress)
            return Check("search index", True, "It was damaged, and was made anew from your records.")
        changes = self.indexer.refresh_all(progress)
        detail = f"It knows {self.catalog.count()} records"
        return Check("search index", True, f"{detail}; {len(changes.paths)} had changed." if changes else f"{detail}.")

    def _check_kinds(self) -> Check:
        self.kinds.all()
        if not self.kinds.problems:
            return Check("kinds", True, "Every kind of record is well described.")
        return Check("kinds", False, " ".join(self.kinds.problems), "Mend the file, or remove it.")

    def _is_record(self, path: str) -> bool:
        return any(part in self.kinds.folders for part in path.split("/")[:-1])
