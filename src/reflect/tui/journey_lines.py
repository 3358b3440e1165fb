"""A journey as lines of the app: its path, and each stage with its question, what is there and what is missing."""

from __future__ import annotations

from collections.abc import Set

from textual.content import Content

from reflect.exports.figures.journey_lines import months_in_words, sign_of
from reflect.insights.clauses import Missing
from reflect.insights.journey import DONE, NOW, SKIPPED, JourneyNow, StageNow
from reflect.tui.doing import Doing
from reflect.tui.figure import Figure
from reflect.tui.spoken import READER, mark
from reflect.tui.widgets.item_list import NOTHING, SPACE, Item, heading
from reflect.tui.words import plain_line
from reflect.tui.words import sign_of as sign_of_record

STAGE = "stage"
MANY_SHOWN = 4


def path_of(found: JourneyNow, width: int) -> Content:
    """Return the path on one line, done, now and next; in reader mode as a sentence."""
    if READER.is_on:
        done = sum(each.state == DONE for each in found.stages)
        return Content(f"{done} of {len(found.stages)} stages done")
    room = (width - len(found.stages)) // max(1, len(found.stages) - 1)
    line = "─" * max(1, min(5, room))
    parts: list[Content | str | tuple[str, str]] = []
    for each in found.stages:
        parts += [(line, "$text-muted")] if parts else []
        parts.append((sign_of(each), "bold $text-accent" if each.state in (DONE, NOW) else "$text-muted"))
    return Content.assemble(*parts)


def panel_items(found: JourneyNow | None, width: int, key: str, lang: str) -> list[Item]:
    """Return a journey as it stands beside an agenda: the path, and the stage that is now."""
    items = [SPACE, heading("Journey")]
    if found is None:
        return [*items, Item(Content(f"  none chosen; {key} chooses one").stylize("$text-muted"), NOTHING, (STAGE, ""))]
    if not found.stages:
        return [*items, *(Item(line) for says in found.says for line in _small(says, width))]
    now = found.now
    says = now.stage.shown_title(lang) if now else "all stages are done, or left out"
    items.append(
        Item(Content.assemble("  ", path_of(found, width - 6)), NOTHING, (STAGE, now.stage.slug if now else ""))
    )
    return [*items, *(Item(line) for line in _small(f"now: {says}" if now else says, width))]


def _small(text: str, width: int) -> list[Content]:
    lines = plain_line(text).wrap(max(20, width - 6))
    return [Content.assemble("  ", line.stylize("$text-muted")) for line in lines]


def journey_figure(found: JourneyNow, opened: Set[str], width: int, lang: str, keys: tuple[str, str]) -> Figure:
    """Return all stages as lines; those in `opened` with what belongs to them. `keys` write and leave out."""
    figure = Figure()
    figure.add(Content.assemble(" ", path_of(found, min(width, 72) - 4)))
    figure.items.append(SPACE)
    for each in found.stages:
        figure.items.append(_stage(each, lang))
        if each.stage.slug in opened:
            _add_details(figure, each, width, lang, keys)
    for remark in found.says:
        figure.items.append(SPACE)
        figure.add_remarks(f"{remark[:1].upper()}{remark[1:].rstrip('.')}.", width, 1)
    if found.journey.source:
        figure.items.append(SPACE)
        figure.add_remarks(found.journey.source, width, 1)
    now = found.now
    if now is not None and now.missing:
        figure.ask = doing_of_missing(now.missing[0])
    return figure


def doing_of_missing(missing: Missing) -> Doing:
    """Return what brings nearer what is missing: a record to write on, else one to begin."""
    if missing.row is not None:
        return Doing(path=missing.row.ref, at=missing.at)
    return Doing(missing.kind, missing.fields)


def _stage(each: StageNow, lang: str) -> Item:
    style = "bold" if each.state == NOW else "$text-muted" if each.state == SKIPPED else ""
    left = Content.assemble(
        ("" if READER.is_on else f" {sign_of(each)} ", "$text-accent"), (f"{each.number}  ", "$text-muted"),
        plain_line(each.stage.shown_title(lang), style),
    )  # fmt: skip
    when = months_in_words(each)
    says = "now, some of it is there" if each.state == NOW and each.is_half else each.state
    return Item(left, Content(f"{says}{f' · {when}' if when else ''}").stylize("$text-muted"), (STAGE, each.stage.slug))


def _add_details(figure: Figure, each: StageNow, width: int, lang: str, keys: tuple[str, str]) -> None:
    write, leave_out = keys
    figure.add_remarks(each.stage.shown_ask(lang), width, 6, "")
    for missing in each.waits_for if each.state != DONE else ():
        figure.add(Content.assemble("      before it: ", plain_line(missing.text)).stylize("$text-muted"))
    for number, missing in enumerate(each.missing):
        left = Content.assemble((f"      {mark('○')}", "$text-accent"), "missing: ", plain_line(missing.text))
        verb = "goes on" if missing.row is not None else "begins it"
        right = Content(f"{write if not number else 'enter'} {verb}").stylize("$text-accent")
        figure.add_doing(left, right, doing_of_missing(missing))
    for row in each.evidence[:MANY_SHOWN]:
        left = Content.assemble((f"      {sign_of_record(row.kind)} ", "$text-accent"), plain_line(row.title))
        figure.add_record(left, plain_line(row.kind.replace("-", " "), "$text-muted"), row.ref)
    if len(each.evidence) > MANY_SHOWN:
        figure.add(Content(f"        and {len(each.evidence) - MANY_SHOWN} more").stylize("$text-muted"))
    if each.state != DONE:
        says = "takes it in again" if each.state == SKIPPED else "leaves it out, where it does not fit here"
        figure.add(Content(f"      {leave_out} {says}").stylize("$text-muted"))
