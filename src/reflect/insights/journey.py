"""Where an agenda stands on its journey: stages done, now, next, open or skipped, from the records that exist.

The stages are those of its source; which records show that one is done is ours. Nothing is counted in percent, and
no stage has a day by which it is due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reflect.insights.clauses import Finding, Known, Missing, look
from reflect.records.journeys import Journey, Stage
from reflect.records.moments import day_of
from reflect.store.catalog import Row

DONE, NOW, NEXT, OPEN, SKIPPED = "done", "now", "next", "open", "skipped"


@dataclass(frozen=True)
class StageNow:
    """One stage as it is now.

    `is_half` says that some of what it takes is there; `months` are its first and last month, such as `2026-09`,
    where the journey has a calendar.
    """

    number: int
    stage: Stage
    state: str
    is_half: bool = False
    evidence: tuple[Row, ...] = ()
    missing: tuple[Missing, ...] = ()
    waits_for: tuple[Missing, ...] = ()
    months: tuple[str, str] | None = None


@dataclass(frozen=True)
class JourneyNow:
    """A journey as an agenda stands on it; `says` are remarks, such as that an earlier stage is still open."""

    journey: Journey
    agenda: Row
    stages: tuple[StageNow, ...]
    says: tuple[str, ...] = ()

    @property
    def now(self) -> StageNow | None:
        """The stage one is at, None when there is no further one."""
        return next((each for each in self.stages if each.state == NOW), None)

    def stage(self, slug: str) -> StageNow | None:
        """Return the stage of this name."""
        return next((each for each in self.stages if each.stage.slug == slug), None)


def journey_now(journey: Journey, known: Known) -> JourneyNow:
    """Return where an agenda stands: done when every clause holds, now the first that is neither done nor skipped."""
    skipped = set(known.agenda.list_of("stages_skipped"))
    # What a journey was renamed to, or a person typed, may name one no longer.
    unknown = sorted(skipped - {each.slug for each in journey.stages})
    evidence: dict[str, tuple[Row, ...]] = {}
    found: list[StageNow] = []
    for number, stage in enumerate(journey.stages, 1):
        looks = [look(each, known, evidence.get(each.of_stage, ())) for each in stage.exit]
        evidence[stage.slug] = _each_once(looks)
        found.append(_stage_now(number, stage, looks, known, evidence, stage.slug in skipped))
    stages = _with_now_and_next(found)
    says = [f"stages_skipped names {each}, which this journey does not have" for each in unknown]
    return JourneyNow(journey, known.agenda, stages, (*_still_open(stages), *says))


def _stage_now(
    number: int,
    stage: Stage,
    looks: Sequence[Finding],
    known: Known,
    evidence: Mapping[str, tuple[Row, ...]],
    is_skipped: bool,
) -> StageNow:
    is_done = all(each.holds for each in looks)
    entries = [look(each, known, evidence.get(each.of_stage, ())) for each in stage.entry]
    return StageNow(
        number=number,
        stage=stage,
        state=SKIPPED if is_skipped else DONE if is_done else OPEN,
        is_half=not is_done and any(each.holds and each.evidence for each in looks),
        evidence=evidence[stage.slug],
        missing=tuple(each.missing for each in looks if each.missing),
        waits_for=tuple(each.missing for each in entries if each.missing),
        months=_months(stage, known.agenda),
    )


def _with_now_and_next(found: Sequence[StageNow]) -> tuple[StageNow, ...]:
    from dataclasses import replace

    waiting = [each.number for each in found if each.state == OPEN][:2]
    states = dict(zip(waiting, (NOW, NEXT), strict=False))
    return tuple(replace(each, state=states.get(each.number, each.state)) for each in found)


def _still_open(stages: Sequence[StageNow]) -> list[str]:
    """Return which stages are open before one that is done, as a sentence; none where none is."""
    last_done = max((each.number for each in stages if each.state == DONE), default=0)
    earlier = [each for each in stages if each.number < last_done and each.state not in (DONE, SKIPPED)]
    numbers = [str(each.number) for each in earlier]
    if len(numbers) > 1:
        return [f"stages {', '.join(numbers[:-1])} and {numbers[-1]} are still open"]
    return [f"stage {each} is still open" for each in numbers]


def _each_once(looks: Sequence[Finding]) -> tuple[Row, ...]:
    return tuple({row.rowid: row for each in looks for row in each.evidence}.values())


def _months(stage: Stage, agenda: Row) -> tuple[str, str] | None:
    day = day_of(agenda.day)
    if not stage.from_month or not day:
        return None
    first = int(day[:4]) * 12 + int(day[5:7]) - 1
    ends = [first + month - 1 for month in (stage.from_month, stage.to_month)]
    start, end = (f"{number // 12:04}-{number % 12 + 1:02}" for number in ends)
    return start, end
