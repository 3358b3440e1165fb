"""Reading what peers wrote: what is new, what answers one's own, what one follows or does not want to hear of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reflect.community.digest import CommunityDigest, news, touched
from reflect.community.feed import (
    Agendas,
    Answer,
    Feed,
    Muted,
    answers_to,
    grouped,
    thread,
    unread_first,
    without_muted,
    writers,
)
from reflect.community.origins import was_withdrawn
from reflect.community.shares import Copies
from reflect.records.authorship import in_anothers_name
from reflect.records.moments import day_of, written
from reflect.records.paths import agenda_folder_named
from reflect.records.query import Filters
from reflect.records.review.shareable import CARRIED_ID
from reflect.records.ulid import is_ulid

if TYPE_CHECKING:
    from reflect.community.communities import Communities, Community
    from reflect.store.catalog import Catalog, Row
    from reflect.store.kind_files import Kinds
    from reflect.store.state import LocalState

FOLLOWED, MUTED, DIGEST = "followed", "muted", "digest"
MOST_UNREAD = 1000
FEED_DAYS, DIGEST_DAYS = 28, 7


@dataclass(frozen=True)
class Unread:
    """What peers wrote and this person has not read: answers to one's own records, and the rest, newest first."""

    answers: Sequence[Row] = ()
    others: Sequence[Row] = ()

    def __len__(self) -> int:
        return len(self.answers) + len(self.others)


@dataclass(frozen=True)
class Beside:
    """What stands beside a record of a community when it is read."""

    row: Row
    answers: Sequence[Answer]
    says_by: str
    was_unread: bool
    is_unsent: bool
    is_withdrawn_at_origin: bool = False


