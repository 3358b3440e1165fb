"""Looking at what erasing a record means, before anything is changed: what goes, what stays, and why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from reflect.context import Context
from reflect.errors import NotFound, ReflectError
from reflect.records.moments import written
from reflect.records.query import Filters
from reflect.records.record import Record, encoded
from reflect.records.telling import identity
from reflect.store.catalog import Catalog, Row
from reflect.store.drafts import Draft
from reflect.store.indexing import Progress
from reflect.store.scan import is_attachment
from reflect.vault.cleaning import refuse_unfit, stashed
from reflect.vault.commits import HistoryWaits, current_branch
from reflect.vault.erased import is_erased
from reflect.vault.erasure_plan import Plan
from reflect.vault.leftovers import Leftovers
from reflect.vault.remotes import Remotes
from reflect.vault.rewriting import steps_of
from reflect.vault.synced import synced_folder
from reflect.vault.traces import AllVersions, Traces
from reflect.vault.vault import Vault


@dataclass(frozen=True)
class Elsewhere:
    """Where sentences of a record stand as well, and stay: in the record at `path`, or in an earlier state of it."""

    path: str
    title: str
    sentences: int


@dataclass(frozen=True)
class Erasure:
    """What erasing a record means.

    `second` are its second versions, which go too; `states` is in how many states of the history it changed.
    `also` are records in which its sentences stand as well; `linked` lead to it, `in_agenda` have it for their
    agenda, `pictures` are named in it: all these stay. `holders` are those elsewhere that still have it.
    """

    record: Record
    second: list[Row]
    states: int
    drafts: list[Draft]
    also: list[Elsewhere]
    linked: list[Row]
    in_agenda: int
    pictures: list[str]
    holders: list[str]
    plan: Plan
    traces: Traces = field(repr=False)


@dataclass(frozen=True)
class Examiner:
    """Looks at what erasing means; `find` gives a record by what a person typed, also a deleted one.

    `is_shared` says of an id whether a copy stands in a community.
    """

    vault: Vault
    catalog: Catalog
    leftovers: Leftovers
    remotes: Remotes
    find: Callable[[str], Record]
    is_shared: Callable[[str], bool]
    context: Context

    def look(self, reference: str, progress: Progress | None = None) -> Erasure:
        """Return what erasing a record means; raises NotFound, and ReflectError where it cannot be."""
        record = self._found(reference)
        data = encoded(record.text)
        own = record.id if record.has_id else identity(data)[0]
        self._refuse(record, own)
        git = self.vault.git
        steps = steps_of(git, [commit for commit, _ in stashed(git)], progress)
        versions = AllVersions(git, steps, progress)
        # A record whose id was lost is known by the ids that its file had.
        ids = {own} if own else {each for each in versions.ids_at(record.path) if not self._rows(each)}
        second = self._second_versions(versions, ids)
        present = {record.path} | self.paths_of(ids)
        texts = [data, *(path.read_bytes() for each in present if (path := self.vault.root / each).is_file())]
        nameless = [] if own else [record.path]
        traces = versions.traces(
            versions.versions_of(ids, nameless, other_at(self.vault.root, present)), texts, progress
        )
        drafts = self.leftovers.drafts_of(ids, present)
        plan = Plan(
            ids=sorted(ids),
            nameless=nameless,
            present=sorted(present),
            paths=sorted(present),
            marks=(sorted(ids) or [self.context.new_id()]) if traces.commits else [],
            day=written(self.context.now())[:10],
            states=traces.commits,
            key=self.context.randomness(16).hex(),
        ).with_traces(traces)
        return Erasure(
            record=record,
            second=second,
            states=traces.commits,
            drafts=drafts,
            also=named(self.catalog, traces.also),
            linked=self._linked(record, ids),
            in_agenda=self._in_agenda(record),
            pictures=_pictures(self.vault.root, record),
            holders=self._holders(),
            plan=plan,
            traces=traces,
        )

    def paths_of(self, ids: Iterable[str]) -> set[str]:
        """Return the paths of the vault where these records stand now."""
        return {row.path for each in ids for row in self._rows(each)}

    def _found(self, reference: str) -> Record:
        try:
            return self.find(reference)
        except NotFound:
            if is_erased(self.vault.root, reference):
                raise NotFound(f"“{reference}” was erased already.", "Nothing of it is here any more.") from None
            raise

    def _refuse(self, record: Record, own: str) -> None:
        refuse_unfit(self.vault.git)
        if self.leftovers.places.following.exists():
            raise ReflectError(
                "A sync was cut off and is not finished yet, so nothing can be erased now.",
                "To finish it: reflect sync",
            )
        try:
            current_branch(self.vault.git)
        except HistoryWaits as error:
            why = error.message.removeprefix("Saved. History waits, because ")
            raise ReflectError(f"Nothing can be erased now, because {why}", error.hint) from None
        if own and self.is_shared(own):
            raise ReflectError(
                f"“{record.title}” was shared, and its copy would stay in the community.",
                f"Take it back there first: reflect withdraw {own[-6:].lower()}",
            )
        if len(self._rows(own)) > 1:
            raise ReflectError(
                f"Two files have the id of “{record.title}”, so it cannot be told which is meant.",
                "Give each its own with: reflect doctor --fix",
            )

    def _rows(self, record_id: str) -> list[Row]:
        found = self.catalog.with_id_ending(record_id) if record_id else []
        return [row for row in found if not row.place]

    def _second_versions(self, versions: AllVersions, ids: set[str]) -> list[Row]:
        """Add to `ids` those of second versions that are no record of their own by now; returns those that are here."""
        here: list[Row] = []
        while True:
            found = {each for each in versions.siblings(ids) if self._is_second(each, ids)}
            found |= {row.id for each in ids for row in self._naming(each) if row.id and row.id not in ids}
            if not found:
                return here
            here += [row for each in sorted(found) for row in self._rows(each)]
            ids |= found

    def _is_second(self, record_id: str, ids: set[str]) -> bool:
        rows = self._rows(record_id)
        return not rows or any(row.text_of("conflict_of") in ids for row in rows)

    def _naming(self, record_id: str) -> list[Row]:
        rows = self._rows(record_id)
        linking = [row for each in rows for row in self.catalog.linking_to(each)]
        return [row for row in linking if not row.place and row.text_of("conflict_of") == record_id]

    def _in_agenda(self, record: Record) -> int:
        if record.kind != "agenda" or not record.has_id:
            return 0
        folder = record.path.rpartition("/")[0]
        wanted = Filters(agendas=(record.id,), agenda_folders=(folder,) * bool(folder), places=("",))
        return self.catalog.count(wanted) - bool(self.catalog.at_path(record.path, ""))

    def _linked(self, record: Record, ids: set[str]) -> list[Row]:
        rows = self.catalog.at_path(record.path, "")
        return [row for each in rows for row in self.catalog.linking_to(each) if not row.place and row.id not in ids]

    def _holders(self) -> list[str]:
        """Return who else has the record, as far as it is known here."""
        found = [f"the copy of your journal called {each.name}" for each in self.remotes.all()]
        output = self.vault.git.run("for-each-ref", "--format=%(refname)", "refs/remotes/").decode("utf-8", "replace")
        others = {line.split("/")[2] for line in output.splitlines() if line.count("/") > 2}
        found += [f"the place that git calls {name}" for name in sorted(others)]
        service = synced_folder(self.vault.root)
        return found + ([f"{service}, which keeps earlier versions of this folder"] if service else [])


def other_at(root: Path, present: Collection[str]) -> Callable[[str], bool]:
    """Return what says whether at a path stands another file without an id; `present` are those of the record."""

    def is_other(path: str) -> bool:
        file = root / path
        return path not in present and file.is_file() and not identity(file.read_bytes())[0]

    return is_other


def named(catalog: Catalog, also: dict[str, int]) -> list[Elsewhere]:
    """Return the records at these paths with how many sentences of another they have, most first."""
    found = []
    for path, count in also.items():
        rows = catalog.at_path(path, "")
        found.append(Elsewhere(path, rows[0].title if rows else path, count))
    return sorted(found, key=lambda each: (-each.sentences, each.title))


def _pictures(root: Path, record: Record) -> list[str]:
    folder = (root / record.path).parent
    names = [path.name for path in folder.iterdir()] if folder.is_dir() else []
    return sorted(name for name in names if is_attachment(name) and name in record.text)
