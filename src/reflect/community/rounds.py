"""One round of sync: all places of a person, four at a time, each with an outcome of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace

from reflect.community.communities import Communities, Community
from reflect.community.joining import Joining
from reflect.community.outcome import Outcome
from reflect.community.syncing import Syncing
from reflect.errors import ReflectError, UsageError

# More logins at once make each of them slower (measured over ssh).
AT_ONCE = 4

# Told how many places are done of how many; says whether to begin with those that are left.
Going = Callable[[int, int], bool]


class Rounds:
    """Syncs communities; `after` brings the catalog in step with what came."""

    def __init__(
        self, communities: Communities, syncing: Syncing, joining: Callable[[], Joining], after: Callable[[], object]
    ) -> None:
        self._communities = communities
        self._syncing = syncing
        self._joining = joining
        self._after = after

    def sync(
        self, names: Sequence[str] = (), sends: bool = True, take: str = "", going: Going = lambda done, total: True
    ) -> list[Outcome]:
        """Sync these communities, or all; `take` answers a question of one. Returns outcomes in the order of names.

        Raises NotFound, UsageError for a name that means none.
        """
        asked = [self._communities.get(name) for name in names] if names else self._communities.all()
        if take and len(asked) != 1:
            raise UsageError("A decision is about one community.", "Name it: reflect sync NAME --take theirs")
        found: dict[str, Outcome] = {}
        going(0, len(asked))
        with ThreadPoolExecutor(AT_ONCE) as threads:
            waiting = {threads.submit(self._one, each, sends, take): each.name for each in asked}
            for done in as_completed(waiting):
                found[waiting[done]] = done.result()
                if not going(len(found), len(asked)):
                    for each in waiting:
                        each.cancel()
                    break
        self._after()
        return [found[each.name] for each in asked if each.name in found]

    def _one(self, community: Community, sends: bool, take: str) -> Outcome:
        if community.is_here:
            return self._syncing.sync(community, sends, take)
        try:
            joined = self._joining().fetch(community.membership)
        except ReflectError as error:
            return Outcome(community.name, error=error.message, hint=error.hint)
        outcome = self._syncing.sync(joined.community, sends)
        return replace(outcome, is_new=True)
