"""One round of sync: all places of a person, four at a time, each with an outcome of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from threading import Event

from reflect.community.communities import Communities, Community
from reflect.community.joining import Joining
from reflect.community.outcome import Outcome, Question
from reflect.community.place import Place
from reflect.community.questions import Questions
from reflect.community.syncing import Means, sync_place
from reflect.errors import GitFailed, NotFound, ReflectError, UsageError
from reflect.store.objects import files_at
from reflect.store.states import tip_of

# More logins at once make each of them slower (measured over ssh).
AT_ONCE = 4
# Seconds between two looks whether one is to stop.
TICK = 0.2

# Told how many places are done of how many; says whether to go on.
Going = Callable[[int, int], bool]
# Told of a place, by its name, (done, total or 0, word) while something is fetched or sent.
Progress = Callable[[str, int, int, str], None]


class Rounds:
    """Syncs communities and the journal's own copies.

    `place_of` gives a community as a place; `own` the journal's copies, which are synced one after another as
    they share a repository; `after` brings the catalog in step with what came.
    """

    def __init__(
        self,
        communities: Communities,
        place_of: Callable[[Community], Place],
        means: Means,
        joining: Callable[[], Joining],
        after: Callable[[], object],
        own: Callable[[], Sequence[Place]] = tuple,
    ) -> None:
        self._communities = communities
        self._place_of = place_of
        self._means = means
        self._joining = joining
        self._after = after
        self._own = own

    def sync(
        self,
        names: Sequence[str] = (),
        sends: bool = True,
        take: str = "",
        going: Going = lambda done, total: True,
        progress: Progress | None = None,
    ) -> list[Outcome]:
        """Sync these places, or all; `take` answers a question of one. Returns outcomes in the order of names.

        `going` is asked a few times a second, and what is at work ends soon after it says no. Raises NotFound,
        UsageError for a name that means none.
        """
        communities, own = self._asked(names)
        if take and len(communities) + len(own) != 1:
            raise UsageError("A decision is about one place.", "Name it: reflect sync NAME --take theirs")
        stopped = Event()

        def one(each: Community | Place) -> Outcome:
            return self._one(each, sends, take, lambda: not stopped.is_set(), progress)

        jobs: list[Callable[[], list[Outcome]]] = [partial(_each, one, own)] if own else []
        jobs += [partial(_each, one, [each]) for each in communities]
        found = _run(jobs, len(communities) + len(own), going, stopped)
        if not stopped.is_set():
            # One that was stopped is to end soon; the next look at the lists finds what it brought.
            self._after()
        order = [*(each.name for each in own), *(each.name for each in communities)]
        return sorted(found, key=lambda outcome: order.index(outcome.name))

    def names(self) -> list[str]:
        """Return what all places are called; none means that there is nothing to sync."""
        return [*(each.name for each in self._own()), *(each.name for each in self._communities.all())]

    def waiting(self) -> list[str]:
        """Return the places that lack something that is here and may have it; no place is reached for it."""
        lacking = [each for each in self._here() if each.tip() not in ("", tip_of(each.git, each.met))]
        return [each.name for each in lacking if _may_be_sent_to(each)]

    def questions(self) -> dict[str, Question]:
        """Return what waits for a person's decision, by the name of the place."""
        found = {each.name: Questions(each.git, each.name).waiting() for each in self._here()}
        return {name: question for name, question in found.items() if question is not None}

    def _here(self) -> list[Place]:
        return [*self._own(), *(self._place_of(each) for each in self._communities.here())]

    def _asked(self, names: Sequence[str]) -> tuple[list[Community], list[Place]]:
        communities, own = self._communities.all(), list(self._own())
        if not names:
            return communities, own
        here = {each.name for each in communities} | {each.name for each in own}
        for name in names:
            if name not in here:
                hint = f"There is: {', '.join(sorted(here))}." if here else "To join one: reflect community join URL"
                raise NotFound(f"There is no community or copy of your journal called “{name}” here.", hint)
        return [each for each in communities if each.name in names], [each for each in own if each.name in names]

    def _one(
        self, each: Community | Place, sends: bool, take: str, going: Callable[[], bool], progress: Progress | None
    ) -> Outcome:
        told = partial(progress, each.name) if progress else None
        try:
            if not going():
                return Outcome(each.name, error="Stopped; nothing was changed.", hint="To go on: sync again.")
            if not isinstance(each, Community):
                return sync_place(each, self._means, sends=sends, take=take, going=going, progress=told)
            place = self._place_of(each)
            if each.is_here:
                return sync_place(place, self._means, sends=sends, take=take, going=going, progress=told)
            # Joined on another device of the same person.
            self._joining().fetch(each.membership)
            number = sum(place.is_record(path) for path in files_at(place.git, place.tip()))
            return Outcome(each.name, received=number, is_new=True)
        except ReflectError as error:
            detail = error.detail if isinstance(error, GitFailed) else ""
            return Outcome(each.name, error=error.message, hint=error.hint, detail=detail)
        except OSError as error:
            return Outcome(each.name, error=f"It could not be opened ({error.strerror}).", hint="See: reflect doctor")


def _may_be_sent_to(place: Place) -> bool:
    try:
        place.address()
    except ReflectError:
        # Such as a copy that still holds what was erased.
        return False
    return True


def _each(one: Callable[[Community | Place], Outcome], places: Iterable[Community | Place]) -> list[Outcome]:
    return [one(each) for each in places]


def _run(jobs: Sequence[Callable[[], list[Outcome]]], total: int, going: Going, stopped: Event) -> list[Outcome]:
    """Run jobs in threads, some at a time, and ask meanwhile whether to go on."""
    found: list[Outcome] = []
    with ThreadPoolExecutor(AT_ONCE) as threads:
        pending = {threads.submit(job) for job in jobs}
        try:
            while pending:
                if not stopped.is_set() and not going(len(found), total):
                    stopped.set()
                done, pending = wait(pending, TICK, "FIRST_COMPLETED")
                found += [outcome for each in done for outcome in each.result()]
            going(len(found), total)
        except BaseException:
            # Whatever it was, such as ctrl+c: the threads are waited for, and have to end.
            stopped.set()
            raise
    return found
