"""What a name or an id means within a community: records there alone, and one's own by their shared copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reflect.community.shares import Copies
from reflect.errors import NotFound
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.paths import agenda_folder_of
from reflect.records.query import Filters
from reflect.records.record import AGENDA_FOLDER, Record, as_list
from reflect.records.resolving import CONFLICT_OF
from reflect.records.review.shareable import CARRIED_ID
from reflect.records.ulid import is_ulid
from reflect.records.yaml_block import Value
from reflect.vault.composing import record_id_of

if TYPE_CHECKING:
    from reflect.store.catalog import Catalog, Row


class Within:
    """Resolves names within communities.

    `find` turns a person's words into a record or raises NotFound; `copies` says what was shared from
    the vault, so that a private agenda stands for its shared copy; `address` gives the person's own in a community.
    """

    def __init__(
        self,
        catalog: Catalog,
        find: Callable[[str], Row],
        copies: Callable[[], Copies],
        address: Callable[[str], str],
    ) -> None:
        self._catalog = catalog
        self._find = find
        self._copies = copies
        self._address = address

    def rows(self, place: str, record_id: str) -> list[Row]:
        """Return the records of a community that have an id, one's own first; several only where someone took it."""
        found = [row for row in self._catalog.with_id_ending(record_id) if row.place == place and row.id == record_id]
        return sorted(found, key=lambda row: row.owner != self._address(place)) if len(found) > 1 else found

    def rows_at(self, place: str, paths: Sequence[str]) -> list[Row]:
        """Return the records at these paths of a community."""
        return [row for path in paths for row in self._catalog.at_path(path, place)]

    def agenda(self, place: str, reference: str) -> Row:
        """Return the agenda of a community that is meant; raises NotFound where it has no shared copy there."""
        named = self._agendas(reference)
        there = [row for row in named if row.place == place]
        own = [row for row in named if not row.place]
        copies = [
            copy for row in own for each in self._copies().ids_in(row.id, place) for copy in self.rows(place, each)
        ]
        if found := [*there, *copies]:
            return found[0]
        what = f"“{own[0].title}” has no shared copy" if own else f"There is no agenda “{reference}”"
        raise NotFound(f"{what} in {place}.", self._what_agendas(place))

    def value(self, place: str, kind: Kind, name: str, value: Value | None) -> Value | None:
        """Return a field's value as it is stored: what names a record becomes its id; raises NotFound."""
        if not value:
            return None
        if name == "agenda" and isinstance(value, str):
            return self.agenda(place, value).id
        spec = kind.field(name)
        if name != "links" and (spec is None or spec.type not in ("record", "records")):
            return value
        of = spec.of if spec else ()
        ids: list[Value] = [record_id_of(self._find, name, each, of) for each in as_list(value)]
        return ids[0] if spec and not spec.is_list else ids

    def translated(self, place: str, kind: Kind, document: Document) -> Document:
        """Return a text in which the ids of the vault's records are those of their copies in the community."""
        for name in ("agenda", "links", *(each.name for each in kind.fields if each.type in ("record", "records"))):
            value = document.values.get(name, "")
            if isinstance(value, str) and value:
                document = document.with_value(name, self._there(place, value))
            elif isinstance(value, list):
                document = document.with_value(name, [self._there(place, each) for each in as_list(value)])
        return document

    def strangers(self, place: str, before: Record | None, after: Record) -> list[str]:
        """Return what a record newly names in its fields that is not of its community, a sentence each."""
        fields = [name for name in after.fields if name not in (CONFLICT_OF, CARRIED_ID)]
        named = [after.agenda, *after.links, *(each for name in fields for each in after.list_of(name))]
        had = {before.agenda, before.id, *before.references()} if before else set()
        found = []
        for each in dict.fromkeys(each for each in named if is_ulid(each) and each not in had):
            if not self.rows(place, each):
                rows = [row for row in self._catalog.with_id_ending(each) if row.id == each]
                what = f"“{rows[0].title}”" if rows else f"a record {each[-6:].lower()}"
                found.append(f"It names {what}, which is not in {place}: share that first, or leave it out.")
        return found

    def copy_of(self, place: str, record_id: str) -> str:
        """Return the id of the copy that a record of the vault has in a community, `""` where it has none."""
        return next((each for each in self._copies().ids_in(record_id, place) if self.rows(place, each)), "")

    def agenda_folder(self, place: str, agenda_id: str) -> str:
        """Return the folder of an agenda of a community, `""` where there is none."""
        return next((agenda_folder_of(row.path) for row in self.rows(place, agenda_id) if row.kind == "agenda"), "")

    def agenda_folders(self, place: str) -> set[str]:
        """Return the names of the agenda folders that a community has."""
        paths = [ref.removeprefix(f"{place}:") for ref in self._catalog.refs(Filters(places=(place,)))]
        return {path.split("/")[1] for path in paths if path.startswith(f"{AGENDA_FOLDER}/")}

    def _there(self, place: str, record_id: str) -> str:
        if not is_ulid(record_id) or self.rows(place, record_id):
            return record_id
        return self.copy_of(place, record_id) or record_id

    def _agendas(self, reference: str) -> list[Row]:
        """Return the agendas of every place that an id, the end of one, a path, a folder or a title names."""
        rows = self._catalog.at_path(f"{AGENDA_FOLDER}/{reference.strip('/')}/agenda.md")
        rows = [*rows, *self._catalog.at_path(reference), *self._catalog.named(reference)]
        if 4 <= len(reference) <= 26:
            rows += self._catalog.with_id_ending(reference)
        return [row for row in rows if row.kind == "agenda" and row.id]

    def _what_agendas(self, place: str) -> str:
        rows = self._catalog.rows(Filters(kinds=("agenda",), places=(place,)), limit=5)
        there = "; ".join(f"{row.id[-6:].lower()} {row.title[:40]}" for row in rows)
        return (
            f"{'There is: ' + there if there else 'There is none yet'}. To share yours: reflect share ID --to {place}"
        )
