"""Sharing: a new record made from a private one, seen exactly as it leaves before it does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reflect.community.begun import Begun, Reviews, settled_with
from reflect.community.proof import text_that_left
from reflect.community.review import Review, readers_of
from reflect.community.shares import Copies, Share, write_share
from reflect.errors import NotFound, ReflectError
from reflect.records.merge import merge_record
from reflect.records.moments import written
from reflect.records.record import Record, encoded, read_record
from reflect.records.review.substitution import NOTHING_SETTLED, Settled

if TYPE_CHECKING:
    from reflect.community.communities import Communities
    from reflect.community.redacting import Redactor
    from reflect.community.writing import SharedWriting
    from reflect.records.kinds import Kind
    from reflect.store.catalog import Row
    from reflect.store.kind_files import Kinds
    from reflect.vault.saving import Saved
    from reflect.vault.vault import Vault

# In place of an agenda: the copy stands in the community by itself.
NO_AGENDA = "none"


class Sharing:
    """Reviews, sends and withdraws. `get` reads a record; `commit` puts files of the vault into history."""

    def __init__(
        self,
        vault: Vault,
        communities: Communities,
        writing: SharedWriting,
        kinds_of: Callable[[str], Kinds],
        redactor: Redactor,
        reviews: Reviews,
        get: Callable[[str], Record],
        copies: Callable[[], Copies],
        last_written: Callable[[str], Sequence[tuple[str, str, str, str]]],
        commit: Callable[[Sequence[str], str], bool],
        now: Callable[[], dt.datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._vault = vault
        self._communities = communities
        self._writing = writing
        self._kinds_of = kinds_of
        self._redactor = redactor
        self._reviews = reviews
        self._get = get
        self._copies = copies
        self._last_written = last_written
        self._commit = commit
        self._now = now
        self._new_id = new_id

    def review(
        self, reference: str, place: str, kind: str = "", agenda: str = "", settled: Settled = NOTHING_SETTLED
    ) -> Review:
        """Return what of a record would leave; what is settled adds to what was before. Nothing is sent.

        Raises ReflectError, NotFound for what cannot be shared.
        """
        source = self._own(reference)
        begun = self._begun(source, place)
        wanted = replace(
            begun,
            kind=kind or begun.kind,
            agenda=agenda or begun.agenda,
            settled=settled_with(begun.settled, settled.replace, settled.keep, settled.remove),
        )
        return self._looked_at(source, place, wanted)

    def settle(
        self,
        reference: str,
        place: str,
        replaced: dict[str, str] | None = None,
        keep: Sequence[str] = (),
        remove: Sequence[str] = (),
        open_again: Sequence[str] = (),
    ) -> Review:
        """Settle flags of a review that was begun, or let settled ones stand again, and return it as it is then."""
        source = self._own(reference)
        begun = self._begun(source, place)
        settled = settled_with(begun.settled, replaced or {}, keep, remove, open_again)
        return self._looked_at(source, place, replace(begun, settled=settled))

    def review_again(self, reference: str, place: str) -> Review:
        """Return a review as it was left, worked out anew from the record as it is now."""
        source = self._own(reference)
        return self._looked_at(source, place, self._begun(source, place))

    def _looked_at(self, source: Record, place: str, begun: Begun) -> Review:
        """Keep a review as it is now, and return it."""
        community = self._writing.here(place)
        if begun != self._reviews.get(source.id, place):
            self._reviews.put(source.id, place, begun)
        kind = self._kind(source, place, begun.kind)
        agenda, agenda_trouble = self._agenda(source, place, begun.agenda)
        redacted = self._redactor.redact(source, kind, place, begun, agenda, community.membership.author)
        present = self._present(place, begun.shared_id)
        before = self._communities.record(present).text if present else ""
        content, base = self._with_edits_of_peers(source, present, redacted.text, before)
        return Review(
            source=source,
            place=place,
            kind=kind,
            destination=community.shown_url,
            readers=readers_of(len(self._last_written(place))),
            path=present.path if present else self._writing.path(place, kind, redacted.text),
            content=content,
            shared_id=begun.shared_id,
            before=before,
            base=base,
            flags=redacted.flags,
            replaced=redacted.replaced,
            dropped=redacted.dropped,
            agenda_trouble=agenda_trouble,
        )

    def send(self, review: Review) -> Saved:
        """Put exactly what a review shows into the community; the next sync sends it.

        Raises ReflectError while a flag is open, or when the record has changed since it was shown.
        """
        again = self.review_again(review.source.ref, review.place)
        if again.agenda_trouble:
            hint = f"Share the agenda first, or choose another: --agenda A, or --agenda {NO_AGENDA}."
            raise ReflectError(again.agenda_trouble, hint)
        if again.open_flags:
            count = len(again.open_flags)
            raise ReflectError(
                f"Nothing was shared: {count} flag{'s' * (count > 1)} still to settle, such as "
                f"“{again.open_flags[0].text}” ({again.open_flags[0].what}).",
                "Settle each with --replace TEXT=ROLE, --keep TEXT or --remove TEXT.",
            )
        if (again.content, again.path) != (review.content, review.path):
            raise ReflectError("Nothing was shared: the record changed since you looked.", "Look at it again.")
        self._write_down(again)
        saved = self._put(again)
        self._reviews.end(again.source.id, again.place)
        return saved

    def withdraw(self, reference: str) -> Record:
        """Take a record of one's own out of a community and return it as it was.

        History there and what peers have fetched remain. Raises ReflectError for a peer's record.
        """
        row, record = self._shared(reference)
        community = self._writing.here(row.place)
        if row.owner != community.membership.address:
            raise ReflectError(
                f"“{row.title}” was added by {row.owner_name or 'someone else'}, and only they withdraw it.",
                "You can answer it: reflect respond ID TEXT",
            )
        share = next((each for each in self._copies().all if each.id == record.id), None)
        if share is not None:
            path = write_share(self._vault.root, replace(share, withdrawn=written(self._now())[:10]))
            self._commit([path], f"Withdraw {record.kind} {record.id[-8:].lower()}")
        community.repository.commit({row.path: None}, f"Withdraw {row.kind} {row.id[-8:].lower()}", self._now())
        self._communities.bring_in_step(community)
        return record

    # What a review is made of

    def _own(self, reference: str) -> Record:
        record = self._get(reference)
        if record.place:
            raise ReflectError(
                f"“{record.title}” is in {record.place} already.", "To another community: reflect carry ID --to NAME"
            )
        if record.problem:
            raise ReflectError(f"{record.path} cannot be read ({record.problem}).", "Mend it in an editor first.")
        if not record.has_id:
            raise ReflectError(f"{record.path} has no id yet.", "Run: reflect doctor --fix")
        return record

    def _kind(self, source: Record, place: str, wanted: str) -> Kind:
        own = self._kinds_of("").get(source.kind)
        if own.is_private:
            hint = "What you learned from it can be: reflect distill ID --kind finding"
            raise ReflectError(f"A {own.label.lower()} is never shared.", hint if own.name == "call-in" else "")
        allowed = own.share_as or (own.name,)
        name = self._kinds_of("").get(wanted).name if wanted else allowed[0]
        if name not in allowed:
            raise ReflectError(f"A {own.label.lower()} is shared as {' or '.join(allowed)}, not as a {name}.")
        return self._writing.kind(place, name)

    def _begun(self, source: Record, place: str) -> Begun:
        begun = self._reviews.get(source.id, place)
        shared = self._writing.within.copy_of(place, source.id)
        if shared:
            created = self._communities.record(self._row(place, shared)).created
            return replace(begun or Begun(shared, created), shared_id=shared, created=created)
        return begun or Begun(self._new_id(), written(self._now())[:10])

    def _agenda(self, source: Record, place: str, wanted: str) -> tuple[str, str]:
        """Return the id of the agenda in the community, and a sentence where that has to be decided first."""
        named = wanted or source.agenda
        if not named or named == NO_AGENDA or source.kind == "agenda":
            return "", ""
        try:
            return self._writing.within.agenda(place, named).id, ""
        except NotFound as error:
            if wanted:
                raise
            return "", error.message

    def _row(self, place: str, record_id: str) -> Row:
        rows = self._writing.within.rows(place, record_id)
        if not rows:
            raise NotFound(f"There is no record {record_id[-6:].lower()} in {place}.")
        return rows[0]

    def _present(self, place: str, record_id: str) -> Row | None:
        return next(iter(self._writing.within.rows(place, record_id)), None)

    def _with_edits_of_peers(self, source: Record, present: Row | None, text: str, before: str) -> tuple[str, str]:
        """Return a text that is shared again with what peers changed in the copy since it was last sent.

        With it comes the text that it is a change of: where both changed one place, that is what was last
        sent, so that both texts are kept.
        """
        share = next((each for each in self._copies().of(source.id) if present and each.id == present.id), None)
        if present is None or share is None:
            return text, before
        sent = text_that_left(self._writing.here(present.place).repository, present.path, share.hash)
        if sent is None:
            return text, before
        base = sent.decode("utf-8", "surrogateescape")
        merged = merge_record(base, text, before)
        return (merged.text, before) if merged.is_clean else (text, base)

    def _shared(self, reference: str) -> tuple[Row, Record]:
        """Return a record of a community, or the one copy of a record of the vault."""
        record = self._get(reference)
        if record.place:
            # By its path: someone else's may have taken its id.
            return self._writing.within.rows_at(record.place, [record.path])[0], record
        found = [(each.community, each.id) for each in self._copies().of(record.id)]
        rows = [row for place, shared_id in found if (row := self._present(place, shared_id)) is not None]
        if not rows:
            raise NotFound(f"“{record.title}” is not shared.", "See: reflect shared")
        if len(rows) > 1:
            names = " and ".join(row.place for row in rows)
            raise ReflectError(
                f"“{record.title}” is shared with {names}.", "Name the copy, as reflect shared lists it."
            )
        return rows[0], self._communities.record(rows[0])

    # Sending

    def _write_down(self, review: Review) -> None:
        """Write down in the vault what leaves before it does, so that nothing ever left unproved."""
        day = written(self._now())[:10]
        share = Share(review.shared_id, review.source.id, review.place, day, review.hash)
        path = write_share(self._vault.root, share)
        self._commit([path], f"Share {review.kind.name} {review.shared_id[-8:].lower()}")

    def _put(self, review: Review) -> Saved:
        if not review.before:
            return self._writing.put(review.place, review.kind, review.content, review.path, "Share")
        folders = self._kinds_of(review.place).folders
        base = read_record(encoded(review.base), review.path, folders, review.place)
        return self._writing.put_edit(base, review.kind, review.content, "Share")
