"""All communities of a person on this computer: found by name, read, and in step with the catalog."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from reflect.community.membership import Membership, memberships
from reflect.community.repository import REMOTE, Repository
from reflect.errors import NotFound, ReflectError
from reflect.paths import VaultPlaces
from reflect.records.addresses import parse_address, without_secrets
from reflect.records.record import Record, read_record
from reflect.store.key_files import key_files
from reflect.store.read_marks import ReadMarks

if TYPE_CHECKING:
    from reflect.community.differing import Differing
    from reflect.community.own_data import OwnData
    from reflect.records.community_file import About
    from reflect.store.catalog import Row
    from reflect.store.database import Database
    from reflect.store.indexing import Changes, Progress
    from reflect.store.tree_indexing import TreeIndexer


@dataclass(frozen=True)
class Community:
    """One community: who the person is there, and what of it is on this computer."""

    membership: Membership
    repository: Repository
    marks: ReadMarks

    @property
    def name(self) -> str:
        """What it is called here."""
        return self.membership.name

    @property
    def is_here(self) -> bool:
        """Whether it has been fetched to this computer; another device may have joined it."""
        return self.repository.exists

    @property
    def shown_url(self) -> str:
        """Its address as people write it."""
        try:
            return parse_address(self.membership.url, is_typed=True).shown
        except ReflectError:
            return without_secrets(self.membership.url)

    @property
    def about(self) -> About:
        """What it says of itself; the defaults where it says nothing, or is not on this computer."""
        return self.own_data.about

    @property
    def own_data(self) -> OwnData:
        """What it brings along of its own, as it is shown now."""
        from reflect.community.own_data import own_data

        return own_data(self.repository)

    def unsent(self) -> Differing:
        """Return the records that others have not seen as they are here, none where it is not on this computer."""
        from reflect.community.differing import unsent

        tip = self.repository.tip() if self.is_here else ""
        return unsent(self.repository.git, tip, self.repository.tip(REMOTE) if tip else "")


class Communities:
    """The communities of one vault.

    `database` opens the catalog, `folders` gives the folder of each kind in a place, `is_shown` says
    which paths of strangers may be shown.
    """

    def __init__(
        self,
        root: Path,
        places: VaultPlaces,
        database: Callable[[], Database],
        folders: Callable[[str], Mapping[str, str]],
        is_shown: Callable[[str], bool],
    ) -> None:
        self._root = root
        self._places = places
        self._open_database = database
        self._folders = folders
        self._is_shown = is_shown

    def all(self) -> list[Community]:
        """Return every community that this person has joined, by name, also those not yet on this computer."""
        return [self.of(each) for each in memberships(self._root)]

    def here(self) -> list[Community]:
        """Return the communities that are on this computer."""
        return [each for each in self.all() if each.is_here]

    def get(self, name: str) -> Community:
        """Return a community by its name; raises NotFound with those that there are."""
        known = {each.name: each for each in self.all()}
        if name not in known:
            hint = f"There is: {', '.join(sorted(known))}." if known else "To join one: reflect community join URL"
            raise NotFound(f"There is no community called “{name}” here.", hint)
        return known[name]

    def of(self, membership: Membership) -> Community:
        """Return the community of a membership."""
        path = self._places.communities / f"{membership.name}.git"
        marks = ReadMarks(self._places.read_marks / membership.name)
        repository = Repository(path, membership.identity, lambda text: self._signed(membership.name, path, text))
        return Community(membership, repository, marks)

    def _signed(self, name: str, path: Path, text: bytes) -> bytes:
        """Return a commit's text with the person's signature, where the community lists a key of theirs."""
        from reflect.community.signatures import signed

        return signed(path, text, key_files(self._places.keys, name))

    def record(self, row: Row) -> Record:
        """Return a community's record as it is now; raises NotFound when it was withdrawn."""
        return self.record_at(row.place, row.path)

    def record_at(self, place: str, path: str, rev: str = "") -> Record:
        """Return the record at a path of a community, now or at a state; raises NotFound."""
        repository = self.get(place).repository
        data = repository.text_at(path, rev) if rev else repository.text_at(path)
        return read_record(data, path, self._folders(place), place)

    def refresh(self, progress: Progress | None = None) -> dict[str, Changes]:
        """Bring the catalog in step with every community, and return what changed in each."""
        from reflect.store.tree_indexing import forget_place, places_known

        here = self.here()
        for name in places_known(self._database) - {each.name for each in here}:
            forget_place(self._database, name)
        changes = {each.name: self.bring_in_step(each, progress) for each in here}
        return {name: found for name, found in changes.items() if found}

    def bring_in_step(self, community: Community, progress: Progress | None = None) -> Changes:
        """Bring the catalog in step with one community, and return what changed."""
        return self.indexer(community).refresh(community.repository.tip(), progress)

    def mark_read(self, rows: Iterable[Row], is_read: bool = True) -> None:
        """Remember that these records were read as they are now, or that they were not."""
        by_place: dict[str, dict[str, str]] = {}
        for row in rows:
            if row.place and bool(row.unread) == is_read:
                by_place.setdefault(row.place, {})[row.id or row.path] = row.blob if is_read else ""
        for name, marks in by_place.items():
            self.indexer(self.get(name)).mark(marks)

    def indexer(self, community: Community) -> TreeIndexer:
        """Return what keeps the rows of a community in step."""
        from reflect.store.tree_indexing import TreeIndexer

        name = community.name
        return TreeIndexer(
            self._database,
            name,
            community.repository.git,
            community.membership.address,
            community.marks,
            lambda: self._folders(name),
            self._is_shown,
        )

    @cached_property
    def _database(self) -> Database:
        return self._open_database()
