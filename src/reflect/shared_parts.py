"""What a desk does together with others: everything that communities are for, each part built when it is first used."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from reflect.errors import ReflectError
from reflect.parts import Parts

if TYPE_CHECKING:
    from reflect.community.begun import Reviews
    from reflect.community.belonging import Belonging
    from reflect.community.communities import Community
    from reflect.community.only_here import OnlyHere
    from reflect.community.own_copies import OwnCopies
    from reflect.community.own_place import Hands
    from reflect.community.place import Place
    from reflect.community.proof import Proofs
    from reflect.community.reading import Reading
    from reflect.community.redacting import Redactor
    from reflect.community.responding import Responding
    from reflect.community.rounds import Rounds
    from reflect.community.settling import Settling
    from reflect.community.sharing import Sharing
    from reflect.community.within import Within
    from reflect.community.writing import SharedWriting
    from reflect.records.kinds import Kind
    from reflect.records.review.substitution import Settled
    from reflect.vault.checkup import Check

NO_MARKUP = str.maketrans("", "", "[]()<>*_`#|·←")


class SharedParts(Parts):
    """An open vault with its communities."""

    @cached_property
    def _within(self) -> Within:
        from reflect.community.within import Within

        return Within(
            self.catalog,
            lambda name: self.lookup.row(name),
            self.copies,
            lambda place: self.communities.get(place).membership.address,
        )

    @cached_property
    def shared_writing(self) -> SharedWriting:
        """Puts what a person writes straight into a community."""
        from reflect.community.writing import SharedWriting

        def review(place: str, kind: Kind, before: str, after: str, settled: Settled) -> str:
            # Made once something is to be looked through.
            return self._redactor.looked_through(place, kind, before, after, settled)

        context = self.context
        return SharedWriting(self.communities, self._within, self.kinds_of, review, context.now, context.new_id)

    @cached_property
    def responding(self) -> Responding:
        """Answers to what peers wrote, and what is carried on."""
        from reflect.community.responding import Responding

        def known_as(place: str) -> str:
            # A name is a stranger's text: as a link or as markup it would say more than it should.
            return self.communities.get(place).about.name.translate(NO_MARKUP).strip() or place

        return Responding(self.shared_writing, known_as)

    @cached_property
    def reading(self) -> Reading:
        """What peers wrote: what is new, whom one follows, what came since."""
        from reflect.community.reading import Reading

        return Reading(self.communities, self.catalog, self.kinds_of, self.copies, lambda: self.state, self.context.now)

    @cached_property
    def _redactor(self) -> Redactor:
        from reflect.community.redacting import Redactor

        return Redactor(self.catalog, self.communities, self._within, self.kinds_of, lambda: self.frameworks)

    @cached_property
    def sharing(self) -> Sharing:
        """Reviews of what would leave, sending it, and taking it back."""
        from reflect.community.sharing import Sharing

        return Sharing(
            vault=self.vault,
            communities=self.communities,
            writing=self.shared_writing,
            kinds_of=self.kinds_of,
            redactor=self._redactor,
            reviews=self._reviews,
            get=self.lookup.record,
            copies=self.copies,
            last_written=self.catalog.last_written,
            commit=self.commit,
            now=self.context.now,
            new_id=self.context.new_id,
        )

    @cached_property
    def settling(self) -> Settling:
        """Takes drafts that are meant for a community to their place, flag by flag."""
        from reflect.community.settling import Settling

        return Settling(
            self.communities, self.catalog, self.shared_writing, self.responding, self._redactor, self._reviews,
            self.kinds_of, self.lang_written,
        )  # fmt: skip

    @cached_property
    def _reviews(self) -> Reviews:
        from reflect.community.begun import Reviews

        return Reviews(self.state)

    @cached_property
    def rounds(self) -> Rounds:
        """Keeps the communities in step with their shared places."""
        from reflect.community.rounds import Rounds
        from reflect.community.syncing import Means

        means = Means(self._keep_withdrawn, self.context.now, self.context.new_id)
        after = partial(self.refresh, full=True)
        own = self.own_copies.places
        return Rounds(self.communities, self.place_of, means, lambda: self.belonging.joining, after, own)

    @cached_property
    def own_copies(self) -> OwnCopies:
        """The copies of the journal elsewhere."""
        from reflect.community.own_copies import OwnCopies

        return OwnCopies(
            self.vault, self.remotes, lambda: self.belonging.keys, self._hands,
            lambda name: self.rounds.sync([name])[0], self.context.new_id,
        )  # fmt: skip

    def check_copies(self, fix: bool) -> list[Check]:
        """Look the copies of the journal over and return what was found; with `fix`, make keys that are missing."""
        from reflect.community.own_checkup import OwnCheckup

        return OwnCheckup(self.vault, self.own_copies, self.belonging.keys, self.places.following, fix).examine()

    @cached_property
    def only_here(self) -> OnlyHere:
        """Whether the journal is on this computer only, and when that is to be said."""
        from reflect.community.only_here import OnlyHere

        return OnlyHere(self.vault, self.remotes, lambda: self.state, self.context.now)

    def _hands(self) -> Hands:
        from reflect.community.own_place import Hands

        return Hands(
            vault=self.vault,
            remotes=self.remotes,
            follower=self.follower,
            state=lambda: self.state,
            is_record=self.is_record,
            finish_begun=self._finish_strictly,
            forget=self._forget,
            tell=self.tell,
        )

    def _finish_strictly(self) -> None:
        """Finish an erasure that was cut off; raises ReflectError while it has to wait."""
        if self.places.erasing.exists():
            self.finish_begun()
        if self.places.erasing.exists():
            raise ReflectError(
                "An erasure was cut off, and nothing is synced before it is done.", "See: reflect doctor"
            )

    def _forget(self, ids: frozenset[str]) -> None:
        """Remove what this computer keeps of records that were erased on another device."""
        from reflect.vault.proof import Sought

        self._history.forget()
        self.refresh(full=True)
        leftovers = self.eraser.examiner.leftovers
        leftovers.remove(ids, (), Sought())
        leftovers.clean_catalog()

    def place_of(self, community: Community) -> Place:
        """Return a community as what is kept in step with its shared place."""
        from reflect.community.place import SharedPlace, may_hold_record

        folders = self.kinds_of(community.name).folders
        reach = self.belonging.keys.reach(community.name)
        return SharedPlace(community, reach, self.kinds, lambda path: may_hold_record(path, folders))

    def _keep_withdrawn(self, path: str, text: str) -> str:
        """Keep the text of a record that no longer stands in a community as a draft, once; returns the draft's id."""
        from reflect.community.leaving import private_draft
        from reflect.records.record import encoded, read_record

        kind = read_record(encoded(text), path, self.kinds.folders).kind
        # Once, because a sync that was killed after this does it again.
        return self.drafts.keep_once(
            private_draft(self.kinds, self.context.new_id(), kind, text, self.context.now())
        ).id

    @cached_property
    def proofs(self) -> Proofs:
        """What left, when and to whom."""
        from reflect.community.proof import Proofs

        return Proofs(self.communities, self._within, self.copies)

    @cached_property
    def belonging(self) -> Belonging:
        """Joining, leaving and knowing who else is there."""
        from reflect.community.belonging import Belonging

        return Belonging(
            self.context, self.vault, self.places, self.communities, lambda: self.catalog, self.drafts, self.kinds,
            self.commit, self.tell, lambda name: self.rounds.sync([name])[0], lambda: self.remotes,
        )  # fmt: skip
