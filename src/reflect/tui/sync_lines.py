"""What a sync did, as lines: what came and went, what was merged, refused or waits, each leading to its record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.records.textforms import one_line
from reflect.tui.widgets.item_list import SPACE, Item, heading, remark
from reflect.tui.words import plain_line, sign_of

if TYPE_CHECKING:
    from reflect.community.outcome import Outcome
    from reflect.store.catalog import Row
    from reflect.workspace import Workspace

# What a line is, the first part of its key.
RECORD, CONFLICT, QUESTION, DRAFT = "record", "conflict", "question", "draft"
# So many records of a place are named; the rest is counted.
MOST_NAMED = 40
INDENT = "     "


@dataclass(frozen=True)
class Told:
    """What became of one place, with the records that came and went, and the second versions that still stand."""

    outcome: Outcome
    came: Sequence[Row] = ()
    went: Sequence[Row] = ()
    unsettled: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SyncReport:
    """All that a sync did, and how its records' kinds are called."""

    places: Sequence[Told]
    labels: Mapping[str, str] = field(default_factory=dict)


def report_of(workspace: Workspace, outcomes: Sequence[Outcome]) -> SyncReport:
    """Return what a sync did with the records as the catalog knows them now."""
    communities = {each.name for each in workspace.communities.all()}
    told = []
    for each in outcomes:
        # What came from a copy of the journal is in the journal.
        place = each.name if each.name in communities else ""
        came = workspace.catalog.at_paths(place, each.came[:MOST_NAMED])
        went = workspace.catalog.at_paths(place, each.went[:MOST_NAMED])
        second = workspace.catalog.with_ids([conflict.sibling for conflict in each.conflicts])
        told.append(Told(each, came, went, frozenset(row.id for row in second if row.fields.get("conflict_of"))))
    labels = {kind.name: kind.shown_label(workspace.lang).lower() for kind in workspace.kinds.all()}
    return SyncReport(told, labels)


def report_items(report: SyncReport, width: int) -> list[Item]:
    """Return the lines of a report at a width."""
    items: list[Item] = []
    for each in report.places:
        items += [*([SPACE] if items else []), _head(each.outcome), *_waiting(each, width)]
        items += _records("Came", each.came, each.outcome.came, report.labels)
        items += _records("Sent", each.went, each.outcome.went, report.labels)
        items += _refused(each.outcome, width)
    return items


def _head(outcome: Outcome) -> Item:
    numbers = (
        (outcome.received, "came"),
        (outcome.sent, "sent"),
        (outcome.merged, "joined from two changes"),
        (len(outcome.conflicts), "in two versions"),
        (len(outcome.not_shown), "not shown"),
        (outcome.unsent, "not sent yet"),
    )
    says = [f"{number:,} {word}" for number, word in numbers if number]
    nothing = "nothing new" if outcome.is_done else "not synced" if outcome.error else "waits for you"
    left = Content.assemble((" ◎ ", "$text-accent"), plain_line(outcome.name, "bold"))
    return Item(left, plain_line(" · ".join(says) or nothing, "$text-muted"))


def _waiting(told: Told, width: int) -> Iterator[Item]:
    """Yield what stands in the way, and what a person has to settle."""
    outcome = told.outcome
    if outcome.error:
        yield from _wrapped("! ", f"{outcome.error} {outcome.hint}".strip(), width, "$text-error")
        if outcome.detail:
            yield from _wrapped("  ", one_line(outcome.detail), width)
    if outcome.question is not None:
        yield from _wrapped("! ", f"{outcome.question.words} Nothing has changed here.", width, "$text-warning")
        yield Item(Content(f"{INDENT}Decide what is to become of it"), key=(QUESTION, outcome.name))
    for each in outcome.conflicts:
        left = Content.assemble(("   ! ", "$text-warning"), plain_line(each.title))
        if each.sibling in told.unsettled:
            yield Item(left, Content("two versions: choose").stylize("$text-muted"), (CONFLICT, each.sibling))
        else:
            yield Item(left, Content("two versions, settled since").stylize("$text-muted"))
    for gone in outcome.withdrawn:
        left = Content.assemble(("   ! ", "$text-warning"), plain_line(gone.title))
        if gone.draft:
            yield Item(left, _muted("withdrawn there; your text is a draft"), (DRAFT, gone.draft))
        else:
            yield Item(left, _muted("withdrawn while someone changed it; history has the text"))


def _records(title: str, rows: Sequence[Row], paths: Sequence[str], labels: Mapping[str, str]) -> Iterator[Item]:
    if not paths:
        return
    yield heading(f"  {title}")
    for row in rows:
        sign = Content(f"{sign_of(row.kind, row.text_of('valence'))} ").stylize("$text-accent")
        left = Content.assemble(INDENT, sign, plain_line(row.title))
        says = " · ".join(filter(None, (labels.get(row.kind, row.kind), row.author or row.owner_name)))
        yield Item(left, plain_line(says, "$text-muted"), (RECORD, row.ref))
    more = len(paths) - MOST_NAMED
    if more > 0:
        yield remark(f"  and {more:,} more")


def _refused(outcome: Outcome, width: int) -> Iterator[Item]:
    if outcome.not_shown:
        yield heading("  Not shown, because it is not safe to")
    for path, why in outcome.not_shown[:MOST_NAMED]:
        yield from _wrapped("  ", f"{one_line(path)}: {why}", width)
    if len(outcome.not_shown) > MOST_NAMED:
        yield remark(f"  and {len(outcome.not_shown) - MOST_NAMED:,} more")


def _wrapped(sign: str, text: str, width: int, style: str = "$text-muted") -> Iterator[Item]:
    """Yield a sentence line by line, for a list whose lines are one cell high."""
    for number, line in enumerate(plain_line(text).wrap(max(20, width - 8))):
        yield Item(Content.assemble("   ", (sign if number == 0 else " " * len(sign), style), line))


def _muted(text: str) -> Content:
    return Content(text).stylize("$text-muted")
