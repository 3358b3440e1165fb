"""An open vault, kept in step: what works on it, its catalog and its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from reflect.context import Context
from reflect.errors import GitFailed, NotFound, ReflectError
from reflect.store.kind_files import Kinds
from reflect.vault.commits import HistoryWaits
from reflect.vault.composing import Composer
from reflect.vault.saving import Saver
from reflect.vault.vault import Vault

if TYPE_CHECKING:
    # A command that only writes needs none of these, and waits for none of them.
    from reflect.community.communities import Communities
    from reflect.community.shares import Copies
    from reflect.community.states import States
    from reflect.insights.desk import Desk
    from reflect.insights.practice import Practice
    from reflect.insights.resting import Loops
    from reflect.records.community_file import Line
    from reflect.records.lenses import Framework
    from reflect.records.school import School
    from reflect.store.catalog import Catalog, Row
    from reflect.store.counts import Counts
    from reflect.store.database import Database
    from reflect.store.drafts import Drafts
    from reflect.store.finder import Finder
    from reflect.store.indexing import Changes, Indexer, Progress
    from reflect.store.lookup import Lookup
    from reflect.store.searches import Searches
    from reflect.store.state import LocalState
    from reflect.vault.batch import Batch
    from reflect.vault.erasing import Eraser
    from reflect.vault.following import Follower
    from reflect.vault.history import History
    from reflect.vault.outside import Outside
    from reflect.vault.past import Past
    from reflect.vault.remotes import Remotes
    from reflect.when import When

# A note in the catalog: some files could not be put into history yet.
LEFT_OVER = "left over"


class Parts:
    """An open vault and what works on it, each built when it is first used: most commands need few of them."""

    def __init__(self, context: Context, vault: Vault) -> None:
        self.context = context
        self.vault = vault
        self.kinds = Kinds(vault.root / ".reflect" / "kinds")
        self.places = context.places.of_vault(vault.marker.id, vault.root)
        self._community_kinds: dict[str, tuple[Mapping[str, str], Kinds]] = {}
        # What a person should be told that is no failure: history waits, a file was taken up.
        self.notices: list[str] = []
        # What git itself said when it failed, for those who ask for it.
        self.git_words: list[str] = []
        self._copies: tuple[int, Copies] | None = None

    @classmethod
    def open(cls, context: Context, root: Path) -> Self:
        """Open the vault in a folder; raises NoVault, ReflectError."""
        return cls(context, Vault.open(root))

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog; use `refresh` before you rely on it."""
        from reflect.store.catalog import Catalog

        return Catalog(self._database)

    @cached_property
    def counts(self) -> Counts:
        """Counting over many records at once."""
        from reflect.store.counts import Counts

        return Counts(self._database)

    @cached_property
    def lookup(self) -> Lookup:
        """From what a person typed to a record."""
        from reflect.store.lookup import Lookup

        return Lookup(
            self.catalog,
            self.indexer,
            self.vault.root,
            self._kind_folders,
            lambda: self.refresh(full=True),
            self.communities.record,
        )

    @cached_property
    def communities(self) -> Communities:
        """The communities that this person has joined."""
        from reflect.community.communities import Communities
        from reflect.records.shared_paths import is_shown

        return Communities(
            self.vault.root,
            self.places,
            lambda: self._database,
            lambda place: self.kinds_of(place).folders,
            is_shown,
        )

    def copies(self) -> Copies:
        """Return which records of communities are copies of records here, as it is written down now."""
        from reflect.community.shares import Copies, shares, stamp

        now = stamp(self.vault.root)
        if self._copies is None or self._copies[0] != now:
            self._copies = (now, Copies(shares(self.vault.root)))
        return self._copies[1]

    @cached_property
    def remotes(self) -> Remotes:
        """The copies of this journal elsewhere, for other devices and as a backup."""
        from reflect.vault.remotes import Remotes

        return Remotes(self.places.remotes, lambda: self.state)

    @cached_property
    def eraser(self) -> Eraser:
        """Erases records for good."""
        from reflect.vault.erasing import Eraser
        from reflect.vault.erasure import Examiner
        from reflect.vault.leftovers import Leftovers

        context = self.context
        leftovers = Leftovers(
            self.vault.root, self.places, self.drafts, self.state, self._database.scrub, self.indexer.rebuild
        )
        examiner = Examiner(
            self.vault,
            self.catalog,
            leftovers,
            self.remotes,
            self.past.own,
            lambda record_id: bool(self.copies().of(record_id)),
            context,
        )
        return Eraser(examiner, self.indexer, self.places.erasing, self._history.forget)

    @cached_property
    def follower(self) -> Follower:
        """Lets the files follow what came from another device."""
        from reflect.vault.following import Follower

        return Follower(self.vault, self.places.following, self.context.now)

    def kinds_of(self, place: str) -> Kinds:
        """Return the kinds of record that hold in a place: the vault's own for `""`.

        A community may have kinds of its own, which hold there only. Raises NotFound for a place that is none.
        """
        texts = self.communities.get(place).own_data.kinds if place else {}
        if not texts:
            return self.kinds
        # The texts of a state are the same object while the community stands at it.
        known = self._community_kinds.get(place)
        if known is None or known[0] is not texts:
            from reflect.community.own_kinds import CommunityKinds

            known = self._community_kinds[place] = (texts, CommunityKinds(texts, self.kinds))
        return known[1]

    def kinds_in(self, places: Iterable[str]) -> Mapping[str, Kinds]:
        """Return the kinds that hold in each of these places; in one that was left meanwhile, the vault's own."""
        found: dict[str, Kinds] = {}
        for place in set(places):
            try:
                found[place] = self.kinds_of(place)
            except NotFound:
                found[place] = self.kinds
        return found

    def frameworks_of(self, place: str) -> list[Framework]:
        """Return the frameworks whose lenses prompt in a place: the vault's own for `""`. Raises NotFound."""
        texts = self.communities.get(place).own_data.frameworks if place else {}
        if not texts:
            return self.frameworks
        from reflect.store.kind_files import frameworks

        return frameworks(texts, self.vault.root / ".reflect" / "frameworks")[0]

    @cached_property
    def indexer(self) -> Indexer:
        """Keeps the catalog in step with the files."""
        from reflect.store.indexing import Indexer

        return Indexer(self._database, self.vault.root, self._kind_folders)

    @cached_property
    def past(self) -> Past:
        """The earlier states of records."""
        from reflect.vault.past import Past

        def states_of(place: str) -> States:
            from reflect.community.states import States

            return States(self.communities.get(place).repository)

        return Past(self._history, self.lookup, self._kind_folders, states_of)

    @cached_property
    def _history(self) -> History:
        from reflect.vault.history import History

        return History(self.vault)

    @cached_property
    def finder(self) -> Finder:
        """Lists and searches."""
        from reflect.store.finder import Finder

        return Finder(
            self.catalog,
            self.lookup,
            self.kinds,
            lambda text: self.when(text).day,
            self.take_up,
            lambda record_id: self.copies().one_with(record_id),
        )

    @cached_property
    def loops(self) -> Loops:
        """What is open, and what was let rest."""
        from reflect.insights.resting import Loops

        return Loops(self.vault, self.state, self.desk, lambda: self.context.now().date())

    def desk(self) -> Desk:
        """Return what an evening at the desk is made of, as of this day."""
        from reflect.insights.desk import Desk

        def kinds_of(place: str) -> Kinds:
            return self.kinds_in([place])[place]

        return Desk(self.catalog, self.kinds, self.context.now().date(), self.copies(), self.school(), kinds_of)

    def school(self) -> School:
        """Return the school calendar: the person's own, else that of the first community, by name, that has one."""
        from reflect.records.school import school_of
        from reflect.settings import read_settings

        own = read_settings(self.context.places.settings)
        if own.terms or own.breaks:
            return own.school
        abouts = (each.about for each in self.communities.here())
        shared = next((about for about in abouts if about.terms), None)
        return school_of(shared.week_starts, shared.terms, shared.breaks) if shared else own.school

    def lines_of(self, place: str = "") -> Sequence[Line]:
        """Return the lines of difference of a community; in the vault those of the first, by name, that has some."""
        if place:
            return self.communities.get(place).about.lines
        abouts = (each.about for each in self.communities.here())
        return next((about.lines for about in abouts if about.lines), ())

    @cached_property
    def practice(self) -> Practice:
        """Journeys, chains, pilots, maps and the library."""
        from reflect.insights.practice import Practice

        return Practice(
            root=self.vault.root,
            catalog=lambda: self.catalog,
            desk=self.desk,
            kinds_of=self.kinds_of,
            communities=lambda: self.communities,
            copies=self.copies,
            state=lambda: self.state,
            today=lambda: self.context.now().date(),
        )

    @cached_property
    def drafts(self) -> Drafts:
        """The texts that were typed and not yet saved."""
        from reflect.store.drafts import Drafts

        return Drafts(self.places.drafts)

    @cached_property
    def _database(self) -> Database:
        from reflect.store.database import Database

        return Database(self.places.catalog)

    @cached_property
    def frameworks(self) -> list[Framework]:
        """The frameworks whose lenses prompt here."""
        from reflect.store.kind_files import frameworks

        return frameworks(self.vault.root / ".reflect" / "frameworks")[0]

    @cached_property
    def state(self) -> LocalState:
        """What is remembered on this computer only."""
        from reflect.store.state import LocalState

        return LocalState(self.places.local_state)

    @cached_property
    def searches(self) -> Searches:
        """What was searched for on this computer."""
        from reflect.store.searches import Searches

        return Searches(self.state)

    @cached_property
    def batch(self) -> Batch:
        """One change to many records."""
        from reflect.vault.batch import Batch

        return Batch(self.vault, self.indexer, self.saver, self.commit, self.take_up)

    @cached_property
    def composer(self) -> Composer:
        """From what a person gives to a record's text."""
        context = self.context
        return Composer(
            self.vault.root,
            lambda name: self.lookup.row(name),
            self._own_agenda,
            context.now,
            context.new_id,
        )

    def _own_agenda(self, name: str) -> Row:
        """Return the agenda that is meant, one's own where it was shared: there its private records lie."""
        row = self.finder.agenda(name)
        return next((each for each in self.finder.agendas_one_with(row) if not each.place), row)

    @cached_property
    def saver(self) -> Saver:
        """Puts texts into files."""
        return Saver(self.vault, self._kind_folders, self.context.new_id)

    def _kind_folders(self) -> Mapping[str, str]:
        return self.kinds.folders

    @property
    def lang(self) -> str:
        """The language new records are written in."""
        return self.vault.marker.lang

    @property
    def lang_written(self) -> str:
        """The language as new records say it: English goes without saying."""
        return "" if self.lang == "en" else self.lang

    def when(self, text: str, is_ahead: bool = False) -> When:
        """Return what a date or words for one mean, seen from now; `is_ahead` for a day to come."""
        from reflect.when import parse_when

        return parse_when(text, self.context.now(), is_ahead)

    # Keeping in step with the disk

    def refresh(self, full: bool = False, progress: Progress | None = None) -> Changes:
        """Bring the catalog in step with the files, and put into history what others changed.

        Without `full`, only what folders tell: a file edited in place is then seen when it is read.
        """
        from reflect.store.database import CatalogBusy
        from reflect.store.indexing import Changes

        self.finish_begun(progress)
        try:
            changes = self.indexer.refresh_all(progress) if full else self.indexer.refresh_folders(progress)
        except CatalogBusy:
            # Another process is filling it; what it knew so far can still be read.
            self.tell("Another reflect is reading your journal in; the newest changes may be missing here.")
            return Changes()
        self.communities.refresh(progress)
        was_left = bool(self.catalog.note(LEFT_OVER))
        if changes or was_left:
            self.take_up(None if was_left else changes.paths)
        return changes

    def finish_begun(self, progress: Progress | None = None) -> None:
        """Finish what is done in many steps and was cut off; what has to wait is said in `notices`."""
        if self.places.erasing.exists():
            self._finish_erasing(progress)
        if self.places.following.exists():
            self._finish_following()

    def _finish_following(self) -> None:
        try:
            if self.follower.finish():
                self.tell("A sync that was cut off is finished now.")
        except ReflectError as error:
            self.tell(f"A sync was cut off, and cannot be finished yet. {error}")

    def _finish_erasing(self, progress: Progress | None) -> None:
        from reflect.vault.erasure_words import what_was_done

        try:
            erased = self.eraser.finish(progress)
        except ReflectError as error:
            self.tell(f"An erasure was cut off, and cannot be finished yet. {error}")
            return
        if erased is not None:
            self.tell(" ".join(["An erasure that was cut off is finished now.", *what_was_done(erased)]))

    def take_up(self, paths: Sequence[str] | None = None) -> Outside:
        """Put into history what changed without us, among these files or in all; never fails for git's sake."""
        from reflect.vault.outside import Outside, uncommitted

        try:
            outside = uncommitted(self.vault, self.is_record, list(paths) if paths is not None else None)
            if outside.ours:
                count = len(outside.ours)
                self.vault.commit(outside.ours, f"Take up {count} changed file{'s' * (count > 1)}", self.context.now())
            if paths is None and self.catalog.note(LEFT_OVER):
                self.catalog.set_note(LEFT_OVER, "")
            return outside
        except (GitFailed, HistoryWaits) as error:
            self.say_waiting(error)
            # The catalog knows these files now, so the next look would find nothing to take up.
            self.catalog.set_note(LEFT_OVER, "yes")
            return Outside()

    def is_record(self, path: str) -> bool:
        """Say whether a file at this path is a record, or would be."""
        from reflect.store.scan import is_text

        in_folder = any(part in self.kinds.folders for part in path.split("/")[:-1])
        return is_text(path) and (in_folder or bool(self.catalog.at_path(path)))

    def reindex(self, progress: Progress | None = None) -> int:
        """Throw the catalog away, read everything again, and return how many records there are."""
        self.indexer.rebuild(progress)
        return self.catalog.count()

    def upkeep(self) -> bool:
        """Pack the history when many saves have left it loose; for idle time, says whether it did."""
        from reflect.vault.upkeep import pack_history

        return pack_history(self.vault.git)

    def commit(self, paths: Sequence[str], message: str) -> bool:
        """Put files into history; False when it has to wait, which is said in `notices`."""
        try:
            self.vault.commit(paths, message, self.context.now())
        except (GitFailed, HistoryWaits) as error:
            self.say_waiting(error)
            return False
        return True

    def say_waiting(self, error: ReflectError) -> None:
        """Keep for the person that history has to wait, and why."""
        self.tell(f"Not yet in history: {error}" if isinstance(error, GitFailed) else str(error))
        if isinstance(error, GitFailed) and error.detail:
            self.git_words.append(error.detail)

    def tell(self, notice: str) -> None:
        """Keep a sentence for the person, once."""
        if notice not in self.notices:
            self.notices.append(notice)
