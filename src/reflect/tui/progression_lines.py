"""Rubrics as lines of the app: how areas moved, and an area to be rated."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from reflect.exports.figures.progression_lines import movement_line
from reflect.insights.progressions import NEXT, Progression, Progressions
from reflect.tui.doing import Doing
from reflect.tui.figure import Figure
from reflect.tui.spoken import READER
from reflect.tui.widgets.item_list import NOTHING, SPACE, Item, heading, remark
from reflect.tui.words import plain_line

RATE, LEVEL = "rate", "level"
FIRST = "What do we see today?"


def progressions_figure(found: Progressions, width: int, key: str, lang: str) -> Figure:
    """Return each area of a rubric with its dated levels; one that was not rated leads to rating it."""
    figure, rubric = Figure(), found.rubric
    figure.add(Content.assemble(" ", plain_line(rubric.shown_title(lang), "bold")))
    levels = " · ".join(f"{number} {name}" for number, name in enumerate(rubric.shown_levels(lang), 1))
    figure.add_remarks(levels, width, 1)
    group = ""
    for each in found.areas:
        if (shown := rubric.shown_group(each.area, lang)) != group:
            figure.add_heading(shown[:1].upper() + shown[1:])
            group = shown
        _add_area(figure, each, width, lang)
    asked = found.asks_of
    if asked is None or not asked.rows:
        figure.add_question(FIRST, Doing(RATE), key)
    else:
        says = f"{asked.area.shown_title(lang)}: {asked.question}"
        figure.add_question(says, Doing(path=asked.rows[-1].ref, at=NEXT), key)
    if rubric.source:
        figure.items.append(SPACE)
        figure.add_remarks(rubric.source, width, 1)
    return figure


def _add_area(figure: Figure, each: Progression, width: int, lang: str) -> None:
    title = Content.assemble("   ", plain_line(each.area.shown_title(lang)))
    if not each.rows:
        doing = Doing(RATE, {"area": each.area.slug})
        figure.add_doing(title, Content("not rated yet").stylize("$text-muted"), doing)
        return
    figure.add_record(title, NOTHING, each.rows[-1].ref)
    figure.add(Content.assemble("     ", plain_line(movement_line(each, width - 8), "$text-accent")))
    if each.unread:
        figure.add_remarks(f"No level of this rubric: {', '.join(each.unread)}", width)


def area_items(found: Progressions, at: int, levels: Sequence[int], note: str, width: int, lang: str) -> list[Item]:
    """Return one area to be rated: what each level looks like, and what was said of it by now."""
    each, rubric = found.areas[at], found.rubric
    group = rubric.shown_group(each.area, lang)
    items = [heading(f"{at + 1} of {len(found.areas)} · {group}"), SPACE]
    items.append(Item(Content.assemble(" ", plain_line(each.area.shown_title(lang), "bold"))))
    if each.ratings:
        items.append(remark(plain_line(movement_line(each, width - 6), "$text-muted")))
    for number, text in enumerate(each.area.shown_text(lang), 1):
        raters = levels.count(number)
        said = "" if not raters else "chosen" if raters == 1 else f"chosen by {raters}"
        sign = ("● " if raters else "○ ") if not READER.is_on else ""
        name = plain_line(f"{number} {rubric.shown_levels(lang)[number - 1]}", "bold" if raters else "")
        left = Content.assemble("   ", (sign, "$text-accent"), name)
        items += [SPACE, Item(left, plain_line(said, "$text-accent"), (LEVEL, str(number)))]
        items += [Item(Content.assemble("       ", line)) for line in plain_line(text).wrap(max(20, width - 12))]
    if note:
        items += [SPACE, heading("What we see")]
        items += [remark(line) for line in plain_line(note).wrap(max(20, width - 8))]
    return items
