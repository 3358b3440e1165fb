"""What I practice: the strategies and behaviors of the framework, and the weeks in which I wrote."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from reflect.insights.patterns.figures import BARS, WEEKS, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.records.lenses import Lens
from reflect.records.school import Span
from reflect.records.wording import counted

FRAMEWORK = "system-innovation"
BEHAVIOR = "behavior"
TERMS_BACK = 3
# Lenses that a kind stands for without being tagged; of findings, decisions and policies it depends on the record.
BY_KIND = {
    "call-in": "call-in",
    "coalition": "share-leadership",
    "design-studio": "share-leadership",
    "partner": "boundary-spanners",
    "channel": "channels-of-learning",
    "story": "stories-and-networks",
    "approximation": "approximation",
    "gathering": "facilitate-learning-communities",
}
OPEN, ROOM, CHANGE = "open-learning-agendas", "policy-room-for-innovation", "drive-policy-change"

# For each lens its records, with their days.
Used = Mapping[str, Mapping[int, str]]


def practice_balance(material: Material) -> Found:
    """Return how many of my records stand for each of the twelve strategies, each record once a lens."""
    lenses = [lens for lens in _lenses(material) if lens.group != BEHAVIOR]
    found = _by_lens(material, lenses)
    by_kind = [(BY_KIND[kind], day, number) for kind, _, day, number in material.counts.ids(material.mine(*BY_KIND))]
    by_record = [*_shared_findings(material), *_explained_decisions(material), *_policies(material)]
    used = _with(found, [*by_kind, *by_record])
    records = len({number for numbers in used.values() for number in numbers})
    least = _least(lenses, used)
    if least is None:
        return Found(0)
    most = max(lenses, key=lambda lens: len(used[lens.slug]))
    says = f"Most often {_times(most, used)}; least {_times(least, used)}, in {counted(records, 'record')}."
    question = f"What would one week with {least.title.lower()} look like?"
    return Found(records, says, _bars(lenses, used), question, (_reflection(least),))


def behaviors_seen(material: Material) -> Found:
    """Return how many of my records look through each of the five behaviors."""
    lenses = [lens for lens in _lenses(material) if lens.group == BEHAVIOR]
    used = _by_lens(material, lenses)
    records = len({number for numbers in used.values() for number in numbers})
    if not lenses:
        return Found(0)
    most = max(lenses, key=lambda lens: len(used[lens.slug]))
    says = f"Most often {_times(most, used)}, in {counted(records, 'record')}."
    question = "Which of these do our learners feel least?"
    return Found(records, says, _bars(lenses, used), question, (Offer("write a reflection", "reflection"),))


def calendar(material: Material) -> Found:
    """Return my records by school week, over the chosen days or three terms back; weeks of breaks are blank."""
    school, today = material.school, material.today
    terms = _terms(material)
    if not terms:
        return Found(0)
    first = school.week_of(terms[0].start).isoformat()
    last = min(terms[-1].end, today).isoformat()
    numbers: dict[dt.date, list[int]] = {}
    by_day: dict[str, list[int]] = {}
    for day, number in material.counts.days(material.mine().between(first, last)):
        by_day.setdefault(day, []).append(number)
    for day, written in by_day.items():
        numbers.setdefault(school.week_of(dt.date.fromisoformat(day)), []).extend(written)
    parts = []
    for term, following in zip(terms, [*terms[1:], None], strict=True):
        for week, count in school.weeks_of(term):
            # A week that two terms share stands with the later one.
            if week <= today and (following is None or week < school.week_of(following.start)):
                parts.append(_week(term, week, count, numbers.get(week, []), school.break_of(week)))
    records = sum(part.count or 0 for part in parts)
    weeks = [part for part in parts if part.count is not None]
    fullest = max(weeks, key=lambda part: part.count or 0, default=None)
    if fullest is None or not records:
        return Found(records)
    says = f"{counted(records, 'record')} in {counted(len(weeks), 'school week')}; most in {fullest.label}"
    question = "What made room to write in the fuller weeks?"
    offers = (Offer("write a reflection", "reflection"),)
    return Found(
        records, f"{says} of {fullest.group}, with {fullest.count}.", Figure(WEEKS, tuple(parts)), question, offers
    )


def _terms(material: Material) -> list[Span]:
    """Return the terms that are drawn: those that the chosen days touch, else the last three."""
    school, today, chosen = material.school, material.today, material.period
    if not chosen.is_chosen:
        return school.terms_back(today, TERMS_BACK)
    until = min(dt.date.fromisoformat(chosen.until), today)
    # More than a hundred years of terms are no figure.
    terms = school.terms_back(until, 400)
    return [term for term in terms if term.end.isoformat() >= chosen.since]


def _week(term: Span, week: dt.date, number: int, numbers: Sequence[int], pause: Span | None) -> Part:
    name, group = week.isoformat(), term.said if term.name else f"the term from {term.start}"
    if number:
        return Part(name, f"week {number}", len(numbers), group=group, rowids=tuple(numbers))
    return Part(name, pause.name if pause and pause.name else "break", None, group=group, rowids=tuple(numbers))


def _lenses(material: Material) -> tuple[Lens, ...]:
    return next((each.lenses for each in material.frameworks if each.name == FRAMEWORK), ())


def _by_lens(material: Material, lenses: Sequence[Lens]) -> Used:
    slugs = [lens.slug for lens in lenses]
    return _with({slug: {} for slug in slugs}, material.counts.lenses(material.mine(), slugs))


def _shared_findings(material: Material) -> Iterable[tuple[str, str, int]]:
    return [(OPEN, row.day, row.rowid) for row in material.sent_findings]


def _explained_decisions(material: Material) -> Iterable[tuple[str, str, int]]:
    rows = material.rows(material.mine("decision"))
    material.read_ahead(rows)
    return [(OPEN, row.day, row.rowid) for row in rows if material.is_explained(row)]


def _policies(material: Material) -> Iterable[tuple[str, str, int]]:
    rows = material.rows(material.mine("policy"))
    return [(ROOM if row.list_of("invites") else CHANGE, row.day, row.rowid) for row in rows]


def _with(used: Used, more: Iterable[tuple[str, str, int]]) -> Used:
    merged = {slug: dict(numbers) for slug, numbers in used.items()}
    for slug, day, number in more:
        if slug in merged:
            merged[slug][number] = day
    return merged


def _least(lenses: Sequence[Lens], used: Used) -> Lens | None:
    """Return the least used lens; of several the one that was used longest ago, then the first of the framework."""
    return min(lenses, key=lambda lens: (len(used[lens.slug]), max(used[lens.slug].values(), default="")), default=None)


def _bars(lenses: Sequence[Lens], used: Used) -> Figure:
    parts = []
    for lens in lenses:
        numbers = used[lens.slug]
        last = max(numbers.values(), default="")
        note = f"last {last}" if last else "not yet"
        parts.append(
            Part(
                lens.slug,
                lens.title,
                len(numbers),
                note=note,
                group=lens.group,
                rowids=tuple(numbers),
                offers=(_reflection(lens),),
            )
        )
    return Figure(BARS, tuple(parts))


def _reflection(lens: Lens) -> Offer:
    return Offer(f"write a reflection on {lens.title.lower()}", "reflection", lens=lens.slug)


def _times(lens: Lens, used: Used) -> str:
    number = len(used[lens.slug])
    times = "never" if not number else "once" if number == 1 else f"{number} times"
    return f"{lens.title.lower()}, {times}"


PATTERNS = (
    Pattern(
        "practice-balance",
        "Practice balance",
        "My records for each of the twelve strategies, once a strategy: by their lenses, and by what they are. A "
        "call-in counts for call in; a coalition or design studio for share leadership; a partner for boundary "
        "spanners; a finding that was shared or a decision that was explained for open learning agendas; a channel, "
        "story, approximation or gathering for its own; a policy for room for innovation where it says what it "
        "invites, else for drive policy change.",
        10,
        "records",
        practice_balance,
    ),
    Pattern(
        "behaviors-seen",
        "Behaviors seen",
        "My records for each of the five behaviors, once a behavior, by their lenses.",
        10,
        "records",
        behaviors_seen,
    ),
    Pattern(
        "calendar",
        "Calendar of writing",
        "My records in each school week, three terms back. Weeks of a break are blank.",
        1,
        "record",
        calendar,
        spans="terms",
    ),
)