class Reading:
    """What all communities of a person tell; `state` is remembered on this computer only."""

    def __init__(
        self,
        communities: Communities,
        catalog: Catalog,
        kinds_of: Callable[[str], Kinds],
        copies: Callable[[], Copies],
        state: Callable[[], LocalState],
        now: Callable[[], dt.datetime],
    ) -> None:
        self._communities = communities
        self._catalog = catalog
        self._kinds_of = kinds_of
        self._copies = copies
        self._state = state
        self._now = now

    # What one wants to hear of

    def follow(self, agenda: Row) -> bool:
        """Follow an agenda, or no longer when it is followed; says whether it is followed now."""
        return self._turn(FOLLOWED, agenda.id)

    def mute(self, community: str = "", agenda: Row | None = None) -> bool:
        """Mute a community or an agenda, or hear of it again when it is muted; says whether it is muted now."""
        return self._turn(MUTED, agenda.id if agenda else f"in:{community}")

    def followed(self) -> frozenset[str]:
        """Return the ids of the agendas that are followed, with those that they are one with."""
        return self._with_copies(self._state().group(FOLLOWED))

    def muted(self) -> Muted:
        """Return what is muted."""
        names = self._state().group(MUTED)
        places = frozenset(each.removeprefix("in:") for each in names if each.startswith("in:"))
        return Muted(places, self._with_copies(each for each in names if not each.startswith("in:")))

    # What is there

    def unread(self) -> Unread:
        """Return what is unread and not muted."""
        rows = self._catalog.rows(Filters(is_unread=True), limit=MOST_UNREAD)
        if not rows:
            return Unread()
        rows = without_muted(rows, self._agendas(), self.muted())
        answers = answers_to(rows, self._mine(rows))
        known = {row.rowid for row in answers}
        return Unread(answers, [row for row in rows if row.rowid not in known])

    def feed(self, community: str = "") -> Feed:
        """Return what is new in all communities, or in one: the unread and what came in the last four weeks."""
        places = (community,) if community else ()
        since = (self._now().date() - dt.timedelta(days=FEED_DAYS)).isoformat()
        unread = self._catalog.rows(Filters(is_unread=True, places=places), limit=MOST_UNREAD)
        late = self._catalog.rows(Filters(is_shared=True, since=since, places=places), limit=MOST_UNREAD)
        agendas, muted = self._agendas(), self.muted()
        rows = without_muted({row.rowid: row for row in [*unread, *late]}.values(), agendas, muted)
        answers = unread_first(answers_to(rows, self._mine(rows)))
        known = {row.rowid for row in answers}
        addresses = self._addresses()
        last = self._catalog.last_written(community)
        return Feed(
            answers=answers,
            groups=grouped([row for row in rows if row.rowid not in known], agendas, self.followed()),
            writers=writers(last, addresses, muted, self._now().date()),
            conflicts=[row for row in self._catalog.second_versions() if not community or row.place == community],
            unsent=[row for each in self._here(community) for row in self.unsent(each)],
        )

    def thread(self, row: Row) -> list[Answer]:
        """Return the answers to a record of a community, oldest first, nested."""
        return thread(row, self._catalog.linking_to) if row.place else []

    def unsent(self, community: Community) -> list[Row]:
        """Return the records of a community that were not sent yet as they stand here."""
        return self._catalog.at_paths(community.name, community.unsent().present)

    def beside(self, row: Row) -> Beside:
        """Return what stands beside a record of a community: the answers to it, and what is to be known of it."""
        return Beside(
            row=row,
            answers=self.thread(row),
            says_by=self.in_others_names([row]).get(row.rowid, ""),
            was_unread=bool(row.unread),
            is_unsent=row.path in self._communities.get(row.place).unsent().present,
            is_withdrawn_at_origin=self.is_withdrawn_at_origin(row),
        )

    def in_others_names(self, rows: Iterable[Row]) -> dict[int, str]:
        """Return which of these records speak in another's name, in words, by their numbers."""
        mine = self._mine_in()
        found = {}
        for row in rows:
            address, name = mine.get(row.place, ("", ""))
            if row.place and (says := in_anothers_name(row.author, row.owner_name, row.owner == address, name)):
                found[row.rowid] = says
        return found

    # What came since

    def digest(self, since: str = "", community: str = "") -> list[CommunityDigest]:
        """Return what came into each community since a day, else since the last digest of an earlier day or meeting.

        Without a day it is remembered that this was read; where there was neither, it is the last week.
        """
        found = []
        agendas, muted = self._agendas(), self.muted()
        for each in self._here(community):
            if each.name in muted.places:
                continue
            start, tip = (since, "") if since else self._start(each)
            found.append(self._came(each, start, tip, agendas, muted))
            if not since:
                self._remember(each)
        return found

    def _came(self, community: Community, start: str, tip: str, agendas: Agendas, muted: Muted) -> CommunityDigest:
        since = dt.datetime.fromisoformat(start)
        since = since if since.tzinfo else since.replace(tzinfo=self._now().tzinfo)
        changes = touched(community.repository.git, since, tip) if community.repository.tip() else []
        came = news(community, self._catalog, changes, self._kinds_of(community.name).folders)
        rows = without_muted(came.new, agendas, muted)
        answers = answers_to(rows, self._mine(rows))
        known = {row.rowid for row in answers}
        groups = grouped([row for row in rows if row.rowid not in known], agendas, self.followed())
        wanted = {row.rowid for row in without_muted((each.row for each in came.edited), agendas, muted)}
        edited = [each for each in came.edited if each.row.rowid in wanted]
        withdrawn = [
            each
            for each in came.withdrawn
            if (head := agendas.by_folder.get(agenda_folder_named(community.name, each.path))) is None
            or head.id not in muted.agendas
        ]
        return CommunityDigest(community.name, day_of(start), answers, groups, edited, withdrawn)

    def _start(self, community: Community) -> tuple[str, str]:
        """Return since when, and since which state, a digest tells: one read today tells the same again."""
        moment, tip = self._last_digest(community)
        meetings = [
            day
            for row in self._catalog.rows(Filters(kinds=("gathering",), places=(community.name,)))
            if (day := day_of(row.text_of("held_on"))) and day < self._now().date().isoformat()
        ]
        held = max(meetings, default="")
        if held > day_of(moment):
            return held, ""
        if moment:
            return moment, tip
        return written(self._now() - dt.timedelta(days=DIGEST_DAYS)), ""

    def _last_digest(self, community: Community) -> tuple[str, str]:
        moment, tip, earlier, earlier_tip = self._remembered(community)
        is_of_today = day_of(moment) == self._now().date().isoformat()
        return (earlier, earlier_tip) if is_of_today else (moment, tip)

    def _remember(self, community: Community) -> None:
        earlier = self._last_digest(community)
        words = [written(self._now()), community.repository.tip(), *earlier]
        self._state().put(DIGEST, community.name, " ".join(word or "-" for word in words))

    def _remembered(self, community: Community) -> list[str]:
        words = self._state().get(DIGEST, community.name).split(" ")
        return [("" if word == "-" else word) for word in [*words, "", "", "", ""][:4]]

    # Who and what is meant

    def is_withdrawn_at_origin(self, row: Row) -> bool:
        """Say whether a copy's original is gone from where it came, as far as one can know: one has to be there too."""
        origin = row.text_of(CARRIED_ID)
        if not is_ulid(origin) or any(each.place for each in self._catalog.with_ids([origin])):
            return False
        others = [each for each in self._communities.here() if each.name != row.place]
        return any(was_withdrawn(each, origin, self._kinds_of(each.name).folders) for each in others)

    def _turn(self, group: str, name: str) -> bool:
        state = self._state()
        is_on = not state.get(group, name)
        state.put(group, name, "yes" if is_on else "")
        return is_on

    def _with_copies(self, ids: Iterable[str]) -> frozenset[str]:
        copies = self._copies()
        return frozenset(other for each in ids for other in copies.one_with(each))

    def _agendas(self) -> Agendas:
        return Agendas.of(self._catalog.rows(Filters(kinds=("agenda",), is_shared=True)))

    def _mine(self, rows: Iterable[Row]) -> frozenset[str]:
        """Return the ids of one's own records among those that these answer."""
        asked = {each for row in rows if row.kind == "response" for each in row.list_of("to")}
        addresses = self._addresses()
        return frozenset(row.id for row in self._catalog.with_ids(asked) if row.owner == addresses.get(row.place, "-"))

    def _addresses(self) -> Mapping[str, str]:
        return {place: address for place, (address, _) in self._mine_in().items()}

    def _mine_in(self) -> Mapping[str, tuple[str, str]]:
        """Return one's own address and name in each community."""
        everywhere = (each.membership for each in self._communities.all())
        return {each.name: (each.address, each.author) for each in everywhere}

    def _here(self, community: str) -> list[Community]:
        return [each for each in self._communities.here() if not community or each.name == community]
