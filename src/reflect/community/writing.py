"""Writing straight into a community: composed, checked, looked through for names, and kept until sync sends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from reflect.errors import NotFound, ReflectError, Unreadable
from reflect.records.compose import Content, compose, with_changes
from reflect.records.document import MAX_RECORD, Document
from reflect.records.kinds import Kind
from reflect.records.merge import merge_record
from reflect.records.moments import day_of, written
from reflect.records.paths import agenda_path, record_path
from reflect.records.record import Record, encoded, read_record
from reflect.records.resolving import second_version
from reflect.records.review.shareable import keeps, private_parts, refusals, shareable
from reflect.records.review.substitution import NOTHING_SETTLED, Settled
from reflect.records.values import mistakes
from reflect.records.yaml_block import Value
from reflect.vault.saving import Saved

if TYPE_CHECKING:
    from reflect.community.communities import Communities, Community
    from reflect.community.within import Within
    from reflect.store.kind_files import Kinds


class FlagsOpen(ReflectError):
    """A text may name someone; nothing was written. `text` is all of it, `flags` says each that is open."""

    def __init__(self, message: str, flags: Sequence[str], text: str) -> None:
        super().__init__(message, "Settle each with --replace TEXT=ROLE, --keep TEXT or --remove TEXT.")
        self.flags = flags
        self.text = text


class Review(Protocol):
    """Looks through what a change adds to a community; returns the text with what was settled, raises FlagsOpen."""

    def __call__(self, place: str, kind: Kind, before: str, after: str, settled: Settled) -> str:
        """Return `after` as it may be written; `before` is `""` for a new record."""


class SharedWriting:
    """Composes, changes and keeps records of communities. Nothing is sent before the next sync."""

    def __init__(
        self,
        communities: Communities,
        within: Within,
        kinds_of: Callable[[str], Kinds],
        review: Review,
        now: Callable[[], dt.datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._communities = communities
        self.within = within
        self._kinds_of = kinds_of
        self._review = review
        self._now = now
        self._new_id = new_id

    def kind(self, place: str, name: str) -> Kind:
        """Return a kind as it may stand in a community; raises UsageError, ReflectError for one that never leaves."""
        kind = self._kinds_of(place).get(name)
        if kind.is_private:
            raise ReflectError(
                f"A {kind.label.lower()} never leaves your journal, so it cannot be written into {place}.",
                "Without --in it is kept in your journal.",
            )
        return kind

    def new(
        self, place: str, kind_name: str, content: Content, lang: str = "", settled: Settled = NOTHING_SETTLED
    ) -> Saved:
        """Compose a new record and keep it in a community; raises FlagsOpen, ReflectError, with nothing written."""
        return self.write(
            place, kind_name, self.compose(place, self.kind(place, kind_name), content, "", lang), settled
        )

    def compose(self, place: str, kind: Kind, content: Content, created: str = "", lang: str = "") -> str:
        """Return the text of a new record of a community; raises ReflectError for what may not stand there."""
        author, within = self.here(place).membership.author, self.within
        private = private_parts(kind, content)
        if private:
            raise ReflectError(f"Nothing was written into {place}. {private[0]}")
        fields = {name: within.value(place, kind, name, value) for name, value in content.fields.items()}
        links = within.value(place, kind, "links", list(content.links))
        resolved = replace(
            content,
            agenda=within.agenda(place, content.agenda).id if content.agenda else "",
            links=tuple(map(str, links or ())),
            fields={name: value for name, value in fields.items() if value is not None},
        )
        return compose(shareable(kind), self._new_id(), created or written(self._now()), resolved, lang, author)

    def write(self, place: str, kind_name: str, text: str, settled: Settled = NOTHING_SETTLED) -> Saved:
        """Keep a new record's text in a community; raises FlagsOpen, ReflectError, with nothing written."""
        kind = self._kinds_of(place).get(kind_name)
        text = self.looked_through(place, kind, text, settled)
        return self.put(place, kind, text, self.path(place, kind, text))

    def looked_through(self, place: str, kind: Kind, text: str, settled: Settled) -> str:
        """Return a new record's text as it may stand in a community, in one's own name; raises FlagsOpen."""
        return self._review(place, kind, "", self.prepared(place, kind, text), settled)

    def prepared(self, place: str, kind: Kind, text: str) -> str:
        """Return a new record's text in one's own name, with what it names as it is named there."""
        author = self.here(place).membership.author
        document = _parsed(text).with_value("author", author).with_value("kind", kind.name)
        return self.within.translated(place, kind, document).text

    def prepared_edit(self, record: Record, kind: Kind, text: str) -> str:
        """Return a changed text that keeps what no edit changes, with what it names as it is named there."""
        document = _parsed(text)
        if not record.problem:
            document = keeps(Document.parse(record.text), document)
        return self.within.translated(record.place, kind, document).text

    def put(self, place: str, kind: Kind, text: str, path: str, verb: str = "Write") -> Saved:
        """Keep a new record's text, as it is and looked through already; raises ReflectError."""
        community = self.here(place)
        self.check(place, kind, None, text)
        with community.repository.lock.held():
            path = _free(community, path)
            self._keep(community, {path: text}, f"{verb} {kind.name} {_ending(text)}")
        return Saved(self._record(place, path, text))

    def change(
        self,
        record: Record,
        values: Mapping[str, Value | None],
        sections: Mapping[str, str],
        settled: Settled = NOTHING_SETTLED,
    ) -> Saved:
        """Set fields and sections of a community's record; raises FlagsOpen, ReflectError, with nothing written."""
        place, kind = record.place, self._kinds_of(record.place).get(record.kind)
        if record.problem:
            raise ReflectError(f"{record.path} cannot be read ({record.problem}).", "Whoever wrote it can mend it.")
        resolved = {name: self.within.value(place, kind, name, value) for name, value in values.items()}
        return self.edit(record, with_changes(record.text, kind, resolved, sections, record.lang), settled)

    def edit(self, record: Record, text: str, settled: Settled = NOTHING_SETTLED, verb: str = "Edit") -> Saved:
        """Keep a changed text of a record that was opened as `record`; what changed meanwhile is merged.

        Where both changed one place, mine stands beside it as a second record. Raises FlagsOpen, ReflectError.
        """
        place, kind = record.place, self._kinds_of(record.place).get(record.kind)
        if text == record.text:
            return Saved(record)
        text = self.prepared_edit(record, kind, text)
        return self.put_edit(record, kind, self._review(place, kind, record.text, text, settled), verb)

    def put_edit(self, record: Record, kind: Kind, text: str, verb: str = "Edit") -> Saved:
        """Keep a changed text, as it is and looked through already; raises ReflectError."""
        place, community = record.place, self.here(record.place)
        self.check(place, kind, record, text)
        with community.repository.lock.held():
            path, present = self._present(community, record)
            merged = merge_record(record.text, text, present)
            saved = Saved(self._record(place, path, merged.text), was_merged=present != record.text)
            if not merged.is_clean:
                saved = replace(saved, second=self._second(saved.record, text))
            written_down = {each.path: each.text for each in (saved.record, saved.second) if each}
            self._keep(community, written_down, f"{verb} {kind.name} {record.id[-8:].lower()}".strip())
        return saved

    def here(self, place: str) -> Community:
        """Return a community that is on this computer; raises NotFound, ReflectError."""
        community = self._communities.get(place)
        if not community.is_here:
            raise ReflectError(f"{place} is not on this computer yet.", f"To fetch it: reflect sync {place}")
        return community

    def check(self, place: str, kind: Kind, before: Record | None, text: str) -> None:
        """Refuse what may not stand in a community whatever is settled; raises ReflectError. `before` is the record."""
        if len(encoded(text)) > MAX_RECORD:
            raise ReflectError(f"A record holds {MAX_RECORD // 1024 // 1024} MiB, and this has more.", "Divide it.")
        after = self._record(place, before.path if before else "", text)
        old = Document.parse(before.text) if before and not before.problem else None
        found = [f"A {kind.label.lower()} never leaves your journal."] if kind.is_private else []
        found += refusals(kind, old, _parsed(text))
        known = mistakes(before.created, before.fields, kind) if before else []
        found += [each for each in mistakes(after.created, after.fields, kind) if each not in known]
        found += self.within.strangers(place, before, after)
        if found:
            raise ReflectError(f"Nothing was written into {place}. {found[0]}")

    def _present(self, community: Community, record: Record) -> tuple[str, str]:
        """Return where a record stands now, and its text; raises NotFound when it was withdrawn meanwhile."""
        paths = [record.path]
        self._communities.bring_in_step(community)
        paths += [row.path for row in self.within.rows(community.name, record.id)] if record.id else []
        for path in paths:
            try:
                text = community.repository.text_at(path).decode("utf-8", "surrogateescape")
            except NotFound:
                continue
            if not record.id or self._record(community.name, path, text).id == record.id:
                return path, text
        raise NotFound(
            f"“{record.title}” was withdrawn from {community.name} meanwhile, so nothing was written.",
            "Your text can be kept in your journal: reflect new",
        )

    def _second(self, record: Record, mine: str) -> Record:
        path, text = second_version(mine, record.path, record.id, self._new_id())
        return self._record(record.place, path, text)

    def path(self, place: str, kind: Kind, text: str) -> str:
        """Return the path of a new record of a community from its text."""
        values = _parsed(text).values
        record_id, title, created, agenda = (str(values.get(key, "")) for key in ("id", "title", "created", "agenda"))
        if kind.name == "agenda":
            return agenda_path(title, record_id, self.within.agenda_folders(place))
        folder = self.within.agenda_folder(place, agenda) if agenda else ""
        return record_path(kind, day_of(created) or written(self._now())[:10], title, record_id, folder)

    def _keep(self, community: Community, texts: Mapping[str, str], message: str) -> None:
        community.repository.commit({path: encoded(text) for path, text in texts.items()}, message, self._now())
        self._communities.bring_in_step(community)
        # What I wrote into a peer's record I have read.
        self._communities.mark_read(self.within.rows_at(community.name, list(texts)))

    def _record(self, place: str, path: str, text: str) -> Record:
        return read_record(encoded(text), path, self._kinds_of(place).folders, place)


def _parsed(text: str) -> Document:
    try:
        return Document.parse(text)
    except Unreadable as error:
        raise ReflectError(f"The text cannot be read: {error.message}, so nothing was written.") from None


def _ending(text: str) -> str:
    return str(_parsed(text).values.get("id", ""))[-8:].lower()


def _free(community: Community, path: str) -> str:
    """Return a path at which nothing stands: a name is only a name, so the next one is taken."""
    from reflect.store.commits import MAIN
    from reflect.store.objects import blobs_at

    stem, number = path.removesuffix(".md"), 1
    while path in (blobs_at(community.repository.git, [path], MAIN) or {}):
        number += 1
        path = f"{stem}-{number}.md"
    return path
