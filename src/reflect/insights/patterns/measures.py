"""Measures over time: a run chart each, and what its rules say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from reflect.insights.measure import EVENTS_SECTION, QUESTION, Measure, measure_of, plain_number
from reflect.insights.patterns.figures import LINES, Figure, Found, Offer, Part, Pattern
from reflect.insights.patterns.material import Material
from reflect.insights.run_chart import NO_SIGNAL, TOO_FEW_POINTS, RunChart, Stretch
from reflect.records.wording import counted
from reflect.records.yaml_block import Value

KIND = "measure"
# With these, nothing has to be explained yet.
QUIET = (TOO_FEW_POINTS, NO_SIGNAL)


def run_charts(material: Material) -> Found:
    """Return the run chart of each measure, or of the one that was asked for, with all that there is to know of it."""
    about = material.about
    if about is not None and about.kind == KIND:
        measure = measure_of(about, material.section(about, EVENTS_SECTION))
        says = " ".join(measure.says)
        found = Figure(LINES, (_part(measure),))
        points = len(measure.chart.points)
        return Found(points, says, found, QUESTION, (_offer(measure),), chart_facts(measure))
    rows = material.rows(material.all(KIND))
    measures = [each for each in map(measure_of, rows) if each.chart.points]
    points = sum(len(each.chart.points) for each in measures)
    with_signal = [each for each in measures if each.chart.verdict not in QUIET]
    says = f"{counted(len(measures), 'measure')} with values; the rules say something of {len(with_signal) or 'none'}."
    if not with_signal:
        return Found(points, says, Figure(LINES, tuple(map(_part, measures))))
    # What the chart says is begun from, the newest first.
    ordered = sorted(measures, key=lambda each: each.chart.verdict in QUIET)
    offers = tuple(map(_offer, with_signal[:9]))
    return Found(points, says, Figure(LINES, tuple(map(_part, ordered))), QUESTION, offers)


def chart_facts(measure: Measure) -> Mapping[str, object]:
    """Return a run chart as plain values: what the contract of the command line names, and what else is known."""
    chart = measure.chart
    return {
        "points": [[each.day, plain_value(each.value)] for each in chart.points],
        "median": plain_value(chart.median),
        "useful": chart.useful,
        "runs": chart.runs.count,
        "longest_run": chart.longest,
        "shift": bool(chart.shifts),
        "trend": bool(chart.trends),
        "too_few_runs": chart.runs.too_few,
        "too_many_runs": chart.runs.too_many,
        "astronomical": [[chart.points[at].day, plain_value(chart.points[at].value)] for at in chart.striking],
        "verdict": chart.verdict,
        "shifts": _stretches(chart, chart.shifts),
        "trends": _stretches(chart, chart.trends),
        "runs_expected": list(chart.runs.limits) if chart.runs.limits else None,
        "frozen": chart.is_frozen,
        "unit": measure.unit or None,
        "sentences": measure.says,
        "events": [[event.day, event.text] for event in measure.events],
        "not_drawn": [*chart.series.unread],
    }


def plain_value(number: Decimal | None) -> int | float | None:
    """Return a number as JSON has it."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def last_value(measure: Measure) -> str:
    """Return the newest value with its unit, `""` where there is none."""
    points = measure.chart.points
    return f"{plain_number(points[-1].value)} {measure.unit}".strip() if points else ""


def _stretches(chart: RunChart, stretches: Sequence[Stretch]) -> list[object]:
    return [
        {
            "side": "up" if each.side > 0 else "down",
            "from": chart.points[each.points[0]].day,
            "to": chart.points[each.points[-1]].day,
            "points": [at + 1 for at in each.points],
        }
        for each in stretches
    ]


def _part(measure: Measure) -> Part:
    row = measure.row
    note = f"{last_value(measure)}: {measure.chart.verdict}" if measure.chart.points else "no points yet"
    return Part(row.id or row.ref, row.title, note=note, ref=row.ref, rowids=(row.rowid,), offers=(_offer(measure),))


def _offer(measure: Measure) -> Offer:
    row = measure.row
    fields: Mapping[str, Value] = {"from": [row.id]} if row.id else {}
    return Offer(f"write a finding from “{row.title}”", "finding", fields=fields, agenda=row.agenda)


PATTERNS = (
    Pattern(
        "run-chart",
        "Run charts",
        "Each measure around the middle of its values: six or more useful points in a row on one side, five or more in "
        "a row going up or down, fewer or more runs than chance would make. After Perla, Provost and Murray, BMJ "
        "Quality & Safety 2011;20:46–51. Points on the middle are skipped; with fewer than ten others nothing is said.",
        1,
        "point of a measure",
        run_charts,
        spans="now",
        about=(KIND, "agenda"),
    ),
)
