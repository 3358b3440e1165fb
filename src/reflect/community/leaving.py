"""Leaving a community: what can be sent is sent, the rest becomes private drafts, then what was here goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from reflect.community.communities import Communities, Community
from reflect.community.membership import write_membership
from reflect.community.outcome import Outcome
from reflect.errors import Unreadable
from reflect.records.document import Document
from reflect.records.moments import written
from reflect.records.record import read_record
from reflect.store.drafts import Draft, Drafts
from reflect.store.kind_files import Kinds
from reflect.store.objects import read_blobs
from reflect.vault.vault import Vault

# What ties a record to the community that it stood in; a draft of one's own begins without.
TIES = ("id", "author", "agenda")


@dataclass(frozen=True)
class Unsent:
    """A record that others have not seen as it is here; `text` is `""` for one that was withdrawn here."""

    title: str
    kind: str
    text: str

    @property
    def words(self) -> str:
        """What it is, in a few words."""
        return self.title if self.text else f"{self.title} (its withdrawal)"


class Leaving:
    """Takes a person out of a community; `sync` brings one in step with its place.

    `kinds` are the journal's, `commit` puts files into history.
    """

    def __init__(
        self,
        vault: Vault,
        communities: Communities,
        sync: Callable[[str], Outcome],
        drafts: Drafts,
        kinds: Kinds,
        commit: Callable[[Sequence[str], str], bool],
        now: Callable[[], dt.datetime],
        new_id: Callable[[], str],
    ) -> None:
        self._vault = vault
        self._communities = communities
        self._sync = sync
        self._drafts = drafts
        self._kinds = kinds
        self._commit = commit
        self._now = now
        self._new_id = new_id

    def send(self, name: str) -> str:
        """Send what was not sent yet; returns why it could not be, `""` when nothing is left to send."""
        community = self._communities.get(name)
        if not community.is_here or not self.unsent(name):
            return ""
        outcome = self._sync(name)
        return outcome.error or (outcome.question.words if outcome.question else "")

    def unsent(self, name: str) -> list[Unsent]:
        """Return the records that others have not seen as they are here."""
        return self.unsent_in(self._communities.get(name))

    def unsent_in(self, community: Community) -> list[Unsent]:
        """Return the records of a repository, also of one that was left, that others have not seen so."""
        unsent = community.unsent()
        entries = {path: entry for path, entry in {**unsent.gone, **unsent.present}.items() if entry.is_file}
        texts = read_blobs(community.repository.git, [entry.blob for entry in entries.values()])
        found = []
        for path, entry in entries.items():
            record = read_record(texts[entry.blob], path, self._kinds.folders, community.name)
            found.append(Unsent(record.title, record.kind, record.text if path in unsent.present else ""))
        return sorted(found, key=lambda each: each.title)

    def leave(self, name: str) -> list[Draft]:
        """Keep what was not sent as private drafts, and take the community from this computer; returns the drafts.

        The address that the person had there stays in the journal, for a later join. Raises ReflectError.
        """
        community = self._communities.get(name)
        kept = self._keep_unsent(community)
        for draft in self._drafts.all():
            if draft.place == name:
                # Meant for a place that is no longer there to be written into.
                self._drafts.keep(replace(draft, place="", path="", base="", text=untied(draft.text)))
        left = replace(community.membership, left=self._now().date().isoformat())
        with self._vault.lock.held():
            self._commit([write_membership(self._vault.root, left)], f"Leave the community {name}")
        self._remove(community)
        return kept

    def clear(self, community: Community) -> list[Draft]:
        """Take what is left of a community that was left on another device; returns what became private drafts."""
        kept = self._keep_unsent(community)
        self._remove(community)
        return kept

    def _keep_unsent(self, community: Community) -> list[Draft]:
        return [self._draft(each) for each in self.unsent_in(community) if each.text]

    def _draft(self, unsent: Unsent) -> Draft:
        draft = private_draft(self._kinds, self._new_id(), unsent.kind, unsent.text, self._now())
        self._drafts.keep(draft)
        return draft

    def _remove(self, community: Community) -> None:
        """Remove the repository; a kill in between leaves nothing that looks like a community."""
        repository = community.repository
        if not repository.exists:
            return
        with repository.lock.held():
            repository.put_aside().remove()


def private_draft(kinds: Kinds, draft_id: str, kind: str, text: str, now: dt.datetime) -> Draft:
    """Return a draft of one's own that begins with the text of a community's record."""
    return Draft(draft_id, kind if kinds.find(kind) else "reflection", untied(text), written(now))


def untied(text: str) -> str:
    """Return the text of a community's record without what ties it there, to become a draft of one's own."""
    try:
        document = Document.parse(text)
    except Unreadable:
        return text
    for key in TIES:
        document = document.with_value(key, None) if key in document.values else document
    return document.text
