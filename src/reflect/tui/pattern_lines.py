"""Patterns as lines: the list of them, and one with its figure, its question and what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from reflect.insights.patterns.drawing import bar, by_group, most_of, number, weeks_line
from reflect.insights.patterns.figures import LINES, WEEKS, Figure, Offer, Part, Seen
from reflect.insights.patterns.period import Period, period_words
from reflect.tui.spoken import READER, mark
from reflect.tui.widgets.item_list import NOTHING, SPACE, Item, heading, remark
from reflect.tui.words import plain_line

# What a line of a figure is, the first part of its key.
PART, OFFER = "part", "offer"
LONGEST_BAR, LEAST_BAR, COUNT, NOTE = 40, 8, 12, 18
# A bar begins before the middle, whatever the labels are.
WIDEST_LABEL = 32


def pattern_items(patterns: Sequence[Seen], has_lines: bool) -> list[Item]:
    """Return the list of patterns, those that wait for records last; with `has_lines` their sentences stand below."""
    items: list[Item] = []
    widest = max((plain_line(seen.pattern.title).cell_length for seen in patterns), default=0)
    for seen in patterns:
        if seen.is_shown:
            items += _pattern(seen, has_lines, widest)
    waiting = [seen for seen in patterns if not seen.is_shown]
    if waiting:
        items += [*([] if has_lines else [SPACE]), heading("Not yet, for want of records")]
        items += [
            Item(
                Content.assemble("   ", plain_line(seen.pattern.title, "$text-muted")),
                plain_line(f"from {seen.pattern.fewest} on", "$text-muted"),
                (seen.pattern.name,),
            )
            for seen in waiting
        ]
    return items


def _pattern(seen: Seen, has_lines: bool, widest: int) -> list[Item]:
    # One that asks something now is marked; of the others, the rule does not hold.
    sign = mark("●") if seen.found.question and not READER.is_on else "" if READER.is_on else "  "
    title, says = plain_line(seen.pattern.title), plain_line(seen.says, "$text-muted")
    if not has_lines and not READER.is_on:
        title = title.truncate(widest, pad=True)
        return [Item(Content.assemble(" ", (sign, "$text-accent"), title, "  ", says), NOTHING, (seen.pattern.name,))]
    left = Content.assemble(" ", (sign, "$text-accent"), title)
    if not has_lines:
        return [Item(left, says, (seen.pattern.name,))]
    return [Item(left, NOTHING, (seen.pattern.name,)), Item(Content.assemble("   ", says)), SPACE]


def figure_items(seen: Seen, period: Period, key: str, width: int) -> list[Item]:
    """Return one pattern: its sentence, figure and question, what `key` starts, and what exactly is counted."""
    found = seen.found
    items = [heading(seen.pattern.title), *_wrapped(seen.says, width), SPACE]
    if found.figure.parts:
        items += [*_figure(found.figure, width), SPACE]
    if found.sentences:
        items += [line for sentence in found.sentences for line in _wrapped(sentence, width)]
        items.append(SPACE)
    if found.question:
        items += _wrapped(found.question, width, "bold")
        items += [_offer(offer, index, key if not index else "") for index, offer in enumerate(found.offers)]
        items.append(SPACE)
    counts = f"Counted: {seen.pattern.counts} Looked at: {period_words(seen.pattern, period)}."
    return [*items, *_wrapped(counts, width, "$text-muted")]


def _offer(offer: Offer, index: int, key: str) -> Item:
    left = Content.assemble("   ", (f"{key:<3}", "$text-accent"), plain_line(offer.says))
    return Item(left, NOTHING, (OFFER, str(index)))


def _figure(figure: Figure, width: int) -> list[Item]:
    items: list[Item] = []
    most, index = most_of(figure), 0
    labels = [plain_line(part.label).cell_length for part in figure.parts]
    widest = min(WIDEST_LABEL, width // 2, max(labels, default=0))
    for group, parts in by_group(figure):
        if group:
            shades = "" if figure.form != WEEKS or READER.is_on else f"  {weeks_line(parts, most)}"
            items.append(Item(Content.assemble("   ", plain_line(group, "$text-muted"), (shades, "$text-accent"))))
        for part in parts:
            key = (PART, str(index))
            items += (
                _line(part, key, width) if figure.form == LINES else [_bar(part, key, most, widest, width, figure.form)]
            )
            index += 1
    return items


def _bar(part: Part, key: tuple[str, str], most: int, widest: int, width: int, form: str) -> Item:
    label = plain_line(part.label).truncate(widest, ellipsis=True, pad=True)
    room = max(LEAST_BAR, min(LONGEST_BAR, width - widest - COUNT - (NOTE if part.note else 0) - 6))
    if part.count is None:
        # A week of a break is blank, and says that it is one.
        return Item(Content.assemble("   ", label.stylize("$text-muted")), NOTHING, key if part.rowids else ())
    note = part.name if form == WEEKS else part.note
    if READER.is_on:
        # Heard in the order in which it means something: what, how many, since when.
        return Item(plain_line(part.label), plain_line(" · ".join(filter(None, (number(part), note)))), key)
    drawn = f"{bar(part.count, most, room)} " if part.count else ""
    left = Content.assemble("   ", label, "  ", (drawn, "$text-accent"), number(part))
    return Item(left, plain_line(note, "$text-muted"), key)


def _line(part: Part, key: tuple[str, str], width: int) -> list[Item]:
    if part.is_met is None:
        sign: Content | str = "" if part.count is not None else Content(mark("●")).stylize("$text-accent")
    else:
        sign = Content(mark("✓" if part.is_met else "✗")).stylize("$text-success" if part.is_met else "$text-warning")
    right = number(part)
    left = Content.assemble("   ", sign, plain_line(part.label))
    lines = [Item(left, plain_line(right, "$text-muted"), key if part.rowids else ())]
    note = plain_line(part.note)
    return [*lines, *(Item(Content.assemble("     ", line)) for line in _lines(note, width - 6, "$text-muted"))]


def _wrapped(text: str, width: int, style: str = "") -> list[Item]:
    return [remark(line) for line in _lines(plain_line(text), width - 5, style)]


def _lines(content: Content, width: int, style: str) -> list[Content]:
    if not content:
        return []
    lines = content.wrap(max(20, width))
    return [line.stylize(style) if style else line for line in lines]
